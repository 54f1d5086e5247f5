"""The admin speaks one language: Japanese for who works in Japanese, English for the others."""

from __future__ import annotations

import datetime
import re

import polib
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import formats, timesince, timezone, translation
from wagtail.models import Page, Site
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation

from home import roles
from kiyose.pages.factories import DivisionFactory
from kiyose.words.catalogues import catalogue_path
from projects.models import ProjectPage
from tests.english_left import english_left, texts_of
from tests.page_types import label
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db

# What may stand in English in the Japanese admin.
ALLOWED = {
    "names of products and formats": r"Wagtail v[\d.]+|URL|CSV|XLSX|FAX|SDGs",
    "names of languages, each in its own": r"English",
    "keys": r"(Ctrl|Shift|Alt|Esc|Enter|⌘|Tab)( ?\+ ?.+)?",
    "accounts": "|".join(["root", "admin", *(role.account for role in roles.ROLES)]),
    "titles of the test's site": r"Words \d+( \(English\))?|An image|Root|Kiyose.*|City Hall",
    "addresses and files": r"[\w-]+[.@/-][\w./-]+",
    "types of pages by their technical names": r"\w+\.\w+page",
    # Wagtail and wagtail-localize have these in English only, outside of gettext.
    "labels read out by screen readers": r"Actions|More actions|Search",
    "what a script fills": r"None|True|<div> </div>",
    "how Django writes the plural of a name without words": r"\d+ (locales|translations)",
    "groups that Wagtail brings, and ``setup_site`` removes": r"Editors|Moderators( approval)?",
}
PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern in ALLOWED.values()))

# By whom, and which page of the admin.
WALK = [
    ("pr", "home"),
    ("pr", "explorer"),
    ("pr", "edit"),
    ("pr", "history"),
    ("pr", "usage"),
    ("pr", "delete"),
    ("pr", "unpublish"),
    ("pr", "move"),
    ("pr", "copy"),
    ("pr", "/admin/reports/site-history/"),
    ("pr", "/admin/reports/locked/"),
    ("pr", "/admin/reports/workflow/"),
    ("pr", "/admin/reports/workflow_tasks/"),
    ("pr", "/admin/reports/aging-pages/"),
    ("pr", "/admin/reports/page-types-usage/"),
    ("pr", "/admin/reports/glossary/"),
    ("pr", "/admin/localize/reports/translations/"),
    ("pr", "/admin/snippets/pages/division/"),
    ("pr", "division"),
    ("pr", "/admin/snippets/translation/glossaryterm/"),
    ("pr", "/admin/glossary/import/"),
    ("pr", "/admin/images/"),
    ("pr", "/admin/images/add/"),
    ("pr", "/admin/documents/"),
    ("pr", "/admin/documents/multiple/add/"),
    ("pr", "/admin/pages/search/?q=SDGs"),
    ("pr", "/admin/account/"),
    ("pr", "translate"),
    ("mirai", "identity"),
    ("mirai", "/admin/snippets/sdgs/programme/"),
    ("translator", "home"),
    ("translator", "translation"),
    ("translator", "/admin/snippets/translation/glossaryterm/add/"),
    ("department", "edit"),
    ("root", "/admin/locales/"),
    ("root", "/admin/users/"),
    ("root", "/admin/groups/"),
    ("root", "/admin/workflows/list/"),
]


@pytest.fixture(scope="module")
def office(world, django_db_blocker):
    with django_db_blocker.unblock():
        employ()
        get_user_model().objects.create_superuser("root", "", "x")
        world.division = DivisionFactory(name="見本課")
        return world


def address(world, name: str) -> str:
    """Of a page of the admin by the name that the table uses."""
    page = world.page(ProjectPage)
    if name == "home":
        return reverse("wagtailadmin_home")
    if name == "explorer":
        return reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    if name == "identity":
        site = Site.objects.get(is_default_site=True)
        return reverse("wagtailsettings:edit", args=["pages", "siteidentity", site.pk])
    if name == "division":
        edit = world.division.snippet_viewset.get_url_name("edit")
        return reverse(edit, args=[world.division.pk])
    if name == "translate":
        return reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    if name == "translation":
        return reverse("wagtailadmin_pages:edit", args=[world.translation(ProjectPage).pk])
    if name.startswith("/"):
        return name
    return reverse(f"wagtailadmin_pages:{name}", args=[page.pk])


