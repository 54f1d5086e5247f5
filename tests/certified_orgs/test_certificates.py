"""Certificates from inside: the list, the file of each, and what waits to be printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from certified_orgs import changes, decisions, moves
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
)
from certified_orgs.models import Certificate
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from certified_orgs.wagtail_hooks import VIEWSETS
from tests.certified_orgs.desk import (
    account,
    desk_of,
    is_refused,
    names_in,
    page,
    paper,
    press,
    text,
)
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world):
    employ()
    Certificate.objects.update(name="見本の他", search_key="見本の他")


@pytest.fixture
def shop(office):
    return CertificateFactory(name="見本の店")


def test_every_sign_in_the_menu_is_one_of_wagtails():
    """An unknown one leaves a gap."""
    known = []
    for register in hooks.get_hooks("register_icons"):
        known = register(known)
    names = {Path(template).stem for template in known}
    for viewset in VIEWSETS:
        assert viewset.icon in names, viewset
        header = getattr(getattr(viewset, "file_view_class", None), "header_icon", "")
        assert not header or header in names, viewset


def test_each_window_lists_its_own_kind(shop):
    group = CertificateFactory(name="見本の会", kind="group")
    assert "見本の会" not in names_in(page("shokokai", "certificates:index"))
    assert names_in(page("katsudo", "certificates:index")) == {"見本の会"}
    assert {"見本の店", "見本の会"} <= names_in(page("mirai", "certificates:index"))
    assert page("katsudo", "certificates:file", shop.pk).status_code == 404
    assert page("shokokai", "certificates:file", group.pk).status_code == 404
    assert "見本の店" not in text(page("katsudo", "certificates:index", export="csv"))


def test_a_certificate_is_found_by_number_and_name(shop):
    for query in (shop.number, "見本の店", shop.number.lower()):
        assert "見本の店" in names_in(page("shokokai", "certificates:index", q=query)), query
    assert names_in(page("shokokai", "certificates:index", q="ない")) == set()


def test_the_list_is_narrowed_by_state(shop):
    CertificateFactory(name="見本の終", state="expired")
    assert names_in(page("mirai", "certificates:index", state="expired")) == {"見本の終"}


@pytest.mark.parametrize("who", ["pr", "department", "translator", "iinkai"])
def test_others_see_no_certificate_here(shop, who):
    assert is_refused(page(who, "certificates:index"))
    assert is_refused(page(who, "certificates:file", shop.pk))
    assert is_refused(press(who, "certificates:reinstate", shop.pk, **paper()))


def test_the_file_has_contact_and_terms(shop):
    shown = text(page("shokokai", "certificates:file", shop.pk))
    assert "holder@example.jp" in shown
    assert shop.valid_until.isoformat() in shown


def test_the_timeline_begins_with_the_application(office):
    application = ApplicationFactory(state="submitted")
    decider = Actor(Who.DECIDER, account("mirai"))
    moves.make(application, "receive", decider)
    moves.make(application, "screen", decider)
    day = timezone.localdate(application.submitted_at)
    ruling = decisions.Ruling("見本の理由", day, day, "見本第1号")
    certificate = decisions.certify(application, decider, ruling)
    decisions.suspend(certificate, decider, ruling)
    told = page("mirai", "certificates:file", certificate.pk).context["timeline"]
    assert [happening.subject for happening in told] == [application] * 3 + [certificate]
    # What the applicant did not agree to show, the window does not read here either.
    application.consents_to_window = False
    application.save()
    told = page("shokokai", "certificates:file", certificate.pk).context["timeline"]
    assert [happening.subject for happening in told] == [certificate]


def test_a_suspension_is_lifted_by_a_decision(office):
    suspended = CertificateFactory(state="suspended")
    assert "certificates:reinstate" not in text(page("mirai", "certificates:file", suspended.pk))
    assert reverse("certificates:reinstate", args=[suspended.pk]) in text(
        page("mirai", "certificates:file", suspended.pk)
    )
    assert is_refused(press("shokokai", "certificates:reinstate", suspended.pk, **paper()))
    press("mirai", "certificates:reinstate", suspended.pk, **paper())
    suspended.refresh_from_db()
    assert suspended.state == "valid"
    assert suspended.decisions.get().document_number == "見本第1号"
    again = press("mirai", "certificates:reinstate", suspended.pk, **paper(reason="残る理由"))
    assert "残る理由" in text(again)


@pytest.mark.parametrize("step", [decisions.suspend, decisions.revoke])
def test_why_a_measure_was_taken_the_window_does_not_read(office, step):
    holder, day = CertificateFactory(), timezone.localdate()
    paper = decisions.Ruling("見本のわけ", day, day, "見本第77号")
    step(holder, Actor(Who.DECIDER, account("mirai")), paper)
    told = text(page("mirai", "certificates:file", holder.pk))
    assert "見本のわけ" in told
    assert "見本第77号" in told
    told = text(page("shokokai", "certificates:file", holder.pk))
    assert "見本のわけ" not in told
    assert "見本第77号" not in told
    assert holder.get_state_display() in told


# Printing, and the profile


def certified(application) -> Certificate:
    decider = Actor(Who.DECIDER, account("mirai"))
    day = timezone.localdate()
    return decisions.certify(
        application, decider, decisions.Ruling("見本の理由", day, day, "見本第1号")
    )


def waiting_to_be_printed() -> set[str]:
    return names_in(page("mirai", "certificates:index", printing="waits"))


def test_a_certificate_waits_to_be_printed_until_it_is(office):
    certificate = certified(ApplicationFactory(state="screening", name="見本の新しい店"))
    assert waiting_to_be_printed() == {"見本の新しい店"}
    assert desk_of("mirai")["印刷する認定証"] == 1
    address = reverse("certificate_print", args=[certificate.pk])
    assert address in text(page("mirai", "certificates:file", certificate.pk))
    assert address not in text(page("shokokai", "certificates:file", certificate.pk))
    client_of("mirai").post(address, {"occasion": "first"})
    assert waiting_to_be_printed() == set()
    assert "印刷する認定証" not in desk_of("mirai")
    assert address in text(page("mirai", "certificates:file", certificate.pk)), "for a reissue"


def test_a_renewal_and_a_new_name_are_printed_again(office):
    renewed = certified(ApplicationFactory(state="screening", name="見本の店一"))
    renamed = certified(ApplicationFactory(state="screening", name="見本の店二"))
    Certificate.objects.update(to_print_since=None)
    renewal = {"purpose": "renewal", "renews": renewed}
    certified(ApplicationFactory(state="screening", name="見本の店一", **renewal))
    told = changes.submit(renamed, "change", values={"name": "見本の店三"})
    changes.accept(told, Actor(Who.DECIDER, account("mirai")))
    assert waiting_to_be_printed() == {"見本の店一", "見本の店三"}


def test_what_may_not_be_shown_is_not_printed(office):
    suspended = CertificateFactory(state="suspended", to_print_since=timezone.now())
    assert waiting_to_be_printed() == set()
    address = reverse("certificate_print", args=[suspended.pk])
    assert address not in text(page("mirai", "certificates:file", suspended.pk))


def test_the_draft_of_the_profile_is_found_from_the_certificate(office):
    certificate = certified(ApplicationFactory(state="screening", name="見本の新しい店"))
    address = reverse("wagtailadmin_pages:edit", args=[certificate.pages.get().pk])
    assert address in text(page("mirai", "certificates:file", certificate.pk))
    shown = text(page("shokokai", "certificates:file", certificate.pk))
    assert address not in shown, "the window does not edit pages"
    assert "名簿の紹介ページ" in shown
