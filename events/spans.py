"""The spans of days that people ask for: a stay, a weekend, a year; as they stand in an address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kiyose.japanese.dates import is_holiday
from kiyose.japanese.periods import Period, parse_period

from .patterns import DAY, WEEK

# A trainee stays for three months, a fiscal year is looked at as a whole; not more at once.
LONGEST_SPAN = datetime.timedelta(days=400)
LONGEST_TYPED = 40
SATURDAY = 5


@dataclass(frozen=True)
class Span:
    """first, last: the days, both included; last is None where there is no end."""

    first: datetime.date
    last: datetime.date | None = None

    @property
    def end(self) -> datetime.date:
        """Its last day, for comparing."""
        return self.last or datetime.date.max

    def within(self, first: datetime.date, last: datetime.date) -> Span | None:
        """What of these days lies in the span; None where nothing does."""
        first, last = max(first, self.first), min(last, self.end)
        return Span(first, last) if first <= last else None


def is_free_day(day: datetime.date) -> bool:
    """Saturday, Sunday or public holiday."""
    return day.weekday() >= SATURDAY or is_holiday(day)


def has_free_day(first: datetime.date, last: datetime.date) -> bool:
    """Whether one of these days is free; any week has such days."""
    if last - first >= WEEK:
        return True
    return any(is_free_day(first + number * DAY) for number in range((last - first).days + 1))


def weekend_from(day: datetime.date) -> Span:
    """The weekend that the day is part of, else the next one: Saturday and Sunday with the
    holidays before and after them (三連休)."""
    saturday = day - (day.weekday() - SATURDAY) % 7 * DAY
    while True:
        first, last = saturday, saturday + DAY
        while is_holiday(first - DAY):
            first -= DAY
        while is_holiday(last + DAY):
            last += DAY
        if last >= day:
            return Span(first, last)
        saturday += WEEK


def shortcuts(today: datetime.date) -> dict[str, Span]:
    """What ``?when=`` understands. What is over of a weekend is left out."""
    this = weekend_from(today)
    return {
        "today": Span(today, today),
        "weekend": Span(max(this.first, today), this.last),
        "next-weekend": weekend_from(this.last + DAY),
    }


def year_until(year: int, today: datetime.date) -> Span:
    """What is over of a year, for the archive."""
    return Span(datetime.date(year, 1, 1), min(datetime.date(year, 12, 31), today - DAY))


class AskedDays:
    """Days that stand in an address, however they are written: 2026-11-03, 令和8年11月3日,
    ２０２６年11月.

    asked: a QueryDict; names: of the days in it. typed, faults: what was typed, and what is
    wrong with it, by name; notices: for the whole.
    """

    def __init__(self, asked, *names: str):
        self.typed = {name: asked.get(name, "").strip()[:LONGEST_TYPED] for name in names}
        self.faults: dict[str, str] = {}
        self.notices: list[str] = []

    def period(self, name: str) -> Period | None:
        """What was typed as this day; None if nothing was, or nothing that is understood."""
        if not self.typed[name]:
            return None
        try:
            return parse_period(self.typed[name])
        except ValueError:
            self.faults[name] = _("This is not a day. Write 2026-11-03, for example.")
            return None


class AskedSpan(AskedDays):
    """The span between ``?from=`` and ``?to=``; None where nothing was asked for that can be
    understood."""

    def __init__(self, asked, today: datetime.date):
        super().__init__(asked, "from", "to")
        first, last = self.period("from"), self.period("to")
        self.span = self._span(first and first.begin, last and last.end, today)

    def _span(self, first, last, today) -> Span | None:
        if first is None and last is None:
            return None
        begin = first or today
        if last and last < begin:
            self.faults["to"] = (
                _("The last day is before the first one.")
                if first
                else _("That day has passed. To look at past events, give a first day as well.")
            )
            last = None
        if last and last - begin > LONGEST_SPAN:
            last = begin + LONGEST_SPAN
            notice = _("That is more than %(days)d days. You see the first %(days)d.")
            self.notices.append(notice % {"days": LONGEST_SPAN.days})
        return Span(begin, last) if first or last else None
