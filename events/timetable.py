"""The timetable: for each day a table of venues and times.

``Timetable`` makes one of any entries (the programme of a festival, say);
``TimetableListing`` chooses those that an address asks for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import cached_property

from .listing import EventListing
from .models import Venue
from .patterns import DAY
from .schedule import Entry, Programme, Time
from .spans import Span

DAYS_SHOWN = 3
MOST_SHOWN = 300
# So many days are looked through for the next ones on which there is anything.
LOOK_AHEAD = datetime.timedelta(days=400)
AT_ONCE = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Cell:
    """What begins at one time at one venue. venue: None for whatever has none."""

    venue: Venue | None
    entries: list[Entry]


@dataclass(frozen=True)
class Row:
    """All that begins at one time. time: None for what lasts all day, or goes on from the day
    before."""

    time: datetime.time | None
    cells: list[Cell]


class TimetableDay:
    """One day: a table whose columns are its venues."""

    def __init__(self, date: datetime.date, entries: Iterable[Entry]):
        self.date = date
        self._cells: dict[tuple, list[Entry]] = {}
        for entry in entries:
            place = (self._begins(entry), entry.venue.pk if entry.venue else None)
            self._cells.setdefault(place, []).append(entry)
        self.venues = self._venues_of(entries)

    def _begins(self, entry: Entry) -> datetime.time | None:
        """When on this day."""
        occurrence = entry.occurrence
        goes_on = self.date not in (occurrence.day, entry.settled.planned.occurrence.day)
        return None if goes_on else occurrence.starts_at

    def _venues_of(self, entries: Iterable[Entry]) -> list[Venue | None]:
        """The columns, by reading; last what has no venue."""
        found = {entry.venue.pk: entry.venue for entry in entries if entry.venue}
        venues: list[Venue | None] = sorted(
            found.values(), key=lambda venue: (venue.reading or venue.name, venue.pk)
        )
        return [*venues, None] if any(entry.venue is None for entry in entries) else venues

    @property
    def rows(self) -> list[Row]:
        """By time; first what lasts all day."""
        times = {time for time, _venue in self._cells}
        return [
            Row(time, [self._cell(time, venue) for venue in self.venues])
            for time in sorted(times, key=lambda time: (time is not None, time or datetime.time()))
        ]

    def _cell(self, time, venue: Venue | None) -> Cell:
        return Cell(venue, self._cells.get((time, venue.pk if venue else None), []))


class Timetable:
    """Entries as a table for each day.

    days: the only ones to show; without them, those on which the entries are. What stands only
    in words has no place in a table: ``in_words``.
    """

    def __init__(self, entries: Iterable[Entry], days: Iterable[datetime.date] | None = None):
        entries = list(entries)
        self.in_words = [entry for entry in entries if entry.in_words]
        shown = None if days is None else set(days)
        of_day: dict[datetime.date, list[Entry]] = {}
        for entry in entries:
            for day in () if entry.in_words else _days_of(entry, shown):
                of_day.setdefault(day, []).append(entry)
        self.days = [TimetableDay(day, of_day[day]) for day in sorted(of_day)]


def _days_of(entry: Entry, shown: set[datetime.date] | None) -> list[datetime.date]:
    """The days of now and those that were published, as far as they are shown."""
    if shown:
        return [day for day in entry.days_between(min(shown), max(shown)) if day in shown]
    spans = (entry.occurrence, entry.settled.planned.occurrence)
    first, last = min(each.day for each in spans), max(each.last_day for each in spans)
    return [] if shown is not None else entry.days_between(first, last)


class TimetableListing(EventListing):
    """The next few days on which there is anything that meets the conditions."""

    @cached_property
    def asked_for(self) -> Span:
        span = self.span or Span(self.today)
        return Span(span.first, min(span.end, span.first + LOOK_AHEAD))

    @cached_property
    def _programme(self) -> Programme:
        return self.programme(self.asked_for.first, self.asked_for.last)

    @cached_property
    def _of_days(self) -> dict[datetime.date, list[Time]]:
        """The next days with anything, and one more, which tells that there are more. Only as
        many days of a series are computed as it takes to find them."""
        found: dict[datetime.date, list[Time]] = {}
        begin, last = self.asked_for.first, self.asked_for.last
        while begin <= last and len(found) <= DAYS_SHOWN:
            end = min(begin + AT_ONCE, last)
            for time in self._programme.times(begin, end):
                if not time.in_words and self.is_wanted(time):
                    for day in time.days_between(begin, end):
                        found.setdefault(day, []).append(time)
            begin = end + DAY
        return {day: found[day] for day in sorted(found)[: DAYS_SHOWN + 1]}

    @property
    def days(self) -> list[datetime.date]:
        return list(self._of_days)[:DAYS_SHOWN]

    @cached_property
    def timetable(self) -> Timetable:
        """times: each once, though it may be on several days."""
        times = {
            (time.session.pk, time.settled.planned.occurrence): time
            for day in self.days
            for time in self._of_days[day]
        }
        shown = sorted(times.values(), key=lambda time: time.order)[:MOST_SHOWN]
        return Timetable(self.shown(self._programme, shown), self.days)

    @property
    def is_cut(self) -> bool:
        """Whether there was too much for one page."""
        return sum(len(self._of_days[day]) for day in self.days) > MOST_SHOWN

    @property
    def later(self) -> str:
        """The address of the days that follow, if there are any."""
        if len(self._of_days) <= DAYS_SHOWN:
            return ""
        begin = list(self._of_days)[DAYS_SHOWN].isoformat()
        end = {"to": self.span.last.isoformat()} if self.span and self.span.last else {}
        return self.query("when", "year", "from", "to", from_=begin, **end)
