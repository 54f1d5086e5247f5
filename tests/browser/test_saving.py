"""A button that is pressed while the editor is saving by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from projects.models import ProjectPage

from .conftest import WAGTAIL_LOOKS
from .editor import fill_slug, open_actions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

TITLE = "見本：二重にならない取り組み"
ADDRESS = "not-twice"
NO_MARK = "SDGsマークを1つ以上選んでください"
# Far longer than a form that is not kept back takes to leave.
A_WHILE = 1000  # milliseconds


class NewProject:
    """A department's form for a new project, filled in but for its marks. What the editor
    sends by itself is held back until ``end_saving``."""

    def __init__(self, page):
        self.page = page
        self.savings = []
        self.forms_sent = 0
        parent = Page.objects.get(slug="projects", locale__language_code="ja")
        page.goto(f"/admin/pages/add/projects/projectpage/{parent.pk}/")
        page.route("**/admin/pages/add/**", self.on_request)
        page.wait_for_timeout(WAGTAIL_LOOKS)
        with page.expect_request("**/admin/pages/add/**"):
            page.fill("[name=title]", TITLE)
            page.fill("[name=summary]", "見本です。")
        page.get_by_role("tab", name="プロモート").click()
        fill_slug(page, ADDRESS)
        page.get_by_role("tab", name="コンテンツ").click()

    def on_request(self, route):
        if "json" in route.request.headers["accept"]:
            self.savings.append(route)
        else:
            self.forms_sent += 1
            route.continue_()

    def submit(self):
        open_actions(self.page)
        self.page.locator("[name=action-submit]").click()
        self.page.wait_for_timeout(A_WHILE)
        assert self.forms_sent == 0

    def end_saving(self, succeeds: bool):
        (saving,) = self.savings
        if succeeds:
            saving.continue_()
        else:
            saving.abort()
        # The button does what it says: there is no mark, and that is said.
        expect(self.page.get_by_text(NO_MARK).first).to_be_visible()
        # Nothing typed is lost.
        expect(self.page.locator("[name=title]")).to_have_value(TITLE)
        expect(self.page.locator("[name=slug]")).to_have_value(ADDRESS)


def pages():
    return ProjectPage.objects.filter(title=TITLE, locale__language_code="ja")


def test_the_page_is_made_once(person):
    with person("department") as page:
        project = NewProject(page)
        project.submit()
        project.end_saving(succeeds=True)
        page.wait_for_url(f"**/admin/pages/{pages().get().pk}/edit/")

        page.get_by_role("button", name="下書きを保存").click()
        expect(page.locator(".messages")).to_contain_text(TITLE)
        assert pages().get().get_latest_revision_as_object().slug == ADDRESS
        assert project.forms_sent == 0


def test_a_saving_that_fails_does_not_keep_the_button(person):
    with person("department") as page:
        project = NewProject(page)
        project.submit()
        project.end_saving(succeeds=False)
        assert project.forms_sent == 1


def test_a_row_more_in_a_table_leaves_the_others_their_keys(person):
    """By which their translations are found (kiyose/pages/blocks/table.py)."""
    original = ProjectPage.objects.get(slug="greening", locale__language_code="ja")
    (before,) = tables_of(original)
    with person("pr") as page:
        page.goto(f"/admin/pages/{original.pk}/edit/")
        page.wait_for_timeout(WAGTAIL_LOOKS)
        table = page.locator(".typed-table-block")
        table.locator(".prepend-row").nth(1).click()
        table.locator("tbody tr").nth(1).locator("input[type=text]").first.fill("2015")
        page.get_by_role("button", name="下書きを保存").click()
        expect(page.locator(".messages")).to_contain_text(original.title)
    (after,) = tables_of(ProjectPage.objects.get(pk=original.pk).get_latest_revision_as_object())
    first, new, *others = after["rows"]
    assert [first, *others] == before["rows"]
    assert after["columns"] == before["columns"]
    assert new["values"][0] == "2015"
    assert new["key"] not in [row["key"] for row in before["rows"]]


def tables_of(project) -> list[dict]:
    """The tables of its body as they are kept."""
    return [
        block.get_prep_value()["value"] for block in project.body if block.block_type == "table"
    ]
