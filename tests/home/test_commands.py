"""setup_site and load_demonstration: what a new city hall types, and may type again."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page, Site, Workflow

from home.models import ArticlePage, HomePage
from home.roles import ROLES
from kiyose.japanese.script import has_japanese
from kiyose.pages.models import SiteIdentity
from kiyose.translation.words import untranslated_strings
from projects.models import ProjectPage, Stage
from sdgs.models import Mark, MarkLabel
from tests.editor import text_of

pytestmark = pytest.mark.django_db

PASSWORD = "himawari-no-hana-7"
COUNTED = (Page, Locale, Site, Group, GroupPagePermission, Workflow, Mark, MarkLabel)


def rows() -> dict:
    return {model.__name__: model.objects.count() for model in COUNTED}


def run(name: str, *arguments: str) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration, loaded once; the value is what the command printed."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("DEMO_PASSWORD", PASSWORD)
        yield run("load_demonstration")
        transaction.set_rollback(True)


def projects(language: str):
    return ProjectPage.objects.filter(locale__language_code=language).order_by("slug")


def test_setting_up_again_changes_nothing(demonstration):
    before = rows()
    run("setup_site")
    run("setup_site")
    assert rows() == before


def test_setting_up_again_keeps_what_editors_changed(demonstration):
    home = HomePage.objects.get(locale__language_code="ja")
    home.title = "清瀬市のSDGs（改）"
    home.save()
    run("setup_site")
    assert HomePage.objects.get(pk=home.pk).title == "清瀬市のSDGs（改）"


def test_the_site_follows_the_base_url(demonstration, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://sdgs.example.jp"
    run("setup_site")
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("sdgs.example.jp", 443)
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8123"
    run("setup_site")
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("127.0.0.1", 8123)


def test_three_projects_are_public_in_both_languages(demonstration):
    for language in ("ja", "en"):
        assert [page.slug for page in projects(language).live()] == [
            "cross-border-learning",
            "sunflower-festival",
            "zero-carbon",
        ]
    stages = {page.slug: page.stage for page in projects("en")}
    assert stages == {
        "cross-border-learning": Stage.PLANNED,
        "sunflower-festival": Stage.RUNNING,
        "zero-carbon": Stage.RUNNING,
    }


def test_facts_are_the_same_in_both_languages(demonstration):
    for japanese, english in zip(projects("ja"), projects("en"), strict=True):
        assert japanese.mark_codes == english.mark_codes
        assert japanese.mark_codes
        figures = [
            [(f.label_id, f.kind, f.value, f.year, f.source_id) for f in page.figures.all()]
            for page in (japanese, english)
        ]
        assert figures[0] == figures[1]
        assert figures[0]
        assert (japanese.stage, japanese.pillar_id) == (english.stage, english.pillar_id)


def test_every_page_of_the_demonstration_is_translated(demonstration):
    for page in Page.objects.filter(locale__language_code="ja", depth__gt=1).specific():
        english = page.get_translation(Locale.objects.get(language_code="en")).specific
        assert english.live, page
        assert untranslated_strings(english) == []
        assert english.slug == page.slug or page.depth == 2


def strangers(page: str) -> list[str]:
    """Japanese in an English page that is not marked as Japanese."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", "", page, flags=re.S)
    while re.search(r"<(\w+)[^>]*\blang=\"ja\"", page):
        page = re.sub(r'<(\w+)[^>]*\blang="ja"[^>]*>.*?</\1>', "", page, count=1, flags=re.S)
    words = re.sub(r"<[^>]+>", "\n", page)
    return [line.strip() for line in words.splitlines() if has_japanese(line)]


def test_no_japanese_in_english_pages_outside_lang(demonstration):
    client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT="8000")
    visited = 0
    for page in Page.objects.live().filter(locale__language_code="en", depth__gt=1):
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        assert strangers(text_of(answer)) == [], page.url
        visited += 1
    assert visited > 8
    for number in range(1, 18):
        assert strangers(text_of(client.get(f"/en/sdgs/{number}/"))) == []


def test_that_test_can_fail():
    assert strangers('<html lang="en"><body><p>清瀬</p><p lang="ja">清瀬</p></body></html>') == ["清瀬"]


def test_samples_say_so(demonstration):
    for article in ArticlePage.objects.all():
        word = "見本" if article.locale.language_code == "ja" else "Sample"
        assert word.lower() in f"{article.title} {article.summary}".lower()


def test_a_second_time_is_refused_or_does_nothing(demonstration):
    before = rows()
    with pytest.raises(CommandError):
        run("load_demonstration")
    assert run("load_demonstration", "--if-empty") == ""
    assert rows() == before


def test_the_accounts_take_the_password_given(demonstration):
    users = {user.username: user for user in get_user_model().objects.all()}
    assert set(users) == {"admin", *(role.account for role in ROLES)}
    assert all(user.check_password(PASSWORD) for user in users.values())
    assert PASSWORD not in demonstration
    assert users["admin"].is_superuser
    for role in ROLES:
        assert [group.name for group in users[role.account].groups.all()] == [role.group]
        assert not users[role.account].is_superuser


def test_the_city_is_kiyose(demonstration):
    identity = SiteIdentity.objects.get()
    assert identity.city_code == "132217"
    assert identity.default_division is not None


@pytest.mark.parametrize("set_to", [None, ""])
def test_without_a_password_a_random_one_is_shown_once(monkeypatch, set_to):
    from home.management.commands.load_demonstration import Command

    if set_to is None:
        monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    else:
        monkeypatch.setenv("DEMO_PASSWORD", set_to)
    for role in ROLES:
        Group.objects.get_or_create(name=role.group)
    printed = []
    for _time in range(2):
        get_user_model().objects.all().delete()
        output = StringIO()
        Command(stdout=output).accounts()
        printed.append(re.search(r"accounts: (\S+) ", output.getvalue())[1])
        assert output.getvalue().count(printed[-1]) == 1
        assert get_user_model().objects.get(username="admin").check_password(printed[-1])
    assert printed[0] != printed[1]
    assert min(map(len, printed)) >= 12
