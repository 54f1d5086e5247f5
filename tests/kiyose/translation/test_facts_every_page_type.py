"""
Facts are the same in every language, on every page type, by every route.

The tables are made of what there is: every page type, every field that it declares a
fact, every way in which such a field can change. A new page type joins by itself.
"""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from kiyose.pages.checks import facts_and_words_are_declared, undeclared_fields
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.publishing import publish_translation
from projects.models import IndicatorPage
from sdgs.rules import MarkPolicy
from tests.page_types import PAGE_TYPES, SNIPPETS, factory_of, label
from tests.values import seen, set_another_value, ways_to_change
from tests.world import (
    facts_of,
    fresh,
    let_the_hour_come,
    make_publishable,
    publish,
    schedule,
    words_of,
)

pytestmark = pytest.mark.django_db


def is_possible(model, name, way) -> bool:
    """A page that needs a mark never goes public without one, an indicator without a goal."""
    needed = {"page_marks"} if getattr(model, "mark_policy", None) is MarkPolicy.REQUIRED else set()
    if model is IndicatorPage:
        needed.add("goals")
    return not (name in needed and way == "emptied")


# Every fact of a type that can change in a way, at once: what fails is named by the comparison.
CHANGES = [
    pytest.param(model, way, names, id=f"{model.__name__}-{way}")
    for model in PAGE_TYPES
    for way in dict.fromkeys(way for name in model.facts for way in ways_to_change(model, name))
    if (
        names := [
            name
            for name in model.facts
            if way in ways_to_change(model, name) and is_possible(model, name, way)
        ]
    )
]
every_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=label)


def change_all_facts(page) -> None:
    for name in type(page).facts:
        set_another_value(page, name)
    make_publishable(page)


def stop_translating(record) -> None:
    """From here on the English page is edited like any other page."""
    record.enabled = False
    record.save(update_fields=["enabled"])


def test_every_page_type_is_found_with_a_factory():
    assert len(PAGE_TYPES) >= 7
    for model in PAGE_TYPES:
        assert factory_of(model)


@pytest.mark.parametrize(("model", "way", "names"), CHANGES)
def test_published_facts_reach_the_live_page_the_draft_and_the_scheduled_revision(
    world, model, way, names
):
    stop_translating(world.record(model))
    english = world.translation(model)
    english.title = "Scheduled words"
    scheduled = schedule(english)
    english = world.translation(model)
    english.title = "Words of the draft"
    draft = english.save_revision()
    live_before = words_of(world.translation(model))

    page = world.page(model)
    for name in names:
        set_another_value(page, name, way)
    if "page_marks" in names and way == "emptied":
        page.no_mark_applies = True
    make_publishable(page)
    publish(page)

    wanted = facts_of(world.page(model))
    assert wanted == facts_of(page), "the Japanese page itself was not published"
    live = world.translation(model)
    assert facts_of(live) == wanted
    assert live.live
    assert live.has_unpublished_changes
    assert words_of(live) == live_before

    draft.refresh_from_db()
    assert live.latest_revision_id == draft.pk, "facts are no new version of the words"
    assert facts_of(draft.as_object()) == wanted
    assert draft.as_object().title == "Words of the draft"

    scheduled.refresh_from_db()
    assert facts_of(scheduled.as_object()) == wanted
    assert scheduled.as_object().title == "Scheduled words"
    assert scheduled.approved_go_live_at > timezone.now()


@every_page_type
def test_nothing_but_the_facts_is_copied(world, model):
    before = words_of(world.translation(model))
    page = world.page(model)
    page.title, page.summary = "別の題", "別の要約"
    page.show_in_menus = not page.show_in_menus
    page.seo_title = "別の題"
    change_all_facts(page)
    publish(page)
    assert facts_of(world.translation(model)) == facts_of(world.page(model))
    assert words_of(world.translation(model)) == before


@every_page_type
def test_an_unpublished_draft_of_the_original_changes_no_translation(world, model):
    before = facts_of(world.translation(model))
    page = world.page(model)
    change_all_facts(page)
    page.save_revision()
    assert facts_of(world.translation(model)) == before


