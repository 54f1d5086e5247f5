"""Ruby in HTML: over text only, and not one other byte of the page changes."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiyose.japanese.furigana.markup import TOGETHER, changes, with_ruby
from kiyose.japanese.furigana.reading import read

from .reading_aloud import CITY, marked, plain


def furigana(html: str) -> str:
    return with_ruby(html, changes(html, lambda text: read(text, CITY)))


def short(html: str) -> str:
    """The page with ruby written short: 市(し)."""
    html = re.sub(f"</?{TOGETHER}>", "", furigana(html))
    return re.sub(RUBY, r"\1(\2)", html)


RUBY = r"<ruby>([^<]*)<rp>（</rp><rt>([^<]*)</rt><rp>）</rp></ruby>"


def without(html: str) -> str:
    """The page with all that furigana have put in taken out again."""
    return re.sub(RUBY, r"\1", re.sub(f"</?{TOGETHER}>", "", html))


ALONE = [
    "<title>清瀬</title>",
    "<head><meta content='清瀬'><style>p::after { content: '清瀬' }</style></head>",
    '<script type="application/ld+json">{"name": "清瀬市"}</script>',
    "<script>const city = '<p>清瀬</p>'</script>",
    "<ruby>清瀬<rp>（</rp><rt>きよせ</rt><rp>）</rp></ruby>",
    "<pre>清瀬</pre><code>清瀬</code><kbd>清瀬</kbd>",
    "<textarea>清瀬</textarea><select><option>清瀬</option></select>",
    '<input value="清瀬" placeholder="清瀬"><img alt="清瀬" title="清瀬">',
    '<p lang="en">清瀬 in Kanji</p><p lang="zh">清瀬</p>',
    "<svg><title>清瀬</title><text>清瀬</text><path d='M0 0'/></svg>",
    "<!-- 清瀬 --><!DOCTYPE html><template>清瀬</template>",
    '<span class="sr">清瀬</span>',
    "<p>きよせ KIYOSE 2026 ＳＤＧｓ</p>",
    '<ruby>清瀬<rt>きよせ</ruby><svg lang="ja"><text>清瀬</text></svg>',
]


@pytest.mark.parametrize("html", ALONE)
def test_what_is_left_alone(html):
    assert furigana(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>清瀬<wbr>ひまわり</h1>", "<h1>清瀬(きよせ)<wbr>ひまわり</h1>"),
        ("<h2>取り<wbr>扱い</h2>", "<h2>取(と)り<wbr>扱(あつか)い</h2>"),
        ("<p>下<b>宿</b>で</p>", "<p>下<b>宿</b>で</p>"),  # not げ and やど
        ("<b>12</b>分", "<b>12</b>分(ふん)"),
        ("<b>3</b>日", "<b>3</b>日"),  # みっか belongs to both
        ("<p>市 &amp; &#24066; 市</p>", "<p>市(し) &amp; &#24066; 市(し)</p>"),
        ("<button>送信</button>", "<button>送信(そうしん)</button>"),
        ("<label>名前 <input></label>", "<label>名前(なまえ) <input></label>"),
        (
            '<p lang="en">City <i lang="ja">市</i></p>',
            '<p lang="en">City <i lang="ja">市(し)</i></p>',
        ),
        ("<ruby>市<rt>し</rt></ruby>と市", "<ruby>市<rt>し</rt></ruby>と市(し)"),
        ("<p>3 < 5の市<br/>町</p>", "<p>3 < 5の市(し)<br/>町(まち)</p>"),
        ("<td>梅園\n   二丁目", "<td>梅園(うめぞの)\n   二丁目(にちょうめ)"),
    ],
)
def test_what_gets_furigana(html, expected):
    assert short(html) == expected


def test_a_text_stays_one_child_of_its_element():
    """In a flex box every ruby would else be a child of its own, with gaps between."""
    html = "<h2>市が<wbr>取り組む<b>17の目標</b></h2><dt>担当課</dt>"
    found = furigana(html)
    assert found.startswith(f"<h2><{TOGETHER}>")
    assert f"</{TOGETHER}><b><{TOGETHER}>17の" in found
    assert "<dt><ruby>" in found  # one word is one child anyway


BITS = st.sampled_from([
    *(html for html in ALONE if "<ruby>" not in html),
    *("清瀬", "取り扱い", "3日", "市", "葛󠄀", "𠮷", "<p>", "</p>", "<b>", "</b>", "<br>", "<wbr>"),
    *("<", ">", "&", "&amp;", "&nbsp;", "\n", " ", "\r\n", "\t", "<p class='x'", '"', "<!--"),
])  # fmt: skip


@given(st.lists(BITS, max_size=25).map("".join))
def test_nothing_is_lost_whatever_the_page_is(html):
    assert without(furigana(html)) == html


NUMBERS = st.text(
    "0123456789０１２,.，．百千万一二三十何数第約日月年人分回階つ目の間前～・(（土）) 　",
    max_size=60,
)


@given(st.text(max_size=200) | NUMBERS)
def test_any_text(text):
    for word in read(text, CITY):
        assert word.surface == text[word.start : word.end]
        assert not any(char.isdecimal() for char in word.reading)


@pytest.mark.parametrize(
    "expected",
    [
        "",
        " 　\n",
        "（＊〜）！？…「」＆#%￥",
        "１２３，４５６",
        "9" * 10_000,
        "1,,2.3.万(まん)円(えん)",
        "々〆〇",
        "\u0000漢字(かんじ)\ufffd",
        "🏯🎋",
    ],
)
def test_symbols_are_not_read(expected):
    assert marked(plain(expected)) == expected


def seconds(characters: int) -> float:
    html = f"<p>{'清瀬市の取り組みは、令和8年度も続きます。' * (characters // 21)}</p>"
    took = []
    for _turn in range(3):
        began = time.process_time()
        found = furigana(html)
        took.append(time.process_time() - began)
    assert without(found) == html
    return min(took)


def test_a_hundred_thousand_characters_take_ten_times_as_long_as_ten_thousand():
    assert seconds(100_000) < 25 * seconds(10_000)


def test_reading_costs_little_more_than_sudachi_itself():
    """About 1 ms of Sudachi for 1,000 characters; in all it may be 3 ms (docs/furigana.md)."""
    from kiyose.japanese.sudachi import tokenizer

    text = "清瀬市の取り組みは、11月3日(火・祝)も続きます。中里の会場へ来てください。" * 100

    def fastest(work) -> float:
        took = []
        for _turn in range(5):
            began = time.process_time()
            work()
            took.append(time.process_time() - began)
        return min(took)

    alone = fastest(lambda: [morpheme.reading_form() for morpheme in tokenizer().tokenize(text)])
    assert fastest(lambda: read(text, CITY)) < 4 * alone
