"""The duty desk and the imports of events, as their users have them: on phones and in the dark."""

from __future__ import annotations

from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Decision, EventPage, FestivalPage

from .conftest import DESK, PHONE
from .test_public_pages import AXE_OPTIONS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def of_the_duty_officer() -> list[str]:
    """Home, every step of the desk, and the log."""
    festival = FestivalPage.objects.filter(locale__language_code="ja").latest("last_day")
    desk = reverse("duty")
    decided = Decision.objects.filter(event__isnull=False).latest("pk")
    return [
        reverse("wagtailadmin_home"),
        desk,
        f"{desk}?festival={festival.pk}",
        f"{desk}?festival={festival.pk}&day={festival.first_day}",
        f"{desk}?event={decided.event_id}&day={decided.day}",
        f"{desk}?festival=0",
        reverse("duty_log"),
    ]


def of_a_department() -> list[str]:
    return [reverse("event_import")]


def of_the_committee() -> list[str]:
    return [reverse("duty"), reverse("event_programme_import")]


def test_what_is_inside_main(person, subtests):
    """It fits a phone, and axe is content with it, by turns in the light and in the dark. What
    stands around it is Wagtail's."""
    for account, addresses in (
        ("duty", of_the_duty_officer()),
        ("department", of_a_department()),
        ("iinkai", of_the_committee()),
    ):
        with person(account=account, reduced_motion="reduce") as page:
            for address, scheme in zip(addresses, cycle(("light", "dark"))):
                page.emulate_media(color_scheme=scheme)
                page.goto(address)
                for size in (DESK, PHONE):
                    page.set_viewport_size(size)
                    with subtests.test(page=address, width=size["width"], scheme=scheme):
                        shown = page.evaluate("document.documentElement.scrollWidth")
                        assert shown <= size["width"], f"{shown} px wide"
                        found = Axe().run(page, context="main", options=AXE_OPTIONS)
                        assert found.violations_count == 0, found.generate_report()


def test_the_desk_needs_no_script_and_loses_nothing(person):
    """An officer's phone on a bad line: what is wrong is said beside the field, and what was
    typed stays."""
    event = EventPage.objects.filter(locale__language_code="ja", decisions=None)
    event = event.live().filter(sessions__repeats="once").latest("first_day")
    with person(account="duty", size=PHONE, javascript=False) as page:
        page.goto(f"{reverse('duty')}?event={event.pk}&day={event.first_day}")
        page.locator("[name=status][value=postponed]").check(force=True)
        page.fill("[name=postponed_to]", "2020-01-01")
        page.locator("summary", has=page.locator("xpath=..//*[@name='note']")).first.click()
        page.fill("[name=note]", "見本：雨のため")
        page.locator(".duty-button").click()
        expect(page.locator("[name=postponed_to]")).to_have_value("2020-01-01")
        expect(page.locator("[name=note]")).to_have_value("見本：雨のため")
        expect(page.locator(".duty-wrong").first).to_be_visible()
    assert not Decision.objects.filter(event=event).exists()
