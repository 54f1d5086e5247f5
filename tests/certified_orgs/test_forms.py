"""The forms to print: the same questions as online, on paper, without a seal."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from django.utils.html import strip_tags
from django.utils.text import capfirst

from certified_orgs.applying.completeness import NEEDED_FIELDS
from certified_orgs.applying.forms import OrganisationForm, PeopleForm
from certified_orgs.applying.paper_forms import BY_NAME
from certified_orgs.models import CONSENTS, PLEDGES, Application, SchemeYear
from kiyose.translation.factories import enter_words, start_translation
from tests.certified_orgs.applicants import scheme_with_windows
from tests.editor import text_of
from tests.world import in_two_languages

pytestmark = pytest.mark.django_db

NAMES = ("application", "report", "change", "reissue", "succession", "return", "renewal")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        in_two_languages()
        scheme_with_windows()
        yield
        transaction.set_rollback(True)


def words(name: str, language: str = "ja") -> str:
    answer = Client().get(f"/{language}/certified/forms/{name}{'/' if name else ''}")
    assert answer.status_code == 200
    return strip_tags(text_of(answer))


def test_every_form_there_is(site):
    assert tuple(sorted(BY_NAME)) == tuple(sorted(NAMES))
    html = Client().get("/ja/certified/forms/").content.decode()
    for name in NAMES:
        assert f'href="{name}/"' in html


@pytest.mark.parametrize("name", NAMES)
def test_each_in_japanese(site, name):
    text = words(name)
    assert "清瀬市長" in text
    assert "押印は要りません" in text
    assert "案（要綱制定前）" in text
    for window in ("見本商工会", "042-000-0001", "042-000-0002", "見本市民センター"):
        assert window in text, "the window with its telephone and FAX"
    assert "印鑑" not in text


@pytest.mark.parametrize("name", NAMES)
def test_each_in_english(site, name):
    answer = Client().get(f"/en/certified/forms/{name}/")
    sheet = re.search(r'<div class="sheet">.*', answer.content.decode(), re.S)[0]
    assert "To the Mayor of Kiyose" in sheet
    assert "No seal is needed" in sheet
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("name", ["application", "renewal"])
def test_paper_asks_what_is_asked_online(site, name):
    text = words(name)
    for field in (*OrganisationForm._meta.fields, *PeopleForm._meta.fields, *PLEDGES, *CONSENTS):
        if field != "language":  # it is that of the form
            assert capfirst(str(Application._meta.get_field(field).verbose_name)) in text, field
    for criterion in SchemeYear.objects.get().criteria.all():
        assert criterion.question in text
    assert {field.name for field in Application._meta.get_fields()} >= NEEDED_FIELDS
    assert "17 " in text, "the goals, to choose from"


def test_a_mail_address_may_stay_empty(site):
    html = Client().get("/ja/certified/forms/application/").content.decode()
    row = re.search(r"<dt>メール</dt>.*?</dd>", html, re.S)[0]
    assert "空欄でもかまいません" in row


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("report", ["認定番号", "対象の年度", "要約（公表）"]),
        ("change", ["変更前", "変更後", "いつから"]),
        ("reissue", ["紛失", "汚損・破損"]),
        ("succession", ["合併", "引き継ぐ企業・団体", "誓約"]),
        ("return", ["辞退・返納", "いつから", "理由"]),
        ("renewal", ["更新する認定証", "認定番号"]),
    ],
)
def test_what_each_form_asks(site, name, asked):
    text = words(name)
    for each in asked:
        assert each in text


def test_questions_in_the_readers_language(site):
    criterion = SchemeYear.objects.get().criteria.first()
    record = start_translation(criterion)
    enter_words(record)
    record.save_target()
    english = criterion.get_translation(record.target_locale).question
    assert english != criterion.question
    assert english in words("application", "en")


def test_a_form_that_is_none(site):
    assert Client().get("/ja/certified/forms/nothing/").status_code == 404


def test_forms_are_printed_without_the_frame_of_the_site():
    with open(finders.find("css/certificate-forms.css"), encoding="utf-8") as file:
        css = file.read()
    printed = css[css.index("@media print") :]
    for part in (".site-header", ".page-head", ".contact", ".page-foot", ".screen-only"):
        assert part in printed.split("display: none")[0]


def test_before_there_is_a_scheme(site):
    SchemeYear.objects.all().delete()
    text = words("application")
    assert "市役所にお問い合わせください" in text
    assert "企業・団体の名称" in text
