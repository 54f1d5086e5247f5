"""What people do in Wagtail's editor, where a test would be quicker than they are."""

from __future__ import annotations

from playwright.sync_api import expect


def open_actions(page):
    """The arrow beside the main button: it does nothing until Wagtail's script has taken hold
    of it, and then says whether it is open."""
    arrow = page.locator("footer .w-dropdown__toggle").first
    expect(arrow).to_have_attribute("aria-expanded", "false")
    arrow.click()


def fill_slug(page, slug):
    """After the title. A tenth of a second after somebody has left that, Wagtail makes a slug of
    it, and of a Japanese one an empty slug: what was typed before is gone then."""
    # A timer of the page's own, which runs after Wagtail's.
    page.evaluate("() => new Promise((done) => setTimeout(done, 300))")
    page.fill("[name=slug]", slug)
