"""The pages of the demonstration in easy Japanese: their words, their address, their review."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from home.demonstration import easy_japanese
from home.demonstration.files import CONTENT, read
from home.demonstration.loader import Loader
from home.demonstration.words import LINK
from home.models import HelpLine, HomePage
from kiyose.japanese.easy import Severity, check
from kiyose.translation.models import TranslationStatus
from kiyose.translation.words import missing_translations
from kiyose.words.catalogues import catalogue_path

EASY = "ja-easy"
# What the issue asks for.
ASKED_FOR = {
    "/ja-easy/",
    "/ja-easy/events/sample-festival-3/",
    "/ja-easy/trainees/",
    "/ja-easy/certified/",
    "/ja-easy/certificate/",
    "/ja-easy/how-to-read-the-marks/",
    "/ja-easy/projects/sunflower-festival/",
    "/ja-easy/projects/trainee-outreach/",
}


def easy_words(value) -> Iterator[str]:
    """All easy Japanese of a content file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == EASY:
                yield from inner if isinstance(inner, list) else [inner]
            else:
                yield from easy_words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from easy_words(inner)


def warnings(text: str) -> list[str]:
    found = check(LINK.sub(r"\1", text))
    return [f"{each.rule}: {each.quote}" for each in found if each.severity is Severity.WARNING]


def content_files() -> list[str]:
    return sorted(str(path.relative_to(CONTENT).with_suffix("")) for path in CONTENT.rglob("*.yml"))


def test_all_of_it_passes_our_own_checks(subtests):
    # Terms of the glossary are no sentences.
    names = [name for name in content_files() if name != "glossary"]
    words = [(name, text) for name in names for text in easy_words(read(name))]
    assert len(words) > 150
    for name, text in words:
        with subtests.test(name):
            assert warnings(text) == [], text


def test_so_do_the_interface_words(subtests):
    entries = polib.pofile(str(catalogue_path(settings.LOCALE_PATHS[0], EASY)))
    assert len(entries) > 50
    for entry in entries:
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            with subtests.test(text):
                assert warnings(text) == []


def test_no_file_with_such_words_is_forgotten():
    with_title = {
        name.removeprefix("pages/")
        for name in content_files()
        if name.startswith("pages/") and EASY in read(name).get("title", {})
    }
    assert with_title == set(easy_japanese.PAGES)


