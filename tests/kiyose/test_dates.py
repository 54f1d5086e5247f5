"""Dates as Kiyose writes them: weekday, holidays, fiscal years in both counts."""

from __future__ import annotations

import datetime

import pytest

from kiyose.japanese.dates import (
    era_year,
    format_date,
    format_fiscal_year,
    format_month,
    is_holiday,
    local_date,
)
from kiyose.japanese.script import has_japanese


@pytest.mark.parametrize(
    ("day", "japanese", "english"),
    [
        ((2026, 11, 4), "2026年11月4日(水)", "4 November 2026 (Wed)"),
        ((2026, 11, 3), "2026年11月3日(火・祝)", "3 November 2026 (Tue, holiday)"),
        # 3 May is a Sunday: the holiday moves past 4 and 5 May, holidays themselves.
        ((2026, 5, 6), "2026年5月6日(水・祝)", "6 May 2026 (Wed, holiday)"),
        # A day between two holidays is one too.
        ((2026, 9, 22), "2026年9月22日(火・祝)", "22 September 2026 (Tue, holiday)"),
        ((2026, 3, 1), "2026年3月1日(日)", "1 March 2026 (Sun)"),
        ((2019, 5, 1), "2019年5月1日(水・祝)", "1 May 2019 (Wed, holiday)"),
        ((2024, 2, 29), "2024年2月29日(木)", "29 February 2024 (Thu)"),
    ],
)
def test_a_day(day, japanese, english):
    assert format_date(datetime.date(*day), "ja") == japanese
    assert format_date(datetime.date(*day), "en") == english


def test_easy_japanese_is_japanese():
    day = datetime.date(2026, 11, 3)
    assert format_date(day, "ja-easy") == format_date(day, "ja")


@pytest.mark.parametrize(
    ("language", "written", "month"),
    [
        ("fr", "3 novembre 2026 (mar, holiday)", "novembre 2026"),
        ("ar", "\u20673 نوفمبر، 2026 (", "\u2067نوفمبر 2026\u2069"),
        ("vi", "Ngày 03 tháng 11 năm 2026 (", "Tháng 11 2026"),
        ("en-gb", "3 November 2026 (Tue, holiday)", "November 2026"),
    ],
)
def test_another_language_writes_dates_in_its_own_way(language, written, month):
    assert format_date(datetime.date(2026, 11, 3), language).startswith(written)
    assert format_month(2026, 11, language) == month
    assert format_month(2026, None, language) == "2026"


def test_a_moment_is_a_day_in_tokyo():
    late = datetime.datetime(2026, 11, 2, 15, 30, tzinfo=datetime.UTC)
    assert local_date(late) == datetime.date(2026, 11, 3)
    assert format_date(late, "ja") == "2026年11月3日(火・祝)"
    early = datetime.datetime(2026, 11, 2, 14, 59, tzinfo=datetime.UTC)
    assert local_date(early) == datetime.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("day", "era"),
    [
        ((2026, 11, 3), "令和8年"),
        ((2019, 5, 1), "令和元年"),
        ((2019, 12, 31), "令和元年"),
        ((2020, 1, 1), "令和2年"),
        ((2019, 4, 30), "平成31年"),
        ((1989, 1, 8), "平成元年"),
        ((1989, 1, 7), "昭和64年"),
        ((1950, 4, 1), "昭和25年"),
    ],
)
def test_eras(day, era):
    assert era_year(datetime.date(*day)) == era


def test_no_era_is_made_up():
    with pytest.raises(ValueError, match="before the oldest era"):
        era_year(datetime.date(1900, 1, 1))


@pytest.mark.parametrize(
    ("year", "japanese", "english"),
    [
        (2026, "令和8年度（2026年度）", "fiscal 2026 (April 2026 – March 2027)"),
        (2019, "令和元年度（2019年度）", "fiscal 2019 (April 2019 – March 2020)"),
        (2018, "平成30年度（2018年度）", "fiscal 2018 (April 2018 – March 2019)"),
    ],
)
def test_fiscal_years(year, japanese, english):
    assert format_fiscal_year(year, "ja") == japanese
    assert format_fiscal_year(year, "en") == english


def test_months_and_years():
    assert format_month(2019, 8, "ja") == "2019年8月"
    assert format_month(2019, 8, "en") == "August 2019"
    assert format_month(2030, None, "ja") == "2030年"
    assert format_month(2030, None, "en") == "2030"


def test_a_working_day_is_no_holiday():
    assert not is_holiday(datetime.date(2026, 11, 4))
    assert is_holiday(datetime.date(2027, 1, 1))


@pytest.mark.parametrize(
    "text", ["きよせ", "キヨセ", "ｷﾖｾ", "清瀬", "SDGs人材", "々", "〇", "𠮷野"]
)
def test_japanese_is_recognised(text):
    assert has_japanese(text)


@pytest.mark.parametrize("text", ["", "SDGs", "Kiyose 2026", "Größe", "№ 8 – 13 %", "1,000 m²"])
def test_other_words_are_not_japanese(text):
    assert not has_japanese(text)
