"""The editor of an event: what people type is understood or answered beside the field, and what
calendars and plans rely on stays the same."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse

from events.choices import Repeats
from events.factories import EventPageFactory, FestivalPageFactory
from events.models import EventIndexPage, EventPage, FestivalPage
from events.routes import RESERVED_SLUGS
from events.rules import MOST_SESSIONS
from kiyose.translation.factories import translate
from tests.editor import add_url, edit_url, open_form, text_of
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db

TYPED = {"starts_on": "2030-10-26", "starts_at": "10:00", "ends_at": "12:00"}


@pytest.fixture(scope="module")
def index(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        page = in_two_languages()[EventIndexPage]
        employ()
        yield page
        transaction.set_rollback(True)


@pytest.fixture
def pr(index):
    return client_of("pr")


@pytest.fixture
def event(index):
    return fresh(EventPageFactory(parent=fresh(index), slug="event", title="見本の催し"))


def entered(client, url: str, *sessions: dict, button: str = "", **values):
    """The form with these new sessions below those that it has, and a button pressed."""
    data = open_form(client, url)
    first = int(data["sessions-TOTAL_FORMS"])
    key = BeautifulSoup(text_of(client.get(url)), "html.parser").select_one(
        "[name=sessions-__prefix__-key]"
    )
    for number, session in enumerate(sessions, first):
        row = {"repeats": "once", "ORDER": number + 1, **(TYPED | session)}
        # As a browser does it: every new row is a copy of the one empty row.
        row["key"] = key["value"] if key else ""
        for name, value in row.items():
            data[f"sessions-{number}-{name}"] = value
    data["sessions-TOTAL_FORMS"] = first + len(sessions)
    for name, value in values.items():
        data[name] = value
    if button:
        data[button] = "1"
    return client.post(url, data.dict())


def new(client, index, *sessions: dict, button: str = "", **values):
    url = add_url(EventPage, index)
    return entered(client, url, *sessions, button=button, title="見本の新しい催し", **values)


def session_errors(answer) -> list[str]:
    """The fields of the last session that have something said beside them."""
    assert answer.status_code == 200
    formset = answer.context["form"].formsets["sessions"]
    assert not formset.is_valid()
    return sorted(formset.forms[-1].errors)


def draft_of(slug="event") -> list:
    """The sessions of the newest version of the newest event."""
    page = EventPage.objects.order_by("-pk").first() if slug is None else None
    page = page or EventPage.objects.get(slug=slug, locale__language_code="ja")
    return list(page.get_latest_revision_as_object().sessions.all())


# What is understood


@pytest.mark.parametrize(
    "typed", ["令和8年11月3日", "2026/11/3", "２０２６年11月3日", "2026-11-03", "R8.11.3"]
)
def test_days_as_people_type_them(pr, index, typed):
    assert new(pr, index, {"starts_on": typed}).status_code == 302
    [session] = draft_of(None)
    assert session.starts_on == datetime.date(2026, 11, 3)


@pytest.mark.parametrize(
    "typed", ["13:30", "１３：３０", "午後1時半", "午後１時３０分", "13時30分"]
)
def test_times_as_people_type_them(pr, index, typed):
    answer = new(pr, index, {"starts_at": "午前9時", "ends_at": typed})
    assert answer.status_code == 302
    [session] = draft_of(None)
    assert (session.starts_at, session.ends_at) == (datetime.time(9), datetime.time(13, 30))


def test_past_midnight_with_the_next_day(pr, index):
    night = {"starts_at": "22:00", "ends_at": "1:00", "until": "2030-10-27"}
    assert new(pr, index, night).status_code == 302
    [session] = draft_of(None)
    occurrence = session.pattern.occurrence(session.starts_on)
    assert occurrence.end - occurrence.begin == datetime.timedelta(hours=3)


# What is answered beside the field, in a draft already


@pytest.mark.parametrize(
    ("session", "fields"),
    [
        ({"starts_at": "12:00", "ends_at": "10:00"}, ["ends_at"]),
        ({"starts_at": "22:00", "ends_at": "1:00"}, ["ends_at"]),
        ({"starts_at": "10:00", "ends_at": "10:00"}, ["ends_at"]),
        ({"until": "2030-10-25"}, ["until"]),
        ({"until": "2040-10-26"}, ["until"]),
        ({"starts_at": "", "ends_at": "12:00"}, ["starts_at"]),
        ({"repeats": "weekly"}, ["until"]),
        ({"repeats": "daily"}, ["until"]),
        ({"repeats": "weekly", "until": "2030-12-28", "ends_at": "9:00"}, ["ends_at"]),
        ({"repeats": "words"}, ["starts_at"]),
        ({"except_holidays": "on"}, ["except_holidays"]),
        ({"starts_on": ""}, ["starts_on"]),
        ({"starts_on": "11月3日"}, ["starts_on"]),
        ({"starts_on": "2026年2月30日"}, ["starts_on"]),
        ({"starts_on": "9999999"}, ["starts_on"]),
        ({"starts_at": "お昼ごろ"}, ["starts_at"]),
        ({"ends_at": "24:00"}, ["ends_at"]),
        ({"ends_at": "25:00"}, ["ends_at"]),
        ({"repeats": "yearly"}, ["repeats"]),
        ({"venue": "999999"}, ["venue"]),
    ],
)
def test_what_contradicts_itself_is_said_in_the_draft(pr, index, session, fields):
    before = EventPage.objects.count()
    answer = new(pr, index, session)
    assert session_errors(answer) == fields
    assert EventPage.objects.count() == before
    row = answer.context["form"].formsets["sessions"].forms[-1]
    for name, value in session.items():
        if name != "except_holidays":
            assert row[name].value() == value, "what was typed is lost"


@pytest.mark.parametrize(
    ("session", "hint"),
    [
        ({"ends_at": "24:00"}, "23:59"),
        ({"starts_at": "22:00", "ends_at": "1:00"}, "翌日"),
        ({"repeats": "weekly"}, "最後の日"),
    ],
)
def test_the_message_says_what_to_do(pr, index, session, hint):
    page = text_of(new(pr, index, session))
    assert hint in page


def test_five_hundred_sessions_are_too_many(pr, index):
    sessions = [
        {"starts_on": (datetime.date(2029, 1, 1) + datetime.timedelta(days=n)).isoformat()}
        for n in range(500)
    ]
    answer = new(pr, index, *sessions)
    assert answer.status_code == 200
    formset = answer.context["form"].formsets["sessions"]
    assert str(MOST_SESSIONS) in " ".join(formset.non_form_errors())
    assert not EventPage.objects.filter(title="見本の新しい催し").exists()


def test_the_most_sessions_that_are_allowed(pr, index):
    sessions = [
        {"starts_on": (datetime.date(2029, 1, 1) + datetime.timedelta(days=n)).isoformat()}
        for n in range(MOST_SESSIONS)
    ]
    assert new(pr, index, *sessions).status_code == 302
    assert len({session.key for session in draft_of(None)}) == MOST_SESSIONS


@pytest.mark.parametrize("total", ["x", "99999999999"])
def test_a_number_of_rows_that_is_none(pr, index, total):
    """Whatever is said of their number, no more are read than a person could have typed."""
    url = add_url(EventPage, index)
    data = open_form(pr, url)
    data["title"], data["sessions-TOTAL_FORMS"] = "見本", total
    answer = pr.post(url, data.dict())
    assert answer.status_code == 200
    formset = answer.context["form"].formsets["sessions"]
    assert formset.non_form_errors()
    assert len(formset.forms) <= MOST_SESSIONS + 10


# Before the public sees it


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"age_from": "12", "age_to": "6"}, "age_to"),
        ({"apply_from": "2030-10-02", "apply_until": "令和12年10月1日"}, "apply_until"),
    ],
)
def test_going_public_asks_for_sense(pr, event, values, field):
    answer = entered(pr, edit_url(event), button="action-publish", **values)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert entered(pr, edit_url(event), **values).status_code == 302, "a draft may wait"


def test_an_event_without_a_session_is_a_draft(pr, event):
    remove = {"sessions-0-DELETE": "on"}
    answer = entered(pr, edit_url(event), button="action-publish", **remove)
    assert answer.status_code == 200
    assert answer.context["form"].formsets["sessions"].non_form_errors()
    assert entered(pr, edit_url(event), **remove).status_code == 302


def test_dates_in_words_need_words(pr, event):
    words = {"sessions-0-repeats": Repeats.IN_WORDS, "sessions-0-starts_at": ""}
    words |= {"sessions-0-ends_at": ""}
    answer = entered(pr, edit_url(event), button="action-publish", **words)
    assert "dates_note" in answer.context["form"].errors
    words["dates_note"] = "2022年3月中旬から下旬"
    assert entered(pr, edit_url(event), button="action-publish", **words).status_code == 302


@pytest.mark.parametrize("page_type", [EventIndexPage, FestivalPage, EventPage])
def test_every_address_below_a_page_is_reserved(page_type):
    firsts = {str(route.pattern).split("/")[0] for route in page_type.get_subpage_urls()}
    # A name with a dot can be no slug.
    assert {first for first in firsts if first and "." not in first} <= RESERVED_SLUGS


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
@pytest.mark.parametrize("model", [EventPage, FestivalPage])
def test_an_address_of_the_list_is_no_slug(pr, index, model, slug):
    url = add_url(model, index)
    data = open_form(pr, url)
    data["title"], data["slug"] = "見本", slug
    answer = pr.post(url, data.dict())
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors


# What calendars and plans rely on


def keys(page) -> list[str]:
    return [session.key for session in page.sessions.all()]


def uids(page) -> list:
    return [session.uid(page.translation_key) for session in page.sessions.all()]


def test_keys_stay_from_draft_to_public_and_through_every_change(pr, event):
    [first] = keys(event)
    assert entered(pr, edit_url(event), {"starts_on": "2030-11-02"}).status_code == 302
    [kept, added] = [session.key for session in draft_of()]
    assert kept == first
    assert entered(pr, edit_url(event), button="action-publish").status_code == 302
    assert keys(fresh(event)) == [first, added]
    changes = {"sessions-0-starts_at": "午前11時", "sessions-0-ends_at": "12:30"}
    assert entered(pr, edit_url(event), **changes).status_code == 302
    assert entered(pr, edit_url(event), button="action-publish").status_code == 302
    assert keys(fresh(event)) == [first, added]
    assert fresh(event).sessions.first().starts_at == datetime.time(11)


def test_rows_that_a_browser_adds_get_keys_of_their_own(pr, event):
    days = [{"starts_on": f"2030-11-0{day}"} for day in range(1, 5)]
    entered(pr, edit_url(event), *days, button="action-publish")
    assert len(set(keys(fresh(event)))) == 5


def test_a_removed_session_takes_no_other_key_with_it(pr, event):
    entered(pr, edit_url(event), {"starts_on": "2030-11-02"}, button="action-publish")
    [_first, second] = keys(fresh(event))
    entered(pr, edit_url(event), button="action-publish", **{"sessions-0-DELETE": "on"})
    assert keys(fresh(event)) == [second]


def test_translations_have_the_same_uids_also_after_a_change(pr, event):
    publish(event)
    english = translate(fresh(event))
    assert uids(fresh(english)) == uids(fresh(event))
    entered(pr, edit_url(event), {"starts_on": "2030-11-02"}, button="action-publish")
    assert len(uids(fresh(event))) == 2
    assert uids(fresh(english)) == uids(fresh(event))


def test_a_copied_page_has_other_uids(pr, event):
    publish(event)
    copy = reverse("wagtailadmin_pages:copy", args=[event.pk])
    values = {"new_title": "写し", "new_slug": "a-copy", "new_parent_page": event.get_parent().pk}
    assert pr.post(copy, values).status_code == 302
    copied = EventPage.objects.get(slug="a-copy")
    assert len(copied.sessions.all()) == len(event.sessions.all())
    assert not set(uids(copied)) & set(uids(event))


def test_an_event_that_is_moved_keeps_its_uids_and_follows_the_other_festival(pr, index, event):
    from events.decisions import Standing
    from events.factories import DecisionFactory
    from events.schedule import entries_between

    days = [datetime.date(2026, 10, 24)]
    here = FestivalPageFactory(parent=fresh(index), slug="here", days=days)
    there = FestivalPageFactory(parent=fresh(index), slug="there", days=days)
    fresh(event).move(here, pos="last-child")
    before = uids(fresh(event))
    DecisionFactory(
        festival=there,
        day=days[0],
        made_at=datetime.datetime(2026, 10, 23, tzinfo=datetime.UTC),
    )
    assert entries_between(days[0], days[0])[0].settled.standing == Standing.ON
    url = reverse("wagtailadmin_pages:move_confirm", args=[event.pk, there.pk])
    assert pr.post(url).status_code == 302
    assert fresh(event).get_parent().pk == there.pk
    assert uids(fresh(event)) == before
    assert entries_between(days[0], days[0])[0].settled.standing == Standing.CANCELLED
