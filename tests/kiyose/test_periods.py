"""When a figure was true, as people type it and as it is kept."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kiyose.japanese.periods import Period, fiscal_year_of, months_after, parse_period


@pytest.mark.parametrize(
    ("text", "code", "end"),
    [
        ("令和7年度", "FY2025", "2026-03-31"),
        ("令和元年度", "FY2019", "2020-03-31"),
        ("平成31年度", "FY2019", "2020-03-31"),
        ("R7年度", "FY2025", "2026-03-31"),
        ("２０２５年度", "FY2025", "2026-03-31"),
        ("2025 年度", "FY2025", "2026-03-31"),
        ("fy2025", "FY2025", "2026-03-31"),
        ("令和7年度 (2025年度)", "FY2025", "2026-03-31"),
        ("2010", "2010", "2010-12-31"),
        ("平成22年", "2010", "2010-12-31"),
        ("2019-08", "2019-08", "2019-08-31"),
        ("2019年8月", "2019-08", "2019-08-31"),
        ("令和6年2月", "2024-02", "2024-02-29"),
        ("2020-03-31", "2020-03-31", "2020-03-31"),
        ("2020/3/31", "2020-03-31", "2020-03-31"),
        ("令和2年3月31日", "2020-03-31", "2020-03-31"),
        ("R2.3.31", "2020-03-31", "2020-03-31"),
        ("R07.03.31", "2025-03-31", "2025-03-31"),
        ("20250331", "2025-03-31", "2025-03-31"),
        ("H31.4", "2019-04", "2019-04-30"),
        ("令和元年", "2019", "2019-12-31"),
        ("令和7年 3月", "2025-03", "2025-03-31"),
        ("2024年2月29日", "2024-02-29", "2024-02-29"),
        # As it is shown in public, to be copied from there.
        ("令和7年度（2025年度）", "FY2025", "2026-03-31"),
        ("2025年度(令和7年度)", "FY2025", "2026-03-31"),
        ("2020年3月31日(火)", "2020-03-31", "2020-03-31"),
        ("2026年11月3日（火・祝）", "2026-11-03", "2026-11-03"),
    ],
)
def test_what_a_person_means(text, code, end):
    period = parse_period(text)
    assert (period.code, period.end.isoformat()) == (code, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨年",
        "2025年度末",
        "令和7年度（",
        "2025-13",
        "2026-00",
        "2026-10-00",
        "20260000",
        "2026年10月0日",
        "2025-02-30",
        "2025年2月29日",
        "2025年31日",
        "2025-123",
        "2025111",
        "2025 3",
        "2025-3-",
        "令和0年",
        "R0.3.31",
        "令和7年度（2026年度）",
        "2020年3月31日(水)",
        "2020年2月30日(水)",
        "(令和7年度)",
        "25",
        "令和",
        "3000年度",
        "1800",
        "8月",
        "9" * 400,
    ],
)
def test_what_is_no_period_is_refused_with_a_reason(text):
    with (
        translation.override("en"),
        pytest.raises(ValueError, match=r"neither a fiscal year|not between"),
    ):
        parse_period(text)


@pytest.mark.parametrize("text", ["R7", "Ｈ３１", "令和7", "令和元"])
def test_an_era_without_a_word_is_asked_for_one(text):
    """R7 is 令和7年度 to one division and 令和7年 to another, three months apart."""
    with translation.override("en"), pytest.raises(ValueError, match=f"{text}年度.*{text}年"):
        parse_period(text)


@pytest.mark.parametrize(
    ("code", "ja", "en"),
    [
        ("FY2025", "令和7年度（2025年度）", "fiscal 2025 (April 2025 – March 2026)"),
        ("2010", "2010年", "2010"),
        ("2019-08", "2019年8月", "August 2019"),
        ("2020-03-31", "2020年3月31日(火)", "31 March 2020 (Tue)"),
    ],
)
def test_labels(code, ja, en):
    period = Period.from_code(code)
    assert (period.label("ja"), period.label("en")) == (ja, en)


@pytest.mark.parametrize(
    ("code", "begin", "end"),
    [
        ("FY2025", "2025-04-01", "2026-03-31"),
        ("2010", "2010-01-01", "2010-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2020-03-31", "2020-03-31", "2020-03-31"),
    ],
)
def test_first_and_last_day(code, begin, end):
    period = Period.from_code(code)
    assert (period.begin.isoformat(), period.end.isoformat()) == (begin, end)


def test_a_fiscal_year_begins_in_april():
    days = [datetime.date(2026, 3, 31), datetime.date(2026, 4, 1)]
    assert [fiscal_year_of(day) for day in days] == [2025, 2026]
    assert Period.from_code("2026-03").fiscal_year == 2025
    assert Period.from_code("FY2025").fiscal_year == 2025


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-10-31", 12, "2027-10-31"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2027-02-28", 1, "2027-03-28"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2027-01-15", -13, "2025-12-15"),
    ],
)
def test_so_many_months_later(day, months, after):
    assert str(months_after(datetime.date.fromisoformat(day), months)) == after


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31)), st.integers(0, 3))
def test_a_code_is_read_back(day, parts):
    kinds = (
        Period(day.year, is_fiscal_year=True),
        Period(day.year),
        Period(day.year, day.month),
        Period(day.year, day.month, day.day),
    )
    period = kinds[parts]
    assert Period.from_code(period.code) == period
    assert parse_period(period.code) == period
