"""Letters to print: reminders for holders without a mail address, in the admin."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certified_orgs import moves
from certified_orgs.factories import CertificateFactory, SchemeYearFactory, YearlyReportFactory
from certified_orgs.models import Certificate, Reminder
from certified_orgs.states import Who
from certified_orgs.viewsets.letters import PrintView
from home.factories import SmallSite
from tests.staff import employ

from .desk import page, press, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    SmallSite()
    SchemeYearFactory()
    employ()


@pytest.fixture
def holder() -> Certificate:
    certificate = CertificateFactory(name="見本の店")
    certificate.contact.email = ""
    certificate.contact.save()
    return certificate


def reminder_of(report, **values) -> Reminder:
    today = timezone.localdate()
    return Reminder.objects.create(
        **{"report": report, "days": 7, "channel": "letter", "on": today, **values}
    )


@pytest.fixture
def reminder(holder) -> Reminder:
    return reminder_of(YearlyReportFactory(certificate=holder))


@pytest.fixture
def of_renewal(holder) -> Reminder:
    return reminder_of(None, days=None, term=holder.terms.get())


def waiting(who: str = "shokokai") -> set[int]:
    return {row.pk for row in page(who, "letters:index").context["object_list"]}


def test_each_window_prints_the_letters_of_its_own_kind(reminder):
    group = YearlyReportFactory(certificate=CertificateFactory(kind="group"))
    other = reminder_of(group)
    assert waiting("shokokai") == {reminder.pk}
    assert waiting("katsudo") == {other.pk}
    assert waiting("mirai") == {reminder.pk, other.pk}
    assert page("katsudo", "letters:file", reminder.pk).status_code == 404
    assert press("katsudo", "letters:file", reminder.pk).status_code == 404


def test_the_list_says_whom_and_about_what(reminder, of_renewal):
    shown = text(page("shokokai", "letters:index"))
    for words in (reminder.certificate.number, "見本の店", "企業・店舗", "更新"):
        assert words in shown
    assert f"{reminder.report.fiscal_year}" in shown
    export = text(page("shokokai", "letters:index", export="csv"))
    assert export.count("見本の店") == 2


def test_a_printed_letter_brings_a_link_that_works_and_leaves_the_list(reminder):
    assert "印刷すると" in text(page("shokokai", "letters:file", reminder.pk))
    sheet = press("shokokai", "letters:file", reminder.pk)
    assert sheet.status_code == 200
    assert "no-store" in sheet["Cache-Control"]
    printed = text(sheet)
    assert "見本の店" in printed
    assert "<svg" in printed, "the address as a code"
    path = re.search(r"/ja/certified/report/[\w-]+/", printed)[0]
    assert Client().get(path).status_code == 200
    assert waiting() == set()
    assert mail.outbox == []


def test_a_reminder_of_renewal_leads_to_the_forms_of_the_holder(of_renewal):
    printed = text(press("shokokai", "letters:file", of_renewal.pk))
    path = re.search(r"/ja/certified/change/[\w-]+/", printed)[0]
    assert Client().get(path).status_code == 200
    assert waiting() == set()


def test_a_letter_is_printed_once(reminder, monkeypatch):
    """Two people press at the same time: the second one's letter would end the first link."""
    set_up = PrintView.setup

    def and_somebody_is_faster(view, *args, **kwargs):
        set_up(view, *args, **kwargs)
        Reminder.objects.update(printed_at=timezone.now())

    monkeypatch.setattr(PrintView, "setup", and_somebody_is_faster)
    answer = press("shokokai", "letters:file", reminder.pk)
    assert "印刷済み" in text(answer)
    assert not reminder.report.links.exists()


def test_a_letter_that_was_printed_is_not_found_again(reminder):
    for status in (200, 404):
        assert press("shokokai", "letters:file", reminder.pk).status_code == status


@pytest.mark.parametrize("end", ["revoked", "returned", "expired"])
def test_to_whom_has_ended_nothing_is_printed(reminder, of_renewal, end):
    assert waiting() == {reminder.pk, of_renewal.pk}
    Certificate.objects.update(state=end, place=None, ended_on=timezone.localdate())
    assert waiting() == set()
    assert page("shokokai", "letters:file", reminder.pk).status_code == 404


def test_what_has_come_or_was_renewed_meanwhile_needs_no_letter(reminder, of_renewal):
    moves.make(reminder.report, "submit", moves.Actor(Who.WINDOW))
    assert waiting() == {of_renewal.pk}
    certificate = Certificate.objects.get(pk=of_renewal.term.certificate_id)
    certificate.valid_until = certificate.valid_until.replace(year=certificate.valid_until.year + 3)
    certificate.save()
    assert waiting() == set()


def test_others_print_no_letters(reminder):
    for who in ("pr", "department", "translator", "iinkai"):
        assert page(who, "letters:index").url == reverse("wagtailadmin_home")
        assert page(who, "letters:file", reminder.pk).status_code == 404
