"""The times of one event as its page tells them: what comes next, and what was changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import islice

from .choices import Repeats
from .decisions import Decisions, Planned, Settled, Standing
from .models import Session, Venue
from .patterns import Occurrence

# How many coming times of a series are written out.
NEXT = 4


@dataclass(frozen=True)
class SessionTimes:
    """A session with its times after all decisions.

    times: of a single session the one that it has; of a series the next ones and every coming
    one that was changed; goes_on: the series has more of them; venue: where it was published
    for, a source row with ``words``.
    """

    session: Session
    times: list[Settled]
    goes_on: bool
    venue: Venue | None

    @property
    def is_in_words(self) -> bool:
        return self.session.repeats == Repeats.IN_WORDS

    @property
    def is_series(self) -> bool:
        return self.session.pattern.is_repeated

    def coming(self, now: datetime.datetime) -> list[Settled]:
        """Those that are not over."""
        return [settled for settled in self.times if not is_over(settled, now)]


def is_over(settled: Settled, now: datetime.datetime) -> bool:
    """Whether its time has passed; with an open end, whether its day has. What is postponed to
    an unknown day is still to come."""
    if settled.standing == Standing.POSTPONED:
        return False
    occurrence = settled.occurrence
    end = occurrence.end or Occurrence(occurrence.day, occurrence.last_day).end
    return end <= now


def session_times(
    session: Session, decisions: Decisions, venues: dict[int, Venue], today: datetime.date
) -> SessionTimes:
    """What a page tells of a session. session: with ``path`` and ``page_id`` of its source
    page (``schedule.sessions_of``)."""
    pattern = session.pattern

    def settle(occurrence: Occurrence) -> Settled:
        planned = Planned(session.page_id, session.path, occurrence, session.venue_id)
        return decisions.settle(planned)

    venue = venues.get(session.venue_id)
    if not pattern.is_repeated:
        only = pattern.occurrence(pattern.starts_on)
        return SessionTimes(session, [settle(only)], goes_on=False, venue=venue)
    coming = [*islice(pattern.between(today, pattern.last_day), NEXT + 1)]
    nearest = {settle(occurrence) for occurrence in coming[:NEXT]}
    days = {row.day for row in decisions.rows if row.day}
    named = {settle(each) for day in days for each in pattern.between(day, day)}
    changed = {each for each in named if each.is_changed and each.occurrence.last_day >= today}
    times = sorted(nearest | changed, key=lambda settled: settled.occurrence.begin)
    return SessionTimes(session, times, goes_on=len(coming) > NEXT, venue=venue)
