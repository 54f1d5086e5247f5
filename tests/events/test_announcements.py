"""What people must know now: which decisions are shown, to whom, and in which words."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from freezegun import freeze_time
from wagtail.models import PageViewRestriction, Site

from events.announcements import Subject, announcements_for
from events.decisions import Decisions, Planned, Settled, Standing, settle
from events.factories import (
    DecisionFactory,
    EventPageFactory,
    FestivalPageFactory,
    VenueFactory,
)
from events.models import EventIndexPage
from events.patterns import Occurrence
from events.schedule import public_events, sessions_of
from kiyose.translation.factories import enter_words, start_translation, translate
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db

SATURDAY, SUNDAY = datetime.date(2026, 10, 24), datetime.date(2026, 10, 25)
MONDAY = datetime.date(2026, 10, 26)
# Six in the morning of the Sunday.
NOW = "2026-10-24 21:00:00"


def at(hour: int, day: datetime.date = SUNDAY) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def morning():
    with freeze_time(NOW), translation.override("ja"):
        yield


@pytest.fixture(scope="module")
def index(django_db_setup, django_db_blocker):
    """The list of events of a small site that is read in two languages."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield in_two_languages()[EventIndexPage]
        transaction.set_rollback(True)


@pytest.fixture
def festival(index):
    return FestivalPageFactory(parent=fresh(index), slug="festival", title="見本まつり")


def session(day=SUNDAY, **values) -> dict:
    return {
        "starts_on": day,
        "starts_at": datetime.time(10),
        "ends_at": datetime.time(12),
        **values,
    }


def request():
    return RequestFactory().get("/")


def concerning(page) -> Subject:
    """A page in any language, with what it has loaded of its source."""
    rows = type(page).objects.filter(translation_key=page.translation_key)
    path = rows.get(locale__language_code="ja").path
    sessions = list(sessions_of(public_events().filter(path__startswith=path)))
    return Subject(page, path, sessions, times=[])


def shown(page=None) -> list[tuple]:
    """(pk of the decision, label) of what is announced."""
    found = announcements_for(request(), concerning(page) if page else None)
    return [(each.decision.pk, each.label) for each in found]


def decided(hour: int = 5, **values):
    values.setdefault("made_at", at(hour))
    return DecisionFactory(**values)


def test_nothing_where_nothing_was_decided(morning, festival):
    assert shown() == []


def test_a_cancelled_sunday_is_announced(morning, festival):
    row = decided(festival=festival, day=SUNDAY)
    assert shown() == [(row.pk, "中止")]


def test_the_last_word_of_the_same_scope_counts(morning, festival):
    decided(4, festival=festival, day=SUNDAY)
    row = decided(5, festival=festival, day=SUNDAY, status="postponed", postponed_to=MONDAY)
    assert shown() == [(row.pk, "別の日に順延")]


def test_what_is_taken_back_takes_place_after_all(morning, festival):
    decided(4, festival=festival, day=SUNDAY)
    row = decided(5, festival=festival, day=SUNDAY, status="on")
    [announcement] = announcements_for(request())
    assert (announcement.decision.pk, announcement.is_after_all) == (row.pk, True)
    assert announcement.standing == Standing.ON


def test_a_wider_decision_overrules_a_narrower_one_and_not_the_other_way(morning, festival):
    event = EventPageFactory(parent=festival, sessions=[session()])
    decided(3, event=event, day=SUNDAY, status="moved", moved_to=VenueFactory())
    wide = decided(4, festival=festival, day=SUNDAY)
    assert shown() == [(wide.pk, "中止")]
    narrow = decided(5, event=event, day=SUNDAY, status="on")
    assert [pk for pk, _label in shown()] == [wide.pk, narrow.pk]


def test_a_decision_about_another_festival_overrules_nothing(morning, festival, index):
    other = FestivalPageFactory(parent=fresh(index), slug="other")
    event = EventPageFactory(parent=festival, sessions=[session()])
    row = decided(4, event=event, day=SUNDAY)
    decided(5, festival=other, day=SUNDAY, status="on")
    assert [pk for pk, _label in shown()] == [row.pk]


def test_on_without_anything_before_is_no_news_unless_more_is_to_come(morning, festival):
    decided(4, festival=festival, day=SUNDAY, status="on")
    assert shown() == []
    row = decided(5, festival=festival, day=SUNDAY, status="on", next_decision_at=at(7))
    assert [pk for pk, _label in shown()] == [row.pk]


def test_a_next_decision_is_shown_until_its_time(festival):
    decided(4, festival=festival, day=SUNDAY, next_decision_at=at(7))
    with freeze_time(at(6)):
        assert announcements_for(request())[0].next_decision_at == at(7)
    with freeze_time(at(8)):
        assert announcements_for(request())[0].next_decision_at is None


def test_days_that_are_over_are_not_announced(festival):
    decided(4, festival=festival, day=SATURDAY, made_at=at(4, SATURDAY))
    event = EventPageFactory(parent=festival, sessions=[session(SATURDAY)])
    decided(4, event=event, day=None, made_at=at(5, SATURDAY))
    with freeze_time(at(6, SATURDAY)):
        assert len(shown()) == 2
    with freeze_time(at(6, SUNDAY)):
        assert shown() == []


