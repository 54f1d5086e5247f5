"""Dates that are said in words: 2022年3月中旬から下旬. They are kept as they were written; what
is found here is only between which days they lie, so that they can be sorted.
"""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass

from .periods import Period, parse_period

# Longer texts tell a story, not a date.
LONGEST = 500

# Of a month: the first and the last day of each part; 31 stands for its end.
PARTS = {
    "上旬": (1, 10),
    "初旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "月末": (21, 31),
    "末": (21, 31),
    "前半": (1, 15),
    "後半": (16, 31),
}
# Of a year, as the weather service counts: the first and the last month.
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2)}

YEAR = r"(?P<year>(?:令和|平成|昭和)\s?(?:元|\d{1,2})|\d{4})\s*(?:年(?P<fiscal>\s?度)?|[-/.])"
MONTH = r"(?P<month>\d{1,2})\s*(?:月|[-/.](?=\s*\d))"
DAY = r"(?P<day>\d{1,2})(?![\d/:時月])\s*日?(?:\([月火水木金土日祝休・]+\))?"
PART = rf"(?P<part>{'|'.join([*PARTS, *SEASONS])})"
REST = rf"\s*(?:{MONTH})?\s*(?:{DAY})?\s*(?:{PART})?"
WITH_YEAR = re.compile(YEAR + REST)
LATER = re.compile(rf"(?:{YEAR})?{REST}")
TO = r"から|より|[~〜–—―-]"
AND = r"・|、|,|と|及び|または"
BETWEEN = re.compile(rf"\s*(?:頃|ごろ)?\s*(?:(?P<to>{TO})|{AND})\s*")
UNTIL = re.compile(r"\s*(?:まで|頃|ごろ)?\s*")


@dataclass(frozen=True)
class Days:
    """Between which days something lies. is_exact: the text said just these days."""

    first: datetime.date
    last: datetime.date
    is_exact: bool = False


def days_in(text: str) -> Days | None:
    """The first date that the text speaks of, with those that follow it (から, 、); None where
    it names no year."""
    plain = unicodedata.normalize("NFKC", text).strip()[:LONGEST]
    match = WITH_YEAR.search(plain)
    found = match and _span(match.groupdict())
    if not found:
        return None
    begin, spans, is_span, known = match.start(), [found], True, match.groupdict()
    while between := BETWEEN.match(plain, match.end()):
        later = LATER.match(plain, between.end())
        known = _completed(known, later.groupdict())
        found = _span(known) if known else None
        if not found:
            break
        if found[1] < spans[0][0]:
            found = _a_year_later(found)
        match, spans = later, [*spans, found]
        is_span = between["to"] is not None and len(spans) == 2
    is_all = begin == 0 and UNTIL.fullmatch(plain, match.end()) is not None
    are_days = all(first == last for first, last in spans)
    last = max(last for _first, last in spans)
    return Days(spans[0][0], last, is_exact=is_all and are_days and is_span)


def _completed(known: dict, later: dict) -> dict | None:
    """A date that may leave out what was said before it: 3月中旬から下旬. None: it is none."""
    if not any(later.values()):
        return None
    coarser = [] if later["year"] else ["year"] if later["month"] else ["year", "month"]
    return later | {name: known[name] for name in coarser}


def _span(found: dict[str, str | None]) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a date in parts; None where there is no such day."""
    year, month, day = found["year"], found.get("month"), found.get("day")
    if day and not month:  # 2022/3
        month, day = day, None
    text = f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    try:
        period = parse_period(text + ("度" if found.get("fiscal") and not month else ""))
    except ValueError:
        return None
    part = found.get("part")
    if part in SEASONS and not month:
        return _season(period.year, part)
    if part in PARTS and month and not day:
        return _part_of_month(period, part)
    return period.begin, period.end


def _part_of_month(month: Period, part: str) -> tuple[datetime.date, datetime.date]:
    first, last = PARTS[part]
    return month.begin.replace(day=first), month.begin.replace(day=min(last, month.end.day))


def _season(year: int, name: str) -> tuple[datetime.date, datetime.date]:
    first, last = SEASONS[name]
    end_year = year if first < last else year + 1
    end = calendar.monthrange(end_year, last)[1]
    return datetime.date(year, first, 1), datetime.date(end_year, last, end)


def _a_year_later(span: tuple[datetime.date, datetime.date]):
    """12月下旬から1月上旬 ends in the next year."""
    begin, end = span
    days = end - begin
    begin = begin.replace(year=begin.year + 1, day=min(begin.day, 28))
    return begin, begin + days
