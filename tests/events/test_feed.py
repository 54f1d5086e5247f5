"""The Atom feed: valid, in both languages, with what is coming and what was decided."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import freezegun
import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.factories import DecisionFactory
from events.feed import MOST_ENTRIES
from events.models import Session
from tests.bulk import clone, update_statistics
from tests.queries import LANGUAGES
from tests.world import fresh, publish

from .programme import BEFORE, DAY, SATURDAY, SUNDAY, Programme, at

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_the_week_before():
    with freezegun.freeze_time(BEFORE):
        yield


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freezegun.freeze_time(BEFORE):
        yield Programme()
        transaction.set_rollback(True)


def feed_in(language: str = "ja") -> ElementTree.Element:
    """The feed, after the rules of RFC 4287 that readers rely on have held."""
    answer = Client().get(f"/{language}/events/feed/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - of our own making
    for element in (feed, *feed.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
        moment = datetime.datetime.fromisoformat(element.findtext("a:updated", "", ATOM))
        assert moment.tzinfo is not None
    assert feed.findtext("a:author/a:name", "", ATOM)
    for link in feed.iterfind(".//a:link", ATOM):
        assert link.get("href").startswith("http://")
    ids = [entry.findtext("a:id", "", ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert len(ids) == len(set(ids))
    return feed


def entries(language: str = "ja") -> dict[str, ElementTree.Element]:
    return {
        entry.findtext("a:title", "", ATOM): entry
        for entry in feed_in(language).findall("a:entry", ATOM)
    }


def said(entry) -> list[str]:
    """The paragraphs of an entry."""
    html = BeautifulSoup(entry.findtext("a:summary", "", ATOM), "html.parser")
    return [paragraph.get_text() for paragraph in html.select("p")]


def links(element) -> dict[tuple, str]:
    return {
        (link.get("rel"), link.get("hreflang")): link.get("href")
        for link in element.findall("a:link", ATOM)
    }


def test_the_feed_names_itself_and_its_other_language(programme):
    for language, other in (("ja", "en"), ("en", "ja")):
        feed = feed_in(language)
        found = links(feed)
        assert feed.get(LANG) == language
        assert found["self", None].endswith(f"/{language}/events/feed/")
        assert found["alternate", None].endswith(f"/{language}/events/")
        assert found["alternate", other].endswith(f"/{other}/events/feed/")
        assert ("alternate", language) not in found


def test_ids_stay_and_differ_between_languages(programme):
    def ids(language):
        feed = feed_in(language)
        return [element.text for element in feed.iterfind(".//a:id", ATOM)]

    before = ids("ja")
    with transaction.atomic(), freezegun.freeze_time(BEFORE) as clock:
        clock.tick(MINUTE)
        publish(fresh(programme.late))
        assert set(ids("ja")) == set(before)
        transaction.set_rollback(True)
    assert not set(before) & set(ids("en"))


def test_coming_events_are_in_it_and_nothing_else(programme):
    assert set(entries()) == {
        *("見本の収穫", "見本の演奏", "見本の人形劇", "見本の話", "見本の夜の会", "見本の写真展")
    }


def test_an_entry_says_when_and_where(programme):
    entry = entries()["見本の収穫"]
    when, where = said(entry)[0].split("、")
    assert when.startswith("2026年10月24日(土) 午前10時～")
    assert where == "見本公園"
    assert links(entry)["alternate", None].endswith("/ja/events/festival/harvest/")


def test_words_say_their_language_where_it_is_another(programme):
    found = entries("en")
    assert found["Sample harvest"].get(LANG) is None
    assert found["見本の演奏"].get(LANG) == "ja"
    assert links(found["Sample harvest"])["alternate", None].endswith(
        "/en/events/festival/harvest/"
    )
    assert "Sample Hall" in said(found["見本の演奏"])[0]


@pytest.mark.parametrize(
    ("language", "title", "note"),
    [
        ("ja", "【中止】見本の収穫", "見本：大雨のため"),
        ("en", "[Cancelled] Sample harvest", "Sample: heavy rain"),
    ],
)
def test_a_decision_is_said_at_once_and_makes_the_entry_new(programme, language, title, note):
    before = feed_in(language).findtext("a:updated", "", ATOM)
    with transaction.atomic(), freezegun.freeze_time(BEFORE) as clock:
        clock.tick(MINUTE)
        DecisionFactory(
            event=programme.harvest,
            day=SATURDAY,
            status="cancelled",
            note="見本：大雨のため",
            note_en="Sample: heavy rain",
        )
        after = feed_in(language)
        found = entries(language)
        transaction.set_rollback(True)
    assert note in said(found[title])
    assert next(iter(found)) == title  # the newest first
    assert after.findtext("a:updated", "", ATOM) > before


def test_what_is_postponed_is_said_with_both_days(programme):
    with transaction.atomic():
        DecisionFactory(
            event=programme.harvest, day=SATURDAY, status="postponed", postponed_to=SUNDAY
        )
        (entry,) = [entry for title, entry in entries().items() if title.endswith("見本の収穫")]
        transaction.set_rollback(True)
    assert said(entry)[0].startswith("2026年10月25日(日)")
    assert any("10月24日" in line and "10月25日" in line for line in said(entry)[1:])


def test_dates_in_words_are_said_in_words(programme):
    with transaction.atomic():
        session = at("", until=SUNDAY, repeats="words")
        programme.event("vague", "見本の種まき", session, dates_note="見本：下旬")
        found = entries()
        transaction.set_rollback(True)
    assert said(found["見本の種まき"])[0] == "見本：下旬"


def test_an_event_is_one_entry_however_often_it_takes_place(programme):
    with transaction.atomic():
        session = at("14:00", "15:00", until=SATURDAY + 300 * DAY, repeats="daily")
        programme.event("daily", "見本の毎日", session)
        entry = entries()["見本の毎日"]
        transaction.set_rollback(True)
    assert 10 <= len(said(entry)) <= 11


def test_whoever_has_it_is_told_so(programme):
    first = Client().get("/ja/events/feed/")
    assert first["Cache-Control"] == "no-cache"
    again = {"if-none-match": first["ETag"]}
    assert Client().get("/ja/events/feed/", headers=again).status_code == 304
    with transaction.atomic():
        DecisionFactory(day=SATURDAY, status="cancelled")
        assert Client().get("/ja/events/feed/", headers=again).status_code == 200
        transaction.set_rollback(True)


def test_odd_characters_do_not_break_it(programme):
    with transaction.atomic():
        programme.event(
            "odd", "見本<b>&\x0b", at("10:00"), organiser="見本\x00".replace("\x00", "\x01")
        )
        assert "見本<b>&" in entries()
        transaction.set_rollback(True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_events_ask_as_often_as_a_few(programme, language):
    def queries() -> int:
        cache.clear()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as captured:
            feed_in(language)
        return len(captured)

    with transaction.atomic():
        few = queries()
        Session.objects.bulk_create(
            Session(page_id=number, starts_on=SATURDAY)
            for number in clone(fresh(programme.harvest), 1_000)
        )
        update_statistics()
        many = queries()
        assert len(feed_in(language).findall("a:entry", ATOM)) == MOST_ENTRIES
        transaction.set_rollback(True)
    assert many <= few <= 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_tells_programs_where_the_feed_and_the_calendar_are(programme, language):
    page = BeautifulSoup(Client().get(f"/{language}/events/").content, "html.parser")
    found = {link["type"]: link["href"] for link in page.select("link[rel=alternate][type]")}
    assert found["application/atom+xml"] == f"/{language}/events/feed/"
    assert found["text/calendar"] == f"/{language}/events/calendar.ics"
    for address in found.values():
        assert Client().get(address).status_code == 200


def test_what_is_withdrawn_is_gone(programme):
    with transaction.atomic():
        fresh(programme.late).unpublish()
        assert "見本の夜の会" not in entries()
        publish(fresh(programme.late))
        transaction.set_rollback(True)
