"""The way of a project, as people walk it: from a department's draft to the English page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Page

from projects.models import ProjectPage

from .conftest import PHONE
from .editor import fill_slug, open_actions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

TITLE = "見本：空き店舗の活用"
ADDRESS = "projects/sample-empty-shops/"


def test_from_the_departments_draft_to_the_english_page(person):
    department_drafts_and_submits(person)
    pr_approves(person)
    citizen_finds_it_on_a_phone(person)
    pr_starts_the_translation(person)
    translator_translates_and_publishes(person)
    facts_follow_a_change_of_the_japanese_page(person)
    withdrawing_the_japanese_page_takes_the_english_one_along(person)


def department_drafts_and_submits(person):
    projects = Page.objects.get(slug="projects", locale__language_code="ja")
    with person("department") as page:
        page.goto(f"/admin/pages/add/projects/projectpage/{projects.pk}/")
        page.fill("[name=title]", TITLE)
        page.fill("[name=summary]", "空いている店を、新しい仕事の場所にします。見本です。")
        page.select_option("[name=stage]", "running")
        page.get_by_role("tab", name="プロモート").click()
        fill_slug(page, "sample-empty-shops")
        page.get_by_role("tab", name="コンテンツ").click()

        # Without a mark and a why it cannot be submitted; nothing typed is lost.
        submit(page)
        expect(page.get_by_text("SDGsマークを1つ以上選んでください").first).to_be_visible()
        expect(page.locator("[name=title]")).to_have_value(TITLE)
        # Wagtail saves the draft by itself, and from then on it is being edited.
        page.wait_for_url("**/edit/", wait_until="commit")

        page.locator(".marks-picker").get_by_role("combobox").fill("起業")
        page.get_by_role("option", name="8.3 新しい仕事を生み").click()
        page.fill("[name=why]", "新しい店を開く人を助けるからです。")
        submit(page)
        expect(page.locator(".messages")).to_contain_text(TITLE)

    with person() as page:
        assert page.goto(f"/ja/{ADDRESS}").status == 404


def submit(page):
    open_actions(page)
    page.locator("[name=action-submit]").click()
    page.wait_for_load_state("load")


def pr_approves(person):
    with person("pr") as page:
        # Waiting for approval, it stands on the dashboard.
        page.get_by_role("link", name=TITLE).first.click()
        open_actions(page)
        page.locator("[data-workflow-action-name=approve]").first.click()
        expect(page.locator(".messages")).to_contain_text(TITLE)


def citizen_finds_it_on_a_phone(person):
    with person(size=PHONE) as page:
        page.goto("/")
        expect(page).to_have_url(re.compile(r"/ja/$"))
        expect(page.get_by_role("main")).to_contain_text(TITLE)
        for address in ("/ja/projects/?goal=8", "/ja/sdgs/8/"):
            page.goto(address)
            expect(page.get_by_role("main")).to_contain_text(TITLE)
            assert_fits(page)
        page.get_by_role("main").get_by_role("link", name=re.compile(TITLE)).first.click()
        expect(page).to_have_url(re.compile(f"/ja/{ADDRESS}$"))
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.get_by_role("main")).to_contain_text("実施中")
        assert page.locator("main a[href^='tel:']").count() >= 1
        assert_fits(page)

        # In English it is not missing, only untranslated: the same page, marked.
        page.goto(f"/en/{ADDRESS}")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "ja")


def assert_fits(page):
    """No sideways scrolling on a phone."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{page.url} is {width} px wide"


def pr_starts_the_translation(person):
    project = ProjectPage.objects.get(slug="sample-empty-shops", locale__language_code="ja")
    with person("pr") as page:
        page.goto(f"/admin/localize/submit/page/{project.pk}/")
        boxes = page.locator("[name=locales]")
        if not boxes.first.is_checked():
            boxes.first.check()
        page.locator("main form [type=submit]").click()
        expect(page.locator(".messages")).to_contain_text(TITLE)
    translated = project.get_translations().get()
    assert not translated.live


def translator_translates_and_publishes(person):
    project = ProjectPage.objects.get(slug="sample-empty-shops", locale__language_code="en")
    with person("translator") as page:
        page.goto(f"/admin/pages/{project.pk}/edit/")
        publish = page.get_by_role("button", name=re.compile("English")).first

        # Not yet: three strings are missing, and the message says which.
        publish.click()
        expect(page.locator(".messages")).to_contain_text("空いている店")
        project.refresh_from_db()
        assert not project.live

        words = {
            TITLE: "Sample: Using empty shops",
            "空いている店を": "Empty shops become places for new work. A sample.",
            "新しい店を開く": "Because it helps people to open new shops.",
        }
        for japanese, english in words.items():
            segment = page.locator("li.incomplete", has_text=japanese)
            segment.get_by_role("button").click()
            segment.locator("textarea").fill(english)
            segment.get_by_role("button", name="保存").click()
            expect(page.locator("main")).to_contain_text(english)
        page.get_by_role("button", name=re.compile("English")).first.click()
        expect(page.locator(".messages")).to_contain_text("Sample: Using empty shops")

    with person(size=PHONE, language="en-GB") as page:
        page.goto(f"/en/{ADDRESS}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sample: Using empty shops")
        expect(page.get_by_role("main")).to_contain_text("Running")
        assert_fits(page)


def facts_follow_a_change_of_the_japanese_page(person):
    project = ProjectPage.objects.get(slug="sample-empty-shops", locale__language_code="ja")
    with person("pr") as page:
        page.goto(f"/admin/pages/{project.pk}/edit/")
        page.select_option("[name=stage]", "planned")
        open_actions(page)
        page.locator("[name=action-publish]").click()
        expect(page.locator(".messages")).to_contain_text(TITLE)
    with person(language="en-GB") as page:
        page.goto(f"/en/{ADDRESS}")
        expect(page.get_by_role("main")).to_contain_text("Planned")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sample: Using empty shops")


def withdrawing_the_japanese_page_takes_the_english_one_along(person):
    project = ProjectPage.objects.get(slug="sample-empty-shops", locale__language_code="ja")
    with person("pr") as page:
        page.goto(f"/admin/pages/{project.pk}/unpublish/")
        page.locator("main form [type=submit]").first.click()
        expect(page.locator(".messages")).to_contain_text(TITLE)
    with person() as page:
        assert page.goto(f"/en/{ADDRESS}").status == 404
        assert page.goto(f"/ja/{ADDRESS}").status == 404
        page.goto("/ja/projects/")
        expect(page.get_by_role("main")).not_to_contain_text(TITLE)
