"""
A page that needs a mark and a *why* does not go public without them, whatever the route; a
draft may be as unfinished as its author likes. On every marked page type by itself.
"""

from __future__ import annotations

import datetime
import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from events.models import EventPage
from home.models import ArticlePage
from home.roles import APPROVAL
from kiyose.pages.publishing import SCHEDULE_REFUSED, PublishingRuleError
from kiyose.translation.factories import enter_words, start_translation
from kiyose.translation.publishing import publish_translation
from sdgs.factories import page_marks
from sdgs.models import PageMark
from sdgs.rules import MarkPolicy
from tests.editor import add_url, edit_url, messages_of, open_form, press, text_of
from tests.page_types import MARKED_PAGE_TYPES, factory_of, label, parent_for
from tests.world import PAST, fresh, let_the_hour_come, make_page, publish, schedule

pytestmark = pytest.mark.django_db

FAULTS = {
    "no mark": {"marks": ()},
    "no why": {"why": ""},
    "a blank why": {"why": " 　\n"},
    "the same mark twice": {"marks": ("8.1", "13", "8.1")},
    "nothing at all": {"marks": (), "why": ""},
}
FIELD = {
    "no mark": "page_marks",
    "no why": "why",
    "a blank why": "why",
    "the same mark twice": "page_marks",
    "nothing at all": "why",
}
every_marked_type = pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)
every_fault = pytest.mark.parametrize("fault", FAULTS)
# Where a whole request is made: one fault of the list of marks, one of a field.
two_faults = pytest.mark.parametrize("fault", ["no mark", "no why"])


def unfinished(model, fault, **values):
    """A draft with a fault, saved as a draft."""
    page = factory_of(model)(
        parent=parent_for(model), live=False, slug="unfinished", **FAULTS[fault], **values
    )
    page.save_revision()
    return fresh(page)


def reasons(page) -> list[str]:
    """Why the page may not be published, in the language of the admin."""
    with translation.override("ja"):
        found = [problem.message for problem in page.mark_problems()]
    assert found
    return found


