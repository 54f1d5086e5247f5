"""Who may do what: one table, applied by ``manage.py setup_site`` as often as you like.

Page permissions are Wagtail's, given at a page and valid below it. *Source* is the
tree of the language in which pages are written, *translations* are all other trees.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
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

from certified_orgs.models import CertifiedIndexPage
from events.committee import editions_of
from events.models import EventIndexPage
from projects.models import IndicatorIndexPage, Measurement, ProjectIndexPage

from .models import ArticleIndexPage, HomePage

DRAFT = ("add", "change")
PUBLISH = (*DRAFT, "publish", "lock", "unlock")
TRANSLATE = ("change", "publish")
EDIT_SNIPPET = ("add", "change", "view")

SOURCE, TRANSLATIONS = "source", "translations"
EVERYWHERE = ""  # the home page and all below it
OWN_EDITIONS = "own editions"  # the festivals of which the group is the committee
# By their types, since staff may change a slug, or give it to a page of their own.
SECTIONS = {
    "projects": ProjectIndexPage,
    "indicators": IndicatorIndexPage,
    "news": ArticleIndexPage,
    "events": EventIndexPage,
    "certified": CertifiedIndexPage,
}

DIVISIONS = ("pages.division",)
FIGURES = ("projects.measurement",)
# Of a draft; what has been public nobody deletes (projects/wagtail_hooks.py).
DELETE_FIGURES = ("projects.delete_measurement",)
PUBLISH_FIGURES = (
    *DELETE_FIGURES,
    "projects.publish_measurement",
    "projects.lock_measurement",
    "projects.unlock_measurement",
)
# The city's own list, of which the coverage of marks is counted.
PROGRAMMES = ("sdgs.programme", "sdgs.measure", "sdgs.plan")
# The scheme of the certificate, which 未来創造課 decides about.
SCHEME = ("certified_orgs.schemeyear", "certified_orgs.criterion", "certified_orgs.district")
DECIDE = (
    "certified_orgs.decide_certification",
    "certified_orgs.add_disposaldecision",
    "certified_orgs.view_disposaldecision",
    # As long as nothing rests on them (certified_orgs/viewsets/settings.py).
    "certified_orgs.delete_criterion",
    "certified_orgs.delete_district",
)
VOCABULARY = (
    *("sdgs.marklabel", "projects.pillar", "projects.source", "projects.figurelabel"),
    *("events.venue", "events.eventfield", "events.festivalpart"),
    "home.helpline",
)
# Whether something takes place today: at once, without approval (events/decisions.py).
ON_DUTY = ("events.add_decision", "events.view_decision")


@dataclass(frozen=True)
class Role:
    """A group and its permissions.

    pages: (tree, name of the section, EVERYWHERE or OWN_EDITIONS, page permissions);
    snippets: models whose rows the group edits; also: single permissions.
    """

    group: str
    account: str
    does: str
    pages: tuple = ()
    snippets: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    uploads: bool = field(default=False)


ROLES = (
    Role(
        "広報", "pr", "approves, publishes, schedules, withdraws; starts translations",
        pages=((SOURCE, EVERYWHERE, PUBLISH), (TRANSLATIONS, EVERYWHERE, PUBLISH)),
        snippets=DIVISIONS + VOCABULARY + FIGURES,
        also=("wagtail_localize.submit_translation", *PUBLISH_FIGURES, *ON_DUTY),
        uploads=True,
    ),
    Role(
        "未来創造課", "mirai",
        "owns the SDGs: marks, sources, goals, figures, every project; decides on certificates",
        pages=((SOURCE, EVERYWHERE, PUBLISH), (TRANSLATIONS, EVERYWHERE, PUBLISH)),
        snippets=DIVISIONS + VOCABULARY + FIGURES + PROGRAMMES + SCHEME,
        also=(
            *PUBLISH_FIGURES,
            *DECIDE,
            *ON_DUTY,
            "sdgs.delete_programme",
            "wagtail_localize.submit_translation",
            "pages.change_siteidentity",
            "sdgs.change_officialartwork",
        ),
        uploads=True,
    ),
    Role(
        "各課", "department", "drafts projects, figures, events and articles, submits them to 広報",
        pages=(
            (SOURCE, "projects", DRAFT),
            (SOURCE, "indicators", DRAFT),
            (SOURCE, "news", DRAFT),
            (SOURCE, "events", DRAFT),
        ),
        snippets=FIGURES,
        also=DELETE_FIGURES,
        uploads=True,
    ),
    Role(
        "翻訳", "translator", "translates what has been started, and publishes it when complete",
        pages=((TRANSLATIONS, EVERYWHERE, TRANSLATE),),
    ),
    Role(
        "商工会", "shokokai", "the window for companies: receives, checks, enters from paper",
        also=("certified_orgs.serve_companies",),
    ),
    Role(
        "市民活動センター", "katsudo", "the window for citizens' groups, likewise",
        also=("certified_orgs.serve_groups",),
    ),
    Role(
        "実行委員会", "iinkai", "the committee: drafts the programme below its own edition",
        pages=((SOURCE, OWN_EDITIONS, DRAFT),),
        also=("events.decide_own_edition", "events.view_decision"),
        uploads=True,
    ),
    Role("当番", "duty", "decides on the day whether events take place", also=ON_DUTY),
)  # fmt: skip

APPROVAL = ("広報の確認", "広報")  # workflow and task name; the group that approves


def apply() -> None:
    """Make groups, permissions and the approval workflow agree with the table above.

    Permissions given to these groups by hand are taken back; other groups are left alone.
    """
    source, translations = home_pages()
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role.group)
        group.permissions.set(_permissions(role))
        _apply_page_permissions(group, role, source, translations)
        _apply_uploads(group, role)
    _apply_workflow([*source, *translations])


def home_pages() -> tuple[list[HomePage], list[HomePage]]:
    """The home page of the source tree, and those of all other trees."""
    from django.conf import settings

    homes = list(HomePage.objects.select_related("locale").order_by("path"))
    source = [home for home in homes if home.locale.language_code == settings.LANGUAGE_CODE]
    return source, [home for home in homes if home not in source]


def _permissions(role: Role):
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in role.also:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    for model in role.snippets:
        app, name = model.split(".")
        wanted |= Q(
            content_type__app_label=app, codename__in=[f"{verb}_{name}" for verb in EDIT_SNIPPET]
        )
    return Permission.objects.filter(wanted)


def _apply_page_permissions(group, role, source, translations) -> None:
    trees = {SOURCE: source, TRANSLATIONS: translations}
    wanted = set()
    for tree, section, verbs in role.pages:
        for home in trees[tree]:
            for at in _places(home, section, group):
                wanted |= {(at.pk, f"{verb}_page") for verb in verbs}
    rows = GroupPagePermission.objects.filter(group=group).select_related("permission")
    present = {(row.page_id, row.permission.codename): row for row in rows}
    for key in present.keys() - wanted:
        present[key].delete()
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", content_type__model="page"
        )
    }
    for page_id, codename in sorted(wanted - present.keys()):
        GroupPagePermission.objects.create(
            group=group, page_id=page_id, permission=permissions[codename]
        )


def _places(home: HomePage, section: str, group: Group) -> list[Page]:
    """The pages that a section of the table means."""
    if section == EVERYWHERE:
        return [home]
    if section == OWN_EDITIONS:
        return list(editions_of(group).descendant_of(home))
    return list(home.get_children().type(SECTIONS[section])[:1])


def _apply_uploads(group, role) -> None:
    """Pictures and documents: add, change, choose; or none of it."""
    root = Collection.get_first_root_node()
    wanted = Permission.objects.none()
    if role.uploads:
        wanted = Permission.objects.filter(
            Q(content_type__app_label="wagtailimages", content_type__model="image")
            | Q(content_type__app_label="wagtaildocs", content_type__model="document"),
            Q(codename__startswith="add_")
            | Q(codename__startswith="change_")
            | Q(codename__startswith="choose_"),
        )
    given = GroupCollectionPermission.objects.filter(group=group)
    given.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _apply_workflow(homes: list[Page]) -> None:
    name, approving = APPROVAL
    task, _created = GroupApprovalTask.objects.get_or_create(name=name, defaults={"active": True})
    task.groups.set([Group.objects.get(name=approving)])
    workflow, _created = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for home in homes:
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    WorkflowContentType.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(Measurement),
        defaults={"workflow": workflow},
    )
