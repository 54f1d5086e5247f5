"""The cards of events in lists of other rooms: when it is next, and what was decided.

Goal pages list every type of page and have few queries to spare: two here, one where there is
no event.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from .decisions import Settled, decisions_from_today
from .models import EventPage
from .schedule import Programme, public_events


@dataclass(frozen=True)
class Times:
    """next: the nearest time from today on, taking place or not; None when all is over or the
    dates stand in words. are_over: nothing of it is still to come."""

    next: Settled | None
    are_over: bool = False


def tell_times(cards: Iterable[EventPage], request) -> None:
    """Give each card its ``times``. Cards may be in any language; sessions are the source's."""
    cards = list(cards)
    request.is_of_the_moment = True
    today = timezone.localdate()
    decisions = decisions_from_today(request)
    keys = [card.translation_key for card in cards]
    events = public_events().filter(translation_key__in=keys)
    programme = Programme(today, datetime.date.max, events, decisions=decisions)
    # What stands only in words is shown in those words.
    times = programme.next_times(lambda time: not time.in_words)
    coming = {time.session.event_key: time.settled for time in times.values()}
    for card in cards:
        is_over = card.last_day is not None and card.last_day < today
        time = coming.get(card.translation_key)
        card.times = Times(time, are_over=is_over and time is None)
