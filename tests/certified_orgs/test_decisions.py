"""What the city decides: the paper, the certificate, the record; all of it or nothing."""

from __future__ import annotations

import datetime

import pytest
from freezegun import freeze_time

from certified_orgs import decisions, moves
from certified_orgs.decisions import Outcome, RulingFaulty, TooEarly
from certified_orgs.factories import (
    CertificateFactory,
    ProposalFactory,
    RoundFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Certificate, Decision, HolderContact, Move, Term
from certified_orgs.moves import Actor, NoSuchMove, NotTheirs, ReasonMissing
from certified_orgs.places import NoPlaceLeft
from certified_orgs.states import Who

from .papers import DECIDER, in_screening, ruling

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _the_middle_of_a_year():
    with freeze_time("2026-11-10 03:00"):
        yield


def nothing_happened(subject, state: str) -> bool:
    subject.refresh_from_db()
    return subject.state == state and not (subject.moves.exists() or subject.decisions.exists())


# Certification


def test_a_certificate_is_made_of_its_application(django_user_model):
    SchemeYearFactory(validity_years=3)
    officer = django_user_model.objects.create(username="officer")
    application = in_screening(
        name="𠮷野見本店",
        reading="よしのみほんてん",
        website="https://example.jp/",
        received_on=DAY,
    )
    paper = ruling(DAY, reason=" 見本の理由 ", document_number=" 見本発第7号 ")
    certificate = decisions.certify(application, Actor(Who.DECIDER, officer), paper)

    certificate = Certificate.objects.get(pk=certificate.pk)
    assert (certificate.number, certificate.state) == ("KSC-2026-001", "valid")
    assert (certificate.name, certificate.reading) == ("𠮷野見本店", "よしのみほんてん")
    assert certificate.website == "https://example.jp/"
    assert (certificate.certified_on, certificate.valid_until) == (DAY, datetime.date(2029, 3, 31))
    assert certificate.application == application
    assert certificate.place.pool == "company"

    contact = certificate.contact
    assert (contact.representative, contact.email) == ("見本 代表", "shop@example.jp")
    assert [(term.starts_on, term.ends_on) for term in certificate.terms.all()] == [
        (DAY, datetime.date(2029, 3, 31))
    ]

    application.refresh_from_db()
    assert application.state == "certified"
    assert application.closed_at is not None
    decision = application.decisions.get()
    assert (decision.step, decision.reason, decision.document_number) == (
        "certify",
        "見本の理由",
        "見本発第7号",
    )
    assert (decision.drafted_on, decision.approved_on) == (DAY, DAY)
    assert decision.decided_by == officer
    assert application.moves.get().user == officer


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        ({"document_number": "  "}, RulingFaulty),
        ({"drafted_on": datetime.date(2026, 11, 11)}, RulingFaulty),
        ({"approved_on": datetime.date(2026, 11, 11)}, RulingFaulty),
        ({"reason": " \n "}, ReasonMissing),
    ],
    ids=["no number", "approved before it was drafted", "to come", "no reason"],
)
@pytest.mark.parametrize(
    "decide",
    [
        decisions.certify,
        decisions.decline,
        lambda one, actor, paper: decisions.put_on_waiting_list(one, actor, paper, 1),
    ],
    ids=["certify", "decline", "waiting list"],
)
def test_a_faulty_paper_decides_nothing(decide, faults, expected):
    application = in_screening()
    with pytest.raises(expected) as refusal:
        decide(application, DECIDER, ruling(**faults))
    assert str(refusal.value)
    assert nothing_happened(application, "screening")
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "decide",
    [
        decisions.certify,
        decisions.decline,
        lambda one, actor, paper: decisions.put_on_waiting_list(one, actor, paper, 1),
    ],
    ids=["certify", "decline", "waiting list"],
)
@pytest.mark.parametrize(
    "came",
    [
        {"received_on": datetime.date(2026, 4, 2)},
        {"submitted_at": datetime.datetime(2026, 4, 1, 15, tzinfo=datetime.UTC)},
    ],
    ids=["on paper", "online"],
)
def test_nothing_is_approved_before_it_came(decide, came):
    """Neither by a slip of the year, nor at midnight in Tokyo."""
    application = in_screening(**came)
    with pytest.raises(RulingFaulty) as refusal:
        decide(application, DECIDER, ruling(datetime.date(2026, 4, 1)))
    assert "2026-04-02" in str(refusal.value)
    assert nothing_happened(application, "screening")
    application.refresh_from_db()
    decide(application, DECIDER, ruling(datetime.date(2026, 4, 2)))


