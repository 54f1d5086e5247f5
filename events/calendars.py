"""Calendars (iCalendar, RFC 5545 and 7986) of an event, a festival, a plan, and of all events.

Each session is one entry with a UID that never changes; a series is one with a rule and the
days that fall out, and its days of which something was decided are instances of their own.
What is only known in words is in no calendar. The number of queries is the same for one event
and for a thousand; the answer is written while it is sent.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vDuration
from wagtail.models import Page

from kiyose.japanese.dates import is_japanese
from kiyose.pages.addresses import absolute, visitor_url
from kiyose.pages.languages import (
    html_language,
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)

from .choices import Repeats
from .decisions import Decisions, Planned, Settled, Standing
from .models import EventField, EventPage, Session, Venue
from .patterns import Occurrence, Pattern, moment
from .picks import Picks, pick_of
from .plan import sessions_picked
from .schedule import public_events, sessions_of, touching, venues
from .words_for_standing import say_standing, titled

MEDIA_TYPE = "text/calendar; charset=utf-8"
TOKYO = ZoneInfo(settings.TIME_ZONE)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
ASK_AGAIN = datetime.timedelta(hours=1)
# Of all events: those that take place from this long ago until this long from now.
YEAR = datetime.timedelta(days=366)
SESSIONS_IN_A_PIECE = 50

STATUS = {Standing.CANCELLED: "CANCELLED", Standing.POSTPONED: "TENTATIVE"}
FREQUENCY = {Repeats.DAILY: "DAILY", Repeats.WEEKLY: "WEEKLY"}
# RFC 5545 keeps these out of texts (3.1, CONTROL); a line break is written in its own way.
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def calendar_of_page(page: Page, request) -> HttpResponse:
    """All sessions of an event, or of what stands below a festival. page: in any language."""
    sources = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=source_language()
    )
    # The path of a page begins with the path of the page above it.
    below = sources.values_list("path", flat=True).first()
    events = public_events().filter(path__startswith=below) if below else public_events().none()
    return calendar_response(request, page.title, sessions_of(events), page.slug)


def calendar_of_plan(request, picks: Picks) -> HttpResponse:
    response = calendar_response(
        request, _("My plan"), sessions_picked(picks), "my-plan", only=picks
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def calendar_of_all(page, request) -> HttpResponse:
    """The coming and the last twelve months, what was cancelled included. page: the list."""
    today = timezone.localdate()
    wanted = touching(today - YEAR, today + YEAR)
    sessions = sessions_of(public_events()).filter(wanted)
    return calendar_response(request, page.title, sessions, "events")


def calendar_response(
    request, name: str, sessions: QuerySet[Session], filename: str, only: Picks | None = None
) -> HttpResponse:
    """The calendar of these sessions, in the language of the address.

    sessions: of ``schedule.sessions_of``; only: those of them that were picked; filename:
    without its ending. Whoever has it already gets it again only when it has changed: its
    ETag says that before anything is written. It names no date of its last change, because
    what is withdrawn leaves none.
    """
    source = CalendarSource(request, sessions, only)
    writer = CalendarWriter(source, name, absolute(request.get_full_path()))
    etag = quote_etag(sha256(f"{name} {source.fingerprint}".encode()).hexdigest())
    response = StreamingHttpResponse(
        writer.pieces(),
        content_type=MEDIA_TYPE,
        headers={
            "ETag": etag,
            "Cache-Control": "no-cache",
            "Content-Disposition": content_disposition_header(False, f"{filename}.ics"),
            # A calendar in the browser of another site may read what everybody may see.
            "Access-Control-Allow-Origin": "*",
        },
    )
    return get_conditional_response(request, etag=etag, response=response)


class CalendarSource:
    """What a calendar is made of. Five queries."""

    def __init__(self, request, sessions: QuerySet[Session], only: Picks | None):
        self.request = request
        rows = sessions.exclude(repeats=Repeats.IN_WORDS).annotate(
            first_published=F("page__first_published_at"),
            last_published=F("page__last_published_at"),
        )
        rows = rows.order_by("path", "starts_on", "key")
        self.rows = [row for row in rows if only is None or pick_of(row) in only]
        numbers = {row.page_id for row in self.rows}
        sources = public_events().filter(pk__in=numbers).order_by("path")
        self.events = {page.translation_key: page for page in in_visitors_language_at_once(sources)}
        self.venues = venues()
        self.fields = {row.pk: row.words for row in snippets_in_visitors_language(EventField)}
        self.decisions = Decisions(min((row.starts_on for row in self.rows), default=EPOCH.date()))

    @cached_property
    def fingerprint(self) -> str:
        """Changes with all that the calendar is written from."""
        parts = (
            visitor_language(),
            [
                (row.page_id, row.key, row.pattern, row.venue_id, row.last_published)
                for row in self.rows
            ],
            [(page.pk, page.last_published_at, page.url_path) for page in self.events.values()],
            [
                (row.pk, row.latitude, row.longitude, row.words.name, row.words.address)
                for row in self.venues.values()
            ],
            [(pk, words.name) for pk, words in self.fields.items()],
            [
                (row.pk, row.next_decision_at is not None and row.next_decision_at > timezone.now())
                for row in self.decisions.rows
            ],
        )
        return sha256(repr(parts).encode()).hexdigest()

    def settled(self, row: Session) -> list[Settled]:
        """Every time of a session, after all decisions."""
        return [
            self.decisions.settle(
                Planned(row.page_id, row.path, row.pattern.occurrence(day), row.venue_id)
            )
            for day in row.pattern.days()
        ]


@dataclass(frozen=True)
class Versions:
    """How an entry tells calendars that it has changed: for all times of one session alike."""

    created: datetime.datetime
    modified: datetime.datetime
    sequence: int

    @classmethod
    def of(cls, row: Session, event: EventPage, times: list[Settled]) -> Versions:
        """The sequence is the age of what is said in seconds: it grows with each publication
        and each decision and never shrinks (RFC 5545, 3.8.7.4)."""
        first = row.first_published or row.last_published or EPOCH
        decided = [each.decision.made_at for each in times if each.decision]
        last = max([first, *filter(None, [row.last_published]), *decided])
        modified = max(last, event.last_published_at or last)
        return cls(first, modified, ceil((last - first).total_seconds()))


class CalendarWriter:
    """Writes a calendar piece by piece."""

    def __init__(self, source: CalendarSource, name: str, address: str):
        self.source = source
        self.name = name
        self.address = address
        self.language = visitor_language()

    def pieces(self) -> Iterator[bytes]:
        """The whole calendar. Asks the database nothing, whenever it is read."""
        begin, end = self._frame()
        yield begin
        for rows in batched_rows(self.source.rows):
            # The words are looked up while others may be answered in another language.
            with translation.override(self.language):
                piece = b"".join(entry.to_ical() for row in rows for entry in self.entries(row))
            yield piece
        yield end

    def _frame(self) -> tuple[bytes, bytes]:
        """What stands before and after the entries."""
        host = self.address.split("/")[2]
        language = html_language(self.language)
        calendar = Calendar.new(
            prodid=f"-//{host}//{settings.WAGTAIL_SITE_NAME}//{language.upper()}",
            name=plain(self.name),
            method="PUBLISH",
            refresh_interval=ASK_AGAIN,
            source=self.address,
            uid=uuid.uuid5(uuid.NAMESPACE_URL, self.address),
        )
        # RFC 7986 (5.7, 5.8) wants the kind of value said; Outlook knows another name.
        calendar["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
        calendar["SOURCE"].params["VALUE"] = "URI"
        calendar.add("X-PUBLISHED-TTL", vDuration(ASK_AGAIN))
        calendar.add("X-WR-TIMEZONE", settings.TIME_ZONE)
        calendar.add_component(time_zone())
        begin, end, rest = calendar.to_ical().partition(b"END:VCALENDAR")
        return begin, end + rest

    # Entries

    def entries(self, row: Session) -> Iterator[Event]:
        """A session: one entry; of a series the rule, and each time that is not as the rule."""
        times = self.source.settled(row)
        if not times:
            return  # a series of nothing but holidays
        event = self.source.events[row.event_key]
        versions = Versions.of(row, event, times)
        pattern = row.pattern
        if not pattern.is_repeated:
            yield self._entry(row, event, times[0], versions)
            return
        common = common_standing(times)
        master = self._entry(row, event, common or as_planned(times[0]), versions)
        master.add("RRULE", rule(pattern))
        if left_out := [day for day in pattern.left_out() if day > times[0].planned.occurrence.day]:
            master.add("EXDATE", [start_of(pattern.occurrence(day)) for day in left_out])
        yield master
        if common:
            return
        for time in times:
            if time.is_changed:
                instance = self._entry(row, event, time, versions)
                instance.add("RECURRENCE-ID", start_of(time.planned.occurrence))
                yield instance

    def _entry(self, row: Session, event: EventPage, time: Settled, versions: Versions) -> Event:
        entry = Event()
        venue = self.source.venues.get(time.venue_id)
        entry.add("UID", str(row.uid(row.event_key)))
        entry.add("DTSTAMP", versions.modified)
        entry.add("CREATED", versions.created)
        entry.add("LAST-MODIFIED", versions.modified)
        entry.add("SEQUENCE", versions.sequence)
        entry.add("STATUS", STATUS.get(time.standing, "CONFIRMED"))
        entry.add("DTSTART", start_of(time.occurrence))
        if (end := end_of(time.occurrence)) is not None:
            entry.add("DTEND", end)
        entry.add("SUMMARY", plain(titled(event.title, time)))
        entry.add("DESCRIPTION", plain(self._description(event, time, venue)))
        entry.add("URL", self._address(event))
        if place := self._location(event, time, venue):
            entry.add("LOCATION", plain(place))
        if venue and venue.latitude is not None and venue.longitude is not None:
            entry.add("GEO", (venue.latitude, venue.longitude))
        if event.field_id in self.source.fields:
            entry.add("CATEGORIES", [plain(self.source.fields[event.field_id].name)])
        entry.add("ORGANIZER", self._organiser(event))
        return entry

    def _address(self, event: EventPage) -> str:
        return absolute(visitor_url(event, self.source.request, event.language))

    def _description(self, event: EventPage, time: Settled, venue: Venue | None) -> str:
        """What was decided comes first."""
        contact = " ".join(
            part for part in (event.contact_name, event.contact_phone, event.contact_hours) if part
        )
        parts = (
            *say_standing(time, venue),
            event.summary,
            event.description,
            event.dates_note,
            contact,
            self._address(event),
        )
        return "\n".join(part for part in parts if part)

    def _location(self, event: EventPage, time: Settled, venue: Venue | None) -> str:
        """The venue where it is now, the room while it is there, the address."""
        room = "" if time.standing == Standing.MOVED else event.place
        words = venue.words if venue else None
        name = " ".join(part for part in (words.name if words else "", room) if part)
        address = words.address if words else event.address
        between = "、" if is_japanese(self.language) else ", "
        return between.join(part for part in (name, address) if part)

    def _organiser(self, event: EventPage) -> vCalAddress:
        """Who publishes (RFC 5546, 3.2.1, wants one named)."""
        organiser = vCalAddress(f"mailto:{event.contact_email or settings.DEFAULT_FROM_EMAIL}")
        organiser.params["CN"] = plain(event.organiser or self.name).replace('"', "”")
        return organiser


def batched_rows(rows: list[Session]) -> Iterator[list[Session]]:
    for first in range(0, len(rows), SESSIONS_IN_A_PIECE):
        yield rows[first : first + SESSIONS_IN_A_PIECE]


def plain(text: str) -> str:
    """Text as a calendar may carry it."""
    return CONTROLS.sub("", text.replace("\r\n", "\n")).strip()


def start_of(occurrence: Occurrence) -> datetime.date | datetime.datetime:
    """DTSTART: a day, or a moment in Tokyo."""
    if occurrence.is_all_day:
        return occurrence.day
    return datetime.datetime.combine(occurrence.day, occurrence.starts_at, TOKYO)


def end_of(occurrence: Occurrence) -> datetime.date | datetime.datetime | None:
    """DTEND, which is no longer part of it; None for an open end."""
    if occurrence.is_all_day:
        return occurrence.last_day + datetime.timedelta(days=1)
    if occurrence.ends_at is None:
        return None
    return datetime.datetime.combine(occurrence.last_day, occurrence.ends_at, TOKYO)


def rule(pattern: Pattern) -> dict:
    """RRULE. UNTIL is of the kind of DTSTART, and a moment is told in UTC (RFC 5545, 3.3.10)."""
    last: datetime.date = pattern.last_day
    if pattern.starts_at is not None:
        last = moment(pattern.last_day, pattern.starts_at).astimezone(datetime.UTC)
    return {"FREQ": FREQUENCY[pattern.repeats], "UNTIL": last}


def as_planned(time: Settled) -> Settled:
    """The same before any decision: how a series as a whole is."""
    return Settled(time.planned, time.planned.occurrence, time.planned.venue_id)


def common_standing(times: list[Settled]) -> Settled | None:
    """The first time, if what was decided is the same for all times of a series."""
    first = times[0]
    if all(
        time.is_changed
        and (time.standing, time.venue_id, time.decision)
        == (first.standing, first.venue_id, first.decision)
        and time.occurrence == time.planned.occurrence
        for time in times
    ):
        return first
    return None


def time_zone() -> Timezone:
    """Tokyo, which has had no summer time since 1951."""
    standard = TimezoneStandard()
    standard.add("DTSTART", datetime.datetime(1951, 9, 9))
    standard.add("TZOFFSETFROM", datetime.timedelta(hours=9))
    standard.add("TZOFFSETTO", datetime.timedelta(hours=9))
    standard.add("TZNAME", "JST")
    zone = Timezone()
    zone.add("TZID", settings.TIME_ZONE)
    zone.add_component(standard)
    return zone
