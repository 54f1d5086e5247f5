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

from .dates import ERAS, WEEKDAYS, format_date, format_fiscal_year, format_month

FIRST_YEAR, LAST_YEAR = 1950, 2100
FISCAL_YEAR_BEGINS_IN = 4  # April
LONGEST = 40

ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}
ERA_YEAR = r"(?P<era>令和|平成|昭和|[RHS])\s*(?P<count>元|0?[1-9]|[1-9]\d)"
YEAR = rf"(?:{ERA_YEAR}|(?P<year>\d{{4}}))"
MONTH, DAY = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
FISCAL_YEAR = [rf"FY\s*{YEAR}", rf"{YEAR}\s*年\s*度"]
CALENDAR = [
    rf"{YEAR}\s*年",
    r"(?P<year>\d{4})",
    # Something stands between the numbers: 2025-123 could be two days.
    rf"{YEAR}\s*(?:年|[-/.])\s*{MONTH}\s*月?",
    rf"{YEAR}\s*(?:年|[-/.])\s*{MONTH}\s*(?:月|[-/.])\s*{DAY}\s*日?",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)?",
]
IN_BRACKETS = re.compile(r"(?P<text>[^()]+?)\s*\((?P<remark>[^()]+)\)")


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
    def begin(self) -> datetime.date:
        """Its first day: that of a fiscal year is 1 April."""
        first_month = FISCAL_YEAR_BEGINS_IN if self.is_fiscal_year else 1
        return datetime.date(self.year, self.month or first_month, self.day or 1)

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


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months later (before it, if negative); where that month
    has no such day, its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def parse_period(text: str) -> Period:
    """The period that a person means: 令和7年度, ２０２５年度, FY2025, 2019-08, R2.3.31.

    In brackets it may say the same once more, as it is shown in public: 令和7年度（2025年度）,
    2020年3月31日(火). Raises ValueError with a message for the person who typed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    shown = {"text": text.strip()[:LONGEST]}
    if re.fullmatch(ERA_YEAR, plain, re.IGNORECASE):
        # R7 is a fiscal year in one office and a calendar year in another.
        message = _("Write “%(text)s年度” for a fiscal year, “%(text)s年” for a calendar year.")
        raise ValueError(message % shown)
    unclear = _("“%(text)s” is neither a fiscal year (令和7年度) nor a date (2025-08-15).")
    unclear = ValueError(unclear % shown)
    if len(plain) > LONGEST:
        raise unclear
    bracketed = IN_BRACKETS.fullmatch(plain)
    period = _period_of(bracketed["text"] if bracketed else plain)
    if period is None or 0 in (period.month, period.day):
        raise unclear
    if bracketed and not _says(bracketed["remark"], period):
        raise unclear
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        message = _("The year %(year)s is not between %(first)s and %(last)s.")
        raise ValueError(message % {"year": period.year, "first": FIRST_YEAR, "last": LAST_YEAR})
    try:
        period.end  # noqa: B018  there is no 31 June
    except (ValueError, calendar.IllegalMonthError):
        raise unclear from None
    return period


def _period_of(plain: str) -> Period | None:
    for patterns, is_fiscal_year in ((FISCAL_YEAR, True), (CALENDAR, False)):
        for pattern in patterns:
            if match := re.fullmatch(pattern, plain, re.IGNORECASE):
                found = match.groupdict()
                month, day = (int(found[n]) if found.get(n) else None for n in ("month", "day"))
                return Period(_year(found), month, day, is_fiscal_year)
    return None


def _year(found: dict[str, str | None]) -> int:
    if found["year"]:
        return int(found["year"])
    name = ERA_LETTERS.get(found["era"].upper(), found["era"])
    start = dict(ERAS)[name].year
    return start - 1 + (1 if found["count"] == "元" else int(found["count"]))


def _says(remark: str, period: Period) -> bool:
    """Whether this is the weekday of the day, or the same period in the other count."""
    if period.day is None:
        return _period_of(remark) == period
    try:
        return remark[0] == WEEKDAYS["ja"][period.end.weekday()]
    except (ValueError, calendar.IllegalMonthError):
        return False
