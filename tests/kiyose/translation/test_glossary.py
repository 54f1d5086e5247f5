"""The glossary: terms found in texts, translations measured against it, and bad input."""

from __future__ import annotations

import io
import time

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from kiyose.pages.publishing import PublishingRuleError
from kiyose.translation.factories import enter_words, start_translation
from kiyose.translation.glossary import Glossary, terms_in
from kiyose.translation.glossary.folding import folded
from kiyose.translation.glossary.ignored import ignored_in_translation
from kiyose.translation.glossary.matching import Found
from kiyose.translation.glossary.offered import terms_of
from kiyose.translation.models import GlossaryTerm, GlossaryTranslation
from projects.models import ProjectPage
from tests.editor import messages_of, text_of
from tests.imports import confirm, problems_of, someone, steps_of, upload
from tests.kiyose.test_tables import workbook
from tests.staff import client_of, employ
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/translation/glossaryterm/"
REPORT = "/admin/reports/glossary/"
IMPORT = "/admin/glossary/import/"
HEADER = "用語,よみ,備考,英語,英語（ほかの言い方）\n"

TERMS = {
    "結核研究所": ("Research Institute of Tuberculosis (RIT)", "RIT"),
    "結核": ("tuberculosis", ""),
    "国際交流": ("international exchange", ""),
    "清瀬国際交流会": ("Kiyose International Exchange Association", ""),
    "認定証": ("certificate", ""),
    "マーク": ("mark", ""),
    "SDGs": ("SDGs", ""),
    "農福連携": ("agriculture–welfare collaboration", ""),
    "見本の言葉": ("", ""),
}


def make_term(term: str, live: bool = True, **translations: str) -> GlossaryTerm:
    """An agreed term; ``en="…"`` or ``en="…; also"`` is its translation."""
    made = GlossaryTerm(term=term, live=live)
    made.locale = Locale.objects.get(language_code="ja")
    made.translations = []
    for code, words in translations.items():
        locale, _created = Locale.objects.get_or_create(language_code=code.replace("_", "-"))
        first, _semicolon, also = words.partition(";")
        made.translations.add(
            GlossaryTranslation(locale=locale, translation=first, also_accepted=also)
        )
    made.full_clean()
    made.save()
    return made


@pytest.fixture(scope="module")
def built(world, django_db_blocker):
    with django_db_blocker.unblock():
        employ()
        for term, (english, also) in TERMS.items():
            make_term(term, **({"en": f"{english};{also}"} if english else {}))
        make_term("提案した言葉", live=False, en="suggestion")
        return world


@pytest.fixture
def site(built):
    with translation.override("ja"):
        yield built


# Finding terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("結核研究所の研修生", ["結核研究所"]),
        ("清瀬国際交流会が開く", ["清瀬国際交流会"]),
        ("国際交流する人と清瀬国際交流会", ["国際交流", "清瀬国際交流会"]),
        ("結核の話、結核研究所の話、結核の話", ["結核", "結核研究所"]),
        ("農福<b>連携</b>を進めた", ["農福連携"]),
        ("結核 研究所", ["結核研究所"]),
        ("ＳＤＧｓのマーク", ["SDGs", "マーク"]),
        ("認定マークを貼る", ["マーク"]),
        ("ベンチマークとマークシート", []),
        ("MySDGsApp", []),
        ("提案した言葉", []),
        ("", []),
        ("<<>>&amp;", []),
    ],
)
def test_terms_are_found_longest_first(site, text, found):
    assert [term.term for term in terms_in(text, "en")] == found


def test_a_found_term_says_what_translators_need(site):
    (term,) = terms_in("結核研究所", "en")
    assert (term.translation, term.also) == ("Research Institute of Tuberculosis (RIT)", ("RIT",))
    (term,) = terms_in("結核研究所", "ja-easy")
    assert term.translation == ""


def test_a_very_long_text_is_matched_in_the_time_that_its_length_asks(site):
    glossary = Glossary("ja", "en")

    def seconds(text):
        begin = time.perf_counter()
        found = glossary.terms_in(text)
        return time.perf_counter() - begin, [term.term for term in found]

    short, _found = min(seconds("結核研究所の認定証。" * 1_000) for _n in range(3))
    long, found = min(seconds("結核研究所の認定証。" * 10_000) for _n in range(3))
    assert found == ["結核研究所", "認定証"]
    assert long < 40 * short


# Following it