def test_a_postponed_day_is_announced_until_its_new_day(festival):
    decided(4, festival=festival, day=SATURDAY, status="postponed", postponed_to=MONDAY)
    for day, count in ((SUNDAY, 1), (MONDAY, 1), (MONDAY + datetime.timedelta(days=1), 0)):
        with freeze_time(at(6, day)):
            assert len(shown()) == count, day


def test_nothing_is_said_of_drafts_and_private_pages(morning, festival, index):
    draft = EventPageFactory(parent=festival, sessions=[session()], live=False)
    hidden = FestivalPageFactory(parent=fresh(index), slug="hidden")
    below = EventPageFactory(parent=hidden, sessions=[session()])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    decided(event=draft, day=SUNDAY)
    decided(event=below, day=SUNDAY)
    decided(4, festival=hidden, day=SUNDAY)
    assert shown() == []
    PageViewRestriction.objects.all().delete()
    assert len(shown()) == 2


def test_what_concerns_more_comes_first(morning, festival):
    event = EventPageFactory(parent=festival, sessions=[session()])
    narrow = decided(5, event=event, day=SUNDAY)
    place = decided(4, venue=VenueFactory(), day=SUNDAY)
    wide = decided(3, festival=festival, day=SUNDAY)
    assert [pk for pk, _label in shown()] == [wide.pk, place.pk, narrow.pk]


def test_a_page_shows_what_concerns_it(morning, festival, index):
    hall, other = VenueFactory(), VenueFactory()
    on_sunday = EventPageFactory(
        parent=festival, slug="on-sunday", sessions=[session(venue=hall)], title="日曜"
    )
    on_saturday = EventPageFactory(
        parent=festival, slug="on-saturday", sessions=[session(SATURDAY, venue=other)]
    )
    alone = EventPageFactory(
        parent=fresh(index), slug="alone", sessions=[session(MONDAY, venue=other)]
    )
    sunday = decided(festival=festival, day=SUNDAY).pk
    whole = decided(festival=festival, day=None, next_decision_at=at(7)).pk
    in_hall = decided(venue=hall, day=SUNDAY).pk
    own = decided(event=on_sunday, day=SUNDAY).pk
    monday = decided(day=MONDAY).pk

    def numbers(page=None):
        return {pk for pk, _label in shown(page)}

    assert numbers(festival) == {whole, in_hall, own}
    assert numbers(on_sunday) == {whole, in_hall, own}
    assert numbers(on_saturday) == {whole}
    assert numbers(alone) == {monday}
    assert sunday not in numbers(), "the whole festival was decided after it"


def test_a_festival_without_a_programme_yet_shows_what_its_days_have(morning, festival):
    row = decided(day=SUNDAY)
    decided(day=MONDAY)
    decided(venue=VenueFactory(), day=SUNDAY)
    assert [pk for pk, _label in shown(festival)] == [row.pk]


def test_translations_show_the_same(morning, festival, index):
    publish(fresh(festival))
    translate(fresh(festival))
    event = EventPageFactory(parent=festival, slug="event", sessions=[session()])
    publish(fresh(event))
    english = translate(fresh(event))
    decided(festival=festival, day=SUNDAY)
    decided(5, event=event, day=SUNDAY)
    in_english = fresh(festival).get_translations().first().specific
    with translation.override("en"):
        assert len(shown(in_english)) == len(shown(festival)) == 2
        assert len(shown(english)) == len(shown(fresh(event))) == 2


def rendered(language: str) -> BeautifulSoup:
    asked = RequestFactory().get("/")
    Site.find_for_request(asked)
    with translation.override(language):
        context = {"announcements": announcements_for(asked)}
        html = render_to_string("events/parts/announcements.html", context, asked)
    return BeautifulSoup(html, "html.parser")


def test_names_are_in_the_visitors_language_with_links(morning, festival, index):
    publish(fresh(festival))
    translate(fresh(festival))
    hall, gym = VenueFactory(name="見本ホール"), VenueFactory(name="見本体育館")
    record = start_translation(gym)
    enter_words(record)
    record.save_target()
    untranslated = EventPageFactory(
        parent=festival, slug="reading", title="見本の朗読", sessions=[session()]
    )
    decided(
        *(4,),
        festival=festival,
        day=SUNDAY,
        status="postponed",
        postponed_to=MONDAY,
        next_decision_at=at(7),
        note="雨のため",
        note_en="Because of rain",
    )
    decided(5, event=untranslated, venue=hall, day=SUNDAY, status="moved", moved_to=gym)
    page = rendered("ja")
    text = page.get_text(" ", strip=True)
    for words in (
        *("別の日に順延", "見本まつり", "2026年10月25日(日)", "2026年10月26日(月)", "雨のため"),
        *("2026年10月25日(日) 午前7時", "場所変更", "見本の朗読", "見本ホール", "見本体育館"),
    ):
        assert words in text, words
    assert "Because" not in text
    page = rendered("en")
    text = page.get_text(" ", strip=True)
    for words in (
        *("Postponed to another day", "25 October 2026 (Sun)", "26 October 2026 (Mon)"),
        *("25 October 2026 (Sun), 07:00", "Because of rain", "Moved to another place"),
    ):
        assert words in text, words
    links = {link["href"]: link for link in page.select("a")}
    assert set(links) == {"/en/events/festival/", "/en/events/festival/reading/"}
    assert links["/en/events/festival/reading/"]["lang"] == "ja"
    assert "lang" not in links["/en/events/festival/"].attrs
    assert page.find(string="見本ホール").parent["lang"] == "ja"
    assert "見本体育館" not in text
    assert all(chip.svg for chip in page.select(".event-state"))