def test_what_is_made_up_says_so_in_easy_japanese_too():
    for name in easy_japanese.PAGES:
        content = read(f"pages/{name}")
        pairs = [content.get("title"), *(line.get("heading") for line in content.get("body") or [])]
        for pair in filter(None, pairs):
            assert pair[EASY].startswith("見本") == pair["ja"].startswith("見本"), pair


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _loaded(self, demonstration_rows):
        with translation.override("ja"):
            yield

    def pages(self):
        return Page.objects.filter(locale__language_code=EASY)

    def test_are_public_and_reviewed_by_a_sample(self):
        pages = self.pages()
        assert pages.count() == len(easy_japanese.PAGES)
        assert not pages.filter(live=False)
        for status in TranslationStatus.objects.filter(
            translation__target_locale__language_code=EASY
        ):
            assert status.is_reviewed
            assert not status.is_outdated
            assert status.reviewer_name.startswith("見本")

    @pytest.mark.parametrize("address", sorted(ASKED_FOR))
    def test_are_japanese_for_browsers_and_search_engines(self, client, address):
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Content-Language"] == "ja"
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.html["lang"] == "ja"
        assert not soup.select('[lang*="easy"], [hreflang*="easy"]')
        assert soup.select_one(".notice--language") is None
        assert soup.select_one('[rel="canonical"]')["href"].endswith(address)
        # Two addresses for one language tag would contradict each other.
        tags = [link["hreflang"] for link in soup.select('head [rel="alternate"][hreflang]')]
        assert sorted(tags) == ["en", "ja", "x-default"]
        japanese = soup.select_one('head [hreflang="ja"]')["href"]
        assert japanese.endswith(address.replace("/ja-easy/", "/ja/"))
        assert soup.select_one('[property="og:locale"]')["content"] == "ja_JP"
        assert soup.select_one(f'.languages a[href="{address}"]')["aria-current"] == "true"

    def test_the_japanese_page_does_not_name_them_to_search_engines(self, client):
        soup = BeautifulSoup(client.get("/ja/certificate/").content, "html.parser")
        tags = [link["hreflang"] for link in soup.select('head [rel="alternate"][hreflang]')]
        assert sorted(tags) == ["en", "ja", "x-default"]
        assert soup.select_one('.languages a[href="/ja-easy/certificate/"]')

    def test_dates_and_holidays_are_japanese(self, client):
        text = BeautifulSoup(
            client.get("/ja-easy/events/sample-festival-3/").content, "html.parser"
        ).get_text()
        assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日\([月火水木金土日]", text)
        assert "午前10時" in text

    def test_a_page_that_is_missing_says_so_in_easy_japanese(self, client):
        soup = BeautifulSoup(client.get("/ja-easy/projects/greening/").content, "html.parser")
        notice = soup.select_one(".notice--language").get_text("\n", strip=True)
        assert "やさしい日本語では まだ ありません" in notice
        assert warnings(notice) == []

    def test_whom_to_call_is_told_in_easy_japanese(self, client):
        text = BeautifulSoup(client.get("/ja-easy/trainees/").content, "html.parser").get_text()
        assert "はじめに「火事」か「救急」と 言って ください" in text
        assert "救急車を 呼ぶか わからない とき" in text

    def test_the_feed_names_each_language_once(self, client):
        text = client.get("/ja-easy/events/feed/").content.decode()
        assert 'xml:lang="ja"' in text
        tags = re.findall(r'rel="alternate"[^>]*hreflang="([^"]+)"', text)
        assert len(tags) == len(set(tags))

    @pytest.mark.parametrize(
        ("asked", "home"),
        [("ja", "/ja/"), ("ja-JP,ja;q=0.9", "/ja/"), ("ja-Hira", "/ja/"), ("de", "/ja/")],
    )
    def test_the_root_never_leads_there_by_mistake(self, client, asked, home):
        assert client.get("/", headers={"accept-language": asked}).headers["Location"] == home

    def test_an_unknown_address_is_answered_in_japanese(self, client):
        response = client.get("/ja-easy/nothing/")
        assert response.status_code == 404
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.html["lang"] == "ja"
        assert soup.h1.get_text() == "ページが ありません"

    def test_the_translator_may_edit_them(self, django_user_model):
        translator = django_user_model.objects.get(username="translator")
        for page in self.pages():
            assert page.permissions_for_user(translator).can_edit()

    def test_loading_again_changes_nothing(self):
        before = list(self.pages().order_by("pk").values_list("pk", "latest_revision_id"))
        home = HomePage.objects.get(locale__language_code="ja")
        Loader().easy_japanese(home)
        assert list(self.pages().order_by("pk").values_list("pk", "latest_revision_id")) == before

    def test_without_the_language_nothing_is_made(self):
        home = HomePage.objects.get(locale__language_code="ja")
        for page in self.pages().order_by("-depth"):
            page.delete()
        HelpLine.objects.filter(locale__language_code=EASY).delete()
        Locale.objects.get(language_code=EASY).delete()
        Loader().easy_japanese(home)
        assert not self.pages().exists()

    def test_going_live_takes_the_made_up_reviews_back(self, client, django_user_model):
        django_user_model.objects.create_superuser("real", "real@city.test", "x")
        kept = self.pages().exclude(slug__startswith="sample-").count()
        out = io.StringIO()
        call_command("remove_samples", "--no-input", stdout=out)
        assert "Reviews of:" in out.getvalue()
        assert not TranslationStatus.objects.filter(reviewer_name__startswith="見本").exists()
        # Their words wait for a person.
        assert self.pages().count() == kept
        assert not self.pages().filter(live=True).exists()
        soup = BeautifulSoup(client.get("/ja-easy/certificate/").content, "html.parser")
        assert soup.select_one(".notice--language")
        assert "Reviews of:" not in _dry_run()


def _dry_run() -> str:
    out = io.StringIO()
    call_command("remove_samples", "--dry-run", stdout=out)
    return out.getvalue()


def test_easy_words_leave_the_english_ones_complete(demonstration_rows):
    """Both are translated from one copy of the Japanese page."""
    records = Translation.objects.select_related("source", "target_locale")
    assert [record.source.object_repr for record in records if missing_translations(record)] == []


def test_a_page_that_staff_have_written_anew_is_left_to_translators(demonstration_rows):
    page = Page.objects.get(slug="how-to-read-the-marks", locale__language_code="ja").specific
    page.get_translation(Locale.objects.get(language_code=EASY)).delete()
    page.summary = "市の職員が書き直した文です。"
    page.save_revision().publish()
    Loader().easy_japanese(HomePage.objects.get(locale__language_code="ja"))
    assert not page.has_translation(Locale.objects.get(language_code=EASY))
