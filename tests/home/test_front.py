"""The front page: what it counts, in which order, and in which words."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext, ngettext

from home.front import Front
from home.models import ArticlePage, HomePage
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory, PillarFactory
from projects.models import IndicatorPage, ProjectPage
from tests.editor import text_of
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db


def project(slug, **values):
    page = make_page(ProjectPage, slug=slug)
    for name, value in values.items():
        setattr(page, name, value)
    publish(page)
    return fresh(page)


@pytest.fixture
def front(world, client):
    """The front page as the template has it, in a language."""

    def ask(language="ja") -> Front:
        answer = client.get(f"/{language}/")
        assert answer.status_code == 200
        return answer.context["front"]

    return ask


def counts(front) -> dict[str, int]:
    return {pillar.key: pillar.project_count for pillar in front.pillars}


def test_pillars_count_what_the_public_may_see(front):
    pillar = PillarFactory(key="economy")
    first = project("first", pillar=pillar, stage="running")
    project("second", pillar=pillar, stage="planned")
    assert counts(front())["economy"] == 2
    translate(first)
    assert counts(front("en"))["economy"] == 2, "A translation is no second project."
    fresh(first).unpublish()
    assert counts(front())["economy"] == 1


def test_a_pillar_without_projects_says_so(front, client):
    PillarFactory(key="empty", short_name="見本の柱")
    assert counts(front())["empty"] == 0
    assert "見本の柱" in text_of(client.get("/ja/"))


def test_running_projects_are_counted_beyond_those_shown(front):
    before = front().running_count
    for number in range(8):
        project(f"running-{number}", stage="running")
    project("planned", stage="planned")
    assert front().running_count == before + 8
    assert front("en").running_count == before + 8


def test_what_runs_comes_before_plans_and_thoughts(front):
    project("thought", stage="considered")
    project("plan", stage="planned")
    project("runs", stage="running")
    stages = [card.stage for card in front().projects]
    assert stages == sorted(stages, key=["running", "planned", "considered"].index)


def test_each_card_is_in_the_visitors_language_where_there_is_one(front):
    for page in ProjectPage.objects.all():
        page.unpublish()
    project("only-japanese", title="日本語だけ", stage="running")
    page = project("in-both", title="両方", stage="running")
    translate(page, words={"両方": "In both"})
    assert {card.title for card in front("en").projects} == {"日本語だけ", "In both"}
    assert {card.title for card in front().projects} == {"日本語だけ", "両方"}
    assert {card.language for card in front("en").projects} == {"ja", "en"}


def test_the_newest_article_comes_first(front):
    dates = [article.date for article in front().articles]
    assert dates == sorted(dates, reverse=True)


def test_a_city_that_has_nothing_yet(front, client):
    for model in (ProjectPage, ArticlePage):
        for page in model.objects.all():
            page.unpublish()
    found = front()
    assert found.projects == found.articles == []
    assert found.running_count == 0
    assert HomePage.objects.exists()


# How the indicators stand


@pytest.fixture
def indicators(world):
    """Two without a figure, and nothing else that is counted."""
    for page in IndicatorPage.objects.live():
        page.unpublish()
    rows = []
    for slug in ("first", "second"):
        page = IndicatorPageFactory(
            parent=fresh(world.site.indicators), slug=slug, goals={"FY2090": 100}
        )
        publish(fresh(page))
        rows.append(fresh(page))
    return rows


def states(front) -> dict[str, int]:
    return {state.value: count for state, count in front.indicators.occurring}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_indicators_are_counted_by_their_states(front, client, indicators, language):
    assert states(front(language)) == {"no-figure": 2}
    translate(indicators[0])
    figure = MeasurementFactory(indicator=indicators[0], period="FY2020", value=100, live=False)
    assert states(front(language)) == {"no-figure": 2}, "A draft is no figure."
    figure.save_revision().publish()
    assert states(front(language)) == {"reached": 1, "no-figure": 1}
    text = text_of(client.get(f"/{language}/"))
    assert f"/{language}/indicators/?state=reached#results" in text
    assert "state=behind" not in text
    with translation.override(language):
        words = ngettext("of %(counter)s indicator", "of %(counter)s indicators", 2)
    assert words % {"counter": 2} in text


def test_the_documents_that_the_states_follow_from_are_named(client, indicators):
    """Also that they are samples: each goal of these has a source of its own."""
    goal = indicators[0].goals.get()
    figure = MeasurementFactory(indicator=indicators[0], period="FY2020", value=100)
    type(figure.source).objects.filter(pk=figure.source_id).update(title="見本の資料")
    named = {figure.source_id, goal.source_id, indicators[1].goals.get().source_id}
    titles = type(figure.source).objects.filter(pk__in=named).values_list("title", flat=True)
    page = BeautifulSoup(client.get("/ja/").content, "html.parser")
    shown = page.select("[aria-labelledby=indicators-heading] .brief__sources dd")
    assert sorted(entry.text for entry in shown) == sorted(titles)
    assert "見本の資料" in titles


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_city_without_indicators_says_so(front, client, indicators, language):
    for page in indicators:
        page.unpublish()
    assert front(language).indicators.total == 0
    with translation.override(language):
        assert gettext("No indicator has been published yet") in text_of(
            client.get(f"/{language}/")
        )


def test_indicators_cost_the_front_page_one_query(client, indicators):
    with CaptureQueriesContext(connection) as queries:
        client.get("/ja/")
    assert len([q for q in queries if "projects_indicator" in q["sql"].lower()]) == 1
