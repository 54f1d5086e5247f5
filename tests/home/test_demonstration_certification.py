"""The sample certificates: every state and every stage, on whatever day they are loaded."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from freezegun import freeze_time

from certified_orgs import places
from certified_orgs.kinds import OrgKind
from certified_orgs.models import (
    Application,
    Certificate,
    ChangeRequest,
    Criterion,
    Decision,
    Move,
    Proposal,
    SchemeYear,
    Score,
    YearlyReport,
)
from certified_orgs.permissions import actor_for
from certified_orgs.scheme import scheme_on
from certified_orgs.standing import Standing, overdue_reports, standing_of, with_standing
from certified_orgs.states import ApplicationState, ReportState, Who, steps_of
from home.demonstration.certification import holders
from home.demonstration.loader import Loader
from home.models import HomePage
from tests.staff import employ
from tests.world import in_two_languages

pytestmark = pytest.mark.django_db

# The turn of the fiscal year, leap days, ends of months, and an early morning.
DAYS = [
    "2026-11-27 12:00",
    "2027-03-31 23:59",
    "2027-04-01 00:30",
    "2027-06-06 09:00",
    "2028-02-29 12:00",
    "2028-12-31 12:00",
]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        in_two_languages()
        employ()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module", params=DAYS)
def loaded(request, site, django_db_blocker):
    """The sample certificates as of that moment, but for the profiles, which know no day."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        freeze_time(f"{request.param}+09:00"),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(holders, "profile", lambda *args: None)
        Loader().certification(HomePage.objects.get(locale__language_code="ja"))
        yield timezone.localdate()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def now(request, loaded):
    with freeze_time(f"{request.node.callspec.params['loaded']}+09:00"):
        yield


def test_every_standing_is_shown_and_both_kinds(loaded):
    found = {each: standing_of(each) for each in with_standing(Certificate.objects.all())}
    assert set(found.values()) == set(Standing) - {Standing.UNKNOWN}
    assert len(found) >= 12
    for kind in OrgKind:
        valid = [each for each in found if each.kind == kind and found[each] == Standing.VALID]
        assert len(valid) >= 3


def test_every_state_of_a_report_is_shown(loaded):
    states = set(YearlyReport.objects.values_list("state", flat=True))
    assert states == set(ReportState.values)
    overdue = overdue_reports(loaded)
    assert overdue.count() >= 2
    waiting = YearlyReport.objects.filter(state=ReportState.DUE).exclude(pk__in=overdue)
    assert waiting.exists(), "one that the window has not looked for yet"
    accepted = YearlyReport.objects.filter(state=ReportState.ACCEPTED)
    assert len({report.fiscal_year for report in accepted}) == 2
    assert accepted.filter(activities__figure__isnull=False).exists()
    for report in YearlyReport.objects.select_related("certificate"):
        assert report.summary.startswith("見本") or report.state == ReportState.DUE
        end_of_year = datetime.date(report.fiscal_year + 1, 3, 31)
        assert report.certificate.certified_on <= end_of_year < report.due_on


def test_applications_are_at_every_stage(loaded):
    assert set(Application.objects.values_list("state", flat=True)) == set(ApplicationState)
    for application in Application.objects.all():
        assert application.name.startswith("見本")
        assert application.english_name.startswith("Sample")
        assert application.representative == "見本 代表者"
    assert Application.objects.filter(route="paper", entered_by__username="katsudo").exists()
    assert Application.objects.get(state="waiting").waiting_rank == 1
    assert Application.objects.get(state="incomplete").questions.count() == 1
    renewal = Application.objects.get(purpose="renewal")
    months = scheme_on(loaded).renewal_months
    last_months = renewal.renews.valid_until - datetime.timedelta(days=31 * months)
    assert last_months <= timezone.localdate(renewal.submitted_at) <= renewal.renews.valid_until


def test_the_appointed_reviewer_has_scored(loaded):
    for application in Application.objects.filter(state__in=["screening", "waiting", "declined"]):
        assert application.scores.count() == 5
        reviewers = application.round.reviewers.all()
        assert {score.reviewer for score in application.scores.all()} == set(reviewers)
    assert {score.reviewer.username for score in Score.objects.all()} == {"department"}


def test_the_window_for_applications_is_open(loaded):
    assert scheme_on(loaded).accepts_applications(loaded)
    assert SchemeYear.objects.count() == 2
    for scheme in SchemeYear.objects.all():
        scheme.full_clean()
        assert scheme.is_draft
        assert scheme.company_window.name == "清瀬商工会"
        assert scheme.group_window.name == "きよせボランティア・市民活動センター"
        for language in ("ja", "en"):
            criteria = Criterion.objects.filter(scheme=scheme, locale__language_code=language)
            assert sum(criterion.weight for criterion in criteria) == 100


def test_one_kind_has_places_left_and_the_other_a_waiting_list(loaded):
    left = {count.pool: count.left for count in places.counts(scheme_on(loaded))}
    assert left["company"] > 0
    assert left["group"] == 0
    assert Application.objects.get(state="waiting").kind == "group"


def test_measures_are_proposed_notified_and_confirmed(loaded):
    states = set(Proposal.objects.values_list("measure", "state"))
    assert states == {
        ("suspend", "proposed"),
        ("suspend", "notified"),
        ("suspend", "confirmed"),
        ("revoke", "confirmed"),
    }
    assert Proposal.objects.get(state="notified").statement_due_on >= loaded


def test_a_change_waits(loaded):
    assert ChangeRequest.objects.get(state="submitted").values == {
        "representative": "見本 新代表者"
    }


def test_the_history_of_every_case_is_one_that_the_tables_allow(loaded):
    """Step by step, in the order of time, by somebody who may, and never later than now."""
    moves = Move.objects.select_related("content_type", "user").order_by("at", "pk")
    assert moves.count() > 80
    cases: dict = {}
    for move in moves:
        cases.setdefault((move.content_type_id, move.object_id), []).append(move)
    for history in cases.values():
        subject = history[0].subject
        steps = {step.name: step for step in steps_of(subject)}
        for before, move in zip([None, *history], history, strict=False):
            step = steps[move.step]
            assert move.source in step.sources
            assert move.target == step.target
            assert before is None or before.target == move.source
            assert move.at <= timezone.now()
            if move.user:
                kind = getattr(subject, "kind", "")
                if kind not in OrgKind.values:
                    kind = subject.certificate.kind
                assert actor_for(move.user, kind).who == move.who
            else:
                assert move.who in {Who.APPLICANT, Who.CLOCK}
        assert history[-1].target == subject.state


def test_every_decision_has_its_paper(loaded):
    decided = Move.objects.filter(
        step__in=["certify", "decline", "put_on_waiting_list", "suspend", "revoke"]
    )
    for move in decided.exclude(content_type=ContentType.objects.get_for_model(Proposal)):
        paper = Decision.objects.get(
            content_type=move.content_type, object_id=move.object_id, step=move.step
        )
        assert paper.drafted_on < paper.approved_on <= loaded
        assert timezone.localdate(move.at) == paper.approved_on
        assert paper.document_number.startswith("見本")
        assert paper.decided_by.username == "mirai"
        assert paper.reason.startswith("見本")
