"""Whether a page whose language runs from right to left is the mirrored layout."""

from __future__ import annotations

import re

from tests.japanese_left import japanese_left

ARABIC = re.compile(r"[\u0600-\u06ff]")

# Runs of a language that runs the other way than the page, and do not say so.
WITHOUT_DIRECTION = """() => [...document.querySelectorAll("[lang]")]
    .filter((run) => ["ja", "en"].includes(run.lang) && getComputedStyle(run).direction !== "ltr")
    .map((run) => run.outerHTML.slice(0, 200))"""

# What stands at the beginning of a line, and how far it is from the edge where lines begin.
FROM_THE_EDGE = """(selector) => {
    const box = document.querySelector(selector).getBoundingClientRect();
    const mirrored = document.dir === "rtl";
    return mirrored ? document.documentElement.clientWidth - box.right : box.left;
}"""

# Which of the first two cards is on the left, where they share a row.
FIRST_CARDS = """() => {
    const boxes = [...document.querySelectorAll(".cards > *, .pillars > *")].slice(0, 2)
        .map((card) => card.getBoundingClientRect());
    if (boxes.length < 2 || boxes[0].top !== boxes[1].top) return "";
    return boxes[0].left < boxes[1].left ? "first" : "second";
}"""
MIRROR = {"": "", "first": "second", "second": "first"}

# At the edge where lines begin, in both layouts.
AT_THE_BEGINNING = (".brand", ".breadcrumb li", "h1", ".site-footer__name")


def is_mirrored(page, path: str) -> None:
    """The Arabic page at that address against the English one: what begins a line begins it on
    the other side, nothing is wider than the screen, every run has its direction and language."""
    edges, cards = {}, {}
    for language in ("en", "ar"):
        page.goto(f"/{language}/{path}")
        edges[language] = {
            selector: round(page.evaluate(FROM_THE_EDGE, selector))
            for selector in AT_THE_BEGINNING
            if page.locator(selector).count()
        }
        cards[language] = page.evaluate(FIRST_CARDS)
    assert edges["ar"] == edges["en"], path
    assert cards["ar"] == MIRROR[cards["en"]], path
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"
    assert page.evaluate(WITHOUT_DIRECTION) == []
    # Words of the interface that Arabic does not have are English, never Japanese.
    left = [found for found in japanese_left(page.content()) if "> script" not in found]
    assert left == [], path


def menu_opens_on_the_other_side(page) -> None:
    """On a phone: the button stands at the end of the line, and its panel fits the screen."""
    page.goto("/ar/")
    button = page.locator(".menu__button")
    box = button.bounding_box()
    assert box["x"] < page.viewport_size["width"] / 3
    button.click()
    panel = page.locator(".menu__panel").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= page.viewport_size["width"]


def numbers_and_dates_hold_together(page) -> None:
    page.goto("/ar/projects/greening/")
    date = page.locator(".page-info time").first.inner_text()
    assert ARABIC.search(date), f"{date} is no date in Arabic"
    phone = page.locator(".tel").first
    assert phone.evaluate("(tel) => getComputedStyle(tel).direction") == "ltr"
    figures = page.locator("td.text-table__figures").first
    assert figures.evaluate("(cell) => getComputedStyle(cell).textAlign") == "end"
