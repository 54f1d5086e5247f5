"""What stands at the foot of Wagtail's editor."""

from __future__ import annotations

from playwright.sync_api import expect


def open_actions(page):
    """The arrow beside the main button: it does nothing until Wagtail's script has taken hold
    of it, and then says whether it is open."""
    arrow = page.locator("footer .w-dropdown__toggle").first
    expect(arrow).to_have_attribute("aria-expanded", "false")
    arrow.click()
