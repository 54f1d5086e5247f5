"""Markup that volunteers keep as [1]…[/1], and what a string may be made of."""

from __future__ import annotations

import pytest
from django.core.validators import MaxLengthValidator
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from kiyose.translation.exchange.checks import checked
from kiyose.translation.exchange.limits import Limits, limits_of
from kiyose.translation.exchange.marks import Marks
from kiyose.translation.exchange.markup import MarkupError, put_together, take_apart

LINKED = '詳しくは<a id="a1">申請の<b>手引き</b></a>へ。'


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


# What is shown, and what comes back


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("ただの文です。", "ただの文です。"),
        (LINKED, "詳しくは[1]申請の[2]手引き[/2][/1]へ。"),
        ("一行目<br/>二行目", "一行目\n二行目"),
        ("A &amp; B &lt; C", "A & B < C"),
        # [1] stands in the words already, so the link is the second.
        ('注[1]は<a id="a1">別の紙</a>に', "注[1]は[2]別の紙[/2]に"),
        ("<b>太</b>と<b>字</b>", "[1]太[/1]と[2]字[/2]"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_sentence_is_shown_with_numbers_and_comes_back(data, shown):
    marks = Marks(data)
    assert marks.source_text == shown
    assert marks.data(shown) == data


@pytest.mark.parametrize(
    "typed",
    [
        "See the [1]application [2]guide[/2][/1].",
        "See the ［１］application 【2】guide【/2】［／１］.",
        "See the [ 1 ]application [٢]guide[/٢][/1].",
        "  See the [1]application [2]guide[/2][/1].  ",
    ],
)
def test_marks_are_understood_from_any_keyboard(typed):
    said = Marks(LINKED).data(typed)
    assert said == 'See the <a id="a1">application <b>guide</b></a>.'


def test_marks_may_change_their_order():
    said = Marks('<a id="a1">甲</a>と<a id="a2">乙</a>').data("[2]B[/2] and [1]A[/1]")
    assert said == '<a id="a2">B</a> and <a id="a1">A</a>'


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("See the guide.", ["[1]…[/1] is missing", "[2]…[/2] is missing"]),
        ("See the [1]guide[/1].", ["[2]…[/2] is missing"]),
        ("See [1]the [2]guide[/2].", ["[/1] is missing"]),
        ("See [1]the [2]guide[/1][/2].", ["[/1] stands in the wrong place"]),
        ("See [/1]the[1] [2]guide[/2].", ["[/1] stands in the wrong place", "[/1] is missing"]),
        ("[1]a[/1] [1]b[/1] [2]c[/2]", ["[1] is there twice"]),
        ("[1]a [2]b[/2][/1] [3]c[/3]", ["has no mark [3]"]),
    ],
)
def test_marks_that_are_not_those_of_the_sentence_are_named(typed, told):
    with pytest.raises(MarkupError) as error:
        Marks(LINKED).data(typed)
    for message in told:
        assert any(message in said for said in error.value.messages), error.value.messages


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<a id="a1" onclick="alert(1)">x</a>',
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "&lt;b&gt;",
    ],
)
def test_markup_that_is_typed_is_text(typed):
    said = Marks("文です。").data(typed)
    assert "<" not in said
    assert StringValue(said).render_text() == typed


# Any sentence there can be

texts = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"], include_characters=" "),
    min_size=1,
    max_size=12,
)


def strings(depth: int = 2):
    """Strings of wagtail-localize: text, line breaks, and tags within tags."""
    plain = texts.map(lambda text: StringValue.from_plaintext(text).data)
    pieces = st.one_of(plain, st.just("<br/>"))
    if depth:
        tags = st.sampled_from([("<b>", "</b>"), ("<i>", "</i>"), ("<a>", "</a>")])
        within = st.tuples(tags, strings(depth - 1)).map(lambda t: f"{t[0][0]}{t[1]}{t[0][1]}")
        pieces = st.one_of(pieces, within)
    return st.lists(pieces, min_size=1, max_size=4).map("".join)


@given(strings())
@settings(max_examples=150, deadline=None)
def test_whatever_goes_out_comes_back(data):
    # Links get their ids, and text its edges, as when wagtail-localize extracts it.
    count = iter(range(1, 1000))
    while "<a>" in data:
        data = data.replace("<a>", f'<a id="a{next(count)}">', 1)
    data = put_together(take_apart(data))
    marks = Marks(data)
    shown = marks.source_text
    if shown != "\n".join(line.strip() for line in shown.split("\n")).strip():
        return  # spaces at the ends of lines are not kept
    assert marks.data(shown) == data


# PO: the markup itself


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("<script>alert(1)</script>", "<script> must not be in a translation"),
        ('<a id="a1" onclick="x()">x</a>', "<a> must not have attributes"),
        ('<a id="a1" href="javascript:x">x</a>', "<a> must not have attributes"),
        ("<b>x", "<b> is not closed"),
        ('<b><a id="a1">x</b></a>', "</b> closes nothing"),
        ("<p>x</p>", "<p> must not be"),
        ("x <!-- y -->", "neither text nor a tag"),
        ("x <![y]", "neither text nor a tag"),
        ("no link", '<a id="a1"> is missing'),
        ('<a id="a1">x</a> <a id="a2">y</a>', 'has no link <a id="a2">'),
        ('<a id="a1">x</a> <a id="a1">y</a>', '<a id="a1"> is there twice'),
        ("<a>x</a>", '<a id="a1"> is missing'),
        ("", "There is no text"),
        ('<a id="a1">x</a>\x07', "control characters"),
        ('<a id="a1">{nama}</a>', "placeholder {name} is missing"),
        ('<a id="a1">{name} {other}</a>', "has no placeholder {other}"),
        ('<a id="a1">{name}<br/>x</a>', "one line"),
        (f'<a id="a1">{{name}} {"x" * 30}</a>', "30"),
    ],
)
def test_what_is_wrong_with_a_string_is_said(data, told):
    source = '<a id="a1">{name}</a>'
    limits = Limits((MaxLengthValidator(30),), is_one_line=True)
    with pytest.raises(MarkupError) as error:
        checked(source, data, limits)
    assert any(told in message for message in error.value.messages), error.value.messages


def test_a_right_string_is_written_as_wagtail_localize_does():
    said = checked("5 &lt; 10<br/>2 行", 'A < "B" & C<br>two', Limits())
    assert said == 'A &lt; "B" &amp; C<br/>two'


@pytest.mark.parametrize(
    ("path", "one_line", "longest"),
    [
        ("title", True, 255),
        ("summary", False, None),
        ("body.heading", True, None),
        ("body.paragraph", False, None),
        ("body.steps.item.title", True, 80),
        ("figures.explanation", None, None),
        ("nowhere.at.all", False, None),
    ],
)
def test_a_field_says_what_it_takes(path, one_line, longest):
    from projects.models import ProjectPage

    limits = limits_of(ProjectPage, path)
    assert one_line is None or limits.is_one_line == one_line
    found = [v.limit_value for v in limits.validators if isinstance(v, MaxLengthValidator)]
    assert longest is None or longest in found
