"""What a decision is about: a festival, an event, a venue, a day, or what meets several of these.

A scope travels in the address, so that the desk works without JavaScript and a button on the
admin's home page leads straight to the Sunday of the festival.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date
from kiyose.pages.fields import DayFormField
from kiyose.pages.languages import source_language

from ..decisions import is_about
from ..models import Decision, EventPage, FestivalPage, Venue
from ..patterns import LONGEST
from ..permissions import events_decided_by, festivals_decided_by, may_decide_all
from ..schedule import Entry, entries_between, public_events


def desk_address(**query) -> str:
    """Where it is decided about the rows with these numbers, on the day, if one is given."""
    return f"{reverse('duty')}?{urlencode(query)}"


@dataclass(frozen=True)
class Scope:
    """The conditions of a decision; at least one is given. A venue only together with a day."""

    festival: FestivalPage | None = None
    event: EventPage | None = None
    venue: Venue | None = None
    day: datetime.date | None = None

    def __str__(self):
        day = format_date(self.day, get_language()) if self.day else ""
        about = [str(each) for each in (self.event, self.festival, self.venue) if each]
        if not about:
            return _("All events on %(day)s") % {"day": day}
        return " / ".join([*about, day] if day else about)

    @property
    def query(self) -> dict[str, str]:
        """As it stands in the address, and in the form."""
        parts = {name: getattr(self, name) for name in ("festival", "event", "venue")}
        found = {name: str(part.pk) for name, part in parts.items() if part}
        return found | ({"day": self.day.isoformat()} if self.day else {})

    @property
    def url(self) -> str:
        return desk_address(**self.query)

    def narrowed(self, **to) -> Scope:
        return replace(self, **to)

    def decision(self, **values) -> Decision:
        """A decision about it, not saved."""
        about = {"festival": self.festival, "event": self.event, "venue": self.venue}
        return Decision(**about, day=self.day, **values)

    def is_open(self) -> bool:
        """Whether the festival itself is open then, whatever its programme says."""
        if not self.festival or self.venue:
            return False
        days = [day.date for day in self.festival.days.all()]
        today = timezone.localdate()
        return self.day in days if self.day else any(day >= today for day in days)


class NotUnderstoodError(ValueError):
    """An address that names no scope; its message is for the user."""


def scope_from(query, user) -> Scope | None:
    """The scope that an address or a form names; None where it names none.

    Raises NotUnderstoodError for what cannot be read, Http404 for what is not there, and
    PermissionDenied for what is not the user's.
    """
    day = _day(query.get("day"))
    event = _row(query.get("event"), EventPage, events_decided_by(user))
    festival = _row(query.get("festival"), FestivalPage, festivals_decided_by(user))
    venue = _row(query.get("venue"), Venue, Venue.objects.all())
    if not (event or festival or venue or day):
        return None
    if not (event or festival) and not may_decide_all(user):
        raise PermissionDenied
    if venue and not day:
        raise NotUnderstoodError(_("Of a venue, choose the day as well."))
    return Scope(None if event else festival, event, venue, day)


def _row(asked, model, permitted):
    if not asked:
        return None
    rows = model.objects.filter(locale__language_code=source_language())
    row = rows.filter(pk=asked).first() if str(asked).isdecimal() and len(asked) < 12 else None
    if row is None:
        raise Http404
    if not permitted.filter(pk=row.pk).exists():
        raise PermissionDenied
    return row


def _day(asked) -> datetime.date | None:
    if not asked:
        return None
    try:
        return DayFormField().clean(asked)
    except ValidationError as error:
        raise NotUnderstoodError(" ".join(error.messages)) from error


def affected(scope: Scope) -> list[Entry]:
    """What a decision about the scope would change: every time of a public event that is not
    over, in order. Four queries."""
    today = timezone.localdate()
    first = scope.day or today
    if first < today:
        return []
    events = public_events()
    if scope.event:
        events = events.filter(pk=scope.event.pk)
    if scope.festival:
        events = events.filter(path__startswith=scope.festival.path)
    draft = scope.decision(made_at=timezone.now())
    return [
        entry
        for entry in entries_between(first, scope.day or today + LONGEST, events=events)
        if is_about(draft, entry.settled.planned, entry.occurrence, entry.settled.venue_id)
    ]
