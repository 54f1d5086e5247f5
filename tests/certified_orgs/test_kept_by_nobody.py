"""No cache shows a state of a certificate that has changed: not a browser's, not one on the way,
not the site's own."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from certified_orgs import decisions
from certified_orgs.factories import CertificateFactory, SchemeYearFactory
from certified_orgs.models import Certificate, CertifiedIndexPage, ProfileProject
from home.models import ArticleIndexPage
from projects.factories import ProjectPageFactory
from projects.models import ProjectIndexPage
from tests.queries import LANGUAGES
from tests.world import fresh, in_two_languages, publish

from .holders import profile_for
from .papers import DECIDER, ruling

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
NUMBER = "KSC-2026-001"


class Shop:
    """A holder with a profile that names a project, and an article that has nothing to do with
    it."""

    def __init__(self):
        self.sections = in_two_languages()
        SchemeYearFactory()
        self.certificate = CertificateFactory(
            number=NUMBER, fiscal_year=2026, serial=1, valid_until=TODAY + 9 * DAY
        )
        project = ProjectPageFactory(
            parent=fresh(self.sections[ProjectIndexPage]), slug="sample", stage="running"
        )
        publish(project)
        page = profile_for(self.certificate, self.sections[CertifiedIndexPage], ["12"])
        page.related_projects = [ProfileProject(project=fresh(project))]
        publish(page)


@pytest.fixture(scope="module")
def shop(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Shop()
        transaction.set_rollback(True)


# Wherever the state of the certificate is to be seen.
PAGES = {
    "register": "/{}/certified/?state=valid&state=revoked&state=expired",
    "profile": "/{}/certified/ksc-2026-001/",
    "goal": "/{}/sdgs/12/",
    "project": "/{}/projects/sample/",
    "check": "/verify/KSC-2026-001/?lang={}",
    "kit": "/{}/certified/kit/KSC-2026-001/",
    "copy": "/{}/certified/copy/KSC-2026-001/",
    "copy to keep": "/{}/certified/copy/KSC-2026-001/download/",
    "CSV": "/opendata/certified.csv",
    "JSON": "/opendata/certified.json",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_caches_ask_each_time(shop, client, address, language):
    answer = client.get(address.format(language))
    assert answer.status_code == 200
    assert {"no-cache", "no-store"} & set(answer.headers["Cache-Control"].split(", "))


def test_the_places_that_are_left_too(shop, client):
    assert client.get("/ja/certified/scheme/").headers["Cache-Control"] == "no-cache"


def test_pages_without_any_state_may_be_kept(shop, client):
    news = fresh(shop.sections[ArticleIndexPage])
    assert "Cache-Control" not in client.get(news.url).headers


def states(client, address: str) -> set[str]:
    """The states that a page shows, or what a file or a check says."""
    answer = client.get(address)
    text = answer.content.decode()
    if address.startswith("/opendata"):
        return {word for word in ("valid", "revoked", "expired") if f'"{word}"' in text}
    page = BeautifulSoup(text, "html.parser")
    # The words of the check are explained below the answer.
    for glossary in page.select(".standings"):
        glossary.decompose()
    marks = [name for tag in page.select(".holder-state, .answer") for name in tag["class"]]
    return {name.partition("--")[2] for name in marks if "--" in name}


SHOWN = ["register", "profile", "goal", "check", "JSON"]


@pytest.mark.parametrize("name", SHOWN)
def test_the_next_visit_shows_the_decision(shop, client, name):
    address = PAGES[name].format("ja")
    assert states(client, address) == {"valid"}
    decisions.revoke(Certificate.objects.get(number=NUMBER), DECIDER, ruling())
    assert states(client, address) == {"revoked"}


@pytest.mark.parametrize("name", SHOWN)
def test_the_next_morning_shows_the_end(shop, client, name):
    address = PAGES[name].format("ja")
    with freeze_time(f"{TODAY + 9 * DAY}T14:59:00Z"):
        assert states(client, address) == {"valid"}
    with freeze_time(f"{TODAY + 9 * DAY}T15:00:00Z"):  # midnight in Tokyo
        assert states(client, address) == {"expired"}


@pytest.mark.parametrize("name", ["CSV", "JSON"])
def test_who_has_the_data_gets_the_new_state(shop, name):
    first = Client().get(PAGES[name])
    known = {"If-None-Match": first.headers["ETag"]}
    assert Client(headers=known).get(PAGES[name]).status_code == 304
    with freeze_time(f"{TODAY + 10 * DAY}T03:00:00Z"):
        again = Client(headers=known).get(PAGES[name])
    assert again.status_code == 200
    assert b"expired" in again.content


def test_a_project_does_not_name_who_has_lost_the_certificate(shop, client):
    address = PAGES["project"].format("ja")
    assert NUMBER.lower() in client.get(address).content.decode()
    decisions.revoke(Certificate.objects.get(number=NUMBER), DECIDER, ruling())
    assert NUMBER.lower() not in client.get(address).content.decode()
