"""The certificate on paper: originals come from 未来創造課 alone and are written down; whatever
else can be printed says that it is a copy."""

from __future__ import annotations

import datetime
import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from certified_orgs import decisions
from certified_orgs.factories import CertificateFactory, SchemeYearFactory, YearlyReportFactory
from certified_orgs.models import Certificate, Printing
from certified_orgs.timeline import timeline
from tests.staff import client_of, employ

from .papers import DECIDER, in_screening, ruling
from .test_verify import plain

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
OTHERS = ("shokokai", "katsudo", "pr", "department", "translator", "iinkai")


@pytest.fixture(autouse=True)
def _office(world):
    with freeze_time("2026-11-10 03:00"):
        scheme = SchemeYearFactory()
        scheme.adopted_on = datetime.date(2026, 4, 1)
        scheme.save()
        employ()
        yield


def a_certificate(**values):
    values.setdefault("name", "𠮷野見本店")
    values.setdefault("english_name", "Sample Yoshino")
    return CertificateFactory(certified_on=datetime.date(2026, 4, 1), **values)


def address(certificate) -> str:
    return f"/admin/certified/certificates/{certificate.pk}/print/"


def print_original(certificate, account="mirai", occasion="first"):
    return client_of(account).post(address(certificate), {"occasion": occasion})


def is_a_sheet(answer) -> bool:
    return b'class="sheet' in answer.content


# Who prints originals


@pytest.mark.parametrize("account", ["mirai", "admin"])
def test_the_deciding_division_prints_and_it_is_written_down(account):
    certificate = a_certificate()
    answer = print_original(certificate, account)
    assert answer.status_code == 200
    assert is_a_sheet(answer)
    printing = certificate.printings.get()
    assert (printing.occasion, printing.by.username) == ("first", account)
    assert printing.at == timezone.now()


