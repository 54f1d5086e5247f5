"""Private links: every bad one looks like every other, and no key is written down."""

from __future__ import annotations

import datetime
import logging
import re
import sys

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from certified_orgs import links
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    ProposalFactory,
    YearlyReportFactory,
)
from certified_orgs.models import CertifiedIndexPage, PrivateLink
from certified_orgs.routes.private import FOLDERS, private_url
from kiyose.security import WithoutKeys
from tests.certified_orgs.applicants import scheme_with_windows
from tests.queries import assert_few, default_division
from tests.world import in_two_languages

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        sections = in_two_languages()
        scheme_with_windows()
        default_division()
        yield sections
        transaction.set_rollback(True)


def expired() -> str:
    token = links.give(ApplicationFactory(), "draft", 60)
    PrivateLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    return token


def used() -> str:
    draft = ApplicationFactory()
    token = links.give(draft, "draft", 60)
    links.close(draft, "draft")
    return token


def replaced() -> str:
    draft = ApplicationFactory()
    token = links.give(draft, "draft", 60)
    links.give(draft, "draft", 60)
    return token


def foreign() -> str:
    return links.give(ApplicationFactory(state="submitted"), "application", 60)


def of_what_is_sent() -> str:
    """A link to a draft that the window has sent in the meantime."""
    return links.give(ApplicationFactory(state="submitted"), "draft", 60)


def tampered() -> str:
    token = links.give(ApplicationFactory(), "draft", 60)
    return ("B" if token[0] == "A" else "A") + token[1:]


def orphaned() -> str:
    draft = ApplicationFactory()
    token = links.give(draft, "draft", 60)
    draft.marks.all().delete()
    type(draft).objects.filter(pk=draft.pk)._raw_delete("default")  # its links stay behind
    return token


def made_up() -> str:
    return "no-such-link"


BAD = [expired, used, replaced, foreign, of_what_is_sent, tampered, orphaned, made_up]


def bare(answer) -> tuple:
    """What of an answer could tell one bad link from another."""
    body = re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", answer.content)
    return answer.status_code, dict(answer.items()), sorted(answer.cookies), body


TOMORROW = timezone.localdate() + datetime.timedelta(days=1)
SUBJECTS = {
    "draft": ApplicationFactory,
    "application": lambda: ApplicationFactory(state="submitted"),
    "report": YearlyReportFactory,
    "change": CertificateFactory,
    "statement": lambda: ProposalFactory(state="notified", statement_due_on=TOMORROW),
}
# A purpose that leads to other pages.
OTHER = {"draft": "application", "application": "report", "report": "change"} | {
    "change": "statement",
    "statement": "draft",
}


@pytest.mark.parametrize("method", ["get", "post", "head"])
@pytest.mark.parametrize("purpose", SUBJECTS)
def test_bad_links_of_every_purpose_look_alike(site, purpose, method):
    def link(of=purpose) -> str:
        return links.give(SUBJECTS[purpose](), of, 60)

    good, closed, late = link(), link(), link()
    PrivateLink.objects.filter(token_hash=links._hash(closed)).update(closed_at=timezone.now())
    PrivateLink.objects.filter(token_hash=links._hash(late)).update(expires_at=timezone.now())
    swapped = good.swapcase()
    bad = [closed, late, swapped, good[:-1], f"{good}x", link(OTHER[purpose]), "見本", "x" * 600]

    def visit(token):
        url = f"/ja/certified/{FOLDERS[purpose]}/{token}/"
        return bare(getattr(Client(), method)(url))

    assert visit(good)[0] in {200, 303}
    expected = visit("no-such-link")
    assert expected[0] == 404
    for number, token in enumerate(bad):
        assert visit(token) == expected, number


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rest", ["", "people/", "check/"])
def test_all_bad_links_look_alike(site, language, method, rest):
    answers = {}
    for make in BAD:
        url = f"/{language}/certified/apply/{make()}/{rest}"
        answers[make.__name__] = bare(getattr(Client(), method)(url))
    expected = answers["made_up"]
    assert expected[0] == 404
    for name, answer in answers.items():
        assert answer == expected, name


