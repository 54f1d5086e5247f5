"""The admin in a real Chromium, under its own Content-Security-Policy."""

from __future__ import annotations

import pytest
from wagtail.models import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_the_admin_works_under_its_policy(person, demonstration):
    """Chromium itself says whether Wagtail does what the policies forbid, or calls out."""
    home = Page.objects.get(depth=2, locale__language_code="ja")
    errors, strangers = [], []
    with person("admin") as page:
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.on(
            "request",
            lambda asked: (
                not asked.url.startswith((demonstration, "data:", "blob:"))
                and strangers.append(asked.url)
            ),
        )
        places = ("pages", "images", "documents", "users", "account", "reports/workflow")
        for place in (*places, f"pages/{home.pk}", "snippets/pages/division"):
            page.goto(f"/admin/{place}/")
            page.wait_for_load_state("networkidle")

        page.goto(f"/admin/pages/{home.pk}/edit/")
        page.click("[data-side-panel-toggle=preview]")
        preview = page.frame_locator("[data-w-preview-target=iframe]").last
        preview.locator("h1").wait_for()
    assert errors == []
    assert strangers == []
