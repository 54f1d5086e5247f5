"""The field of marks in the page editor: an ordered, closed choice of which nothing is lost."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from kiyose.translation.factories import translate
from sdgs import picker, vocabulary
from sdgs.forms import MarksField
from sdgs.models import Mark, MarkLabel, PageMark
from sdgs.rules import CHOSEN_TWICE
from sdgs.widgets import MarksPicker
from tests.editor import add_url, edit_url, open_form, press, text_of
from tests.page_types import MARKED_PAGE_TYPES, factory_of, label, parent_for
from tests.world import copy_of, fresh, publish

pytestmark = pytest.mark.django_db

every_marked_type = pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)


def draft_of(page):
    return fresh(page).get_latest_revision_as_object()


def published(model, *codes, **values):
    page = factory_of(model)(parent=parent_for(model), marks=codes, **values)
    publish(page)
    return fresh(page)


# What is offered


def test_every_mark_is_offered_once_in_order():
    offered = [choice for goal in picker.goals() for choice in goal.choices]
    assert [choice.code for choice in offered] == list(vocabulary.entries())
    assert [goal.itself.code for goal in picker.goals()] == [str(n) for n in range(1, 18)]


@pytest.mark.parametrize(("language", "other"), [("ja", "en"), ("en", "ja")])
def test_marks_are_named_in_the_language_of_the_admin_and_in_the_other_one(language, other):
    with translation.override(language):
        goal = picker.goals()[7].itself
    assert goal.label == vocabulary.Label("8", vocabulary.label("8", language).text, language)
    assert goal.other == vocabulary.Label("8", vocabulary.label("8", other).text, other)


def test_offering_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        MarksPicker().render("page_marks", ["8.3"])


def test_search_words_and_names_of_all_languages_find_a_mark():
    row = MarkLabel.objects.get(mark__name="8.3", language="ja")
    row.search_words = "ジェンダー ＪＯＢｓ"
    row.save()
    MarkLabel.objects.create(mark=row.mark, language="fr", text="Emplois")
    found = picker.goals()[7].choices
    line = next(choice.find for choice in found if choice.code == "8.3")
    for word in ("じぇんだー", "jobs", "emplois", "起業", "small businesses", "target"):
        assert word in line


def test_a_mark_without_any_label_is_offered_by_its_code():
    MarkLabel.objects.filter(mark__name="8.3").delete()
    choice = next(c for c in picker.goals()[7].choices if c.code == "8.3")
    assert (choice.label.text, choice.other) == ("8.3", None)


# The field


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("8.3, 17", ["8.3", "17"]),
        ("17 8.3", ["17", "8.3"]),
        ("８．３、　１７；4", ["8.3", "17", "4"]),
        (" , ,8,", ["8"]),
        ("", []),
        (None, []),
    ],
)
def test_codes_are_read_as_people_type_them(typed, codes):
    assert MarksField(required=False).clean(typed) == codes


@pytest.mark.parametrize("typed", ["77.7", "8.3, 77.7", "18", "0", "雇用", "8.3.1", "<b>8</b>"])
def test_what_is_no_mark_is_refused_and_named(typed):
    count = Mark.objects.count()
    with pytest.raises(ValidationError) as refused:
        MarksField(required=False).clean(typed)
    assert picker.codes_in(typed)[-1] in " ".join(refused.value.messages)
    assert Mark.objects.count() == count


def test_the_same_mark_twice_is_refused():
    with pytest.raises(ValidationError) as refused:
        MarksField(required=False).clean("8.3, 17, ８．３")
    assert refused.value.messages == [str(CHOSEN_TWICE)]


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (["8.3", "17"], "8.3, 17", False),
        (["8.3", "17"], "８．３　17", False),
        (["8.3", "17"], "17, 8.3", True),
        (["8.3"], "", True),
        ([], "", False),
        (None, "", False),
        ([], "8.3", True),
    ],
)
def test_it_has_changed_when_marks_or_their_order_have(initial, data, changed):
    assert MarksField(required=False).has_changed(initial, data) is changed


def test_the_widget_works_without_a_script():
    """One line to type codes into, and below it what there is, readable as it stands."""
    drawn = MarksPicker().render("page_marks", ["8.3", "17"], {"id": "id_page_marks"})
    before_script = re.sub(r"<template.*?</template>", "", drawn, flags=re.S)
    field = re.search(r'<input[^>]*name="page_marks"[^>]*>', before_script).group()
    assert 'type="text"' in field
    assert 'value="8.3, 17"' in field
    assert "hidden" not in field
    assert before_script.count("data-code=") == len(vocabulary.entries())
    assert "新しい仕事を生み" in before_script


def test_what_was_typed_is_escaped():
    drawn = MarksPicker().render("page_marks", '"><script>alert(1)</script>')
    assert "<script>alert" not in drawn


# The editor


@every_marked_type
def test_a_draft_gets_marks_in_the_order_in_which_they_were_typed(world, admin_client, model):
    page = published(model, "8.1", slug="typed")
    answer = press(admin_client, edit_url(page), page_marks="17.17, 8.3, 4.7, 8.1")
    assert answer.status_code == 302
    assert draft_of(page).mark_codes == ["17.17", "8.3", "4.7", "8.1"]
    assert fresh(page).mark_codes == ["8.1"], "a draft is not public"
    assert open_form(admin_client, edit_url(page))["page_marks"] == "17.17, 8.3, 4.7, 8.1"


@every_marked_type
def test_a_new_page_gets_its_marks(world, admin_client, model):
    url = add_url(model, parent_for(model))
    answer = press(admin_client, url, title="新しい", slug="brand-new", page_marks="13, 8.3")
    assert answer.status_code == 302
    page = model.objects.get(slug="brand-new")
    assert page.mark_codes == ["13", "8.3"]
    assert draft_of(page).mark_codes == ["13", "8.3"]


@every_marked_type
@pytest.mark.parametrize("button", [None, "action-publish"], ids=["draft", "publish"])
@pytest.mark.parametrize("typed", ["77.7, 8.3", "8.3, 17, 8.3", "雇用"])
def test_a_bad_line_is_refused_beside_the_field_and_comes_back(
    world, admin_client, model, button, typed
):
    page = published(model, "8.1", slug="typed")
    answer = press(admin_client, edit_url(page), button, page_marks=typed, title="打った題")
    assert answer.status_code == 200
    errors = answer.context["form"].errors["page_marks"]
    assert len(errors) == 1, "and not also that there is no mark"
    assert errors[0] in text_of(answer)
    assert typed in text_of(answer)
    assert "打った題" in text_of(answer)
    assert draft_of(page).mark_codes == ["8.1"]


@every_marked_type
def test_a_draft_may_lose_all_marks_and_is_then_not_published(world, admin_client, model):
    page = published(model, "8.1", slug="typed")
    assert press(admin_client, edit_url(page), page_marks="").status_code == 302
    assert draft_of(page).mark_codes == []
    answer = press(admin_client, edit_url(page), "action-publish")
    assert answer.status_code == 200
    assert answer.context["form"].errors["page_marks"]
    assert fresh(page).mark_codes == ["8.1"]


@every_marked_type
def test_it_is_saved_by_itself(world, admin_client, model):
    page = published(model, "8.1", slug="typed")
    url = edit_url(page)
    answer = press(admin_client, url, accept="application/json", page_marks="17, 8.3")
    assert answer.json()["success"] is True
    assert draft_of(page).mark_codes == ["17", "8.3"]
    revision = answer.json()["revision_id"]
    data = open_form(admin_client, url)
    data["page_marks"], data["overwrite_revision_id"] = "8.3", revision
    again = admin_client.post(url, data.dict(), headers={"accept": "application/json"})
    assert again.json()["revision_id"] == revision
    assert draft_of(page).mark_codes == ["8.3"]


@every_marked_type
def test_only_changed_marks_are_a_change_of_the_page(world, admin_client, admin_user, model):
    page = published(model, "8.1", "17", slug="typed")
    for typed, changed in (("8.1, 17", False), ("17, 8.1", True)):
        data = open_form(admin_client, edit_url(page))
        data["page_marks"] = typed
        form_class = model.get_edit_handler().get_form_class()
        form = form_class(data, instance=draft_of(page), for_user=admin_user)
        assert ("page_marks" in form.changed_data) is changed


@every_marked_type
def test_a_mark_that_stays_keeps_its_row(world, admin_client, model):
    page = published(model, "8.1", "17", "4.7", slug="typed")
    rows = {row.tag.code: row.pk for row in PageMark.objects.filter(content_object=page.pk)}
    press(
        admin_client, edit_url(page), "action-publish", page_marks="4.7, 13, 8.1", why="見本です。"
    )
    after = PageMark.objects.filter(content_object=page.pk)
    assert [row.tag.code for row in after] == ["4.7", "13", "8.1"]
    kept = {row.tag.code: row.pk for row in after if row.tag.code != "13"}
    assert kept == {code: rows[code] for code in kept}


@every_marked_type
def test_the_marks_travel_with_copies_translations_and_old_versions(world, admin_client, model):
    page = published(model, "8.1", slug="typed")
    old = page.get_latest_revision()
    press(admin_client, edit_url(page), "action-publish", page_marks="17, 8.3", why="見本です。")
    copy = copy_of(fresh(page))
    assert fresh(copy).mark_codes == ["17", "8.3"]
    english = translate(fresh(page))
    assert fresh(english).mark_codes == ["17", "8.3"]

    # An old version, opened in the editor and published from there.
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    data = open_form(admin_client, url)
    assert data["page_marks"] == "8.1"
    data["action-publish"] = "1"
    assert admin_client.post(edit_url(page), data.dict()).status_code == 302
    assert fresh(page).mark_codes == ["8.1"]
    assert fresh(english).mark_codes == ["8.1"]


@every_marked_type
def test_the_preview_shows_the_marks_as_they_were_typed(world, admin_client, model):
    page = published(model, "8.1", slug="typed")
    data = open_form(admin_client, edit_url(page))
    data["page_marks"] = "13.1, 17"
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin_client.post(url, data.dict()).json()["is_valid"] is True
    shown = admin_client.get(f"{url}?mode=")
    assert shown.context["page"].mark_codes == ["13.1", "17"]
    assert fresh(page).mark_codes == ["8.1"]


def test_the_admins_scripts_do_not_get_the_picker_a_second_time(world, admin_client):
    """Wagtail packs every widget into the page once more, to be drawn by its scripts."""
    model = MARKED_PAGE_TYPES[0]
    page = text_of(admin_client.get(edit_url(world.page(model))))
    assert page.count('data-code="8.3"') == 1


def test_set_marks_changes_only_the_page_in_memory(world):
    model = MARKED_PAGE_TYPES[0]
    page = published(model, "8.1", slug="typed")
    page.set_marks(["17", "8.1"])
    assert page.mark_codes == ["17", "8.1"]
    assert fresh(page).mark_codes == ["8.1"]
