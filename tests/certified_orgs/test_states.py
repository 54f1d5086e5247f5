"""Only the moves of the tables exist, and each leaves exactly one record."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from certified_orgs import moves
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    ChangeRequestFactory,
    ProposalFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Decision, Move
from certified_orgs.moves import (
    Actor,
    MoveRefused,
    NoSuchMove,
    NotTheirs,
    ReasonMissing,
    RulingFaulty,
    RulingMissing,
)
from certified_orgs.states import TABLES, Who, possible_steps, step

from .papers import DECIDER, ruling

MACHINES = {
    "application": ApplicationFactory,
    "certificate": CertificateFactory,
    "yearlyreport": YearlyReportFactory,
    "changerequest": ChangeRequestFactory,
    "proposal": ProposalFactory,
}
# Where a case of each kind ends.
ENDS = {
    "application": {"certified", "declined", "withdrawn"},
    "certificate": {"expired", "revoked", "returned"},
    "yearlyreport": {"accepted"},
    "changerequest": {"accepted", "withdrawn"},
    "proposal": {"confirmed", "dropped"},
}
every_machine = pytest.mark.parametrize("machine", TABLES)
EVERY_STEP = [(machine, each) for machine, (_states, table) in TABLES.items() for each in table]
every_step = pytest.mark.parametrize(
    ("machine", "move"), EVERY_STEP, ids=lambda one: getattr(one, "name", one)
)


def begins_in(machine: str) -> str:
    return str(MACHINES[machine]._meta.model._meta.get_field("state").default)


# The tables


def test_every_kind_of_case_is_tested():
    assert set(MACHINES) == set(TABLES) == set(ENDS)


@every_machine
def test_every_state_can_be_reached(machine):
    states, table = TABLES[machine]
    reached, before = {begins_in(machine)}, None
    while reached != before:
        before = set(reached)
        reached |= {each.target for each in table if reached & set(each.sources)}
    assert reached == set(states.values)


@every_machine
def test_what_has_ended_stays_ended_and_all_else_can_end(machine):
    states, table = TABLES[machine]
    left = {source for each in table for source in each.sources}
    assert set(states.values) - left == ENDS[machine]
    ending, before = set(ENDS[machine]), None
    while ending != before:
        before = set(ending)
        ending |= {source for each in table if each.target in ending for source in each.sources}
    assert ending == set(states.values)


@every_machine
def test_a_name_means_one_step(machine):
    names = [each.name for each in TABLES[machine][1]]
    assert len(names) == len(set(names))


@every_step
def test_a_step_is_somebodys_and_between_states_that_exist(machine, move):
    states = set(TABLES[machine][0].values)
    assert move.by
    assert set(move.by) <= set(Who)
    assert move.sources
    assert set(move.sources) | {move.target} <= states
    assert str(move.label)


@every_step
def test_a_decision_is_the_citys_and_says_why(machine, move):
    if move.decision:
        assert move.reason
        assert move.by == (Who.DECIDER,)


@every_step
def test_only_the_city_gives_and_takes_certificates_and_the_clock_only_lets_them_expire(
    machine, move
):
    by_the_clock = {("certificate", "expire"), ("proposal", "drop")}
    assert (Who.CLOCK in move.by) == ((machine, move.name) in by_the_clock)
    if machine == "certificate":
        assert move.by == ((Who.CLOCK,) if move.name == "expire" else (Who.DECIDER,))
    if move.target in {"certified", "declined", "waiting", "confirmed"}:
        assert move.decision


# Cases


def case(machine: str):
    return MACHINES[machine]()


def needed(machine: str, name: str, subject) -> dict:
    """What the row must get together with the state, so that the database takes it."""
    if machine == "application" and name == "submit":
        return {"receipt_number": f"2026-{subject.pk:06}"}
    if machine == "certificate" and step(subject, name).target in ENDS[machine]:
        return {"place": None, "ended_on": timezone.localdate()}
    return {}


def row_of(subject) -> dict:
    return type(subject)._default_manager.filter(pk=subject.pk).values().get()


def records_of(subject) -> list[Move]:
    return list(subject.moves.order_by("pk"))


def papers_of(subject) -> list[Decision]:
    """Its decisions; a report and a change are never decided."""
    return list(Decision.objects.filter(content_type__model=subject._meta.model_name))


def paper_for(move):
    """What comes with a step: a decision's paper."""
    return ruling() if move.decision else None


