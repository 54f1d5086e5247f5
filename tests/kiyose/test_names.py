"""Names are kept as their owners write them, and found as others type them."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kiyose.japanese.names import clean_name, clean_reading, search_key


@pytest.mark.parametrize(
    "name",
    [
        "𠮷野家",
        "山﨑商店",
        "髙橋　".strip() + "商会",
        "\ufa19戸屋",  # 神 with 示: Unicode's own normal form would make 神 of it
        "\ufa1b祉の会",
        "葛\U000e0100城",  # a variant that is chosen by a selector
        "Ａ＆Ｂ",  # a full-width name is a spelling
        "مخبز العينة",
        "Çà & Là",
        "👨‍👩‍👧の会",
    ],
)
def test_a_name_is_kept(name):
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  見本商店　", "見本商店"),
        ("見本　 商店", "見本 商店"),
        ("見本\r\n商店", "見本 商店"),
        ("ﾐﾎﾝﾊﾟﾝ", "ミホンパン"),
        ("か\u3099くや", "がくや"),
        ("見本\x00商店", "見本商店"),
        ("a \x00 b", "a b"),
        ("見本\u200b商\ufeff店", "見本商店"),
        ("\u202e店商本見\u202c", "店商本見"),
        ("見本\u2066商店\u2069", "見本商店"),
        ("\x00\u200b ", ""),
    ],
)
def test_what_typing_left_behind_goes(typed, name):
    assert clean_name(typed) == name


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once = clean_name(text)
    assert clean_name(once) == once
    assert once == once.strip()
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in once)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("𠮷野家", "吉野家"),
        ("山﨑商店", "山崎 商店"),
        ("髙橋", "高橋"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斉藤"),
        ("\ufa19戸屋", "神戸屋"),
        ("ミホン", "ﾐﾎﾝ"),
        ("ミホン", "みほん"),
        ("ＡＢＣ", "abc"),
        ("パン屋", "は\u309aん屋"),
        ("キヨセ・カフェ", "きよせかふぇ"),
        ("キヨセ･カフェ", "キヨセ カフェ"),
        ("葛\U000e0100城", "葛城"),
        ("葛城", "葛\ufe00城"),
        ("Café Élan", "cafe elan"),
        ("ガーデン", "か\u3099ーでん"),
        ("㈱見本", "(株)見本"),
        ("見本", "\u200b見本\u202c"),
    ],
)
def test_who_types_otherwise_finds_it(name, typed):
    assert search_key(name) == search_key(typed)


def test_different_names_stay_different():
    keys = {search_key(name) for name in ("吉田", "古田", "はん", "ぱん", "ばん", "Ba", "Pa")}
    assert len(keys) == 7


def test_name_reading_and_english_are_one_key():
    key = search_key("見本商店", "みほんしょうてん", "Sample Shop")
    for part in ("見本", "ミホン", "sample shop"):
        assert search_key(part) in key


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("ミホンショウテン", "みほんしょうてん"),
        ("ﾐﾎﾝ ｼｮｳﾃﾝ", "みほん しょうてん"),
        ("みほん　しょうてん", "みほん しょうてん"),
        ("ヴァイオリン", "ゔぁいおりん"),
        ("ＡＢＣすーぱー", "ABCすーぱー"),
        ("", ""),
    ],
)
def test_a_reading_is_hiragana(typed, reading):
    assert clean_reading(typed) == reading


@pytest.mark.parametrize("typed", ["見本商店", "みほん商店", "<b>みほん</b>", "みほん\u0627"])
def test_what_is_no_reading_is_said(typed):
    with pytest.raises(ValidationError):
        clean_reading(typed)
