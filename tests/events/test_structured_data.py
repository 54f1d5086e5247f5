"""JSON-LD of events and festivals: what search engines are told, and when something changes."""

from __future__ import annotations

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from freezegun import freeze_time

from events.factories import DecisionFactory
from kiyose.translation.factories import translate
from tests.queries import LANGUAGES

from .sample import NOON, SATURDAY, SUNDAY, Sample

pytestmark = pytest.mark.django_db
SCHEMA = "https://schema.org/"
WEEK = datetime.timedelta(days=7)


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        made = Sample()
        translate(made.festival, words={"見本まつり": "Sample Festival"})
        translate(made.full, words={"見本：にんじん掘り": "Sample: digging carrots"})
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://sdgs.example.jp"
    with freeze_time(NOON):
        yield


def data(client, page, language="ja") -> dict:
    answer = client.get(page.url.replace("/ja/", f"/{language}/", 1))
    (script,) = BeautifulSoup(answer.content, "html5lib").select(
        'script[type="application/ld+json"]'
    )
    return json.loads(script.string)


def status(name: str) -> str:
    return f"{SCHEMA}Event{name}"


def test_an_event_with_everything(sample, client):
    found = data(client, sample.full)
    url = "https://sdgs.example.jp/ja/events/festival/full/"
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "Event"
    assert found["name"] == "見本：にんじん掘り"
    assert found["url"] == found["@id"] == url
    assert found["description"] == "見本の説明です。"
    assert found["startDate"] == "2026-10-25T10:00:00+09:00"
    assert found["endDate"] == "2026-10-25T12:00:00+09:00"
    assert found["eventStatus"] == status("Scheduled")
    assert found["eventAttendanceMode"] == f"{SCHEMA}OfflineEventAttendanceMode"
    assert found["inLanguage"] == ["ja", "en"]
    assert found["organizer"] == {"@type": "Organization", "name": "見本部会"}
    assert found["isAccessibleForFree"] is False
    assert found["offers"] == {
        "@type": "Offer",
        "price": 1500,
        "priceCurrency": "JPY",
        "url": url,
        "validFrom": "2026-09-20",
        "availabilityEnds": "2026-10-10",
    }
    assert found["maximumAttendeeCapacity"] == 40
    assert found["typicalAgeRange"] == "3-12"
    assert found["location"] == {
        "@type": "Place",
        "name": "見本プラザ",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "見本町1-1",
            "addressCountry": "JP",
            "postalCode": "204-0000",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 35.7857, "longitude": 139.5264},
    }
    assert found["superEvent"] == {
        "@type": "Festival",
        "name": "見本まつり",
        "url": "https://sdgs.example.jp/ja/events/festival/",
    }


def test_in_english_the_words_change_and_the_facts_do_not(sample, client):
    japanese, english = (data(client, sample.full, language) for language in LANGUAGES)
    assert english["name"] == "Sample: digging carrots"
    assert english["location"]["name"] == "Sample Plaza"
    for name in ("startDate", "endDate", "eventStatus", "inLanguage"):
        assert english[name] == japanese[name], name


def test_without_an_organiser_it_is_the_city(sample, client):
    organiser = data(client, sample.play)["organizer"]
    assert organiser["@type"] == "GovernmentOrganization"
    assert organiser["name"] == "見本市のSDGs"


def test_what_costs_nothing_and_what_says_nothing(sample, client):
    free = data(client, sample.event("free", "見本：無料", fee=0))
    assert free["isAccessibleForFree"] is True
    assert free["offers"]["price"] == 0
    assert not {"isAccessibleForFree", "offers"} & data(client, sample.play).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_cancelled(sample, client, language):
    DecisionFactory(event=sample.full, day=SUNDAY, status="cancelled")
    found = data(client, sample.full, language)
    assert found["eventStatus"] == status("Cancelled")
    assert found["startDate"].startswith("2026-10-25"), "the date of a cancelled event stays"


