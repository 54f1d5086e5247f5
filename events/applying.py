"""Whether one can apply for an event now, from the facts of its page."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date
from kiyose.japanese.times import format_time
from kiyose.pages.languages import visitor_language

from .choices import Application
from .models import EventPage
from .patterns import DAY, MIDNIGHT, moment


class Applying:
    """The applications of an event at a moment. Templates read its properties."""

    def __init__(self, page: EventPage, now: datetime.datetime | None = None):
        self.page = page
        self.now = now or timezone.now()

    @property
    def is_needed(self) -> bool:
        return self.page.application not in ("", Application.NOT_NEEDED)

    @property
    def opens(self) -> datetime.datetime | None:
        day = self.page.apply_from
        return moment(day, MIDNIGHT) if day else None

    @property
    def closes(self) -> datetime.datetime | None:
        """The moment from which it is too late: without a time the midnight after the day."""
        day, time = self.page.apply_until, self.page.apply_until_time
        if day is None:
            return None
        return moment(day, time) if time else moment(day + DAY, MIDNIGHT)

    @property
    def state(self) -> str:
        """``to-come``, ``open`` or ``closed``; empty where the page does not say when."""
        if not self.is_needed or not (self.opens or self.closes):
            return ""
        if self.opens and self.now < self.opens:
            return "to-come"
        if self.closes and self.now >= self.closes:
            return "closed"
        return "open"

    @property
    def said(self) -> str:
        """The state in a sentence, with the day that matters."""
        match self.state:
            case "to-come":
                return _("Applications open on %(day)s.") % {"day": _day(self.page.apply_from)}
            case "closed":
                return _("Applications are closed.")
            case "open" if self.closes:
                return _("Applications are open until %(day)s.") % {"day": self.last_moment}
            case "open":
                return _("Applications are open.")
            case _:
                return ""

    @property
    def last_moment(self) -> str:
        """The day, and the time where there is one, until which one can apply."""
        day, time = _day(self.page.apply_until), self.page.apply_until_time
        return f"{day} {format_time(time, visitor_language())}" if time else day


def _day(day: datetime.date) -> str:
    return format_date(day, visitor_language())
