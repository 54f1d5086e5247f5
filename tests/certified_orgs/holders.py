"""Holders with a published profile, for the tests of what is public about them."""

from __future__ import annotations

from certified_orgs.factories import CertifiedOrgPageFactory
from tests.world import fresh, publish


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
