"""Certificates from inside, and what waits on the desk of each role."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certified_orgs import changes, decisions, moves
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    ChangeRequestFactory,
    CriterionFactory,
    ProposalFactory,
    RoundFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Certificate, Reminder
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from tests.certified_orgs.desk import (
    account,
    is_refused,
    names_in,
    page,
    paper,
    press,
    score,
    settings,
    text,
)
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world):
    employ()
    Certificate.objects.update(name="見本の他", search_key="見本の他")


@pytest.fixture
def shop(office):
    return CertificateFactory(name="見本の店")


def test_each_window_lists_its_own_kind(shop):
    group = CertificateFactory(name="見本の会", kind="group")
    assert "見本の会" not in names_in(page("shokokai", "certificates:index"))
    assert names_in(page("katsudo", "certificates:index")) == {"見本の会"}
    assert {"見本の店", "見本の会"} <= names_in(page("mirai", "certificates:index"))
    assert page("katsudo", "certificates:file", shop.pk).status_code == 404
    assert page("shokokai", "certificates:file", group.pk).status_code == 404
    assert "見本の店" not in text(page("katsudo", "certificates:index", export="csv"))


def test_a_certificate_is_found_by_number_and_name(shop):
    for query in (shop.number, "見本の店", shop.number.lower()):
        assert "見本の店" in names_in(page("shokokai", "certificates:index", q=query)), query
    assert names_in(page("shokokai", "certificates:index", q="ない")) == set()


def test_the_list_is_narrowed_by_state(shop):
    CertificateFactory(name="見本の終", state="expired")
    assert names_in(page("mirai", "certificates:index", state="expired")) == {"見本の終"}


@pytest.mark.parametrize("who", ["pr", "department", "translator", "iinkai"])
def test_others_see_no_certificate_here(shop, who):
    assert is_refused(page(who, "certificates:index"))
    assert is_refused(page(who, "certificates:file", shop.pk))
    assert is_refused(press(who, "certificates:reinstate", shop.pk, **paper()))


def test_the_file_has_contact_and_terms(shop):
    shown = text(page("shokokai", "certificates:file", shop.pk))
    assert "holder@example.jp" in shown
    assert shop.valid_until.isoformat() in shown


def test_the_timeline_begins_with_the_application(office):
    application = ApplicationFactory(state="submitted")
    decider = Actor(Who.DECIDER, account("mirai"))
    moves.make(application, "receive", decider)
    moves.make(application, "screen", decider)
    day = application.submitted_at.date()
    ruling = decisions.Ruling("見本の理由", day, day, "見本第1号")
    certificate = decisions.certify(application, decider, ruling)
    decisions.suspend(certificate, decider, ruling)
    told = page("mirai", "certificates:file", certificate.pk).context["timeline"]
    assert [happening.subject for happening in told] == [application] * 3 + [certificate]
    # What the applicant did not agree to show, the window does not read here either.
    application.consents_to_window = False
    application.save()
    told = page("shokokai", "certificates:file", certificate.pk).context["timeline"]
    assert [happening.subject for happening in told] == [certificate]


def test_a_suspension_is_lifted_by_a_decision(office):
    suspended = CertificateFactory(state="suspended")
    assert "certificates:reinstate" not in text(page("mirai", "certificates:file", suspended.pk))
    assert reverse("certificates:reinstate", args=[suspended.pk]) in text(
        page("mirai", "certificates:file", suspended.pk)
    )
    assert is_refused(press("shokokai", "certificates:reinstate", suspended.pk, **paper()))
    press("mirai", "certificates:reinstate", suspended.pk, **paper())
    suspended.refresh_from_db()
    assert suspended.state == "valid"
    assert suspended.decisions.get().document_number == "見本第1号"
    again = press("mirai", "certificates:reinstate", suspended.pk, **paper(reason="残る理由"))
    assert "残る理由" in text(again)


# Printing, and the profile


def certified(application) -> Certificate:
    decider = Actor(Who.DECIDER, account("mirai"))
    day = timezone.localdate()
    return decisions.certify(
        application, decider, decisions.Ruling("見本の理由", day, day, "見本第1号")
    )


def waiting_to_be_printed() -> set[str]:
    return names_in(page("mirai", "certificates:index", printing="waits"))


def test_a_certificate_waits_to_be_printed_until_it_is(office):
    certificate = certified(ApplicationFactory(state="screening", name="見本の新しい店"))
    assert waiting_to_be_printed() == {"見本の新しい店"}
    assert desk_of("mirai")["印刷する認定証"] == 1
    address = reverse("certificate_print", args=[certificate.pk])
    assert address in text(page("mirai", "certificates:file", certificate.pk))
    assert address not in text(page("shokokai", "certificates:file", certificate.pk))
    client_of("mirai").post(address, {"occasion": "first"})
    assert waiting_to_be_printed() == set()
    assert "印刷する認定証" not in desk_of("mirai")
    assert address in text(page("mirai", "certificates:file", certificate.pk)), "for a reissue"


def test_a_renewal_and_a_new_name_are_printed_again(office):
    renewed = certified(ApplicationFactory(state="screening", name="見本の店一"))
    renamed = certified(ApplicationFactory(state="screening", name="見本の店二"))
    Certificate.objects.update(to_print_since=None)
    renewal = {"purpose": "renewal", "renews": renewed}
    certified(ApplicationFactory(state="screening", name="見本の店一", **renewal))
    told = changes.submit(renamed, "change", values={"name": "見本の店三"})
    changes.accept(told, Actor(Who.DECIDER, account("mirai")))
    assert waiting_to_be_printed() == {"見本の店一", "見本の店三"}


def test_what_may_not_be_shown_is_not_printed(office):
    suspended = CertificateFactory(state="suspended", to_print_since=timezone.now())
    assert waiting_to_be_printed() == set()
    address = reverse("certificate_print", args=[suspended.pk])
    assert address not in text(page("mirai", "certificates:file", suspended.pk))


def test_the_draft_of_the_profile_is_found_from_the_certificate(office):
    certificate = certified(ApplicationFactory(state="screening", name="見本の新しい店"))
    address = reverse("wagtailadmin_pages:edit", args=[certificate.pages.get().pk])
    assert address in text(page("mirai", "certificates:file", certificate.pk))
    shown = text(page("shokokai", "certificates:file", certificate.pk))
    assert address not in shown, "the window does not edit pages"
    assert "名簿の紹介ページ" in shown


# The desk


def lines_of(who) -> list[dict]:
    answer = client_of(who).get(reverse("wagtailadmin_home"))
    for panel in answer.context["panels"]:
        if panel.name == "certification_desk":
            return panel.get_context_data({"request": answer.wsgi_request})["lines"]
    return []


def desk_of(who) -> dict[str, int]:
    return {line["label"]: line["count"] for line in lines_of(who)}


def test_the_desk_of_a_window_has_its_own_kind(office):
    ApplicationFactory(state="submitted")
    ApplicationFactory(state="submitted", kind="group")
    ApplicationFactory(state="incomplete")
    ApplicationFactory(state="submitted", consents_to_window=False)
    assert desk_of("shokokai") == {"新しい申請": 1, "質問・補正の回答待ち": 1}
    assert desk_of("katsudo") == {"新しい申請": 1}
    assert desk_of("mirai")["新しい申請"] == 3


def test_the_desk_of_who_decides(office):
    scheme = SchemeYearFactory()
    ApplicationFactory(state="received", scheme=scheme)
    ApplicationFactory(state="screening", scheme=scheme, round=RoundFactory(scheme=scheme))
    desk = desk_of("mirai")
    assert desk["受付済み・審査に入る前"] == 1
    assert desk["決定を待つ選考の回"] == 1
    assert "一件ずつ決定するもの" not in desk
    settings(deciding="single")
    assert desk_of("mirai")["一件ずつ決定するもの"] == 1


@pytest.fixture
def life(office):
    """One of everything that waits in the life of a company's certificate."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    YearlyReportFactory(state="submitted")
    late = YearlyReportFactory(due_on=yesterday, overdue_after=yesterday)
    Reminder.objects.create(report=late, days=0, channel="letter", on=yesterday)
    ChangeRequestFactory()
    ProposalFactory()
    ProposalFactory(state="heard")
    CertificateFactory(to_print_since=timezone.now())


