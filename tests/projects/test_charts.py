"""Charts: everything inside the box, no label on another, drawn once for one content."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kiyose.japanese.periods import Period
from projects import charts, drawings
from projects.charts import NARROW, SMALL, WIDE, Mark
from projects.models import IndicatorPage
from projects.progress import Figure, Goal, Series

# Only because a page in memory looks for its content type.
pytestmark = pytest.mark.django_db
FORMS = pytest.mark.parametrize("form", [WIDE, NARROW, SMALL], ids=lambda form: form.name)
TODAY = datetime.date(2026, 11, 24)


def mark(kind, day, value, label="", rank=0):
    return Mark(kind, datetime.date.fromisoformat(day), Decimal(value), label, rank)


def figure(code, value, *, provisional=False):
    return Figure(Period.from_code(code), Decimal(value), provisional)


def goal(code, value, replaced_on=None):
    period = Period.from_code(code)
    return Goal(period, period.end, Decimal(value), replaced_on)


def assert_sound(chart):
    """Every point within the drawing, every label whole, on no mark and on no other label."""
    box = charts.Box(0, 0, chart.form.width, chart.form.height)
    points = [*((one.x, one.y) for one in chart.marks), *chart.trail]
    points += [point for way in chart.ways for point in ((way.x1, way.y1), (way.x2, way.y2))]
    points += [(tick.at, chart.plot.bottom) for tick in chart.year_ticks]
    points += [(chart.plot.left, tick.at) for tick in chart.value_ticks]
    assert all(box.holds(*point) for point in points)
    taken = [charts._around(one) for one in chart.marks]
    for label in chart.labels:
        assert label.box.is_inside(box), label
        assert not any(label.box.overlaps(other) for other in taken), label
        taken.append(label.box)


values = st.decimals(min_value=-(10**13), max_value=10**13, places=4)
marks_strategy = st.lists(
    st.builds(
        Mark,
        kind=st.sampled_from(list(drawings.KINDS)),
        day=st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31)),
        value=values,
        label=st.sampled_from(["", "目標 608,000", "Baseline 432,000"]),
        rank=st.integers(0, 4),
    ),
    min_size=1,
    max_size=12,
)


@given(marks=marks_strategy, mirrored=st.booleans(), form=st.sampled_from([WIDE, NARROW, SMALL]))
@settings(max_examples=80, deadline=None)
def test_whatever_is_measured_stays_inside(marks, mirrored, form):
    ways = [(marks[0], marks[-1])]
    assert_sound(charts.lay_out(marks, trail=marks, ways=ways, form=form, is_mirrored=mirrored))


@given(st.lists(values, min_size=1, max_size=8), st.integers(3, 6))
@settings(max_examples=200, deadline=None)
def test_ticks_are_round_even_and_around_all_values(numbers, most):
    ticks = charts.value_ticks(numbers, most)
    assert ticks[0] <= min(numbers)
    assert max(numbers) <= ticks[-1]
    assert 2 <= len(ticks) <= most + 2
    assert len({after - before for before, after in itertools.pairwise(ticks)}) == 1
    step = (ticks[1] - ticks[0]).normalize()
    assert step.scaleb(-step.adjusted()) in (1, 2, Decimal("2.5"), 5)


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        (["480000", "608000"], ["450,000", "500,000", "550,000", "600,000", "650,000"]),
        (["0", "45"], ["0", "10", "20", "30", "40", "50"]),
        (["-42.9", "0"], ["−50", "−40", "−30", "−20", "−10", "0"]),
        (["1"], ["0", "1"]),
        (["0"], ["0", "1"]),
        (["-28.6"], ["−30", "−20", "−10", "0"]),
        (["7", "7"], ["0", "2", "4", "6", "8"]),
    ],
)
def test_ticks_as_a_person_would_write_them(numbers, ticks):
    found = charts.value_ticks([Decimal(number) for number in numbers], 5)
    assert [charts.plain_number(value) for value in found] == ticks


@FORMS
def test_forty_measurements(form):
    marks = [mark("final", f"{1985 + n}-03-31", str(n * 7 % 13), str(n)) for n in range(40)]
    chart = charts.lay_out(marks, trail=marks, form=form, year_text="{}年度".format)
    assert_sound(chart)
    assert len(chart.marks) == 40
    if form.letters:
        assert 2 <= len(chart.year_ticks) <= 12


@FORMS
def test_one_figure_alone(form):
    chart = charts.lay_out([mark("final", "2025-03-31", "12", "12")], form=form)
    assert_sound(chart)
    assert [label.text for label in chart.labels] == (["12"] if form.letters else [])


def test_equal_values_are_a_level_line():
    marks = [mark("final", f"20{n}-03-31", "5") for n in (22, 23, 24)]
    chart = charts.lay_out(marks, trail=marks)
    assert len({y for _x, y in chart.trail}) == 1


def test_the_years_of_the_goals_are_named_where_there_is_room():
    marks = [mark("baseline", "2019-08-31", "1"), mark("goal", "2031-03-31", "3")]
    marks.append(mark("goal", "2026-03-31", "2"))
    chart = charts.lay_out(marks, year_text="{}年度".format)
    assert {"2025年度", "2030年度"} <= {tick.text for tick in chart.year_ticks}


def test_a_scale_that_does_not_begin_at_zero_says_so():
    near = [mark("final", "2024-03-31", "432000"), mark("goal", "2026-03-31", "476000")]
    assert not charts.lay_out(near).starts_at_zero
    far = [mark("final", "2024-03-31", "12"), mark("goal", "2026-03-31", "48")]
    assert charts.lay_out(far).starts_at_zero


def test_right_to_left_is_the_same_drawing_in_a_mirror():
    marks = [mark("baseline", "2019-08-31", "1", "B"), mark("goal", "2031-03-31", "3", "G")]
    one = charts.lay_out(marks, trail=marks)
    other = charts.lay_out(marks, trail=marks, is_mirrored=True)
    assert_sound(other)
    assert one.marks[0].x < one.marks[1].x
    assert other.marks[0].x > other.marks[1].x
    for left, right in zip(one.marks, other.marks, strict=True):
        assert left.x + right.x == pytest.approx(WIDE.width)
        assert left.y == right.y
    assert one.values_x < one.plot.left
    assert other.values_x > other.plot.right
    # SVG's anchors follow the direction by themselves.
    assert [label.anchor for label in one.labels] == [label.anchor for label in other.labels]


# As SVG


SERIES = Series(
    better="higher",
    path_kind="target",
    baseline=figure("2019-08", "432000"),
    goals=(goal("FY2025", "476000"), goal("FY2030", "608000")),
    figures=(figure("FY2023", "451000"), figure("FY2024", "455500", provisional=True)),
)


def drawn(series=SERIES, language="en", today=TODAY, **values):
    page = IndicatorPage(**{"title": "見本の指標", "unit": "千円", **values})
    page.language = "ja"
    with translation.override(language):
        return BeautifulSoup(drawings.draw(page, series, today), "html.parser")


def changed(**values):
    return Series(**{**SERIES.__dict__, **values})


def test_it_is_a_picture_with_a_name_and_a_description_in_words():
    for svg in drawn().select("svg.chart__drawing"):
        assert svg["role"] == "img"
        title, desc = (svg.find(id=one) for one in svg["aria-labelledby"].split())
        assert title.text == "見本の指標 (千円)"
        assert title["lang"] == "ja"
        assert "The baseline is 432,000 for August 2019." in desc.text
        assert "The newest is 455,500 for fiscal 2024" in desc.text
        assert "provisional" in desc.text
        assert "608,000 by 31 March 2031" in desc.text


def test_every_kind_has_a_shape_of_its_own_and_a_word():
    outlines = {kind: shape for kind, (shape, _word) in drawings.KINDS.items()}
    # The two circles differ in being filled, and the provisional one says so beside it.
    assert len(set(outlines.values())) == len(outlines) - 1
    assert "455,500 provisional" in drawn().text
    legend = drawn().select_one(".legend").text
    for word in ("Baseline", "Figure (final)", "Figure (provisional)", "Goal", "Way to a goal"):
        assert word in legend


def test_no_style_and_no_script_that_the_policy_would_refuse():
    soup = drawn()
    assert not soup.select("[style], script, style, [onclick]")


def test_the_way_leads_to_each_goal_in_force_and_to_no_other():
    assert len(drawn().select(".chart__drawing--wide .chart__way")) == 2
    replaced = goal("FY2025", "476000", replaced_on=datetime.date(2026, 4, 1))
    soup = drawn(changed(goals=(replaced, goal("FY2030", "608000"))))
    assert len(soup.select(".chart__drawing--wide .chart__way")) == 1
    assert len(soup.select(".chart__drawing--wide .chart__mark--former-goal")) == 1
    assert "former goal 476,000" in soup.text
    assert not drawn(changed(baseline=None)).select(".chart__way")


def test_goals_without_any_figure_are_drawn():
    soup = drawn(changed(baseline=None, figures=()))
    assert len(soup.select(".chart__drawing--narrow .chart__mark--goal")) == 2
    assert "There is no figure yet." in soup.text


def test_a_second_drawing_comes_from_the_cache(monkeypatch):
    first = drawn()
    monkeypatch.setattr(drawings.charts, "lay_out", lambda *_args, **_kwargs: pytest.fail("again"))
    assert drawn() == first


@pytest.mark.parametrize(
    "change",
    [
        {"figures": (*SERIES.figures[:1], figure("FY2024", "455501", provisional=True))},
        {"figures": (*SERIES.figures[:1], figure("FY2024", "455500"))},
        {"goals": SERIES.goals[:1]},
        {"baseline": figure("2019-08", "432001")},
    ],
    ids=["value", "status", "goals", "baseline"],
)
def test_a_changed_figure_is_another_drawing(change):
    assert drawn() != drawn(changed(**change))


def test_language_direction_and_unit_are_part_of_what_is_kept():
    shown = {str(drawn()), str(drawn(language="ja")), str(drawn(unit="万円"))}
    assert len(shown) == 3


def test_a_long_unit_is_written_closer_where_it_would_not_fit():
    """As long as the field allows: on a phone it would be cut off."""
    long, short = drawn(unit="人" * 30), drawn(unit="人口10万人当たり")
    of = ".chart__drawing--{} .chart__names text"
    narrow, wide = (long.select_one(of.format(name)) for name in ("narrow", "wide"))
    assert narrow["textlength"] == str(NARROW.width - 2)
    assert "textlength" not in wide.attrs
    assert "textlength" not in short.select_one(of.format("narrow")).attrs


def test_in_a_right_to_left_language_time_runs_to_the_left():
    soup = drawn(language="ar")
    wide = soup.select_one(".chart__drawing--wide")
    assert wide["direction"] == "rtl"
    places = {
        kind: float(wide.select(f".chart__mark--{kind}")[-1]["transform"][10:].split()[0])
        for kind in ("baseline", "goal")
    }
    assert places["goal"] < places["baseline"]


def test_numbers_of_coordinates_never_follow_a_languages_comma():
    wide = drawn(language="de").select_one(".chart__drawing--wide .chart__mark")
    assert "," not in wide["transform"]


def test_on_a_card_it_is_hidden_from_screen_readers_and_without_words():
    with translation.override("ja"):
        soup = BeautifulSoup(drawings.draw_small(SERIES, TODAY), "html.parser")
    assert soup.svg["aria-hidden"] == "true"
    assert soup.text.strip() == ""
    # The newest figure only: forty circles would be a blot.
    assert len(soup.select(".chart__mark--final, .chart__mark--provisional")) == 1


def test_the_cache_may_be_empty_again():
    first = drawn()
    cache.clear()
    assert drawn() == first
