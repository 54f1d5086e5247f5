"""Visitors counted: a figure of an indicator, entered once, found from the festival's editor."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from events.factories import FestivalPageFactory
from events.models import EventIndexPage, FestivalPage
from projects.factories import IndicatorPageFactory, MeasurementFactory, SourceFactory
from projects.models import IndicatorIndexPage, Measurement
from tests.editor import edit_url, open_form, press, text_of
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_projects_measurement:add"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        found = in_two_languages()
        employ()
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def indicator(site):
    page = IndicatorPageFactory(
        parent=fresh(site[IndicatorIndexPage]),
        title="見本：来場した人",
        slug="visitors",
        unit="人",
        baseline=("FY2020", 0),
        goals={"FY2030": 100},
    )
    publish(fresh(page))
    return fresh(page)


@pytest.fixture
def festival(site, indicator):
    page = FestivalPageFactory(
        parent=fresh(site[EventIndexPage]),
        slug="festival",
        days=[datetime.date(2025, 10, 25)],
        visitors_indicator=indicator,
        visitors_period="FY2025",
        committee=Group.objects.get(name="実行委員会"),
    )
    return fresh(page)


def panel(account: str, festival) -> BeautifulSoup:
    return BeautifulSoup(text_of(client_of(account).get(edit_url(festival))), "html.parser")


def link_to_add(page: BeautifulSoup) -> str:
    links = [link["href"] for link in page.select(f'a[href^="{reverse(ADD)}?"]')]
    return links[0] if links else ""


def test_one_press_leads_to_the_form_filled_in(festival, indicator):
    address = link_to_add(panel("pr", festival))
    assert address == f"{reverse(ADD)}?indicator={indicator.pk}&period=FY2025"
    form = BeautifulSoup(text_of(client_of("pr").get(address)), "html.parser")
    assert form.select_one("[name=indicator] [selected]")["value"] == str(indicator.pk)
    assert form.select_one("[name=period]")["value"] == "令和7年度（2025年度）"


def test_the_figure_that_is_entered_shows_in_the_editor(festival, indicator):
    pr = client_of("pr")
    values = {
        "indicator": indicator.pk,
        "period": "FY2025",
        "value": "12,000",
        "status": "final",
        "source": SourceFactory().pk,
        "section": "",
        "note": "",
        "note_en": "",
        "action-publish": "1",
    }
    assert pr.post(reverse(ADD), values).status_code == 302
    figure = Measurement.objects.get(indicator=indicator)
    page = panel("pr", festival)
    assert "12,000 人" in page.text
    assert page.select(f'a[href*="measurement/edit/{figure.pk}/"]')
    assert not link_to_add(page), "it is entered once"


def test_a_draft_figure_shows_only_to_who_is_in_charge(festival, indicator):
    MeasurementFactory(indicator=indicator, period="FY2025", value=777, live=False)
    assert "777 人" in panel("pr", festival).text
    assert "777 人" not in panel("committee-and-editor", festival).text


@pytest.fixture(autouse=True)
def editor_of_festivals_only(site, django_user_model):
    """Somebody who may edit festivals and has nothing to do with figures."""
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupPagePermission

    group = Group.objects.create(name="まつりの編集")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=fresh(site[EventIndexPage]),
        permission=Permission.objects.get(codename="change_page"),
    )
    django_user_model.objects.create_user("committee-and-editor").groups.add(group)


def test_who_may_not_enter_figures_is_not_led_there(festival, indicator):
    page = panel("committee-and-editor", festival)
    assert "見本：来場した人" in page.text
    assert not link_to_add(page)
    answer = client_of("committee-and-editor").get(reverse(ADD))
    assert answer.status_code in (302, 403)


@pytest.mark.parametrize("query", ["period=x", "indicator=x&period=", "period=R7"])
def test_a_link_that_means_nothing_enters_nothing(site, query):
    answer = client_of("pr").get(f"{reverse(ADD)}?{query}")
    assert answer.status_code == 200
    assert not answer.context["form"].initial["period"]


@pytest.mark.parametrize(
    ("left_out", "field"),
    [("visitors_period", "visitors_period"), ("visitors_indicator", "visitors_indicator")],
)
def test_indicator_and_period_go_together(festival, left_out, field):
    answer = press(client_of("pr"), edit_url(festival), "action-publish", **{left_out: ""})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert getattr(FestivalPage.objects.get(pk=festival.pk), left_out)
    assert press(client_of("pr"), edit_url(festival), **{left_out: ""}).status_code == 302


def test_the_period_is_understood_as_typed(festival):
    client = client_of("pr")
    data = open_form(client, edit_url(festival))
    assert data["visitors_period"] == "令和7年度（2025年度）"
    press(client, edit_url(festival), visitors_period="令和６年度")
    draft = FestivalPage.objects.get(pk=festival.pk).get_latest_revision_as_object()
    assert draft.visitors_period == "FY2024"
