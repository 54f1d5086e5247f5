"""What waits on the desk of each role: counted, and the list that a line leads to has the same
rows."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

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
from certified_orgs.panels import DeskPanel, piles_of
from home.factories import SmallSite
from tests.certified_orgs.desk import account, desk_of, lines_of, page, score, settings
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def office():
    SmallSite()
    employ()
    SchemeYearFactory()


@pytest.fixture
def everything(office):
    """Of all that can wait one or more, of both kinds, and beside it what does not."""
    _applications()
    _in_rounds()
    _reports_and_changes()
    _certificates_and_measures()


def _applications():
    for kind in ("company", "company", "group"):
        ApplicationFactory(state="submitted", kind=kind)
    ApplicationFactory(state="submitted", consents_to_window=False)
    ApplicationFactory(state="received", checked_at=timezone.now())
    ApplicationFactory(state="received")
    ApplicationFactory(state="received", kind="group")
    ApplicationFactory(state="incomplete")
    ApplicationFactory()
    for who in ("mirai", "shokokai", "shokokai"):
        ApplicationFactory(route="paper", entered_by=account(who))


def _in_rounds():
    """One round to decide, in which department has scored one of two; one that only waits for
    an answer; and one that was decided without an application."""
    CriterionFactory()
    ready, waits, decided = (RoundFactory(name=name) for name in ("一", "二", "三"))
    for selection in (ready, waits):
        selection.reviewers.set([account("department"), account("mirai")])
    scored, _other = (ApplicationFactory(state="screening", round=ready) for _both in range(2))
    score(scored, "department", 3)
    score(scored, "mirai", 3)
    ApplicationFactory(state="questioned", round=waits)
    ApplicationFactory(state="screening", round=decided)
    ApplicationFactory(state="waiting", round=decided, waiting_rank=1)
    decided.decided_at = timezone.now()
    decided.save()
    # From when the settings had no rounds.
    ApplicationFactory(state="screening", kind="group")


def _reports_and_changes():
    late = {"due_on": YESTERDAY, "overdue_after": YESTERDAY}
    YearlyReportFactory(state="submitted")
    missing = YearlyReportFactory(**late)
    YearlyReportFactory(**late, certificate=CertificateFactory(kind="group"))
    YearlyReportFactory(**late, certificate=CertificateFactory(state="expired"))
    YearlyReportFactory(**late, not_on_paper_at=timezone.now())
    YearlyReportFactory(due_on=YESTERDAY, overdue_after=TODAY)
    letter = {"channel": "letter", "on": YESTERDAY}
    Reminder.objects.create(report=missing, days=0, **letter)
    Reminder.objects.create(report=missing, days=7, **letter, printed_at=timezone.now())
    Reminder.objects.create(report=missing, days=9, channel="mail", on=YESTERDAY)
    ChangeRequestFactory()
    ChangeRequestFactory(state="sent_back")
    ChangeRequestFactory(certificate=CertificateFactory(kind="group"))


def _certificates_and_measures():
    CertificateFactory(to_print_since=timezone.now())
    CertificateFactory(to_print_since=timezone.now(), state="suspended")
    ProposalFactory()
    ProposalFactory(state="heard")
    ProposalFactory(state="notified", statement_due_on=YESTERDAY)
    ProposalFactory(state="notified", statement_due_on=TODAY)
    ProposalFactory(state="notified", statement_due_on=TOMORROW)
    for state, report in (("suspended", "accepted"), ("suspended", "due"), ("valid", "accepted")):
        rested = YearlyReportFactory(certificate=CertificateFactory(state=state), state=report)
        ProposalFactory(state="confirmed", certificate=rested.certificate, report=rested)


# A row for each line, in their order: mirai, shokokai, katsudo, department.
LINES = {
    "新しい申請": (4, 2, 1, 0),
    "受付済み・形式審査がまだ": (2, 1, 1, 0),
    "質問・補正の回答待ち": (2, 2, 0, 0),
    "代行入力の下書き": (1, 2, 0, 0),
    "受付済み・審査に入る前": (3, 0, 0, 0),
    "一件ずつ決定するもの": (2, 0, 0, 0),
    "補欠": (1, 0, 0, 0),
    "採点するもの": (2, 0, 0, 2),
    "決定を待つ選考の回": (1, 0, 0, 0),
    "印刷する認定証": (1, 0, 0, 0),
    "停止を解除できる認定証（報告書を受理済み）": (1, 0, 0, 0),
    "読む年間報告書": (1, 1, 0, 0),
    "紙で届いていないか確かめる報告書": (2, 1, 1, 0),
    "確かめる届出": (2, 1, 1, 0),
    "印刷する手紙": (1, 1, 0, 0),
    "通知する停止・取消": (1, 0, 0, 0),
    "決定する停止・取消": (2, 0, 0, 0),
}
PEOPLE = ("mirai", "shokokai", "katsudo", "department")


@pytest.mark.parametrize("who", PEOPLE)
def test_each_line_counts_what_its_list_shows(everything, who):
    expected = {label: counts[PEOPLE.index(who)] for label, counts in LINES.items()}
    lines = lines_of(who)
    assert {line["label"]: line["count"] for line in lines} == {
        label: count for label, count in expected.items() if count
    }
    assert [line["label"] for line in lines] == [label for label in LINES if expected[label]]
    client = client_of(who)
    for line in lines:
        shown = client.get(line["url"])
        assert shown.status_code == 200, line["url"]
        assert len(shown.context["object_list"]) == line["count"], line["url"]


def test_the_table_above_has_every_line(everything):
    labels = [line.label for pile in piles_of(account("mirai")) for line in pile.lines]
    assert labels == list(LINES)


@pytest.mark.parametrize("who", ["pr", "translator", "iinkai"])
def test_others_have_no_desk_here(everything, who):
    assert lines_of(who) == []


def test_the_desk_asks_once_for_each_list(everything):
    user = account("mirai")
    user.get_all_permissions()
    parent = {"request": SimpleNamespace(user=user)}
    with CaptureQueriesContext(connection) as asked:
        DeskPanel().get_context_data(parent)
    # And once whether the user is a reviewer.
    assert len(asked) == len(piles_of(user)) + 1 == 9


@pytest.mark.parametrize(
    "name", ["applications", "scoring", "rounds", "certificates", "reports", "changes", "proposals"]
)
def test_a_list_asks_no_more_for_more_rows(everything, name):
    client, address = client_of("mirai"), reverse(f"{name}:index")

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            rows = len(client.get(address).context["object_list"])
        return rows, len(queries)

    asked()
    before = asked()
    selection = RoundFactory(name="四")
    ApplicationFactory(state="screening", round=selection)
    YearlyReportFactory()
    ChangeRequestFactory()
    ProposalFactory()
    after = asked()
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_what_is_decided_one_by_one_follows_the_settings(office):
    scheme = SchemeYearFactory()
    ApplicationFactory(state="screening", scheme=scheme, round=RoundFactory(scheme=scheme))
    desk = desk_of("mirai")
    assert desk["決定を待つ選考の回"] == 1
    assert "一件ずつ決定するもの" not in desk
    settings(deciding="single")
    assert desk_of("mirai")["一件ずつ決定するもの"] == 1


def test_the_desk_of_a_reviewer_is_empty_when_all_is_scored(office):
    selection = RoundFactory()
    selection.reviewers.add(account("department"))
    application = ApplicationFactory(state="screening", round=selection, scheme=selection.scheme)
    CriterionFactory(scheme=selection.scheme)
    assert desk_of("department") == {"採点するもの": 1}
    score(application, "department", 3)
    assert desk_of("department") == {}
    assert "いまはありません" in page("department", "wagtailadmin_home").content.decode()


def test_what_has_ended_is_not_waited_for(everything):
    Certificate.objects.update(state="revoked", place=None, ended_on=TODAY)
    labels = desk_of("mirai").keys()
    assert not labels & {"印刷する認定証", "紙で届いていないか確かめる報告書"}
