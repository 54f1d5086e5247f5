"""When something takes place, in words: a day and a time, or a series."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.japanese.times import format_clock, format_time

from .choices import Repeats
from .patterns import Occurrence, Pattern


def say(occurrence: Occurrence, language: str) -> str:
    """Day and time in a sentence: 2026年10月24日(土) 午前10時～午後0時30分."""
    first = format_date(occurrence.day, language)
    if occurrence.last_day == occurrence.day:
        return _join(first, say_hours(occurrence, language), language)
    last = format_date(occurrence.last_day, language)
    if occurrence.starts_at:
        first = _join(first, format_time(occurrence.starts_at, language), language)
    if occurrence.ends_at:
        last = _join(last, format_time(occurrence.ends_at, language), language)
    return _span(first, last, language)


def say_moment(at: datetime.datetime, language: str) -> str:
    """A moment in a sentence: 2026年10月25日(日) 午前7時. at: aware."""
    at = timezone.localtime(at)
    return _join(format_date(at, language), format_time(at.time(), language), language)


def say_hours(occurrence: Occurrence | Pattern, language: str) -> str:
    """From when until when, in a sentence; for the whole day 終日."""
    if occurrence.starts_at is None:
        return _("all day")
    begin = format_time(occurrence.starts_at, language)
    if occurrence.ends_at is None:
        return _("from %(time)s") % {"time": begin}
    return _span(begin, format_time(occurrence.ends_at, language), language)


def say_clock(occurrence: Occurrence) -> str:
    """The same for tables, with 24 hours: 10:00–12:30."""
    if occurrence.starts_at is None:
        return _("all day")
    begin = format_clock(occurrence.starts_at)
    return f"{begin}–{format_clock(occurrence.ends_at)}" if occurrence.ends_at else f"{begin}–"


def say_clock_on(occurrence: Occurrence, day: datetime.date) -> str:
    """The same of one day of what lasts longer: 20:00–, all day, –06:00."""
    if occurrence.is_all_day or occurrence.day == occurrence.last_day:
        return say_clock(occurrence)
    if day == occurrence.last_day and occurrence.ends_at:
        return f"–{format_clock(occurrence.ends_at)}"
    # On another day stands what was postponed.
    is_between = occurrence.day < day <= occurrence.last_day
    return _("all day") if is_between else f"{format_clock(occurrence.starts_at)}–"


def say_pattern(pattern: Pattern, language: str) -> str:
    """A session as a whole: one time, or a series with its days."""
    if not pattern.is_repeated:
        return say(pattern.occurrence(pattern.starts_on), language)
    days = _span(
        format_date(pattern.starts_on, language), format_date(pattern.last_day, language), language
    )
    weekday = WEEKDAYS[pattern.starts_on.weekday()]
    every = (
        _("every %(weekday)s") % {"weekday": weekday}
        if pattern.repeats == Repeats.WEEKLY
        else _("every day")
    )
    said = [days, f"{every} {say_hours(pattern, language)}"]
    if pattern.except_holidays:
        said.append(_("not on public holidays"))
    return ("、" if is_japanese(language) else ", ").join(said)


def _join(day: str, hours: str, language: str) -> str:
    return f"{day} {hours}" if is_japanese(language) else f"{day}, {hours}"


def _span(first: str, last: str, language: str) -> str:
    # A space that no line breaks at: no line begins with the dash.
    return f"{first}～{last}" if is_japanese(language) else f"{first}\N{NBSP}– {last}"
