"""What takes place in a span of days: the one source of lists, calendars, timetables and feeds.

The number of queries is the same for one event and for a thousand.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from kiyose.pages.languages import (
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    source_language,
)
from kiyose.pages.visibility import public

from .choices import Repeats
from .decisions import Decisions, Planned, Settled
from .models import EventPage, Session, Venue
from .patterns import Occurrence

# Long words that no list shows.
NOT_IN_LISTS = (
    *("body", "description", "access", "how_to_apply", "apply_in_english"),
    *("what_to_bring", "remarks", "why"),
)


@dataclass(frozen=True)
class Entry:
    """One time that an event takes place, for one visitor.

    event: in the visitor's language, with ``language``; venue: where it is now, a source row
    with ``words``; in_words: its dates stand in ``event.dates_note`` only, and its occurrence
    is for sorting.
    """

    event: EventPage
    session: Session
    settled: Settled
    venue: Venue | None
    in_words: bool = False

    @property
    def occurrence(self) -> Occurrence:
        """When it is now."""
        return self.settled.occurrence

    @property
    def order(self) -> tuple:
        """What is over the whole day comes before what begins at an hour."""
        occurrence = self.occurrence
        return (occurrence.day, occurrence.begin, self.session.path, self.session.sort_order)


def public_events() -> QuerySet[EventPage]:
    """The events that everybody may see, each once, from the source tree."""
    return public(EventPage.objects.filter(locale__language_code=source_language()))


def touching(first: datetime.date, last: datetime.date) -> Q:
    """The sessions that can take place between two days."""
    return Q(starts_on__lte=last) & (
        Q(until__gte=first) | Q(until__isnull=True, starts_on__gte=first)
    )


def venues() -> dict[int, Venue]:
    """Every venue by the number of its source row, with ``words``. One query."""
    return {row.pk: row for row in snippets_in_visitors_language(Venue)}


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
    events = public_events() if events is None else events
    decisions = Decisions(first)
    wanted = touching(first, last)
    for day in decisions.days_that_come_to(first, last):
        wanted |= touching(day, day)
    rows = list(sessions_of(events).filter(wanted, sessions or Q()))
    pages = {
        page.translation_key: page
        for page in in_visitors_language_at_once(
            events.filter(pk__in={row.page_id for row in rows}).order_by("path")
        )
    }
    places = venues()
    found = []
    for row in rows:
        event = pages[row.event_key]
        for planned in planned_times(row, first, last, decisions):
            settled = decisions.settle(planned)
            found.append(
                Entry(
                    event,
                    row,
                    settled,
                    places.get(settled.venue_id),
                    row.repeats == Repeats.IN_WORDS,
                )
            )
    return sorted(found, key=lambda entry: entry.order)


def planned_times(
    session: Session, first: datetime.date, last: datetime.date, decisions: Decisions
) -> Iterable[Planned]:
    """The occurrences of a session that are or come between two days. session: of
    ``sessions_of``."""
    pattern = session.pattern
    if pattern.repeats == Repeats.IN_WORDS:
        found = {Occurrence(pattern.starts_on, pattern.last_day)}
    else:
        found = set(pattern.between(first, last))
        for day in decisions.days_that_come_to(first, last):
            found |= set(pattern.between(day, day))
    for occurrence in sorted(found, key=lambda each: each.begin):
        yield Planned(session.page_id, session.path, occurrence, session.venue_id)