@pytest.mark.parametrize(
    ("accepted", "translation", "follows"),
    [
        ("certificate", "Certificates are given.", True),
        ("certificate", "The CERTIFICATE’s colour", True),
        ("certificate", "It is certified.", False),
        ("city", "two cities", True),
        ("international exchange party", "International Exchange Parties", True),
        ("trainee", "trainees' lives", True),
        ("agriculture–welfare collaboration", "Agriculture-welfare collaborations", True),
        ("agriculture–welfare collaboration", "agriculture and welfare", False),
        ("RIT", "in British hands", False),
        ("Institute of Tuberculosis (RIT)", "the Institute of Tuberculosis (RIT)", True),
        ("農業と福祉が力を合わせること", "農業と 福祉が　力を合わせること", True),
        ("", "anything", True),
    ],
)  # fmt: skip
def test_what_follows_the_glossary(accepted, translation, follows):
    term = Found(1, "見本", "", "", accepted)
    assert term.is_followed_by(folded(translation)) == follows


def translated(world, source: str, words: str):
    """A project called ``source``, translated as ``words``; the record of its translation."""
    page = world.page(ProjectPage)
    page.title = source
    publish(page)
    record = start_translation(fresh(page))
    record.source.update_from_db()
    enter_words(record, {source: words})
    return record


def test_strings_that_ignore_the_glossary(site):
    record = translated(site, "結核研究所と認定証", "The institute and its certificates")
    (row,) = ignored_in_translation(record)
    assert [term.term for term in row.terms] == ["結核研究所"]
    StringTranslation.objects.filter(pk=row.pk).update(data="RIT and its certificates")
    assert ignored_in_translation(record) == []


def test_a_string_that_the_source_has_left_behind_does_not_count(site):
    record = translated(site, "結核研究所", "The institute")
    page = site.page(ProjectPage)
    page.title = "別の題"
    publish(page)
    assert ignored_in_translation(record) == []


# The report


def titles(answer) -> list[str]:
    return [row.source for row in answer.context["table"].data]


def test_the_report_shows_what_the_user_may_edit(site):
    translated(site, "結核研究所だより", "News of the institute")
    for account, shown in [("translator", True), ("pr", True), ("department", False)]:
        answer = client_of(account).get(REPORT)
        assert answer.status_code == 200, account
        assert ("結核研究所だより" in titles(answer)) == shown, account
    assert client_of("shokokai").get(REPORT).status_code in (302, 403)


def test_the_report_by_language_and_term_leads_to_the_editor(site):
    translated(site, "結核研究所の認定証", "Papers of the institute")
    client = client_of("translator")
    answer = client.get(REPORT)
    page = site.translation(ProjectPage)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text_of(answer)
    term = GlossaryTerm.objects.get(term="認定証")
    english, japanese = (Locale.objects.get(language_code=code).pk for code in ("en", "ja"))
    for query, shown in [
        ({"term": term.pk, "locale": english}, True),
        ({"locale": japanese}, False),
        ({"term": GlossaryTerm.objects.get(term="マーク").pk}, False),
    ]:
        assert bool(titles(client.get(REPORT, query))) == shown, query


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_goes_out_as_a_table(site, kind):
    translated(site, "=結核研究所", "=The institute")
    answer = client_of("translator").get(REPORT, {"export": kind})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if kind == "csv":
        assert "'=The institute" in content.decode("utf-8-sig")
        return
    lines = [
        [(cell.value, cell.data_type) for cell in line]
        for line in load_workbook(io.BytesIO(content)).active.iter_rows()
    ]
    assert {len(line) for line in lines} == {6}
    assert [("=結核研究所", "s"), ("=The institute", "s")] in [line[-2:] for line in lines]


def test_the_report_asks_the_same_for_every_length(site, django_assert_max_num_queries):
    def queries(count):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        page = site.page(ProjectPage)
        page.body = [{"type": "heading", "value": f"結核研究所 {n}"} for n in range(count)]
        publish(page)
        record = start_translation(fresh(page))
        record.source.update_from_db()
        enter_words(record)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(REPORT)
        assert len(titles(answer)) >= count
        return len(captured)

    client = client_of("translator")
    client.get(REPORT)
    assert queries(2) == queries(30)


# At publication


def test_publication_is_warned_of_and_not_refused(site):
    record = translated(site, "結核研究所", "The institute")
    page = site.translation(ProjectPage)
    client = client_of("translator")
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    said = messages_of(client, answer)
    assert "Research Institute of Tuberculosis (RIT)" in said
    assert fresh(page).title == "The institute"
    assert f"{REPORT}?locale={record.target_locale_id}" in said