def is_legal(machine, name, who, reason, has_paper, seen, true) -> bool:
    """Read off the table, by the test's own reading."""
    move = next((each for each in TABLES[machine][1] if each.name == name), None)
    return (
        move is not None
        and who in move.by
        and (bool(reason.strip()) or not move.reason)
        and (has_paper or not move.decision)
        and seen in move.sources
        and seen == true
    )


NAMES = [*sorted({each.name for _machine, each in EVERY_STEP}), "no_such_step", ""]
ATTEMPT = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(list(Who)),
    st.sampled_from(["", " \n", "見本の理由"]),
    # With which of two copies of the row, and whether it is read anew before.
    st.sampled_from([0, 1]),
    st.booleans(),
    # With the paper of a decision.
    st.booleans(),
)
# Mostly what the table has, else a sequence of random attempts hardly leaves the first state.
LIKELY = st.tuples(st.just("next"), st.integers(0, 20), st.sampled_from([0, 1]), st.booleans())


@pytest.mark.django_db
@every_machine
@settings(max_examples=50, deadline=None)
@given(attempts=st.lists(LIKELY | ATTEMPT, max_size=12))
def test_no_sequence_of_attempts_makes_an_illegal_move(machine, attempts):
    with transaction.atomic():
        subject = case(machine)
        copies = [type(subject)._default_manager.get(pk=subject.pk) for _copy in range(2)]
        true = subject.state
        for attempt in attempts:
            if attempt[0] == "next":
                _next, choice, copy, anew = attempt
                if anew:
                    copies[copy].refresh_from_db()
                possible = [
                    (each, who) for who in Who for each in possible_steps(copies[copy], who)
                ]
                if not possible:
                    continue
                move, who = possible[choice % len(possible)]
                name, reason, has_paper = move.name, "見本の理由", move.decision
            else:
                name, who, reason, copy, anew, has_paper = attempt
                if anew:
                    copies[copy].refresh_from_db()
            true = one_attempt(machine, copies[copy], true, name, who, reason, has_paper)
        transaction.set_rollback(True)


def one_attempt(machine, subject, true, name, who, reason, has_paper) -> str:
    """Try it and check everything that can be seen of it. Returns the state thereafter."""
    before, records, seen = row_of(subject), records_of(subject), subject.state
    papers = papers_of(subject)
    known = name in {each.name for each in TABLES[machine][1]}
    values = needed(machine, name, subject) if known else {}
    legal = is_legal(machine, name, who, reason, has_paper, seen, true)
    paper = ruling(reason=reason) if has_paper else None
    record = refusal = None
    try:
        record = moves.make(subject, name, Actor(who), reason=reason, ruling=paper, **values)
    except MoveRefused as raised:
        refusal = raised
    if refusal is not None:
        assert not legal, (name, who, seen, true)
        assert str(refusal)
        assert row_of(subject) == before
        assert records_of(subject) == records
        assert papers_of(subject) == papers
        assert subject.state == seen
        return true
    assert legal, (name, who, seen, true)
    target = step(subject, name).target
    assert row_of(subject)["state"] == subject.state == target
    assert records_of(subject) == [*records, record]
    assert (record.step, record.source, record.target) == (name, true, target)
    assert (record.who, record.reason) == (who, reason.strip())
    assert len(papers_of(subject)) == len(papers) + step(subject, name).decision
    return target


