"""On which days something takes place, and what falls on the same time. No database here.

A session is one line: a first day, perhaps a last day, times, and how it repeats. All times
are those of Tokyo, which knows no summer time.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import timezone

from kiyose.japanese.dates import is_holiday

from .choices import Repeats

DAY = datetime.timedelta(days=1)
WEEK = datetime.timedelta(weeks=1)
MIDNIGHT = datetime.time()
# A session may run that long; so nothing that is asked of it is without bounds.
LONGEST = datetime.timedelta(days=2 * 366)


@dataclass(frozen=True)
class Occurrence:
    """One time that something takes place.

    day: its first day; last_day: the same one but for what lasts overnight or for days without
    a break; starts_at: None for the whole day; ends_at: None for an open end.
    """

    day: datetime.date
    last_day: datetime.date
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None

    @property
    def is_all_day(self) -> bool:
        return self.starts_at is None

    @property
    def begin(self) -> datetime.datetime:
        """Aware, in Tokyo."""
        return moment(self.day, self.starts_at or MIDNIGHT)

    @property
    def end(self) -> datetime.datetime | None:
        """None for an open end; of a whole day the midnight after it."""
        if self.is_all_day:
            return moment(self.last_day + DAY, MIDNIGHT)
        return moment(self.last_day, self.ends_at) if self.ends_at else None

    def on(self, day: datetime.date) -> Occurrence:
        """The same on another day."""
        return replace(self, day=day, last_day=day + (self.last_day - self.day))

    def touches(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether any of its days lies between these two, they included. What ends at midnight
        takes nothing of the day that begins then."""
        ends_at_midnight = self.ends_at == MIDNIGHT and self.last_day > self.day
        last_day = self.last_day - DAY if ends_at_midnight else self.last_day
        return self.day <= last and last_day >= first


@dataclass(frozen=True)
class Pattern:
    """When something takes place: the facts of one session.

    until: the last day; None for one day alone.
    """

    starts_on: datetime.date
    until: datetime.date | None = None
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    repeats: Repeats = Repeats.ONCE
    except_holidays: bool = False

    @property
    def last_day(self) -> datetime.date:
        return self.until or self.starts_on

    @property
    def is_repeated(self) -> bool:
        return self.repeats in (Repeats.DAILY, Repeats.WEEKLY)

    def days(self, after: datetime.date | None = None) -> Iterator[datetime.date]:
        """The days on which it begins anew, those that fall out left out; after: none earlier
        than that."""
        if not self.is_repeated:
            yield self.starts_on
            return
        step = WEEK if self.repeats == Repeats.WEEKLY else DAY
        last = min(self.last_day, self.starts_on + LONGEST)
        day = self.starts_on
        if after and after > day:
            day += -((day - after) // step) * step
        while day <= last:
            if not (self.except_holidays and is_holiday(day)):
                yield day
            day += step

    def left_out(self) -> list[datetime.date]:
        """The days on which it would begin if it were not a holiday."""
        if not (self.is_repeated and self.except_holidays):
            return []
        return [day for day in replace(self, except_holidays=False).days() if is_holiday(day)]

    def occurrence(self, day: datetime.date) -> Occurrence:
        """The one that begins on that day."""
        last = day if self.is_repeated else self.last_day
        return Occurrence(day, last, self.starts_at, self.ends_at)

    def between(self, first: datetime.date, last: datetime.date) -> Iterator[Occurrence]:
        """Every occurrence of which a day lies between these two, in order. What stands only
        in words has none."""
        if self.repeats == Repeats.IN_WORDS:
            return
        for day in self.days(after=first):
            if day > last:
                return
            occurrence = self.occurrence(day)
            if occurrence.touches(first, last):
                yield occurrence


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """Aware, in the time zone of the site."""
    return timezone.make_aware(datetime.datetime.combine(day, time))


def overlap(one: Occurrence, other: Occurrence) -> bool:
    """Whether nobody can be at both from beginning to end.

    What lasts all day can be visited at any time, so it is in nobody's way. Of an open end it
    is only known that it has begun: it overlaps with what begins at the same moment, and with
    what it begins within.
    """
    if one.is_all_day or other.is_all_day:
        return False
    first, second = sorted((one, other), key=lambda each: each.begin)
    if first.begin == second.begin:
        return True
    return first.end is not None and second.begin < first.end


def may_overlap(one: Occurrence, other: Occurrence) -> bool:
    """Whether it depends on how long something with an open end takes: the later one begins on
    the same day after it."""
    if one.is_all_day or other.is_all_day or overlap(one, other):
        return False
    first, second = sorted((one, other), key=lambda each: each.begin)
    return first.end is None and second.day == first.day