@pytest.mark.parametrize("account", OTHERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_does(account, method):
    certificate = a_certificate()
    answer = getattr(client_of(account), method)(address(certificate), {"occasion": "first"})
    assert answer.status_code == 302
    assert not is_a_sheet(answer)
    assert not Printing.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nor_a_visitor(method):
    certificate = a_certificate()
    answer = getattr(Client(), method)(address(certificate), {"occasion": "first"})
    assert answer.status_code == 302
    assert "/admin/login/" in answer.url
    assert not Printing.objects.exists()


def test_looking_prints_nothing():
    certificate = a_certificate()
    answer = client_of("mirai").get(address(certificate))
    assert answer.status_code == 200
    assert not is_a_sheet(answer)
    assert not Printing.objects.exists()


def test_neither_the_choice_nor_the_original_is_kept():
    certificate = a_certificate()
    for answer in (client_of("mirai").get(address(certificate)), print_original(certificate)):
        assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


def test_what_was_printed_so_far_is_shown_and_the_next_one_is_a_reissue():
    certificate = a_certificate()
    print_original(certificate)
    page = client_of("mirai").get(address(certificate)).content.decode()
    assert "2026-11-10 12:00" in page
    assert re.search(r'value="reissue"[^>]*checked', page)
    print_original(certificate, occasion="reissue")
    assert [one.occasion for one in certificate.printings.all()] == ["first", "reissue"]


def test_the_file_leads_to_printing_only_who_decides():
    certificate = a_certificate()
    file = f"/admin/certification/certificates/{certificate.pk}/"
    assert address(certificate) in client_of("mirai").get(file).content.decode()
    assert address(certificate) not in client_of("shokokai").get(file).content.decode()
    Certificate.objects.filter(pk=certificate.pk).update(state="suspended")
    assert address(certificate) not in client_of("mirai").get(file).content.decode()


def waiting_in(answer) -> set[str]:
    return {row.number for row in answer.context["object_list"]}


def test_what_waits_to_be_printed_is_a_list_and_printing_takes_it_off():
    application = in_screening()
    certificate = decisions.certify(application, DECIDER, ruling())
    a_certificate()
    to_print = "/admin/certification/certificates/?printing=waits"
    file = f"/admin/certification/certificates/{certificate.pk}/"
    assert waiting_in(client_of("mirai").get(to_print)) == {certificate.number}
    assert "印刷待ちになった日" in client_of("mirai").get(file).content.decode()
    print_original(certificate)
    assert waiting_in(client_of("mirai").get(to_print)) == set()
    assert "印刷待ちになった日" not in client_of("mirai").get(file).content.decode()


def test_the_timeline_says_who_printed_what():
    certificate = a_certificate()
    print_original(certificate)
    print_original(certificate, occasion="reissue")
    told = timeline(certificate)
    assert [one.step for one in told] == ["原本の印刷：初回", "原本の印刷：再交付"]
    assert {one.by for one in told} == {str(told[0].by)} != {""}
    shown = client_of("mirai").get(f"/admin/certification/certificates/{certificate.pk}/")
    assert "原本の印刷：再交付" in shown.content.decode()


def test_without_an_occasion_nothing_is_printed():
    certificate = a_certificate()
    answer = client_of("mirai").post(address(certificate), {"occasion": "for fun"})
    assert not is_a_sheet(answer)
    assert not Printing.objects.exists()


@pytest.mark.parametrize("state", ["suspended", "expired", "revoked", "returned"])
def test_no_original_of_what_may_not_be_shown(state):
    certificate = a_certificate(state=state)
    page = client_of("mirai").get(address(certificate)).content.decode()
    assert "原本は印刷できません" in page
    assert 'name="occasion"' not in page
    answer = print_original(certificate)
    assert not is_a_sheet(answer)
    assert not Printing.objects.exists()


def test_no_original_after_the_last_day():
    certificate = a_certificate()
    with freeze_time("2029-03-31 15:00"):  # midnight in Tokyo
        assert not is_a_sheet(print_original(certificate))
    with freeze_time("2029-03-31 14:59"):
        assert is_a_sheet(print_original(certificate))


def test_a_certificate_that_does_not_exist():
    assert client_of("mirai").get("/admin/certified/certificates/99999/print/").status_code == 404


# What stands on it


def test_the_original():
    certificate = a_certificate()
    page = plain(print_original(certificate).content.decode())
    assert '<html lang="ja">' in page
    for text in (
        "清瀬市SDGs認定証",
        "𠮷野見本店",
        "様",
        "清瀬市長",
        certificate.number,
        "令和8年4月1日から令和11年3月31日まで",
        f"/verify/{certificate.number}/",
        "取り組む企業として",
        'role="img"',
    ):
        assert text in page, text
    assert "写し" not in page
    assert "sheet--copy" not in page
    assert "案（要綱制定前）" not in page
    assert "再交付" not in page
    # No picture but the mark; the seal is pressed onto the paper.
    assert re.findall(r'<img class="([^"]*)"', page) == page.count("<img") * ["sheet__mark"]
    assert page.count("<img") == 1


def test_an_officer_who_reads_english_prints_the_same():
    certificate = a_certificate()
    client = client_of("mirai")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = client.post(address(certificate), {"occasion": "first"}).content.decode()
    assert "令和8年4月1日" in page
    assert "Certified on" not in page


def test_a_group_is_called_a_group():
    page = plain(print_original(a_certificate(kind="group")).content.decode())
    assert "取り組む団体として" in page


def test_a_second_original_says_when():
    page = plain(print_original(a_certificate(), occasion="reissue").content.decode())
    assert "再交付日" in page
    assert "令和8年11月10日" in page


def test_the_first_year_of_an_era():
    certificate = CertificateFactory(
        certified_on=datetime.date(2019, 5, 1), valid_until=datetime.date(2028, 2, 29)
    )
    page = plain(print_original(certificate).content.decode())
    assert "令和元年5月1日から令和10年2月29日まで" in page


def test_a_renewed_one_shows_the_term_that_runs():
    certificate = a_certificate()
    renewal = in_screening(purpose="renewal", renews=certificate, name="𠮷野見本店")
    decisions.certify(renewal, DECIDER, ruling())
    page = plain(print_original(certificate).content.decode())
    assert "令和8年4月1日" in page
    assert "令和11年4月1日から令和14年3月31日まで" in page


def test_before_the_rules_are_adopted_the_sheet_says_so():
    scheme = SchemeYearFactory()
    scheme.adopted_on = None
    scheme.save()
    assert "案（要綱制定前）" in plain(print_original(a_certificate()).content.decode())


def test_names_in_the_settings_are_the_names_on_the_sheet():
    scheme = SchemeYearFactory()
    scheme.certificate_name, scheme.issuer = "見本市の認定証", "見本市長"
    scheme.save()
    page = plain(print_original(a_certificate()).content.decode())
    assert "見本市の認定証" in page
    assert "見本市長" in page
    assert "清瀬市長" not in page


# Copies


@pytest.mark.parametrize(("language", "word"), [("ja", "写し"), ("en", "Copy")])
@pytest.mark.parametrize("path", ["", "download/"])
def test_what_anybody_may_have_is_a_copy_and_says_so_twice(language, word, path):
    certificate = a_certificate()
    answer = Client().get(f"/{language}/certified/copy/{certificate.number}/{path}")
    page = plain(answer.content.decode())
    assert answer.status_code == 200
    assert f'<p class="sheet__copy">{word}</p>' in page
    assert f'<p class="sheet__across" aria-hidden="true">{word}</p>' in page
    assert "sheet--copy" in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not Printing.objects.exists()


@pytest.mark.parametrize(("language", "word"), [("ja", "写し"), ("en", "copy")])
def test_a_file_is_called_a_copy(language, word):
    number = a_certificate().number
    answer = Client().get(f"/{language}/certified/copy/{number}/download/")
    name = unquote(answer.headers["Content-Disposition"])
    assert name.startswith("attachment; filename")
    assert f"{number}-{word}.html" in name


def test_the_english_copy_has_its_days_in_both_counts():
    certificate = a_certificate()
    page = plain(Client().get(f"/en/certified/copy/{certificate.number}/").content.decode())
    for text in (
        "Kiyose City SDGs Certificate",
        "Mayor of Kiyose City",
        "Sample Yoshino",
        "𠮷野見本店",
        '1 April 2026 <span lang="ja">(令和8年4月1日)</span>',
        '31 March 2029 <span lang="ja">(令和11年3月31日)</span>',
    ):
        assert text in page, text


def test_the_file_needs_nothing_else():
    certificate = a_certificate()
    answer = Client().get(f"/ja/certified/copy/{certificate.number}/download/")
    page = answer.content.decode()
    assert f"{certificate.number}-" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "<link" not in page
    assert "<script" not in page
    assert re.findall(r'src="(data:image/[a-z+]+;base64,)', page)
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert "@page" in page


@pytest.mark.parametrize(
    ("state", "status"),
    [("suspended", 403), ("expired", 410), ("revoked", 410), ("returned", 410)],
)
@pytest.mark.parametrize("path", ["", "download/"])
def test_no_copy_of_what_may_not_be_shown(state, status, path):
    certificate = a_certificate(state=state)
    answer = Client().get(f"/ja/certified/copy/{certificate.number}/{path}")
    assert answer.status_code == status
    assert not is_a_sheet(answer)
    assert "Content-Disposition" not in answer.headers


def test_a_report_that_is_overdue_takes_nothing_away():
    certificate = a_certificate()
    YearlyReportFactory(
        certificate=certificate,
        overdue_after=timezone.localdate() - DAY,
        not_on_paper_at=timezone.now(),
    )
    assert is_a_sheet(Client().get(f"/ja/certified/copy/{certificate.number}/"))
    assert is_a_sheet(print_original(certificate))


@pytest.mark.parametrize("number", ["KSC-2026-999", "x", "路", "%00", "K" * 500])
def test_a_copy_of_nothing(number):
    assert Client().get(f"/ja/certified/copy/{number}/").status_code == 404


@pytest.mark.parametrize(
    "name", ["株式会社" + "見本" * 98, "مخبز العينة", "<script>alert(1)</script>", "髙﨑 & 見本"]
)
def test_every_name_fits_and_none_does_harm(name):
    certificate = a_certificate(name=name, english_name="")
    page = print_original(certificate).content.decode()
    assert "<script" not in page
    copy = Client().get(f"/en/certified/copy/{certificate.number}/").content.decode()
    assert "<script" not in copy


def test_nothing_private_stands_on_it():
    page = print_original(a_certificate()).content.decode()
    for secret in ("見本 代表", "見本 担当", "042-000-0009", "holder@example.jp"):
        assert secret not in page


def test_valid_html(html_checker):
    certificate = a_certificate()
    base = f"certified/copy/{certificate.number}/"
    pages = {
        "original": print_original(certificate).content.decode(),
        "copy": Client().get(f"/ja/{base}").content.decode(),
        "english copy": Client().get(f"/en/{base}").content.decode(),
        "file": Client().get(f"/ja/{base}download/").content.decode(),
    }
    # The checker does not know the unit ``cqi`` yet; elsewhere the style is a file of its own.
    pages["file"] = re.sub(r"<style>.*?</style>", "", pages["file"], flags=re.DOTALL)
    assert html_checker(pages) == []