# While translating


def test_the_editor_offers_the_terms_of_the_page(site):
    record = translated(site, "見本の言葉と結核研究所", "Words")
    assert {"見本の言葉", "結核研究所"} <= {term.term for term in terms_of(record)}
    page = site.translation(ProjectPage)
    answer = client_of("translator").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    text = text_of(answer)
    assert 'data-copy="Research Institute of Tuberculosis (RIT)"' in text
    assert "結核研究所" in text.split('id="glossary-offered"')[1]


# Who may what: verb by verb

MAY = [
    # account, list, add, edit, publish, import
    ("pr", True, True, True, True, True),
    ("mirai", True, True, True, True, True),
    ("translator", True, True, True, False, False),
    ("department", False, False, False, False, False),
    ("shokokai", False, False, False, False, False),
]


@pytest.mark.parametrize(("account", "lists", "adds", "edits", "publishes", "imports"), MAY)
def test_who_may_do_what_with_terms(site, account, lists, adds, edits, publishes, imports):
    client = client_of(account)
    term = GlossaryTerm.objects.get(term="認定証")

    def may(url):
        return client.get(url).status_code == 200

    assert may(LIST) == lists
    assert may(f"{LIST}add/") == adds
    assert may(f"{LIST}edit/{term.pk}/") == edits
    assert may(IMPORT) == imports
    if not edits:
        return
    client.post(
        f"{LIST}edit/{term.pk}/",
        {
            "term": "認定の紙",
            "reading": "にんていのかみ",
            "note": "",
            "locale": term.locale_id,
            "translations-TOTAL_FORMS": 0,
            "translations-INITIAL_FORMS": 0,
            "action-publish": "1",
        },
    )
    term.refresh_from_db()
    assert (term.term == "認定の紙") == publishes
    assert term.has_unpublished_changes != publishes


# Bad input


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("term", "課"),
        ("term", " "),
        ("term", "<script>alert(1)</script>"),
        ("term", "認定証"),
        ("term", "認 定証"),
        ("term", "ＳＤＧｓ"),
        ("term", "未来\u202e創造"),
        ("term", "長" * 101),
        ("term", "\ufdfa" * 50),
        ("reading", "漢字"),
        ("note", "<b>太字</b>"),
    ],
)
def test_a_term_that_is_refused(site, field, value):
    term = GlossaryTerm(term="新しい言葉", locale=Locale.objects.get(language_code="ja"))
    setattr(term, field, value)
    with pytest.raises(ValidationError) as error:
        term.full_clean()
    assert field in error.value.message_dict


def test_a_reading_in_katakana_becomes_hiragana(site):
    term = GlossaryTerm(term="新しい言葉", reading="アタラシイ", locale=Locale.get_default())
    term.full_clean()
    assert term.reading == "あたらしい"


@pytest.mark.parametrize("wrong", [{"ja": "同じ言葉"}, {"en": "<i>words</i>"}])
def test_a_translation_that_is_refused(site, wrong):
    client = client_of("pr")
    ((code, words),) = wrong.items()
    answer = client.post(
        f"{LIST}add/",
        {
            "term": "新しい言葉",
            "locale": Locale.get_default().pk,
            "translations-TOTAL_FORMS": 1,
            "translations-INITIAL_FORMS": 0,
            "translations-0-locale": Locale.objects.get(language_code=code).pk,
            "translations-0-translation": words,
            "action-publish": "1",
        },
    )
    assert answer.status_code == 200
    assert not GlossaryTerm.objects.filter(term="新しい言葉").exists()
    assert words in text_of(answer)


def test_a_suggestion_that_somebody_else_has_entered_meanwhile_is_explained(site):
    first = make_term("あとで", live=False)
    draft = first.save_revision()
    draft.content["term"] = "認定証"
    draft.save()
    with pytest.raises(PublishingRuleError):
        draft.publish()


def test_a_language_that_is_removed_takes_its_translations_and_nothing_else(site):
    arabic = Locale.objects.create(language_code="ar")
    make_term("アラビア語のある言葉", en="word", ar="كلمة")
    client = Client()
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.create_superuser("root", "", "x"))
    url = reverse("wagtaillocales:delete", args=[arabic.pk])
    asked = text_of(client.get(url))
    with translation.override("ja"):
        assert (
            translation.ngettext(
                "%(count)s translation of the glossary into this language goes with it.",
                "%(count)s translations of the glossary into this language go with it.",
                1,
            )
            % {"count": 1}
            in asked
        )
    client.post(url)
    term = GlossaryTerm.objects.get(term="アラビア語のある言葉")
    assert [row.translation for row in term.translations.all()] == ["word"]


