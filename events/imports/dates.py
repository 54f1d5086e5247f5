"""When an event is: from first day, last day, times and a note to a session, and back."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kiyose.japanese.dates import WEEKDAYS
from kiyose.japanese.fuzzy_dates import days_in
from kiyose.japanese.times import format_clock

from ..choices import Repeats
from ..patterns import DAY, Pattern
from .words import plain

WEEKLY = re.compile(r"毎週\s*([月火水木金土日])(?:曜日?)?(?!\s*[月火水木金土日・、,])")
# A rhythm for which there is no pattern stays in words.
OTHER_RHYTHM = re.compile(r"毎月|隔週|毎週|第\s*[1-5一二三四五]\s*[・、,]?.*曜")
NO_HOLIDAYS = re.compile(r"祝日?(?:は|を)?(?:除く|休み)")
# A line that says nothing but the rhythm: what we write ourselves.
RHYTHM_LINE = re.compile(r"毎(?:週[月火水木金土日]曜日|日)(?:\(祝日を除く\))?")


@dataclass(frozen=True)
class When:
    """pattern: None where no day could be found; note: what stays in words."""

    pattern: Pattern | None
    note: str


def when(
    first: datetime.date | None,
    last: datetime.date | None,
    starts_at: datetime.time | None,
    ends_at: datetime.time | None,
    note: str,
) -> When:
    """What a line of a table says of its time."""
    text = plain(note)
    first_line, _line, rest = note.partition("\n")
    kept = rest.strip() if RHYTHM_LINE.fullmatch(plain(first_line)) else note
    first = first or last
    if first is None:
        days = days_in(note)
        if days is None:
            return When(None, _with_times(note, starts_at, ends_at))
        if not days.is_exact:
            return _in_words(days.first, days.last, starts_at, ends_at, note)
        first, last, kept = days.first, days.last, ""
    last = last or first
    is_long = last > first
    if is_long and (weekly := WEEKLY.search(text)):
        first += (WEEKDAYS["ja"].index(weekly[1]) - first.weekday()) % 7 * DAY
        repeats = Repeats.WEEKLY if first <= last else Repeats.ONCE
    elif is_long and OTHER_RHYTHM.search(text):
        return _in_words(first, last, starts_at, ends_at, note)
    elif is_long and starts_at and not (ends_at and ends_at <= starts_at):
        repeats = Repeats.DAILY
    else:
        repeats = Repeats.ONCE
    is_series = repeats != Repeats.ONCE
    until = last if last != first or is_series else None
    leaves_out = is_series and NO_HOLIDAYS.search(text) is not None
    return When(Pattern(first, until, starts_at, ends_at, repeats, leaves_out), kept)


def _in_words(first, last, starts_at, ends_at, note: str) -> When:
    until = last if last > first else None
    pattern = Pattern(first, until, repeats=Repeats.IN_WORDS)
    return When(pattern, _with_times(note, starts_at, ends_at))


def _with_times(note: str, starts_at, ends_at) -> str:
    """Dates in words have no times of their own here, so these go into the words."""
    if starts_at is None:
        return note
    hours = f"{format_clock(starts_at)}～{format_clock(ends_at) if ends_at else ''}"
    return f"{note}\n{hours}".strip()


def note_text(pattern: Pattern, note: str) -> str:
    """日時備考: how it repeats, unless the note says so already, and the note."""
    weekday = WEEKDAYS["ja"][pattern.starts_on.weekday()]
    line = ""
    if pattern.repeats == Repeats.WEEKLY:
        line = f"毎週{weekday}曜日"
    elif pattern.except_holidays:
        line = "毎日"
    if pattern.except_holidays:
        line += "(祝日を除く)"
    said = WEEKLY.search(plain(note))
    if said and said[1] == weekday and not pattern.except_holidays:
        line = ""
    return "\n".join(filter(None, (line, note)))
