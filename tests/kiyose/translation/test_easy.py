"""The checks of easy Japanese in the admin: who sees them, and what they say about what."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home.models import StandardPage
from kiyose.japanese.easy import LONGEST_TEXT
from kiyose.pages.factories import DivisionFactory
from kiyose.pages.publishing import PublishingRuleError
from kiyose.translation import reviews
from kiyose.translation.easy.strings import EASY_JAPANESE, checked, plain
from kiyose.translation.factories import enter_words, start_translation
from kiyose.translation.publishing import publish_translation
from kiyose.translation.sources import translation_record
from kiyose.words.catalogues import catalogue_path
from kiyose.words.checking import check_catalogue
from kiyose.words.word import Place, Word
from tests.editor import edit_url
from tests.staff import client_of, employ
from tests.world import fresh

pytestmark = pytest.mark.django_db

HARD = "8/15の20時から、まつりを<b>実施</b>する。"
EASY = "8月15日に まつりが あります。"
# Everybody of the table of roles, and whether the tree of easy Japanese is theirs.
MAY = {"translator": True, "pr": True, "mirai": True, "department": False, "shokokai": False}


@pytest.fixture(scope="module")
def easy(world):
    """A page whose easy Japanese has been begun: its first string is hard, its second missing."""
    for page in (world.site.home, world.page(StandardPage)):
        start_translation(fresh(page), EASY_JAPANESE)
    employ()
    page = world.page(StandardPage)
    record = translation_record(page.get_translation_or_none(locale("ja-easy")))
    enter_words(record)
    segments = list(StringSegment.objects.filter(source=record.source).order_by("order", "pk"))
    entered = StringTranslation.objects.filter(locale=record.target_locale)
    entered.filter(translation_of=segments[0].string, context=segments[0].context).update(data=HARD)
    entered.filter(translation_of=segments[1].string, context=segments[1].context).delete()
    return SimpleNamespace(
        record=record, page=record.get_target_instance(), english=world.translation(StandardPage)
    )


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def check_url(page) -> str:
    return reverse("easy_check", args=[page.pk])


def checks_url(page) -> str:
    return reverse("easy_checks", args=[page.pk])


@pytest.mark.parametrize(("account", "may"), MAY.items())
def test_whoever_may_edit_the_page_sees_its_checks(easy, account, may):
    client = client_of(account)
    wanted = 200 if may else 302  # Wagtail sends those without permission home, with a message
    for answer in (
        client.get(checks_url(easy.page)),
        client.post(check_url(easy.page), {"text": HARD}),
    ):
        assert answer.status_code == wanted
        assert may or "実施" not in answer.content.decode()


def test_strangers_are_sent_to_the_login(easy):
    for answer in (Client().get(checks_url(easy.page)), Client().post(check_url(easy.page))):
        assert answer.status_code == 302
        assert "/login/" in answer.url


def test_other_languages_have_no_such_checks(easy):
    client = client_of("translator")
    assert client.get(checks_url(easy.english)).status_code == 404
    assert client.post(check_url(easy.english), {"text": HARD}).status_code == 404
    assert "data-easy-checks" not in client.get(edit_url(easy.english)).content.decode()


def test_a_text_that_is_typed_is_checked_without_its_markup(easy):
    answer = client_of("translator").post(check_url(easy.page), {"text": HARD})
    found = {line["rule"]: line for line in answer.json()["findings"]}
    assert found["date"]["suggestion"] == "8月15日"
    assert found["time"]["suggestion"] == "午後8時"
    assert found["hard_word"]["quote"] == "実施"
    assert found["date"]["severity"] == "warning"
    assert found["no_furigana"]["severity"] == "hint"


def test_nothing_that_is_typed_is_kept_or_too_much(easy):
    client = client_of("translator")
    before = StringTranslation.objects.count()
    answer = client.post(check_url(easy.page), {"text": "あ" * (LONGEST_TEXT + 1)})
    assert answer.status_code == 400
    assert f"{LONGEST_TEXT}" in answer.json()["error"]
    assert client.post(check_url(easy.page)).json() == {"findings": []}
    assert client.get(check_url(easy.page)).status_code == 405
    assert StringTranslation.objects.count() == before


def test_a_forged_request_is_refused(easy):
    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(username="translator"))
    assert client.post(check_url(easy.page), {"text": EASY}).status_code == 403


def test_the_page_of_checks_lists_every_string_in_order(easy):
    with translation.override("en"):
        strings = checked(easy.page)
    segments = StringSegment.objects.filter(source=easy.record.source)
    assert len(strings) == segments.count()
    assert strings[0].text == "8/15の20時から、まつりを実施する。"
    assert strings[0].source == easy.record.source.as_instance().title
    assert strings[0].warnings >= 3
    assert strings[1].text == ""
    # That kanji have no readings is told once for the whole page.
    told = [one.rule for string in strings for one in string.findings if one.rule == "no_furigana"]
    assert len(told) <= 1
    soup = BeautifulSoup(client_of("translator").get(checks_url(easy.page)).content, "html.parser")
    rows = soup.select(".easy-strings tbody tr")
    assert len(rows) == len(strings)
    assert "8月15日" in rows[0].get_text()
    assert "まだ翻訳されていません" in rows[1].get_text()


def test_a_string_that_is_too_long_is_named_and_nothing_breaks(easy):
    StringTranslation.objects.filter(locale=easy.record.target_locale, data=HARD).update(
        data="あ" * (LONGEST_TEXT + 1)
    )
    assert checked(easy.page)[0].too_long
    assert client_of("translator").get(checks_url(easy.page)).status_code == 200


def test_the_translations_editor_has_the_checks_beside_it(easy):
    soup = BeautifulSoup(client_of("translator").get(edit_url(easy.page)).content, "html.parser")
    assert soup.select_one(".js-translation-editor")
    panel = soup.select_one("[data-easy-checks]")
    assert panel["data-url"] == check_url(easy.page)
    assert panel.select_one("[name=csrfmiddlewaretoken]")["value"]
    assert "8月15日" in panel.get_text()
    assert panel.select_one(f'a[href="{checks_url(easy.page)}"]')
    assert soup.select_one('script[type="module"][src*="translation/easy.js"]')


def test_words_written_by_hand_have_them_too(easy):
    Translation.objects.filter(pk=easy.record.pk).update(enabled=False)
    page = easy.record.get_target_instance()
    page.title = "20時に 終わります。"
    page.save_revision(clean=False)
    assert next(string for string in checked(page) if string.warnings).text == page.title
    soup = BeautifulSoup(client_of("translator").get(edit_url(page)).content, "html.parser")
    assert soup.select_one("#page-edit-form")
    assert "午後8時" in soup.select_one("[data-easy-checks]").get_text()
    assert soup.select_one('script[src*="translation/easy.js"]')


def test_the_checks_cost_the_editor_no_query_per_string(easy, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        checked(easy.page)


def test_without_reviewer_and_date_nothing_is_public(easy, world):
    enter_words(easy.record)
    home = translation_record(fresh(world.site.home).get_translation(locale("ja-easy")))
    for record in (home, easy.record):
        enter_words(record)
        with pytest.raises(PublishingRuleError):
            publish_translation(record)
        assert not record.get_target_instance().live
        reviews.confirm(record, None, "見本の人", DivisionFactory(), timezone.now())
        publish_translation(record)
        assert record.get_target_instance().live


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('読む<b>人</b>と<a id="a1">店</a>', "読む人と店"),
        ("一行<br/>二行", "一行\n二行"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("<p>一つ</p><p>二つ</p>", "一つ\n二つ\n"),
    ],
)
def test_markup_is_no_word(text, words):
    assert plain(text) == words


def test_a_variant_of_the_interface_need_not_say_everything(tmp_path):
    path = catalogue_path(tmp_path, EASY_JAPANESE)
    assert path.parts[-3] == "ja_Easy"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n\nmsgid "Old"\nmsgstr "古い"\n', encoding="utf-8")
    word = Word(text="New")
    word.places = [Place("app/views.py", 7)]
    faults = list(check_catalogue(path, {word.key: word}, is_partial=True))
    assert len(faults) == 1
    assert "in no code any more" in faults[0]
    assert len(list(check_catalogue(path, {word.key: word}))) == 2
