"""Rounds: filled, ranked by score, and decided by one paper; all of it or nothing."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from certified_orgs.decisions import Outcome, Ruling, RulingFaulty, decide_round
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    CriterionFactory,
    RoundFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Application, Certificate, Round
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from tests.certified_orgs.desk import account, is_refused, page, paper, press, score, settings, text
from tests.staff import employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(world):
    employ()
    scheme = settings(company_cap=Certificate.objects.count() + 2)
    CriterionFactory(scheme=scheme)
    return scheme


@pytest.fixture
def selection(scheme):
    return RoundFactory(scheme=scheme, name="第1回")


@pytest.fixture
def three(selection):
    """In screening, with 100, 80 and 20 points; the best one last in the register."""
    points = {"見本の低": 1, "見本の中": 4, "見本の高": 5}
    found = {}
    for name, given in points.items():
        found[name] = ApplicationFactory(name=name, state="screening", round=selection)
        score(found[name], "pr", given)
    return found


def batch(applications, outcomes, **changes) -> dict:
    """The form of a round: an outcome for each, by name (``certify``, ``2`` for a rank)."""
    values = paper(**{"common_reason": "見本の共通の理由", **changes})
    values.pop("reason")
    for name, outcome in outcomes.items():
        pk = applications[name].pk
        is_rank = isinstance(outcome, int)
        values[f"outcome_{pk}"] = "put_on_waiting_list" if is_rank else outcome
        values[f"rank_{pk}"] = outcome if is_rank else ""
        values[f"reason_{pk}"] = "" if outcome == "certify" else f"{name}の理由"
    return values


ALL_THREE = {"見本の高": "certify", "見本の中": 1, "見本の低": "decline"}


def states(applications) -> dict:
    rows = Application.objects.filter(pk__in=[one.pk for one in applications.values()])
    return dict(rows.values_list("name", "state"))


def given() -> set[str]:
    return set(Certificate.objects.exclude(application=None).values_list("name", flat=True))


# Making and filling


def test_the_places_are_those_of_today(scheme):
    """A round of last year that is decided now gives places by this year's settings."""
    earlier = SchemeYearFactory(fiscal_year=scheme.fiscal_year - 1, company_cap=99)
    late = RoundFactory(scheme=earlier)
    ApplicationFactory(state="screening", scheme=earlier, round=late)
    for view in ("rounds:file", "rounds:decide"):
        caps = [count.cap for count in page("mirai", view, late.pk).context["places"]]
        assert caps == [scheme.company_cap, scheme.group_cap], view


def test_the_year_of_a_round_stays_once_something_is_in_it(scheme, selection):
    other = SchemeYearFactory(fiscal_year=scheme.fiscal_year + 1)
    values = {"name": "第2回", "scheme": other.pk, "reviewers": []}
    application = ApplicationFactory(state="screening", scheme=scheme, round=selection)
    answer = press("mirai", "rounds:edit", selection.pk, **values)
    assert "scheme" in answer.context["form"].errors
    assert press("mirai", "rounds:edit", selection.pk, **values | {"scheme": scheme.pk}).url
    application.delete()
    press("mirai", "rounds:edit", selection.pk, **values)
    selection.refresh_from_db()
    assert (selection.name, selection.scheme) == ("第2回", other)


def test_who_decides_makes_a_round_and_appoints_reviewers(scheme):
    reviewers = [account("pr").pk, account("department").pk]
    press("mirai", "rounds:add", scheme=scheme.pk, name="第2回", reviewers=reviewers)
    selection = Round.objects.get(name="第2回")
    assert {user.username for user in selection.reviewers.all()} == {"pr", "department"}
    assert page("mirai", "rounds:add").status_code == 200
    assert "第2回" in text(page("mirai", "rounds:edit", selection.pk))
    press("mirai", "rounds:edit", selection.pk, scheme=scheme.pk, name="第二回", reviewers=[])
    selection.refresh_from_db()
    assert selection.name == "第二回"


def test_a_new_round_is_of_this_year_unless_another_one_is_chosen(scheme):
    form = page("mirai", "rounds:add").context["form"]
    assert form["scheme"].value() == scheme.pk


