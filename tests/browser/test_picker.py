"""The picker of marks in a real Chromium: by keyboard, by mouse, by typing, on a phone,
in both admin themes, and when scripts do not run."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from playwright.sync_api import expect

from projects.models import ProjectPage
from sdgs import vocabulary
from sdgs.factories import page_marks

from .conftest import PHONE, WAGTAIL_LOOKS
from .editor import open_actions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_the_picker(person, subtests):
    """One loading of the demonstration. Each check sets the marks that it begins with."""
    checks = (
        by_typing_in_either_language,
        what_is_being_composed_is_left_alone,
        by_keyboard_alone,
        by_mouse_in_another_order,
        from_the_picker_to_the_comparison_and_the_goal_page,
        it_is_saved_by_itself_and_there_after_reloading,
        it_fits_a_phone,
        axe_finds_nothing,
        what_nobody_knows_can_be_seen_and_taken_away,
        without_the_script_codes_are_typed,
        many_pages_at_once_without_javascript,
    )
    for check in checks:
        with subtests.test(check.__name__):
            check(person)


# Steps


def project():
    return ProjectPage.objects.get(slug="sunflower-festival", locale__language_code="ja")


def with_marks(*codes):
    """The project, live and as a draft with these marks."""
    page = project()
    page.page_marks = page_marks(codes)
    page.save_revision().publish()
    return page


def draft_marks() -> list[str]:
    return project().get_latest_revision_as_object().mark_codes


def name(code: str, language: str = "ja") -> str:
    return f"{code} {vocabulary.label(code, language).text}"


class Picker:
    """The picker on a page of the admin, as a person sees it."""

    def __init__(self, page):
        self.page = page
        self.root = page.locator(".marks-picker")
        self.search = self.root.get_by_role("combobox")
        self.rows = self.root.locator("ol > li")
        self.options = self.root.get_by_role("option")
        self.status = self.root.get_by_role("status").last
        expect(self.search).to_be_visible()

    def tile(self, goal: int):
        return self.root.get_by_role("toolbar").locator(f"[data-goal='{goal}']")

    def button(self, code: str, does: str):
        return self.rows.filter(has_text=name(code)[len(code) :]).locator(f"[data-does={does}]")

    def expect_marks(self, *codes: str):
        """The marks that are listed, in order, and that the form would send."""
        codes_shown = self.rows.locator(".marks-picker__code")
        expect(codes_shown).to_have_text(list(codes))
        expect(self.root.locator("[name=page_marks]")).to_have_value(", ".join(codes))


def edit(page) -> Picker:
    page.goto(f"/admin/pages/{project().pk}/edit/")
    return Picker(page)


def press(page, *keys: str):
    for key in keys:
        page.keyboard.press(key)


# Checks


def by_typing_in_either_language(person):
    with_marks("17.17")
    with person("pr") as page:
        picker = edit(page)
        for typed in ("雇用", "こよう", "コヨウ", "8.3", "８．３", "jobs", "ＪＯＢＳ 小さな"):
            picker.search.fill(typed)
            expect(picker.options.filter(has_text="8.3")).to_have_count(1)
        for typed in ("8", "目標8", "goal 8", "８"):
            picker.search.fill(typed)
            expect(picker.options.first).to_contain_text(name("8")[2:])
            expect(picker.options.filter(has_text="17.17")).to_have_count(0)
            expect(picker.options.filter(has_text="8.3")).to_have_count(1)
        picker.search.fill("まったくない")
        expect(picker.options).to_have_count(0)
        expect(picker.root.get_by_role("status").first).not_to_be_empty()

        # The goal with most finds comes first: 4.4 knows the word as well.
        for typed, likeliest in (("雇用", "8"), ("jobs", "8"), ("気候", "13"), ("海", "14")):
            picker.search.fill(typed)
            expect(picker.options.first).to_contain_text(name(likeliest)[len(likeliest) + 1 :])

        picker.search.fill("雇用 8.3")
        press(page, "Enter")
        picker.expect_marks("17.17", "8.3")
        expect(picker.options.first).to_have_attribute("aria-selected", "true")
        # The word is marked, so that the next one replaces it.
        page.keyboard.type("13")
        press(page, "Enter")
        picker.expect_marks("17.17", "8.3", "13")
        press(page, "Escape")
        expect(picker.search).to_have_value("")
        expect(picker.options).to_have_count(0)
        expect(picker.search).to_be_focused()


def what_is_being_composed_is_left_alone(person):
    """The Enter that ends かな-to-漢字 chooses no mark, and no Enter sends the form."""
    with_marks("17.17")
    with person("pr") as page:
        picker = edit(page)
        picker.search.fill("こよう")
        picker.search.evaluate(
            "field => field.dispatchEvent(new KeyboardEvent("
            "'keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
        )
        picker.expect_marks("17.17")
        picker.search.fill("まったくない")
        press(page, "Enter")
        expect(page).to_have_url(re.compile("/edit/$"))
        picker.expect_marks("17.17")


def by_keyboard_alone(person):
    with_marks("17.17")
    with person("pr") as page:
        picker = edit(page)
        picker.search.focus()
        page.keyboard.type("13.1")
        press(page, "Enter", "Escape", "Tab")

        # One stop for all tiles; arrows go between them, Enter opens, Tab goes in.
        expect(picker.tile(1)).to_be_focused()
        press(page, "ArrowRight", "ArrowRight", "ArrowLeft", "End")
        expect(picker.tile(17)).to_be_focused()
        press(page, "Home", "ArrowDown")
        in_row = picker.root.get_by_role("toolbar").evaluate(
            "bar => [...bar.children].filter(t => t.offsetTop === bar.children[0].offsetTop).length"
        )
        expect(picker.tile(1 + in_row)).to_be_focused()
        while not picker.tile(8).evaluate("tile => tile === document.activeElement"):
            press(page, "ArrowRight")
        press(page, "Enter")
        expect(picker.tile(8)).to_have_attribute("aria-expanded", "true")
        press(page, "Tab", "Space")
        picker.expect_marks("17.17", "13.1", "8")
        press(page, "ArrowDown", "Space")
        picker.expect_marks("17.17", "13.1", "8", "8.1")
        expect(picker.tile(8)).to_contain_text("2")
        press(page, "Escape")
        expect(picker.tile(8)).to_be_focused()
        expect(picker.tile(8)).to_have_attribute("aria-expanded", "false")

        # Moving and removing: the focus goes along.
        picker.button("13.1", "moveUp").focus()
        press(page, "Enter")
        picker.expect_marks("13.1", "17.17", "8", "8.1")
        expect(picker.status).to_contain_text(name("13.1"))
        expect(picker.button("13.1", "moveDown")).to_be_focused()
        picker.button("8.1", "moveUp").focus()
        press(page, "Enter")
        expect(picker.button("8.1", "moveUp")).to_be_focused()
        picker.expect_marks("13.1", "17.17", "8.1", "8")
        picker.button("8", "remove").focus()
        press(page, "Enter")
        expect(picker.button("8.1", "remove")).to_be_focused()
        press(page, "Enter", "Enter", "Enter")
        picker.expect_marks()
        expect(picker.search).to_be_focused()


def by_mouse_in_another_order(person):
    with_marks("17.17", "8.1")
    with person("pr") as page:
        picker = edit(page)
        picker.tile(7).click()
        picker.root.get_by_role("checkbox", name=re.compile(r"^7\.2 ")).check()
        picker.tile(13).click()
        expect(picker.tile(7)).to_have_attribute("aria-expanded", "false")
        picker.root.get_by_role("checkbox", name=re.compile(r"^13 ")).check()
        picker.expect_marks("17.17", "8.1", "7.2", "13")
        picker.button("7.2", "moveFirst").click()
        picker.expect_marks("7.2", "17.17", "8.1", "13")
        expect(picker.rows.first.locator(".marks-picker__main")).to_be_visible()
        expect(picker.rows.nth(1).locator(".marks-picker__main")).to_be_hidden()
        picker.button("17.17", "moveDown").click()
        picker.button("13", "remove").click()
        picker.expect_marks("7.2", "8.1", "17.17")
        expect(picker.root.get_by_role("checkbox", name=re.compile(r"^13 "))).not_to_be_checked()
        picker.search.fill("起業")
        picker.options.filter(has_text="8.3").click()
        picker.options.filter(has_text="8.3").click()
        picker.expect_marks("7.2", "8.1", "17.17")


def from_the_picker_to_the_comparison_and_the_goal_page(person):
    before = with_marks("17.17", "8.1").get_latest_revision()
    with person("pr") as page:
        picker = edit(page)
        picker.search.fill("8.3")
        press(page, "Enter", "Escape")
        picker.button("8.3", "moveFirst").click()
        picker.button("17.17", "remove").click()
        picker.expect_marks("8.3", "8.1")
        open_actions(page)
        page.locator("[name=action-publish]").click()
        expect(page.locator(".messages")).to_contain_text(project().title)

        after = project().get_latest_revision()
        page.goto(f"/admin/pages/{project().pk}/revisions/compare/{before.pk}...{after.pk}/")
        changes = page.locator("td.comparison").first
        for line in ("1. " + name("8.3"), "2. " + name("8.1"), name("17.17")):
            expect(changes).to_contain_text(line)
        expect(changes.locator(".addition")).to_contain_text(name("8.3"))
        expect(changes.locator(".deletion")).to_contain_text(name("17.17"))

        page.goto("/ja/sdgs/8/?target=8.3")
        expect(page.get_by_role("main")).to_contain_text(project().title)
        page.goto("/ja/sdgs/17/")
        expect(page.get_by_role("main")).not_to_contain_text(project().title)
        page.goto("/en/projects/sunflower-festival/")
        expect(page.get_by_role("main")).to_contain_text(vocabulary.label("8.3", "en").text)


def it_is_saved_by_itself_and_there_after_reloading(person):
    with_marks("17.17")
    with person("pr") as page:
        picker = edit(page)
        page.wait_for_timeout(WAGTAIL_LOOKS)
        for typed in ("13", "4.7"):
            with page.expect_response(
                lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")
            ) as answer:
                picker.search.fill(typed)
                press(page, "Enter")
            assert answer.value.json()["success"] is True
        picker.expect_marks("17.17", "13", "4.7")
        assert draft_marks() == ["17.17", "13", "4.7"]
        assert project().mark_codes == ["17.17"]
        page.reload()
        Picker(page).expect_marks("17.17", "13", "4.7")


def it_fits_a_phone(person):
    with_marks("17.17", "8.1", "7.2")
    with person("pr", size=PHONE) as page:
        picker = edit(page)
        picker.tile(8).click()
        in_row = picker.root.get_by_role("toolbar").evaluate(
            "bar => [...bar.children].filter(t => t.offsetTop === bar.children[0].offsetTop).length"
        )
        assert in_row == 6
        too_small = picker.root.evaluate(
            """root => [...root.querySelectorAll("button, label:has(input), [role=combobox]")]
                .map((control) => [control, control.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.width < 44 || box.height < 44))
                .map(([control, box]) => `${control.className} ${box.width}x${box.height}`)"""
        )
        assert too_small == []
        sticking_out = picker.root.evaluate(
            """root => [...root.querySelectorAll("*")]
                .filter((part) => part.getBoundingClientRect().right > innerWidth)
                .map((part) => part.className)"""
        )
        assert sticking_out == []
        # A tile's name is there for who does not see the colour.
        expect(picker.tile(8)).to_have_accessible_name(re.compile("^8 " + name("8")[2:]))


def axe_finds_nothing(person):
    with_marks("17.17", "8.1")
    with translation.override("ja"):
        expected = vocabulary.label("8").text
    for scheme in ("light", "dark"):
        with person("pr", color_scheme=scheme) as page:
            picker = edit(page)
            picker.tile(8).click()
            expect(picker.root.locator(".marks-picker__goal:visible")).to_contain_text(expected)
            assert_axe(page, scheme)
            picker.search.fill("8")
            assert_axe(page, scheme)


def assert_axe(page, what: str):
    found = Axe().run(page, context=".marks-picker", options={"resultTypes": ["violations"]})
    violations = [
        f"{entry['id']}: {entry['nodes'][0]['html'][:200]}"
        for entry in found.response["violations"]
    ]
    assert violations == [], what


def what_nobody_knows_can_be_seen_and_taken_away(person):
    """A line that came back with an error: every word of it is there."""
    with_marks("17.17")
    with person("pr") as page:
        page.route("**/sdgs/picker*.js", lambda route: route.abort())
        page.goto(f"/admin/pages/{project().pk}/edit/")
        page.fill("[name=page_marks]", "77.7, 8.3")
        page.unroute_all()
        open_actions(page)
        page.locator("[name=action-publish]").click()
        picker = Picker(page)
        expect(page.locator(".error-message", has_text="77.7")).to_be_visible()
        expect(picker.search).to_have_attribute("aria-invalid", "true")
        expect(picker.rows).to_have_count(2)
        picker.rows.first.locator("[data-does=remove]").click()
        picker.expect_marks("8.3")


def without_the_script_codes_are_typed(person):
    """An old browser, or a file that did not arrive."""
    with_marks("17.17")
    with person("pr") as page:
        page.route("**/sdgs/picker*.js", lambda route: route.abort())
        page.goto(f"/admin/pages/{project().pk}/edit/")
        line = page.locator("[name=page_marks]")
        expect(line).to_be_visible()
        page.locator(".marks-picker summary").click()
        expect(page.locator(".marks-picker")).to_contain_text(name("8.3")[4:])
        line.fill("8.3、17.17")
        open_actions(page)
        page.locator("[name=action-publish]").click()
        expect(page.locator(".messages")).to_contain_text(project().title)
    assert project().mark_codes == ["8.3", "17.17"]


def many_pages_at_once_without_javascript(person):
    page_ids = f"id={with_marks('17.17').pk}"
    with person("pr", javascript=False) as page:
        page.goto(f"/admin/bulk/wagtailcore/page/change_marks/?{page_ids}&next=/admin/")
        page.get_by_role("textbox").last.fill("13, 77.7")
        page.locator("main [type=submit]").click()
        expect(page.locator(".error-message")).to_contain_text("77.7")
        page.get_by_role("textbox").last.fill("13")
        page.get_by_role("checkbox", name=re.compile(r"17\.17")).check()
        page.locator("main [type=submit]").click()
        expect(page).to_have_url(re.compile("/admin/$"))
    assert draft_marks() == ["13"]
    assert project().mark_codes == ["17.17"]
