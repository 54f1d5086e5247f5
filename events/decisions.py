"""What the decisions of duty officers mean for each time that something takes place.

The last word counts: of all decisions that are about an occurrence, later ones overrule
earlier ones, whichever are the more exact. So "the whole Sunday is cancelled", and then
"the reading in the library takes place", is said by two decisions in this order. A decision
changes nothing that was over when it was made.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from .choices import Status
from .decision_words import with_words
from .models import Decision
from .patterns import Occurrence


class Standing(models.TextChoices):
    """What has become of an occurrence."""

    ON = "on", pgettext_lazy("status of an event", "Takes place")
    MOVED = "moved", pgettext_lazy("status of an event", "Moved to another place")
    RESCHEDULED = "rescheduled", pgettext_lazy("status of an event", "Postponed to another day")
    POSTPONED = "postponed", pgettext_lazy("status of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("status of an event", "Cancelled")


@dataclass(frozen=True)
class Planned:
    """One occurrence as it was published. path: of the event's source page, which tells the
    festival that it belongs to."""

    event_id: int
    path: str
    occurrence: Occurrence
    venue_id: int | None = None


@dataclass(frozen=True)
class Settled:
    """The same after all decisions.

    occurrence: when it is now; venue_id: where; decision: the last one that is about it, if
    any.
    """

    planned: Planned
    occurrence: Occurrence
    venue_id: int | None
    standing: Standing = Standing.ON
    decision: Decision | None = None

    @property
    def takes_place(self) -> bool:
        return self.standing not in (Standing.POSTPONED, Standing.CANCELLED)

    @property
    def is_changed(self) -> bool:
        return self.standing != Standing.ON

    @property
    def next_decision_at(self) -> datetime.datetime | None:
        """When more will be known, while that is still to come."""
        at = self.decision.next_decision_at if self.decision else None
        return at if at and at > timezone.now() else None


def is_about(decision: Decision, planned: Planned, now: Occurrence, venue_id: int | None) -> bool:
    """Whether a decision is about an occurrence. now, venue_id: after the decisions before."""
    if now.last_day < timezone.localdate(decision.made_at):
        return False
    if decision.event_id and decision.event_id != planned.event_id:
        return False
    if decision.festival_id and not planned.path.startswith(decision.festival.path):
        return False
    if decision.venue_id and decision.venue_id not in (planned.venue_id, venue_id):
        return False
    days = (planned.occurrence, now)
    return decision.day is None or any(each.touches(decision.day, decision.day) for each in days)


def settle(planned: Planned, decisions: Iterable[Decision]) -> Settled:
    """What has become of an occurrence. decisions: in the order in which they were made."""
    now, venue_id, standing, last = planned.occurrence, planned.venue_id, Standing.ON, None
    for decision in decisions:
        if not is_about(decision, planned, now, venue_id):
            continue
        last = decision
        match decision.status:
            case Status.ON if now != planned.occurrence and not _names(decision, planned):
                standing = Standing.RESCHEDULED  # the new day is confirmed
            case Status.ON:
                now, venue_id, standing = planned.occurrence, planned.venue_id, Standing.ON
            case Status.CANCELLED:
                standing = Standing.CANCELLED
            case Status.POSTPONED if decision.postponed_to:
                now, standing = now.on(decision.postponed_to), Standing.RESCHEDULED
            case Status.POSTPONED:
                standing = Standing.POSTPONED
            case Status.MOVED:
                venue_id, standing = decision.moved_to_id, Standing.MOVED
    return Settled(planned, now, venue_id, standing, last)


def _names(decision: Decision, planned: Planned) -> bool:
    """Whether it names the day for which the occurrence was published."""
    day = decision.day
    return day is not None and planned.occurrence.touches(day, day)


# How long before a day something was decided that still tells what is on that day: what was
# postponed more than once, and what lasts for months without a break.
LOOK_BACK = datetime.timedelta(days=366)


class Decisions:
    """The decisions that can be about occurrences from a day on, with the names of what they
    are about. One query."""

    def __init__(self, first: datetime.date):
        self.first = first

    @cached_property
    def rows(self) -> list[Decision]:
        """In the order in which they were made."""
        rows = Decision.objects.filter(
            Q(day__isnull=True)
            | Q(day__gte=self.first - LOOK_BACK)
            | Q(postponed_to__gte=self.first)
        )
        return with_words(rows.order_by("made_at", "pk"))

    def settle(self, planned: Planned) -> Settled:
        return settle(planned, self.rows)

    def days_that_come_to(self, first: datetime.date, last: datetime.date) -> set[datetime.date]:
        """The days of which something was postponed to a day between these two, in one step
        or in several."""
        steps = [(row.day, row.postponed_to) for row in self.rows if row.day and row.postponed_to]
        found = {day for day, new_day in steps if first <= new_day <= last}
        while more := {day for day, new_day in steps if new_day in found} - found:
            found |= more
        return found


def decisions_from_today(request) -> Decisions:
    """The decisions about today and later, asked for once per request."""
    if not hasattr(request, "_decisions_from_today"):
        request._decisions_from_today = Decisions(timezone.localdate())
    return request._decisions_from_today
