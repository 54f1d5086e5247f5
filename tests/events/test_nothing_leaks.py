"""What is not public is on no surface: drafts, private sections, unpublished words, decisions."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from events.factories import DecisionFactory, FestivalPageFactory, VenueFactory
from events.models import EventExhibitor, EventPage
from kiyose.translation.factories import translate
from tests.world import fresh, publish

from .sample import NOON, SUNDAY, Sample

pytestmark = pytest.mark.django_db

SECRET = "秘密"
ENGLISH = "Secret"
LISTS = [
    "",
    "events/",
    "events/?page=2",
    "events/?from=2026-10-01&to=2026-12-31",
    "events/?venue=secret-hall",
    "events/?goal=13",
    "events/calendar/",
    "events/calendar/?month=2026-10",
    "events/timetable/",
    "events/feed/",
    "events/calendar.ics",
    "events/festival/",
    "events/festival/timetable/",
    "events/festival/calendar.ics",
    "events/festival/full/",
    "events/festival/full/poster/",
    "events/festival/full/calendar.ics",
    "sdgs/13/",
    "sdgs/2/",
    "sdgs/coverage/",
]
OF_ALL = ["opendata/", "opendata/events.csv", "opendata/events.json", "sitemap.xml"]
OF_ALL.append("opendata/events-recommended.csv")


class Secrets(Sample):
    """The sample, and beside it what nobody may see."""

    def __init__(self):
        super().__init__()
        translate(self.festival, words={"見本まつり": "Sample Festival"})
        translate(self.full, words={"見本：にんじん掘り": "Sample: digging carrots"})
        self.hall_of_draft = VenueFactory(key="secret-hall", name=f"{SECRET}ホール")
        self.draft = self._secret("draft", self.festival)
        self.draft.unpublish()
        self.private = self._secret("private", self.festival)
        PageViewRestriction.objects.create(page=self.private, restriction_type="login")
        closed = FestivalPageFactory(
            parent=fresh(self.index), slug="closed", title=f"{SECRET}のまつり", days=[SUNDAY]
        )
        publish(closed)
        translate(fresh(closed), words={f"{SECRET}のまつり": f"{ENGLISH} festival"})
        self.below = self._secret("below", fresh(closed))
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
        self.closed = fresh(closed)
        changed = fresh(self.full)
        changed.title = f"{SECRET}の新しい題"
        changed.save_revision()
        for page in (self.draft, self.private, self.below):
            DecisionFactory(
                event=page,
                day=SUNDAY,
                status="moved",
                moved_to=self.hall_of_draft,
                note=f"{SECRET}の理由",
                note_en=f"{ENGLISH} reason",
            )
        DecisionFactory(festival=self.closed, day=SUNDAY, note=f"{SECRET}の理由")

    def _secret(self, slug, parent) -> EventPage:
        page = self.event(
            slug,
            f"{SECRET}の会{slug}",
            parent=parent,
            summary=f"{SECRET}の要約",
            sessions=[self.session(SUNDAY, 10, 12, venue=self.hall_of_draft)],
            marks=["13"],
            exhibitors=[EventExhibitor(certificate=self.bakery, booth="9")],
        )
        translate(page, words={f"{SECRET}の会{slug}": f"{ENGLISH} {slug}"})
        return fresh(page)


@pytest.fixture(scope="module")
def secrets(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        yield Secrets()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon():
    with freeze_time(NOON), translation.override("ja"):
        yield


def text_of(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # Long lines of a calendar are folded.
    return content.replace(b"\r\n ", b"").decode()


def assert_nothing_secret(address: str, status: int = 200) -> None:
    answer = Client().get(address)
    assert answer.status_code == status, address
    for word in (SECRET, ENGLISH):
        assert word not in text_of(answer), address


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("address", LISTS)
def test_nothing_on_any_page(secrets, address, language):
    assert_nothing_secret(f"/{language}/{address}")


@pytest.mark.parametrize("address", OF_ALL)
def test_nothing_in_data(secrets, address):
    answer = Client().get(f"/{address}", follow=True)
    if answer.status_code != 404:
        assert SECRET not in text_of(answer)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("below", ["", "poster/", "calendar.ics"])
def test_drafts_have_no_address(secrets, below, language):
    address = secrets.draft.url.replace("/ja/", f"/{language}/", 1)
    assert Client().get(f"{secrets.draft.url}{below}").status_code == 404
    for page in (secrets.private, secrets.below):
        answer = Client().get(page.url.replace("/ja/", f"/{language}/", 1) + below)
        assert answer.status_code in (302, 404)
    assert SECRET not in text_of(Client().get(address))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_plan_says_nothing_of_them(secrets, language):
    keys = [
        (page.pk, page.sessions.get().key)
        for page in EventPage.objects.filter(
            pk__in=[secrets.draft.pk, secrets.private.pk, secrets.below.pk, secrets.full.pk]
        )
    ]
    assert len(keys) == 4
    query = "&".join(f"pick={pk}-{key}" for pk, key in keys)
    for address in ("events/plan/", "events/plan/calendar.ics"):
        assert_nothing_secret(f"/{language}/{address}?{query}")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_profile_says_nothing_of_them(secrets, language):
    address = secrets.profile.url.replace("/ja/", f"/{language}/", 1)
    assert_nothing_secret(address)
    page = Client().get(secrets.profile.url).content.decode()
    assert "見本：にんじん掘り" in page.replace("<wbr>", "")


def test_a_venue_can_be_chosen_once_something_public_is_there(secrets):
    page = Client().get("/ja/events/").content.decode()
    assert 'value="plaza"' in page
    assert 'value="secret-hall"' not in page
    DecisionFactory(event=secrets.full, day=SUNDAY, status="moved", moved_to=secrets.hall_of_draft)
    assert 'value="secret-hall"' in Client().get("/ja/events/").content.decode()


def test_a_short_address_leads_to_no_draft(secrets):
    answer = Client().get(f"/p/{secrets.draft.pk}/", follow=True)
    assert answer.status_code == 404
    assert SECRET not in answer.content.decode()