@pytest.mark.parametrize("who", ["shokokai", "katsudo", "pr", "department", "translator", "iinkai"])
def test_rounds_are_for_who_decides(three, selection, who):
    for name, args in {
        "index": [],
        "add": [],
        "file": [selection.pk],
        "decide": [selection.pk],
    }.items():
        assert is_refused(page(who, f"rounds:{name}", *args)), name
    assert is_refused(press(who, "rounds:decide", selection.pk, **batch(three, ALL_THREE)))
    assert set(states(three).values()) == {"screening"}


def test_received_applications_are_taken_in(selection):
    wanted = ApplicationFactory(state="received")
    left = ApplicationFactory(state="received")
    ApplicationFactory(state="submitted", name="見本の早い")
    shown = text(page("mirai", "rounds:take", selection.pk))
    assert wanted.name in shown
    assert "見本の早い" not in shown
    press("mirai", "rounds:take", selection.pk, applications=[wanted.pk])
    wanted.refresh_from_db()
    left.refresh_from_db()
    assert (wanted.state, wanted.round) == ("screening", selection)
    assert left.state == "received"
    assert wanted.moves.get().user == account("mirai")


def test_nothing_is_taken_into_a_decided_round(selection):
    shop = ApplicationFactory(state="received")
    Round.objects.update(decided_at="2026-04-01T00:00Z")
    answer = press("mirai", "rounds:take", selection.pk, applications=[shop.pk])
    assert answer.status_code == 200
    shop.refresh_from_db()
    assert shop.state == "received"


def test_one_application_goes_into_a_round_from_its_file(selection):
    shop = ApplicationFactory(state="received")
    press("mirai", "applications:screen", shop.pk, round=selection.pk)
    shop.refresh_from_db()
    assert (shop.state, shop.round) == ("screening", selection)


# Deciding


def test_the_table_is_ranked_by_score(three, selection):
    unscored = ApplicationFactory(name="見本の未採点", state="screening", round=selection)
    rows = page("mirai", "rounds:file", selection.pk).context["rows"]
    assert [row["application"].name for row in rows] == [
        "見本の高",
        "見本の中",
        "見本の低",
        unscored.name,
    ]
    assert [row["rank"] for row in rows] == [1, 2, 3, None]
    assert [row["is_below"] for row in rows] == [False, False, True, False]


def test_equal_scores_share_a_rank(three, selection):
    same = ApplicationFactory(name="見本の同", state="screening", round=selection)
    score(same, "pr", 4)
    rows = page("mirai", "rounds:file", selection.pk).context["rows"]
    assert [row["rank"] for row in rows] == [1, 2, 2, 4]


