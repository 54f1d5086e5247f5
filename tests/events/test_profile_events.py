"""A profile shows the events and festivals that its holder takes part in, if they are public."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from events.factories import DecisionFactory
from events.models import EventExhibitor
from kiyose.translation.factories import translate
from tests.queries import LANGUAGES, assert_few, queries_of
from tests.world import fresh

from .sample import NOON, SATURDAY, SUNDAY, Sample

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=364)


class Baker(Sample):
    """The bakery takes part in the festival and in one event of it, and did last year."""

    def __init__(self):
        super().__init__()
        translate(self.profile)
        translate(self.festival, words={"見本まつり": "Sample Festival"})
        translate(self.full, words={"見本：にんじん掘り": "Sample: digging carrots"})
        self.past = self.event(
            "past",
            "見本：昨年のパン教室",
            sessions=[self.session(SUNDAY - YEAR, 10, 11)],
            exhibitors=[EventExhibitor(certificate=self.bakery)],
        )


@pytest.fixture(scope="module")
def baker(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        yield Baker()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon():
    with freeze_time(NOON):
        yield


def section(client, baker, language="ja"):
    answer = client.get(baker.profile.url.replace("/ja/", f"/{language}/", 1))
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content.decode().replace("<wbr>", ""), "html5lib")
    return page.select_one("section[aria-labelledby=events-heading]")


def listed(client, baker, language="ja") -> list[list[str]]:
    """The titles of the coming ones, and of those below."""
    return [
        [link.get_text(strip=True) for link in part.select("a")]
        for part in section(client, baker, language).select("ul")
    ]


def test_coming_ones_first_past_ones_below(baker, client):
    assert listed(client, baker) == [["見本まつり", "見本：にんじん掘り"], ["見本：昨年のパン教室"]]
    shown = section(client, baker).get_text(" ", strip=True)
    assert "2026年10月25日(日) 午前10時～午後0時" in shown
    assert "2026年10月24日(土) ～ 2026年10月25日(日)" in shown
    assert "2025年10月26日(日)" in shown


def test_in_the_visitors_language(baker, client):
    assert listed(client, baker, "en") == [
        ["Sample Festival", "Sample: digging carrots"],
        ["見本：昨年のパン教室"],
    ]
    festival, carrots, past = section(client, baker, "en").select("a")
    assert festival["href"] == "/en/events/festival/"
    assert carrots["href"] == "/en/events/festival/full/"
    assert (past["lang"], past["href"]) == ("ja", "/en/events/past/")
    for link in (festival, carrots, past):
        assert client.get(link["href"]).status_code == 200


def test_what_is_over_moves_below(baker, client):
    with freeze_time("2026-11-01T03:00:00Z"):
        assert listed(client, baker) == [
            ["見本：にんじん掘り", "見本まつり", "見本：昨年のパン教室"]
        ]


def test_a_change_is_said(baker, client):
    DecisionFactory(event=baker.full, day=SUNDAY, status="cancelled")
    assert section(client, baker).select_one("li .event-state--cancelled")


def test_only_public_ones(baker, client):
    fresh(baker.full).unpublish()
    baker.event("draft", "見本", exhibitors=[EventExhibitor(certificate=baker.bakery)]).unpublish()
    PageViewRestriction.objects.create(page=fresh(baker.festival), restriction_type="login")
    assert listed(client, baker) == [["見本：昨年のパン教室"]]


def test_an_event_in_a_private_festival_is_private(baker, client):
    PageViewRestriction.objects.create(page=fresh(baker.festival), restriction_type="login")
    assert "にんじん" not in section(client, baker).get_text()


def test_without_any_there_is_no_heading(baker, client):
    for page in (baker.full, baker.past, baker.festival):
        fresh(page).unpublish()
    assert section(client, baker) is None


def test_each_once(baker, client):
    baker.event(
        "both",
        "見本：二つのブース",
        sessions=[baker.session(SATURDAY, 9, 10)],
        exhibitors=[
            EventExhibitor(certificate=baker.bakery, booth="1"),
            EventExhibitor(certificate=baker.bakery, booth="2"),
        ],
    )
    assert listed(client, baker)[0].count("見本：二つのブース") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_queries_however_many_there_are(baker, language):
    address = baker.profile.url.replace("/ja/", f"/{language}/", 1)
    few = assert_few(address)
    for number in range(5):
        baker.event(
            f"more-{number}",
            f"見本{number}",
            exhibitors=[EventExhibitor(certificate=baker.bakery)],
        )
    assert len(queries_of(address)) == few
    for page in fresh(baker.index).get_children().specific():
        if page.slug != "past":
            page.unpublish()
    fresh(baker.full).unpublish()
    assert len(queries_of(address)) == few - 2
