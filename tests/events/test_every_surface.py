"""What was decided is on every surface at once, in every language."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from freezegun import freeze_time

from events.factories import DecisionFactory
from kiyose.translation.factories import translate

from .sample import NOON, SUNDAY, Sample
from .test_nothing_leaks import text_of

pytestmark = pytest.mark.django_db
LANGUAGES = ["ja", "en"]
MONDAY = SUNDAY + datetime.timedelta(days=1)
CANCELLED = {"ja": "中止", "en": "Cancelled"}
POSTPONED = {"ja": "順延", "en": "Postponed"}
PAGES = [
    "",
    "events/",
    "events/calendar/",
    "events/timetable/",
    "events/feed/",
    "events/festival/",
    "events/festival/timetable/",
    "events/festival/full/",
    "events/festival/full/poster/",
]
CALENDARS = ["events/", "events/festival/", "events/festival/full/"]


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        made = Sample()
        translate(made.festival, words={"見本まつり": "Sample Festival"})
        translate(made.full, words={"見本：にんじん掘り": "Sample: digging carrots"})
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon():
    with freeze_time(NOON), translation.override("ja"):
        yield


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def picks(sample) -> str:
    return f"?pick={sample.full.pk}-{sample.full.sessions.get().key}"


def decided(hour: int, **values):
    """On the morning before."""
    made_at = timezone.make_aware(datetime.datetime(2026, 10, 1, hour))
    return DecisionFactory(made_at=made_at, **values)


def hall_after_the_move(sample):
    """The event goes to the hall, and then the hall is closed."""
    decided(7, event=sample.full, day=SUNDAY, status="moved", moved_to=sample.hall)
    decided(8, venue=sample.hall, day=SUNDAY, status="cancelled")


DECISIONS = {
    "the event": lambda sample: decided(8, event=sample.full, day=SUNDAY, status="cancelled"),
    "its venue": lambda sample: decided(8, venue=sample.plaza, day=SUNDAY, status="cancelled"),
    "the day": lambda sample: decided(8, day=SUNDAY, status="cancelled"),
    "the festival": lambda sample: decided(8, festival=sample.festival, status="cancelled"),
    "the venue it went to": hall_after_the_move,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", DECISIONS)
def test_cancelled_everywhere(sample, about, language):
    before = {page: read(f"/{language}/{page}") for page in PAGES}
    assert not any(CANCELLED[language] in text for text in before.values())
    DECISIONS[about](sample)
    for page in PAGES:
        assert CANCELLED[language] in read(f"/{language}/{page}"), page
    assert CANCELLED[language] in read(f"/{language}/events/plan/{picks(sample)}")
    for page in CALENDARS:
        assert "STATUS:CANCELLED" in read(f"/{language}/{page}calendar.ics"), page
    calendar = read(f"/{language}/events/plan/calendar.ics{picks(sample)}")
    assert "STATUS:CANCELLED" in calendar
    for page in ("festival/", "festival/full/"):
        assert "https://schema.org/EventCancelled" in read(f"/{language}/events/{page}"), page
    assert "中止" in read("/opendata/events.csv")
    assert '"cancelled"' in read("/opendata/events.json")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_postponed_sunday_with_its_next_decision(sample, language):
    at = timezone.make_aware(datetime.datetime(2026, 10, 25, 7))
    decided(
        8, festival=sample.festival, day=SUNDAY, status="postponed", next_decision_at=at,
        note="見本：雨のため", note_en="Sample: because of rain",
    )  # fmt: skip
    note = {"ja": "見本：雨のため", "en": "Sample: because of rain"}[language]
    hour = {"ja": "午前7時", "en": "07:00"}[language]
    for page in PAGES[:-1]:
        text = read(f"/{language}/{page}")
        assert POSTPONED[language] in text, page
        assert note in text, page
        assert hour in text, page
    for page in CALENDARS:
        calendar = read(f"/{language}/{page}calendar.ics")
        assert "STATUS:TENTATIVE" in calendar
        assert note in calendar
    assert "https://schema.org/EventPostponed" in read(f"/{language}/events/festival/full/")
    assert "順延" in read("/opendata/events.csv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_say_first_what_overrules_where_it_was_moved_to(sample, language):
    hall_after_the_move(sample)
    hall = {"ja": "見本ホール", "en": "Sample Hall"}[language]
    for page in ("events/festival/full/", "events/festival/"):
        shown = BeautifulSoup(read(f"/{language}/{page}"), "html5lib")
        assert hall in shown.select_one("section.announcements").get_text(), page
