"""What RFC 5545 and RFC 7986 ask of a calendar file, read from its bytes by a reader that
forgives nothing; parsers for daily use forgive a lot."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field

NAME = r"[A-Za-z0-9-]+"
QUOTED = r'"[^"\x00-\x08\x0a-\x1f\x7f]*"'
SAFE = r'[^";:,\x00-\x08\x0a-\x1f\x7f]*'
LINE = re.compile(
    rf"(?P<name>{NAME})"
    rf"(?P<parameters>(?:;{NAME}=(?:{QUOTED}|{SAFE})(?:,(?:{QUOTED}|{SAFE}))*)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
PARAMETER = re.compile(rf";({NAME})=((?:{QUOTED}|{SAFE})(?:,(?:{QUOTED}|{SAFE}))*)")
TEXT = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
LIST_OF_TEXTS = re.compile(r"(?:[^\\;]|\\[\\,;nN])*")
DAY = re.compile(r"\d{8}")
LOCAL_TIME = re.compile(r"\d{8}T\d{6}")
UTC_TIME = re.compile(r"\d{8}T\d{6}Z")
GEO = re.compile(r"-?\d+(?:\.\d+)?;-?\d+(?:\.\d+)?")
DURATION = re.compile(r"P(?:\d+W|\d+D|(?:\d+D)?T(?:\d+H)?(?:\d+M)?(?:\d+S)?)")

# (must stand once, may stand once)
PROPERTIES = {
    "VCALENDAR": (
        {"PRODID", "VERSION"},
        {"CALSCALE", "METHOD", "UID", "URL", "SOURCE", "REFRESH-INTERVAL", "LAST-MODIFIED"},
    ),
    "VEVENT": (
        {"UID", "DTSTAMP", "DTSTART"},
        {
            *("CLASS", "CREATED", "DESCRIPTION", "GEO", "LAST-MODIFIED", "LOCATION", "ORGANIZER"),
            *("PRIORITY", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "URL", "RECURRENCE-ID"),
            *("DTEND", "DURATION", "RRULE"),
        },
    ),
    "VTIMEZONE": ({"TZID"}, {"LAST-MODIFIED", "TZURL"}),
    "STANDARD": ({"DTSTART", "TZOFFSETTO", "TZOFFSETFROM"}, set()),
}
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "UID", "PRODID", "TZID"}
IN_UTC = {"DTSTAMP", "CREATED", "LAST-MODIFIED"}
STATUSES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}


@dataclass
class Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def is_day(self) -> bool:
        return self.parameters.get("VALUE") == "DATE"


@dataclass
class Component:
    name: str
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        return next((each for each in self.properties if each.name == name), None)

    def value(self, name: str) -> str | None:
        found = self.get(name)
        return found.value if found else None


def read_strictly(content: bytes) -> Component:
    """The calendar, after every rule has held. An AssertionError says which one does not."""
    calendar = _tree(_unfolded(content))
    assert calendar.name == "VCALENDAR"
    assert calendar.value("VERSION") == "2.0"
    assert calendar.components, "a calendar has at least one component"
    for component in _all(calendar):
        _check(component)
    zones = {zone.value("TZID") for zone in calendar.components if zone.name == "VTIMEZONE"}
    events = [each for each in calendar.components if each.name == "VEVENT"]
    for event in events:
        _check_event(event, zones, calendar.value("METHOD"))
    _check_instances(events)
    return calendar


def _unfolded(content: bytes) -> list[str]:
    """The lines of content (3.1)."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")[:-1]
    for line in lines:
        assert b"\r" not in line, line
        assert b"\n" not in line, line
        assert len(line) <= 75, f"{len(line)} octets: {line!r}"
        line.decode()  # no character is cut by folding
        assert line, "an empty line"
    return content[:-2].replace(b"\r\n ", b"").decode().split("\r\n")


