"""Certification drafts a profile from what is public of the application; nobody publishes it."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from certified_orgs import decisions
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    RoundFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Certificate, CertifiedIndexPage, CertifiedOrgPage
from certified_orgs.moves import Actor, MoveRefused
from certified_orgs.profile_drafts import draft_profile
from certified_orgs.states import Who
from tests.queries import default_division
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DECIDER = Actor(Who.DECIDER)
RULING = decisions.Ruling("見本の理由", TODAY, TODAY, "見本第1号")


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        index = in_two_languages()[CertifiedIndexPage]
        default_division()
        employ()
        SchemeYearFactory(company_cap=3)
        yield index
        transaction.set_rollback(True)


def application(**values):
    given = {
        "state": "screening",
        "name": "見本𠮷野家",
        "website": "https://example.jp/yoshi",
        "what_we_do": "見本：丼を売っています。",
        "hopes": "見本：農家と組みたいです。",
        "marks": ["12.3", "8.5", "3"],
    }
    return ApplicationFactory(**given | values)


def certify(**values) -> tuple[Certificate, CertifiedOrgPage]:
    certificate = decisions.certify(application(**values), DECIDER, RULING)
    return certificate, certificate.pages.get()


def test_a_draft_from_the_public_items(register, client):
    certificate, page = certify()
    assert not page.live
    assert page.get_parent().pk == register.pk
    assert page.slug == certificate.number.lower()
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.what_we_do, draft.hopes, draft.why) == (
        "見本𠮷野家",
        "見本：丼を売っています。",
        "見本：農家と組みたいです。",
        "見本の活動です。",
    )
    assert draft.mark_codes == ["12.3", "8.5", "3"], "in the applicant's order"
    assert [(link.kind, link.url) for link in draft.links.all()] == [
        ("website", "https://example.jp/yoshi")
    ]
    assert client.get(f"/ja/certified/{page.slug}/").status_code == 404
    assert certificate.number in client.get("/ja/certified/").content.decode()


def test_nothing_private_is_in_it(register):
    _certificate, page = certify(
        representative="秘密太郎",
        contact_name="秘密花子",
        address="秘密1-1",
        email="s@secret.example",
        phone="042-999-9999",
    )
    kept = json.dumps([one.content for one in page.revisions.all()], ensure_ascii=False)
    logged = json.dumps(
        list(PageLogEntry.objects.filter(page=page.pk).values_list("data", flat=True))
    )
    for secret in ("秘密", "secret", "999-9999"):
        assert secret not in kept + logged


def test_staff_publish_it_like_any_page(register, client):
    certificate, page = certify()
    assert client_of("mirai").get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    publish(page.get_latest_revision_as_object())
    answer = client.get(f"/ja/certified/{page.slug}/")
    assert answer.status_code == 200
    assert certificate.number in answer.content.decode()


def test_it_is_not_copied_for_a_certificate_has_one_profile(register):
    _certificate, page = certify()
    staff = client_of("mirai")
    url = f"/admin/pages/{page.pk}/copy/"
    for answer in (staff.get(url), staff.post(url, {"new_title": "写し", "new_slug": "a-copy"})):
        assert answer.status_code == 302
        assert answer.url == f"/admin/pages/{register.pk}/"
    assert "紹介ページは、もうあります" in staff.get(answer.url).content.decode()
    assert not CertifiedOrgPage.objects.filter(slug="a-copy").exists()


def test_it_stays_when_the_certificate_ends(register, client):
    certificate, page = certify()
    publish(page.get_latest_revision_as_object())
    decisions.revoke(certificate, DECIDER, RULING)
    assert client.get(f"/ja/certified/{page.slug}/").status_code == 200


@pytest.mark.parametrize(
    ("activity", "why"),
    [
        ("短い活動です。", "短い活動です。"),
        ("一行目\n二行目", "一行目 二行目"),
        ("あ" * 150 + "。" + "い" * 100 + "。", "あ" * 150 + "。"),
        ("あ" * 300, "あ" * 199 + "…"),
        ("A sentence. " * 30, ("A sentence. " * 16).strip()),
    ],
    ids=["short", "lines", "two sentences", "no end", "English"],
)
def test_the_why_is_the_first_activity_as_far_as_there_is_room(register, activity, why):
    given = application()
    given.marks.filter(position=0).update(activity=activity)
    page = decisions.certify(given, DECIDER, RULING).pages.get()
    assert page.why == why
    assert len(page.why) <= 200


def test_an_application_without_a_web_site_gives_no_link(register):
    _certificate, page = certify(website="")
    assert not page.links.exists()


def test_a_renewal_drafts_nothing(register):
    certificate, page = certify()
    renewal = application(purpose="renewal", renews=certificate)
    decisions.certify(renewal, DECIDER, RULING)
    assert [one.pk for one in certificate.pages.all()] == [page.pk]


def test_a_second_draft_is_not_made(register):
    certificate, _page = certify()
    assert draft_profile(certificate) is None


def test_a_slug_that_is_taken_gets_a_number(register):
    certificate, first = certify()
    other = CertificateFactory()
    other.number = certificate.number
    other.application = application()
    second = draft_profile(other)
    assert second.slug == f"{first.slug}-1"


def test_without_a_register_page_one_is_certified_all_the_same(register):
    fresh(register).delete()
    certificate = decisions.certify(application(), DECIDER, RULING)
    assert certificate.state == "valid"
    assert not CertifiedOrgPage.objects.exists()


def test_a_round_that_fails_leaves_no_draft(register):
    before = Page.objects.count()
    selection = RoundFactory(scheme=SchemeYearFactory())
    outcomes = [
        decisions.Outcome(application(round=selection), "certify", "見本の理由") for _n in range(4)
    ]
    with pytest.raises(MoveRefused):
        decisions.decide_round(selection, outcomes, DECIDER, RULING)
    assert Page.objects.count() == before
    assert fresh(register).numchild == 0


def test_the_round_of_a_day_drafts_them_all(register):
    selection = RoundFactory(scheme=SchemeYearFactory())
    outcomes = [
        decisions.Outcome(application(round=selection), "certify", "見本の理由") for _n in range(3)
    ]
    certificates = decisions.decide_round(selection, outcomes, DECIDER, RULING)
    assert {one.pages.get().slug for one in certificates} == {
        one.number.lower() for one in certificates
    }
