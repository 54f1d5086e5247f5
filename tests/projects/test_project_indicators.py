"""The indicators of a project on the project's page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory, ProjectPageFactory
from projects.models import IndicatorIndexPage, IndicatorProject, ProjectIndexPage
from tests.queries import default_division, queries_of
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def project(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        sections = in_two_languages()
        default_division()
        page = ProjectPageFactory(parent=sections[ProjectIndexPage], slug="measured")
        publish(fresh(page))
        translate(fresh(page))
        yield fresh(page)
        transaction.set_rollback(True)


def indicator_of(project, slug, **values):
    parent = IndicatorIndexPage.objects.get(locale__language_code="ja")
    page = IndicatorPageFactory(parent=parent, slug=slug, title=f"指標{slug}", **values)
    page.projects = [IndicatorProject(project=project)]
    page.save()
    publish(fresh(page))
    return fresh(page)


def rows_of(url) -> list:
    answer = Client().get(url)
    return BeautifulSoup(answer.content, "html.parser").select(".rows__row")


def test_each_indicator_has_its_state_its_newest_figure_and_its_goal(project):
    one = indicator_of(project, "one", goals={"FY2035": 50}, unit="件")
    MeasurementFactory(indicator=one, period="FY2024", value=Decimal(12))
    other = indicator_of(project, "two", goals={"FY2035": 9})
    translate(other, words={"指標two": "Indicator two"})
    rows = rows_of("/en/projects/measured/")
    assert [row.a.text for row in rows] == ["指標one", "Indicator two"]
    assert rows[0].a["lang"] == "ja"
    assert "12件" in rows[0].text
    assert "50件" in rows[0].text
    assert "31 March 2036" in rows[0].text
    assert rows[0].select_one(".state--not-reached")
    assert "No figure has been published yet" in rows[1].text
    assert rows[1].select_one(".state--no-figure")


def test_drafts_and_private_ones_are_not_shown(project):
    draft, private = indicator_of(project, "draft"), indicator_of(project, "private")
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    MeasurementFactory(
        indicator=indicator_of(project, "open"), period="FY2024", value=Decimal(987), live=False
    )
    rows = rows_of("/ja/projects/measured/")
    assert [row.a["href"] for row in rows] == ["/ja/indicators/open/"]
    assert "987" not in rows[0].text


def test_a_project_without_indicators_has_no_section(project):
    assert "indicators-heading" not in Client().get("/ja/projects/measured/").content.decode()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_three_queries_however_many_there_are(project, language):
    url = f"/{language}/projects/measured/"
    without = len(queries_of(url))
    for number in range(4):
        page = indicator_of(project, f"i{number}")
        MeasurementFactory(indicator=page, period="FY2024")
        # One is asked in any case: whether there are any. The sources are those of the project's
        # own figures, if it has any.
        assert len(queries_of(url)) <= without + 2