OF_BOTH = {
    "/admin/certification/reports/?state=submitted",
    "/admin/certification/reports/?lateness=to_look_for",
    "/admin/certification/changes/?state=submitted",
    "/admin/certification/letters/",
}
OF_WHO_DECIDES = {
    "/admin/certification/certificates/?printing=waits",
    "/admin/certification/proposals/?state=proposed",
    "/admin/certification/proposals/?state=notified&state=heard",
}


@pytest.mark.parametrize(
    ("who", "waits"),
    [("mirai", OF_BOTH | OF_WHO_DECIDES), ("shokokai", OF_BOTH), ("katsudo", set()), ("pr", set())],
)
def test_what_waits_in_the_life_of_certificates_is_counted_and_the_way_leads_there(
    life, who, waits
):
    lines = lines_of(who)
    assert {line["url"]: line["count"] for line in lines} == dict.fromkeys(waits, 1)
    for line in lines:
        shown = client_of(who).get(line["url"])
        assert len(shown.context["object_list"]) == 1, line["url"]


def test_the_desk_asks_no_more_for_more_cases(life):
    with CaptureQueriesContext(connection) as asked:
        lines_of("mirai")
    for _more in range(3):
        YearlyReportFactory(state="submitted")
        ChangeRequestFactory()
        ProposalFactory()
    with CaptureQueriesContext(connection) as asked_again:
        lines_of("mirai")
    assert len(asked_again) <= len(asked)


