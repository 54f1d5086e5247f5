"""The visitor's plan: what was picked, day by day, and what cannot all be visited.

It belongs to nobody's account: the address or the visitor's browser carries it. What is not
public and what does not exist are answered alike, by the same queries.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby, islice

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from kiyose.pages.languages import in_visitors_language_at_once

from .choices import Repeats
from .decisions import Decisions, Planned
from .models import EventPage, Session
from .patterns import may_overlap, overlap
from .picks import Pick, Picks, pick_of
from .schedule import Entry, planned_times, public_events, sessions_of, venues

# Of a series so many of the next times stand among the days, if they are not too far away,
# and those on the days of other picks. The rest is said in words.
TIMES_SHOWN = 4
LOOK_AHEAD = datetime.timedelta(weeks=8)
# Less than that between two places is worth a word.
TIME_TO_GO = datetime.timedelta(minutes=15)


def sessions_picked(picks: Picks) -> QuerySet[Session]:
    """The public sessions among them, and a few more that share their keys."""
    events = public_events().filter(pk__in={pick.page for pick in picks})
    return sessions_of(events).filter(key__in={pick.key for pick in picks})


class Kind(Enum):
    """How two times get in each other's way."""

    SURE = "sure"
    POSSIBLE = "possible"
    TIGHT = "tight"


@dataclass(frozen=True)
class Clash:
    """Two entries of the plan that cannot both be visited as a whole, or perhaps not.

    minutes: what lies between them, where that is little.
    """

    kind: Kind
    first: Entry
    second: Entry

    @property
    def minutes(self) -> int:
        return (self.second.occurrence.begin - self.first.occurrence.end).seconds // 60


@dataclass
class Line:
    """One time in the plan. clashes: those that this time has a part in, each with the other
    entry."""

    item: Item
    entry: Entry
    clashes: list[tuple[Clash, Entry]] = field(default_factory=list)

    @property
    def day(self) -> datetime.date:
        """Under which day it stands: what has begun stands under today."""
        return max(self.entry.occurrence.day, timezone.localdate())


@dataclass
class Item:
    """One pick. lines: its times from today on, that the plan knows of, in order."""

    pick: Pick
    event: EventPage
    session: Session
    lines: list[Line] = field(default_factory=list)

    @property
    def is_series(self) -> bool:
        return self.session.pattern.is_repeated

    @property
    def is_in_words(self) -> bool:
        return self.session.repeats == Repeats.IN_WORDS


