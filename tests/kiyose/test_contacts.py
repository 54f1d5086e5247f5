"""Telephone numbers, postal codes and mail addresses, as they are typed in Japan."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from kiyose.japanese.contacts import clean_mail_address, clean_phone, clean_postal_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("042-492-5111", "042-492-5111"),
        ("０４２－４９２－５１１１", "042-492-5111"),
        ("042ー492ｰ5111", "042-492-5111"),
        ("042−492‐5111", "042-492-5111"),
        ("(042) 492 5111", "(042) 492 5111"),
        ("＋８１ 42 492 5111", "+81 42 492 5111"),
        ("09000000000", "09000000000"),
        ("042-492-5111　内線３", "042-492-5111 内線3"),
        ("", ""),
    ],
)
def test_telephone_numbers(typed, kept):
    assert clean_phone(typed) == kept


@pytest.mark.parametrize("typed", ["110", "電話なし", "内線3", "1" * 16, "-" * 10])
def test_no_telephone_numbers(typed):
    with pytest.raises(ValidationError):
        clean_phone(typed)


@pytest.mark.parametrize(
    "typed",
    ["204-8511", "2048511", "〒204-8511", "２０４－８５１１", "２０４８５１１", "〒 204 8511"],
)
def test_postal_codes(typed):
    assert clean_postal_code(typed) == "204-8511"


def test_no_postal_code_is_none():
    assert clean_postal_code(" ") == ""


@pytest.mark.parametrize("typed", ["204-851", "20485111", "清瀬市", "204-85-11"])
def test_no_postal_codes(typed):
    with pytest.raises(ValidationError):
        clean_postal_code(typed)


def test_mail_addresses():
    assert clean_mail_address(" ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｊｐ ") == "shop@example.jp"
