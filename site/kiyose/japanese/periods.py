"""When a figure was true: a fiscal year, a year, a month or a day.

Kept as a short code that open data can show as well: ``FY2025``, ``2010``, ``2019-08``,
``2020-03-31`` (ISO 8601 but for the fiscal year, which it has no word for). People may
write 令和7年度, 2019年8月 or 令和2年3月31日.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .dates import ERAS, format_date, format_fiscal_year, format_month

FIRST_YEAR, LAST_YEAR = 1950, 2100
FISCAL_YEAR_BEGINS_IN = 4  # April
LONGEST = 40

ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
YEAR = r"(?:(?P<era>令和|平成|昭和|[RHS])\s*(?P<count>元|\d{1,2})|(?P<year>\d{4}))"
MONTH = r"\s*[-/.]?\s*(?P<month>\d{1,2})\s*月?"
DAY = r"\s*[-/.]?\s*(?P<day>\d{1,2})\s*日?"
FISCAL_YEAR = re.compile(
    rf"(?:FY\s*{YEAR}|{YEAR.replace('?P<', '?P<after_')}\s*年度)", re.IGNORECASE
)
CALENDAR = re.compile(rf"{YEAR}\s*年?(?:{MONTH}(?:{DAY})?)?", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """A fiscal year, or a calendar year, month or day.

    month and day are None where nobody recorded them; a fiscal year has neither.
    """

    year: int
    month: int | None = None
    day: int | None = None
    is_fiscal_year: bool = False

    @classmethod
    def from_code(cls, code: str) -> Period:
        """The period of a code as it is stored."""
        if code.startswith("FY"):
            return cls(int(code[2:]), is_fiscal_year=True)
        return cls(*(int(part) for part in code.split("-")))

    @property
    def code(self) -> str:
        if self.is_fiscal_year:
            return f"FY{self.year}"
        parts = [f"{self.year}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def end(self) -> datetime.date:
        """Its last day: that of a fiscal year is 31 March."""
        if self.is_fiscal_year:
            return datetime.date(self.year + 1, FISCAL_YEAR_BEGINS_IN - 1, 31)
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in which it ends."""
        return fiscal_year_of(self.end)

    def label(self, language: str) -> str:
        """As the city writes it in that language."""
        if self.is_fiscal_year:
            return format_fiscal_year(self.year, language)
        if self.day:
            return format_date(self.end, language)
        return format_month(self.year, self.month, language)


def fiscal_year_of(day: datetime.date) -> int:
    """The fiscal year (from 1 April) that the day lies in."""
    return day.year if day.month >= FISCAL_YEAR_BEGINS_IN else day.year - 1


def parse_period(text: str) -> Period:
    """The period that a person means: 令和7年度, ２０２５年度, FY2025, 2019-08, R2.3.31, or
    copies from what the city writes: 令和7年度（2025年度）.

    Raises ValueError with a message for the person who typed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    unclear = _("“%(text)s” is neither a fiscal year (令和7年度) nor a date (2025-08-15).")
    unclear = ValueError(unclear % {"text": text.strip()[:LONGEST]})
    if len(plain) > LONGEST:
        raise unclear
    begin, bracket, _said_again = plain.partition("(")
    begin = begin.strip()
    if match := FISCAL_YEAR.fullmatch(begin):
        found = match.groupdict()
        period = Period(
            _year(*(found[name] or found[f"after_{name}"] for name in ("year", "era", "count"))),
            is_fiscal_year=True,
        )
    elif match := CALENDAR.fullmatch(begin):
        month, day = (int(match[name]) if match[name] else None for name in ("month", "day"))
        period = Period(_year(match["year"], match["era"], match["count"]), month, day)
    else:
        raise unclear
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        message = _("The year %(year)s is not between %(first)s and %(last)s.")
        raise ValueError(message % {"year": period.year, "first": FIRST_YEAR, "last": LAST_YEAR})
    try:
        period.end  # noqa: B018  there is no 31 June
    except (ValueError, calendar.IllegalMonthError):
        raise unclear from None
    if bracket and "".join(plain.split()) != unicodedata.normalize("NFKC", period.label("ja")):
        raise unclear
    return period


def _year(year: str | None, era: str | None, count: str | None) -> int:
    if year:
        return int(year)
    name = ERA_LETTERS.get(era.upper(), era)
    start = dict(ERAS)[name].year
    return start - 1 + (1 if count == "元" else int(count))
