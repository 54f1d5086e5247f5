"""The page of a project names the certified organisations that take part in it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from wagtail.models import PageViewRestriction

from certified_orgs.factories import CertificateFactory
from certified_orgs.models import Certificate, CertifiedIndexPage, ProfileProject
from kiyose.translation.factories import translate
from projects.factories import ProjectPageFactory
from projects.models import ProjectIndexPage
from tests.queries import LANGUAGES, default_division, queries_of
from tests.world import fresh, in_two_languages, publish

from .holders import profile_for

pytestmark = pytest.mark.django_db


class Together:
    """Two projects, one of them translated; three holders that take part in it, one without
    an English name, and one that takes part in the other."""

    def __init__(self):
        self.sections = in_two_languages()
        default_division()
        self.project, self.other = self._project("sample"), self._project("other")
        translate(self.project)
        self.bakery = self._holder("見本パン", "みほんぱん", "Sample Zelkova Bakery")
        self.choir = self._holder(
            "見本合唱団", "みほんがっしょうだん", "Sample Choir", kind="group"
        )
        self.only_japanese = self._holder("見本だけ", "みほんだけ", "")
        self.elsewhere = self._holder("見本よそ", "みほんよそ", "Sample Elsewhere", self.other)

    def _project(self, slug):
        page = ProjectPageFactory(
            parent=fresh(self.sections[ProjectIndexPage]), slug=slug, stage="running"
        )
        publish(page)
        return fresh(page)

    def _holder(self, name, reading, english_name, project=None, **values):
        certificate = CertificateFactory(
            name=name, reading=reading, english_name=english_name, **values
        )
        page = profile_for(certificate, self.sections[CertifiedIndexPage])
        page.related_projects = [ProfileProject(project=project or self.project)]
        publish(page)
        return fresh(page)


@pytest.fixture(scope="module")
def together(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Together()
        transaction.set_rollback(True)


def named(client, language="ja", slug="sample"):
    page = BeautifulSoup(client.get(f"/{language}/projects/{slug}/").content, "html5lib")
    return page.select("section[aria-labelledby=holders-heading] li")


def names(client, language="ja", slug="sample") -> list[str]:
    return [item.a.get_text(strip=True) for item in named(client, language, slug)]


def test_in_the_order_of_the_register(together, client):
    assert names(client) == ["見本合唱団", "見本だけ", "見本パン"]
    assert names(client, "en") == ["Sample Choir", "Sample Zelkova Bakery", "見本だけ"]
    assert names(client, slug="other") == ["見本よそ"]


def test_each_leads_to_its_profile_with_its_state(together, client):
    choir, _bakery, only_japanese = named(client, "en")
    assert choir.a["href"] == f"/en/certified/{together.choir.slug}/"
    assert choir.select_one(".holder-state--valid").get_text(strip=True) == "Valid"
    assert "Citizens’ group" in choir.get_text()
    assert "lang" not in choir.a.attrs
    assert only_japanese.a["lang"] == "ja"


def test_who_is_suspended_says_so_and_who_has_ended_is_gone(together, client):
    Certificate.objects.filter(pk=together.choir.certificate_id).update(state="suspended")
    assert named(client)[0].select_one(".holder-state--suspended")
    Certificate.objects.filter(pk=together.choir.certificate_id).update(
        state="revoked", place=None, ended_on="2026-11-01"
    )
    assert names(client) == ["見本だけ", "見本パン"]


def test_only_by_public_profiles(together, client):
    fresh(together.choir).unpublish()
    PageViewRestriction.objects.create(
        page=together.bakery, restriction_type=PageViewRestriction.LOGIN
    )
    assert names(client) == ["見本だけ"]


def test_without_anybody_there_is_no_heading(together, client):
    for page in (together.choir, together.bakery, together.only_japanese):
        fresh(page).unpublish()
    for language in LANGUAGES:
        assert "holders-heading" not in client.get(f"/{language}/projects/sample/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_queries_however_many_there_are(together, language):
    address = f"/{language}/projects/sample/"
    few = len(queries_of(address))
    for number in range(4):
        together._holder(f"見本{number}", "みほん", "")
    assert len(queries_of(address)) == few
    ProfileProject.objects.all().delete()
    assert len(queries_of(address)) == few - 1
