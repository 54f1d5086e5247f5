"""A button that is pressed while the editor is saving by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from projects.models import ProjectPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

TITLE = "見本：二重にならない取り組み"
ADDRESS = "not-twice"

# Wagtail takes what a form holds two seconds after loading as what it was loaded with.
WAGTAIL_LOOKS = 2500


@pytest.fixture
def new_project(person):
    """A department's form for a new project, filled in but for marks, that sends what it
    saves by itself only when ``let_go`` is called."""
    projects = Page.objects.get(slug="projects", locale__language_code="ja")
    with person("department") as page:
        held = []
        page.route(
            "**/admin/pages/add/**",
            lambda route: (
                held.append(route)
                if "json" in route.request.headers.get("accept", "")
                else route.continue_()
            ),
        )
        page.goto(f"/admin/pages/add/projects/projectpage/{projects.pk}/")
        page.wait_for_timeout(WAGTAIL_LOOKS)
        with page.expect_request(lambda asked: "json" in asked.headers.get("accept", "")):
            page.fill("[name=title]", TITLE)
            page.fill("[name=summary]", "見本です。")
        page.get_by_role("tab", name="プロモート").click()
        page.fill("[name=slug]", ADDRESS)
        page.get_by_role("tab", name="コンテンツ").click()
        page.let_go = lambda how: [getattr(route, how)() for route in held]
        yield page


def pages():
    return ProjectPage.objects.filter(title=TITLE, locale__language_code="ja")


def press_submit(page):
    page.locator("footer .w-dropdown__toggle").first.click()
    page.locator("[name=action-submit]").click()


def test_the_page_is_made_once(new_project):
    press_submit(new_project)
    expect(new_project.get_by_text("SDGsマークを1つ以上選んでください")).to_have_count(0)
    assert not pages().exists()

    new_project.let_go("continue_")

    # The button did what it says: there is no mark, and that is said. Nothing typed is lost.
    expect(new_project.get_by_text("SDGsマークを1つ以上選んでください").first).to_be_visible()
    expect(new_project.locator("[name=slug]")).to_have_value(ADDRESS)
    new_project.wait_for_url(f"**/admin/pages/{pages().get().pk}/edit/")

    new_project.locator("[name=action-save], form[data-edit-form] footer button").first.click()
    expect(new_project.locator(".messages")).to_contain_text(TITLE)
    assert pages().get().get_latest_revision_as_object().slug == ADDRESS


def test_a_saving_that_fails_does_not_keep_the_button(new_project):
    press_submit(new_project)
    new_project.let_go("abort")
    expect(new_project.get_by_text("SDGsマークを1つ以上選んでください").first).to_be_visible()
    expect(new_project.locator("[name=title]")).to_have_value(TITLE)
