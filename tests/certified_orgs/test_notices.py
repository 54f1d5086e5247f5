"""Paper: what prints, for whom, and that it says what was decided."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from certified_orgs.factories import ApplicationFactory
from certified_orgs.models import Certificate
from kiyose.japanese.dates import era_date
from kiyose.pages.factories import DivisionFactory
from tests.certified_orgs.desk import is_refused, link_in, page, paper, press, settings, text
from tests.staff import employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(world):
    employ()
    return settings(
        deciding="single",
        issuer="見本市長",
        company_window=DivisionFactory(name="見本の窓口", direct_phone="042-000-0001"),
    )


@pytest.fixture
def shop(scheme):
    return ApplicationFactory(name="𠮷野見本店", state="screening", scheme=scheme)


def decided(application, step, **values):
    """The application after a decision, and the address of its notice."""
    press("mirai", f"applications:{step}", application.pk, **paper(), **values)
    return application.decisions.get()


def notice(who, application, decision):
    return page(who, "applications:notice", application.pk, decision.pk)


def test_an_era_has_a_first_year():
    assert era_date(datetime.date(2019, 5, 1)) == "令和元年5月1日"
    assert era_date(datetime.date(2026, 11, 27)) == "令和8年11月27日"


def test_a_receipt_names_the_number_and_the_window(shop):
    shown = text(page("shokokai", "applications:receipt", shop.pk))
    for said in (shop.receipt_number, "受付票", "𠮷野見本店", "見本の窓口", "042-000-0001", "令和"):
        assert said in shown
    assert "案（要綱制定前）" in shown


def test_the_marker_goes_when_the_rules_are_adopted(shop, scheme):
    scheme.adopted_on = timezone.localdate()
    scheme.save()
    assert "案（要綱制定前）" not in text(page("shokokai", "applications:receipt", shop.pk))


def test_a_notice_of_certification(shop):
    decision = decided(shop, "certify")
    shown = text(notice("mirai", shop, decision))
    certificate = Certificate.objects.get(application=shop)
    for said in (
        "認定通知書",
        "見本第1号",
        "見本市長",
        certificate.number,
        era_date(certificate.certified_on),
        era_date(certificate.valid_until),
        "見本 代表 様",
        "公印",
    ):
        assert said in shown
    assert "<img" not in shown


def test_a_notice_that_it_is_not_certified_gives_the_reason(shop):
    shown = text(notice("mirai", shop, decided(shop, "decline")))
    for said in ("不認定通知書", "見本の理由です。", "見本市長", "要綱"):
        assert said in shown


def test_a_notice_of_the_waiting_list_gives_the_rank(shop):
    shown = text(notice("mirai", shop, decided(shop, "put_on_waiting_list", rank=7)))
    assert "補欠通知書" in shown
    assert "第7位" in shown


@pytest.mark.parametrize("who", ["shokokai", "katsudo", "pr", "department"])
def test_notices_of_decisions_are_for_who_decides(shop, who):
    decision = decided(shop, "certify")
    assert is_refused(notice(who, shop, decision))


def test_a_notice_belongs_to_its_application(shop, scheme):
    decision = decided(shop, "certify")
    other = ApplicationFactory(state="screening", scheme=scheme)
    assert notice("mirai", other, decision).status_code == 404


def test_a_letter_brings_the_question_and_a_link_that_works(scheme):
    shop = ApplicationFactory(state="submitted", email="", scheme=scheme)
    press("shokokai", "applications:ask_to_complete", shop.pk, text="見本の問い")
    answer = press("shokokai", "applications:link", shop.pk, channel="letter")
    shown = text(answer)
    assert "補正のお願い" in shown
    assert "見本の問い" in shown
    assert "<svg" in shown
    assert link_in(shown, "ja").subject == shop
    assert "no-store" in answer["Cache-Control"]


def test_a_new_link_ends_the_old_one(scheme):
    shop = ApplicationFactory(state="submitted", scheme=scheme)
    first = text(press("shokokai", "applications:link", shop.pk, channel="letter"))
    second = text(press("shokokai", "applications:link", shop.pk, channel="letter"))
    assert link_in(first, "ja") is None
    assert link_in(second, "ja")


def test_a_new_link_goes_by_mail(scheme, django_capture_on_commit_callbacks):
    shop = ApplicationFactory(state="submitted", language="en", scheme=scheme)
    with django_capture_on_commit_callbacks(execute=True):
        press("shokokai", "applications:link", shop.pk, channel="mail")
    assert link_in(mail.outbox[0].body, "en").subject == shop
    without = ApplicationFactory(state="submitted", email="", scheme=scheme)
    refused = press("shokokai", "applications:link", without.pk, channel="mail")
    assert refused.context["form"].errors["channel"]


def test_looking_makes_no_link(scheme):
    shop = ApplicationFactory(state="submitted", scheme=scheme)
    page("shokokai", "applications:link", shop.pk)
    assert not shop.links.exists()
    assert page("katsudo", "applications:link", shop.pk).status_code == 404


def test_paper_is_japanese_with_a_word_for_who_reads_english(scheme):
    shop = ApplicationFactory(state="submitted", language="en", scheme=scheme)
    shown = text(page("shokokai", "applications:receipt", shop.pk))
    assert '<html lang="ja">' in shown
    assert '<p lang="en">' in shown
