"""The dashboard: how many indicators stand in each state, found by which conditions."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from django.utils.translation import gettext, ngettext
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from kiyose.translation.factories import translate
from projects.dashboard import StateCounts, standings_for
from projects.factories import IndicatorPageFactory, MeasurementFactory, PillarFactory
from projects.models import IndicatorGoal, IndicatorPage, Measurement
from projects.progress import State
from tests.bulk import clone
from tests.editor import text_of
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

TODAY = "2026-05-10"

# One in each state on that day: (slug, pillar, marks, what is known, figures).
# With a baseline of 0 on 31 March 2021 the way to 100 is half gone after fiscal year 2025.
HALFWAY = {"baseline": ("FY2020", 0), "goals": {"FY2030": 100}}
ALREADY_DUE = {"goals": {"FY2024": 100, "FY2025": 100}}
INDICATORS = [
    ("reached", "economy", ["8.1", "8.3"], HALFWAY, {"FY2025": 100}),
    ("on-track", "economy", ["8.1"], HALFWAY, {"FY2025": 50}),
    ("behind", "economy", ["8.3", "17.17"], HALFWAY, {"FY2025": 49}),
    ("wrong-way", "society", ["10.2"], HALFWAY, {"FY2025": -1}),
    ("not-reached", "society", ["17.17"], {}, {"FY2025": 99}),
    ("due", "society", ["17.17"], ALREADY_DUE, {"FY2023": 100}),
    ("not-measured", None, ["15.1"], HALFWAY, {}),
    ("no-figure", None, ["15.1"], {}, {}),
]
ALL = {slug for slug, *_rest in INDICATORS}


class Indicators:
    """A site with an indicator in each state and nothing else that is counted."""

    def __init__(self, world):
        self.site = world.site
        for page in IndicatorPage.objects.all():
            page.unpublish()
        self.pillars = {
            key: PillarFactory(key=key, position=place, name=f"{key}の柱")
            for place, key in enumerate(("society", "economy"))
        }
        for slug, pillar, marks, known, figures in INDICATORS:
            page = self.add(slug, marks=marks, pillar=self.pillars.get(pillar), **known)
            for period, value in figures.items():
                self.measure(page, period, value)

    def add(self, slug, **values) -> IndicatorPage:
        page = IndicatorPageFactory(
            parent=fresh(self.site.indicators), slug=slug, title=f"見本の{slug}", **values
        )
        publish(fresh(page))
        return fresh(page)

    @staticmethod
    def measure(page, period, value, **values) -> Measurement:
        return MeasurementFactory(indicator=page, period=period, value=value, **values)

    @staticmethod
    def page(slug) -> IndicatorPage:
        return IndicatorPage.objects.get(slug=slug, locale__language_code="ja")


@pytest.fixture(scope="module")
def indicators(world):
    with freeze_time(TODAY):
        return Indicators(world)


@pytest.fixture(autouse=True)
def day():
    with freeze_time(TODAY) as frozen:
        yield frozen


def dashboard(client, query="", language="ja"):
    answer = client.get(f"/{language}/indicators/{query}")
    assert answer.status_code == 200
    return answer.context["dashboard"]


def found(client, query="", language="ja") -> set[str]:
    """The slugs that the list shows."""
    shown = dashboard(client, query, language)
    slugs = [card.slug for group in shown.groups for card in group["cards"]]
    assert len(slugs) == len(set(slugs)) == shown.rows.paginator.count
    return set(slugs)


def counted(counts: StateCounts) -> dict[str, int]:
    return {state.value: count for state, count in counts.occurring}


# Counts


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_is_counted_in_its_order(indicators, client, language):
    counts = dashboard(client, language=language).counts
    assert counts.states == [(state, 1) for state in State]
    assert counts.total == len(State)
    assert counts.without_goal == 0


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_denominator_and_the_ways_to_each_state_are_written(indicators, client, language):
    text = text_of(client.get(f"/{language}/indicators/"))
    assert f"/{language}/indicators/?state=behind#results" in text
    with translation.override(language):
        for state in State:
            assert str(state.label) in text
        of_all = ngettext("of %(counter)s indicator", "of %(counter)s indicators", len(ALL))
        assert of_all % {"counter": len(ALL)} in text
        assert "/opendata/indicators.csv" in text
        assert "/opendata/indicators.json" in text
        assert f"/{language}/sdgs/coverage/" in text


def test_a_state_that_no_indicator_is_in_is_shown_but_no_link(indicators, client):
    indicators.page("behind").unpublish()
    text = text_of(client.get("/ja/indicators/"))
    assert "?state=behind" not in text
    assert "?state=reached" in text
    assert 'class="tally__state tally__state--none"' in text
    assert dict(dashboard(client).counts.states)[State.BEHIND] == 0


def test_translations_are_not_counted_again(indicators, client):
    translate(indicators.page("behind"))
    for language in ("ja", "en"):
        counts = dashboard(client, language=language).counts
        assert counts.total == len(ALL)
        assert counted(counts)["behind"] == 1


def test_drafts_and_private_pages_are_not_counted(indicators, client):
    indicators.page("reached").unpublish()
    PageViewRestriction.objects.create(
        page=indicators.page("behind"), restriction_type=PageViewRestriction.LOGIN
    )
    shown = dashboard(client)
    assert shown.counts.total == len(ALL) - 2
    assert not {"reached", "behind"} & counted(shown.counts).keys()
    assert found(client) == ALL - {"reached", "behind"}
    assert not {"reached", "behind"} & {change.page.slug for change in shown.changes}


def test_a_figure_that_is_no_longer_a_draft_changes_the_counts_by_itself(indicators, client):
    figure = indicators.measure(indicators.page("no-figure"), "FY2025", 100, live=False)
    assert counted(dashboard(client).counts)["no-figure"] == 1
    before = counted(dashboard(client).counts)["reached"]
    figure.save_revision().publish()
    for language in ("ja", "en"):
        after = counted(dashboard(client, language=language).counts)
        assert after["reached"] == before + 1
        assert "no-figure" not in after


def test_the_day_changes_the_counts_by_itself(indicators, client, day):
    day.move_to("2031-04-01")
    assert counted(dashboard(client).counts)["due"] == len(ALL)


def test_the_day_is_that_of_the_city(indicators, client, day):
    """At 23:59 in Tokyo the goal's day has not passed; in London it is still afternoon."""
    day.move_to("2031-03-31 14:59:00")
    assert counted(dashboard(client).counts)["due"] == 1
    day.move_to("2031-03-31 15:00:00")
    assert counted(dashboard(client).counts)["due"] == len(ALL)


