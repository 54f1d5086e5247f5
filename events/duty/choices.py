"""What the desk offers to choose from: today and the coming days of festivals first."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from ..models import FestivalPage
from ..permissions import festivals_decided_by, may_decide_all
from ..schedule import Entry, entries_between, public_events
from .scope import Scope, desk_address

WEEK = datetime.timedelta(days=6)
# So far ahead days are offered; a decision of the day is about the next ones.
AHEAD = datetime.timedelta(days=120)
# More buttons would not be read; the event's own page leads to the desk as well.
MOST_DAYS = 12


@dataclass(frozen=True)
class Choice:
    """A button: what it is about, and the number of events that take place there."""

    scope: Scope
    count: int

    @property
    def is_today(self) -> bool:
        return self.scope.day == timezone.localdate()


@dataclass(frozen=True)
class FestivalChoices:
    """A festival: its days, the nearest first, and all of it."""

    festival: FestivalPage
    days: list[Choice]
    whole: Choice


def festival_choices(user) -> list[FestivalChoices]:
    """The public festivals that the user may decide about and that are not over, the next one
    first."""
    today = timezone.localdate()
    festivals = list(
        festivals_decided_by(user)
        .filter(Q(last_day__gte=today) | Q(decisions__postponed_to__gte=today), live=True)
        .distinct()
        .prefetch_related("days")
    )
    if not festivals:
        return []
    below = Q()
    for festival in festivals:
        below |= Q(path__startswith=festival.path)
    entries = entries_between(today, today + AHEAD, events=public_events().filter(below))
    found = [_festival(festival, entries, today) for festival in festivals]
    return sorted(found, key=lambda each: _first_day(each, today))


def _festival(festival: FestivalPage, entries: list[Entry], today) -> FestivalChoices:
    events = defaultdict(set)
    for day in festival.days.all():
        events[day.date]  # it is open, even while its programme is empty
    own = [entry for entry in entries if entry.session.path.startswith(festival.path)]
    for entry in own:
        for occurrence in (entry.settled.planned.occurrence, entry.occurrence):
            events[occurrence.day].add(entry.event.pk)
    coming = sorted(day for day in events if day >= today)[:MOST_DAYS]
    days = [Choice(Scope(festival, day=day), len(events[day])) for day in coming]
    whole = Choice(Scope(festival), len({entry.event.pk for entry in own}))
    return FestivalChoices(festival, days, whole)


def _first_day(choices: FestivalChoices, today) -> datetime.date:
    return choices.days[0].scope.day if choices.days else today + AHEAD


@dataclass(frozen=True)
class DayChoices:
    """A day of the coming week: all that is on, and each event that is in no festival."""

    whole: Choice
    entries: list[Entry]

    @property
    def rows(self) -> list[dict]:
        """Each of the events once, with where it is decided about it."""
        first = {entry.session.page_id: entry for entry in reversed(self.entries)}
        return [
            {"entry": entry, "url": desk_address(event=pk, day=self.whole.scope.day)}
            for pk, entry in first.items()
        ][::-1]


def day_choices(user) -> list[DayChoices]:
    """The days of a week on which anything is on; nothing for who decides about festivals
    only."""
    if not may_decide_all(user):
        return []
    today = timezone.localdate()
    by_day = defaultdict(list)
    for entry in entries_between(today, today + WEEK):
        by_day[max(entry.occurrence.day, today)].append(entry)
    festivals = tuple(FestivalPage.objects.values_list("path", flat=True))
    return [
        DayChoices(
            Choice(Scope(day=day), len({entry.event.pk for entry in by_day[day]})),
            [entry for entry in by_day[day] if not entry.session.path.startswith(festivals)],
        )
        for day in sorted(by_day)
        if today <= day <= today + WEEK
    ]
