"""The page of plans and money: what is in force, what was planned to cost what."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from kiyose.translation.factories import enter_words, start_translation, translate
from projects.factories import (
    FigureLabelFactory,
    PillarFactory,
    ProjectFigureFactory,
    ProjectPageFactory,
    SourceFactory,
)
from projects.models import PlannedCost, ProjectPlan
from sdgs.factories import MeasureFactory, PlanFactory
from sdgs.plans import PlanStatus
from tests.editor import text_of
from tests.queries import LANGUAGES, assert_few
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

# The proposal, section 2.1(7), in thousand yen; None is what joins the three pillars.
PROPOSAL = {
    2023: {"economy": 3300, "society": 2200, "environment": 27000, None: 1100},
    2024: {"economy": 3300, "society": 3900, "environment": 8000, None: 1100},
    2025: {"economy": 3300, "society": 3900, "environment": 8000, None: 1100},
}


@pytest.fixture
def source(world):
    return SourceFactory(title="見本の提案書", publisher="見本市")


@pytest.fixture
def costs(world, source):
    pillars = {
        key: PillarFactory(key=key, short_name=name, position=place)
        for place, (key, name) in enumerate(
            {"economy": "経済", "society": "社会", "environment": "環境"}.items()
        )
    }
    page = fresh(world.site.plans)
    page.costs = [
        PlannedCost(
            fiscal_year=year,
            pillar=pillars.get(key),
            amount=amount,
            source=source,
            section="2.1(7)",
        )
        for year, amounts in PROPOSAL.items()
        for key, amount in amounts.items()
    ]
    publish(page)


def shown(client, language="ja"):
    answer = client.get(f"/{language}/plans/")
    assert answer.status_code == 200
    return answer.context["shown"]


def project(world, slug, **values):
    page = ProjectPageFactory(parent=world.site.projects, slug=slug, **values)
    publish(page)
    return fresh(page)


def in_plans(page, *plans):
    page.plans = [ProjectPlan(plan=plan, sort_order=n) for n, plan in enumerate(plans)]
    publish(page)
    return fresh(page)


def with_grant(page, source, **values):
    label = FigureLabelFactory(name="見本の補助金", unit="千円")
    page.figures = [
        ProjectFigureFactory.build(label=label, source=source, kind="planned_grant", **values)
    ]
    publish(page)
    return fresh(page)


# Money


def test_the_totals_are_those_of_the_proposal(costs, client):
    money = shown(client)
    assert money.cost_years == [2023, 2024, 2025]
    names = [line.pillar.short_name if line.pillar else None for line in money.cost_lines]
    assert names == ["経済", "社会", "環境", None]
    assert [line.total for line in money.cost_lines] == [9_900, 10_000, 43_000, 3_300]
    assert money.cost_totals == [33_600, 16_300, 16_300]
    assert money.cost_total == 66_200


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_and_chart_say_the_same_numbers_and_that_they_are_neither_budget_nor_settlement(
    world, costs, client, language
):
    translate(fresh(world.site.plans))
    html = client.get(f"/{language}/plans/").content.decode()
    assert html.count("<svg viewBox=") == 3
    table = re.search(r'<table class="costs">.*?</table>', html, re.DOTALL).group()
    drawn = "".join(re.findall(r"<text[^>]*>.*?</text>", html, re.DOTALL))
    described = "".join(re.findall(r"<desc[^>]*>.*?</desc>", html, re.DOTALL))
    for amount in ("3,300", "2,200", "27,000", "1,100", "3,900", "8,000"):
        assert amount in table
        assert f">{amount}</text>" in drawn
        assert amount in described
    for total in ("9,900", "10,000", "43,000", "33,600", "16,300", "66,200"):
        assert total in table
    with translation.override(language):
        assert gettext("Unit: thousand yen") in table
        sentence = gettext(
            "These are the amounts that the proposal gave. They are neither a budget nor a "
            "settlement."
        )
    assert sentence in html


def test_the_bars_of_all_years_are_to_one_scale(costs, client):
    charts = {chart.year: chart for chart in shown(client).cost_charts}
    widths = {year: [bar.width for bar in chart.bars] for year, chart in charts.items()}
    assert max(widths[2023]) == 320
    assert widths[2024][2] == 320 * 8000 // 27000
    assert widths[2023][0] == widths[2024][0]
    assert all(bar.bar_x == 0 for bar in charts[2023].bars)


def test_a_language_from_right_to_left_gets_the_bars_mirrored(costs, client):
    chart = shown(client).cost_charts[1]
    with translation.override("ar"):
        assert (chart.start_x, chart.end_x) == (320, 0)
        assert all(bar.bar_x + bar.width == 320 for bar in chart.bars)


def test_a_year_without_an_amount_is_no_zero(world, costs, client):
    page = fresh(world.site.plans)
    page.costs = [row for row in page.costs.all() if (row.fiscal_year, row.amount) != (2023, 2200)]
    publish(page)
    society = shown(client).cost_lines[1]
    assert society.amounts == [None, 3900, 3900]
    assert society.total == 7_800
    assert shown(client).cost_totals == [31_400, 16_300, 16_300]


def test_no_total_is_stored(costs):
    assert not [row for row in PlannedCost.objects.all() if row.amount in (33_600, 16_300, 66_200)]
    assert {field.name for field in PlannedCost._meta.concrete_fields} == {
        "id", "sort_order", "page", "fiscal_year", "pillar", "amount", "source", "section",
    }  # fmt: skip


def test_the_sources_stand_beneath_the_tables(world, costs, source, client):
    with_grant(project(world, "granted"), source, value=1900, year=2023, section="2.1(9)")
    money = shown(client)
    assert [entry["sections"] for entry in money.cost_sources] == [["2.1(7)"]]
    assert [entry["sections"] for entry in money.grant_sources] == [["2.1(9)"]]
    assert text_of(client.get("/ja/plans/")).count("見本の提案書") == 2


# Grants


def test_planned_grants_come_from_the_figures_of_public_projects(world, source, client):
    page = with_grant(project(world, "granted"), source, value=1900, year=2023)
    grant = shown(client).grants[0]
    assert (grant["amount"], grant["row"].year, grant["project"].pk) == (1900, 2023, page.pk)
    text = text_of(client.get("/ja/plans/"))
    assert "1,900" in text
    assert "令和5年度（2023年度）" in text
    assert '<a href="/ja/projects/granted/">' in text
    page.figures = [*page.figures.all()]
    page.figures.first().value = 5
    page.save_revision()
    assert shown(client).grants[0]["amount"] == 1900, "A draft is nobody's business."


def test_grants_of_private_and_withdrawn_projects_are_not_there(world, source, client):
    page = with_grant(project(world, "granted", title="秘密の取り組み"), source, value=1900)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert shown(client).grants == []
    assert "秘密の取り組み" not in text_of(client.get("/ja/plans/"))
    restriction.delete()
    assert shown(client).grants
    page.unpublish()
    assert shown(client).grants == []


# Plans


def test_each_plan_with_years_status_projects_and_measures(world, client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: datetime.date(2026, 4, 1))
    running = PlanFactory(position=1, name="見本の続く計画", first_fiscal_year=2024)
    ended = PlanFactory(position=2, first_fiscal_year=2022, last_fiscal_year=2025)
    MeasureFactory(plan=running, number=2, name="二つ目の施策")
    MeasureFactory(plan=running, number=1, name="一つ目の施策")
    page = in_plans(project(world, "in-two", title="見本の取り組み"), running, ended)
    # Other tests' pages may have brought plans of their own.
    plans = {plan["row"].pk: plan for plan in shown(client).plans}
    first, second = plans[running.pk], plans[ended.pk]
    assert (first["status"], second["status"]) == (PlanStatus.IN_FORCE, PlanStatus.ENDED)
    assert [shown.pk for shown in first["projects"]] == [page.pk]
    assert [measure["name"].text for measure in first["measures"]] == [
        "一つ目の施策",
        "二つ目の施策",
    ]
    html = client.get("/ja/plans/").content.decode()
    row = re.search(rf'<tr id="{ended.key}">.*?</tr>', html, re.DOTALL).group()
    assert "令和4年度（2022年度）" in row
    assert '<svg class="icon"' in row
    with translation.override("ja"):
        assert str(PlanStatus.ENDED.label) in row


def test_a_reader_of_english_gets_words_in_english_where_there_are_some(world, client):
    plan, other = PlanFactory(name="訳した計画"), PlanFactory(name="訳していない計画")
    record = start_translation(plan)
    enter_words(record, {"訳した計画": "Translated plan"})
    record.save_target()
    page = in_plans(project(world, "translated", title="訳した取り組み"), plan, other)
    translate(page, words={"訳した取り組み": "Translated project"})
    MeasureFactory(plan=plan, name="訳した施策", name_en="Translated measure")
    html = text_of(client.get("/en/plans/"))
    for words in ("Translated plan", "Translated project", "Translated measure"):
        assert words in html
    for words in ("訳した計画", "訳した取り組み", "訳した施策"):
        assert words not in html
    assert re.search(r'lang="ja"[^>]*>訳していない計画', html)


def test_plans_do_not_betray_private_projects(world, client):
    page = in_plans(project(world, "secret", title="秘密の取り組み"), PlanFactory())
    assert "秘密の取り組み" in text_of(client.get("/ja/plans/"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "秘密の取り組み" not in text_of(client.get("/ja/plans/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_names_its_plans(world, client, language):
    plan = PlanFactory(name="見本の計画書")
    record = start_translation(plan)
    enter_words(record, {"見本の計画書": "Sample plan book"})
    record.save_target()
    translate(in_plans(project(world, "planned"), plan))
    html = client.get(f"/{language}/projects/planned/").content.decode()
    name = {"ja": "見本の計画書", "en": "Sample plan book"}[language]
    assert f'<a href="/{language}/plans/#{plan.key}">{name}</a>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_page_says_so(world, client, language):
    from sdgs.models import Plan

    ProjectPlan.objects.all().delete()
    PlannedCost.objects.all().delete()
    Plan.objects.all().delete()
    text = text_of(client.get(f"/{language}/plans/"))
    with translation.override(language):
        for words in ("No plan has been entered yet", "No planned cost has been entered yet"):
            assert gettext(words) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_queries_and_no_more_for_many(world, costs, source, language):
    def add(count):
        for number in range(count):
            plan = PlanFactory()
            start_translation(plan)
            MeasureFactory(plan=plan)
            page = in_plans(project(world, f"p-{count}-{number}"), plan)
            translate(with_grant(page, source, value=1900, year=2023))

    translate(fresh(world.site.plans))
    add(2)
    with_few = assert_few(f"/{language}/plans/")
    add(8)
    assert assert_few(f"/{language}/plans/") == with_few
    assert_few(f"/{language}/projects/p-8-0/")
