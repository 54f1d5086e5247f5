"""Exhibitors: certified holders by the register of today, preferred only if the scheme says so."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from freezegun import freeze_time

from certified_orgs.factories import SchemeYearFactory
from certified_orgs.models import Certificate, SchemeYear
from certified_orgs.scheme import years_for
from events.models import EventExhibitor
from tests.queries import LANGUAGES, queries_of
from tests.world import fresh

from .sample import NOON, Sample, certificate

pytestmark = pytest.mark.django_db


class Fair(Sample):
    """An event with somebody who is not certified between two who are; one without a profile."""

    def __init__(self):
        super().__init__()
        self.choir = certificate("見本合唱団", "Sample Choir", kind="group")
        self.fair = self.event(
            "fair",
            "見本市",
            exhibitors=[
                EventExhibitor(name="見本だんご店", english_name="Sample Dango", booth="1"),
                EventExhibitor(certificate=self.bakery, booth="2"),
                EventExhibitor(name="見本工房", booth="3"),
                EventExhibitor(certificate=self.choir, booth="4"),
            ],
        )


@pytest.fixture(scope="module")
def fair(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        yield Fair()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon():
    with freeze_time(NOON):
        yield


def section(client, page, language="ja"):
    answer = client.get(page.url.replace("/ja/", f"/{language}/", 1))
    found = BeautifulSoup(answer.content, "html5lib")
    return found.select_one("section[aria-labelledby=exhibitors-heading]")


def names(client, page, language="ja") -> list[str]:
    booth = ".exhibitors__booth"
    items = section(client, page, language).select("li")
    return [item.select_one(f"a, li > span:not({booth})").get_text(strip=True) for item in items]


def test_in_the_editors_order_with_their_booths(fair, client):
    assert names(client, fair.fair) == ["見本だんご店", "見本パン店", "見本工房", "見本合唱団"]
    booths = section(client, fair.fair).select(".exhibitors__booth")
    assert [booth.find(string=True, recursive=False) for booth in booths] == ["1", "2", "3", "4"]


def test_names_in_english_where_there_is_one(fair, client):
    shown = names(client, fair.fair, "en")
    assert shown == ["Sample Dango", "Sample Bakery", "見本工房", "Sample Choir"]
    japanese = section(client, fair.fair, "en").find(string="見本工房").parent
    assert japanese["lang"] == "ja"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_holder_has_its_state_and_a_link_to_its_public_profile(fair, client, language):
    _dango, bakery, workshop, choir = section(client, fair.fair, language).select("li")
    assert bakery.a["href"] == f"/{language}/certified/{fair.profile.slug}/"
    assert client.get(bakery.a["href"]).status_code == 200
    assert bakery.select_one(".holder-state--valid")
    assert choir.select_one(".holder-state--valid")
    assert choir.a is None, "it has no profile"
    assert not workshop.select(".holder-state")


def test_a_profile_that_is_not_public_is_not_linked(fair, client):
    fresh(fair.profile).unpublish()
    bakery = section(client, fair.fair).select("li")[1]
    assert bakery.a is None
    assert bakery.select_one(".holder-state--valid")


def test_whose_certificate_has_ended_is_listed_by_name_only(fair, client):
    Certificate.objects.filter(pk=fair.bakery.pk).update(
        state="revoked", place=None, ended_on="2026-09-01"
    )
    bakery = section(client, fair.fair).select("li")[1]
    assert "見本パン店" in bakery.get_text()
    assert bakery.a is None
    assert not bakery.select(".holder-state")


def test_a_certificate_that_ran_out_last_night_has_ended(fair, client):
    Certificate.objects.filter(pk=fair.choir.pk).update(valid_until="2026-09-30")
    assert not section(client, fair.fair).select("li")[3].select(".holder-state")


def switch_on(**values) -> None:
    """The switch of the year that holds on the day of the tests."""
    SchemeYear.objects.update(event_preference=False)
    SchemeYear.objects.filter(fiscal_year=2026).update(event_preference=True, **values)


def test_certified_ones_come_first_only_if_the_switch_is_on(fair, client):
    assert SchemeYear.objects.filter(fiscal_year=2026).exists(), "certificates bring their scheme"
    SchemeYear.objects.update(event_preference=False)
    off = section(client, fair.fair)
    assert names(client, fair.fair) == ["見本だんご店", "見本パン店", "見本工房", "見本合唱団"]
    assert "先に" not in off.get_text()
    switch_on(adopted_on=None)
    assert names(client, fair.fair) == ["見本パン店", "見本合唱団", "見本だんご店", "見本工房"]
    note = section(client, fair.fair).select_one(".section__note")
    assert "認定を受けた企業・団体を先に" in note.get_text()
    assert "案（要綱制定前）" in note.get_text(), "the proposal leaves it open"


def test_once_the_rules_are_adopted_it_is_no_draft(fair, client):
    switch_on(adopted_on=datetime.date(2026, 4, 1))
    note = section(client, fair.fair).select_one(".section__note")
    assert "案（要綱制定前）" not in note.get_text()


def test_who_is_suspended_is_not_preferred(fair, client):
    switch_on()
    Certificate.objects.filter(pk=fair.bakery.pk).update(state="suspended")
    assert names(client, fair.fair) == ["見本合唱団", "見本だんご店", "見本パン店", "見本工房"]
    assert section(client, fair.fair).select(".holder-state--suspended")


def test_the_settings_of_today_count(fair, client):
    """Those of next year may say it already."""
    SchemeYearFactory(fiscal_year=2027, event_preference=True)
    assert names(client, fair.fair)[0] == "見本だんご店"
    with freeze_time("2027-04-01T03:00:00Z"):
        assert names(client, fair.fair)[0] == "見本パン店"
    with freeze_time("2029-01-01T03:00:00Z"):
        assert names(client, fair.fair)[0] == "見本パン店", "no later year has settings"


def test_the_year_that_holds_comes_first():
    years = [SchemeYearFactory(fiscal_year=year) for year in (2024, 2026, 2028)]
    for day, held in {
        "2023-06-01": years[0],
        "2024-06-01": years[0],
        "2026-03-31": years[0],
        "2026-04-01": years[1],
        "2028-03-31": years[1],
        "2031-05-05": years[2],
    }.items():
        assert years_for(datetime.date.fromisoformat(day)).first() == held, day


def test_among_certified_ones_alone_nobody_is_preferred(fair, client):
    page = fair.event("holders", "見本", exhibitors=[EventExhibitor(certificate=fair.choir)])
    switch_on()
    assert section(client, page).select_one(".section__note") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_queries_however_many_there_are(fair, language):
    address = fair.fair.url.replace("/ja/", f"/{language}/", 1)
    few = len(queries_of(address))
    page = fresh(fair.fair)
    page.exhibitors = [
        EventExhibitor(certificate=certificate(f"見本{number}", f"Sample {number}"))
        for number in range(5)
    ]
    page.save(clean=False)
    assert len(queries_of(address)) == few
    page.exhibitors = [EventExhibitor(name="見本")]
    page.save(clean=False)
    assert len(queries_of(address)) == few - 1
