"""The public pages as visitors have them: on phones, in the dark, by keyboard, scripts off."""

from __future__ import annotations

import re
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import private_pages
from tests.public_pages import address, in_every_standing, of_every_kind, untranslated

from .conftest import DESK, PHONE
from .speed import home_is_light, nothing_moves_on_the_home_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

# Levels A and AA of WCAG 2.2, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


# 「写し」 across a copy says what is written beside it as well: a pattern of the paper.
DECORATION = {"exclude": [[".sheet__across"]]}

HALF_A_PHONE = 180


def test_the_public_pages(person, subtests):
    """One loading of the demonstration for all that only looks at it."""
    checks = (
        every_kind_of_page_fits_a_phone_and_asks_nobody_else,
        without_javascript_a_citizen_finds_filters_and_changes_language,
        keyboard_reaches_the_content_first,
        home_is_light,
        nothing_moves_on_the_home_page,
    )
    for check in checks:
        with subtests.test(check.__name__):
            check(person)
    axe_finds_nothing(person, subtests)
    certification_is_as_good_behind_its_links_and_in_every_state(person, subtests)


def every_kind_of_page_fits_a_phone_and_asks_nobody_else(person):
    for language in ("ja", "en"):
        with person(size=PHONE, language=language) as page:
            asked = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            for kind in of_every_kind():
                page.goto(address(language, kind))
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= PHONE["width"], f"{page.url} is {width} px wide"
                expect(page.locator("html")).to_have_attribute("lang", language)
                assert page.locator("h1").count() == 1, page.url
            own = page.evaluate("location.origin")
            assert not [url for url in asked if not url.startswith((own, "data:"))]


def axe_finds_nothing(person, subtests):
    """On every kind of page, in both languages, light and dark, wide and narrow."""
    kinds = of_every_kind()
    for language, each_kind in {"ja": kinds, "en": [*kinds, untranslated()]}.items():
        with person(language=language, reduced_motion="reduce") as page:
            for kind in each_kind:
                page.goto(address(language, kind))
                for scheme, size in (("light", DESK), ("dark", DESK), ("light", PHONE)):
                    with subtests.test(page=page.url, scheme=scheme, width=size["width"]):
                        page.emulate_media(color_scheme=scheme)
                        page.set_viewport_size(size)
                        found = Axe().run(page, context=DECORATION, options=AXE_OPTIONS)
                        assert found.violations_count == 0, found.generate_report()


def certification_is_as_good_behind_its_links_and_in_every_state(person, subtests):
    """Half a phone is enough, one heading leads, nothing comes from elsewhere, axe is content
    (in Japanese, and by turns in the light and in the dark: these are many pages)."""
    pages = [*in_every_standing(), *private_pages.of_every_kind()]
    for language in ("ja", "en"):
        with person(size=PHONE, language=language, reduced_motion="reduce") as page:
            asked = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            for each, scheme in zip(pages, cycle(("light", "dark"))):
                page.emulate_media(color_scheme=scheme)
                page.goto(address(language, each))
                with subtests.test(page=page.url, scheme=scheme):
                    expect(page.locator("html")).to_have_attribute("lang", language)
                    assert page.locator("h1").count() == 1
                    for width in (HALF_A_PHONE, PHONE["width"]):
                        page.set_viewport_size({"width": width, "height": PHONE["height"]})
                        shown = page.evaluate("document.documentElement.scrollWidth")
                        assert shown <= width, f"{shown} px wide"
                    if language == "ja":
                        found = Axe().run(page, context=DECORATION, options=AXE_OPTIONS)
                        assert found.violations_count == 0, found.generate_report()
            own = page.evaluate("location.origin")
            assert not [url for url in asked if not url.startswith((own, "data:"))]


def without_javascript_a_citizen_finds_filters_and_changes_language(person):
    with person(size=PHONE, javascript=False) as page:
        page.goto("/")
        expect(page).to_have_url(re.compile("/ja/$"))

        # Two taps from home to a project of a goal.
        # (Where the finger lands: the link's words may be for screen readers only.)
        page.locator("main li", has=page.locator("a[href='/ja/sdgs/8/']")).first.click()
        main = page.get_by_role("main")
        # The festival itself is there as well, under the same name.
        main.locator("a[href='/ja/projects/sunflower-festival/']").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("清瀬ひまわりフェスティバル")

        # The other language, two clicks at most.
        page.locator(".languages summary").first.click()
        page.locator("a[hreflang=en]").first.click()
        expect(page).to_have_url(re.compile("/en/projects/sunflower-festival/$"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Kiyose Sunflower Festival")

        page.goto("/ja/projects/")
        if not page.locator("[name=pillar]").first.is_visible():
            page.locator("summary", has=page.locator("xpath=..//*[@name='pillar']")).first.click()
        page.locator("[name=pillar][value=environment]").check()
        main.locator("form [type=submit]").first.click()
        expect(page).to_have_url(re.compile("pillar=environment"))
        expect(page.get_by_role("main")).to_contain_text("ゼロカーボンシティ")
        expect(page.get_by_role("main")).not_to_contain_text("ひまわりフェスティバル")


def keyboard_reaches_the_content_first(person):
    with person() as page:
        page.goto("/ja/projects/")
        page.keyboard.press("Tab")
        skip = page.evaluate("document.activeElement.getAttribute('href')")
        assert skip.startswith("#"), "the first stop is the link to the content"
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", "one sees where one is"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == skip
        assert page.locator(skip).count() == 1
        page.keyboard.press("Tab")
        assert page.evaluate(
            "(id) => document.querySelector(id).contains(document.activeElement)", skip
        )