def test_many_decisions_fold(morning, festival):
    for number in range(9):
        event = EventPageFactory(parent=festival, slug=f"e{number}", sessions=[session()])
        decided(event=event, day=SUNDAY)
    page = rendered("ja")
    assert len(page.select("li")) == 9
    assert len(page.select("details li")) == 6
    assert "6" in page.summary.text


def test_one_query_however_many(morning, festival):
    decided(festival=festival, day=SUNDAY)
    asked = request()
    with CaptureQueriesContext(connection) as few:
        announcements_for(asked)
        announcements_for(asked)
    assert len(few) == 1
    for number in range(20):
        event = EventPageFactory(parent=festival, slug=f"e{number}", sessions=[session()])
        decided(5, event=event, venue=VenueFactory(), day=SUNDAY)
    with CaptureQueriesContext(connection) as many, translation.override("en"):
        assert len(announcements_for(request())) == 21
    assert len(many) == 1
    assert asked.is_of_the_moment


def test_a_page_costs_no_query_more(morning, festival):
    event = EventPageFactory(parent=festival, slug="event", sessions=[session()])
    for _number in range(5):
        decided(venue=VenueFactory(), day=SUNDAY)
        decided(festival=festival, day=SUNDAY)
    asked, subject, decisions = request(), concerning(fresh(event)), Decisions(SUNDAY)
    assert decisions.rows
    with CaptureQueriesContext(connection) as queries:
        assert len(announcements_for(asked, subject, decisions)) == 1
    assert len(queries) == 0


# What stands beside one time of an event


def chip(settled: Settled) -> str:
    html = render_to_string("events/parts/standing.html", {"settled": settled})
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_chip_says_all_that_changed(morning, festival, language):
    occurrence = Occurrence(SUNDAY, SUNDAY, datetime.time(10), datetime.time(12))
    planned = Planned(festival.pk, festival.path, occurrence)
    with translation.override(language):
        assert chip(settle(planned, [])) == ""
        decided(1, day=SUNDAY, status="moved", moved_to=VenueFactory(name="見本体育館"))
        moved = Decisions(SUNDAY).settle(planned)
        assert "見本体育館" in chip(moved)
        assert str(Standing.MOVED.label) in chip(moved)
        decided(2, day=SUNDAY, status="postponed", postponed_to=MONDAY, next_decision_at=at(7))
        later = Decisions(SUNDAY).settle(planned)
        assert ("10月26日(月)" if language == "ja" else "26 October") in chip(later)
        assert ("午前7時" if language == "ja" else "07:00") in chip(later)
        assert "見本体育館" not in chip(later)
        decided(3, day=SUNDAY, status="on", next_decision_at=at(8))
        undecided = Decisions(SUNDAY).settle(planned)
        assert ("午前8時" if language == "ja" else "08:00") in chip(undecided)


# The front page


def titles_on_the_front_page(client) -> list[str]:
    return [str(each.decision.event or each.decision) for each in front_of(client).announcements]


def front_of(client):
    return client.get("/ja/").context["front"]


def event_on(index, day: datetime.date, slug: str):
    session = {"starts_on": day, "starts_at": datetime.time(10)}
    event = EventPageFactory(parent=fresh(index), slug=slug, title=slug, sessions=[session])
    publish(fresh(event))
    return event


def test_the_front_page_tells_of_one_event_only_in_its_week(morning, index, client):
    near, far = SUNDAY + datetime.timedelta(days=7), SUNDAY + datetime.timedelta(days=8)
    for day, slug in ((near, "near"), (far, "far")):
        DecisionFactory(event=event_on(index, day, slug), day=day)
    assert titles_on_the_front_page(client) == ["near"]
    listed = client.get("/ja/events/").context["listing"].announcements
    assert {each.decision.event.slug for each in listed} == {"near", "far"}


def test_the_front_page_goes_by_the_first_day_of_a_whole_event(morning, index, client):
    event = event_on(index, SUNDAY + datetime.timedelta(days=60), "later")
    DecisionFactory(event=event, day=None)
    assert titles_on_the_front_page(client) == []
    DecisionFactory(event=event_on(index, SUNDAY, "soon"), day=None)
    assert titles_on_the_front_page(client) == ["soon"]


def test_the_front_page_tells_of_a_festivals_day_however_far(morning, festival, client):
    publish(fresh(festival))
    DecisionFactory(festival=festival, day=SUNDAY + datetime.timedelta(days=60))
    assert len(front_of(client).announcements) == 1