@every_page_type
def test_bulk_publishing_shares_facts(world, model, admin_client):
    page = world.page(model)
    change_all_facts(page)
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert admin_client.post(f"{url}?id={page.pk}", {"include_descendants": ""}).status_code == 302
    assert facts_of(world.page(model)) == facts_of(page)
    assert facts_of(world.translation(model)) == facts_of(page)


@every_page_type
def test_the_schedule_shares_facts_at_its_hour_and_not_before(world, model):
    before = facts_of(world.translation(model))
    page = world.page(model)
    change_all_facts(page)
    scheduled = schedule(page)
    call_command("publish_scheduled")
    assert facts_of(world.translation(model)) == before
    let_the_hour_come(scheduled)
    call_command("publish_scheduled")
    assert facts_of(world.page(model)) == facts_of(page)
    assert facts_of(world.translation(model)) == facts_of(page)


@every_page_type
def test_an_old_scheduled_translation_goes_live_with_todays_facts(world, model):
    stop_translating(world.record(model))
    english = world.translation(model)
    english.title = "Old words"
    scheduled = schedule(english)
    old_content = dict(scheduled.content)
    page = world.page(model)
    change_all_facts(page)
    publish(page)
    # As if nothing had been pushed into the waiting revision (a restored backup, a script).
    scheduled.content = old_content
    scheduled.save(update_fields=["content"])
    let_the_hour_come(scheduled)
    call_command("publish_scheduled")
    assert world.translation(model).title == "Old words"
    assert facts_of(world.translation(model)) == facts_of(page)


@every_page_type
def test_an_approved_old_translation_goes_live_with_todays_facts(world, model, admin_user):
    stop_translating(world.record(model))
    english = world.translation(model)
    english.title = "Words sent to approval"
    english.save_revision()
    approval_for(english, admin_user)
    english = world.translation(model)
    revision = english.current_workflow_task_state.revision
    old_content = dict(revision.content)
    page = world.page(model)
    change_all_facts(page)
    publish(page)
    revision.content = old_content
    revision.save(update_fields=["content"])
    english = world.translation(model)
    task_state = english.current_workflow_task_state
    task_state.task.specific.on_action(task_state, admin_user, "approve")
    assert world.translation(model).title == "Words sent to approval"
    assert facts_of(world.translation(model)) == facts_of(page)


def approval_for(page, user):
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

    from home.roles import APPROVAL

    task = GroupApprovalTask.objects.create(name=APPROVAL[0])
    workflow = Workflow.objects.create(name=APPROVAL[0])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow.start(page, user)


@every_page_type
def test_the_translators_publish_button_does_not_bring_old_facts_back(world, model):
    page = world.page(model)
    change_all_facts(page)
    publish(page)
    record = world.record(model)
    stale = TranslationSource.objects.get(pk=record.source_id)
    assert stale.content_json == record.source.content_json, "the stored copy is the old one"
    before = words_of(world.translation(model))
    publish_translation(record)
    assert facts_of(world.translation(model)) == facts_of(page)
    assert words_of(world.translation(model)) == before
    latest = world.translation(model).get_latest_revision().as_object()
    assert facts_of(latest) == facts_of(page)


@every_page_type
def test_a_translation_that_is_not_live_yet_gets_the_facts_as_well(world, model):
    english = world.translation(model)
    english.unpublish()
    page = world.page(model)
    change_all_facts(page)
    publish(page)
    english = world.translation(model)
    assert not english.live
    assert facts_of(english) == facts_of(page)
    assert facts_of(english.get_latest_revision().as_object()) == facts_of(page)


@every_page_type
def test_facts_of_a_translation_edited_by_hand_are_corrected_when_it_is_published(world, model):
    stop_translating(world.record(model))
    english = world.translation(model)
    change_all_facts(english)
    english.title = "Words by hand"
    publish(english)
    assert world.translation(model).title == "Words by hand"
    assert facts_of(world.translation(model)) == facts_of(world.page(model))


@every_page_type
def test_facts_never_travel_from_a_translation_to_its_original(world, model):
    stop_translating(world.record(model))
    before = facts_of(world.page(model))
    english = world.translation(model)
    change_all_facts(english)
    publish(english)
    assert facts_of(world.page(model)) == before


