"""Holders, their cases and their profiles, as the tests of several subjects need them."""

from __future__ import annotations

import datetime

from freezegun import freeze_time

from certified_orgs import attachments
from certified_orgs.factories import CertificateFactory, CertifiedOrgPageFactory
from certified_orgs.models import Attachment, Certificate
from tests.world import fresh, publish

from .files import picture


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at_noon(text: str):
    """The clock of the whole program stands at noon of that day in Tokyo."""
    return freeze_time(f"{text}T03:00:00Z")


def certificate(certified_on: str = "2026-10-01", **values) -> Certificate:
    """Certified on that day."""
    with at_noon(certified_on):
        return CertificateFactory(certified_on=day(certified_on), **values)


def keep_picture(case, **values) -> Attachment:
    """An attachment of a case."""
    return attachments.add(case, attachments.inspect(picture()), **values)


def profile_for(certificate, register, marks=("8.3",), **values):
    """A published profile of the certificate below the register."""
    page = CertifiedOrgPageFactory(
        parent=fresh(register),
        certificate=certificate,
        title=certificate.name,
        slug=certificate.number.lower(),
        marks=list(marks),
        **{"why": "見本の理由"} | values,
    )
    publish(fresh(page))
    return fresh(page)
