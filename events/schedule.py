"""What takes place in a span of days: the one source of lists, calendars, timetables and feeds.

The number of queries is the same for one event and for a thousand.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.db.models import F, Q, QuerySet
from django.utils.functional import cached_property

from kiyose.pages.languages import (
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    source_language,
)
from kiyose.pages.visibility import public

from .choices import Repeats
from .decisions import Decisions, Planned, Settled
from .models import EventPage, Session, Venue
from .patterns import DAY, Occurrence


class OnItsDays:
    """What a time that something takes place knows of its days."""

    session: Session
    settled: Settled

    @property
    def occurrence(self) -> Occurrence:
        """When it is now."""
        return self.settled.occurrence

    @property
    def order(self) -> tuple:
        """What is over the whole day comes before what begins at an hour."""
        occurrence = self.occurrence
        return (occurrence.day, occurrence.begin, self.session.path, self.session.sort_order)

    def days_between(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """The days on which people look for it: those of now, and those that were published."""
        found = set()
        for each in (self.occurrence, self.settled.planned.occurrence):
            if each.touches(first, last):
                begin, end = max(each.day, first), min(each.last_day, last)
                found |= {begin + number * DAY for number in range((end - begin).days + 1)}
        return sorted(found)

    def day_between(self, first: datetime.date, last: datetime.date) -> datetime.date | None:
        """The one of these days under which a list shows it: rather when it is now."""
        for each in (self.occurrence, self.settled.planned.occurrence):
            if each.touches(first, last):
                return max(each.day, first)
        return None


@dataclass(frozen=True)
class Time(OnItsDays):
    """One time that an event takes place, before its page is loaded.

    in_words: its dates stand in ``event.dates_note`` only, and its occurrence is for sorting.
    """

    session: Session
    settled: Settled
    in_words: bool = False


@dataclass(frozen=True)
class Entry(OnItsDays):
    """The same for one visitor.

    event: in the visitor's language, with ``language``; venue: where it is now, a source row
    with ``words``.
    """

    event: EventPage
    session: Session
    settled: Settled
    venue: Venue | None
    in_words: bool = False


def public_events() -> QuerySet[EventPage]:
    """The events that everybody may see, each once, from the source tree."""
    return public(EventPage.objects.filter(locale__language_code=source_language()))


def touching(first: datetime.date, last: datetime.date) -> Q:
    """The sessions that can take place between two days."""
    return Q(starts_on__lte=last) & (
        Q(until__gte=first) | Q(until__isnull=True, starts_on__gte=first)
    )


def venues(**annotations) -> dict[int, Venue]:
    """Every venue by the number of its source row, with ``words``. One query. annotations: what
    else to ask of each."""
    return {row.pk: row for row in snippets_in_visitors_language(Venue, **annotations)}


def sessions_of(events: QuerySet[EventPage]) -> QuerySet[Session]:
    """The sessions of these events, each with ``event_key`` and ``path`` of its event."""
    return Session.objects.filter(page__in=events.order_by().values("pk")).annotate(
        event_key=F("page__translation_key"), path=F("page__path")
    )


def entries_between(
    first: datetime.date,
    last: datetime.date,
    events: QuerySet[EventPage] | None = None,
    sessions: Q | None = None,
) -> list[Entry]:
    """Every occurrence that was published for, or was postponed to, a day between these two.

    events: of the source tree, else all public ones; sessions: a further condition on theirs.
    Four queries.
    """
    programme = Programme(first, last, events, sessions)
    return programme.entries(programme.times())


class Programme:
    """The sessions that can take place between two days. They are loaded once, by two queries
    with the decisions; their days are computed as far as somebody asks for them."""

    def __init__(
        self,
        first: datetime.date,
        last: datetime.date,
        events: QuerySet[EventPage] | None = None,
        sessions: Q | None = None,
        decisions: Decisions | None = None,
    ):
        self.first, self.last = first, last
        self.events = public_events() if events is None else events
        self.condition = sessions or Q()
        self.decisions = decisions or Decisions(first)

    @cached_property
    def sessions(self) -> list[Session]:
        wanted = touching(self.first, self.last)
        for day in self.decisions.days_that_come_to(self.first, self.last):
            wanted |= touching(day, day)
        return list(sessions_of(self.events).filter(wanted, self.condition))

    def within(
        self, first: datetime.date, last: datetime.date, is_wanted: Callable[[Session], bool]
    ) -> Programme:
        """What of it lies between two days within its own, of the sessions that are wanted. No
        query but its own."""
        part = Programme(first, last, self.events, decisions=self.decisions)
        part.sessions = [session for session in self.sessions if is_wanted(session)]
        return part

    def times(
        self, first: datetime.date | None = None, last: datetime.date | None = None
    ) -> list[Time]:
        """All of them in order, or those between two days within."""
        first, last = first or self.first, last or self.last
        found = [
            Time(session, self.decisions.settle(planned), session.repeats == Repeats.IN_WORDS)
            for session in self.sessions
            for planned in planned_times(session, first, last, self.decisions)
        ]
        return sorted(found, key=lambda time: time.order)

    def planned_times(self, session: Session) -> list[Planned]:
        """Those of one session between its days."""
        return planned_times(session, self.first, self.last, self.decisions)

    def next_times(self, is_wanted: Callable[[Time], bool]) -> dict[int, Time]:
        """The first time of every event, by the number of its source page. Of a series no more
        days are computed than it takes to find that one."""
        found: dict[int, Time] = {}
        for session in self.sessions:
            time = self.next_time(session, is_wanted)
            known = found.get(session.page_id)
            if time and (known is None or self._place(time) < self._place(known)):
                found[session.page_id] = time
        return found

    def next_time(self, session: Session, is_wanted: Callable[[Time], bool]) -> Time | None:
        """The first time of a session that is wanted; what was postponed counts by its new
        day."""
        in_words = session.repeats == Repeats.IN_WORDS
        best = None
        for planned in _one_by_one(session, self.first, self.last, self.decisions):
            if best and self._place(best)[0] <= planned.occurrence.day:
                break
            time = Time(session, self.decisions.settle(planned), in_words)
            if self._place(time)[0] is None or not is_wanted(time):
                continue
            if best is None or self._place(time) < self._place(best):
                best = time
        return best

    def _place(self, time: Time) -> tuple:
        return (time.day_between(self.first, self.last), *time.order)

    def entries(self, times: Iterable[Time], places: dict[int, Venue] | None = None) -> list[Entry]:
        """These times with their pages in the visitor's language, in the same order. Two
        queries, one if the venues are known."""
        times = list(times)
        numbers = {time.session.page_id for time in times}
        pages = {
            page.translation_key: page
            for page in in_visitors_language_at_once(
                self.events.filter(pk__in=numbers).order_by("path")
            )
        }
        places = venues() if places is None else places
        return [
            Entry(
                pages[time.session.event_key],
                time.session,
                time.settled,
                places.get(time.settled.venue_id),
                time.in_words,
            )
            for time in times
        ]


def planned_times(
    session: Session, first: datetime.date, last: datetime.date, decisions: Decisions
) -> list[Planned]:
    """The occurrences of a session that are or come between two days, in order. session: of
    ``sessions_of``."""
    found = set(_one_by_one(session, first, last, decisions))
    return sorted(found, key=lambda planned: planned.occurrence.begin)


def _one_by_one(
    session: Session, first: datetime.date, last: datetime.date, decisions: Decisions
) -> Iterator[Planned]:
    """The same, each computed when it is its turn: what was postponed from a day before, then
    the others in order. May bring one of them twice."""
    pattern = session.pattern
    if pattern.repeats == Repeats.IN_WORDS:
        occurrences: Iterable[Occurrence] = [Occurrence(pattern.starts_on, pattern.last_day)]
    else:
        postponed = (pattern.between(day, day) for day in decisions.days_that_come_to(first, last))
        occurrences = chain(*postponed, pattern.between(first, last))
    for occurrence in occurrences:
        yield Planned(session.page_id, session.path, occurrence, session.venue_id)
