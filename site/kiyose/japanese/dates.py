"""Dates as Kiyose writes them in public (design principle 8).

西暦 leads, the weekday is always there, and a public holiday is marked:
``2026年11月3日(火・祝)``. A fiscal year is named in both counts:
``令和8年度（2026年度）``. English follows the same facts; any other language writes the day as
Django knows it there, with the same marks.
"""

from __future__ import annotations

import datetime
from functools import lru_cache

import holidays
from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.dates import WEEKDAYS_ABBR

WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# First day of each era, newest first. Older eras are of no use on this site.
ERAS = (
    ("令和", datetime.date(2019, 5, 1)),
    ("平成", datetime.date(1989, 1, 8)),
    ("昭和", datetime.date(1926, 12, 25)),
)


@lru_cache(maxsize=64)
def _holidays(year: int, language: str = "ja") -> holidays.HolidayBase:
    return holidays.country_holidays("JP", years=year, language=language)


def is_holiday(day: datetime.date) -> bool:
    """Whether the day is a public holiday (国民の祝日, 振替休日 included)."""
    return day in _holidays(day.year)


def holiday_name(day: datetime.date, language: str) -> str:
    """What the public holiday of that day is called: 文化の日, Culture Day; else empty."""
    code = "ja" if is_japanese(language) else "en_US"
    return _holidays(day.year, code).get(day, "")


def era_year(day: datetime.date) -> str:
    """The year of the day in its era: ``令和8年``, the first one ``令和元年``.

    Raises ValueError for a day before 昭和.
    """
    for name, start in ERAS:
        if day >= start:
            count = day.year - start.year + 1
            return f"{name}{'元' if count == 1 else count}年"
    raise ValueError(f"{day} is before the oldest era known here.")


def era_date(day: datetime.date) -> str:
    """The day as the city's papers write it: ``令和8年4月1日``."""
    return f"{era_year(day)}{day.month}月{day.day}日"


def is_japanese(language: str) -> bool:
    """Whether a language code is Japanese, easy Japanese (``ja-easy``) included."""
    return language.split("-")[0] == "ja"


def is_english(language: str) -> bool:
    return language.split("-")[0] == "en"


def local_date(value: datetime.date | datetime.datetime) -> datetime.date:
    """The day in Tokyo of a date or of an aware datetime."""
    if isinstance(value, datetime.datetime):
        return timezone.localdate(value)
    return value


def format_date(value: datetime.date | datetime.datetime, language: str) -> str:
    """A day with its weekday, marked when it is a public holiday."""
    day = local_date(value)
    if is_japanese(language):
        mark = "・祝" if is_holiday(day) else ""
        return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS['ja'][day.weekday()]}{mark})"
    if not is_english(language):
        return _in_another_language(day, language)
    mark = ", holiday" if is_holiday(day) else ""
    weekday = WEEKDAYS["en"][day.weekday()]
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year} ({weekday}{mark})"


def _in_another_language(day: datetime.date, language: str) -> str:
    with translation.override(language):
        marks = [str(WEEKDAYS_ABBR[day.weekday()])]
        if is_holiday(day):
            marks.append(translation.gettext("holiday"))
        text = f"{formats.date_format(day, 'DATE_FORMAT')} ({', '.join(marks)})"
    return _kept_together(text, language)


def _kept_together(text: str, language: str) -> str:
    """Between marks of its direction where it runs from right to left: a date begins and ends
    with what has none, and would fall apart in a sentence that runs the other way."""
    is_bidi = language.split("-")[0] in settings.LANGUAGES_BIDI
    return f"\u2067{text}\u2069" if is_bidi else text


def format_month(year: int, month: int | None, language: str) -> str:
    """A year, or a month of a year, for figures whose exact day nobody recorded."""
    if is_japanese(language):
        return f"{year}年{month}月" if month else f"{year}年"
    if not month:
        return str(year)
    if not is_english(language):
        with translation.override(language):
            text = formats.date_format(datetime.date(year, month, 1), "YEAR_MONTH_FORMAT")
        return _kept_together(text, language)
    return f"{MONTHS_EN[month - 1]} {year}"


def format_fiscal_year(year: int, language: str) -> str:
    """The fiscal year that begins on 1 April of ``year``."""
    if is_japanese(language):
        return f"{era_year(datetime.date(year, 5, 1))}度（{year}年度）"
    return f"fiscal {year} (April {year} – March {year + 1})"
