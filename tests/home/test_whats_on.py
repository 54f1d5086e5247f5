"""What is on, on the front page: the next events, ways to this weekend, decisions first."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from django.utils.translation import gettext

from events.factories import DecisionFactory, EventPageFactory
from events.models import EventPage
from kiyose.translation.factories import translate
from tests.queries import LANGUAGES, assert_few
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_event(world):
    """An event at ten o'clock, so many days from today; no others are public."""
    for page in EventPage.objects.live():
        page.unpublish()

    def make(slug, days=1, **values):
        session = {
            "starts_on": timezone.localdate() + datetime.timedelta(days=days),
            "starts_at": datetime.time(10),
        }
        page = EventPageFactory(
            parent=fresh(world.site.events),
            slug=slug,
            sessions=[{**session, **values}],
            dates_note="見本の時期",
        )
        publish(fresh(page))
        return fresh(page)

    return make


def front(client, language="ja"):
    return client.get(f"/{language}/").context["front"]


def slugs(client, language="ja") -> list[str]:
    return [entry.event.slug for entry in front(client, language).events]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_events_are_shown_each_once(client, make_event, language):
    make_event("later", 20)
    make_event("over", -5)
    make_event(
        "weekly", -14, until=timezone.localdate() + datetime.timedelta(days=30), repeats="weekly"
    )
    make_event("tomorrow", 1)
    make_event("in-words", 2, repeats="words", starts_at=None)
    assert slugs(client, language) == ["weekly", "tomorrow", "later"]
    for number in range(5):
        make_event(f"soon-{number}", 3)
    assert len(slugs(client, language)) == 4


def test_they_are_in_the_visitors_language(client, make_event):
    page = make_event("both")
    translate(page, words={page.title: "In both"})
    make_event("only", 2)
    assert [entry.event.language for entry in front(client, "en").events] == ["en", "ja"]
    assert [entry.event.language for entry in front(client).events] == ["ja", "ja"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_decided_about_them_is_said(client, make_event, language):
    page = make_event("tomorrow")
    make_event("later", 2)
    DecisionFactory(event=page, day=timezone.localdate() + datetime.timedelta(days=1))
    soup = BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
    first, second = soup.select(".coming__event")
    assert first.select_one(".event-state--cancelled")
    assert not second.select_one(".event-state")
    # What stands in one line on the first screen is something to go to.
    assert front(client, language).next_event.event.slug == "later"


@pytest.mark.parametrize("language", LANGUAGES)
def test_today_and_this_weekend_are_one_tap_away(client, make_event, language):
    make_event("tomorrow")
    soup = BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
    links = [link["href"] for link in soup.select(".now__days a")]
    assert links == [
        f"/{language}/events/?when=today#results",
        f"/{language}/events/?when=weekend#results",
    ]
    for link in links:
        assert client.get(link.partition("#")[0]).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_coming_events_the_running_projects_are_on(client, make_event, language):
    soup = BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
    assert not soup.select(".coming")
    (link,) = soup.select(".now__link")
    assert link["href"].endswith("projects/?stage=running")
    with translation.override(language):
        assert soup.find("h2", string=gettext("On now"))
    assert str(front(client).running_count) in link.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rainy_day_is_no_dearer_than_the_ceiling(client, make_event, language):
    page = make_event("tomorrow")
    DecisionFactory(event=page, day=timezone.localdate() + datetime.timedelta(days=1))
    DecisionFactory(day=timezone.localdate(), status="cancelled")
    assert_few(f"/{language}/")
