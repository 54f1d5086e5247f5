"""``manage.py load_demonstration``: sixteen projects in both languages, and staff accounts."""

from __future__ import annotations

import io
import re

import pytest
import yaml
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from home.demonstration.loader import CONTENT
from home.demonstration.words import MissingWordsError, Pairs, enter_translations
from home.management.commands.load_demonstration import Command
from home.roles import ROLES
from kiyose.japanese.script import has_japanese
from kiyose.pages.views import server_error
from kiyose.translation.factories import start_translation
from projects.models import ProjectPage
from tests.japanese_left import japanese_left
from tests.page_types import PAGE_TYPES
from tests.public_pages import address, every_one, untranslated

PROJECTS = {
    "agri-welfare",
    "bank-agreements",
    "certification",
    "cross-border-learning",
    "founder-support",
    "greening",
    "incubation-manager",
    "local-currency",
    "needs-spots",
    "sdgs-festival",
    "sdgs-mark",
    "senior-power",
    "sunflower-festival",
    "talent-bank",
    "trainee-outreach",
    "zero-carbon",
}


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """The demonstration, loaded once; what the command printed."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.delenv("DEMO_PASSWORD", raising=False)
        out = io.StringIO()
        call_command("load_demonstration", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def test_all_sixteen_projects_are_public_in_both_languages(printed):
    for language in ("ja", "en"):
        live = ProjectPage.objects.live().filter(locale__language_code=language)
        assert set(live.values_list("slug", flat=True)) == PROJECTS


def written(value) -> str:
    """The words of a raw block."""
    if isinstance(value, dict):
        return "".join(map(written, value.values()))
    if isinstance(value, list):
        return "".join(written(item["value"]) for item in value)
    return BeautifulSoup(value, "html.parser").get_text()


def test_every_project_is_told_at_length_but_not_too_long(printed):
    """400 to 1,000 characters in Japanese, steps and lists included."""
    for project in ProjectPage.objects.filter(locale__language_code="ja"):
        text = "".join(written(block["value"]) for block in project.body.raw_data)
        assert 400 <= len("".join(text.split())) <= 1000, project.slug


def test_facts_are_those_of_the_proposal(printed):
    festival = ProjectPage.objects.get(slug="sunflower-festival", locale__language_code="en")
    assert festival.stage == "running"
    assert festival.mark_codes == ["8.1"]
    effect = festival.figures.filter(label__key="economic-effect").order_by("year")
    assert [(row.year, int(row.value)) for row in effect] == [
        (2019, 432000),
        (2025, 476000),
        (2030, 608000),
    ]
    carbon = ProjectPage.objects.get(slug="zero-carbon", locale__language_code="en")
    assert carbon.mark_codes == ["7.2", "13.1"]
    learning = ProjectPage.objects.get(slug="cross-border-learning", locale__language_code="en")
    assert learning.stage == "planned"


@pytest.fixture(scope="module")
def answers(printed, django_db_blocker):
    """What visitors get at every public address of the demonstration, in both languages."""
    with django_db_blocker.unblock():
        everywhere = [address(language, each) for language in ("ja", "en") for each in every_one()]
        return {each: Client().get(each) for each in everywhere}


def test_every_content_file_became_a_page_with_its_english_words(printed):
    files = sorted((CONTENT / "pages").rglob("*.yml"))
    english = set(Page.objects.live().filter(locale__language_code="en").values_list("title"))
    titles = {file.name: yaml.safe_load(file.read_text())["title"]["en"] for file in files}
    assert not {name: title for name, title in titles.items() if (title,) not in english}


def test_no_english_page_shows_japanese_that_is_not_marked(answers, subtests):
    """In text, attributes, title and metadata; and each page is an English one."""
    english = {address("en", each) for each in every_one()}
    shown = set()
    for each in sorted(english):
        answer = answers[each]
        with subtests.test(each):
            if page := (answer.context or {}).get("page"):
                assert page.locale.language_code == "en", "this is the Japanese page, as a fallback"
                shown.add(type(page.specific))
            left = japanese_left(answer.content.decode())
            assert not left, "\n".join([f"{len(left)} on {each}", *left])
    assert shown == set(PAGE_TYPES), "a page of every type was looked at"


def test_where_marks_are_shown_the_notice_of_the_united_nations_stands(answers):
    with_marks = 0
    for each, answer in answers.items():
        page = BeautifulSoup(answer.content, "html.parser")
        if page.select_one("main .mark__tile"):
            with_marks += 1
            assert page.select_one(".un-notice"), each
    assert with_marks > 60


def test_every_page_is_valid_html(answers, client, html_checker):
    pages = {each: answer.content.decode() for each, answer in answers.items()}
    fallback = f"/en/{untranslated()}"
    pages[fallback] = client.get(fallback).content.decode()
    pages["an error"] = server_error(None).content.decode()
    faults = html_checker(pages)
    assert not faults, "\n".join([f"{len(faults)} faults", *faults])


def test_what_is_made_up_says_so(printed):
    for language, word in (("ja", "見本"), ("en", "Sample")):
        news = Page.objects.get(slug="news", locale__language_code=language)
        samples = [one for one in news.get_children().specific() if one.slug.startswith("sample-")]
        assert len(samples) == 3
        for article in samples:
            assert article.title.startswith(word)
            assert word.lower() in str(article.body).lower()


def test_marked_pages_show_their_drawing_in_words_of_both_languages(printed):
    for language in ("ja", "en"):
        for project in ProjectPage.objects.filter(locale__language_code=language):
            assert project.picture.has_focal_point(), project.slug
            assert has_japanese(project.picture_alt) == (language == "ja"), project.slug


def test_an_account_for_every_role_with_the_password_shown_once(printed, client):
    password = re.search(r"accounts: (\S+)", printed)[1]
    for name in ["admin", *(role.account for role in ROLES)]:
        assert name in printed
        user = get_user_model().objects.get(username=name)
        assert user.check_password(password)
        assert user.is_superuser == (name == "admin")
    again = io.StringIO()
    call_command("load_demonstration", "--if-empty", stdout=again)
    assert again.getvalue() == ""


def test_it_does_not_touch_a_site_with_projects(printed):
    with pytest.raises(CommandError, match="There are projects already"):
        call_command("load_demonstration")


def test_the_default_division_answers(printed, client):
    html = client.get("/ja/projects/sunflower-festival/").content.decode()
    assert "未来創造課" in html
    assert html.count('href="tel:') >= 2, "at the top and at the foot"


def test_the_password_of_the_environment_is_taken_and_not_printed(printed, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "from the environment")
    get_user_model().objects.all().delete()
    out = io.StringIO()
    Command(stdout=out).accounts()
    assert "from the environment" not in out.getvalue()
    assert get_user_model().objects.get(username="pr").check_password("from the environment")


def test_words_without_a_counterpart_stop_the_loading(printed):
    page = ProjectPage.objects.get(slug="zero-carbon", locale__language_code="ja")
    record = start_translation(page, "en")
    with pytest.raises(MissingWordsError, match="no translation of"):
        enter_translations(record, Pairs("ja", "en"))