def test_the_desk_has_what_waits_in_the_life_of_certificates(office):
    today = timezone.localdate()
    shop = CertificateFactory()
    long_ago = {
        "due_on": today - datetime.timedelta(40),
        "overdue_after": today - datetime.timedelta(10),
    }
    YearlyReportFactory(certificate=shop, fiscal_year=2020, **long_ago)
    YearlyReportFactory(certificate=CertificateFactory(state="expired"), **long_ago)
    YearlyReportFactory(certificate=shop, fiscal_year=2021, state="submitted")
    ChangeRequestFactory(certificate=shop, values={"representative": "見本 新"})
    reminded = YearlyReportFactory(certificate=shop, fiscal_year=2022)
    Reminder.objects.create(report=reminded, days=30, channel="letter", on=today)
    ChangeRequestFactory(certificate=CertificateFactory(kind="group"))
    assert desk_of("shokokai") == {
        "読む年間報告書": 1,
        "紙で届いていないか確かめる報告書": 1,
        "確かめる届出": 1,
        "印刷する手紙": 1,
    }
    assert desk_of("mirai")["確かめる届出"] == 2


def test_measures_wait_for_who_decides_alone(office):
    today = timezone.localdate()
    ProposalFactory()
    ProposalFactory(state="notified", statement_due_on=today)
    for state, due in (("notified", today - datetime.timedelta(1)), ("heard", today)):
        ProposalFactory(state=state, statement_due_on=due)
    desk = desk_of("mirai")
    assert (desk["通知する停止・取消"], desk["決定する停止・取消"]) == (1, 2)
    assert desk_of("shokokai") == {}


def test_the_desk_of_a_reviewer_is_empty_when_all_is_scored(office):
    selection = RoundFactory()
    selection.reviewers.add(account("department"))
    application = ApplicationFactory(state="screening", round=selection, scheme=selection.scheme)
    CriterionFactory(scheme=selection.scheme)
    assert desk_of("department") == {"採点するもの": 1}
    score(application, "department", 3)
    assert desk_of("department") == {}
    assert desk_of("translator") == {}
