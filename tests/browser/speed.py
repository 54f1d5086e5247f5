"""How heavy the home page is, and whether anything in it moves while it loads."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from itertools import product

from .conftest import DESK, PHONE

MOST_BYTES = 60 * 1024  # of HTML, CSS and JavaScript, compressed
WEIGHED = ("document", "stylesheet", "script")

LATE = ("image", "script", "font")
WORDS_ARE_PAINTED = """
    () => new Promise((done) => {
        new PerformanceObserver((list) => {
            if (list.getEntriesByName("first-contentful-paint").length) done();
        }).observe({ type: "paint", buffered: true });
    })
"""
NOTE_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
            const moved = sources.map(({ node }) => node?.outerHTML?.slice(0, 80));
            window.shifts.push(`${value.toFixed(4)}: ${moved.join(" | ")}`);
        }
    }).observe({ type: "layout-shift", buffered: true });
"""
SCROLL_DOWN = """
    async () => {
        const frame = () => new Promise((done) => requestAnimationFrame(done));
        const bottom = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
        for (let steps = 0; !bottom() && steps < 200; steps++) {
            scrollBy({ top: innerHeight / 2, behavior: "instant" });
            for (let frames = 0; frames < 5; frames++) await frame();
        }
        return bottom();
    }
"""


def home_is_light(person):
    for language in ("ja", "en"):
        weights = {}
        with person(size=PHONE, language=language) as page:
            page.on(
                "requestfinished",
                lambda request, weights=weights: weights.update({request.url: request}),
            )
            page.goto(f"/{language}/", wait_until="networkidle")
            weights = {
                url: len(gzip.compress(request.response().body()))
                for url, request in weights.items()
                if request.resource_type in WEIGHED
            }
        assert len(weights) > 1, "the styles were weighed too"
        assert sum(weights.values()) <= MOST_BYTES, weights


def nothing_moves_on_the_home_page(person):
    """Although pictures and scripts arrive when the words have been painted already."""
    for language, size in product(("ja", "en"), (PHONE, DESK)):
        with person(size=size, language=language) as page:
            page.add_init_script(NOTE_SHIFTS)
            with late_ones_held_back(page):
                page.goto(f"/{language}/", wait_until="commit")
                page.evaluate(WORDS_ARE_PAINTED)
            page.wait_for_load_state("load")
            assert page.evaluate(SCROLL_DOWN), "the end of the page was reached"
            page.wait_for_load_state("networkidle")
            moved = page.evaluate("window.shifts")
            assert not moved, f"{page.url} at {size['width']} px: {moved}"


@contextmanager
def late_ones_held_back(page):
    held = []

    def sort(route):
        if route.request.resource_type in LATE:
            held.append(route)
        else:
            route.continue_()

    page.route("**/*", sort)
    yield
    for route in held:
        route.continue_()
    page.unroute("**/*")
