"""Eight roles, and every view and action of certification in the admin: who may, as a table.

The cases are a company's; for a group the two windows change places. Whoever may not, gets
nothing by GET and nothing by POST: not found, or sent away.
"""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from certified_orgs import attachments
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    ChangeRequestFactory,
    CriterionFactory,
    DistrictFactory,
    ProposalFactory,
    RoundFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Decision, DisposalDecision, Reminder
from home.factories import SmallSite
from tests.staff import client_of, employ

from .files import picture

pytestmark = pytest.mark.django_db

ROLES = ("admin", "mirai", "shokokai", "katsudo", "department", "pr", "translator", "iinkai")
WINDOWS = {"company": "shokokai", "group": "katsudo"}
KINDS = tuple(WINDOWS)
TODAY = timezone.localdate()

# In the order of ROLES. "department" is appointed to score the round of the application.
#                        admin, mirai, own window, other window, reviewer, pr, translator, iinkai
OFFICE_LIST = "1111...."  # each window: a list of its own kind
OFFICE = "111....."
ENTERED = "..1....."  # a draft from paper is whose who writes it
DECIDER = "11......"
ADMINISTRATOR = "1......."
REVIEWER = "11..1..."
APPOINTED = "....1..."
MATRIX = {
    "applications:index": OFFICE_LIST,
    "applications:index_results": OFFICE_LIST,
    "applications:add": OFFICE_LIST,
    "applications:file": OFFICE,
    "applications:entry": ENTERED,
    "applications:discard": ENTERED,
    "applications:check": OFFICE,
    "applications:comment": OFFICE,
    "applications:complete": OFFICE,
    "applications:ask_to_complete": OFFICE,
    "applications:receive": OFFICE,
    "applications:screen": DECIDER,
    "applications:ask": OFFICE,
    "applications:answer": OFFICE,
    "applications:certify": DECIDER,
    "applications:put_on_waiting_list": DECIDER,
    "applications:decline": DECIDER,
    "applications:withdraw": OFFICE,
    "applications:receipt": OFFICE,
    "applications:link": OFFICE,
    "applications:notice": DECIDER,
    "scoring:index": REVIEWER,
    "scoring:index_results": REVIEWER,
    "scoring:file": APPOINTED,
    "rounds:index": DECIDER,
    "rounds:index_results": DECIDER,
    "rounds:add": DECIDER,
    "rounds:file": DECIDER,
    "rounds:edit": DECIDER,
    "rounds:take": DECIDER,
    "rounds:decide": DECIDER,
    "certificates:index": OFFICE_LIST,
    "certificates:index_results": OFFICE_LIST,
    "certificates:file": OFFICE,
    "certificates:link": OFFICE,
    "certificates:reinstate": DECIDER,
    "certificates:lifted": DECIDER,
    "certificates:propose": DECIDER,
    "certificates:enter_change": OFFICE,
    "certificate_print": DECIDER,
    "reports:index": OFFICE_LIST,
    "reports:index_results": OFFICE_LIST,
    "reports:file": OFFICE,
    "reports:accept": OFFICE,
    "reports:send_back": OFFICE,
    "reports:not_on_paper": OFFICE,
    "reports:link": OFFICE,
    "reports:enter": OFFICE,
    "changes:index": OFFICE_LIST,
    "changes:index_results": OFFICE_LIST,
    "changes:file": OFFICE,
    "changes:accept": DECIDER,
    "changes:send_back": OFFICE,
    "changes:withdraw": OFFICE,
    "letters:index": OFFICE_LIST,
    "letters:index_results": OFFICE_LIST,
    "letters:file": OFFICE,
    "proposals:index": DECIDER,
    "proposals:index_results": DECIDER,
    "proposals:file": DECIDER,
    "proposals:notify": DECIDER,
    "proposals:hear": DECIDER,
    "proposals:confirm": DECIDER,
    "proposals:drop": DECIDER,
    "proposals:hearing": DECIDER,
    "proposals:notice": DECIDER,
    "disposal:index": DECIDER,
    "disposal:index_results": DECIDER,
    "disposal:add": DECIDER,
    "disposal:file": DECIDER,
    "certified_attachment": OFFICE,
    "schemeyear:index": DECIDER,
    "schemeyear:index_results": DECIDER,
    "schemeyear:add": DECIDER,
    "schemeyear:edit": DECIDER,
    "schemeyear:history": DECIDER,
    "schemeyear:history_results": DECIDER,
    "schemeyear:usage": DECIDER,
    "schemeyear:delete": ADMINISTRATOR,
}
SETTINGS = ("wagtailsnippets_certified_orgs_criterion", "wagtailsnippets_certified_orgs_district")
SNIPPET_VIEWS = (
    "list",
    "list_results",
    "add",
    "edit",
    "delete",
    "history",
    "history_results",
    "usage",
)
MATRIX |= {f"{snippet}:{view}": DECIDER for snippet in SETTINGS for view in SNIPPET_VIEWS}

# For a group only the windows answer otherwise.
PEOPLE = [(role, "company") for role in ROLES]
PEOPLE += [(role, "group") for role in WINDOWS.values()]

NAMESPACES = {name.partition(":")[0] for name in MATRIX if ":" in name}


