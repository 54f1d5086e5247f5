"""Holders in every state, each with a profile (``content/pages/certified/``)."""

from __future__ import annotations

import datetime

from certified_orgs import decisions, moves, printing
from certified_orgs.models import (
    Application,
    Certificate,
    CertifiedOrgPage,
    ChangeRequest,
    Printing,
    Proposal,
    YearlyReport,
)
from certified_orgs.moves import APPLICANT
from certified_orgs.scheme import scheme_on

from ..files import names, read
from . import forms, reports
from .office import Office

# When each batch was certified, in days before the day of loading. The first one's three
# years are over; the second and third owe the last report, the second the one before as well.
BATCHES = {"first": 1150, "second": 1000, "third": 640}
DAYS_FROM_APPLYING_TO_DECISION = 60
# Before the third batch, which takes the place that this leaves.
RETURNED = 700
SUSPENDED, REVOKED = 120, 200
NEW = "new"  # certified in the round of applications.py


def load(office: Office) -> None:
    items = [(name, read(name)) for name in names("pages/certified")]
    for batch, days in BATCHES.items():
        if batch == "third":
            _return_it(office, items)
        for _name, content in items:
            if content["register"]["batch"] == batch:
                _certify(office, content, office.ago(days))
    for name, content in items:
        if content["register"]["batch"] != NEW:
            certificate = certificate_of(content)
            reports.load(office, certificate, content["register"])
            _bring_to_an_end(office, certificate, content["register"].get("then"))
            profile(office, name, certificate)


def certificate_of(content: dict) -> Certificate:
    return Certificate.objects.get(name=content["title"]["ja"])


def details(office: Office, content: dict) -> dict:
    """What the register is to know about the organisation."""
    facts = content["register"]
    links = content["facts"].get("links", [])
    return {
        "kind": facts["kind"],
        "name": content["title"]["ja"],
        "reading": facts["reading"],
        "english_name": content["title"]["en"],
        "district": office.loader.snippet("districts", facts["district"]),
        "website": next((link["url"] for link in links if link["kind"] == "website"), ""),
    }


def apply_with(office: Office, content: dict, scheme, day: datetime.date) -> Application:
    """A draft with the words of the profile."""
    words = {name: content[name]["ja"] for name in ("what_we_do", "hopes")}
    activities = content["register"]["activities"]
    return forms.write(office, scheme, day, details(office, content), activities, **words)


def _certify(office: Office, content: dict, day: datetime.date) -> None:
    """One at a time, as last year's settings say."""
    applied_on = day - datetime.timedelta(days=DAYS_FROM_APPLYING_TO_DECISION)
    application = apply_with(office, content, scheme_on(applied_on), applied_on)
    forms.bring_to_screening(office, application, applied_on)
    ruling = office.ruling("見本の理由：審査の基準に達しているため", day)
    certificate = decisions.certify(application, office.decider, ruling)
    if office.decider.user:
        printing.record(certificate, Printing.Occasion.FIRST, office.decider.user, office.at(day))


def _return_it(office: Office, items) -> None:
    """辞退・返納, as its holder told."""
    (content,) = [each for _name, each in items if each["register"].get("then") == "returned"]
    certificate, day = certificate_of(content), office.ago(RETURNED)
    reason = "見本の理由：活動を終えるため"
    told_on = day - datetime.timedelta(days=10)
    change = ChangeRequest.objects.create(
        certificate=certificate,
        kind=ChangeRequest.Kind.RETURN,
        submitted_at=office.at(told_on),
        received_on=told_on,
        effective_on=day,
        reason=reason,
    )
    moves.make(change, "accept", office.decider, at=office.at(day), closed_at=office.at(day))
    decisions.take_back(certificate, office.decider, reason, day, office.at(day))


def _bring_to_an_end(office: Office, certificate: Certificate, then: str | None) -> None:
    if then == "expired":
        day_after = certificate.valid_until + datetime.timedelta(days=1)
        decisions.expire(certificate, at=office.at(day_after))
    elif then == "suspended":
        report = certificate.reports.order_by("fiscal_year").first()
        reason = "見本の理由：年間報告書が提出されていないため"
        _carry_through(office, certificate, Proposal.Measure.SUSPEND, reason, SUSPENDED, report)
    elif then == "revoked":
        reason = "見本の理由：報告の内容が事実と異なっていたため"
        _carry_through(office, certificate, Proposal.Measure.REVOKE, reason, REVOKED, None)


def _carry_through(
    office: Office,
    certificate: Certificate,
    measure: str,
    reason: str,
    days: int,
    report: YearlyReport | None,
) -> None:
    """A measure with notice and statement, confirmed so many days ago."""
    proposed, notified, heard = office.ago(days + 40), office.ago(days + 35), office.ago(days + 25)
    proposal = Proposal.objects.create(
        certificate=certificate,
        measure=measure,
        report=report,
        reason=reason,
        proposed_at=office.at(proposed),
    )
    reports.notify(office, proposal, notified)
    moves.make(
        proposal,
        "hear",
        APPLICANT,
        at=office.at(heard),
        statement="見本の弁明：間に合いませんでした。",
        statement_on=heard,
    )
    decisions.confirm(proposal, office.decider, office.ruling(reason, office.ago(days)))


def profile(office: Office, name: str, certificate: Certificate) -> None:
    """Finishes and publishes the draft that certification has made."""
    page = CertifiedOrgPage.objects.get(certificate=certificate, locale=office.loader.source)
    content = read(name)
    page.slug = content["slug"]
    pairs = office.loader.write(page, name.removeprefix("pages/"), content)
    office.loader.publish(page, pairs)
