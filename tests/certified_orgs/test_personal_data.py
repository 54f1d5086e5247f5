"""What nobody but the office reads is nowhere in public: one holder, one secret word in every
place where something private is written, and every way by which the word could come out."""

from __future__ import annotations

import logging
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from certified_orgs import changes, decisions, links, proposals
from certified_orgs.factories import ProposalFactory, YearlyReportFactory
from certified_orgs.models import (
    PRIVATE_DETAILS,
    Attachment,
    Certificate,
    CertifiedIndexPage,
    Score,
    SelfCheck,
)
from certified_orgs.yearly_reports import accept, send_back, submit
from tests.queries import default_division
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, publish

from .desk import account
from .desk import settings as scheme_with
from .holders import keep_picture
from .papers import DECIDER, in_screening, ruling

pytestmark = pytest.mark.django_db

WORD = "ひみつ見本"
PHONE = "042-000-7777"
SECRETS = (WORD, PHONE, "himitsu")
WORDS = [name for name in PRIVATE_DETAILS if name not in ("language", "postal_code")]
PRIVATE = dict.fromkeys(WORDS, WORD) | {
    "phone": PHONE,
    "fax": PHONE,
    "email": "himitsu@example.jp",
}


def live(log) -> Certificate:
    """From the application to a suspension, with something private at every step."""
    application = in_screening(name="見本の公開商店", **PRIVATE)
    reviewer = account("department")
    criterion = application.scheme.criteria.create(
        locale=Page.objects.get(pk=CertifiedIndexPage.objects.first().pk).locale,
        name="見本", description="見本", question="見本",
    )  # fmt: skip
    SelfCheck.objects.create(application=application, criterion=criterion, answer=WORD)
    Score.objects.create(
        application=application, criterion=criterion, reviewer=reviewer, points=3, remark=WORD
    )
    application.comments.create(text=WORD, by=reviewer)
    application.questions.create(text=WORD, answer=WORD, asked_at=timezone.now())
    keep_picture(application, note=WORD)
    holder = decisions.certify(application, DECIDER, ruling(reason=WORD))
    publish(fresh(holder.pages.get()))
    report = YearlyReportFactory(certificate=holder, summary="見本の公開の概要")
    report.activities.create(mark_id=1, activity="見本の公開の活動")
    keep_picture(report, note=WORD)
    submit(report, DECIDER)
    send_back(report, DECIDER, WORD)
    submit(report, DECIDER)
    accept(report, DECIDER)
    unread = YearlyReportFactory(certificate=holder, fiscal_year=2020, summary=WORD)
    unread.activities.create(mark_id=1, activity=WORD)
    change = changes.submit(holder, "change", values={"representative": WORD + "2"}, reason=WORD)
    keep_picture(change, note=WORD)
    changes.accept(change, DECIDER)
    changes.submit(holder, "reissue", reason=WORD)
    proposal = ProposalFactory(certificate=holder, reason=WORD)
    proposals.notify(proposal, DECIDER)
    proposals.hear(proposal, DECIDER, WORD, timezone.localdate())
    links.give(holder, "change", 30)
    call_command("certification_clock", stdout=log)
    call_command("list_disposable", stdout=log)
    return holder


class Written(logging.Handler):
    """Everything that any logger writes, as text."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.text = ""

    def emit(self, record):
        self.text += self.format(record) + "\n"


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    """The holder, and what was written into logs while it came to be."""
    log, output = Written(), StringIO()
    root = logging.getLogger()
    with django_db_blocker.unblock(), transaction.atomic():
        in_two_languages()
        default_division()
        employ()
        scheme_with()
        root.addHandler(log)
        try:
            holder = live(output)
        finally:
            root.removeHandler(log)
        yield holder, log.text + output.getvalue()
        transaction.set_rollback(True)


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_the_word_is_where_it_belongs(story):
    """Or nothing here would be tested: the office reads it."""
    holder, _log = story
    for who in ("mirai", "shokokai"):
        page = client_of(who).get(reverse("certificates:file", args=[holder.pk]))
        assert leaks(page.content.decode()) == list(SECRETS)


def public_addresses(holder) -> list[str]:
    number = holder.number
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    asked = [f"/{language}/certified/" for language in ("ja", "en")]
    searched = [f"{page}?q={word}" for page in asked for word in (PHONE, "見本の公開商店")]
    files = [f"/opendata/certified.{ending}" for ending in ("csv", "json")]
    return [
        *pages, *searched, *files, "/opendata/", f"/verify/{number}/", "/verify/",
        f"/ja/certified/kit/{number}/", f"/ja/certified/copy/{number}/",
        f"/ja/certified/{number.lower()}/", "/ja/sdgs/8/", "/ja/certified/scheme/",
    ]  # fmt: skip


def test_no_public_page_file_or_search_has_it(story, client):
    holder, _log = story
    found, named = {}, 0
    for address in public_addresses(holder):
        answer = client.get(address, follow=True)
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode()
        # What was asked for stands in the field again.
        asked = PHONE if PHONE in address else ""
        if secrets := [each for each in leaks(text) if each != asked]:
            found[address] = secrets
        named += holder.name in text
    assert found == {}
    assert named >= 5, "the holder is public, so its pages were looked at"


@pytest.mark.parametrize("question", ["himitsu", PHONE, WORD])
def test_nobody_is_found_by_it(story, client, question):
    holder, _log = story
    answer = client.get("/ja/certified/", {"q": question}).content.decode()
    assert holder.name not in answer


def test_no_page_keeps_it_in_its_revisions_nor_in_what_is_searched(story):
    holder, _log = story
    assert Revision.objects.filter(object_str__contains=holder.name).exists()
    with connection.cursor() as cursor:
        names = [
            name
            for name in connection.introspection.table_names()
            if name.startswith(("wagtail", "home_", "simple_translation", "django_session"))
            or name == "certified_orgs_certifiedorgpage"
        ]
        assert "wagtailcore_revision" in names
        assert "wagtailsearch_indexentry" in names
        leaking = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608
            text = "\n".join(str(cell) for row in cursor.fetchall() for cell in row)
            if leaks(text):
                leaking[name] = leaks(text)
    assert leaking == {}


def test_no_log_has_it(story):
    _holder, log = story
    assert leaks(log) == []


def test_the_other_window_and_the_editors_do_not_read_it(story):
    holder, _log = story
    page = holder.pages.get()
    found = {}
    lists = ("applications", "certificates", "reports", "changes", "letters", "proposals")
    addresses = [reverse(f"{name}:index") for name in lists]
    addresses += [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("certificates:file", args=[holder.pk]),
    ]
    for who in ("katsudo", "pr", "translator", "department", "iinkai"):
        for address in addresses:
            text = client_of(who).get(address).content.decode()
            if leaks(text):
                found[who, address] = leaks(text)
    assert found == {}


def test_no_media_address_leads_to_a_file(story, client):
    names = [each.file.name for each in Attachment.objects.all()]
    assert len(names) == 3
    private = Path(storages["private"].location).resolve()
    for public in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert not private.is_relative_to(Path(public).resolve())
    for name in names:
        for address in (name, f"../{private.name}/{name}", f"%2e%2e/{private.name}/{name}"):
            assert client.get(f"{settings.MEDIA_URL}{address}").status_code == 404
    for each in Attachment.objects.all():
        assert client.get(reverse("certified_attachment", args=[each.pk])).status_code == 302
