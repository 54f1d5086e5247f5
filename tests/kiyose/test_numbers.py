"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kiyose.japanese.numbers import parse_number, plain_number


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("７５％", "%", "75"),
        ("75%", "", "75"),
        ("1,000", "", "1000"),
        ("１，２３４，５６７．８", "", "1234567.8"),
        ("▲28.6", "", "-28.6"),
        ("△ 5", "", "-5"),
        ("−3", "", "-3"),
        ("-0.5", "", "-0.5"),
        ("+3", "", "3"),
        (" 432000千円 ", "千円", "432000"),
        ("1,000 ㎡", "㎡", "1000"),
        ("319.93ha", "ha", "319.93"),
    ],
)
def test_what_a_person_means(text, unit, number):
    assert parse_number(text, unit) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", ""),
        ("十", ""),
        ("1,00", ""),
        ("10,00,000", ""),
        ("4.", ""),
        ("1e5", ""),
        ("10万", "人"),
        ("75%", "人"),
        ("5人", ""),
        ("1 2", ""),
        ("NaN", ""),
        ("Infinity", ""),
        ("9" * 400, ""),
        ("--5", ""),
    ],
)
def test_what_nobody_can_be_sure_of_is_refused_with_a_reason(text, unit):
    with translation.override("en"), pytest.raises(ValueError, match=r"number|unit"):
        parse_number(text, unit)


def test_the_message_names_the_unit_that_is_expected():
    with translation.override("en"), pytest.raises(ValueError, match="件"):
        parse_number("20人", "件")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_is_shown_can_be_typed_again(value):
    assert parse_number(plain_number(value)) == value


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("432000.0000", 0, "432,000"),
        ("-28.6", 0, "−28.6"),
        ("-2", 1, "−2.0"),
        ("1E+6", 0, "1,000,000"),
        ("-0.0", 1, "0.0"),  # a small loss a year, rounded
    ],
)
def test_as_people_read_it(value, decimals, text):
    assert plain_number(Decimal(value), decimals) == text