def _names(resolver, namespace: str = ""):
    """Every named address of the site: (name, names of its parameters)."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", tuple(pattern.pattern.converters)
        else:
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _names(pattern, namespace + inside)


def addresses() -> dict[str, tuple]:
    """The views of certification in the admin."""
    return {
        name: parameters
        for name, parameters in _names(get_resolver())
        if name.partition(":")[0] in NAMESPACES or name.startswith("certifi")
    }


def test_no_view_is_missing_in_the_table():
    assert set(addresses()) == set(MATRIX)


class Cases:
    """One case of each sort, of organisations of one kind."""

    def __init__(self, kind: str):
        scheme = SchemeYearFactory()
        reviewer = get_user_model().objects.get(username="department")
        self.round = RoundFactory(scheme=scheme)
        self.round.reviewers.add(reviewer)
        criterion = CriterionFactory(scheme=scheme)
        self.application = ApplicationFactory(
            kind=kind, state="screening", round=self.round, scheme=scheme
        )
        window = get_user_model().objects.get(username=WINDOWS[kind])
        draft = ApplicationFactory(kind=kind, scheme=scheme, route="paper", entered_by=window)
        certificate = CertificateFactory(kind=kind)
        report = YearlyReportFactory(certificate=certificate)
        proposal = ProposalFactory(certificate=certificate, state="notified", notified_on=TODAY)
        confirmed = ProposalFactory(certificate=certificate, measure="revoke", state="confirmed")
        self.decision = self._decision(self.application, "certify")
        self._decision(confirmed, "confirm")
        self._decision(certificate, "reinstate")
        reminder = Reminder.objects.create(report=report, days=7, channel="letter", on=TODAY)
        disposal = DisposalDecision.objects.create(approved_on=TODAY, document_number=f"8-{kind}")
        attachment = attachments.add(self.application, attachments.inspect(picture()))
        self.keys = {
            "applications": self.application.pk,
            "applications:entry": draft.pk,
            "applications:discard": draft.pk,
            "scoring": self.application.pk,
            "rounds": self.round.pk,
            "certificates": certificate.pk,
            "certificate_print": certificate.pk,
            "reports": report.pk,
            "changes": ChangeRequestFactory(certificate=certificate).pk,
            "letters": reminder.pk,
            "proposals": proposal.pk,
            "proposals:notice": confirmed.pk,
            "disposal": disposal.pk,
            "certified_attachment": attachment.pk,
            "schemeyear": scheme.pk,
            SETTINGS[0]: criterion.pk,
            SETTINGS[1]: DistrictFactory().pk,
        }

    @staticmethod
    def _decision(case, step: str) -> Decision:
        return Decision.objects.create(
            content_type=ContentType.objects.get_for_model(case),
            object_id=case.pk,
            step=step,
            reason="見本の理由",
            drafted_on=TODAY - datetime.timedelta(days=1),
            approved_on=TODAY,
            document_number="8清未第1号",
        )

    def address(self, name: str) -> str:
        values = {
            "pk": self.keys.get(name, self.keys.get(name.partition(":")[0])),
            "decision": self.decision.pk,
            "kind": "change",
        }
        return reverse(name, kwargs={each: values[each] for each in addresses()[name]})


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        SmallSite()
        employ()
        yield {kind: Cases(kind) for kind in KINDS}
        transaction.set_rollback(True)


def is_refused(answer) -> bool:
    """Not found, forbidden, or sent to the dashboard or the sign-in page."""
    if answer.status_code in (403, 404):
        return True
    return answer.status_code == 302 and (
        answer.url == reverse("wagtailadmin_home") or "/login/" in answer.url
    )


def may(name: str, role: str, kind: str) -> bool:
    """What the table says; for a group the windows change places."""
    column = ROLES.index(role)
    if kind == "group" and column in (2, 3):
        column = 5 - column
    return MATRIX[name][column] == "1"


def everything() -> list[tuple[str, int]]:
    """How many rows each table of certification has, and what states they are in."""
    with connection.cursor() as cursor:
        tables = [t for t in connection.introspection.table_names() if t.startswith("certified_")]
        found = []
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608  a table's name
            found.append((table, cursor.fetchall()))
    return found


@pytest.mark.parametrize(("role", "kind"), PEOPLE)
def test_who_may_open_what(cases, role, kind):
    client = client_of(role)
    wrong = {}
    for name in MATRIX:
        answer = client.get(cases[kind].address(name))
        if is_refused(answer) == may(name, role, kind):
            wrong[name] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize(("role", "kind"), PEOPLE)
def test_who_may_not_changes_nothing(cases, role, kind):
    client = client_of(role)
    before = everything()
    form = {"reason": "見本", "text": "見本", "note": "見本", "document_number": "1"}
    form |= {"drafted_on": TODAY.isoformat(), "approved_on": TODAY.isoformat()}
    accepted = [
        name
        for name in MATRIX
        if not may(name, role, kind)
        and not is_refused(client.post(cases[kind].address(name), form))
    ]
    assert accepted == []
    assert everything() == before


def test_who_is_not_signed_in_is_asked_to(cases, client):
    for kind in KINDS:
        for name in MATRIX:
            assert is_refused(client.get(cases[kind].address(name))), name
