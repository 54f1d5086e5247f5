"""Numbers are given once, in the order of the fiscal year."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from certified_orgs import decisions, numbers
from certified_orgs.factories import CertificateFactory, SchemeYearFactory
from certified_orgs.models import Certificate, HolderContact, NumberSeries, Term

from .papers import DECIDER, in_screening, ruling

pytestmark = pytest.mark.django_db


def certify(on: datetime.date) -> Certificate:
    return decisions.certify(in_screening(received_on=on), DECIDER, ruling(on))


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ((2025, 4, 1), "KSC-2025-001"),
        ((2026, 3, 31), "KSC-2025-001"),
        ((2026, 4, 1), "KSC-2026-001"),
        ((2024, 2, 29), "KSC-2023-001"),
    ],
)
def test_the_year_is_the_fiscal_year_of_the_decision(day, number):
    SchemeYearFactory(fiscal_year=2023)
    certificate = certify(datetime.date(*day))
    assert certificate.number == number
    assert certificate.fiscal_year == int(number[4:8])
    assert numbers.NUMBER.fullmatch(number)


def test_each_year_counts_from_one_and_none_disturbs_the_other():
    SchemeYearFactory(fiscal_year=2025)
    march, april = datetime.date(2026, 3, 31), datetime.date(2026, 4, 1)
    given = [certify(day).number for day in (march, april, march, april)]
    assert given == ["KSC-2025-001", "KSC-2026-001", "KSC-2025-002", "KSC-2026-002"]


def test_more_than_999_in_a_year():
    SchemeYearFactory(fiscal_year=2026)
    NumberSeries.objects.create(name=numbers.CERTIFICATES, fiscal_year=2026, last=998)
    day = datetime.date(2026, 5, 1)
    given = [certify(day).number for _one in range(2)]
    assert given == ["KSC-2026-999", "KSC-2026-1000"]
    assert all(numbers.NUMBER.fullmatch(number) for number in given)


def test_the_beginning_is_a_setting_and_the_count_goes_on():
    scheme = SchemeYearFactory(fiscal_year=2026)
    day = datetime.date(2026, 5, 1)
    first = certify(day).number
    scheme.number_prefix = "MHN"
    scheme.save()
    assert (first, certify(day).number) == ("KSC-2026-001", "MHN-2026-002")


def test_what_is_rolled_back_leaves_no_gap():
    with transaction.atomic():
        assert numbers.receipt_number(2026) == "2026-0001"
        transaction.set_rollback(True)
    assert numbers.receipt_number(2026) == "2026-0001"
    assert numbers.receipt_number(2026) == "2026-0002"


def test_a_certificate_is_never_deleted():
    certificate = CertificateFactory(state="revoked")
    with pytest.raises(ProtectedError):
        certificate.delete()
    with pytest.raises(ProtectedError):
        Certificate.objects.filter(pk=certificate.pk).delete()


def test_not_even_a_deletion_by_force_gives_the_number_to_somebody_else():
    SchemeYearFactory(fiscal_year=2026)
    day = datetime.date(2026, 5, 1)
    gone = certify(day)
    HolderContact.objects.filter(certificate=gone).delete()
    Term.objects.filter(certificate=gone).delete()
    Certificate.objects.filter(pk=gone.pk).delete()
    assert certify(day).number == "KSC-2026-002"


@pytest.mark.parametrize("name", ["number", "serial"])
def test_the_database_refuses_a_number_twice(name):
    first, second = CertificateFactory(), CertificateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=second.pk).update(**{name: getattr(first, name)})


def test_receipts_count_on_their_own():
    SchemeYearFactory(fiscal_year=2026)
    receipt = numbers.receipt_number(2026)
    certificate = certify(datetime.date(2026, 5, 1))
    assert receipt == "2026-0001"
    assert certificate.serial == 1
