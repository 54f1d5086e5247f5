"""The page of an edition: its days, its programme, what is where, and the editions before."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from freezegun import freeze_time
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from events.factories import (
    DecisionFactory,
    EventFieldFactory,
    FestivalPageFactory,
    FestivalPartFactory,
)
from events.models import FestivalDay, FestivalPage, FestivalPartDays
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory, SourceFactory
from projects.models import IndicatorIndexPage, Measurement
from tests.queries import LANGUAGES, assert_few, queries_of
from tests.world import fresh, publish

from .sample import NOON, SATURDAY, SUNDAY, Sample, in_english

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=364)
AFTERWARDS = "2026-11-01T03:00:00Z"


class Editions(Sample):
    """The festival, the one of last year with visitors counted, and another festival."""

    def __init__(self):
        super().__init__()
        translate(self.festival, words={"見本まつり": "Sample Festival"})
        translate(self.play, words={"見本：朗読劇": "Sample: a play"})
        self.indicator = IndicatorPageFactory(
            parent=fresh(self.sections[IndicatorIndexPage]),
            slug="visitors",
            title="見本の来場者数",
            marks=["17"],
        )
        publish(self.indicator)
        translate(
            fresh(self.indicator), words={"見本の来場者数": "Sample visitors", "人": "people"}
        )
        source = in_english(
            SourceFactory(title="見本の報告", short_title="見本の報告"),
            {"見本の報告": "Sample report"},
        )
        self.figure = MeasurementFactory(
            indicator=self.indicator, period="FY2025", value=28000, source=source
        )
        self.past = self.edition(
            "past",
            (SATURDAY - YEAR, SUNDAY - YEAR),
            title="見本：昨年のまつり",
            edition=3,
            visitors_indicator=self.indicator,
            visitors_period="FY2025",
        )
        self.event(
            "drums",
            "見本：昨年の太鼓",
            parent=self.past,
            sessions=[self.session(SATURDAY - YEAR, 10, 11)],
        )
        other = self.edition("sunflowers", (SATURDAY - YEAR,), title="見本：ひまわり")
        FestivalPage.objects.filter(pk=other.pk).update(series="sunflowers")


@pytest.fixture(scope="module")
def editions(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        yield Editions()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon():
    with freeze_time(NOON):
        yield


def seen(client, page, language="ja", below="") -> BeautifulSoup:
    answer = client.get(page.url.replace("/ja/", f"/{language}/", 1) + below)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode().replace("<wbr>", ""), "html5lib")


def section(page, name: str):
    return page.select_one(f"section[aria-labelledby={name}-heading]")


def text(element) -> str:
    return element.get_text(" ", strip=True) if element else ""


def facts(page) -> dict[str, str]:
    return {text(row.dt): text(row.dd) for row in page.select(".event-facts > div")}


# What is where


def test_days_with_hours_theme_and_committee(editions, client):
    page = seen(client, editions.festival)
    assert [text(day) for day in page.select(".times__when")] == [
        "2026年10月24日(土) 午前10時～午後4時",
        "2026年10月25日(日) 午前10時～午後4時",
    ]
    assert text(page.select_one(".event-festival")) == "第4回"
    assert "見本のテーマ" in text(page.select_one(".event-subtitle"))
    when = text(section(page, "when"))
    assert "見本実行委員会" in when
    assert "雨天決行" in when


def test_access_and_what_one_looks_for_on_the_day(editions, client):
    assert facts(seen(client, editions.festival)) == {
        "バスで": "見本バス停からすぐ",
        "歩いて": "見本駅から歩いて15分",
        "救護所": "見本：本部の隣",
        "迷子": "見本：本部で預かります",
        "トイレ": "見本：東側に5基",
        "授乳・おむつ替え": "見本：1階の和室",
    }


@pytest.mark.parametrize(("language", "name"), [("ja", "農業まつり"), ("en", "Farming Festival")])
def test_its_parts_with_days_and_venues(editions, client, language, name):
    (part,) = section(seen(client, editions.festival, language), "parts").select("li")
    assert text(part.h3) == name
    assert {
        "ja": "2026年10月24日(土) ～ 2026年10月25日(日)",
        "en": "24 October 2026 (Sat) – 25 October 2026 (Sun)",
    }[language] in text(part)
    assert text(part.a) == {"ja": "見本プラザ", "en": "Sample Plaza"}[language]


def test_venues_of_parts_and_programme(editions, client):
    places = section(seen(client, editions.festival), "places")
    assert {text(venue) for venue in places.select(".venue h3")} == {"見本ホール", "見本プラザ"}
    assert "見本町1-1" in text(places)


def test_the_plan_with_its_words_beneath(editions, client):
    image = get_image_model().objects.create(
        title="見本", file=get_test_image_file(size=(800, 1200))
    )
    page = fresh(editions.festival)
    page.venue_plan = image
    publish(page)
    plan = seen(client, editions.festival).select_one(".venue-plan")
    assert plan.img["width"] == "800", "a plan is shown whole"
    assert plan.img["height"] == "1200"
    assert "文章" in plan.img["alt"]
    assert plan.a["href"] == plan.img["src"]
    assert "見本：北に入口、南に舞台。" in text(plan.select_one(".venue-plan__words"))
    english = seen(client, editions.festival, "en").select_one(".venue-plan")
    assert english.img["src"] == plan.img["src"]


def test_exhibitors_and_marks(editions, client):
    page = seen(client, editions.festival)
    exhibitors = section(page, "exhibitors")
    assert [text(each) for each in exhibitors.select(".exhibitors__booth")] == [
        "ブース A",
        "ブース B",
    ]
    assert exhibitors.select_one(".holder-state--valid")
    marks = page.select(".page-marks__list .mark__tile")
    assert [text(tile) for tile in marks] == ["17", "2"], "in the editor's order"
    assert "みんなでつくるからです" in text(page.select_one(".page-marks .why"))


# The programme


def programme(page) -> dict[str, list[str]]:
    """The titles of each part."""
    return {
        text(group.h3): [text(link) for link in group.select(".event-rows__what > a")]
        for group in section(page, "programme").select(".programme")
    }


def test_by_part_and_day(editions, client):
    page = seen(client, editions.festival)
    assert programme(page) == {
        "農業まつり": ["見本：にんじん掘り"],
        "そのほかのイベント": ["見本：朗読劇"],
    }
    days = [text(day) for day in page.select(".programme__day")]
    assert days == ["2026年10月25日(日)", "2026年10月24日(土)"]
    assert "10:00–12:00" in text(section(page, "programme"))
    assert "見本ホール" in text(section(page, "programme"))


def test_in_english_what_is_not_translated_stays_in_the_list(editions, client):
    page = seen(client, editions.festival, "en")
    assert programme(page) == {
        "Farming Festival": ["見本：にんじん掘り"],
        "More events": ["Sample: a play"],
    }
    carrots = section(page, "programme").find("a", string="見本：にんじん掘り")
    assert (carrots["lang"], carrots["href"]) == ("ja", "/en/events/festival/full/")


def test_several_parts_take_what_is_of_their_field(editions, client):
    welfare = EventFieldFactory(key="welfare", name="福祉")
    part = FestivalPartFactory(key="care", name="福祉まつり", field=welfare)
    page = fresh(editions.festival)
    page.parts = [
        FestivalPartDays(part=part, first_day=SATURDAY, last_day=SATURDAY, sort_order=0),
        *[
            FestivalPartDays(
                part=row.part, first_day=row.first_day, last_day=row.last_day, sort_order=1
            )
            for row in page.parts.all()
        ],
    ]
    publish(page)
    editions.event(
        "wheelchairs",
        "見本：車いす体験",
        parent=editions.festival,
        sessions=[editions.session(SATURDAY, 9, 10)],
        field=welfare,
    )
    found = programme(seen(client, editions.festival))
    assert list(found) == ["福祉まつり", "農業まつり", "そのほかのイベント"]
    assert found["福祉まつり"] == ["見本：車いす体験"]


def test_drafts_and_private_events_are_not_in_it(editions, client):
    editions.event("draft", "見本：下書き", parent=editions.festival).unpublish()
    private = editions.event("private", "見本：非公開", parent=editions.festival)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    shown = client.get(editions.festival.url).content.decode()
    for title in ("下書き", "非公開"):
        assert title not in shown
    assert title not in client.get(f"{editions.festival.url}timetable/").content.decode()


def test_without_a_programme_it_says_so(editions, client):
    bare = editions.edition("bare", (SUNDAY,), title="見本：これから")
    assert "プログラムはまだ公開されていません" in text(section(seen(client, bare), "programme"))
    page = seen(client, bare)
    assert not [link for link in page.select(".event-ways a") if "timetable" in link["href"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_postponed_sunday(editions, client, language):
    DecisionFactory(
        festival=editions.festival,
        day=SUNDAY,
        status="postponed",
        postponed_to=SUNDAY + datetime.timedelta(days=7),
    )
    page = seen(client, editions.festival, language)
    saturday, sunday = section(page, "when").select(".times__session")
    assert not saturday.select(".event-state")
    assert sunday.select_one(".event-state--rescheduled")
    moved = section(page, "programme").select("li:has(.event-state--rescheduled)")
    assert [link["href"] for row in moved for link in row.select(".event-rows__what > a")] == [
        f"/{language}/events/festival/full/"
    ]
    days = [text(day) for day in page.select(".programme__day")]
    assert {"ja": "2026年11月1日(日)", "en": "1 November 2026 (Sun)"}[language] in days


def test_a_decision_about_one_event_is_none_about_the_day(editions, client):
    DecisionFactory(event=editions.full, day=SUNDAY, status="cancelled")
    DecisionFactory(venue=editions.hall, day=SATURDAY, status="cancelled")
    page = seen(client, editions.festival)
    assert not section(page, "when").select(".event-state")
    assert len(section(page, "programme").select(".event-state--cancelled")) == 2


def test_the_timetable_has_the_whole_programme(editions, client):
    for language in LANGUAGES:
        page = seen(client, editions.festival, language, "timetable/")
        shown = text(section(page, "timetable"))
        assert "見本：にんじん掘り" in shown
        assert {"ja": "見本：朗読劇", "en": "Sample: a play"}[language] in shown
        assert "昨年" not in shown
        canonical = page.select_one("link[rel=canonical]")["href"]
        assert canonical.endswith(f"/{language}/events/festival/timetable/")


# The archive


def test_a_past_edition_says_so_and_keeps_its_programme(editions, client):
    page = seen(client, editions.past)
    assert "終了しました" in text(page.select_one(".notice--ended"))
    assert ["見本：昨年の太鼓"] in programme(page).values()
    assert not page.select('a[href$="calendar.ics"]')
    to_the_next = page.select_one(".page-head a.button")
    assert to_the_next["href"] == editions.festival.url


def test_a_festival_that_was_cancelled_did_not_take_place(editions, client):
    with freeze_time("2025-10-20T03:00:00Z"):
        DecisionFactory(festival=editions.past, day=None, status="cancelled")
    assert "開催されませんでした" in text(seen(client, editions.past).select_one(".notice--ended"))


def test_it_is_over_when_its_last_day_closes(editions, client):
    for at, is_over in (("2026-10-25T06:59:00Z", False), ("2026-10-25T07:01:00Z", True)):
        with freeze_time(at):
            notice = seen(client, editions.festival).select_one(".notice--ended")
        assert bool(notice) == is_over, at


def test_past_editions_of_the_same_series(editions, client):
    archive = section(seen(client, editions.festival), "archive")
    assert [text(link) for link in archive.select("a")] == ["見本：昨年のまつり"]
    assert "2025年10月25日(土)" in text(archive)
    assert section(seen(client, editions.past), "archive") is None
    hidden = fresh(editions.past)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert section(seen(client, editions.festival), "archive") is None


# Visitors counted


@pytest.mark.parametrize(
    ("language", "value", "source", "title"),
    [
        ("ja", "28,000人", "見本の報告", "見本の来場者数"),
        ("en", "28,000 people", "Sample report", "Sample visitors"),
    ],
)
def test_visitors_with_their_source_and_indicator(editions, client, language, value, source, title):
    visitors = section(seen(client, editions.past, language), "visitors")
    assert visitors.select_one(".amount").get_text() == value
    assert source in text(visitors)
    link = visitors.select_one(".visitors__indicator a")
    assert (text(link), link["href"]) == (title, f"/{language}/indicators/visitors/")
    assert client.get(link["href"]).status_code == 200


def test_a_provisional_figure_says_so(editions, client):
    Measurement.objects.filter(pk=editions.figure.pk).update(status="provisional")
    assert "速報" in text(section(seen(client, editions.past), "visitors"))


@pytest.mark.parametrize("what", ["draft", "private", "other period"])
def test_a_figure_that_is_not_public_is_not_shown(editions, client, what):
    if what == "draft":
        Measurement.objects.filter(pk=editions.figure.pk).update(live=False)
    elif what == "private":
        PageViewRestriction.objects.create(page=editions.indicator, restriction_type="login")
    else:
        Measurement.objects.filter(pk=editions.figure.pk).update(period="FY2024")
    assert section(seen(client, editions.past), "visitors") is None


# The preview, and the number of queries


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_shows_what_is_not_saved(editions, language):
    page = fresh(editions.festival)
    page.days = [FestivalDay(date=SATURDAY, opens_at=datetime.time(8))]
    page.parts = [FestivalPartDays(part=editions.part, first_day=SATURDAY, last_day=SATURDAY)]
    page.theme = "見本：まだ下書き"
    shown = BeautifulSoup(page.make_preview_request().render().content, "html5lib")
    assert [text(day) for day in shown.select(".times__when")] == ["2026年10月24日(土) 午前8時から"]
    assert "まだ下書き" in text(shown.select_one(".event-subtitle"))
    assert text(section(shown, "parts").h3) == "農業まつり"


def test_the_preview_of_a_page_that_was_never_saved(editions):
    page = FestivalPage(title="見本：新しい", slug="new", locale=editions.index.locale)
    parent = fresh(editions.index)
    page.depth, page.path = parent.depth + 1, f"{parent.path}9999"
    page.set_url_path(parent)
    page.days = [FestivalDay(date=SATURDAY)]
    answer = page.make_preview_request()
    assert "2026年10月24日(土)" in answer.render().content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("when", [NOON, AFTERWARDS])
def test_fifteen_queries_with_all_that_a_page_can_have(editions, language, when):
    image = get_image_model().objects.create(title="見本", file=get_test_image_file())
    page = fresh(editions.festival)
    page.venue_plan = page.picture = image
    page.picture_alt = "見本"
    page.visitors_indicator, page.visitors_period = editions.indicator, "FY2025"
    publish(page)
    DecisionFactory(event=editions.full, day=SUNDAY, status="moved", moved_to=editions.hall)
    with freeze_time(when):
        address = editions.festival.url.replace("/ja/", f"/{language}/", 1)
        assert_few(address)
        assert_few(f"{address}timetable/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_queries_for_many_events(editions, language):
    address = editions.festival.url.replace("/ja/", f"/{language}/", 1)
    few = len(queries_of(address))
    for number in range(12):
        editions.event(
            f"more-{number}",
            f"見本{number}",
            parent=editions.festival,
            sessions=[editions.session(SUNDAY, number + 1, number + 2)],
        )
    assert len(queries_of(address)) == few


def test_rows_without_an_order_are_shown(editions, client):
    page = FestivalPageFactory(
        parent=fresh(editions.index), slug="unordered", marks=["1"], why="見本", days=[SUNDAY]
    )
    FestivalDay.objects.filter(page=page).update(sort_order=None)
    publish(page)
    assert seen(client, page).select(".times__when")