def test_a_renewal_does_not_wait_for_a_place():
    """It needs none; and as long as it waited, the certificate would stay in force."""
    renewal = in_screening(purpose="renewal", renews=CertificateFactory())
    with pytest.raises(RulingFaulty):
        decisions.put_on_waiting_list(renewal, DECIDER, ruling(), 1)
    assert nothing_happened(renewal, "screening")


def test_a_rank_is_given_once_where_there_are_no_rounds():
    first, second = in_screening(), in_screening()
    last_year = in_screening(scheme=SchemeYearFactory(fiscal_year=2025))
    for application in (first, last_year):
        decisions.put_on_waiting_list(application, DECIDER, ruling(), 1)
    with pytest.raises(RulingFaulty) as refusal:
        decisions.put_on_waiting_list(second, DECIDER, ruling(), 1)
    assert "1" in str(refusal.value)
    assert nothing_happened(second, "screening")
    decisions.certify(first, DECIDER, ruling())
    second.refresh_from_db()
    decisions.put_on_waiting_list(second, DECIDER, ruling(), 1)


def test_approved_today_in_tokyo_is_not_to_come():
    with freeze_time("2026-11-10 15:30"):  # half past midnight in Tokyo
        decisions.decline(in_screening(), DECIDER, ruling(datetime.date(2026, 11, 11)))


@pytest.mark.parametrize("who", [Who.WINDOW, Who.APPLICANT, Who.CLOCK])
def test_nobody_else_certifies(who):
    application = in_screening()
    with pytest.raises(NotTheirs):
        decisions.certify(application, Actor(who), ruling())
    assert nothing_happened(application, "screening")


def test_a_decision_taken_twice_is_taken_once():
    application = in_screening()
    decisions.certify(application, DECIDER, ruling())
    for decide in (decisions.certify, decisions.decline):
        with pytest.raises(NoSuchMove):
            decide(application, DECIDER, ruling())
    assert Certificate.objects.count() == Decision.objects.count() == Move.objects.count() == 1


def test_from_the_waiting_list_to_a_certificate():
    application = in_screening()
    decisions.put_on_waiting_list(application, DECIDER, ruling(), 2)
    application.refresh_from_db()
    assert (application.state, application.waiting_rank) == ("waiting", 2)
    decisions.certify(application, DECIDER, ruling())
    application.refresh_from_db()
    assert (application.state, application.waiting_rank) == ("certified", None)
    assert [one.step for one in application.decisions.all()] == ["put_on_waiting_list", "certify"]


def test_not_certified():
    application = in_screening()
    decisions.decline(application, DECIDER, ruling())
    application.refresh_from_db()
    assert application.state == "declined"
    assert application.closed_at is not None
    assert not Certificate.objects.exists()


# Rounds


def a_round(cap=2, applications=4):
    scheme = SchemeYearFactory(company_cap=cap)
    selection = RoundFactory(scheme=scheme)
    return selection, [in_screening(round=selection) for _one in range(applications)]


def test_a_round_is_decided_in_one_batch():
    selection, (first, second, third, fourth) = a_round()
    certificates = decisions.decide_round(
        selection,
        [
            Outcome(first, "certify", "一番"),
            Outcome(second, "certify", "二番"),
            Outcome(third, "put_on_waiting_list", "三番", rank=1),
            Outcome(fourth, "decline", "基準に届かない"),
        ],
        DECIDER,
        ruling(),
    )
    assert [one.number for one in certificates] == ["KSC-2026-001", "KSC-2026-002"]
    states = []
    for application in (first, second, third, fourth):
        application.refresh_from_db()
        states.append(application.state)
    assert states == ["certified", "certified", "waiting", "declined"]
    assert fourth.decisions.get().reason == "基準に届かない"
    assert len({one.document_number for one in Decision.objects.all()}) == 1
    selection.refresh_from_db()
    assert selection.decided_at is not None
    with pytest.raises(RulingFaulty):
        decisions.decide_round(selection, [], DECIDER, ruling())


