"""Who decides on the day, and about what: asked of every view, for every role."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from events.factories import DecisionFactory, EventPageFactory, FestivalPageFactory, VenueFactory
from events.models import Decision, EventIndexPage
from events.permissions import may_decide
from home.roles import ROLES
from tests.editor import text_of
from tests.staff import client_of, employ
from tests.world import fresh

pytestmark = pytest.mark.django_db

EVERYTHING = {"pr", "mirai", "duty", "admin"}
OWN = {"iinkai"}
ACCOUNTS = [*(role.account for role in ROLES), "admin"]
NOBODY = [account for account in ACCOUNTS if account not in EVERYTHING | OWN]
TARGETS = ("own", "own_day", "own_venue", "own_event", "other", "other_event", "venue", "day")


@pytest.fixture
def things(world):
    """What can be decided about tomorrow: of the committee's edition, and of another."""
    employ()
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    index = fresh(world.site.events)
    hall = VenueFactory()
    session = {"starts_on": tomorrow, "starts_at": datetime.time(10), "venue": hall}
    committee = Group.objects.get(name="実行委員会")
    own = FestivalPageFactory(parent=index, slug="own", days=[tomorrow], committee=committee)
    other = FestivalPageFactory(parent=fresh(index), slug="other", days=[tomorrow])
    own_event = EventPageFactory(parent=own, slug="own-event", sessions=[session])
    other_event = EventPageFactory(parent=other, slug="other-event", sessions=[session])
    day = {"day": tomorrow.isoformat()}
    return {
        "own": {"festival": own.pk},
        "own_day": {"festival": own.pk, **day},
        "own_venue": {"festival": own.pk, "venue": hall.pk, **day},
        "own_event": {"event": own_event.pk, **day},
        "other": {"festival": other.pk, **day},
        "other_event": {"event": other_event.pk, **day},
        "venue": {"venue": hall.pk, **day},
        "day": day,
    }


def desk() -> str:
    return reverse("duty")


def is_refused(answer) -> bool:
    """Wagtail leads whom it refuses to the admin's home page, and says so there."""
    return answer.status_code == 403 or (
        answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")
    )


def permitted(account: str) -> set[str]:
    if account in EVERYTHING:
        return set(TARGETS)
    return {name for name in TARGETS if name.startswith("own")} if account in OWN else set()


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_role_on_every_thing(things, account):
    client = client_of(account)
    for name, about in things.items():
        seen = client.get(desk(), about)
        made = client.post(desk(), {**about, "status": "cancelled"})
        if name in permitted(account):
            assert seen.status_code == 200, name
            assert seen.context["form"], name
            assert not is_refused(made), name
            assert Decision.objects.count() == 1, name
            Decision.objects.all().delete()
        else:
            assert is_refused(seen), name
            assert is_refused(made), name
            assert not Decision.objects.exists(), name


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_menu_and_the_home_page_lead_only_those_who_may(things, account):
    page = text_of(client_of(account).get(reverse("wagtailadmin_home")))
    shows = bool(permitted(account))
    assert (f'"{desk()}"' in page) == shows
    assert ('id="duty"' in page or "duty.css" in page) == shows
    assert is_refused(client_of(account).get(desk())) != shows


def test_nobody_without_signing_in(things, client):
    assert client.get(desk()).url.startswith(reverse("wagtailadmin_login"))
    answer = client.post(desk(), {**things["own"], "status": "cancelled"})
    assert answer.url.startswith(reverse("wagtailadmin_login"))
    assert not Decision.objects.exists()


@pytest.mark.parametrize("account", NOBODY)
def test_the_log_is_not_for_everybody(things, account):
    assert is_refused(client_of(account).get(reverse("duty_log")))


def test_a_committee_reads_the_log_of_its_own_editions(things):
    own = DecisionFactory(event_id=things["own_event"]["event"], note="こちら")
    DecisionFactory(event_id=things["other_event"]["event"], note="あちら")
    DecisionFactory(venue_id=things["venue"]["venue"], note="会場")
    log = reverse("duty_log")
    page = text_of(client_of("iinkai").get(log))
    assert own.note in page
    assert "あちら" not in page
    assert "会場" not in [cell.strip() for cell in page.split("td")]
    exported = client_of("iinkai").get(log, {"export": "csv"})
    text = b"".join(exported.streaming_content).decode()
    assert "こちら" in text
    assert "あちら" not in text
    assert "あちら" in text_of(client_of("duty").get(log))


def test_a_committee_whose_edition_is_taken_away_decides_nothing(things):
    from events.models import FestivalPage

    iinkai = get_user_model().objects.get(username="iinkai")
    assert may_decide(iinkai)
    FestivalPage.objects.filter(pk=things["own"]["festival"]).update(committee=None)
    assert not may_decide(iinkai)
    assert is_refused(client_of("iinkai").get(desk()))


def test_translations_and_drafts_of_others_are_no_way_round(things, world):
    """The pages of the English tree have numbers of their own."""
    english = world.translation(EventIndexPage).pk
    answer = client_of("iinkai").get(desk(), {"festival": english})
    assert "form" not in answer.context
    assert Decision.objects.count() == 0


def test_an_account_that_is_switched_off_decides_nothing(things):
    user = get_user_model().objects.get(username="duty")
    user.is_active = False
    user.save()
    assert not may_decide(user)
