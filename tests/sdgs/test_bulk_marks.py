"""Marks of many pages at once: as drafts, only where one may, and every refusal named."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission, PageLogEntry

from home.models import ArticlePage
from projects.models import ProjectPage
from sdgs.bulk_actions import MARKS_CHANGED
from tests.editor import edit_url, messages_of, press, text_of
from tests.page_types import MARKED_PAGE_TYPES, factory_of, label, parent_for
from tests.world import fresh, publish, schedule

pytestmark = pytest.mark.django_db

every_marked_type = pytest.mark.parametrize("model", MARKED_PAGE_TYPES, ids=label)


def marked(model, slug, *codes, **values):
    page = factory_of(model)(parent=parent_for(model), marks=codes, slug=slug, **values)
    publish(page)
    return fresh(page)


def draft_marks(page) -> list[str]:
    return fresh(page).get_latest_revision_as_object().mark_codes


def address(*pages) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "change_marks"])
    return f"{url}?next=/admin/&" + "&".join(f"id={page.pk}" for page in pages)


def change(client, *pages, add="", remove=()):
    return client.post(address(*pages), {"add": add, "remove": list(remove)})


def someone(*permissions, under) -> Client:
    """Somebody who may do this with the pages below that one."""
    group = Group.objects.create(name="一人")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in permissions:
        GroupPagePermission.objects.create(
            group=group,
            page_id=under.pk,
            permission=Permission.objects.get(
                content_type__app_label="wagtailcore", codename=codename
            ),
        )
    user = get_user_model().objects.create_user("someone", "s@example.jp", "x")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def offered(answer) -> list[str]:
    return [code for code, _name in answer.context["form"].fields["remove"].choices]


def reasons(answer) -> dict[int, str]:
    return {row["item"].pk: row["reason"] for row in answer.context["untouched"]}


def test_marks_are_added_after_the_others_and_taken_away(world, admin_client):
    one = marked(ProjectPage, "one", "8.1", "17")
    two = marked(ArticlePage, "two", "17")
    none = marked(ArticlePage, "none", no_mark_applies=True, why="")
    answer = change(admin_client, one, two, none, add="13.1, 8.1", remove=["17"])
    assert answer.status_code == 302
    assert draft_marks(one) == ["8.1", "13.1"]
    assert draft_marks(two) == ["13.1", "8.1"]
    assert draft_marks(none) == ["13.1", "8.1"]


@every_marked_type
def test_nothing_is_published(world, admin_client, model):
    page = marked(model, "one", "8.1")
    told = messages_of(admin_client, change(admin_client, page, add="17"))
    assert fresh(page).mark_codes == ["8.1"]
    assert fresh(page).live
    assert fresh(page).has_unpublished_changes
    assert "公開" in told or "published" in told


@every_marked_type
def test_the_drafts_other_words_stay(world, admin_client, model):
    page = marked(model, "one", "8.1")
    press(admin_client, edit_url(page), title="書きかけの題", page_marks="4.7")
    change(admin_client, page, add="17")
    draft = fresh(page).get_latest_revision_as_object()
    assert (draft.title, draft.mark_codes) == ("書きかけの題", ["4.7", "17"])


def test_the_history_says_who_changed_which_marks(world, admin_client, admin_user):
    page = marked(ProjectPage, "one", "8.1", "17")
    change(admin_client, page, add="13", remove=["17"])
    entry = PageLogEntry.objects.get(page=page.pk, action=MARKS_CHANGED)
    assert entry.user == admin_user
    assert entry.revision_id == fresh(page).latest_revision_id
    assert entry.data == {"added": ["13"], "removed": ["17"]}
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    with translation.override("ja"):
        said = str(entry.message)
    assert "13" in said
    assert "17" in said
    assert said in text_of(history)


def test_a_page_whose_marks_are_so_already_gets_no_new_draft(world, admin_client):
    page = marked(ProjectPage, "one", "8.1", "17")
    before = fresh(page).latest_revision_id
    assert change(admin_client, page, add="17").status_code == 302
    assert fresh(page).latest_revision_id == before
    assert not PageLogEntry.objects.filter(page=page.pk, action=MARKS_CHANGED).exists()


def test_only_marks_that_the_pages_carry_can_be_taken_away(world, admin_client):
    pages = marked(ProjectPage, "one", "8.1", "17"), marked(ProjectPage, "two", "17", "4.7")
    answer = admin_client.get(address(*pages))
    assert offered(answer) == ["4.7", "8.1", "17"]
    assert answer.context["form"].fields["remove"].choices[-1][1].startswith("17 ")


@pytest.mark.parametrize(
    ("add", "remove"),
    [("", []), ("77.7", []), ("8.3, 8.3", []), ("", ["13"]), ("17", ["17"]), ("仕事", ["17"])],
)
def test_a_senseless_order_is_refused_and_comes_back(world, admin_client, add, remove):
    page = marked(ProjectPage, "one", "17")
    before = fresh(page).latest_revision_id
    answer = change(admin_client, page, add=add, remove=remove)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert answer.context["form"]["add"].value() == add
    assert fresh(page).latest_revision_id == before


def test_a_page_that_can_no_longer_be_published_is_saved_and_named(world, admin_client):
    page, fine = marked(ProjectPage, "one", "17"), marked(ProjectPage, "two", "17", "8")
    told = messages_of(admin_client, change(admin_client, page, fine, remove=["17"]))
    assert draft_marks(page) == []
    assert draft_marks(fine) == ["8"]
    with translation.override("ja"):
        draft = fresh(page).get_latest_revision_as_object()
        assert next(draft.mark_problems()).message in told
    assert fresh(page).live


# What is left alone, and why


def left_alone(client, page) -> str:
    """The reason for which the page is not changed, whatever is posted."""
    before = fresh(page).latest_revision_id
    reason = reasons(client.get(address(page)))[page.pk]
    change(client, page, add="13.1")
    assert fresh(page).latest_revision_id == before
    return reason


def test_every_obstacle_has_its_reason(world, admin_client):
    page = ProjectPage
    locked = marked(page, "locked", "8")
    locked.locked = True
    locked.save()
    scheduled = marked(page, "scheduled", "8")
    schedule(scheduled, timezone.now() + datetime.timedelta(days=1))
    alias = marked(page, "original", "8").create_alias(update_slug="alias")
    found = {
        left_alone(admin_client, obstacle)
        for obstacle in (world.site.home, locked, alias, world.translation(page))
    }
    assert len(found) == 4
    assert all(found)
    assert left_alone(admin_client, scheduled) in found, "locked until its hour"


def test_what_can_be_changed_is_changed_and_the_rest_counted(world, admin_client):
    page = marked(ProjectPage, "one", "8")
    told = messages_of(
        admin_client,
        change(admin_client, page, world.translation(ProjectPage), world.site.home, add="17"),
    )
    assert draft_marks(page) == ["8", "17"]
    assert "2" in told


@every_marked_type
def test_who_may_not_edit_a_page_changes_nothing(world, model):
    page = marked(model, "one", "8")
    client = someone("publish_page", under=page.get_parent())
    assert left_alone(client, page)


@every_marked_type
def test_a_page_of_others_is_not_even_named(world, model):
    page = marked(model, "one", "8", title="ひみつの下書き")
    elsewhere = world.english_home
    client = someone("change_page", "publish_page", under=elsewhere)
    answer = client.get(address(page))
    assert answer.status_code == 200
    assert "ひみつの下書き" not in text_of(answer)
    assert reasons(answer) == {}
    before = fresh(page).latest_revision_id
    change(client, page, add="17")
    assert fresh(page).latest_revision_id == before


def test_who_may_edit_some_changes_those(world):
    project, article = marked(ProjectPage, "one", "8"), marked(ArticlePage, "two", "8")
    client = someone("change_page", under=project.get_parent())
    change(client, project, article, add="17")
    assert draft_marks(project) == ["8", "17"]
    assert draft_marks(article) == ["8"]


def test_without_signing_in_there_is_nothing(world, client):
    page = marked(ProjectPage, "one", "8")
    answer = change(client, page, add="17")
    assert answer.status_code == 302
    assert "login" in answer.url
    assert draft_marks(page) == ["8"]


def test_it_is_offered_in_the_list_of_pages(world, admin_client):
    url = reverse("wagtailadmin_explore", args=[parent_for(ProjectPage).pk])
    listing = text_of(admin_client.get(url))
    assert reverse("wagtail_bulk_action", args=["wagtailcore", "page", "change_marks"]) in listing
