"""The finder of left Japanese finds what is planted, and only that."""

from __future__ import annotations

import pytest

from .japanese_left import japanese_left


def page(head: str = "", body: str = "") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("html", "place", "words"),
    [
        (page("<title>Carrots 人参</title>"), "title", "人参"),
        (
            page('<meta name="description" content="にんじん">'),
            "meta#description [content]",
            "にんじん",
        ),
        (
            page('<meta property="og:title" content="ニンジン">'),
            "meta#og:title [content]",
            "ニンジン",
        ),
        (
            page(r'<script type="application/ld+json">{"name": "\u4eba\u53c2"}</script>'),
            "script",
            "人参",
        ),
        (page(body="<main><p>A city of 74,972。</p></main>"), "main > p", "。"),
        (page(body="<p>About 36％</p>"), "p", "％"),
        (page(body="<p>Carrots・corn</p>"), "p", "・"),
        (page(body="<p>Half-width ﾆﾝｼﾞﾝ</p>"), "p", "ﾆﾝｼﾞﾝ"),
        (page(body='<img src="a.svg" alt="人参の畑">'), "img [alt]", "人参の畑"),
        (page(body='<a href="/" title="人参">Carrots</a>'), "a [title]", "人参"),
        (page(body='<nav aria-label="人参"></nav>'), "nav [aria-label]", "人参"),
        (page(body='<input placeholder="人参">'), "input [placeholder]", "人参"),
        (page(body='<input value="人参" name="q">'), "input#q [value]", "人参"),
        (page(body='<ul class="cards 人参"></ul>'), "[class]", "人参"),
        (page(body='<p lang="ja">人参は<i lang="en">carrots 大根</i></p>'), "p > i", "大根"),
        (page(body='<p lang="ja">人参</p><p>after 大根</p>'), "body > p", "大根"),
    ],
)
def test_planted_japanese_is_found(html, place, words):
    (found,) = japanese_left(html)
    assert place in found
    assert words in found


@pytest.mark.parametrize(
    "html",
    [
        page("<title>Carrots</title>", "<p>Café – “10 ×” … 36 %, ¥1,000</p><!-- 人参 -->"),
        page(body='<a hreflang="ja" lang="ja" title="日本語で読む">日本語</a>'),
        page(body='<section lang="ja-JP"><h2>人参</h2><img alt="畑" src="a.svg"></section>'),
    ],
)
def test_what_is_marked_or_not_japanese_is_left_alone(html):
    assert japanese_left(html) == []


def test_the_message_shows_what_stands_around_and_not_all():
    (found,) = japanese_left(page(body=f"<p>{'far ' * 50}near 人参 {'far ' * 50}</p>"))
    assert "near 人参" in found
    assert len(found) < 150
