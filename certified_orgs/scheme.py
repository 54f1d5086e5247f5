"""Which settings hold on a day."""

from __future__ import annotations

import calendar
import datetime

from kiyose.japanese.periods import fiscal_year_of

from .models import SchemeYear


class NoScheme(LookupError):
    """No year of the scheme has been set up."""


def scheme_on(day: datetime.date) -> SchemeYear:
    """The settings of the day's fiscal year, or of the latest year before it that has some,
    or else of the first year there is. Raises NoScheme where there is none."""
    year = fiscal_year_of(day)
    found = (
        SchemeYear.objects.filter(fiscal_year__lte=year).first() or SchemeYear.objects.last()
    )
    if found is None:
        raise NoScheme
    return found


def last_day(start: datetime.date, years: int) -> datetime.date:
    """The last day of a time that begins on a day and takes whole years: the day before the
    day of the same date (民法143条2項: where that date does not exist, the month's last)."""
    year = start.year + years
    if start.month == 2 and start.day == 29 and not calendar.isleap(year):
        return datetime.date(year, 2, 28)
    return start.replace(year=year) - datetime.timedelta(days=1)


def report_due_on(fiscal_year: int, scheme: SchemeYear) -> datetime.date:
    """The due day in a fiscal year, by settings that may be those of another one."""
    day = scheme.report_due_on
    return _same_day(day, day.year + fiscal_year - scheme.fiscal_year)


def renewal_from(valid_until: datetime.date, scheme: SchemeYear) -> datetime.date:
    """The first day on which a certificate may be applied for again: so many months before
    its last day, or the last day of that month where it has no such date."""
    months = valid_until.year * 12 + valid_until.month - 1 - scheme.renewal_months
    year, month = divmod(months, 12)
    day = min(valid_until.day, calendar.monthrange(year, month + 1)[1])
    return datetime.date(year, month + 1, day)


def _same_day(day: datetime.date, year: int) -> datetime.date:
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return datetime.date(year, 2, 28)
    return day.replace(year=year)