class Plan:
    """What the picks mean today, for one visitor. Four queries, however many there are."""

    def __init__(self, picks: Picks):
        self.picks = picks
        self.today = timezone.localdate()

    @cached_property
    def items(self) -> list[Item]:
        """What is public of the picks, with its times."""
        rows = [row for row in sessions_picked(self.picks) if pick_of(row) in self.picks]
        decisions = Decisions(min((row.starts_on for row in rows), default=self.today))
        sources = public_events().filter(pk__in={row.page_id for row in rows})
        events = {
            page.translation_key: page
            for page in in_visitors_language_at_once(sources.order_by("path"))
        }
        places = venues()
        found = [Item(pick_of(row), events[row.event_key], row) for row in rows]
        for item in found:
            if not item.is_series:
                pattern = item.session.pattern
                times = planned_times(item.session, pattern.starts_on, pattern.last_day, decisions)
                item.lines = self._lines(item, times, decisions, places)
        days = sorted({day for item in found for day in _days_with_hours(item)})
        for item in found:
            if item.is_series:
                times = self._times_of_series(item.session, days, decisions)
                item.lines = self._lines(item, times, decisions, places)
        return found

    def _times_of_series(
        self, row: Session, days: list[datetime.date], decisions: Decisions
    ) -> Iterable[Planned]:
        """days: of the other picks."""
        ahead = planned_times(row, self.today, self.today + LOOK_AHEAD, decisions)
        beside = (time for day in days for time in planned_times(row, day, day, decisions))
        return dict.fromkeys([*islice(ahead, TIMES_SHOWN), *beside])

    def _lines(
        self, item: Item, times: Iterable[Planned], decisions: Decisions, places: dict
    ) -> list[Line]:
        entries = [
            Entry(item.event, item.session, time, places.get(time.venue_id), item.is_in_words)
            for time in map(decisions.settle, times)
        ]
        entries.sort(key=lambda entry: entry.order)
        return [Line(item, entry) for entry in entries if entry.occurrence.last_day >= self.today]

    # What is shown

    @cached_property
    def days(self) -> list[tuple[datetime.date, list[Line]]]:
        """The days from today on, each with its times in order."""
        _ = self.clashes  # which tells the lines
        lines = [line for item in self.items if not item.is_in_words for line in item.lines]
        lines.sort(key=lambda line: (line.day, line.entry.order))
        return [(day, list(found)) for day, found in groupby(lines, key=lambda line: line.day)]

    @property
    def in_words(self) -> list[Item]:
        """Those whose days are only known in words."""
        return [item for item in self.items if item.is_in_words and not self._is_over(item)]

    @property
    def over(self) -> list[Item]:
        return [item for item in self.items if self._is_over(item)]

    def _is_over(self, item: Item) -> bool:
        return not item.lines and item.session.pattern.last_day < self.today

    @property
    def series(self) -> list[Item]:
        """Those with many times, of which the days show only some."""
        return [item for item in self.items if item.is_series and not self._is_over(item)]

    @cached_property
    def unknown(self) -> list[Pick]:
        """Those of the picks of which nothing is public."""
        known = {item.pick for item in self.items}
        return [pick for pick in self.picks if pick not in known]

    @property
    def is_empty(self) -> bool:
        return not self.items

    # What cannot all be visited

    @cached_property
    def clashes(self) -> list[Clash]:
        """Each pair of picks once, with the first time that they clash; the sure ones first."""
        lines = [
            line
            for item in self.items
            if not item.is_in_words
            for line in item.lines
            if line.entry.settled.takes_place and not line.entry.occurrence.is_all_day
        ]
        lines.sort(key=lambda line: line.entry.occurrence.begin)
        found: dict[tuple, Clash] = {}
        for one, other, clash in _clashing(lines):
            one.clashes.append((clash, other.entry))
            other.clashes.append((clash, one.entry))
            found.setdefault((clash.kind, frozenset((one.item.pick, other.item.pick))), clash)
        kinds = list(Kind)
        return sorted(found.values(), key=lambda clash: kinds.index(clash.kind))


def _days_with_hours(item: Item) -> set[datetime.date]:
    """The days on which something of a series could get in the way of the item."""
    times = [line.entry.occurrence for line in item.lines]
    return {day for time in times if not time.is_all_day for day in (time.day, time.last_day)}


def _clashing(lines: list[Line]) -> Iterator[tuple[Line, Line, Clash]]:
    """lines: in the order in which they begin."""
    for number, one in enumerate(lines):
        for other in _until_over(one, islice(lines, number + 1, None)):
            if other.item is not one.item and (kind := clash_kind(one.entry, other.entry)):
                yield one, other, Clash(kind, one.entry, other.entry)


def _until_over(one: Line, later: Iterable[Line]) -> Iterator[Line]:
    """Those that begin before it is over, and time has passed to go elsewhere."""
    occurrence = one.entry.occurrence
    for other in later:
        begin = other.entry.occurrence.begin
        if occurrence.end is None:
            if other.entry.occurrence.day > occurrence.day:
                return
        elif begin >= occurrence.end + TIME_TO_GO:
            return
        yield other


def clash_kind(one: Entry, other: Entry) -> Kind | None:
    """How the earlier of two entries gets in the way of the later one, if it does."""
    first, second = one.occurrence, other.occurrence
    if overlap(first, second):
        return Kind.SURE
    if may_overlap(first, second):
        return Kind.POSSIBLE
    if (
        first.end is not None
        and first.end <= second.begin < first.end + TIME_TO_GO
        and None not in (one.venue, other.venue)
        and one.venue != other.venue
    ):
        return Kind.TIGHT
    return None
