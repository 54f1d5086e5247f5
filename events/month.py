"""The month calendar: weeks from Sunday to Saturday, and what takes place on each day."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_month, holiday_name, is_holiday, is_japanese
from kiyose.japanese.periods import parse_period
from kiyose.pages.languages import visitor_language

from .listing import EventListing
from .schedule import Entry, Programme, Time
from .spans import Span

# More than that on one day is a list of its own.
SHOWN_OF_A_DAY = 5
SHOWN_IN_WORDS = 24
SUNDAY = 6


@dataclass
class Day:
    """A day of the calendar. is_asked_for: it lies within the days asked for; more: how many
    times are not shown; query: the list of the day."""

    date: datetime.date
    is_today: bool
    is_asked_for: bool
    query: str
    entries: list[Entry] = field(default_factory=list)
    more: int = 0

    @property
    def is_holiday(self) -> bool:
        return is_holiday(self.date)

    @property
    def holiday(self) -> str:
        """What the public holiday is called; empty on other days."""
        return holiday_name(self.date, visitor_language())

    @property
    def kind(self) -> str:
        """Of what colour calendars show it: sunday (and holidays), saturday, weekday."""
        if self.is_holiday or self.date.weekday() == SUNDAY:
            return "sunday"
        return "saturday" if self.date.weekday() == SUNDAY - 1 else "weekday"


class MonthListing(EventListing):
    """One month (``?month=2026-11``) of the events that meet the conditions."""

    def __init__(self, request):
        super().__init__(request)
        self.asked_month = request.GET.get("month", "").strip()

    @cached_property
    def first(self) -> datetime.date:
        """The first day of the month shown: the one asked for, unless it lies outside the days
        asked for; else the month in which those begin."""
        begin = self.span.first if self.span else self.today
        month = self._understood or begin.replace(day=1)
        if self.span and not self.span.within(month, _last_day(month)):
            month = begin.replace(day=1)
        return month

    @cached_property
    def _understood(self) -> datetime.date | None:
        """The first day of ``?month=``; None with a notice, where it is none or far from all
        events."""
        if not self.asked_month:
            return None
        try:
            period = parse_period(self.asked_month)
        except ValueError:
            period = None
        if period and period.month and period.year in self._years_shown:
            return period.begin.replace(day=1)
        self.notices.append(_("That month cannot be shown. Here is another one."))
        return None

    @property
    def _years_shown(self) -> range:
        """From the first year with an event to the last, this one included: a calendar without
        end would lead robots astray."""
        years = [*self.years, self.today.year]
        return range(min(years), max(years) + 1)

    @property
    def last(self) -> datetime.date:
        return _last_day(self.first)

    @property
    def title(self) -> str:
        return format_month(self.first.year, self.first.month, visitor_language())

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The month stays while no days are asked for."""
        month = [] if self.span or not self._understood else [("month", f"{self.first:%Y-%m}")]
        return [*super().hidden, *month]

    @property
    def previous(self) -> dict | None:
        return self._month_around(_last_day(self.first) - datetime.timedelta(days=45))

    @property
    def next(self) -> dict | None:
        return self._month_around(self.last + datetime.timedelta(days=1))

    def _month_around(self, day: datetime.date) -> dict | None:
        """A link to another month, where there can be anything."""
        first = day.replace(day=1)
        if first.year not in self._years_shown:
            return None
        if self.span and not self.span.within(first, _last_day(first)):
            return None
        text = format_month(first.year, first.month, visitor_language())
        return {"text": text, "query": self.query(month=f"{first:%Y-%m}")}

    @property
    def this_month(self) -> str:
        """The address of today's month, where another one is shown."""
        today = self.today.replace(day=1)
        return "" if self.first == today or self.span else self.query(month=f"{today:%Y-%m}")

    @cached_property
    def asked_for(self) -> Span | None:
        """What of the month is asked for."""
        return (self.span or Span(self.first)).within(self.first, self.last)

    @cached_property
    def _programme(self) -> Programme:
        return self.programme(self.asked_for.first, self.asked_for.last)

    @cached_property
    def _times(self) -> list[Time]:
        return [time for time in self._programme.times() if self.is_wanted(time)]

    @cached_property
    def days(self) -> dict[datetime.date, Day]:
        """Every day of the month, with what takes place on it."""
        asked_for = self.asked_for
        days = {
            day: Day(day, day == self.today, bool(asked_for.within(day, day)), self._day_query(day))
            for day in _days_from(self.first, self.last)
        }
        of_day: dict[datetime.date, list[Time]] = {day: [] for day in days}
        for time in self._times:
            if not time.in_words:
                for day in time.days_between(asked_for.first, asked_for.last):
                    of_day[day].append(time)
        shown = [time for times in of_day.values() for time in times[:SHOWN_OF_A_DAY]]
        in_words = [time for time in self._times if time.in_words][:SHOWN_IN_WORDS]
        entries = self.shown(self._programme, [*shown, *in_words])
        self.in_words = entries[len(shown) :]
        waiting = iter(entries)
        for day, times in of_day.items():
            days[day].entries = [next(waiting) for _time in times[:SHOWN_OF_A_DAY]]
            days[day].more = max(len(times) - SHOWN_OF_A_DAY, 0)
        return days

    def _day_query(self, day: datetime.date) -> str:
        return self.query("when", "year", from_=day.isoformat(), to=day.isoformat())

    @property
    def weeks(self) -> list[list[Day | None]]:
        """The month in weeks; None for the days of other months."""
        weeks = calendar.Calendar(firstweekday=SUNDAY).monthdatescalendar(
            self.first.year, self.first.month
        )
        return [[self.days.get(day) for day in week] for week in weeks]

    @property
    def count(self) -> int:
        """On how many days there is anything."""
        return sum(bool(day.entries) for day in self.days.values())

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """What the columns are called: in short, and in full for those who hear it."""
        full = [_("Sunday"), _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")]
        full += [_("Friday"), _("Saturday")]
        length = 1 if is_japanese(visitor_language()) else 3
        return [(name[:length], name) for name in full]


def _last_day(first: datetime.date) -> datetime.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _days_from(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    return [first + datetime.timedelta(number) for number in range((last - first).days + 1)]