@pytest.mark.django_db
@every_step
def test_of_two_who_saw_the_same_only_one_moves(machine, move):
    if move.target in move.sources:
        return  # a renewal leaves the state; its application can be decided only once
    subject = case(machine)
    bring_to(subject, machine, move.sources[0])
    records = len(records_of(subject))
    first, second = (type(subject)._default_manager.get(pk=subject.pk) for _copy in range(2))
    values = needed(machine, move.name, subject)
    make_it(first, move, **values)
    with pytest.raises(NoSuchMove) as refusal:
        make_it(second, move, **values)
    assert str(step(subject, move.name).label) in str(refusal.value)
    assert len(records_of(subject)) == records + 1


def make_it(subject, move, **values) -> None:
    """By the first who may, with all that it needs."""
    actor, paper = Actor(move.by[0]), paper_for(move)
    moves.make(subject, move.name, actor, reason="見本の理由", ruling=paper, **values)


def bring_to(subject, machine: str, state: str) -> None:
    """Along the table, by the shortest way."""
    ways, queue = {begins_in(machine): ()}, [begins_in(machine)]
    for here in queue:
        for each in TABLES[machine][1]:
            if here in each.sources and each.target not in ways:
                ways[each.target] = (*ways[here], each)
                queue.append(each.target)
    for each in ways[state]:
        values = needed(machine, each.name, subject)
        make_it(subject, each, **values)


@pytest.mark.django_db
def test_each_refusal_has_its_name():
    application = ApplicationFactory(state="screening")
    with pytest.raises(NoSuchMove):
        moves.make(application, "fly", Actor(Who.DECIDER))
    with pytest.raises(NoSuchMove):
        moves.make(application, "submit", Actor(Who.APPLICANT))
    with pytest.raises(NotTheirs):
        moves.make(application, "certify", Actor(Who.WINDOW), reason="見本の理由")
    with pytest.raises(ReasonMissing):
        moves.make(application, "certify", Actor(Who.DECIDER), reason="  ")
    with pytest.raises(RulingFaulty):
        moves.make(application, "certify", DECIDER, ruling=ruling(document_number=" "))
    assert not application.moves.exists()


DECISIONS = [(machine, move) for machine, move in EVERY_STEP if move.decision]


@pytest.mark.django_db
@pytest.mark.parametrize(("machine", "move"), DECISIONS, ids=lambda one: getattr(one, "name", one))
def test_nothing_is_decided_without_its_paper(machine, move):
    subject = case(machine)
    bring_to(subject, machine, move.sources[0])
    before, values = row_of(subject), needed(machine, move.name, subject)
    papers = papers_of(subject)
    with pytest.raises(RulingMissing):
        moves.make(subject, move.name, DECIDER, reason="見本の理由", **values)
    assert row_of(subject) == before
    assert papers_of(subject) == papers
    make_it(subject, move, **values)
    paper = papers_of(subject)[-1]
    assert (paper.subject, paper.step, paper.reason) == (subject, move.name, "見本の理由")


@pytest.mark.django_db
def test_a_case_that_is_gone_does_not_move():
    report = YearlyReportFactory()
    type(report)._default_manager.filter(pk=report.pk).delete()
    with pytest.raises(NoSuchMove):
        moves.make(report, "submit", Actor(Who.APPLICANT))
    assert not Move.objects.exists()


@pytest.mark.django_db
def test_a_record_says_who_when_and_why(django_user_model):
    officer = django_user_model.objects.create(username="officer")
    report = YearlyReportFactory()
    moves.make(report, "submit", moves.APPLICANT)
    moves.make(report, "send_back", Actor(Who.WINDOW, officer), reason=" 図がありません。 ")
    moves.make(report, "submit", Actor(Who.WINDOW, officer), summary="見本の要約")
    assert [(one.step, one.who, one.user, one.reason) for one in report.moves.all()] == [
        ("submit", "applicant", None, ""),
        ("send_back", "window", officer, "図がありません。"),
        ("submit", "window", officer, ""),
    ]
    report.refresh_from_db()
    assert report.summary == "見本の要約"