def is_public(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def is_scheduled(page) -> bool:
    return page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_projects_and_articles_are_marked_pages():
    assert {model.__name__ for model in MARKED_PAGE_TYPES} >= {"ProjectPage", "ArticlePage"}


# Drafts


@every_marked_type
@two_faults
def test_a_draft_is_saved_without_complaint(world, admin_client, model, fault):
    page = unfinished(model, fault)
    answer = press(admin_client, edit_url(page), title="まだ書いている")
    assert answer.status_code == 302
    page = fresh(page)
    assert page.get_latest_revision().as_object().title == "まだ書いている"
    assert not page.live


@every_marked_type
@two_faults
def test_a_draft_is_saved_by_itself_without_complaint(world, admin_client, model, fault):
    page = unfinished(model, fault)
    answer = press(admin_client, edit_url(page), accept="application/json", title="書きかけ")
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert fresh(page).get_latest_revision().as_object().title == "書きかけ"


@every_marked_type
def test_a_new_page_is_saved_as_a_draft_without_marks(world, admin_client, model):
    answer = press(
        admin_client, add_url(model, parent_for(model)), title="新しい", slug="brand-new"
    )
    assert answer.status_code == 302
    page = model.objects.get(slug="brand-new")
    assert not page.live
    assert page.mark_codes == []


@every_marked_type
def test_a_public_page_may_have_an_unfinished_draft(world, admin_client, model):
    page = world.page(model)
    answer = press(admin_client, edit_url(page), why="")
    assert answer.status_code == 302
    assert world.page(model).why
    assert world.page(model).has_unpublished_changes


# The editor


@every_marked_type
@every_fault
def test_the_publish_button_says_why_not_beside_the_field(world, admin_client, model, fault):
    page = unfinished(model, fault)
    answer = press(
        admin_client, edit_url(page), "action-publish", title="打った題", summary="打った要約"
    )
    assert answer.status_code == 200
    assert not is_public(page)
    form, text = answer.context["form"], text_of(answer)
    for reason in reasons(page):
        assert reason in text
    if FIELD[fault] == "why":
        assert form.errors["why"]
    else:
        assert form.errors["page_marks"] == reasons(page)
    assert "打った題" in text
    assert "打った要約" in text


@every_marked_type
def test_a_new_page_is_not_published_without_marks(world, admin_client, model):
    answer = press(
        admin_client,
        add_url(model, parent_for(model)),
        "action-publish",
        title="新しい",
        slug="brand-new",
        summary="打った要約",
    )
    assert answer.status_code == 200
    assert not model.objects.filter(slug="brand-new").exists()
    for reason in reasons(model(title="新しい")):
        assert reason in text_of(answer)
    assert "打った要約" in text_of(answer)


@every_marked_type
def test_a_finished_page_is_published_by_the_button(world, admin_client, model):
    page = unfinished(model, "no why")
    answer = press(admin_client, edit_url(page), "action-publish", why="仕事が増えるからです。")
    assert answer.status_code == 302
    assert is_public(page)


@every_marked_type
def test_a_mark_that_is_removed_in_the_form_does_not_count(world, admin_client, model):
    page = world.page(model)
    data = open_form(admin_client, edit_url(page))
    data["page_marks"] = ""
    if "no_mark_applies" in data:
        del data["no_mark_applies"]
    data["action-publish"] = "1"
    answer = admin_client.post(edit_url(page), data.dict())
    assert answer.status_code == 200
    assert world.page(model).mark_codes


@every_marked_type
@two_faults
def test_a_schedule_is_refused_when_it_is_made(world, admin_client, model, fault):
    page = unfinished(model, fault)
    tomorrow = (timezone.localtime() + datetime.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    answer = press(admin_client, edit_url(page), "action-publish", go_live_at=tomorrow)
    assert answer.status_code == 200
    for reason in reasons(page):
        assert reason in text_of(answer)
    assert not is_scheduled(page)
    assert not is_public(page)


# Moderation


@pytest.fixture
def approval(world):
    """Every page goes through one approval, as on the real site."""
    task = GroupApprovalTask.objects.create(name=APPROVAL[0])
    workflow = Workflow.objects.create(name=APPROVAL[0])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(pk=world.site.home.pk))
    return workflow


@every_marked_type
@two_faults
def test_an_unfinished_page_is_not_submitted(world, approval, admin_client, model, fault):
    page = unfinished(model, fault)
    answer = press(admin_client, edit_url(page), "action-submit")
    assert answer.status_code == 200
    for reason in reasons(page):
        assert reason in text_of(answer)
    assert fresh(page).current_workflow_state is None


def in_approval(page, workflow, user):
    workflow.start(page, user)
    return fresh(page).current_workflow_task_state


@every_marked_type
@two_faults
def test_an_approval_does_not_publish_an_unfinished_page(
    world, approval, admin_client, admin_user, model, fault
):
    page = unfinished(model, fault)
    state = in_approval(page, approval, admin_user)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = admin_client.post(url)
    assert answer.status_code == 302
    told = messages_of(admin_client, answer)
    for reason in reasons(page):
        assert reason in told
    assert not is_public(page)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS, "still waiting for approval"


@every_marked_type
def test_an_approval_in_the_dashboards_window_does_not_either(
    world, approval, admin_client, admin_user, model
):
    page = unfinished(model, "no why")
    state = in_approval(page, approval, admin_user)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = admin_client.post(
        url, {"comment": "よい"}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert answer.status_code == 200
    step = answer.json()
    assert step["step"] == "success"
    assert step["redirect"] == edit_url(page)
    assert reasons(page)[0] in text_of(admin_client.get(step["redirect"]))
    assert not is_public(page)


@every_marked_type
def test_an_approval_in_the_editor_does_not_either(
    world, approval, admin_client, admin_user, model
):
    page = unfinished(model, "no why")
    in_approval(page, approval, admin_user)
    answer = press(
        admin_client,
        edit_url(page),
        "action-workflow-action",
        **{"workflow-action-name": "approve", "workflow-action-extra-data": "{}"},
    )
    assert answer.status_code == 200
    assert reasons(page)[0] in text_of(answer)
    assert not is_public(page)


@every_marked_type
def test_an_approval_publishes_a_finished_page(world, approval, admin_client, admin_user, model):
    page = factory_of(model)(parent=parent_for(model), live=False, slug="finished")
    page.save_revision()
    state = in_approval(page, approval, admin_user)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert admin_client.post(url).status_code == 302
    assert is_public(page)


@every_marked_type
def test_an_unfinished_page_can_be_sent_back(world, approval, admin_client, admin_user, model):
    page = unfinished(model, "nothing at all")
    state = in_approval(page, approval, admin_user)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    admin_client.post(url, {"comment": "マークがありません"})
    state.refresh_from_db()
    assert state.status == state.STATUS_REJECTED


@every_marked_type
@pytest.mark.parametrize("way", ["reject", "cancel"])
def test_an_unfinished_page_is_sent_back_or_withdrawn_in_the_editor_too(
    world, approval, admin_client, admin_user, model, way
):
    page = unfinished(model, "nothing at all")
    state = in_approval(page, approval, admin_user)
    if way == "reject":
        reject = {"workflow-action-name": "reject", "workflow-action-extra-data": "{}"}
        answer = press(admin_client, edit_url(page), "action-workflow-action", **reject)
    else:
        answer = press(admin_client, edit_url(page), "action-cancel-workflow")
    assert answer.status_code == 302
    state.refresh_from_db()
    assert state.status != state.STATUS_IN_PROGRESS
    assert not is_public(page)


# Bulk publishing


@every_marked_type
@two_faults
def test_bulk_publishing_publishes_nothing_and_says_why(world, admin_client, model, fault):
    finished = factory_of(model)(parent=parent_for(model), live=False, slug="finished")
    finished.save_revision()
    page = unfinished(model, fault)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin_client.post(f"{url}?id={finished.pk}&id={page.pk}", {"include_descendants": ""})
    assert answer.status_code == 302
    told = messages_of(admin_client, answer)
    assert page.title in told
    for reason in reasons(page):
        assert reason in told
    assert not is_public(page)
    assert not is_public(finished), "all or nothing, so that the message is the whole truth"


@every_marked_type
def test_bulk_publishing_with_children_publishes_nothing_either(world, admin_client, model):
    page = unfinished(model, "no why")
    parent = page.get_parent()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin_client.post(f"{url}?id={parent.pk}", {"include_descendants": "on"})
    assert answer.status_code == 302
    assert reasons(page)[0] in messages_of(admin_client, answer)
    assert not is_public(page)


# The schedule, at its hour


def spoil(revision, fault) -> None:
    """Make a revision unfinished that was finished when it was scheduled."""
    if "why" in FAULTS[fault]:
        revision.content["why"] = FAULTS[fault]["why"]
    if "marks" in FAULTS[fault]:
        rows = [
            {"pk": None, "sort_order": order, "tag": row.tag_id, "content_object": None}
            for order, row in enumerate(page_marks(FAULTS[fault]["marks"]))
        ]
        revision.content["page_marks"] = rows
    revision.save(update_fields=["content"])


@every_marked_type
@every_fault
def test_the_schedule_refuses_what_has_become_unfinished_and_goes_on(world, model, fault, caplog):
    page = factory_of(model)(parent=parent_for(model), live=False, slug="spoilt")
    revision = schedule(page)
    spoil(revision, fault)
    let_the_hour_come(revision)
    other = factory_of(model)(parent=parent_for(model), live=False, slug="fine")
    other_revision = schedule(other)
    let_the_hour_come(other_revision)
    other_revision.approved_go_live_at = PAST + datetime.timedelta(days=1)  # after the spoilt one
    other_revision.save(update_fields=["approved_go_live_at"])

    with caplog.at_level(logging.ERROR):
        call_command("publish_scheduled")

    assert not is_public(page)
    assert not is_scheduled(page), "refused once, not every minute"
    assert is_public(other)
    entry = PageLogEntry.objects.get(page=page.pk, action=SCHEDULE_REFUSED)
    assert entry.data["reasons"] == reasons(revision.as_object())
    assert entry.data["reasons"][0] in entry.message
    assert str(page.pk) in caplog.text


@every_marked_type
def test_a_refused_schedule_keeps_the_draft_and_the_public_page(world, model):
    page = world.page(model)
    page.title = "次の題"
    revision = schedule(page)
    spoil(revision, "no why")
    let_the_hour_come(revision)
    before = world.page(model).title
    call_command("publish_scheduled")
    page = world.page(model)
    assert page.live
    assert page.title == before
    assert page.why
    assert page.get_latest_revision().as_object().title == "次の題"


# Translation


@every_marked_type
def test_a_translation_is_asked_the_same(world, model):
    page = make_page(model, slug="to-be-spoilt")
    record = start_translation(page)
    enter_words(record)
    # As an import would leave it that knows nothing of rules.
    PageMark.objects.filter(content_object=page.pk).delete()
    with pytest.raises(PublishingRuleError) as refused, translation.override("ja"):
        publish_translation(record)
    assert reasons(fresh(page))[0] in str(refused.value)
    english = record.get_target_instance()
    assert not english.live


# Python


@every_marked_type
@every_fault
def test_publishing_in_python_is_refused(world, model, fault):
    page = unfinished(model, fault)
    with pytest.raises(PublishingRuleError):
        page.get_latest_revision().publish()
    with pytest.raises(PublishingRuleError):
        page.publish(page.get_latest_revision())
    assert not is_public(page)


@every_marked_type
@two_faults
def test_scheduling_in_python_is_refused(world, model, fault):
    page = unfinished(model, fault)
    with pytest.raises(PublishingRuleError):
        schedule(page)
    assert not is_scheduled(page)


@every_marked_type
@every_fault
def test_saving_a_live_page_is_refused(world, model, fault):
    page = unfinished(model, fault)
    page.live = True
    with pytest.raises(PublishingRuleError):
        page.save()
    assert not is_public(page)


@every_marked_type
@every_fault
def test_adding_a_live_page_is_refused(world, model, fault):
    count = Page.objects.count()
    with pytest.raises(PublishingRuleError):
        factory_of(model)(parent=parent_for(model), slug="live", live=True, **FAULTS[fault])
    assert Page.objects.count() == count


@every_marked_type
@two_faults
def test_the_error_is_a_validation_error_with_the_fields_in_it(world, model, fault):
    page = unfinished(model, fault)
    with pytest.raises(ValidationError) as refused:
        publish(page)
    assert FIELD[fault] in refused.value.message_dict


@every_marked_type
def test_copying_a_page_in_the_admin_makes_no_public_page_without_marks(world, admin_client, model):
    page = unfinished(model, "no why")
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    answer = admin_client.post(
        url,
        {
            "new_title": "写し",
            "new_slug": "copy",
            "new_parent_page": page.get_parent().pk,
            "publish_copies": "on",
            "copy_subpages": "",
            "alias": "",
        },
    )
    assert answer.status_code in (200, 302)
    assert not Page.objects.filter(slug="copy", live=True).exists()


# No mark applies

ALTERNATIVE = [m for m in MARKED_PAGE_TYPES if m.mark_policy is MarkPolicy.OR_DECLARED_NONE]
every_declaring_type = pytest.mark.parametrize("model", ALTERNATIVE, ids=label)


def test_only_articles_and_events_may_declare_that_no_mark_applies():
    assert {ArticlePage, EventPage} == set(ALTERNATIVE)


@every_declaring_type
def test_a_page_that_declares_that_no_mark_applies_goes_public(world, admin_client, model):
    page = unfinished(model, "nothing at all")
    answer = press(admin_client, edit_url(page), "action-publish", no_mark_applies="on")
    assert answer.status_code == 302
    assert is_public(page)
    assert fresh(page).mark_codes == []


@every_declaring_type
def test_a_mark_and_the_declaration_together_are_refused(world, admin_client, model):
    page = factory_of(model)(parent=parent_for(model), live=False, slug="both")
    page.save_revision()
    answer = press(admin_client, edit_url(page), "action-publish", no_mark_applies="on")
    assert answer.status_code == 200
    assert answer.context["form"].errors["page_marks"]
    assert not is_public(page)
    page.no_mark_applies = True
    with pytest.raises(PublishingRuleError):
        publish(page)


@pytest.mark.parametrize(
    "model",
    [m for m in MARKED_PAGE_TYPES if m.mark_policy is MarkPolicy.REQUIRED],
    ids=label,
)
def test_where_a_mark_is_required_nobody_can_declare_it_away(world, model):
    page = unfinished(model, "nothing at all")
    page.no_mark_applies = True
    with pytest.raises(PublishingRuleError):
        publish(page)