@pytest.mark.parametrize("language", LANGUAGES)
def test_postponed_without_a_new_day(sample, client, language):
    DecisionFactory(event=sample.full, day=SUNDAY, status="postponed")
    assert data(client, sample.full, language)["eventStatus"] == status("Postponed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_postponed_to_a_new_day(sample, client, language):
    DecisionFactory(event=sample.full, day=SUNDAY, status="postponed", postponed_to=SUNDAY + WEEK)
    found = data(client, sample.full, language)
    assert found["eventStatus"] == status("Rescheduled")
    assert found["startDate"] == "2026-11-01T10:00:00+09:00"
    assert found["previousStartDate"] == "2026-10-25T10:00:00+09:00"


def test_a_festival_ends_with_what_was_postponed(sample, client):
    DecisionFactory(
        festival=sample.festival, day=SATURDAY, status="postponed", postponed_to=SUNDAY + WEEK
    )
    found = data(client, sample.festival)
    assert found["startDate"][:10] == "2026-10-25"
    assert found["endDate"][:10] == "2026-11-01"


@pytest.mark.parametrize("language", LANGUAGES)
def test_moved_is_scheduled_at_the_new_place(sample, client, language):
    DecisionFactory(event=sample.full, day=SUNDAY, status="moved", moved_to=sample.hall)
    found = data(client, sample.full, language)
    assert found["eventStatus"] == status("Scheduled")
    assert found["location"]["name"] == {"ja": "見本ホール", "en": "Sample Hall"}[language]


def test_a_whole_day_and_an_open_end(sample, client):
    all_day = data(
        client,
        sample.event(
            "show",
            "見本：展示",
            sessions=[{"starts_on": SATURDAY, "until": SUNDAY, "venue": sample.hall}],
        ),
    )
    assert (all_day["startDate"], all_day["endDate"]) == ("2026-10-24", "2026-10-25")
    open_end = data(
        client,
        sample.event(
            "open",
            "見本：交流会",
            sessions=[{"starts_on": SATURDAY, "starts_at": datetime.time(18)}],
        ),
    )
    assert open_end["startDate"] == "2026-10-24T18:00:00+09:00"
    assert "endDate" not in open_end


def test_dates_in_words_claim_no_day(sample, client):
    found = data(
        client,
        sample.event(
            "fuzzy",
            "見本：春まつり",
            sessions=[{"starts_on": SATURDAY, "until": SUNDAY, "repeats": "words"}],
            dates_note="見本：10月下旬",
            place="見本の梅林",
            address="見本町2",
        ),
    )
    assert not {"startDate", "endDate"} & found.keys()
    assert found["location"]["name"] == "見本の梅林"
    assert found["location"]["address"]["streetAddress"] == "見本町2"


def test_a_series_has_a_schedule_and_what_was_changed(sample, client):
    page = sample.event(
        "weekly",
        "見本：火曜の体操",
        sessions=[
            sample.session(
                datetime.date(2026, 10, 6),
                10,
                11,
                repeats="weekly",
                until=datetime.date(2026, 11, 24),
                except_holidays=True,
            )
        ],
    )
    DecisionFactory(event=page, day=datetime.date(2026, 11, 17), status="cancelled")
    found = data(client, page)
    assert found["eventSchedule"] == [
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "startDate": "2026-10-06",
            "endDate": "2026-11-24",
            "scheduleTimezone": "Asia/Tokyo",
            "byDay": f"{SCHEMA}Tuesday",
            "startTime": "10:00:00",
            "endTime": "11:00:00",
            "exceptDate": ["2026-11-03"],
        }
    ]
    assert (found["startDate"], found["endDate"]) == ("2026-10-06", "2026-11-24")
    (changed,) = found["subEvent"]
    assert changed["startDate"] == "2026-11-17T10:00:00+09:00"
    assert changed["eventStatus"] == status("Cancelled")


def test_several_times_each_with_their_own_status(sample, client):
    page = sample.event(
        "twice",
        "見本：二回",
        sessions=[sample.session(SATURDAY, 10, 11), sample.session(SUNDAY, 10, 11, sample.hall)],
    )
    DecisionFactory(event=page, day=SUNDAY, status="cancelled")
    found = data(client, page)
    assert [part["eventStatus"] for part in found["subEvent"]] == [
        status("Scheduled"),
        status("Cancelled"),
    ]
    assert [part["location"]["name"] for part in found["subEvent"]] == ["見本プラザ", "見本ホール"]
    assert [place["name"] for place in found["location"]] == ["見本プラザ", "見本ホール"]
    assert found["eventStatus"] == status("Scheduled"), "some of it takes place"
    DecisionFactory(event=page, day=SATURDAY, status="cancelled")
    assert data(client, page)["eventStatus"] == status("Cancelled")


def test_a_festival_with_its_programme(sample, client):
    found = data(client, sample.festival)
    assert found["@type"] == "Festival"
    assert found["startDate"] == "2026-10-24T10:00:00+09:00"
    assert found["endDate"] == "2026-10-25T16:00:00+09:00"
    assert found["organizer"] == {"@type": "Organization", "name": "見本実行委員会"}
    assert {place["name"] for place in found["location"]} == {"見本プラザ", "見本ホール"}
    play, carrots = found["subEvent"]
    assert play["name"] == "見本：朗読劇"
    assert carrots["url"] == "https://sdgs.example.jp/ja/events/festival/full/"
    assert carrots["startDate"] == "2026-10-25T10:00:00+09:00"


def test_the_day_of_a_festival_and_the_festival_as_a_whole(sample, client):
    DecisionFactory(festival=sample.festival, day=SUNDAY, status="cancelled")
    found = data(client, sample.festival)
    assert found["eventStatus"] == status("Scheduled"), "Saturday takes place"
    assert [part["eventStatus"] for part in found["subEvent"]] == [
        status("Scheduled"),
        status("Cancelled"),
    ]
    DecisionFactory(festival=sample.festival, day=None, status="cancelled")
    assert data(client, sample.festival)["eventStatus"] == status("Cancelled")


def test_nothing_in_it_ends_the_block_and_the_policy_allows_it(sample, client):
    page = sample.event(
        "trick", "見本</script><script>alert(1)</script>", description="</script><!--&"
    )
    answer = client.get(page.url)
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert html.count("</script>") == 1, "no other script stands on the page"
    found = data(client, page)
    assert found["name"] == "見本</script><script>alert(1)</script>"
    assert found["description"] == "</script><!--&"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
