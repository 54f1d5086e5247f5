"""Headings break between words: the phrases, and the filter that templates use."""

from __future__ import annotations

import html
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kiyose.japanese.phrases import breakable, parse


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("ゼロカーボンシティの取り組み", ["ゼロカーボンシティの", "取り組み"]),
        ("見本：太陽光発電を紹介する展示の報告", None),
        ("2030年に目指すまち", ["2030年に", "目指すまち"]),
        ("SDGsの17の目標", ["SDGsの", "17の", "目標"]),
        ("エネルギーをみんなに そしてクリーンに", None),
        ("気候変動に具体的な対策を", ["気候変動に", "具体的な", "対策を"]),
        ("働きがいも経済成長も", ["働きがいも", "経済成長も"]),
        ("貧困をなくそう", ["貧困を", "なくそう"]),
        ("清瀬ひまわりフェスティバル", ["清瀬ひまわり", "フェスティバル"]),
        ("SDGs人材育成越境学習プログラム", ["SDGs", "人材育成越境学習", "プログラム"]),
        ("SDGs in Kiyose City", ["SDGs in Kiyose City"]),
        ("", [""]),
    ],
)
def test_phrases(text, phrases):
    found = parse(text)
    assert "".join(found) == text
    if phrases is None:
        assert len(found) > 2
    else:
        assert list(found) == phrases


def test_a_label_may_stand_alone():
    assert parse("見本：市民人材バンクの計画")[0] == "見本："
    assert parse("午前10:30からの催し")[0].startswith("午前10:30")


@given(st.text(alphabet="見本：展示のSDGs2030年を <b>&;\"'wbr/、。ー々%.", max_size=60))
def test_nothing_is_lost_and_nothing_becomes_markup(text):
    shown = str(breakable(text))
    assert html.unescape(shown.replace("<wbr>", "")) == text
    assert "<" not in shown.replace("<wbr>", "")


def test_no_line_begins_with_a_stop_or_ends_with_a_bracket():
    assert "清瀬へ：" in parse("98の国と地域から清瀬へ：結核研究所の研修生")
    for text in ("「実質ゼロ」を、表明した日（2022年）です。", "市の「まちづくり」・・・とは？"):
        for before, after in pairwise(parse(text)):
            assert after[0] not in "」、）。・？", text
            assert before[-1] not in "「（", text


def render(text, language="ja", thing=None):
    with translation.override(language):
        return Template("{% load site_pages %}{{ text|phrases:thing }}").render(
            Context({"text": text, "thing": thing})
        )


def test_markup_in_a_title_stays_escaped():
    shown = render("見本：<b>太い</b>文字 & <script>の展示")
    assert "<b>" not in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown.replace("<wbr>", "")
    assert render("<b>Bold</b> & more", "en") == "&lt;b&gt;Bold&lt;/b&gt; &amp; more"


def test_only_japanese_is_parsed():
    title = "清瀬市のSDGsの取り組み"
    assert "<wbr>" in render(title)
    assert render("Projects of the city") == "Projects of the city"
    # The words of another language, whatever they look like.
    assert render(title, "en") == title
    # A Japanese page in an English frame, and the other way round.
    assert "<wbr>" in render(title, "en", {"lang": "ja"})
    assert render(title, "ja", {"lang": "zh-hans"}) == title


def test_interface_words_take_the_filter_too():
    template = Template("{% load site_pages %}{{ _('Skip to the content')|phrases }}")
    with translation.override("ja"):
        assert template.render(Context()).replace("<wbr>", "") == "本文へ移動"
