"""Whose file is whose: what each role finds when it asks for cases (certified_orgs/permissions)."""

from __future__ import annotations

from itertools import product

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from certified_orgs import permissions
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    ChangeRequestFactory,
    ProposalFactory,
    RoundFactory,
    YearlyReportFactory,
)
from certified_orgs.models import Certificate, Reminder, Term
from certified_orgs.moves import NotTheirs
from certified_orgs.states import ApplicationState, Who
from tests.staff import employ

pytestmark = pytest.mark.django_db

ROLES = (
    "admin",
    "mirai",
    "shokokai",
    "katsudo",
    "pr",
    "department",
    "translator",
    "iinkai",
    "duty",
)
BOTH = {"company", "group"}
SERVES = {"admin": BOTH, "mirai": BOTH, "shokokai": {"company"}, "katsudo": {"group"}}
DECIDES = {"admin", "mirai"}
every_role = pytest.mark.parametrize("role", ROLES)


@pytest.fixture(autouse=True)
def _staff(world):
    employ()


def user(role: str):
    return get_user_model().objects.get(username=role)


def test_every_account_of_the_demonstration_is_here():
    assert set(get_user_model().objects.values_list("username", flat=True)) == set(ROLES)


@every_role
def test_the_kinds_that_a_role_serves(role):
    assert set(permissions.kinds_served(user(role))) == SERVES.get(role, set())
    assert permissions.is_office(user(role)) == (role in SERVES)
    assert permissions.may_decide(user(role)) == (role in DECIDES)


@every_role
@pytest.mark.parametrize("state", [one for one in ApplicationState.values if one != "draft"])
@pytest.mark.parametrize("consents", [True, False])
def test_applications(role, state, consents):
    rows = {
        kind: ApplicationFactory(kind=kind, state=state, consents_to_window=consents)
        for kind in sorted(BOTH)
    }
    seen = set(permissions.applications_for(user(role)).values_list("kind", flat=True))
    assert seen == (SERVES.get(role, set()) if consents or role in DECIDES else set())
    assert permissions.applications_for(user(role)).count() == len(seen) <= len(rows)


@every_role
def test_a_draft_belongs_to_who_writes_it_from_paper(role):
    colleague = get_user_model().objects.create(username="colleague")
    for kind in BOTH:
        ApplicationFactory(kind=kind)
        ApplicationFactory(kind=kind, entered_by=colleague)
        ApplicationFactory(kind=kind, entered_by=user(role), consents_to_window=False)
    found = permissions.applications_for(user(role))
    assert set(found.values_list("kind", flat=True)) == SERVES.get(role, set())
    assert {one.entered_by for one in found} <= {user(role)}


@every_role
@pytest.mark.parametrize("consents", [True, False])
def test_the_life_of_holders(role, consents):
    """A window sees nothing of who did not agree to it, also after the certification."""
    Certificate.objects.update(consents_to_window=False)  # of the page that is there already
    for kind in BOTH:
        certificate = CertificateFactory(kind=kind, consents_to_window=consents)
        report = YearlyReportFactory(certificate=certificate)
        ChangeRequestFactory(certificate=certificate)
        term = Term.objects.create(
            certificate=certificate,
            starts_on=certificate.certified_on,
            ends_on=certificate.valid_until,
        )
        letter = {"channel": "letter", "on": certificate.certified_on}
        Reminder.objects.create(report=report, days=0, **letter)
        Reminder.objects.create(term=term, **letter)
    serves = SERVES.get(role, set()) if consents or role in DECIDES else set()
    who = user(role)
    found = permissions.certificates_for(who).exclude(reports=None)
    assert set(found.values_list("kind", flat=True)) == serves
    for cases in (permissions.reports_for(who), permissions.changes_for(who)):
        assert set(cases.values_list("certificate__kind", flat=True)) == serves
    waiting = permissions.reminders_for(who)
    assert {one.certificate.kind for one in waiting} == serves
    assert len(waiting) == 2 * len(serves)


@every_role
def test_measures_are_between_the_city_and_the_holder(role):
    for kind in BOTH:
        ProposalFactory(certificate=CertificateFactory(kind=kind))
    assert permissions.proposals_for(user(role)).count() == (2 if role in DECIDES else 0)


@every_role
def test_reviewers_score_what_they_were_appointed_to_while_it_is_screened(role):
    mine, other = RoundFactory(), RoundFactory()
    mine.reviewers.add(user(role))
    for state, kind in product(ApplicationState.values, BOTH):
        ApplicationFactory(state=state, kind=kind, round=mine)
        ApplicationFactory(state=state, kind=kind, round=other)
    found = permissions.applications_to_score(user(role))
    assert {one.round_id for one in found} == {mine.pk}
    assert {one.state for one in found} == {"screening", "questioned"}
    # A window that reviews sees its own kind alone, as everywhere.
    assert {one.kind for one in found} == set(SERVES.get(role, BOTH))
    # Scoring opens no file.
    assert role in SERVES or not permissions.applications_for(user(role)).exists()


@every_role
def test_who_has_left_sees_nothing(role):
    for kind in BOTH:
        ApplicationFactory(kind=kind, state="screening")
        CertificateFactory(kind=kind)
    who = user(role)
    who.is_active = False
    who.save()
    assert not permissions.applications_for(who).exists()
    assert not permissions.certificates_for(who).exists()
    assert not permissions.proposals_for(who).exists()
    assert not permissions.applications_to_score(who).exists()


def test_a_visitor_sees_nothing():
    ApplicationFactory(state="screening")
    ApplicationFactory()
    CertificateFactory()
    visitor = AnonymousUser()
    for ask in (
        permissions.applications_for,
        permissions.applications_to_score,
        permissions.certificates_for,
        permissions.reports_for,
        permissions.changes_for,
        permissions.proposals_for,
    ):
        assert not ask(visitor).exists(), ask.__name__


@every_role
@pytest.mark.parametrize("kind", sorted(BOTH))
def test_in_which_capacity_a_role_acts(role, kind):
    if kind not in SERVES.get(role, set()):
        with pytest.raises(NotTheirs) as refusal:
            permissions.actor_for(user(role), kind)
        assert str(refusal.value), "it can be shown to the person"
        return
    actor = permissions.actor_for(user(role), kind)
    assert actor.user == user(role)
    assert actor.who == (Who.DECIDER if role in DECIDES else Who.WINDOW)