@pytest.fixture
def french(settings, world):
    """A third language, added as the README says: settings and a locale."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    return Locale.objects.create(language_code="fr")


@every_page_type
def test_facts_reach_a_translation_of_a_translation(world, model, french):
    """Japanese to English, English to French: the facts are the Japanese page's."""
    english = world.translation(model)
    parent = english.get_parent()
    while parent.depth > 1 and not parent.has_translation(french):
        missing = parent
        while missing.get_parent().depth > 1 and not missing.get_parent().has_translation(french):
            missing = missing.get_parent()
        translate(missing.specific, "fr")
    translate(english, "fr")
    record = world.record(model, "fr")
    assert record.source.locale.language_code == "en"
    page = world.page(model)
    change_all_facts(page)
    publish(page)
    assert facts_of(world.translation(model, "en")) == facts_of(page)
    assert facts_of(world.translation(model, "fr")) == facts_of(page)
    assert world.translation(model, "fr").live


SNIPPET_FACTS = [
    pytest.param(model, name, id=f"{model.__name__}-{name}")
    for model in SNIPPETS
    for name in model.facts
]


def test_every_snippet_is_found():
    names = {model.__name__ for model in SNIPPETS}
    assert names >= {"Division", "Pillar", "Source", "FigureLabel"}


@pytest.mark.parametrize(("model", "name"), SNIPPET_FACTS)
def test_a_snippets_facts_follow_when_it_is_saved(world, model, name):
    row = factory_of(model)()
    record = start_translation(row)
    enter_words(record)
    record.save_target()
    english = record.get_target_instance()
    words = {word: getattr(english, word) for word in model.words}
    set_another_value(row, name)
    row.save()
    english.refresh_from_db()
    assert seen(english, name) == seen(row, name)
    assert {word: getattr(english, word) for word in model.words} == words
    assert english.words_ready
    assert english.locale.language_code == "en"


@pytest.mark.parametrize("model", SNIPPETS, ids=label)
def test_a_translated_snippet_never_changes_its_original(world, model):
    row = factory_of(model)()
    record = start_translation(row)
    english = record.get_target_instance()
    before = {name: seen(row, name) for name in model.facts}
    for name in model.facts:
        set_another_value(english, name)
    english.save()
    row.refresh_from_db()
    assert {name: seen(row, name) for name in model.facts} == before


def test_every_field_is_declared_a_fact_or_a_word():
    assert facts_and_words_are_declared(None) == []


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=label)
def test_a_field_that_nobody_declared_is_an_error(model, monkeypatch):
    declared = [*model.facts, *model.words]
    own = [name for name in declared if name not in {"title", "seo_title", "search_description"}]
    forgotten = own[-1]
    monkeypatch.setattr(model, "facts", tuple(n for n in model.facts if n != forgotten))
    monkeypatch.setattr(model, "words", tuple(n for n in model.words if n != forgotten))
    if forgotten != "page_marks":
        assert forgotten in undeclared_fields(model)
        errors = facts_and_words_are_declared(None)
        assert [e.id for e in errors if e.obj is model and forgotten in e.msg] == ["pages.E001"]


@pytest.mark.parametrize("model", [*PAGE_TYPES, *SNIPPETS], ids=label)
def test_what_wagtail_localize_offers_for_translation_is_what_we_call_words(model):
    from wagtail_localize.fields import get_translatable_fields

    offered = {
        field.field_name for field in get_translatable_fields(model) if field.is_translated(model())
    }
    assert offered <= set(model.words)
    assert not offered & set(model.facts)


def test_a_page_written_in_english_alone_keeps_its_facts(world):
    """No translation record: nothing is shared with a page that happens to be elsewhere."""
    model = next(m for m in PAGE_TYPES if m.__name__ == "StandardPage")
    english_home = world.english_home
    page = factory_of(model)(parent=english_home, slug="only-english", locale=english_home.locale)
    set_another_value(page, "division")
    publish(page)
    assert fresh(page).division_id == page.division_id


def test_publishing_at_a_later_hour_is_not_publishing_now(world):
    """A page that has never been public shares nothing until it is."""
    model = next(m for m in PAGE_TYPES if m.__name__ == "ProjectPage")
    page = world.page(model)
    before = facts_of(world.translation(model))
    page.unpublish()
    page = world.page(model)
    change_all_facts(page)
    schedule(page, timezone.now() + datetime.timedelta(days=1))
    assert not Page.objects.get(pk=page.pk).live
    assert facts_of(world.translation(model)) == before
