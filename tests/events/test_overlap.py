"""What falls on the same time: the same whichever comes first, and half-open."""

from __future__ import annotations

import datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.patterns import DAY, Occurrence, may_overlap, overlap
from tests.overlaps import overlapping_pairs

from .patterns_made_up import occurrences, unhurried

SATURDAY = datetime.date(2026, 10, 24)
SUNDAY = SATURDAY + DAY
QUARTER = datetime.timedelta(minutes=15)


def at(begin: str | None, end: str | None = None, day=SATURDAY, last_day=None) -> Occurrence:
    clock = datetime.time.fromisoformat
    return Occurrence(
        day, last_day or day, clock(begin) if begin else None, clock(end) if end else None
    )


def quarters(occurrence: Occurrence) -> set[datetime.datetime]:
    """Every quarter of an hour that it takes; all times made up are on quarters."""
    count = (occurrence.end - occurrence.begin) // QUARTER
    return {occurrence.begin + number * QUARTER for number in range(count)}


@unhurried
@given(one=occurrences(), other=occurrences())
def test_it_does_not_matter_which_is_named_first(one, other):
    assert overlap(one, other) == overlap(other, one)
    assert may_overlap(one, other) == may_overlap(other, one)


@unhurried
@given(one=occurrences(), other=occurrences())
def test_times_overlap_if_a_quarter_of_an_hour_is_in_both(one, other):
    if one.is_all_day or other.is_all_day or None in (one.end, other.end):
        return
    assert overlap(one, other) == bool(quarters(one) & quarters(other))
    assert not may_overlap(one, other)


@unhurried
@given(one=occurrences(), other=occurrences())
def test_what_is_sure_is_not_called_possible(one, other):
    assert not (overlap(one, other) and may_overlap(one, other))


@unhurried
@given(one=occurrences())
def test_what_has_an_hour_overlaps_with_itself(one):
    assert overlap(one, one) == (not one.is_all_day)


@unhurried
@given(one=occurrences(), days=st.integers(3, 400))
def test_on_days_far_apart_nothing_overlaps(one, days):
    later = one.on(one.day + days * DAY)
    assert not overlap(one, later)
    assert not may_overlap(one, later)


@unhurried
@given(one=occurrences(), other=occurrences(), days=st.integers(-400, 400))
def test_moved_together_they_overlap_as_before(one, other, days):
    both = [each.on(each.day + days * DAY) for each in (one, other)]
    assert overlap(*both) == overlap(one, other)
    assert may_overlap(*both) == may_overlap(one, other)


@unhurried
@given(times=st.lists(occurrences(), max_size=8))
def test_pairs_are_all_that_overlap_each_once(times):
    expected = [
        (first, second)
        for first, second in combinations(range(len(times)), 2)
        if overlap(times[first], times[second])
    ]
    assert overlapping_pairs(times) == expected


@pytest.mark.parametrize(
    ("one", "other", "sure", "possible"),
    [
        (at("10:00", "11:00"), at("11:00", "12:00"), False, False),  # half-open
        (at("10:00", "11:01"), at("11:00", "12:00"), True, False),
        (at("10:00", "12:00"), at("10:00", "12:00", SUNDAY), False, False),
        (at(None), at("10:00", "12:00"), False, False),  # can be visited at any time
        (at(None), at(None), False, False),
        (at("10:00"), at("12:00", "13:00"), False, True),  # an open end
        (at("10:00"), at("10:00", "10:15"), True, False),
        (at("12:30"), at("12:00", "13:00"), True, False),  # it begins within
        (at("13:00"), at("12:00", "13:00"), False, False),
        (at("10:00"), at("10:00", "11:00", SUNDAY), False, False),
        (at("22:00", "02:00", last_day=SUNDAY), at("01:00", "03:00", SUNDAY), True, False),
        (at("22:00", "02:00", last_day=SUNDAY), at("02:00", "03:00", SUNDAY), False, False),
        (at("22:00", "00:00", last_day=SUNDAY), at("00:00", "01:00", SUNDAY), False, False),
        (at("22:00"), at("00:30", "01:00", SUNDAY), False, False),
    ],
)
def test_overlap_case_by_case(one, other, sure, possible):
    assert (overlap(one, other), may_overlap(one, other)) == (sure, possible)
