"""The page of an indicator: every figure, every goal, and the formula with its own numbers."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from kiyose.japanese.periods import Period
from kiyose.translation.factories import translate
from projects.factories import (
    IndicatorPageFactory,
    MeasurementFactory,
    PillarFactory,
    ProjectPageFactory,
    SourceFactory,
)
from projects.indicators import WayToGoal
from projects.models import (
    FormerMeasurement,
    IndicatorIndexPage,
    IndicatorProject,
    Measurement,
    ProjectIndexPage,
)
from projects.progress import Figure, Goal, Series
from tests.queries import assert_few, default_division
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db
# Every day in these tests is before or after this one by years.
TODAY = datetime.date(2026, 11, 24)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """An indicator with everything that one can have, in both languages, and one with little."""
    with django_db_blocker.unblock(), transaction.atomic():
        sections = in_two_languages()
        default_division()
        parent = sections[IndicatorIndexPage]
        source = SourceFactory(title="見本の提案書", short_title="提案書")
        pillar = PillarFactory(name="見本の柱")
        project = ProjectPageFactory(
            parent=sections[ProjectIndexPage],
            title="測られる取り組み",
            slug="measured",
        )
        publish(fresh(project))
        translate(fresh(project), words={"測られる取り組み": "A measured project"})
        full = IndicatorPageFactory(
            parent=parent,
            slug="full",
            title="見本の経済効果",
            unit="千円",
            goals={"FY2035": 500, "FY2040": 600},
            baseline=("2020-03-31", 400),
            explanation="何を数えるか。",
            method="どう数えるか。",
            limits="何が分からないか。",
            marks=("8.1", "17"),
            pillar=pillar,
            source=source,
            section="1.1(3)",
        )
        full.projects = [IndicatorProject(project=project)]
        full.save()
        publish(fresh(full))
        full = fresh(full)
        MeasurementFactory(indicator=full, period="FY2022", value=Decimal(410), source=source)
        MeasurementFactory(
            indicator=full,
            period="FY2024",
            value=Decimal("402.5"),
            status="provisional",
            source=source,
            section="2.1",
            note="見本：雨が多い年でした。",
            note_en="Sample: a rainy year.",
        )
        MeasurementFactory(indicator=full, period="FY2025", value=Decimal(999), live=False)
        words = {"見本の経済効果": "Sample economic effect", "千円": "thousand yen"}
        bare = IndicatorPageFactory(parent=parent, slug="bare", goals={"FY2035": 20})
        publish(fresh(bare))
        yield SimpleNamespace(
            full=full, english=translate(fresh(full), words=words), bare=fresh(bare), source=source
        )
        transaction.set_rollback(True)


def see(page, url="") -> BeautifulSoup:
    answer = Client().get(url or page.url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(element) -> str:
    return " ".join(element.text.split())


def rows_of(soup, heading) -> list[str]:
    return [words(row) for row in soup.select(f"section[aria-labelledby={heading}] tbody tr")]


def test_a_japanese_date_is_not_broken_by_a_line(site):
    whole = see(site.full).select_one(".now-and-then__words .whole")
    assert whole.text == "2036年3月31日(月)"
    assert not see(site.english).select(".now-and-then__words .whole"), "English breaks at spaces."


def test_a_due_goal_that_went_the_wrong_way_says_that_it_was_missed(site):
    page = fresh(site.full)
    page.goals = [page.goals.all()[0]]
    goal = page.goals.get_object_list()[0]
    goal.period, goal.value = "FY2024", Decimal(500)
    page.baseline_value = Decimal(450)
    publish_with_reason(page)
    said = words(see(site.english).select_one(".now-and-then__words"))
    assert said.startswith(
        "The goal of 500 thousand yen was due on 31 March 2025 (Mon) and was missed"
    )
    assert said.endswith("That is worse than the baseline of 450 thousand yen.")


# Figures


def test_every_public_figure_stands_in_the_table_newest_first(site):
    rows = rows_of(see(site.english), "figures-heading")
    assert [row.split(" thousand")[0].split()[-1] for row in rows] == ["402.5", "410", "400"]
    assert "provisional" in rows[0]
    assert "final" in rows[1]
    assert "Baseline" in rows[2]
    assert "2.1" in rows[0]
    assert "提案書" in rows[0]


def test_a_draft_is_nowhere(site):
    for page in (site.full, site.english):
        assert "999" not in see(page).find("main").text


def test_notes_are_in_the_readers_language_where_there_is_one(site):
    assert "Sample: a rainy year." in see(site.english).text
    assert "雨が多い" in see(site.full).text
    Measurement.objects.filter(note_en="Sample: a rainy year.").update(note_en="")
    note = see(site.english).select_one(".records__note")
    assert "雨が多い" in note.text
    assert note["lang"] == "ja"


def test_a_corrected_figure_keeps_its_former_value_with_its_days(site):
    figure = site.full.measurements.get(period="FY2022")
    FormerMeasurement.objects.create(
        measurement=figure,
        value=Decimal(415),
        status="provisional",
        published_at=timezone.make_aware(datetime.datetime(2023, 6, 1, 12)),
        replaced_at=timezone.make_aware(datetime.datetime(2023, 8, 3, 12)),
    )
    row = rows_of(see(site.english), "figures-heading")[1]
    assert "415 thousand yen (provisional), public from 1 June 2023 (Thu) to 3 August 2023" in row


def test_where_nothing_has_been_measured_the_page_says_so(site):
    soup = see(site.bare)
    assert soup.select_one(".state")["class"][-1] == "state--no-figure"
    assert soup.select_one(".empty")
    assert soup.select(".chart__mark--goal")


# Goals


def test_every_goal_has_its_due_date_and_its_state(site):
    rows = rows_of(see(site.english), "goals-heading")
    assert len(rows) == 2
    assert "500 thousand yen" in rows[0]
    assert "31 March 2036" in rows[0]
    assert "Behind" in rows[0]


def test_a_replaced_goal_stays_and_says_when(site):
    site.full.goals.filter(period="FY2035").update(replaced_on=datetime.date(2026, 4, 1))
    soup = see(site.full)
    row = soup.select_one(".records__replaced")
    assert row.find("s").text.startswith("500")
    assert "2026年4月1日" in row.text
    assert not row.select(".state")
    assert len(soup.select(".formula__way")) == 1


def publish_with_reason(page) -> None:
    page.response, page.response_on = "見本の理由", datetime.date(2026, 6, 1)
    publish(page)


def test_a_goal_that_was_missed_is_not_forgotten_when_the_next_one_counts(site):
    page = fresh(site.full)
    first = page.goals.get_object_list()[0]
    first.period, first.value = "FY2024", Decimal(450)
    publish_with_reason(page)
    soup = see(site.english)
    flag = words(soup.select_one(".page-head .flag:last-of-type"))
    assert "The goal for fiscal 2024 (April 2024 – March 2025) was missed" in flag
    assert (
        "The goal of 450 thousand yen was due on 31 March 2025 (Mon) and was missed:"
        " the figure was 402.5 thousand yen"
    ) in words(soup.select_one("[aria-labelledby=now-heading]"))
    card = see(None, "/en/sdgs/8/").select_one(".card--indicator:has(a[href$='/full/'])")
    assert "The goal for fiscal 2024" in words(card)
    Measurement.objects.filter(period="FY2024").delete()
    soup = see(site.english)
    assert "No figure for the goal for fiscal 2024" in words(soup.select_one(".page-head"))
    assert not see(site.bare).select(".page-head .flag")


def test_a_goal_that_was_reached_is_no_flag(site):
    page = fresh(site.full)
    first = page.goals.get_object_list()[0]
    first.period, first.value = "FY2024", Decimal(401)
    publish(page)
    assert "The goal for" not in words(see(site.english).select_one(".page-head"))


# The formula


def test_the_formula_stands_with_its_own_numbers(site):
    page = see(site.english)
    first = page.select_one(".formula__way")
    # From 31 March 2020 to 31 March 2025, and to 31 March 2036.
    assert words(first.select_one("[dir=ltr]")) == "400 + (500 − 400) × 1,826 ÷ 5,844 ≈ 431.2"
    assert "402.5 thousand yen for fiscal 2024" in words(first)
    assert "is lower than 431.2 thousand yen." in words(first)
    assert first.select_one(".state").text.strip() == "Behind"


def test_without_a_baseline_it_says_why_there_is_no_word_about_progress(site):
    soup = see(site.bare)
    assert not soup.select(".formula__way")
    assert soup.select_one(".formula p")
    assert not soup.select(".chart__way")


def way_of(baseline, goal, figure, period="FY2020", today=datetime.date(2021, 6, 1)) -> WayToGoal:
    """From a baseline in March 2020 to a goal ten years later, with one figure."""
    series = Series(
        better="higher",
        path_kind="target",
        baseline=Figure(Period(2020, 3, 31), Decimal(baseline)),
        goals=(Goal(Period.from_code("FY2029"), datetime.date(2030, 3, 31), Decimal(goal)),),
        figures=(Figure(Period.from_code(period), Decimal(figure)),),
    )
    return WayToGoal(series, series.main_progress(today))


def test_a_result_is_never_rounded_across_the_figure():
    way = way_of("0", "1000", "100")
    # 365 of 3652 days are 99.945…: not the 100 that whole numbers would make of it.
    assert way.progress.expected < 100
    assert way.expected < 100
    assert way.is_rounded
    assert [one.order for one in way.comparisons] == ["higher"]


@given(*[st.decimals(min_value=-5000, max_value=5000, places=4) for _ in range(3)])
@example(Decimal("0"), Decimal("20.0000"), Decimal("1.9989"))
def test_a_shown_result_stands_on_the_same_side_of_the_figure(baseline, goal, near):
    exact = baseline + (goal - baseline) * 365 / 3652
    for figure in (near, round(exact, 4), round(exact, 2)):
        way = way_of(baseline, goal, figure)
        assert (way.expected < figure) == (way.progress.expected < figure)
        assert (way.expected > figure) == (way.progress.expected > figure)


def test_where_worse_than_at_the_start_the_baseline_is_shown_too():
    """Else a goal that was missed by a little would read like one from which things go away."""
    way = way_of("50", "60", "49", period="FY2029", today=datetime.date(2030, 4, 1))
    assert [(one.kind, one.yardstick, one.order) for one in way.comparisons] == [
        ("due", 60, "lower"),
        ("baseline", 50, "lower"),
    ]


def test_a_goal_that_was_missed_the_wrong_way_is_said_to_be_missed(site):
    page = fresh(site.full)
    page.goals = [page.goals.all()[0]]
    goal = page.goals.get_object_list()[0]
    goal.period = "FY2024"
    publish(page)
    page.measurements.filter(period="FY2024").update(value=Decimal(390))
    soup = see(site.english)
    text = words(soup.select_one(".now-and-then__words"))
    assert text == (
        "The goal of 500 thousand yen was due on 31 March 2025 (Mon) and was missed: the figure "
        "was 390 thousand yen for fiscal 2024 (April 2024 – March 2025). That is worse than the "
        "baseline of 400 thousand yen."
    )
    formula = words(soup.select_one(".formula__way"))
    assert "is lower than 500 thousand yen." in formula
    assert "goes the wrong way" in formula
    assert "is lower than 400 thousand yen." in formula


def test_negative_numbers_stand_in_brackets(site):
    page = fresh(site.full)
    page.baseline_value = Decimal("-5")
    publish(page)
    assert "−5 + (500 − (−5)) ×" in see(site.full).select_one(".formula [dir=ltr]").text


def test_where_a_line_must_not_be_crossed_the_speed_is_shown(site):
    page = fresh(site.full)
    page.path_kind, page.baseline_period = "floor", "2020-03"
    page.baseline_value = Decimal("319.93")
    page.goals = [page.goals.all()[0]]
    goal = page.goals.get_object_list()[0]
    goal.period, goal.value = "2030", Decimal("299.93")
    goal.due = datetime.date(2030, 3, 31)
    publish(page)
    MeasurementFactory(indicator=page, period="2010", value=Decimal("345.11"))
    rows = rows_of(see(site.english), "speed-heading")
    assert rows[0].startswith("Before the baseline −2.5 thousand yen a year (319.93 − 345.11) ÷ 10")
    assert rows[1].startswith("Since the baseline")
    assert rows[2].startswith("What the goal for 2030 allows −2.0 thousand yen a year")
    assert not see(site.bare).select("[aria-labelledby=speed-heading]")
    # Until the end of 2030 there is more time: the speed is that of the line in the chart.
    fresh(site.english).goals.update(due=None)
    row = rows_of(see(site.english), "speed-heading")[2]
    assert row.startswith("What the goal for 2030 allows −1.9 thousand yen")


# Reason


def test_a_missing_reason_is_said_honestly(site):
    reason = see(site.english).select_one("[aria-labelledby=reason-heading]")
    assert "has not published one yet" in reason.text
    assert not see(site.bare).select("[aria-labelledby=reason-heading]")


def test_the_reason_stands_with_its_day(site):
    page = fresh(site.full)
    page.response, page.response_on = "見本：雨のためです。", datetime.date(2026, 6, 1)
    publish(page)
    reason = see(site.full).select_one("[aria-labelledby=reason-heading]").text
    assert "雨のため" in reason
    assert "2026年6月1日" in reason


# Around it


def test_facts_at_a_glance(site):
    facts = words(see(site.english).select_one(".facts"))
    for expected in ("見本の柱", "The higher the better", "every 12 months", "1.1(3)"):
        assert expected in facts
    link = see(site.english).select_one(".facts__links a")
    assert (link.text, link["href"]) == ("A measured project", "/en/projects/measured/")


def test_a_project_that_is_not_public_is_not_named(site):
    project = site.full.projects.get().project
    fresh(project).unpublish()
    for page in (site.full, site.english):
        assert not see(page).select(".facts__links a")


def test_an_old_figure_is_flagged(site):
    assert see(site.full).select_one(".page-head .flag")
    page = fresh(site.full)
    page.rhythm_months = 120
    publish(page)
    assert not see(site.full).select(".flag")


def test_words_explanation_method_limits_and_open_data(site):
    soup = see(site.full)
    for text in ("何を数えるか。", "どう数えるか。", "何が分からないか。"):
        assert text in soup.text
    assert soup.select_one("a[href='/opendata/indicators.csv']")


def test_facts_are_the_same_in_english(site):
    figures = {
        page: [bdi.contents[0].strip() for bdi in see(page).select(".records .amount")]
        for page in (site.full, site.english)
    }
    assert figures[site.full] == figures[site.english]
    MeasurementFactory(indicator=site.full, period="FY2019", value=Decimal("123.45"))
    assert "123.45 thousand yen" in words(see(site.english))


def test_the_preview_shows_unsaved_changes(site):
    page = fresh(site.full)
    goals = page.goals.get_object_list()
    goals[0].value = Decimal(777)
    page.projects = []
    page.response = "まだ保存していない理由"
    soup = BeautifulSoup(page.make_preview_request().render().content, "html.parser")
    assert "777" in soup.select_one("[aria-labelledby=goals-heading]").text
    assert "777" in soup.select_one(".chart").text
    assert "まだ保存していない理由" in soup.text
    assert not soup.select(".facts__links a")
    assert "402.5" in soup.text
    assert "999" not in soup.text


# The card


def test_the_card_says_in_words_what_its_chart_shows(site):
    card = see(None, "/en/sdgs/8/").select_one(".card--indicator:has(a[href$='/full/'])")
    assert "402.5 thousand yen" in words(card)
    assert "500 thousand yen by 31 March 2036" in words(card)
    assert card.select_one(".state").text.strip() == "Behind"
    assert card.select_one("svg.chart-small")["aria-hidden"] == "true"
    assert card.select(".card__marks li")
    assert len(card.select("a")) == 1
    assert [dd.text for dd in card.select(".brief__sources dd")] == ["提案書", "見本の資料"]


def test_the_goal_says_which_documents_its_states_follow_from(site):
    sources = see(None, "/en/sdgs/8/").select("[aria-labelledby=indicators-heading] dd")
    assert {source.text for source in sources} == {"提案書", "見本の資料"}
    assert not see(None, "/en/sdgs/14/").select("[aria-labelledby=indicators-heading] dd")


# Queries


def test_few_queries_in_both_languages(site):
    for page in (site.full, site.english, site.bare):
        assert_few(page.url)
    assert_few(site.bare.url.replace("/ja/", "/en/", 1))
