"""
Officers who press at the same instant, each with a connection of their own: the cap holds.

On PostgreSQL the transactions really run beside each other. On SQLite each waits for the one
before it (``IMMEDIATE``), and the outcome must be the same.
"""

from __future__ import annotations

import datetime
import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from certified_orgs import decisions, numbers, places
from certified_orgs.decisions import Outcome, RulingFaulty
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    RoundFactory,
    SchemeYearFactory,
)
from certified_orgs.models import (
    Application,
    Certificate,
    Decision,
    HolderContact,
    Move,
    NumberSeries,
    Place,
    Term,
)
from certified_orgs.moves import NoSuchMove
from certified_orgs.places import NoPlaceLeft

from .papers import DECIDER, in_screening, ruling

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PATIENCE = 30  # seconds


def at_once(calls) -> list:
    """What each of them returns or raises, when all begin at the same instant."""
    start = Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return call()
        except Exception as raised:  # what a test wants to look at
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as officers:
        return list(officers.map(run, calls))


def certifying(application, on=None):
    """An officer who opens the case, and decides it."""

    def press():
        case = Application.objects.get(pk=application.pk)
        return decisions.certify(case, DECIDER, ruling(on))

    return press


def assert_nothing_is_left_of(applications) -> None:
    for application in applications:
        application.refresh_from_db()
        assert (application.state, application.closed_at) == ("screening", None)
        assert not Certificate.objects.filter(application=application).exists()
        assert not application.decisions.exists()
        assert not application.moves.exists()


@pytest.mark.parametrize(("officers", "left"), [(2, 1), (8, 3), (4, 0)])
@pytest.mark.parametrize("counting", ["separate", "together"])
def test_as_many_succeed_as_there_are_places(officers, left, counting):
    cap = 2 + left
    scheme = SchemeYearFactory(counting=counting, company_cap=cap, shared_cap=cap)
    for _holder in range(2):
        CertificateFactory()
    applications = [in_screening() for _officer in range(officers)]

    results = at_once([certifying(application) for application in applications])

    given = [one for one in results if isinstance(one, Certificate)]
    refused = [one for one in results if not isinstance(one, Certificate)]
    assert len(given) == left, results
    assert {type(one) for one in refused} == {NoPlaceLeft}, results

    assert Certificate.objects.count() == cap
    assert places.counts(scheme)[0].left == 0
    assert Certificate.objects.filter(place__number__lte=cap).count() == cap
    assert len({one.number for one in Certificate.objects.all()}) == cap
    # No number is lost to those who were refused.
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == list(range(1, cap + 1))
    assert NumberSeries.objects.get(name=numbers.CERTIFICATES).last == cap

    assert Decision.objects.count() == Move.objects.count() == left
    assert HolderContact.objects.count() == Term.objects.count() == cap
    losers = [
        application
        for application, result in zip(applications, results, strict=True)
        if isinstance(result, NoPlaceLeft)
    ]
    assert len(losers) == officers - left
    assert_nothing_is_left_of(losers)


def test_decisions_of_two_fiscal_years_wait_for_each_other_too():
    """31 March and 1 April draw numbers from two series, so those do not queue them up."""
    SchemeYearFactory(fiscal_year=2025, company_cap=1)
    SchemeYearFactory(fiscal_year=2026, company_cap=1)
    days = [datetime.date(2026, 3, 31), datetime.date(2026, 4, 1)] * 3
    applications = [in_screening(received_on=min(days)) for _day in days]
    results = at_once([certifying(one, on) for one, on in zip(applications, days, strict=True)])
    assert sum(isinstance(one, Certificate) for one in results) == 1, results
    assert sum(isinstance(one, NoPlaceLeft) for one in results) == len(days) - 1, results
    assert Certificate.objects.count() == 1


def test_the_same_application_is_decided_once():
    SchemeYearFactory(company_cap=5)
    application = in_screening()
    # All have the case open already.
    copies = [Application.objects.get(pk=application.pk) for _officer in range(4)]
    results = at_once(
        [lambda case=case: decisions.certify(case, DECIDER, ruling()) for case in copies]
    )
    assert sum(isinstance(one, Certificate) for one in results) == 1, results
    assert sum(isinstance(one, NoSuchMove) for one in results) == 3, results
    assert Certificate.objects.count() == Decision.objects.count() == Move.objects.count() == 1
    assert Place.objects.filter(certificate__isnull=False).count() == 1


