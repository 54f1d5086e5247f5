"""Dates in words: between which days they lie, and what is no date at all."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiyose.japanese.fuzzy_dates import LONGEST, days_in


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022年3月中旬から下旬", "2022-03-11", "2022-03-31"),
        ("２０２２年３月中旬～下旬", "2022-03-11", "2022-03-31"),
        ("令和4年3月上旬", "2022-03-01", "2022-03-10"),
        ("2022年3月初旬頃", "2022-03-01", "2022-03-10"),
        ("2020年2月下旬", "2020-02-21", "2020-02-29"),
        ("2021年2月末", "2021-02-21", "2021-02-28"),
        ("2022年3月前半", "2022-03-01", "2022-03-15"),
        ("2022年12月下旬～1月上旬", "2022-12-21", "2023-01-10"),
        ("令和3年10月頃から12月まで", "2021-10-01", "2021-12-31"),
        ("2022年3月5日、6日、12日", "2022-03-05", "2022-03-12"),
        ("2022/3", "2022-03-01", "2022-03-31"),
        ("2022年", "2022-01-01", "2022-12-31"),
        ("令和4年度", "2022-04-01", "2023-03-31"),
        ("2022年春", "2022-03-01", "2022-05-31"),
        ("2022年冬ごろ", "2022-12-01", "2023-02-28"),
        ("開催は2022年5月3日(火・祝)の午後です", "2022-05-03", "2022-05-03"),
        ("2022年3月1日10時から12時", "2022-03-01", "2022-03-01"),
    ],
)
def test_between_which_days(text, first, last):
    found = days_in(text)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert not found.is_exact


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022/2/1", "2022-02-01", "2022-02-01"),
        (" ２０２２/２/１ ", "2022-02-01", "2022-02-01"),
        ("2022.2.1", "2022-02-01", "2022-02-01"),
        ("令和4年2月1日(火)", "2022-02-01", "2022-02-01"),
        ("2022年3月25日(金)～27日(日)", "2022-03-25", "2022-03-27"),
        ("2022年3月25日から4月2日まで", "2022-03-25", "2022-04-02"),
        ("2021/12/28～2022/1/3", "2021-12-28", "2022-01-03"),
    ],
)
def test_a_text_that_is_just_a_date_is_exact(text, first, last):
    found = days_in(text)
    assert (found.first.isoformat(), found.last.isoformat(), found.is_exact) == (first, last, True)


@pytest.mark.parametrize(
    "text",
    ["", "未定", "毎週水曜日", "3月中旬", "2022年2月30日", "2022/13/1", "電話042-497-2077"],
)
def test_what_names_no_day(text):
    assert days_in(text) is None


@given(st.text(alphabet="0123456789年月日上中下旬から～、/-令和元度春() ", max_size=60))
def test_whatever_is_written_gives_days_in_order_or_none(text):
    found = days_in(text)
    assert found is None or found.first <= found.last


@given(st.dates(datetime.date(1951, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_found_in_every_way_of_writing_it(day):
    for text in (f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", day.isoformat()):
        found = days_in(text)
        assert (found.first, found.last, found.is_exact) == (day, day, True)


def test_a_long_text_costs_no_time():
    assert days_in("あ" * LONGEST + "2022年3月") is None
    assert days_in("2022年3月、" * 100_000).first == datetime.date(2022, 3, 1)
