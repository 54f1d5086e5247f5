"""Every view of translation in the admin, and what each of eight people gets from it: a table.

The rows find themselves: an address of the admin whose view is ours or wagtail-localize's and
that is not in the table fails. What somebody is refused changes nothing and tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from home import roles
from kiyose.pages.factories import DivisionFactory
from kiyose.pages.models import Division
from kiyose.translation import reviews
from kiyose.translation.factories import enter_words, start_translation
from kiyose.translation.models import TranslationJob, TranslationStatus
from projects.models import ProjectPage
from tests.editor import text_of
from tests.world import make_page

pytestmark = pytest.mark.django_db

OURS = ("kiyose.translation", "wagtail_localize")

PEOPLE = (
    "anonymous",
    "department",  # drafts in the source's tree
    "translator",
    "drafter",  # a translator who may not publish
    "pr",
    "mirai",
    "other tree",  # translates into another language only
    "admin",
)

# What comes back: i "sign in first", x refused (forbidden, or sent to the dashboard),
# 0 not there, 1 the page or the file, > done, and sent on.
#             anonymous, department, translator, drafter, pr, mirai, other tree, admin
EVERYBODY = "i1111111"
DESK = "ix111111"
EDITS = "ix1111x1"
DOES = "ix>>>>x>"
PUBLISHES = "ix1x11x1"
PUBLISHING = "ix>x>>x>"
STARTS = "ixxx11x1"
STARTING = "ixxx>>x>"
SNIPPETS = "ixxx11x1"
SNIPPET_DOES = "ixxx>>x>"
NOBODY = "i0000000"
GLOSSARY = "ix1x11x1"
JOB = "ixxx1xx1"
JOB_DOES = "ixxx>xx>"
OFF = "i0000000"  # no translation machine is set up


@dataclass(frozen=True)
class Row:
    """An address, how it is asked, and what the people get, in their order."""

    route: str
    expected: str
    method: str = "get"
    data: dict = field(default_factory=dict)
    of: str = "page"  # or "snippet", "easy", "job": whom the same address is about

    def __str__(self):
        return f"{self.method} {self.route} {self.of} {self.data.get('action', '')}".strip()


def post(route: str, expected: str, of: str = "page", **data) -> Row:
    return Row(route, expected, "post", data, of)


def put(route: str, expected: str, **data) -> Row:
    return Row(route, expected, "put", data)


STRING = "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/"
OVERRIDE = "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/"
SUBMIT_SNIPPET = "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/"
API = "localize/api/snippets/<slug:app_label>/<slug:model_name>/"
KIND = "translation/kinds/<slug:app_label>/<slug:model_name>/"
REVIEW = {
    "reviewer_name": "見本 花子",
    "division": "division",
    "reviewed_at": "today",
    "words": "read",
}

TABLE = [
    # The desk
    Row("translation/", DESK),
    Row("translation/results/", DESK),
    Row(KIND, "ix001101"),
    Row(f"{KIND}results/", "ix001101"),
    Row("translation/<int:pk>/changes/", EDITS),
    post("translation/<int:pk>/changes/", DOES, action="save"),
    post("translation/<int:pk>/changes/", DOES, action="ready"),
    post("translation/<int:pk>/changes/", PUBLISHING, action="publish"),
    Row("translation/<int:pk>/changes/", SNIPPETS, of="snippet"),
    post("translation/<int:pk>/changes/", SNIPPET_DOES, of="snippet", action="publish"),
    post("translation/<int:pk>/ready/", DOES),
    post("translation/<int:pk>/ready/", SNIPPET_DOES, of="snippet"),
    post("translation/<int:pk>/not-ready/", DOES),
    post("translation/<int:pk>/not-ready/", SNIPPET_DOES, of="snippet"),
    Row("translation/<int:pk>/review/", PUBLISHES),
    post("translation/<int:pk>/review/", PUBLISHING, **REVIEW),
    Row("translation/<int:pk>/review/", SNIPPETS, of="snippet"),
    post("translation/<int:pk>/review/", SNIPPET_DOES, of="snippet", **REVIEW),
    # Easy Japanese
    Row("easy/<int:page_id>/", "ix1x1111", of="easy"),
    post("easy/<int:page_id>/check/", "ix1x1111", of="easy", text="見本"),
    # Files
    Row("translations/files/", DESK),
    Row("translations/files/in/<slug:language>/", EDITS),
    Row("translations/files/page/<int:page>/", "ix>>>>x>"),
    Row("translations/files/one/<int:record>/", EDITS),
    # The glossary
    Row("snippets/translation/glossaryterm/", GLOSSARY),
    Row("snippets/translation/glossaryterm/results/", GLOSSARY),
    Row("glossary/import/", STARTS),
    # Lists only what one may edit.
    Row("reports/glossary/", EVERYBODY),
    Row("reports/glossary/results/", EVERYBODY),
    # Jobs: everybody has a list of their own; this one is PR's
    Row("translation/jobs/", EVERYBODY),
    Row("translation/jobs/results/", EVERYBODY),
    Row("translation/jobs/<int:pk>/", JOB, of="job"),
    post("translation/jobs/<int:pk>/stop/", JOB_DOES, of="job"),
    post("translation/jobs/<int:pk>/go-on/", JOB_DOES, of="job"),
    post("translation/jobs/<int:pk>/again/", JOB_DOES, of="job"),
    Row("translation/machine-draft/<int:page_id>/", OFF),
    # wagtail-localize
    Row("localize/jsi18n/", EVERYBODY),
    Row("localize/reports/translations/", EVERYBODY),
    Row("localize/reports/translations/results/", EVERYBODY),
    Row("localize/submit/page/<int:page_id>/", STARTS),
    post("localize/submit/page/<int:page_id>/", STARTING, locales="en"),
    Row(SUBMIT_SNIPPET, STARTS),
    post(SUBMIT_SNIPPET, STARTING, locales="en"),
    Row("localize/update/<int:translation_source_id>/", STARTS),
    post("localize/update/<int:translation_source_id>/", STARTING),
    Row("localize/page/<int:page_id>/convert_to_alias/", NOBODY),
    post("localize/page/<int:page_id>/convert_to_alias/", NOBODY),
    put(STRING, EDITS, value="Typed"),
    put(OVERRIDE, EDITS, value="https://example.jp/en/"),
    Row("localize/translate/<int:translation_id>/preview/", EDITS),
    Row("localize/translate/<int:translation_id>/preview/<str:mode>/", EDITS),
    post("localize/translate/<int:translation_id>/disable/", DOES),
    post("localize/translate/<int:translation_id>/disable/", SNIPPET_DOES, of="snippet"),
    post("localize/translate/<int:translation_id>/machine_translate/", "ix0000x0"),
    Row("localize/translate/<int:translation_id>/pofile/download/", EDITS),
    post("localize/translate/<int:translation_id>/pofile/upload/", DOES, file="po"),
    Row(API, SNIPPETS),
    Row(f"{API}<str:pk>/", SNIPPETS),
]


def _routes(resolver, before: str = ""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback.__module__
        else:
            yield from _routes(pattern, route)


def routes() -> set[str]:
    """The addresses below /admin/ that translation answers."""
    return {
        route.removeprefix("admin/")
        for route, module in _routes(get_resolver())
        if route.startswith("admin/localize/")
        or (route.startswith("admin/") and module.startswith(OURS))
    }


def test_no_view_is_missing_in_the_table():
    assert routes() == {row.route for row in TABLE}


SECRET = "秘密の草稿"


class Office:
    """The people, and two translations that are complete and not public."""

    def __init__(self, world):
        roles.apply()
        people = get_user_model().objects
        self.users = {"admin": people.create_superuser("admin", "", "x")}
        for role in roles.ROLES:
            if role.account in PEOPLE:
                user = people.create_user(role.account, "", "x")
                user.groups.add(Group.objects.get(name=role.group))
                self.users[role.account] = user
        start_translation(world.site.home, "ja-easy")
        self.easy = Page.objects.get(
            translation_key=world.site.home.translation_key, locale__language_code="ja-easy"
        )
        self.users["drafter"] = self._editor("drafter", world.english_home, "change")
        self.users["other tree"] = self._editor("other", self.easy, "change", "publish")

        link = '<p>本文です。<a href="https://example.jp/">リンク</a></p>'
        page = make_page(
            ProjectPage,
            slug="waiting",
            title=SECRET,
            body=[{"type": "paragraph", "value": link, "id": "1" * 32}],
        )
        self.not_started = make_page(ProjectPage, slug="not-started", title=SECRET)
        self.record = start_translation(page)
        enter_words(self.record)
        self.division = DivisionFactory(name=SECRET)
        self.snippet_record = start_translation(DivisionFactory(name=SECRET))
        enter_words(self.snippet_record)
        self.job = TranslationJob.objects.create(
            kind=TranslationJob.Kind.START,
            user=self.users["pr"],
            page=Page.objects.get(pk=page.pk),
            target_locale=self.easy.locale,
        )

    @staticmethod
    def _editor(name, page, *verbs):
        group = Group.objects.create(name=name)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for verb in verbs:
            permission = Permission.objects.get(codename=f"{verb}_page")
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
        user = get_user_model().objects.create_user(name, "", "x")
        user.groups.add(group)
        return user

    def client(self, person: str) -> Client:
        client = Client()
        if person != "anonymous":
            client.force_login(self.users[person])
        return client

    def record_of(self, row: Row) -> Translation:
        return self.snippet_record if row.of == "snippet" else self.record

    def address(self, row: Row) -> str:
        record = self.record_of(row)
        is_alias = "alias" in row.route
        page = self.record.get_target_instance() if is_alias else self.not_started
        page = self.easy if row.of == "easy" else page
        string = StringSegment.objects.filter(source=record.source).first()
        link = OverridableSegment.objects.filter(source=self.record.source).first()
        values = {
            "<int:pk>": self.job.pk if row.of == "job" else record.pk,
            "<int:record>": record.pk,
            "<int:page>": record.get_target_instance().pk,
            "<slug:language>": "en",
            "<int:translation_id>": record.pk,
            "<int:translation_source_id>": record.source_id,
            "<int:page_id>": page.pk,
            "<int:string_segment_id>": string.pk,
            "<int:overridable_segment_id>": link.pk,
            "<slug:app_label>": "pages",
            "<slug:model_name>": "division",
            "<str:pk>": self.division.pk,
            "<str:mode>": "",
        }
        url = row.route
        for name, value in values.items():
            url = url.replace(name, str(value))
        return f"{reverse('wagtailadmin_home')}{url}".replace("preview//", "preview/")

    def data(self, row: Row) -> dict:
        """The row's data with what only the database knows."""
        known = {
            ("division", "division"): self.division.pk,
            ("reviewed_at", "today"): timezone.localdate().isoformat(),
            ("words", "read"): reviews.working_digest(self.record_of(row)),
            ("locales", "en"): Locale.objects.get(language_code="en").pk,
        }
        data = {name: known.get((name, value), value) for name, value in row.data.items()}
        if "file" in data:
            po = self.record.export_po()
            for entry in po:
                entry.msgstr = "Other words" if entry.msgctxt == "title" else ""
            data["file"] = SimpleUploadedFile("words.po", str(po).encode())
        return data

    def ask(self, row: Row, person: str):
        client, url = self.client(person), self.address(row)
        if row.method == "get":
            return client.get(url)
        if row.method == "put":
            body = urlencode(self.data(row))
            return client.put(url, body, content_type="application/x-www-form-urlencoded")
        after = reverse("wagtailadmin_explore_root")
        return client.post(f"{url}?next={after}", self.data(row) | {"next": after})


