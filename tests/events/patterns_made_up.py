"""Sessions as Hypothesis makes them up: every kind that the form lets through."""

from __future__ import annotations

import datetime

from hypothesis import settings
from hypothesis import strategies as st

from events.choices import Repeats
from events.patterns import DAY, Occurrence, Pattern

# The first question about a year reads its holidays, which takes a while.
unhurried = settings(deadline=None)

DAYS = st.dates(datetime.date(2025, 12, 1), datetime.date(2027, 2, 28))
# Quarters of an hour, so that ends and beginnings often meet.
TIMES = st.builds(datetime.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
SERIES = (Repeats.DAILY, Repeats.WEEKLY)


@st.composite
def patterns(draw, repeats=(Repeats.ONCE, *SERIES)) -> Pattern:
    """A pattern of one of these kinds, as ``events.rules`` allows it."""
    kind = draw(st.sampled_from(repeats))
    first = draw(DAYS)
    length = draw(st.integers(0, 60) | st.integers(0, 3))
    last = first + length * DAY if kind in SERIES or length else None
    begin = draw(st.none() | TIMES)
    end = draw(st.none() | TIMES) if begin else None
    ends_on_its_day = kind in SERIES or last is None
    if end is not None and ends_on_its_day and end <= begin:
        end = None
    except_holidays = draw(st.booleans()) if kind in SERIES else False
    return Pattern(first, last, begin, end, kind, except_holidays)


@st.composite
def occurrences(draw) -> Occurrence:
    """A time of a few hours, of a whole day, with an open end, or past midnight."""
    day = draw(st.dates(datetime.date(2026, 10, 23), datetime.date(2026, 10, 25)))
    begin = draw(st.none() | TIMES)
    if begin is None:
        return Occurrence(day, day + draw(st.integers(0, 2)) * DAY)
    end = draw(st.none() | TIMES)
    past_midnight = end is not None and end <= begin
    return Occurrence(day, day + DAY if past_midnight else day, begin, end)