def visit(world, account: str, name: str, language: str) -> str:
    user = get_user_model().objects.get(username=account)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    answer = client_of(account).get(address(world, name))
    assert answer.status_code == 200, (account, name, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize(("account", "name"), WALK)
def test_no_english_is_left_in_japanese(office, account, name):
    assert english_left(visit(office, account, name, "ja"), PATTERN) == []


@pytest.fixture(scope="module")
def japanese_words() -> set[str]:
    """All that the catalogues say in Japanese, but for sentences that something is put into, and
    for what is the same in content (名 of divisions and the like)."""
    paths = [catalogue_path(folder, "ja") for folder in settings.LOCALE_PATHS]
    return {
        entry.msgstr
        for path in paths
        for entry in polib.pofile(str(path))
        if entry.msgstr and entry.msgstr != entry.msgid
    }


@pytest.mark.parametrize(
    ("account", "name"), [line for line in WALK if line[0] in ("translator", "mirai", "root")]
)
def test_no_japanese_is_left_in_english(office, japanese_words, account, name):
    texts = set(texts_of(visit(office, account, name, "en")))
    content = {"ホーム", "未来創造課", "市民活動センター", "実行委員会", "翻訳", "日本語"}
    assert texts & japanese_words - content == set()


@pytest.mark.parametrize("model", get_snippet_models(), ids=label)
def test_the_way_to_a_snippet_is_in_the_language_of_who_looks(model):
    """Whoever made the first request of this process."""
    with translation.override("en"):
        steps = model.snippet_viewset.breadcrumbs_items
    with translation.override("ja"):
        assert [str(step["label"]) for step in steps] == ["ホーム"]


@pytest.mark.parametrize("language", ["ja", "ja-easy"])
@pytest.mark.parametrize(
    ("url", "word", "japanese"),
    [
        ("wagtailadmin_javascript_catalog", "Expand all", "すべて開く"),
        ("wagtail_localize:javascript_catalog", "Translate", "翻訳する"),
        ("wagtail_localize:javascript_catalog", "Not translated", "未翻訳"),
    ],
)
def test_scripts_of_the_admin_speak_japanese(office, language, url, word, japanese):
    user = get_user_model().objects.get(username="translator")
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    catalogue = client_of("translator").get(reverse(url)).content.decode()
    assert f'"{word}": "{japanese}"' in catalogue.encode().decode("unicode_escape")


@pytest.mark.parametrize(
    ("language", "date", "ago", "plural"),
    [
        ("ja", "2026年11月3日", "3日", "ページを2件選択中"),
        ("ja-easy", "2026年11月3日", "3日", "ページを2件選択中"),
        ("en", "Nov. 3, 2026", "3\xa0days", "2 pages selected"),
    ],
)
def test_dates_and_plurals_of_the_admin(language, date, ago, plural):
    now = timezone.now()
    with translation.override(language):
        assert formats.date_format(datetime.date(2026, 11, 3)) == date
        assert timesince.timesince(now - datetime.timedelta(days=3), now) == ago
        assert translation.gettext("%(objects)s pages selected") % {"objects": 2} == plural


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "2026年11月4日に手作業で翻訳"), ("en", "Translated manually on Nov. 4, 2026")],
)
def test_the_editor_of_translations_dates_each_string_here_and_in_its_language(language, said):
    late = datetime.datetime(2026, 11, 3, 20, tzinfo=datetime.UTC)
    string = StringTranslation(updated_at=late, translation_type="manual")
    with translation.override(language):
        assert string.get_comment() == said


def test_the_words_of_the_tables_are_still_met(office):
    """A name that is allowed and not met any more would hide the next English word."""
    page = Page.objects.get(pk=office.page(ProjectPage).pk)
    text = visit(office, "pr", "edit", "ja")
    assert page.title in text
    assert "Actions" in texts_of(text)