@pytest.fixture(scope="module")
def office(world):
    return Office(world)


def outcome(answer) -> str:
    if answer.status_code == 302:
        if answer.url.startswith(reverse("wagtailadmin_login")):
            return "i"
        return "x" if answer.url == reverse("wagtailadmin_home") else ">"
    return {200: "1", 201: "1", 403: "x", 404: "0"}.get(answer.status_code, str(answer.status_code))


def everything() -> list:
    """All that these views could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            Translation,
            TranslationStatus,
            TranslationJob,
            StringTranslation,
            SegmentOverride,
            Division,
            Page,
        )
    ]


@pytest.mark.parametrize("person", PEOPLE)
def test_who_gets_what(office, person):
    wrong, leaks = {}, []
    before = everything()
    for row in TABLE:
        with transaction.atomic():
            answer = office.ask(row, person)
            found = outcome(answer)
            if found != row.expected[PEOPLE.index(person)]:
                wrong[str(row)] = found
            if found in "ix0":
                assert everything() == before, row
                if SECRET in text_of(answer):
                    leaks.append(str(row))
            transaction.set_rollback(True)
    assert wrong == {}
    assert leaks == []


def has_effect(row: Row) -> bool:
    """Not here: nothing is entered, no source has changed. They have tests of their own."""
    is_done = ">" in row.expected and row.method != "get"
    return is_done and row.data.get("action") != "save" and "localize/update" not in row.route


@pytest.mark.parametrize("row", [row for row in TABLE if has_effect(row)], ids=str)
def test_what_is_done_is_done(office, row):
    """A table of redirects would not see a view that does nothing."""
    if "not-ready" in row.route:
        reviews.mark_ready(office.record_of(row), office.users["admin"])
    if "again" in row.route:
        TranslationJob.objects.update(state=TranslationJob.State.STOPPED)
    before = everything()
    office.ask(row, "admin")
    assert everything() != before
