"""The way of a translation: PR changes a project, the English page says that it is out of date,
the translator sees exactly the changed sentence, translates and publishes, the notice is gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from projects.models import ProjectPage

from .editor import open_actions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SLUG = "agri-welfare"
ADDRESS = f"/en/projects/{SLUG}/"
CHANGED = "農業と福祉が力を合わせます。見本の変更です。"
ENGLISH = "Farming and welfare join forces & change: a sample."
# The words of the notice above an outdated page (templates/translation/notice.html).
NOTICE = "This translation is out of date"


def test_from_the_changed_sentence_to_the_current_page(person):
    project = ProjectPage.objects.get(slug=SLUG, locale__language_code="ja")
    before = ProjectPage.objects.get(slug=SLUG, locale__language_code="en").summary
    the_english_page_is_current(person, before)
    pr_changes_one_sentence(person, project)
    the_english_page_says_that_it_is_outdated(person, before)
    translator_sees_that_sentence_and_translates_it(person, project, before)
    the_notice_is_gone(person)


def the_english_page_is_current(person, summary):
    with person(language="en-GB") as page:
        page.goto(ADDRESS)
        expect(page.get_by_role("main")).to_contain_text(summary)
        expect(page.get_by_role("main")).not_to_contain_text(NOTICE)


def pr_changes_one_sentence(person, project):
    with person("pr") as page:
        page.goto(f"/admin/pages/{project.pk}/edit/")
        page.fill("[name=summary]", CHANGED)
        open_actions(page)
        page.locator("[name=action-publish]").click()
        expect(page.locator(".messages")).to_contain_text(project.title)


def the_english_page_says_that_it_is_outdated(person, summary):
    with person(language="en-GB") as page:
        page.goto(ADDRESS)
        # The old words, and the truth about them.
        expect(page.get_by_role("main")).to_contain_text(summary)
        expect(page.get_by_role("main")).to_contain_text(NOTICE)


def translator_sees_that_sentence_and_translates_it(person, project, old_translation):
    with person("translator") as page:
        # From the dashboard to the desk, where it stands first.
        page.locator("#wagtail-sidebar").get_by_role("link", name="翻訳", exact=True).click()
        row = page.locator("table.desk tbody tr").first
        expect(row).to_contain_text(project.title)
        expect(row).to_contain_text("要更新")
        row.get_by_role("link", name=project.title).click()

        sentence = page.locator("fieldset.change")
        expect(sentence).to_have_count(1)
        expect(sentence).to_contain_text("見本の変更です。")
        expect(sentence).to_contain_text(old_translation)
        expect(sentence.locator("ins").first).to_be_visible()
        expect(sentence.locator("del").first).to_be_visible()

        # What is wrong comes back with its reason, and is not public.
        field = sentence.locator("textarea")
        sentence.get_by_role("button", name="この訳から始める").click()
        expect(field).to_have_value(old_translation)
        field.fill("<div>Farming</div>")
        page.get_by_role("button", name="保存して公開する").click()
        expect(sentence.locator(".error-message")).to_contain_text("div")
        expect(field).to_have_value("<div>Farming</div>")

        field.fill(ENGLISH)
        page.get_by_role("button", name="保存して公開する").click()
        expect(page.locator(".messages")).to_contain_text("English")
        expect(page.locator("fieldset.change")).to_have_count(0)
        page.goto("/admin/translation/?state=outdated")
        expect(page.locator("main")).not_to_contain_text(project.title)


def the_notice_is_gone(person):
    with person(language="en-GB") as page:
        page.goto(ADDRESS)
        expect(page.get_by_role("main")).to_contain_text(ENGLISH)
        expect(page.get_by_role("main")).not_to_contain_text(NOTICE)
