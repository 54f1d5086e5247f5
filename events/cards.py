"""The cards of events in lists of other rooms: when it is next, and what was decided.

Goal pages list every type of page and have few queries to spare: two here, one where there is
no event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from .decisions import Decisions, Planned, Settled
from .models import EventPage, Session
from .schedule import sessions_of


@dataclass(frozen=True)
class Times:
    """next: the nearest time from today on, taking place or not; None when all is over or the
    dates stand in words."""

    next: Settled | None


def tell_times(cards: Iterable[EventPage], request) -> None:
    """Give each card its ``times``. Cards may be in any language; sessions are the source's."""
    cards = list(cards)
    request.is_of_the_moment = True
    today = timezone.localdate()
    decisions = Decisions(today)
    coming = defaultdict(list)
    for session in sessions_of(_sources(cards)).filter(page__last_day__gte=today):
        if settled := _next_time(session, today, decisions):
            coming[session.event_key].append(settled)
    for card in cards:
        found = coming[card.translation_key]
        card.times = Times(min(found, key=lambda each: each.occurrence.begin, default=None))


def _sources(cards: list[EventPage]):
    from .schedule import public_events

    return public_events().filter(translation_key__in=[card.translation_key for card in cards])


def _next_time(session: Session, today, decisions: Decisions) -> Settled | None:
    pattern = session.pattern
    last = pattern.last_day
    for occurrence in pattern.between(today, last):
        planned = Planned(session.page_id, session.path, occurrence, session.venue_id)
        settled = decisions.settle(planned)
        if settled.occurrence.last_day >= today:
            return settled
    return None
