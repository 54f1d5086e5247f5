"""Dates, times and eras as easy Japanese writes them, beside those that it does not.

Each function gives, for what is written otherwise, its place and what to write instead.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from ..dates import ERAS
from ..times import format_time

Better = Iterator[tuple[tuple[int, int], str]]

# ８／１５ as 8/15; every character stays one character.
WIDTH = str.maketrans("０１２３４５６７８９／：．－", "0123456789/:.-")

DAY = re.compile(
    r"(?<![\d/.-])(?:(?P<year>(?:19|20)\d\d)(?P<mark>[/.-]))?"
    r"(?P<month>1[0-2]|0?[1-9])(?(mark)(?P=mark)|/)(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/.-])"
)
TIME = re.compile(
    r"(?<![\d:])(?P<half>午前|午後)?\s*(?P<hour>2[0-4]|1\d|0?\d)"
    r"(?::(?P<minutes>[0-5]\d)(?![\d:])|時(?!間)(?:(?P<spoken>[0-5]?\d)分|(?P<thirty>半))?)"
)
NOON = 12
ERA = re.compile(
    r"(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHS](?=\d{1,2}[年.度]))"
    r"\s*(?P<count>元|\d{1,2})\s*(?:年(?P<fiscal>度)?|(?=[.度]))"
)
LETTERS = {"R": "令和", "H": "平成", "S": "昭和"}


def dates_in(text: str) -> Better:
    """8/15 → 8月15日, 2026.8.15 → 2026年8月15日. A number like 8.3 is none."""
    for match in DAY.finditer(text.translate(WIDTH)):
        year = f"{match['year']}年" if match["year"] else ""
        yield match.span(), f"{year}{int(match['month'])}月{int(match['day'])}日"


def times_in(text: str) -> Better:
    """20時 → 午後8時, 13:30 → 午後1時30分. 午後8時 and 8時間 stay as they are."""
    for match in TIME.finditer(text.translate(WIDTH)):
        hour = int(match["hour"])
        is_spoken = match["minutes"] is None
        if is_spoken and (match["half"] or hour <= NOON):
            continue
        if match["half"] == "午後" and hour < NOON:
            hour += NOON
        minute = 30 if match["thirty"] else int(match["minutes"] or match["spoken"] or 0)
        yield match.span(), format_time(datetime.time(hour % 24, minute), "ja")


def eras_in(text: str) -> Better:
    """令和8年 → 2026年; 令和8年度 → 2026年4月から2027年3月まで."""
    first_days = dict(ERAS)
    for match in ERA.finditer(text.translate(WIDTH)):
        count = 1 if match["count"] == "元" else int(match["count"])
        year = first_days[LETTERS.get(match["era"], match["era"])].year + count - 1
        span = f"{year}年4月から{year + 1}年3月まで"
        yield match.span(), span if match["fiscal"] else f"{year}年"
