"""On which days something takes place: the quick answer is the same as counting every day."""

from __future__ import annotations

import datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from events.choices import Repeats
from events.patterns import DAY, LONGEST, MIDNIGHT, Pattern, moment
from kiyose.japanese.dates import is_holiday

from .patterns_made_up import DAYS, SERIES, TIMES, patterns, unhurried

SATURDAY = datetime.date(2026, 10, 24)


def counted_by_hand(pattern: Pattern) -> list[datetime.date]:
    """Every day on which it begins, by looking at each day of its length."""
    days = [
        pattern.starts_on + number * DAY
        for number in range((pattern.last_day - pattern.starts_on).days + 1)
    ]
    match pattern.repeats:
        case Repeats.DAILY:
            found = days
        case Repeats.WEEKLY:
            found = [day for day in days if day.weekday() == pattern.starts_on.weekday()]
        case _:
            found = days[:1]
    return [day for day in found if not (pattern.except_holidays and is_holiday(day))]


@unhurried
@given(pattern=patterns())
def test_days_are_those_counted_by_hand(pattern):
    assert list(pattern.days()) == counted_by_hand(pattern)


@unhurried
@given(pattern=patterns(), after=DAYS)
def test_days_after_a_day_are_the_rest(pattern, after):
    days = counted_by_hand(pattern)
    expected = [day for day in days if day >= after] if pattern.is_repeated else days
    assert list(pattern.days(after)) == expected


@unhurried
@given(pattern=patterns(), first=DAYS, length=st.integers(0, 90))
def test_between_finds_what_touches_and_nothing_else(pattern, first, length):
    last = first + length * DAY
    expected = [
        occurrence
        for occurrence in map(pattern.occurrence, counted_by_hand(pattern))
        if any(takes_time_on(occurrence, first + number * DAY) for number in range(length + 1))
    ]
    assert list(pattern.between(first, last)) == expected


def takes_time_on(occurrence, day: datetime.date) -> bool:
    """By moments, not by days: whether any of it lies within the day."""
    begin, end = moment(day, MIDNIGHT), moment(day + DAY, MIDNIGHT)
    if occurrence.end is None:
        return occurrence.day <= day <= occurrence.last_day
    return occurrence.begin < end and occurrence.end > begin


@unhurried
@given(pattern=patterns(), first=DAYS, length=st.integers(0, 30), more=st.integers(1, 30))
def test_two_spans_side_by_side_hold_what_one_long_span_holds(pattern, first, length, more):
    middle = first + length * DAY
    last = middle + more * DAY
    parts = {*pattern.between(first, middle), *pattern.between(middle + DAY, last)}
    assert parts == set(pattern.between(first, last))


@unhurried
@given(pattern=patterns(repeats=SERIES))
def test_holidays_are_left_out_and_nothing_else_is(pattern):
    days, left_out = list(pattern.days()), pattern.left_out()
    if not pattern.except_holidays:
        assert left_out == []
        return
    assert not any(map(is_holiday, days))
    assert all(map(is_holiday, left_out))
    everything = Pattern(pattern.starts_on, pattern.until, repeats=pattern.repeats)
    assert sorted([*days, *left_out]) == list(everything.days())


@unhurried
@given(first=DAYS, repeats=st.sampled_from(SERIES))
def test_a_series_without_an_end_in_sight_is_bounded(first, repeats):
    """The form refuses such a thing; an import or a script may not."""
    days = list(Pattern(first, datetime.date(9999, 12, 30), repeats=repeats).days())
    assert days[-1] - first <= LONGEST
    assert len(days) <= LONGEST.days + 1


@unhurried
@given(first=DAYS, length=st.integers(0, 60))
def test_what_stands_in_words_is_on_no_day(first, length):
    pattern = Pattern(first, first + length * DAY, repeats=Repeats.IN_WORDS)
    assert list(pattern.between(first - DAY, first + 99 * DAY)) == []


@unhurried
@given(pattern=patterns())
def test_what_ends_ends_after_it_begins(pattern):
    for day in pattern.days():
        occurrence = pattern.occurrence(day)
        assert occurrence.end is None or occurrence.end > occurrence.begin
        assert (occurrence.end is None) == (
            pattern.starts_at is not None and pattern.ends_at is None
        )


@unhurried
@given(pattern=patterns(), day=DAYS)
def test_on_another_day_it_is_as_long_and_at_the_same_hour(pattern, day):
    before = pattern.occurrence(pattern.starts_on)
    after = before.on(day)
    assert after.day == day
    assert after.on(before.day) == before
    if before.end is not None:
        assert after.end - after.begin == before.end - before.begin


@unhurried
@given(begin=TIMES)
def test_what_ends_at_midnight_takes_nothing_of_the_next_day(begin):
    assume(begin != MIDNIGHT)
    until_midnight = Pattern(SATURDAY, SATURDAY + DAY, begin, MIDNIGHT)
    assert list(until_midnight.between(SATURDAY + DAY, SATURDAY + DAY)) == []
    assert len(list(until_midnight.between(SATURDAY, SATURDAY))) == 1
    assert until_midnight.occurrence(SATURDAY).end == moment(SATURDAY + DAY, MIDNIGHT)


def test_past_midnight_it_is_on_both_days():
    night = Pattern(SATURDAY, SATURDAY + DAY, datetime.time(22), datetime.time(2))
    assert list(night.between(SATURDAY + DAY, SATURDAY + DAY)) == [night.occurrence(SATURDAY)]


def test_a_weekly_class_leaves_out_the_culture_day():
    """3 November 2026 is a Tuesday and a holiday."""
    tuesday = datetime.date(2026, 10, 27)
    weekly = Pattern(tuesday, tuesday + 14 * DAY, repeats=Repeats.WEEKLY, except_holidays=True)
    assert list(weekly.days()) == [tuesday, tuesday + 14 * DAY]
    assert weekly.left_out() == [datetime.date(2026, 11, 3)]
