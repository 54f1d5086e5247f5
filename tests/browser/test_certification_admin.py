"""The desk of certification in the admin, as its staff have it: on phones and in the dark."""

from __future__ import annotations

from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from certified_orgs.models import (
    Application,
    Certificate,
    ChangeRequest,
    Proposal,
    Round,
    SchemeYear,
    YearlyReport,
)

from .conftest import DESK, PHONE
from .test_public_pages import AXE_OPTIONS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LISTS = ("applications", "rounds", "certificates", "reports", "changes", "letters", "proposals")


def of_who_decides() -> list[str]:
    """Every list, the file of each sort of case, and forms of each sort."""
    screened = Application.objects.filter(state="screening").first()
    waiting = Application.objects.filter(state="waiting").first()
    received = Application.objects.filter(state="received").first()
    selection = Round.objects.get(decided_at=None)
    holder = Certificate.objects.filter(state="valid").first()
    due = YearlyReport.objects.filter(state="due", certificate__state="valid").first()
    told = Proposal.objects.filter(state="notified").first()
    return [
        reverse("wagtailadmin_home"),
        *(reverse(f"{name}:index") for name in LISTS),
        reverse("schemeyear:index"),
        *(
            reverse(name, args=[case.pk])
            for name, case in (
                ("applications:file", screened),
                ("applications:file", waiting),
                ("applications:certify", waiting),
                ("applications:check", received),
                ("applications:ask", screened),
                ("rounds:file", selection),
                ("rounds:take", selection),
                ("rounds:decide", selection),
                ("certificates:file", holder),
                ("certificate_print", holder),
                ("reports:file", due),
                ("reports:enter", due),
                ("changes:file", ChangeRequest.objects.first()),
                ("proposals:file", told),
                ("proposals:hear", told),
                ("schemeyear:edit", SchemeYear.objects.first()),
            )
        ),
        reverse("certificates:enter_change", args=[holder.pk, "change"]),
        reverse("applications:add"),
    ]


def of_reviewers() -> list[str]:
    screened = Application.objects.filter(state="screening").first()
    return [reverse("scoring:index"), reverse("scoring:file", args=[screened.pk])]


def test_the_desk(person, subtests):
    """What is inside <main> fits a phone, and axe is content with it, by turns in the light and
    in the dark. What stands around it is Wagtail's."""
    for account, addresses in (("mirai", of_who_decides()), ("department", of_reviewers())):
        with person(account=account, reduced_motion="reduce") as page:
            for address, scheme in zip(addresses, cycle(("light", "dark"))):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size(DESK)
                with subtests.test(page=address, scheme=scheme):
                    assert page.goto(address).status == 200
                    found = Axe().run(page, context="main", options=AXE_OPTIONS)
                    assert found.violations_count == 0, found.generate_report()
                    page.set_viewport_size(PHONE)
                    width = page.evaluate("document.documentElement.scrollWidth")
                    assert width <= PHONE["width"], f"{width} px wide"