def test_old_figures_are_counted_among_those_with_a_figure(indicators, client, day):
    counts = dashboard(client).counts
    assert (counts.old, counts.with_figure) == (1, 6), "That of fiscal year 2023 is old."
    day.move_to("2027-04-01")
    assert dashboard(client).counts.old == 6


def test_an_indicator_whose_goals_were_all_replaced_is_counted_apart(indicators, client):
    page = indicators.page("behind")
    page.goals.update(replaced_on=datetime.date(2026, 4, 1))
    counts = dashboard(client).counts
    assert (counts.without_goal, counts.total) == (1, len(ALL))
    assert sum(count for _state, count in counts.states) == len(ALL) - 1
    assert found(client) == ALL, "It is in the list all the same."


def test_goals_and_pillars_say_it_too_so_that_their_numbers_add_up(indicators, client):
    indicators.page("behind").goals.update(replaced_on=datetime.date(2026, 4, 1))
    soup = BeautifulSoup(client.get("/en/indicators/?pillar=economy").content, "html.parser")
    counts = " ".join(soup.select_one(".pillar-group__counts").text.split())
    assert counts == "Of the 3 indicators here: Reached 1 On track 1 No goal in force 1"
    goal = soup.select_one(".by-goal .mark--8 .tally-line")
    assert "No goal in force 1" in " ".join(goal.text.split())


