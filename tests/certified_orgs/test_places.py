"""Places under the cap: who takes one, who keeps one, and when one is free again."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from freezegun import freeze_time

from certified_orgs import decisions, moves, places
from certified_orgs.factories import CertificateFactory, SchemeYearFactory
from certified_orgs.models import Certificate, Decision, Move, NumberSeries, Place, SchemeYear
from certified_orgs.places import NoPlaceLeft

from .papers import DECIDER, in_screening, ruling

pytestmark = pytest.mark.django_db

TOGETHER = SchemeYear.Counting.TOGETHER


def left(scheme) -> dict[str, int]:
    return {count.pool: count.left for count in places.counts(scheme)}


def taken(scheme) -> dict[str, int]:
    return {count.pool: count.taken for count in places.counts(scheme)}


def certify(kind="company"):
    return decisions.certify(in_screening(kind=kind), DECIDER, ruling())


def set_caps(scheme, **values) -> None:
    """As saving the settings does."""
    for name, value in values.items():
        setattr(scheme, name, value)
    scheme.save()
    places.arrange(scheme)


def test_companies_and_groups_are_counted_separately():
    scheme = SchemeYearFactory(company_cap=1, group_cap=2)
    certify("company")
    assert left(scheme) == {"company": 0, "group": 2}
    with pytest.raises(NoPlaceLeft):
        certify("company")
    certify("group")
    certify("group")
    with pytest.raises(NoPlaceLeft):
        certify("group")
    assert taken(scheme) == {"company": 1, "group": 2}


def test_or_both_together():
    scheme = SchemeYearFactory(counting=TOGETHER, shared_cap=2, company_cap=0, group_cap=0)
    certify("company")
    certify("group")
    assert left(scheme) == {"shared": 0}
    for kind in ("company", "group"):
        with pytest.raises(NoPlaceLeft):
            certify(kind)


def test_a_cap_of_none_gives_none():
    SchemeYearFactory(company_cap=0)
    with pytest.raises(NoPlaceLeft):
        certify()


def test_who_gets_no_place_is_left_as_before():
    SchemeYearFactory(company_cap=0)
    application = in_screening()
    with pytest.raises(NoPlaceLeft) as refusal:
        decisions.certify(application, DECIDER, ruling())
    assert str(refusal.value)
    application.refresh_from_db()
    assert (application.state, application.closed_at) == ("screening", None)
    assert not Certificate.objects.exists()
    assert not Decision.objects.exists()
    assert not Move.objects.exists()
    assert not NumberSeries.objects.filter(name="certificates").exists()


def test_a_renewal_takes_no_new_place():
    scheme = SchemeYearFactory(company_cap=1)
    certificate = certify()
    place = certificate.place
    renewal = in_screening(purpose="renewal", renews=certificate)
    decisions.certify(renewal, DECIDER, ruling())
    certificate.refresh_from_db()
    assert certificate.place == place
    assert taken(scheme)["company"] == 1


def test_a_renewal_of_another_kind_stays_where_it_is_counted():
    scheme = SchemeYearFactory()
    certificate = certify()
    renewal = in_screening(purpose="renewal", renews=certificate, kind="group", name="新しい名")
    decisions.certify(renewal, DECIDER, ruling())
    certificate.refresh_from_db()
    assert (certificate.kind, certificate.name) == ("company", "新しい名")
    assert taken(scheme) == {"company": 1, "group": 0}


def test_a_suspension_frees_no_place_and_lifting_it_takes_none():
    scheme = SchemeYearFactory(company_cap=1)
    certificate = certify()
    decisions.suspend(certificate, DECIDER, ruling())
    assert left(scheme)["company"] == 0
    with pytest.raises(NoPlaceLeft):
        certify()
    decisions.reinstate(certificate, DECIDER, ruling())
    assert taken(scheme)["company"] == 1


@pytest.mark.parametrize(
    "end",
    [
        lambda certificate: decisions.revoke(certificate, DECIDER, ruling()),
        lambda certificate: decisions.expire(certificate),
        lambda certificate: decisions.take_back(
            certificate, DECIDER, "見本の理由", timezone.localdate()
        ),
    ],
    ids=["revocation", "expiry", "return"],
)
@pytest.mark.parametrize("suspended", [False, True])
def test_an_end_frees_the_place(end, suspended):
    scheme = SchemeYearFactory(company_cap=1)
    certificate = certify()
    if suspended:
        decisions.suspend(certificate, DECIDER, ruling())
    end(certificate)
    assert left(scheme)["company"] == 1
    successor = certify()
    assert successor.number != certificate.number


def test_lowering_the_cap_takes_nobodys_place():
    scheme = SchemeYearFactory(company_cap=3)
    holders = [certify() for _one in range(3)]
    set_caps(scheme, company_cap=1)
    assert taken(scheme)["company"] == 3
    assert left(scheme)["company"] == 0
    # One place becomes free, but two are more than there may be.
    decisions.revoke(holders[0], DECIDER, ruling())
    with pytest.raises(NoPlaceLeft):
        certify()
    decisions.revoke(holders[1], DECIDER, ruling())
    # Its number is above the cap; it still counts.
    with pytest.raises(NoPlaceLeft):
        certify()
    decisions.revoke(holders[2], DECIDER, ruling())
    certify()
    assert taken(scheme)["company"] == 1


def test_raising_the_cap_makes_places():
    scheme = SchemeYearFactory(company_cap=1)
    certify()
    set_caps(scheme, company_cap=2)
    assert left(scheme)["company"] == 1
    certify()
    with pytest.raises(NoPlaceLeft):
        certify()


def test_counting_can_be_switched_there_and_back():
    scheme = SchemeYearFactory(company_cap=2, group_cap=1, shared_cap=3)
    certify("company")
    certify("group")
    set_caps(scheme, counting=TOGETHER)
    assert taken(scheme) == {"shared": 2}
    certify("group")
    for kind in ("company", "group"):
        with pytest.raises(NoPlaceLeft):
            certify(kind)
    set_caps(scheme, counting=SchemeYear.Counting.SEPARATE)
    # Two groups hold a place where one may: they keep it.
    assert taken(scheme) == {"company": 1, "group": 2}
    assert set(Place.objects.values_list("pool", flat=True)) == {"company", "group"}
    with pytest.raises(NoPlaceLeft):
        certify("group")
    certify("company")


def test_arranging_twice_changes_nothing():
    scheme = SchemeYearFactory(company_cap=2, group_cap=1)
    certify()
    rows = list(Place.objects.values_list("pk", "pool", "number"))
    places.arrange(scheme)
    assert list(Place.objects.values_list("pk", "pool", "number")) == rows


def test_the_settings_of_a_new_year_hold_from_its_first_day():
    """Nobody has to press anything on 1 April."""
    scheme = SchemeYearFactory(fiscal_year=2026, company_cap=1)
    SchemeYear.objects.create(
        fiscal_year=2027,
        opens_on=datetime.date(2027, 4, 1),
        closes_on=datetime.date(2028, 3, 31),
        report_due_on=datetime.date(2027, 5, 31),
        counting=TOGETHER,
        shared_cap=2,
    )
    first, second, third = (in_screening(scheme=scheme) for _one in range(3))
    with freeze_time("2027-03-31 03:00"):
        decisions.certify(first, DECIDER, ruling())
        with pytest.raises(NoPlaceLeft):
            decisions.certify(second, DECIDER, ruling())
    second.refresh_from_db()
    with freeze_time("2027-03-31 15:00"):  # midnight in Tokyo
        certificate = decisions.certify(second, DECIDER, ruling())
        assert certificate.certified_on == datetime.date(2027, 4, 1)
        assert certificate.place.pool == "shared"
        with pytest.raises(NoPlaceLeft):
            decisions.certify(third, DECIDER, ruling())


def test_what_was_approved_last_year_is_counted_by_the_cap_of_today():
    """Approved on 31 March and entered in April: the new, lower cap holds already."""
    scheme = SchemeYearFactory(fiscal_year=2026, company_cap=3)
    SchemeYearFactory(fiscal_year=2027, company_cap=1)
    first, second = (in_screening(scheme=scheme) for _one in range(2))
    on = datetime.date(2027, 3, 31)
    with freeze_time("2027-04-02 03:00"):
        certificate = decisions.certify(first, DECIDER, ruling(on))
        assert certificate.number == "KSC-2026-001", "its year is that of the approval"
        with pytest.raises(NoPlaceLeft):
            decisions.certify(second, DECIDER, ruling(on))


# What the database itself refuses


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("valid", {"place": None}),
        ("suspended", {"place": None}),
        ("valid", {"state": "revoked"}),
        ("valid", {"state": "revoked", "place": None}),
        ("valid", {"state": "expired", "ended_on": datetime.date(2026, 4, 1)}),
        ("valid", {"ended_on": datetime.date(2026, 4, 1)}),
        ("revoked", {"state": "valid", "ended_on": None}),
        ("returned", {"ended_on": None}),
        ("valid", {"valid_until": datetime.date(2000, 1, 1)}),
    ],
    ids=str,
)
def test_the_database_keeps_state_place_and_days_together(state, change):
    certificate = CertificateFactory(state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_the_database_gives_a_place_once():
    first, second = CertificateFactory(), CertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=second.pk).update(place=first.place)


def test_the_database_has_each_place_once():
    place = Place.objects.create(pool="company", number=500)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(pool=place.pool, number=place.number)


def test_a_move_that_would_keep_the_place_of_an_ended_certificate_is_undone():
    certificate = CertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        moves.make(certificate, "revoke", DECIDER, ruling=ruling())
    certificate.refresh_from_db()
    assert certificate.state == "valid"
    assert not certificate.moves.exists()
