"""Goals and measurements of many indicators by one query, and of one page as it is written."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction

from home.factories import SmallSite
from kiyose.japanese.periods import Period
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory
from projects.models import IndicatorPage, Measurement
from projects.progress import Figure, Goal
from projects.series import load_series, public_indicators, public_measurements, series_of
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

END_OF_FISCAL_2030 = datetime.date(2031, 3, 31)


@pytest.fixture
def page():
    page = IndicatorPageFactory(
        parent=SmallSite().indicators, baseline=("2022-04", 5), goals={"FY2030": 90, "FY2025": 40}
    )
    publish(page)
    return fresh(page)


@pytest.fixture
def figures(page):
    MeasurementFactory(indicator=page, period="2024-08-15", value=22, status="provisional")
    MeasurementFactory(indicator=page, period="FY2022", value="12.5")
    MeasurementFactory(indicator=page, period="FY2024", value=99, live=False)


def loaded(page):
    return load_series(public_indicators())[page.translation_key]


def test_goals_in_the_order_of_their_days_and_public_figures_the_oldest_first(page, figures):
    series = loaded(page)
    assert [(goal.due.year, goal.value) for goal in series.goals] == [(2026, 40), (2031, 90)]
    assert [(f.period.code, f.value, f.is_provisional) for f in series.figures] == [
        ("FY2022", Decimal("12.5"), False),
        ("2024-08-15", Decimal(22), True),
    ]
    assert series.baseline == Figure(series.baseline.period, Decimal(5))
    assert series.baseline.day == datetime.date(2022, 4, 30)


def test_it_is_the_same_from_the_page_itself(page, figures):
    assert series_of(page, public_measurements().filter(indicator=page)) == loaded(page)


def test_unsaved_changes_of_a_page_count_where_it_is_shown_in_the_editor(page):
    goal = page.goals.all()[0]
    goal.value, goal.due = 77, datetime.date(2029, 6, 30)
    page.goals = [goal]
    series = series_of(page, [])
    assert series.goals == (Goal(Period.from_code(goal.period), goal.due, 77, None),)


@pytest.mark.parametrize(
    ("kind", "period", "value", "baseline"),
    [
        ("none", "2022-04", None, None),
        ("zero", "2022-04", None, 0),
        ("measured", "2022-04", Decimal(7), 7),
        ("measured", "2022-04", None, None),
        ("measured", "", Decimal(7), None),
    ],
)
def test_where_the_way_begins(page, kind, period, value, baseline):
    page.baseline_kind, page.baseline_period, page.baseline_value = kind, period, value
    page.save(clean=False)
    found = loaded(page).baseline
    assert (found and found.value) == baseline
    assert series_of(page, []).baseline == found


def test_many_cost_one_query(page, figures, django_assert_num_queries):
    for _number in range(3):
        publish(IndicatorPageFactory(parent=page.get_parent()))
    with django_assert_num_queries(1):
        assert len(load_series(public_indicators())) == 4


def test_drafts_private_pages_and_translations_are_not_among_the_public_ones(page):
    IndicatorPageFactory(parent=page.get_parent(), live=False)
    hidden = IndicatorPageFactory(parent=page.get_parent())
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for each in (page.get_parent().get_parent(), page.get_parent(), page):
        translate(fresh(each))
    assert IndicatorPage.objects.count() == 4
    assert list(public_indicators()) == [page]


def test_one_figure_for_one_period(page):
    MeasurementFactory(indicator=page, period="FY2022")
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasurementFactory(indicator=page, period="FY2022")
    assert Measurement.objects.count() == 1


def test_a_goal_is_due_on_the_last_day_of_its_fiscal_year_unless_it_says_otherwise(page):
    assert page.goals.all()[0].due_date == END_OF_FISCAL_2030
    goal = page.goals.all()[0]
    goal.due = datetime.date(2030, 3, 31)
    assert goal.due_date == goal.due
