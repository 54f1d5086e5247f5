"""A venue, a field or a part that is in use is not deleted, and is not lost from a draft."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse

from events.factories import (
    DecisionFactory,
    EventFieldFactory,
    EventPageFactory,
    FestivalPageFactory,
    FestivalPartFactory,
    VenueFactory,
)
from events.models import EventIndexPage, FestivalPartDays, Session, Venue
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, schedule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2030, 10, 26)


@pytest.fixture(scope="module")
def index(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        page = in_two_languages()[EventIndexPage]
        employ()
        yield page
        transaction.set_rollback(True)


@pytest.fixture
def admin(index):
    return client_of("admin")


@pytest.fixture
def venue(index):
    return VenueFactory(name="見本ホール")


def _address(row) -> str:
    return reverse(row.snippet_viewset.get_url_name("delete"), args=[row.pk])


def told(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def is_kept(client, row, *titles: str) -> None:
    """Whether it is opened or pressed, one or among many: kept, and said where it is used."""
    bulk = reverse("wagtail_bulk_action", args=["events", row._meta.model_name, "delete"])
    for answer in (
        client.get(_address(row)),
        client.post(_address(row)),
        client.post(f"{bulk}?id={row.pk}"),
    ):
        assert answer.status_code == 302
        words = told(answer)
        assert str(row) in words
        for title in titles:
            assert title in words
    assert type(row).objects.filter(pk=row.pk).exists()


def event_with(index, venue, **values):
    return EventPageFactory(
        parent=fresh(index), sessions=[{"starts_on": DAY, "venue": venue}], **values
    )


def test_in_use_by_a_public_page(admin, index, venue):
    event_with(index, venue, slug="public", title="公開の催し")
    is_kept(admin, venue, "公開の催し")


def test_in_use_by_a_draft_only(admin, index, venue):
    """The row of the page does not know the venue yet; its draft does, and would lose it."""
    event = event_with(index, None, slug="draft", title="もとの題")
    event.title = "下書きの題"
    event.sessions = [Session(starts_on=DAY, venue=venue)]
    event.save_revision()
    assert not Session.objects.filter(venue=venue).exists()
    is_kept(admin, venue, "下書きの題")
    [session] = fresh(event).get_latest_revision_as_object().sessions.all()
    assert session.venue == venue


def test_in_use_by_what_is_scheduled(admin, index, venue):
    event = event_with(index, None, slug="scheduled", title="予約の題")
    event.sessions = [Session(starts_on=DAY, venue=venue)]
    schedule(event)
    event.sessions = [Session(starts_on=DAY)]
    event.save_revision()
    is_kept(admin, venue, "予約の題")


def test_in_use_by_an_old_version_only(admin, index, venue):
    event = event_with(index, venue, slug="old")
    event.save_revision()
    event.sessions = [Session(starts_on=DAY)]
    event.save_revision().publish()
    assert admin.post(_address(venue)).status_code == 302
    assert not Venue.objects.filter(pk=venue.pk).exists()


def test_in_use_by_a_part_of_a_festival_and_by_a_decision(admin, index, venue):
    festival = FestivalPageFactory(parent=fresh(index), slug="festival", title="見本まつり")
    part = FestivalPartFactory(name="見本の部")
    festival.parts = [
        FestivalPartDays(part=part, first_day=DAY, last_day=DAY, venue=venue),
    ]
    festival.save()
    is_kept(admin, venue, "見本まつり")
    is_kept(admin, part, "見本まつり")
    is_kept(admin, part.field, "見本の部")
    other = VenueFactory(name="見本体育館")
    DecisionFactory(day=DAY, status="moved", moved_to=other)
    is_kept(admin, other, "場所変更")


def test_a_field_in_use(admin, index):
    field = EventFieldFactory(name="見本の分野")
    event_with(index, None, slug="with-field", title="公開の催し", field=field)
    is_kept(admin, field, "公開の催し")


def test_what_nobody_uses_is_deleted(admin, venue):
    assert admin.post(_address(venue)).status_code == 302
    assert not Venue.objects.filter(pk=venue.pk).exists()


def test_a_long_list_of_users_is_cut(admin, index, venue):
    for number in range(12):
        event_with(index, venue, slug=f"e{number}", title=f"催し{number:02}。")
    answer = admin.post(_address(venue))
    assert told(answer).count("。") < 14
    assert "…" in told(answer)


@pytest.mark.parametrize("account", ["pr", "mirai", "department", "iinkai", "duty"])
def test_the_roles_delete_no_vocabulary(index, venue, account):
    client_of(account).post(_address(venue))
    assert Venue.objects.filter(pk=venue.pk).exists()
