"""The page of all goals and the page of each: everything of every type, honestly counted."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from certified_orgs.factories import CertificateFactory
from certified_orgs.models import CertifiedOrgPage
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory
from projects.models import IndicatorPage
from sdgs.factories import page_marks
from tests.editor import text_of
from tests.page_types import MARKED_PAGE_TYPES, label
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db

every_marked_type = pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)


def with_marks(model, slug, *codes, **values):
    page = make_page(model, slug=slug, **values)
    if hasattr(page, "no_mark_applies"):
        page.no_mark_applies = False
    page.page_marks = page_marks(codes)
    publish(page)
    return fresh(page)


def named(model, japanese: str, english: str = "") -> dict:
    """What gives a page this name: its title, or the register where that has the say."""
    if model is not CertifiedOrgPage:
        return {"title": japanese}
    certificate = CertificateFactory(name=japanese, english_name=english)
    return {"title": japanese, "certificate": certificate}


def groups(client, url) -> dict[str, list[str]]:
    """Slugs under each heading of a goal page."""
    answer = client.get(url)
    assert answer.status_code == 200
    return {
        group["part"]["code"]: [card.slug for card in group["cards"]]
        for group in answer.context["listing"].groups
    }


def counts(client, language="ja") -> dict[int, int]:
    goals = client.get(f"/{language}/sdgs/").context["goals"]
    assert [goal["number"] for goal in goals] == list(range(1, 18))
    return {goal["number"]: goal["count"] for goal in goals}


@every_marked_type
def test_a_page_stands_under_goal_and_target(world, client, model):
    with_marks(model, "both", "15.1", "15", "13")
    assert groups(client, "/ja/sdgs/15/") == {"15": ["both"], "15.1": ["both"]}
    assert groups(client, "/en/sdgs/15/") == {"15": ["both"], "15.1": ["both"]}
    assert "both" in groups(client, "/ja/sdgs/13/")["13"]


@every_marked_type
def test_a_target_implies_its_goal_and_is_counted_once(world, client, model):
    before = counts(client)
    with_marks(model, "target-only", "15.1")
    with_marks(model, "both", "15.1", "15")
    after = counts(client)
    assert after[15] == before[15] + 2
    assert {n: c for n, c in after.items() if n != 15} == {
        n: c for n, c in before.items() if n != 15
    }
    assert client.get("/ja/sdgs/15/").context["listing"].total == after[15]


@every_marked_type
def test_translations_are_not_counted_again(world, client, model):
    page = with_marks(model, "counted", "15.1")
    before = counts(client)
    translate(page)
    assert counts(client) == before
    assert counts(client, "en") == before
    assert groups(client, "/ja/sdgs/15/") == {"15.1": ["counted"]}


@every_marked_type
def test_each_card_is_in_the_visitors_language_where_there_is_one(world, client, model):
    with_marks(model, "japanese", "15", **named(model, "日本語だけ"))
    both = with_marks(model, "translated", "15", **named(model, "両方", "In both"))
    translate(both, words={"両方": "In both"})
    english = text_of(client.get("/en/sdgs/15/"))
    assert "In both" in english
    # A holder's Japanese name stands below its English one, marked as Japanese.
    assert model is CertifiedOrgPage or "両方" not in english
    assert "日本語だけ" in english
    japanese = text_of(client.get("/ja/sdgs/15/"))
    assert "両方" in japanese
    assert "In both" not in japanese


@every_marked_type
def test_drafts_and_private_pages_are_not_there(world, client, model):
    from wagtail.models import PageViewRestriction

    page = with_marks(model, "soon-gone", "15")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert groups(client, "/ja/sdgs/15/") == {}
    assert counts(client)[15] == 0
    page.view_restrictions.all().delete()
    assert counts(client)[15] == 1
    fresh(page).unpublish()
    assert groups(client, "/ja/sdgs/15/") == {}
    assert counts(client)[15] == 0


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_goal_that_nothing_carries_says_so(world, client, language):
    answer = client.get(f"/{language}/sdgs/14/")
    assert answer.status_code == 200
    with translation.override(language):
        assert gettext("No page carries this goal yet") in text_of(answer)
    assert answer.context["listing"].total == 0


def test_a_target_narrows_and_an_unknown_one_is_ignored_with_a_notice(world, client):
    model = MARKED_PAGE_TYPES[0]
    with_marks(model, "goal", "15")
    with_marks(model, "target", "15.1")
    assert groups(client, "/ja/sdgs/15/?target=15.1") == {"15.1": ["target"]}
    answer = client.get("/ja/sdgs/15/?target=15.1&target=99&target=8.3")
    assert answer.context["listing"].notices
    assert answer.context["listing"].notices[0] in text_of(answer)
    assert groups(client, "/ja/sdgs/15/?target=77") == {"15": ["goal"], "15.1": ["target"]}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "goal", ["0", "18", "99", "8" * 400, "-1", "x", "8.3", "8/9", "%00", "８", "1e1"]
)
def test_an_unknown_goal_is_not_found(world, client, goal, language):
    assert client.get(f"/{language}/sdgs/{goal}/").status_code == 404


@pytest.mark.parametrize("goal", range(1, 18))
def test_every_goal_has_its_page(world, client, goal):
    answer = client.get(f"/ja/sdgs/{goal}/")
    assert answer.status_code == 200
    assert answer.context["goal"].text in text_of(answer)


@pytest.mark.parametrize("page", ["9999", "0", "-1", "x", "8" * 400, "%00", ""])
def test_an_odd_page_number_shows_the_nearest_with_a_notice(world, client, page):
    answer = client.get(f"/ja/sdgs/8/?page={page}")
    assert answer.status_code == 200
    assert answer.context["listing"].notices


def test_targets_that_nothing_carries_stand_apart(world, client):
    with_marks(MARKED_PAGE_TYPES[0], "target", "15.1")
    listing = client.get("/ja/sdgs/15/").context["listing"]
    apart = {part["code"] for part in listing.parts_without_pages}
    assert "15.1" not in apart
    assert "15" not in apart, "The goal itself is always shown."
    assert apart == {part["code"] for part in listing.parts} - {"15", "15.1"}
    chosen = client.get("/ja/sdgs/15/?target=15.2").context["listing"]
    assert "15.2" not in {part["code"] for part in chosen.parts_without_pages}


# Indicators


@pytest.fixture
def indicators(world):
    """Two that carry goal 15 or a target of it, both without a figure; nothing else does."""
    for page in IndicatorPage.objects.live():
        page.unpublish()
    rows = []
    for slug, codes in (("whole", ["15", "15.1"]), ("target", ["15.2"]), ("other", ["6"])):
        page = IndicatorPageFactory(
            parent=fresh(world.site.indicators), slug=slug, marks=codes, goals={"FY2090": 100}
        )
        publish(fresh(page))
        rows.append(fresh(page))
    return rows


def indicators_of(client, goal, language="ja") -> dict[str, int]:
    """How many indicators of a goal stand in each state."""
    (summary,) = client.get(f"/{language}/sdgs/{goal}/").context["summaries"]
    states = {state.value: count for state, count in summary.counts.occurring}
    assert sum(states.values()) == summary.counts.total
    return states


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_indicators_of_a_goal_are_counted_by_their_states(client, indicators, language):
    assert indicators_of(client, 15, language) == {"no-figure": 2}
    MeasurementFactory(indicator=indicators[0], period="FY2020", value=100)
    MeasurementFactory(indicator=indicators[1], period="FY2020", value=100, live=False)
    translate(indicators[0])
    assert indicators_of(client, 15, language) == {"reached": 1, "no-figure": 1}
    text = text_of(client.get(f"/{language}/sdgs/15/"))
    assert f"/{language}/indicators/?goal=15#results" in text
    assert f"/{language}/indicators/?goal=15&amp;state=reached#results" in text.replace(
        "&state", "&amp;state"
    )


def test_indicators_that_the_public_may_not_see_are_not_counted(client, indicators):
    from wagtail.models import PageViewRestriction

    indicators[0].unpublish()
    PageViewRestriction.objects.create(page=indicators[1], restriction_type="login")
    assert indicators_of(client, 15) == {}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_goal_without_indicators_says_so(client, indicators, language):
    assert indicators_of(client, 14, language) == {}
    with translation.override(language):
        message = gettext("No indicator of the city carries this goal yet.")
    assert message in text_of(client.get(f"/{language}/sdgs/14/"))
    assert message not in text_of(client.get(f"/{language}/sdgs/15/"))


def test_indicators_of_a_goal_cost_no_query_beside_the_series(client, indicators):
    """Their marks come with the facts that the states follow from (docs/adding.md)."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/ja/sdgs/14/")
    asked = [q["sql"] for q in queries if "projects_indicator" in q["sql"].lower()]
    assert len(asked) == 1