def test_certified_by_one_and_declined_by_the_other_is_one_of_the_two():
    SchemeYearFactory()
    application = in_screening()
    one, other = (Application.objects.get(pk=application.pk) for _officer in range(2))
    results = at_once(
        [
            lambda: decisions.certify(one, DECIDER, ruling()),
            lambda: decisions.decline(other, DECIDER, ruling()),
        ]
    )
    assert sum(isinstance(result, NoSuchMove) for result in results) == 1, results
    application.refresh_from_db()
    certified = Certificate.objects.filter(application=application).exists()
    assert application.state == ("certified" if certified else "declined")
    assert Move.objects.count() == Decision.objects.count() == 1


def test_a_round_is_decided_once():
    scheme = SchemeYearFactory(company_cap=5)
    selection = RoundFactory(scheme=scheme)
    applications = [in_screening(round=selection) for _one in range(2)]

    def decide():
        outcomes = [
            Outcome(Application.objects.get(pk=one.pk), "certify", "見本の理由")
            for one in applications
        ]
        return decisions.decide_round(selection, outcomes, DECIDER, ruling())

    results = at_once([decide] * 3)
    assert sum(isinstance(one, list) for one in results) == 1, results
    assert sum(isinstance(one, RulingFaulty) for one in results) == 2, results
    assert Certificate.objects.count() == 2


def test_a_round_that_meets_a_single_decision_is_whole_or_not_at_all():
    scheme = SchemeYearFactory(company_cap=2)
    selection = RoundFactory(scheme=scheme)
    inside = [in_screening(round=selection) for _one in range(2)]
    alone = in_screening()
    outcomes = [Outcome(one, "certify", "見本の理由") for one in inside]
    results = at_once(
        [
            lambda: decisions.decide_round(selection, outcomes, DECIDER, ruling()),
            certifying(alone),
        ]
    )
    assert Certificate.objects.count() == (2 if isinstance(results[0], list) else 1), results
    assert sum(isinstance(one, NoPlaceLeft) for one in results) == 1, results
    if isinstance(results[0], NoPlaceLeft):
        assert_nothing_is_left_of(inside)
        selection.refresh_from_db()
        assert selection.decided_at is None


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite lets no second writer begin")
def test_the_unique_place_decides_where_two_stand_before_it(monkeypatch):
    """Both have found the same place free, and both are about to take it."""
    SchemeYearFactory(company_cap=1)
    applications = [in_screening() for _officer in range(2)]
    # Without the queue that drawing a number makes.
    serials = itertools.count(1)
    monkeypatch.setattr(numbers, "next_in", lambda series, year: next(serials))
    meeting, take = Barrier(2), places.take

    def take_together(kind, scheme, give):
        met = []

        def give_together(place):
            if not met:
                met.append(meeting.wait(PATIENCE))
            return give(place)

        return take(kind, scheme, give_together)

    monkeypatch.setattr(places, "take", take_together)
    results = at_once([certifying(application) for application in applications])
    assert {type(one) for one in results} == {Certificate, NoPlaceLeft}, results
    assert meeting.n_waiting == 0
    assert not meeting.broken
    assert Certificate.objects.count() == 1


def test_numbers_drawn_at_once_are_different_and_without_a_gap():
    """The first ones of a year, whose series is made at the same instant."""

    def draw():
        with transaction.atomic():
            return numbers.receipt_number(2026)

    results = at_once([draw] * 8)
    assert sorted(results) == [f"2026-{serial:04}" for serial in range(1, 9)], results


def test_two_expire_it_and_one_expiry_is_written_down():
    certificate = CertificateFactory(certified_on=timezone.localdate() - datetime.timedelta(2000))
    copies = [Certificate.objects.get(pk=certificate.pk) for _run in range(3)]
    results = at_once([lambda case=case: decisions.expire(case) for case in copies])
    assert sum(result is None for result in results) == 1, results
    assert sum(isinstance(result, NoSuchMove) for result in results) == 2, results
    assert certificate.moves.count() == 1


def test_an_application_sent_twice_gets_one_number():
    """Double submission, as far as the core is asked."""
    from certified_orgs import moves

    application = ApplicationFactory()

    def submit():
        case = Application.objects.get(pk=application.pk)
        with transaction.atomic():
            number = numbers.receipt_number(2026)
            moves.make(case, "submit", moves.APPLICANT, receipt_number=number)

    results = at_once([submit] * 3)
    assert sum(result is None for result in results) == 1, results
    application.refresh_from_db()
    assert application.receipt_number == "2026-0001"
    assert NumberSeries.objects.get(name=numbers.RECEIPTS).last == 1