def test_earlier_goals_that_were_missed_are_counted_apart(indicators, client):
    for slug, value in (("on-track", 40), ("reached", 100), ("behind", 50), ("no-figure", 1)):
        page = indicators.page(slug)
        source = page.goals.get().source
        IndicatorGoal.objects.create(page=page, period="FY2025", value=value, source=source)
    shown = dashboard(client)
    assert (shown.counts.missed, shown.counts.with_earlier) == (3, 5)
    assert counted(shown.counts)["behind"] == 1, "It is still counted by the next goal."
    for address in ("/en/indicators/", "/en/"):
        assert "Earlier goal missed, or without a figure: 3 of 5 indicators" in text_of(
            client.get(address)
        )


def test_counting_asks_the_database_once(indicators, django_assert_num_queries):
    request = SimpleNamespace()
    with django_assert_num_queries(1):
        StateCounts(standings_for(request).values())
        StateCounts(standings_for(request).values())


# Conditions

FILTERS = [
    ("", ALL),
    ("?state=behind", {"behind"}),
    ("?state=behind&state=due", {"behind", "due"}),
    ("?pillar=economy", {"reached", "on-track", "behind"}),
    ("?pillar=economy&pillar=society", ALL - {"not-measured", "no-figure"}),
    ("?goal=8", {"reached", "on-track", "behind"}),
    ("?goal=15&goal=10", {"not-measured", "no-figure", "wrong-way"}),
    ("?goal=14", set()),
    ("?goal=17&pillar=economy", {"behind"}),
    ("?goal=8&goal=17&state=behind&state=due&pillar=economy", {"behind"}),
    ("?state=reached&pillar=society", set()),
    ("?state=&pillar=&goal=&page=1", ALL),
    ("?goal=8&goal=8", {"reached", "on-track", "behind"}),
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("query", "expected"), FILTERS, ids=[query or "all" for query, _ in FILTERS]
)
def test_filters(indicators, client, query, expected, language):
    assert found(client, query, language) == expected


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "query",
    [
        *("state=great", "state=%00", "pillar=nothing", "goal=18", "goal=８", "goal=8.3"),
        *("goal=" + "8" * 400, "page=9999", "page=x", "page=0", "state=behind&state=x"),
    ],
    ids=lambda query: query[:20],
)
def test_what_is_not_known_is_ignored_with_a_notice(indicators, client, query, language):
    answer = client.get(f"/{language}/indicators/?{query}")
    assert answer.status_code == 200
    notices = answer.context["dashboard"].notices
    assert notices
    for notice in notices:
        assert notice in text_of(answer)


def test_unknown_conditions_beside_known_ones_are_left_out(indicators, client):
    assert found(client, "?state=behind&state=great") == {"behind"}
    assert found(client, "?goal=99") == ALL


def test_the_conditions_chosen_can_be_taken_away_one_by_one(indicators, client):
    text = text_of(client.get("/ja/indicators/?state=behind&goal=8"))
    assert 'href="?goal=8#results"' in text
    assert 'href="?state=behind#results"' in text


def test_a_goal_without_indicators_stays_chosen(indicators, client):
    shown = dashboard(client, "?goal=14")
    assert [label.code for label in shown.goals] == ["8", "10", "14", "15", "17"]


# Pillars and goals


def test_groups_stand_in_the_order_of_the_pillars_with_their_own_denominator(indicators, client):
    shown = dashboard(client)
    groups = [(g["pillar"] and g["pillar"].key, g["counts"].total) for g in shown.groups]
    assert groups == [("society", 3), ("economy", 3), (None, 2)]
    economy = shown.groups[1]
    assert counted(economy["counts"]) == {"reached": 1, "on-track": 1, "behind": 1}
    assert [card.slug for card in economy["cards"]] == ["reached", "on-track", "behind"]


def test_a_condition_does_not_change_how_a_pillar_stands(indicators, client):
    (group,) = dashboard(client, "?state=behind").groups
    assert [card.slug for card in group["cards"]] == ["behind"]
    assert group["counts"].total == 3


@pytest.mark.parametrize("language", ["ja", "en"])
def test_goals_count_each_indicator_once(indicators, client, language):
    goals = {
        goal["number"]: counted(goal["counts"])
        for goal in dashboard(client, language=language).by_goal
    }
    assert goals == {
        8: {"reached": 1, "on-track": 1, "behind": 1},
        10: {"wrong-way": 1},
        15: {"not-measured": 1, "no-figure": 1},
        17: {"behind": 1, "not-reached": 1, "due": 1},
    }