def test_the_page_tells_whom_to_ask_and_nothing_else(site):
    token = foreign()
    answer = Client().get(f"/ja/certified/apply/{token}/")
    html = answer.content.decode()
    assert "見本商工会" in html
    assert "042-000-0001" in html
    assert "見本市民センター" in html
    assert token not in html
    assert "見本商店" not in html
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_few_queries(site):
    assert_few("/ja/certified/apply/no-such-link/", 404)
    token = links.give(ApplicationFactory(state="submitted"), "application", 60)
    url = f"/ja/certified/application/{token}/"
    assert Client().get(url).status_code == 200


def test_an_address_behind_a_good_link_that_leads_nowhere(site):
    token = links.give(ApplicationFactory(), "draft", 60)
    answer = Client().get(f"/ja/certified/apply/{token}/nowhere/")
    assert bare(answer) == bare(Client().get("/ja/certified/apply/no-such-link/"))


def test_a_link_that_follows_is_the_same_each_time_and_no_other(site):
    assert links.successor("a") == links.successor("a")
    assert links.successor("a") != links.successor("b")
    assert len(links.successor("a")) == len(links.give(ApplicationFactory(), "draft", 1))


def test_no_key_is_kept(site):
    token = links.give(ApplicationFactory(), "draft", 60)
    assert not PrivateLink.objects.filter(token_hash=token).exists()
    assert token not in str(PrivateLink.objects.values())


# Addresses to write into mails and letters


@pytest.mark.parametrize(
    ("purpose", "folder"),
    [
        ("draft", "apply"),
        ("application", "application"),
        ("report", "report"),
        ("change", "change"),
        ("statement", "statement"),
    ],
)
def test_private_addresses(site, purpose, folder):
    for language in ("ja", "en"):
        url = private_url(purpose, "TOKEN", language)
        assert url == f"{settings.WAGTAILADMIN_BASE_URL}/{language}/certified/{folder}/TOKEN/"


def test_english_falls_back_to_the_same_path(site):
    CertifiedIndexPage.objects.get(locale__language_code="en").unpublish()
    url = private_url("draft", links.give(ApplicationFactory(), "draft", 60), "en")
    assert "/en/certified/apply/" in url
    answer = Client().get(url.removeprefix(settings.WAGTAILADMIN_BASE_URL))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<html lang="en"' in html
    assert "has not been translated" not in html, "all its words are the interface’s"
    assert '<span aria-current="page">Application for the certificate' in html


def test_without_a_register_there_is_no_address(site):
    for page in CertifiedIndexPage.objects.all():
        page.unpublish()
    assert private_url("draft", "TOKEN", "ja") == ""


# Logs


def test_an_error_is_written_down_without_what_it_quotes():
    """PostgreSQL quotes the whole row that it refuses."""
    row, address = "Failing row contains (見本 代表, 042-000-0009)", "shop@example.jp"
    try:
        try:
            raise ValueError(row)
        except ValueError as error:
            raise KeyError(address) from error
    except KeyError:
        record = logging.makeLogRecord({"msg": "Internal Server Error", "exc_info": sys.exc_info()})
    assert WithoutKeys().filter(record)
    line = logging.Formatter().format(record)
    assert row not in line
    assert address not in line
    assert line.index("builtins.ValueError") < line.index("builtins.KeyError")
    assert "in test_an_error_is_written_down_without_what_it_quotes" in line


def test_no_key_is_written_into_a_log():
    token = links.secrets.token_urlsafe(links.TOKEN_BYTES)
    path = f"/ja/certified/apply/{token}/people/"
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Not Found", path)})
    assert WithoutKeys().filter(record)
    assert record.getMessage() == "Not Found: /ja/certified/apply/…/people/"
    handler = settings.LOGGING["handlers"]["stderr"]
    assert settings.LOGGING["filters"][handler["filters"][0]]["()"].endswith("WithoutKeys")
