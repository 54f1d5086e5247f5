"""A stay, as it stands in an address (``?from=2026-10-05&until=2026-12-20``), and the events
during it where English is spoken."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from events.calendars import calendar_response
from events.choices import Language, Repeats
from events.decisions import decisions_from_today
from events.models import EventPage, Session
from events.models.fields import has_code
from events.schedule import Entry, Programme, Time, public_events, sessions_of
from events.spans import LONGEST_SPAN, AskedDays
from kiyose.japanese.periods import Period, months_after

# How long trainees of the institute stay (proposal 1.2(2): about three months).
USUAL_MONTHS = 3
MOST_EVENTS = 20


class Stay(AskedDays):
    """What was typed, what is wrong with it, and the days that are meant.

    A day that is not understood is taken as not given, so that there is always a stay to show:
    three months from arrival, and arrival today. first and last include each other.
    """

    def __init__(self, asked, today: datetime.date | None = None):
        super().__init__(asked, "from", "until")
        self.today = today or timezone.localdate()
        arrival, departure = self.period("from"), self.period("until")
        self.first = arrival.begin if arrival else self.today
        self.last = self._last(arrival, departure)
        if self.last < self.today:
            self.faults.setdefault("until" if departure else "from", _("That stay is over."))
            self.first, self.last = self.today, months_after(self.today, USUAL_MONTHS)

    def _last(self, arrival: Period | None, departure: Period | None) -> datetime.date:
        usual = months_after(self.first, USUAL_MONTHS)
        if departure is None:
            return usual
        if arrival is None and departure.end < self.today:
            return departure.end  # which is over, and says so
        if departure.end < self.first:
            self.faults["until"] = _("You leave before you arrive. Is one of the days wrong?")
            return usual
        longest = self.first + LONGEST_SPAN
        if departure.end > longest:
            notice = _("That is more than %(days)d days. You see the first %(days)d.")
            self.notices.append(notice % {"days": LONGEST_SPAN.days})
        return min(departure.end, longest)

    @property
    def is_asked_for(self) -> bool:
        return any(self.typed.values())

    @property
    def begin(self) -> datetime.date:
        """From when events are shown: nobody can go to what is over."""
        return max(self.first, self.today)

    @property
    def shown(self) -> dict[str, str]:
        """What stands in the fields: a fault as it was typed, else the day as browsers want
        it."""
        days = {"from": self.first, "until": self.last}
        return {
            name: self.typed[name] if name in self.faults else day.isoformat()
            for name, day in days.items()
        }

    @property
    def query(self) -> str:
        """``?…`` of the days that are meant."""
        return f"?{urlencode({'from': self.first, 'until': self.last})}"

    @property
    def query_for_list(self) -> str:
        """The same for the list of events, which has more conditions."""
        return f"?{urlencode({'from': self.begin, 'to': self.last, 'language': Language.EN})}"


def english_events() -> QuerySet[EventPage]:
    """The public events where English is spoken."""
    return public_events().filter(has_code("languages", Language.EN))


class StayEvents:
    """What is on in English during a stay, each event once, at its next time."""

    def __init__(self, programme: Programme):
        """programme: of the days of the stay, of English sessions."""
        self._programme = programme

    @cached_property
    def found(self) -> list[Time]:
        """By day; what stands only in words comes last."""
        times = self._programme.next_times(lambda time: True).values()
        return sorted(times, key=lambda time: (time.in_words, self._day(time), *time.order))

    def _day(self, time: Time) -> datetime.date | None:
        return time.day_between(self._programme.first, self._programme.last)

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def are_more(self) -> bool:
        """Than the page shows."""
        return self.count > MOST_EVENTS

    @cached_property
    def _sessions(self) -> dict[int, list[Session]]:
        found: dict[int, list[Session]] = defaultdict(list)
        for session in self._programme.sessions:
            if session.repeats != Repeats.IN_WORDS:
                found[session.page_id].append(session)
        return found

    def later(self, entry: Entry) -> int:
        """How many more times the same event takes place during the stay."""
        programme = self._programme
        times = (
            Time(session, programme.decisions.settle(planned))
            for session in self._sessions[entry.session.page_id]
            for planned in programme.planned_times(session)
        )
        during = sum(1 for time in times if self._day(time))
        return during if entry.in_words else max(during - 1, 0)


def stay_calendar(page, request, stay: Stay) -> HttpResponse:
    """Those events as a calendar file, those postponed into the stay included. page: names
    it."""
    events = english_events()
    programme = Programme(stay.begin, stay.last, events, decisions=decisions_from_today(request))
    sessions = sessions_of(events).filter(pk__in=[each.pk for each in programme.sessions])
    return calendar_response(request, page.title, sessions, "stay")