@pytest.mark.parametrize("fault", ["one place too few", "one decided already", "one reason empty"])
def test_a_round_is_decided_as_a_whole_or_not_at_all(fault):
    selection, applications = a_round(cap=3, applications=4)
    outcomes = [Outcome(one, "certify", "見本の理由") for one in applications[:3]]
    if fault == "one place too few":
        outcomes.append(Outcome(applications[3], "certify", "見本の理由"))
        expected = NoPlaceLeft
    elif fault == "one decided already":
        moves.make(applications[2], "withdraw", moves.APPLICANT)
        applications[2].moves.all().delete()
        applications[2].state = "screening"  # as the officer saw it
        expected = NoSuchMove
    else:
        outcomes.append(Outcome(applications[3], "decline", " "))
        expected = ReasonMissing
    with pytest.raises(expected):
        decisions.decide_round(selection, outcomes, DECIDER, ruling())
    selection.refresh_from_db()
    assert selection.decided_at is None
    assert not Certificate.objects.exists()
    for application in applications[:2]:
        assert nothing_happened(application, "screening")


# Renewal


def test_a_renewal_adds_a_term_and_brings_the_details_up_to_date():
    SchemeYearFactory(validity_years=3)
    certificate = CertificateFactory(certified_on=datetime.date(2024, 2, 29))
    assert certificate.valid_until == datetime.date(2027, 2, 28)
    number = certificate.number
    renewal = in_screening(
        purpose="renewal", renews=certificate, name="見本商店 新店", representative="見本 新代表"
    )
    decisions.certify(renewal, DECIDER, ruling())
    certificate.refresh_from_db()
    assert (certificate.number, certificate.state) == (number, "valid")
    assert certificate.valid_until == datetime.date(2030, 2, 28)
    assert certificate.name == "見本商店 新店"
    assert HolderContact.objects.get(certificate=certificate).representative == "見本 新代表"
    assert [(term.starts_on, term.ends_on) for term in Term.objects.all()] == [
        (datetime.date(2024, 2, 29), datetime.date(2027, 2, 28)),
        (datetime.date(2027, 3, 1), datetime.date(2030, 2, 28)),
    ]
    assert [move.step for move in certificate.moves.all()] == ["renew"]


@pytest.mark.parametrize("state", ["suspended", "expired", "revoked", "returned"])
def test_only_a_valid_certificate_is_renewed(state):
    certificate = CertificateFactory(state=state)
    renewal = in_screening(purpose="renewal", renews=certificate)
    with pytest.raises(NoSuchMove):
        decisions.certify(renewal, DECIDER, ruling())
    assert nothing_happened(renewal, "screening")
    assert certificate.terms.count() == 1


# The life of a certificate


def test_suspended_and_lifted():
    certificate = CertificateFactory()
    decisions.suspend(certificate, DECIDER, ruling())
    decisions.reinstate(certificate, DECIDER, ruling())
    certificate.refresh_from_db()
    assert certificate.state == "valid"
    assert [one.step for one in certificate.decisions.all()] == ["suspend", "reinstate"]


def test_revoked_on_the_day_of_approval():
    certificate = CertificateFactory()
    decisions.revoke(certificate, DECIDER, ruling(DAY))
    certificate.refresh_from_db()
    assert (certificate.state, certificate.ended_on) == ("revoked", DAY)
    assert certificate.decisions.get().step == "revoke"


def test_returned_on_the_day_that_the_holder_names():
    certificate = CertificateFactory()
    decisions.take_back(certificate, DECIDER, "閉店のため", DAY)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.ended_on) == ("returned", DAY)
    assert certificate.moves.get().reason == "閉店のため"


