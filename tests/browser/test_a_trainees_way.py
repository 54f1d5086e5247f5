"""The way of a trainee on a phone: from the English home page to the sheet of the party, without
scripts, and never past Japanese that does not say so."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.home.test_trainees import CUT_OFF, codes_on
from tests.japanese_left import japanese_left

from .conftest import DESK, PHONE
from .test_look import BROKEN_PHRASES, LEAST_TOUCH, boxes
from .test_public_pages import RULES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

A4 = {"width": 794, "height": 1123}
CONTROLS = ".door-ways a, .glance a, .stay input, .stay button, .stay-event__title a, .help a"


def test_from_the_home_page_to_the_handout(person, demonstration, subtests):
    trainee_goes_to_the_handout(person, demonstration)
    for check in (door_fits_every_screen, axe_finds_nothing_wrong, half_a_phone_is_enough):
        with subtests.test(check.__name__):
            check(person)


def nothing_is_left(page) -> None:
    assert japanese_left(page.content()) == [], page.url


def trainee_goes_to_the_handout(person, demonstration):
    arrival = timezone.localdate() + datetime.timedelta(days=2)
    departure = arrival + datetime.timedelta(days=90)
    with person(size=PHONE, language="en", javascript=False) as page:
        page.goto("/")
        expect(page).to_have_url(f"{demonstration}/en/")
        nothing_is_left(page)
        page.locator("main").get_by_role("link", name="For Trainees").click()
        expect(page.locator("h1")).to_have_text("For Trainees")
        nothing_is_left(page)
        say_when_the_stay_is(page, arrival, departure)
        look_at_an_event(page)
        expect(page.locator("#help a[href='tel:119']")).to_be_visible()
        expect(page.locator("#help a[href='tel:%237119']")).to_be_visible()
        expect(page.locator("#parties .stay-event").first).to_be_visible()
        expect(page.locator(".prose")).to_contain_text("In 1931")
        page.get_by_role("link", name="Handout: English").click()
        expect(page).to_have_url(f"{demonstration}/en/trainees/handout/")
        nothing_is_left(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for language in ("en", "ja"):
        with person(size=A4, language=language) as page:
            page.goto(f"/{language}/trainees/handout/")
            page.emulate_media(media="print")
            assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
            assert not page.evaluate(CUT_OFF)
            here = f"{demonstration}/{language}/"
            codes = [f"{here}trainees/", f"{here}events/", f"{here}sdgs/", here]
            assert codes_on(page) == codes


def say_when_the_stay_is(page, arrival, departure):
    """First without a year, as people do; what was typed stays. Then as the browser asks."""
    page.goto("/en/trainees/?from=5+October&until=")
    field = page.get_by_label("You arrive")
    expect(field).to_have_value("5 October")
    expect(page.locator(".stay .field__errors")).to_contain_text("2026-11-03")
    nothing_is_left(page)
    field.fill(arrival.isoformat())
    page.get_by_label("You leave").fill(departure.isoformat())
    page.get_by_role("button", name="Show the events").click()
    expect(page).to_have_url(
        f"{page.url.partition('?')[0]}?from={arrival}&until={departure}#events"
    )
    assert page.locator("#events .stay-event").count() >= 3
    nothing_is_left(page)


def look_at_an_event(page):
    page.locator("#events .stay-event__title a").first.click()
    expect(page.locator("h1")).to_contain_text("Sample")
    nothing_is_left(page)
    page.go_back()


def door_fits_every_screen(person):
    for language, size in product(("en", "ja"), (PHONE, DESK)):
        with person(size=size, language=language) as page:
            page.goto(f"/{language}/trainees/")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            for box in boxes(page, CONTROLS):
                assert box["height"] >= LEAST_TOUCH, (language, size, box)
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= size["width"]
            # The SDGs on one screen, whatever the screen.
            assert page.locator("#glance").bounding_box()["height"] <= size["height"]
            assert page.evaluate(BROKEN_PHRASES) == [], language


def axe_finds_nothing_wrong(person):
    options = {"runOnly": {"type": "tag", "values": RULES}}
    for path, scheme in product(("", "?from=x", "handout/"), ("light", "dark")):
        with person(size=PHONE, language="en", color_scheme=scheme) as page:
            page.goto(f"/en/trainees/{path}")
            found = Axe().run(page, options=options)
            assert found.violations_count == 0, f"{path} {scheme}\n{found.generate_report()}"


def half_a_phone_is_enough(person):
    with person(size={"width": 180, "height": 370}) as page:
        for language in ("en", "ja"):
            page.goto(f"/{language}/trainees/")
            assert page.evaluate("document.documentElement.scrollWidth") <= 180, language