def _tree(lines: list[str]) -> Component:
    open_components = [Component("")]
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, f"not a content line: {line!r}"
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            component = Component(value)
            open_components[-1].components.append(component)
            open_components.append(component)
        elif name == "END":
            assert open_components.pop().name == value
        else:
            parameters = {
                key.upper(): text.strip('"') for key, text in PARAMETER.findall(match["parameters"])
            }
            open_components[-1].properties.append(Property(name, parameters, value))
    (top,) = open_components
    (calendar,) = top.components
    assert not top.properties
    return calendar


def _all(component: Component):
    yield component
    for each in component.components:
        yield from _all(each)


def _check(component: Component) -> None:
    must, may = PROPERTIES[component.name]
    counts = Counter(each.name for each in component.properties)
    for name in must:
        assert counts[name] == 1, f"{component.name} has {counts[name]} {name}"
    for name in may:
        assert counts[name] <= 1, f"{component.name} has {counts[name]} {name}"
    for each in component.properties:
        if each.name in TEXTS:
            assert TEXT.fullmatch(each.value), f"{each.name} is not escaped: {each.value!r}"
        if each.name == "CATEGORIES":
            assert LIST_OF_TEXTS.fullmatch(each.value)
        if each.name in IN_UTC:
            assert UTC_TIME.fullmatch(each.value), f"{each.name} is not in UTC: {each.value}"
        if each.name == "REFRESH-INTERVAL":
            assert each.parameters.get("VALUE") == "DURATION"
            assert DURATION.fullmatch(each.value)
        if each.name == "SOURCE":
            assert each.parameters.get("VALUE") == "URI"


def _check_event(event: Component, zones: set[str], method: str | None) -> None:
    start, end = event.get("DTSTART"), event.get("DTEND")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE"):
        for each in [found for found in event.properties if found.name == name]:
            for value in each.value.split(","):
                _check_time(each, value, zones)
    if end:
        assert start.is_day == end.is_day
        assert end.value > start.value, "it ends before it begins"
        assert not event.get("DURATION")
    if rule := event.get("RRULE"):
        assert not event.get("RECURRENCE-ID")
        parts = dict(part.split("=") for part in rule.value.split(";"))
        assert next(iter(parts)) == "FREQ"
        assert not {"UNTIL", "COUNT"} <= parts.keys()
        if "UNTIL" in parts:
            kind = DAY if start.is_day else UTC_TIME
            assert kind.fullmatch(parts["UNTIL"]), "UNTIL is of another kind than DTSTART"
    for each in [found for found in event.properties if found.name == "EXDATE"]:
        assert rule, "days are left out of no series"
        assert each.is_day == start.is_day
    if status := event.value("STATUS"):
        assert status in STATUSES
    if sequence := event.value("SEQUENCE"):
        assert 0 <= int(sequence) < 2**31
    if geo := event.value("GEO"):
        assert GEO.fullmatch(geo)
    if method == "PUBLISH":  # RFC 5546, 3.2.1
        assert event.get("ORGANIZER")
        assert event.get("SUMMARY")


def _check_time(each: Property, value: str, zones: set[str]) -> None:
    if each.is_day:
        assert DAY.fullmatch(value), value
        assert "TZID" not in each.parameters
        datetime.date.fromisoformat(value)
    elif "TZID" in each.parameters:
        assert each.parameters["TZID"] in zones, "a time zone that is not defined"
        assert LOCAL_TIME.fullmatch(value), value
    else:
        assert UTC_TIME.fullmatch(value), value


def _check_instances(events: list[Component]) -> None:
    """No entry twice, and an instance only of a series that is there."""
    keys = [(event.value("UID"), event.value("RECURRENCE-ID")) for event in events]
    assert len(keys) == len(set(keys)), "the same entry twice"
    series = {event.value("UID"): event for event in events if event.get("RRULE")}
    for event in events:
        if instance := event.get("RECURRENCE-ID"):
            assert series[event.value("UID")].get("DTSTART").is_day == instance.is_day