def test_expired_on_its_last_day_whenever_the_clock_runs():
    certificate = CertificateFactory(certified_on=datetime.date(2023, 4, 1))
    decisions.expire(certificate)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.ended_on) == ("expired", datetime.date(2026, 3, 31))
    with pytest.raises(NotTheirs):
        decisions.expire(CertificateFactory(), DECIDER)


# Measures


def notified(measure="suspend", due=DAY, **values):
    return ProposalFactory(measure=measure, state="notified", statement_due_on=due, **values)


@pytest.mark.parametrize(("measure", "state"), [("suspend", "suspended"), ("revoke", "revoked")])
def test_a_measure_is_carried_out_when_it_is_confirmed(measure, state):
    proposal = notified(measure)
    decisions.confirm(proposal, DECIDER, ruling())
    proposal.refresh_from_db()
    assert proposal.state == "confirmed"
    certificate = Certificate.objects.get(pk=proposal.certificate_id)
    assert certificate.state == state
    assert certificate.decisions.count() == proposal.decisions.count() == 1


def test_nothing_is_confirmed_before_the_last_day_for_a_statement_is_over():
    proposal = notified(due=datetime.date(2026, 11, 10))
    with pytest.raises(TooEarly) as refusal:
        decisions.confirm(proposal, DECIDER, ruling())
    assert "2026-11-10" in str(refusal.value)
    assert nothing_happened(proposal, "notified")
    with freeze_time("2026-11-10 15:00"):  # midnight in Tokyo
        decisions.confirm(proposal, DECIDER, ruling())


def test_no_measure_is_approved_before_the_last_day_for_a_statement_is_over():
    """Whenever it is entered."""
    proposal = notified(due=datetime.date(2026, 11, 8))
    with pytest.raises(RulingFaulty) as refusal:
        decisions.confirm(proposal, DECIDER, ruling(datetime.date(2026, 11, 8)))
    assert "2026-11-08" in str(refusal.value)
    assert nothing_happened(proposal, "notified")
    decisions.confirm(proposal, DECIDER, ruling(datetime.date(2026, 11, 9)))


def test_no_measure_is_approved_before_the_statement_came():
    proposal = notified(due=datetime.date(2026, 12, 24))
    heard_on = datetime.date(2026, 11, 9)
    moves.make(proposal, "hear", moves.APPLICANT, statement="見本の弁明", statement_on=heard_on)
    with pytest.raises(RulingFaulty) as refusal:
        decisions.confirm(proposal, DECIDER, ruling(datetime.date(2026, 11, 8)))
    assert "2026-11-09" in str(refusal.value)
    assert not proposal.decisions.exists()
    proposal.refresh_from_db()
    decisions.confirm(proposal, DECIDER, ruling(heard_on))


def test_a_notice_without_a_day_is_no_chance_for_a_statement():
    proposal = notified(due=None)
    with pytest.raises(TooEarly) as refusal:
        decisions.confirm(proposal, DECIDER, ruling())
    assert "None" not in str(refusal.value)
    assert nothing_happened(proposal, "notified")


def test_once_the_statement_is_there_nobody_has_to_wait():
    proposal = notified(due=datetime.date(2026, 12, 24))
    moves.make(proposal, "hear", moves.APPLICANT, statement="見本の弁明")
    decisions.confirm(proposal, DECIDER, ruling())
    assert Certificate.objects.get(pk=proposal.certificate_id).state == "suspended"


def test_nothing_is_confirmed_without_notice():
    proposal = ProposalFactory(statement_due_on=DAY)
    with pytest.raises(NoSuchMove):
        decisions.confirm(proposal, DECIDER, ruling())
    assert nothing_happened(proposal, "proposed")


@pytest.mark.parametrize("state", ["expired", "revoked", "returned"])
def test_what_has_ended_meanwhile_is_left_alone(state):
    proposal = notified(certificate=CertificateFactory(state=state))
    with pytest.raises(NoSuchMove):
        decisions.confirm(proposal, DECIDER, ruling())
    assert nothing_happened(proposal, "notified")
    assert Certificate.objects.get(pk=proposal.certificate_id).state == state
