"""The register and the profile ask the database as often for 300 holders as for 12."""

from __future__ import annotations

import pytest
from django.db import transaction

from certified_orgs.factories import CertificateFactory, DistrictFactory
from certified_orgs.models import Certificate, CertifiedIndexPage, CertifiedOrgPage, Place
from kiyose.translation.factories import translate
from tests.bulk import clone, translate_clones, update_statistics
from tests.queries import LANGUAGES, assert_few, default_division
from tests.world import fresh, in_two_languages

from .holders import profile_for

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """How many queries each address makes: with 12 holders, with 300."""
    with django_db_blocker.unblock(), transaction.atomic():
        register = in_two_languages()[CertifiedIndexPage]
        default_division()
        district = DistrictFactory(key="north")
        first = CertificateFactory(district=district, name="見本の多い社")
        page = profile_for(first, register, ["8.3", "4", "17"])
        english = fresh(translate(page))
        for _number in range(11):
            CertificateFactory(district=district)
        addresses = [
            f"/{language}/certified/{query}"
            for language in LANGUAGES
            for query in (
                "",
                "?page=2",
                "?q=見本&kind=company&goal=8&target=8.3&district=north&state=valid&year="
                f"{first.fiscal_year}",
                "?state=expired",
            )
        ]
        few = {url: assert_few(url) for url in addresses}
        # As if the year had had three hundred places; written at once, for speed.
        more = [_copy_of(first, number) for number in range(288)]
        Certificate.objects.bulk_create(more)
        numbers = clone(fresh(page), 200)
        translate_clones(english, numbers[:100])
        for number, certificate in zip(numbers, more, strict=False):
            key = CertifiedOrgPage.objects.get(pk=number).translation_key
            CertifiedOrgPage.objects.filter(translation_key=key).update(certificate=certificate)
        assert Certificate.objects.count() == 300
        update_statistics()
        yield {url: (few[url], assert_few(url)) for url in addresses}
        transaction.set_rollback(True)


def _copy_of(certificate, number: int) -> Certificate:
    """Another certificate with a place of its own, unsaved."""
    fields = {f.attname: getattr(certificate, f.attname) for f in Certificate._meta.concrete_fields}
    return Certificate(
        **fields
        | {
            "id": None,
            "serial": 10_000 + number,
            "number": f"KSC-{certificate.fiscal_year}-{10_000 + number}",
            "name": f"見本{number}",
            "place_id": Place.objects.create(pool="company", number=1000 + number).pk,
        }
    )


def test_three_hundred_holders_ask_as_often_as_twelve(counts):
    assert {url: pair for url, pair in counts.items() if pair[1] > pair[0]} == {}