# Tables


@pytest.fixture
def pr(site):
    return client_of("pr")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_terms_come_from_a_table(pr, encoding):
    table = HEADER + "新しい言葉,アタラシイコトバ,説明,new word,fresh word; novel word\n"
    table += "認定証,,,,paper\n"
    preview = upload(pr, IMPORT, table.encode(encoding))
    assert [(line, kind) for line, kind, _values in steps_of(preview)] == [
        (2, "new"),
        (3, "changed"),
    ]
    assert not GlossaryTerm.objects.filter(term="新しい言葉").exists()
    confirm(pr, IMPORT, preview)
    term = GlossaryTerm.objects.get(term="新しい言葉")
    (words,) = term.translations.all()
    assert (term.live, term.reading) == (True, "あたらしいことば")
    assert (words.translation, words.accepted_forms) == ("new word", ["fresh word", "novel word"])
    (words,) = GlossaryTerm.objects.get(term="認定証").translations.all()
    assert (words.translation, words.also_accepted) == ("certificate", "paper")


def test_what_goes_out_comes_back_unchanged(pr):
    make_term("＋ワン運動", en="+One; @One")
    answer = pr.get(LIST, {"export": "csv"})
    table = b"".join(answer.streaming_content)
    preview = upload(pr, IMPORT, table)
    assert "plan" in preview.context, problems_of(preview)
    steps = preview.context["plan"].steps
    assert len(steps) == GlossaryTerm.objects.count()
    # A suggestion becomes valid by being imported, with the words that it has.
    said = {step.title: step.kind.value for step in steps}
    assert said.pop("提案した言葉") == "changed"
    assert set(said.values()) == {"unchanged"}


def test_a_suggestion_becomes_valid_as_it_was_suggested_last(pr):
    term = GlossaryTerm.objects.get(term="提案した言葉")
    term.note = "後から付けた備考"
    term.save_revision()
    preview = upload(pr, IMPORT, f"{HEADER}提案した言葉,,,suggestion,\n")
    [step] = preview.context["plan"].steps
    assert (step.kind.value, step.changes) == ("changed", [])
    assert step.remark == translation.gettext("A suggestion until now; becomes valid.")
    confirm(pr, IMPORT, preview)
    term.refresh_from_db()
    assert (term.live, term.note) == (True, "後から付けた備考")
    assert [row.translation for row in term.translations.all()] == ["suggestion"]


@pytest.mark.parametrize(("words", "told"), [("paper", True), ("certificate", False)])
def test_a_suggestion_is_not_set_aside_unsaid(pr, words, told):
    term = GlossaryTerm.objects.get(term="認定証")
    term.note = "翻訳者の提案"
    term.save_revision()
    preview = upload(pr, IMPORT, f"{HEADER}認定証,,,{words},\n")
    [step] = preview.context["plan"].steps
    set_aside = "Somebody’s suggestion for it is set aside and stays in its history."
    assert step.remark == (translation.gettext(set_aside) if told else "")
    if told:
        confirm(pr, IMPORT, preview)
    term.refresh_from_db()
    assert (term.note, term.has_unpublished_changes) == ("", not told)
    assert term.revisions.filter(content__note="翻訳者の提案").exists()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("課,か,,section,", "用語"),
        ("<b>言葉</b>,,,word,", "用語"),
        ("言葉,漢字,,word,", "よみ"),
        ("言葉,,,<script>,", "英語"),
        ("言葉,,,,other", "英語"),
        ("結核,,,tuberculosis,", "用語"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_nothing_is_saved(pr, line, column):
    before = GlossaryTerm.objects.count()
    answer = upload(pr, IMPORT, f"{HEADER}よい言葉,,,good word,\n結核,,,,TB\n{line}\n")
    assert [(where, what) for where, what, _typed, _message in problems_of(answer)] == [(4, column)]
    assert GlossaryTerm.objects.count() == before


def test_a_table_from_excel_in_english(site):
    with translation.override("en"):
        client = someone(
            "terms", *(f"translation.{verb}_glossaryterm" for verb in ("add", "change", "publish"))
        )
        table = workbook(["term", "English", "English (also)"], ["新しい言葉", "new word", ""])
        confirm(client, IMPORT, upload(client, IMPORT, table, "terms.xlsx"))
    assert GlossaryTerm.objects.get(term="新しい言葉").translations.get().translation == "new word"