def test_cards_are_in_the_visitors_language_where_there_is_one(indicators, client):
    page = indicators.page("behind")
    translate(page, words={page.title: "Sample behind", page.unit: "people"})
    text = text_of(client.get("/en/indicators/"))
    assert "Sample behind" in text
    assert page.title not in text
    assert "見本のreached" in text, "Nothing is missing for want of a translation."


def test_long_lists_have_pages(indicators, client):
    clone(indicators.page("behind"), 24)
    seen = [
        card.slug
        for number in (1, 2)
        for group in dashboard(client, f"?page={number}").groups
        for card in group["cards"]
    ]
    assert len(seen) == len(set(seen)) == len(ALL) + 24


# What changed lately


def changes(client, language="ja") -> list:
    return dashboard(client, language=language).changes


def test_the_last_published_figure_comes_first_and_six_are_shown(indicators, client, day):
    assert len(changes(client)) == 6
    day.move_to("2026-05-11")
    indicators.measure(indicators.page("no-figure"), "FY2025", "12345.5", status="provisional")
    newest = changes(client)[0]
    assert (newest.page.slug, newest.former_value) == ("no-figure", None)
    assert newest.period == "令和7年度（2025年度）"
    assert changes(client, "en")[0].period == "fiscal 2025 (April 2025 – March 2026)"
    assert len(changes(client)) == 6
    answer = client.get("/en/indicators/")
    text = " ".join(
        BeautifulSoup(answer.content, "html.parser").select_one(".changes").text.split()
    )
    assert "12,345.5人 fiscal 2025" in text
    assert "Published on 11 May 2026 (Mon) Source: " + newest.source.title in text


def test_a_draft_has_not_changed_anything(indicators, client, day):
    day.move_to("2026-05-11")
    indicators.measure(indicators.page("no-figure"), "FY2025", 5, live=False)
    assert "no-figure" not in {change.page.slug for change in changes(client)}


def corrected(page, day, **values) -> None:
    """The page's figure as it is approved anew a day later."""
    figure = Measurement.objects.get(indicator=page)
    day.move_to("2026-05-12")
    for name, value in values.items():
        setattr(figure, name, value)
    figure.save_revision().publish()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_correction_keeps_the_value_that_was_public(indicators, client, day, language):
    corrected(indicators.page("behind"), day, value=45)
    newest = changes(client, language)[0]
    assert (newest.page.slug, newest.former_value) == ("behind", 49)
    assert not newest.has_become_final
    change = BeautifulSoup(
        client.get(f"/{language}/indicators/").content, "html.parser"
    ).select_one(".changes__change")
    said = {
        "ja": "2026年5月12日(火)訂正（訂正前は49人）",
        "en": "Corrected on 12 May 2026 (Tue); it was 49人 before",
    }
    assert said[language] in " ".join(change.text.split())


def test_a_provisional_figure_becomes_final(indicators, client, day):
    page = indicators.page("no-figure")
    indicators.measure(page, "FY2025", 7, status="provisional")
    corrected(page, day, status="final")
    newest = changes(client)[0]
    assert newest.has_become_final
    assert newest.former_value == 7


def test_a_note_that_was_added_is_no_news(indicators, client, day):
    before = [change.measurement.pk for change in changes(client)]
    corrected(indicators.page("reached"), day, note="見本の注")
    assert [change.measurement.pk for change in changes(client)] == before


# Nothing yet


@pytest.mark.parametrize("language", ["ja", "en"])
def test_empty_places_say_so(indicators, client, language):
    def says(message, query="") -> bool:
        with translation.override(language):
            return gettext(message) in text_of(client.get(f"/{language}/indicators/{query}"))

    assert says("No indicator meets these conditions", "?goal=14")
    no_change = "When a division's figure has been approved, it stands here on the same day."
    assert not says(no_change)
    Measurement.objects.all().delete()
    assert says(no_change)
    assert says("None of them has a public figure yet.")
    for page in IndicatorPage.objects.live():
        page.unpublish()
    assert says("No indicator has been published yet")
    assert dashboard(client, language=language).counts.total == 0