def test_a_round_is_decided_by_one_paper(three, selection, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = press("mirai", "rounds:decide", selection.pk, **batch(three, ALL_THREE))
    assert answer.status_code == 302, answer.context["form"].errors
    assert states(three) == {
        "見本の高": "certified",
        "見本の中": "waiting",
        "見本の低": "declined",
    }
    assert given() == {"見本の高"}
    reasons = {one.name: one.decisions.get().reason for one in three.values()}
    assert reasons == {
        "見本の高": "見本の共通の理由",
        "見本の中": "見本の中の理由",
        "見本の低": "見本の低の理由",
    }
    assert {one.decisions.get().document_number for one in three.values()} == {"見本第1号"}
    selection.refresh_from_db()
    assert selection.decided_at
    assert len(mail.outbox) == 3


def test_one_place_too_few_and_nothing_is_changed(
    three, selection, scheme, django_capture_on_commit_callbacks
):
    settings(company_cap=scheme.company_cap - 1)
    outcomes = {"見本の高": "certify", "見本の中": "certify", "見本の低": "decline"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = press("mirai", "rounds:decide", selection.pk, **batch(three, outcomes))
    assert answer.status_code == 200
    assert "枠" in text(answer)
    assert "見本の低の理由" in text(answer)
    assert set(states(three).values()) == {"screening"}
    assert given() == set()
    assert not mail.outbox
    selection.refresh_from_db()
    assert selection.decided_at is None


@pytest.mark.parametrize(
    ("outcomes", "changes", "field"),
    [
        ({"見本の高": ""}, {}, "outcome_見本の高"),
        ({"見本の中": 1, "見本の低": 1}, {}, "rank_見本の低"),
        ({}, {"common_reason": ""}, "reason_見本の高"),
        ({}, {"document_number": ""}, "document_number"),
        ({}, {"approved_on": "いつか"}, "approved_on"),
    ],
)
def test_errors_come_back_filled_in(three, selection, outcomes, changes, field):
    values = batch(three, ALL_THREE | outcomes, **changes)
    answer = press("mirai", "rounds:decide", selection.pk, **values)
    assert answer.status_code == 200
    name, _, of = field.partition("_")
    known = f"{name}_{three[of].pk}" if of in three else field
    assert known in answer.context["form"].errors
    assert "見本の低の理由" in text(answer) or "見本の低" in outcomes
    assert set(states(three).values()) == {"screening"}


def test_who_waits_needs_a_rank_and_a_reason_of_its_own(three, selection):
    values = batch(three, ALL_THREE)
    pk = three["見本の中"].pk
    values |= {f"rank_{pk}": "", f"reason_{pk}": ""}
    answer = press("mirai", "rounds:decide", selection.pk, **values)
    assert {f"rank_{pk}", f"reason_{pk}"} <= set(answer.context["form"].errors)


def test_a_renewal_in_a_round_does_not_wait(three, selection):
    renewal = ApplicationFactory(
        name="見本の更新", state="screening", round=selection,
        purpose="renewal", renews=CertificateFactory(),
    )  # fmt: skip
    all_four = three | {"見本の更新": renewal}
    values = batch(all_four, ALL_THREE | {"見本の更新": 2})
    answer = press("mirai", "rounds:decide", selection.pk, **values)
    form = answer.context["form"]
    assert form.errors[f"outcome_{renewal.pk}"]
    assert "put_on_waiting_list" not in dict(form.fields[f"outcome_{renewal.pk}"].choices)
    for kept in ("見本の更新の理由", "見本の低の理由", "見本第1号"):
        assert kept in text(answer)
    assert set(states(all_four).values()) == {"screening"}


def test_a_round_is_decided_once(three, selection):
    press("mirai", "rounds:decide", selection.pk, **batch(three, ALL_THREE))
    again = press("mirai", "rounds:decide", selection.pk, **batch(three, ALL_THREE))
    assert again.status_code == 200
    assert given() == {"見本の高"}
    assert three["見本の低"].decisions.count() == 1


def test_who_waits_for_an_answer_is_decided_afterwards(three, selection):
    late = ApplicationFactory(name="見本の後", state="questioned", round=selection)
    assert "見本の後" in text(page("mirai", "rounds:decide", selection.pk))
    press("mirai", "rounds:decide", selection.pk, **batch(three, ALL_THREE))
    late.refresh_from_db()
    assert late.state == "questioned"
    press("mirai", "applications:answer", late.pk, text="見本の答え")
    press("mirai", "applications:certify", late.pk, **paper(document_number="見本第2号"))
    assert given() == {"見本の高", "見本の後"}


def test_who_waits_is_certified_when_a_place_is_free(three, selection):
    press("mirai", "rounds:decide", selection.pk, **batch(three, ALL_THREE))
    press(
        "mirai",
        "applications:certify",
        three["見本の中"].pk,
        **paper(document_number="見本第2号"),
    )
    assert given() == {"見本の高", "見本の中"}


def test_a_round_decides_only_what_is_in_it(three, selection):
    stranger = ApplicationFactory(state="screening", round=RoundFactory(name="別の回"))
    actor = Actor(Who.DECIDER, account("mirai"))
    day = timezone.localdate(stranger.submitted_at)
    with pytest.raises(RulingFaulty):
        decide_round(
            selection,
            [Outcome(stranger, "decline", "見本の理由")],
            actor,
            Ruling("", day, day, "見本第1号"),
        )
    selection.refresh_from_db()
    assert selection.decided_at is None


def test_a_rank_that_is_taken_is_said(three, selection):
    press("mirai", "rounds:decide", selection.pk, **batch(three, ALL_THREE))
    late = ApplicationFactory(state="screening", round=selection)
    answer = press(
        "mirai", "applications:put_on_waiting_list", late.pk, **paper(reason="残る理由"), rank=1
    )
    assert answer.status_code == 200
    assert "残る理由" in text(answer)
    assert page("mirai", "applications:put_on_waiting_list", late.pk).context["form"].initial == {
        "rank": 2
    }
