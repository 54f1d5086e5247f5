"""The check of a certificate: one address, one honest answer, in the visitor's language."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from certified_orgs import decisions
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    CertifiedOrgPageFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Certificate
from certified_orgs.numbers import number_meant
from kiyose.translation.factories import translate
from tests.queries import assert_few, default_division
from tests.world import fresh, publish

from .papers import DECIDER, ruling

pytestmark = pytest.mark.django_db

NOW = "2026-11-10 03:04"  # five past noon in Tokyo
TODAY = datetime.date(2026, 11, 10)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _site(world):
    with freeze_time(NOW):
        yield


def a_certificate(**values) -> Certificate:
    values.setdefault("certified_on", datetime.date(2026, 4, 1))
    return CertificateFactory(name="見本商店", english_name="Sample Shop", **values)


def overdue():
    certificate = a_certificate()
    YearlyReportFactory(
        certificate=certificate, overdue_after=TODAY - 2 * DAY, not_on_paper_at=timezone.now()
    )
    return certificate


def suspended():
    certificate = a_certificate()
    decisions.suspend(certificate, DECIDER, ruling(TODAY - 3 * DAY))
    return certificate


def expired():
    return a_certificate(certified_on=datetime.date(2023, 4, 1))


def revoked():
    certificate = a_certificate()
    decisions.revoke(certificate, DECIDER, ruling(TODAY - 4 * DAY))
    return certificate


def returned():
    certificate = a_certificate()
    decisions.take_back(certificate, DECIDER, "閉店のため", TODAY - 5 * DAY)
    return certificate


# How it comes about; the sentence in both languages; the day that belongs to it.
ANSWERS = {
    "valid": (
        a_certificate,
        "この認定証は有効です",
        "This certificate is valid",
        ("認定日", "2026年4月1日(水)", "令和8年4月1日"),
    ),
    "report_overdue": (
        overdue,
        "この認定証は有効ですが、年間報告書が期限を過ぎています",
        "This certificate is valid, but a yearly report is overdue",
        ("期限超過の初日", "2026年11月9日(月)", "令和8年11月9日"),
    ),
    "suspended": (
        suspended,
        "この認定証は認定停止中です",
        "This certificate is suspended",
        ("停止日", "2026年11月7日(土)", "令和8年11月7日"),
    ),
    "expired": (
        expired,
        "この認定証は有効期間が満了しています",
        "This certificate has expired",
        ("満了日", "2026年3月31日(火)", "令和8年3月31日"),
    ),
    "revoked": (
        revoked,
        "この認定は取り消されています",
        "This certificate has been revoked",
        ("取消日", "2026年11月6日(金)", "令和8年11月6日"),
    ),
    "returned": (
        returned,
        "この認定証は返納されています",
        "This certificate has been returned",
        ("返納日", "2026年11月5日(木)", "令和8年11月5日"),
    ),
}
every_standing = pytest.mark.parametrize("standing", ANSWERS)


def check(number: str, language: str = "ja", status: int = 200) -> str:
    answer = Client(headers={"accept-language": language}).get(f"/verify/{number}/")
    assert answer.status_code == status
    return plain(answer.content.decode())


def plain(page: str) -> str:
    """Without the places where a line may break, and with single spaces."""
    return " ".join(page.replace("<wbr>", "").replace("\u200b", "").split())


@every_standing
def test_the_answer_in_japanese(standing):
    make, japanese, _english, (label, day, era) = ANSWERS[standing]
    certificate = make()
    page = check(certificate.number)
    assert f'<h1 class="answer__title">{japanese}</h1>' in page
    assert f'class="answer answer--{standing}"' in page
    assert '<html lang="ja"' in page
    for text in ("見本商店", "Sample Shop", certificate.number, "企業・店舗", label, day, era):
        assert text in page, text
    # When it was answered, and what it does not say.
    assert "2026年11月10日(火)</span> 12:04現在" in page
    assert "商品やサービスの品質を保証するものではありません" in page
    # Nothing of any other answer, but in the list of words.
    for other, (_make, sentence, *_rest) in ANSWERS.items():
        assert other == standing or f">{sentence}</h1>" not in page


@every_standing
def test_the_answer_in_english(standing):
    make, _japanese, english, (_label, _day, era) = ANSWERS[standing]
    page = check(make().number, "en")
    assert f'<h1 class="answer__title">{english}</h1>' in page
    assert '<html lang="en"' in page
    assert f'<span class="register-facts__era" lang="ja">{era}</span>' in page
    assert "on 10 November 2026 (Tue) at 12:04 (Japan time)" in page
    assert "It does not vouch for the quality of goods or services." in page
    assert 'lang="ja" dir="auto">見本商店</span>' in page


@every_standing
def test_every_word_is_explained(standing):
    page = check(ANSWERS[standing][0]().number, "en")
    for word in ("Valid", "Valid, report overdue", "Suspended", "Expired", "Revoked", "Returned"):
        assert f"{word}</span> </dt>" in page


def test_the_day_it_ends_and_the_day_after():
    certificate = a_certificate(valid_until=datetime.date(2028, 2, 29))
    with freeze_time("2028-02-29 14:59"):
        assert "この認定証は有効です" in check(certificate.number)
    with freeze_time("2028-02-29 15:00"):  # midnight in Tokyo
        page = check(certificate.number)
    assert "この認定証は有効期間が満了しています" in page
    assert "2028年2月29日(火)" in page


def test_a_renewal_that_waits_for_its_decision_is_told():
    certificate = expired()
    ApplicationFactory(
        purpose="renewal",
        renews=certificate,
        state="screening",
        submitted_at=timezone.make_aware(datetime.datetime(2026, 3, 1)),
    )
    page = check(certificate.number)
    assert "この認定証は有効です" in page
    assert "期間内に更新の申請があり" in page
    for make in (a_certificate, expired, revoked):
        assert "期間内に更新の申請があり" not in check(make().number)


def test_a_group():
    assert "市民活動団体" in check(a_certificate(kind="group").number)


# Unknown numbers


@pytest.mark.parametrize(
    "number",
    [
        "KSC-2026-999",
        "KSC-1999-001",
        "ABC-2026-001",
        "KSC",
        "路",
        "مخبز",
        "%00",
        "KSC%00-2025-001",
        "K" * 500,
        "KSC-2026-" + "9" * 50,
        "%F0%A0%AE%B7",
        "KSC-2025-001 KSC-2025-002",
        "<b>x",
        "' OR 1=1 --",
        "%E2%80%AEKSC",
    ],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_unknown_number_is_no_error_and_tells_nothing(number, language):
    a_certificate(number="KSC-2025-001", fiscal_year=2025, serial=1)
    page = check(number, language, status=404)
    sentence = {
        "ja": "この番号の認定証はありません",
        "en": "There is no certificate with this number",
    }[language]
    assert f">{sentence}</h1>" in page
    assert "見本商店" not in page
    assert "<b>x" not in page
    assert "\x00" not in page
    assert len(page) < 30_000


def test_what_was_typed_is_kept_beside_the_reason():
    page = check("KSC-2026-999", status=404)
    assert 'value="KSC-2026-999"' in page
    assert 'aria-invalid="true"' in page
    assert "この番号は登録簿にありません。" in page
    assert f'value="{"見" * 60}…"' in check("見" * 500, status=404)


def test_all_unknown_numbers_look_alike():
    a_certificate(number="KSC-2025-001", fiscal_year=2025, serial=1)
    pages = {
        check(number, status=404).replace(number, "")
        for number in ("KSC-2025-002", "KSC-2025-100", "ZZZ-1000-999")
    }
    assert len(pages) == 1


# Ways to type a number


@pytest.mark.parametrize(
    "typed",
    [
        "ksc-2026-001",
        "KSC-2026-1",
        "ksc 2026 1",
        "KSC2026001",
        "ＫＳＣ－２０２６－００１",
        "ksc‐2026—001",
        "KSCー2026ー001",
        "  KSC-2026-001  ",
        "KSC-2026-0001",
        "認定番号：KSC-2026-001",
        "KSC\u30002026\u3000001",
        "https://sdgs.example.jp/verify/KSC-2026-001/?lang=en",
    ],
)
def test_however_it_is_typed_it_is_found(typed):
    assert number_meant(typed) == "KSC-2026-001"
    answer = Client().get("/verify/", {"number": typed})
    assert (answer.status_code, answer.url) == (302, "/verify/KSC-2026-001/")


@pytest.mark.parametrize(
    "typed", ["", "KSC", "2026-001", "KSC-26-1", "KSC-2026-", "KSC-2026-000", "KSCX" * 99, "\x00"]
)
def test_what_is_no_number(typed):
    assert number_meant(typed) is None


def test_the_address_itself_is_forgiving_and_keeps_the_language():
    answer = Client().get("/verify/ksc%202026%201/?lang=en")
    assert (answer.status_code, answer.url) == (302, "/verify/KSC-2026-001/?lang=en")


def test_more_than_999():
    certificate = a_certificate(number="KSC-2026-1000", fiscal_year=2026, serial=1000)
    assert "この認定証は有効です" in check(certificate.number)
    assert number_meant("ksc 2026 1000") == "KSC-2026-1000"


def test_the_form():
    answer = Client(headers={"accept-language": "ja"}).get("/verify/")
    page = plain(answer.content.decode())
    assert answer.status_code == 200
    assert ">認定証の確認</h1>" in page
    assert 'aria-invalid="true"' not in page
    empty = Client().get("/verify/", {"number": "  "})
    assert empty.status_code == 200


def test_a_wrong_number_from_the_form():
    answer = Client().get("/verify/", {"number": "xyz"})
    assert answer.status_code == 404
    assert b'value="xyz"' in answer.content


# The house around it


def test_the_language_can_be_changed():
    certificate = a_certificate()
    page = check(certificate.number)
    assert f'href="/verify/{certificate.number}/?lang=en"' in page
    english = Client(headers={"accept-language": "ja"}).get(
        f"/verify/{certificate.number}/?lang=en"
    )
    assert b"This certificate is valid" in english.content
    assert b'name="lang" value="en"' in english.content, "the form keeps it"
    assert english.headers["Content-Language"] == "en"


def test_the_language_can_be_changed_where_nothing_was_found():
    page = check("KSC-2026-999", status=404)
    assert 'href="/verify/?number=KSC-2026-999&amp;lang=en"' in page


def test_menu_foot_and_division_are_those_of_the_site():
    default_division()
    page = check(a_certificate().number)
    assert 'class="site-header"' in page
    assert 'class="site-footer"' in page
    assert 'id="contact"' in page


@pytest.mark.parametrize(
    "address",
    [
        "/verify/KSC-2025-001/",
        "/verify/KSC-2026-999/",
        "/verify/?number=KSC-2025-001",
        "/verify/?number=xyz",
    ],
)
def test_nobody_keeps_an_answer(address):
    a_certificate(number="KSC-2025-001", fiscal_year=2025, serial=1)
    answer = Client().get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    if answer.status_code != 302:
        assert "Accept-Language" in answer.headers["Vary"]
        assert b'<meta name="robots" content="noindex">' in answer.content


def test_only_reading():
    assert Client().post(f"/verify/{a_certificate().number}/").status_code == 405
    assert Client().head(f"/verify/{a_certificate().number}/").status_code == 200


def test_a_public_profile_is_led_to_and_no_other(world):
    certificate = a_certificate()
    index = fresh(world.site.certified)
    page = CertifiedOrgPageFactory(
        parent=index, certificate=certificate, slug="sample-shop", live=False, why="見本の理由"
    )
    assert "sample-shop" not in check(certificate.number)
    publish(page)
    assert 'href="/ja/certified/sample-shop/"' in check(certificate.number)
    assert 'href="/en/certified/sample-shop/"' in check(certificate.number, "en")
    translate(fresh(page))
    assert 'href="/en/certified/sample-shop/"' in check(certificate.number, "en")
    fresh(page).unpublish()
    assert "sample-shop" not in check(certificate.number)


def test_nothing_private_is_told():
    certificate = a_certificate()
    decisions.suspend(certificate, DECIDER, ruling(reason="秘密の理由"))
    page = check(certificate.number)
    for secret in ("見本 代表", "見本 担当", "042-000-0009", "holder@example.jp", "秘密の理由"):
        assert secret not in page


@every_standing
def test_few_queries(world, standing):
    default_division()
    certificate = ANSWERS[standing][0]()
    index = fresh(world.site.certified)
    page = CertifiedOrgPageFactory(parent=index, certificate=certificate, why="見本の理由")
    publish(page)
    assert_few(f"/verify/{certificate.number}/?lang=en")


def test_few_queries_for_an_unknown_number():
    default_division()
    assert_few("/verify/KSC-2026-999/", status=404)


def test_valid_html(html_checker):
    pages = {
        f"{language} {standing}": Client(headers={"accept-language": language})
        .get(f"/verify/{make().number}/")
        .content.decode()
        for standing, (make, *_rest) in ANSWERS.items()
        for language in ("ja", "en")
    }
    pages["unknown"] = Client().get("/verify/KSC-2026-999/").content.decode()
    pages["form"] = Client().get("/verify/").content.decode()
    assert html_checker(pages) == []
