"""The table of roles is what the database says, however often it is applied."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from events.models import FestivalPage
from home import roles
from projects.models import Measurement

pytestmark = pytest.mark.django_db

every_role = pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.account)
GROUPS = [role.group for role in roles.ROLES]
COMMITTEE = "実行委員会"


def page_permissions(group: str) -> set[tuple[str, str, str]]:
    """(language, slug of the page, permission) of a group."""
    rows = GroupPagePermission.objects.filter(group__name=group).select_related(
        "page__locale", "permission"
    )
    return {
        (
            row.page.locale.language_code,
            roles.EVERYWHERE if row.page.depth == 2 else row.page.slug,
            row.permission.codename.removesuffix("_page"),
        )
        for row in rows
    }


def everything() -> list:
    """All that the table governs, as rows."""
    return [
        sorted(Group.objects.values_list("name", flat=True)),
        sorted(Group.permissions.through.objects.values_list("group__name", "permission_id")),
        sorted(GroupPagePermission.objects.values_list("group__name", "page_id", "permission_id")),
        sorted(
            GroupCollectionPermission.objects.values_list(
                "group__name", "collection_id", "permission_id"
            )
        ),
        sorted(Workflow.objects.values_list("name", "active")),
        sorted(GroupApprovalTask.objects.values_list("name", "groups__name")),
        sorted(WorkflowTask.objects.values_list("workflow__name", "task__name")),
        sorted(
            WorkflowPage.objects.filter(workflow__name=roles.APPROVAL[0]).values_list(
                "page_id", "workflow__name"
            )
        ),
        sorted(WorkflowContentType.objects.values_list("content_type_id", "workflow__name")),
    ]


@pytest.fixture
def applied(world):
    """The table applied, where the committee has one edition."""
    group, _created = Group.objects.get_or_create(name=COMMITTEE)
    edition = world.page(FestivalPage)
    edition.committee = group
    edition.save()
    roles.apply()


@every_role
def test_page_permissions_are_the_tables(applied, world, role):
    languages = {roles.SOURCE: "ja", roles.TRANSLATIONS: "en"}
    slugs = {roles.OWN_EDITIONS: world.page(FestivalPage).slug}
    assert page_permissions(role.group) == {
        (languages[tree], slugs.get(section, section), verb)
        for tree, section, verbs in role.pages
        for verb in verbs
    }


def test_without_an_edition_the_committee_has_no_pages(world):
    roles.apply()
    assert page_permissions(COMMITTEE) == set()


@every_role
def test_other_permissions_are_the_tables(applied, role):
    rows = Group.objects.get(name=role.group).permissions.select_related("content_type")
    wanted = {"wagtailadmin.access_admin", *role.also}
    for model in role.snippets:
        app, name = model.split(".")
        wanted |= {f"{app}.{verb}_{name}" for verb in roles.EDIT_SNIPPET}
    assert {f"{row.content_type.app_label}.{row.codename}" for row in rows} == wanted


@every_role
def test_uploads_are_the_tables(applied, role):
    rows = GroupCollectionPermission.objects.filter(group__name=role.group)
    verbs = {row.permission.codename.split("_")[0] for row in rows}
    assert verbs == ({"add", "change", "choose"} if role.uploads else set())


def test_nobody_but_the_publishers_and_translators_publishes(applied):
    may = {group for group in GROUPS for row in page_permissions(group) if row[2] == "publish"}
    assert may == {"広報", "未来創造課", "翻訳"}
    assert not any(row[0] == "ja" for row in page_permissions("翻訳"))
    assert not any(row[0] == "en" for row in page_permissions("各課"))


def test_pr_approves_every_page(applied):
    name, approving = roles.APPROVAL
    task = GroupApprovalTask.objects.get(name=name)
    assert [group.name for group in task.groups.all()] == [approving]
    for page in Page.objects.filter(depth__gt=1):
        assert page.get_workflow().name == name


def test_pr_approves_every_figure(applied):
    assert Measurement.get_default_workflow().name == roles.APPROVAL[0]


def test_only_the_publishers_publish_figures(applied):
    may = Group.objects.filter(permissions__codename="publish_measurement")
    assert {group.name for group in may} == {"広報", "未来創造課"}


def test_applying_again_changes_nothing(applied):
    before = everything()
    roles.apply()
    assert everything() == before


def test_what_was_given_by_hand_is_taken_back(applied, world):
    before = everything()
    publish = Permission.objects.get(codename="publish_page")
    image = Permission.objects.get(codename="add_image")
    for group in Group.objects.filter(name__in=GROUPS):
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.get_first_root_node(), permission=publish
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page=world.page(type(world.site.projects)), permission=publish
        )
        GroupCollectionPermission.objects.get_or_create(
            group=group,
            collection=Collection.get_first_root_node().add_child(name=group.name),
            permission=image,
        )
        group.permissions.add(*Permission.objects.filter(codename__endswith="_user"))
    GroupApprovalTask.objects.get(name=roles.APPROVAL[0]).groups.add(Group.objects.get(name="各課"))
    assert everything() != before
    roles.apply()
    assert everything() == before


def test_what_was_taken_away_by_hand_comes_back(applied):
    before = everything()
    GroupPagePermission.objects.filter(group__name__in=GROUPS).delete()
    Group.objects.get(name="広報").permissions.clear()
    WorkflowPage.objects.all().delete()
    WorkflowContentType.objects.all().delete()
    roles.apply()
    assert everything() == before


def test_other_groups_are_left_alone(applied):
    other = Group.objects.create(name="見学")
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(
        group=other, page=Page.get_first_root_node(), permission=publish
    )
    roles.apply()
    assert GroupPagePermission.objects.filter(group=other).count() == 1
