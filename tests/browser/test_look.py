"""The look as people have it: the first screen, headings, and every component."""

from __future__ import annotations

import io
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from wagtail.models import Page

from kiyose.translation.factories import translate

from .conftest import DESK, PHONE
from .right_to_left import (
    is_mirrored,
    menu_opens_on_the_other_side,
    numbers_and_dates_hold_together,
)
from .test_public_pages import RULES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LEAST_TOUCH = 44

# Lines that begin inside a phrase: after no <wbr>, space or stop. What is one pixel wide is
# for screen readers.
BROKEN_PHRASES = """() => {
    const broken = [];
    for (const heading of document.querySelectorAll("h1, h2, h3, .phrases")) {
        if (heading.closest(".sr") || heading.clientWidth === 1) continue;
        const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode()); ) {
            const range = document.createRange();
            let before = null;
            for (let place = 0; place < node.length; place++) {
                range.setStart(node, place);
                range.setEnd(node, place + 1);
                const rect = range.getBoundingClientRect();
                if (!rect.width) continue;
                const mayBreak = /[\\s、。・）」：]/.test(node.data[place - 1] || " ");
                const isLower = before !== null && rect.top > before + rect.height / 2;
                if (isLower && !mayBreak) broken.push(node.data);
                before = rect.top;
            }
        }
    }
    return broken;
}"""


def test_the_look(person, subtests):
    """One loading of the demonstration for all that only looks at it."""
    for check in (
        home_answers_on_the_first_screen_of_a_phone,
        japanese_headings_break_between_phrases_only,
        components_fit_a_phone_and_show_every_tile,
        axe_finds_nothing_wrong_with_any_component,
        half_a_phone_is_enough,
        paper_keeps_the_marks_and_drops_the_menu,
    ):
        with subtests.test(check.__name__):
            check(person)


def boxes(page, selector):
    return [
        element.bounding_box() for element in page.locator(selector).all() if element.is_visible()
    ]


def home_answers_on_the_first_screen_of_a_phone(person):
    for language in ("ja", "en"):
        with person(size=PHONE, language=language) as page:
            page.goto(f"/{language}/")
            # As on a day without decisions, which would stand first.
            page.evaluate("document.querySelector('.announcements')?.remove()")
            for selector, count in {
                ".pillars__link": 3,
                ".goals__goal": 17,
                ".now__link": 2,
                ".now__title": 2,
                ".now a[href^='tel:']": 1,
                ".now .contact-line__hours": 1,
            }.items():
                found = boxes(page, selector)
                assert len(found) == count, (language, selector)
                for box in found:
                    assert box["y"] + box["height"] <= PHONE["height"], (language, selector, box)
                    assert box["x"] >= 0
                    assert box["x"] + box["width"] <= PHONE["width"]
            for box in boxes(page, ".goals__goal, .pillars__link, .now__link, .now .tel"):
                assert min(box["width"], box["height"]) >= LEAST_TOUCH, (language, box)


def japanese_headings_break_between_phrases_only(person):
    with person(size=PHONE) as page:
        lines = 0
        for path in ("", "projects/", "projects/sunflower-festival/", "sdgs/7/", "news/"):
            page.goto(f"/ja/{path}")
            assert page.evaluate(BROKEN_PHRASES) == [], path
            lines += page.locator("h1 wbr, h2 wbr, h3 wbr, .phrases wbr").count()
        assert lines > 50, "There was something that could break."


def open_components(page, language):
    page.goto(f"/admin/components/?language={language}")


def components_fit_a_phone_and_show_every_tile(person):
    for language, size in product(("ja", "en"), (PHONE, DESK)):
        with person(account="pr", size=size) as page:
            open_components(page, language)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
            tiles = page.locator("#marks .mark__tile")
            assert tiles.count() >= 3 * 17
            for tile in tiles.all():
                box = tile.bounding_box()
                assert box["width"] == pytest.approx(box["height"], abs=1)
                assert box["width"] >= 28
            for section in page.locator(".component").all():
                picture = Image.open(io.BytesIO(section.screenshot())).convert("RGB")
                assert len(picture.getcolors(1_000_000)) > 20, section.get_attribute("id")


def axe_finds_nothing_wrong_with_any_component(person):
    for language, scheme in product(("ja", "en"), ("light", "dark")):
        with person(account="pr", color_scheme=scheme) as page:
            open_components(page, language)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
            assert found.violations_count == 0, f"{language} {scheme}\n{found.generate_report()}"


def half_a_phone_is_enough(person):
    """200 % on a phone of 360: nothing is cut off, nothing scrolls sideways."""
    with person(size={"width": 180, "height": 370}) as page:
        for path in ("", "projects/", "projects/zero-carbon/", "sdgs/7/", "news/"):
            page.goto(f"/ja/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 180, path


def paper_keeps_the_marks_and_drops_the_menu(person):
    """A tile keeps its colour on paper, with the number and the name as words."""
    with person(size={"width": 794, "height": 1123}) as page:
        page.emulate_media(media="print")
        page.goto("/ja/projects/zero-carbon/")
        tile = page.locator(".page-marks .mark__tile").first
        style = tile.evaluate("tile => ({...getComputedStyle(tile)})")
        assert style["backgroundColor"] == "rgb(252, 195, 11)", "goal 7 of facts/sdgs.yml"
        assert style["printColorAdjust"] == "exact"
        assert page.locator(".page-marks .mark__name").first.is_visible()
        assert not page.locator("header nav").first.is_visible()


# Invented, as the words say: عينة is "sample".
ARABIC_WORDS = "عينة: كلمات عربية بلا معنى، مع SDGs و2030، لرؤية الصفحة من اليمين إلى اليسار"
TRANSLATED = ("", "projects/", "projects/greening/")
SHOWN_IN_JAPANESE = ("sdgs/8/", "events/", "indicators/green-area/")


def test_a_language_from_right_to_left_needs_settings_and_the_admin_only(
    person, settings, subtests
):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    with person("admin") as page:
        page.goto("/admin/locales/new/")
        page.select_option("[name=language_code]", "ar")
        page.click("main [type=submit]")
        page.wait_for_url("**/admin/locales/")
    for path in TRANSLATED:
        original = Page.objects.get(url_path=f"/home/{path}", locale__language_code="ja")
        translate(original.specific, "ar", every=ARABIC_WORDS)
    for size in (PHONE, DESK):
        with person(size=size, language="ar") as page:
            page.goto("/")
            assert page.url.endswith("/ar/")
            for path in (*TRANSLATED, *SHOWN_IN_JAPANESE):
                with subtests.test(path=path, width=size["width"]):
                    is_mirrored(page, path)
            numbers_and_dates_hold_together(page)
            if size is PHONE:
                menu_opens_on_the_other_side(page)
