"""Open data: the register, a row for each certificate that was ever given."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from kiyose.opendata.dataset import Column, Dataset, Extent, Kind, Record
from kiyose.opendata.versions import (
    addresses,
    pages_in_every_language,
    snippets_in_every_language,
    words,
)
from kiyose.opendata.withdrawals import last_withdrawal
from sdgs.listing import load_marks

from .addresses import verify_address
from .holders import Holder, certificates
from .models import Certificate, CertifiedOrgPage, District, Move, Term, YearlyReport
from .states import ChangeState, ReportState


def records(request) -> list[Record]:
    """Every certificate, whatever became of it. What is named here is public; nothing else
    of a certificate, its application or its reports is read."""
    districts = snippets_in_every_language(District)
    profiles = _profiles()
    terms, reports = _terms(), _last_reports()
    return [
        {
            "number": row.number,
            "state": Holder(row).standing.value,
            "name": row.name,
            "reading": row.reading or None,
            "english_name": row.english_name or None,
            "kind": row.kind,
            "district": _district(districts.get(row.district_id)),
            "website": row.website or None,
            "certified_on": row.certified_on,
            "valid_until": row.valid_until,
            "ended_on": Holder(row).ended_on,
            "terms": terms[row.pk],
            "marks": [mark.code for mark in profiles[row.pk].card_marks]
            if row.pk in profiles
            else [],
            "last_report_year": reports.get(row.pk),
            "check": verify_address(row.number),
            "url": addresses(profiles[row.pk].versions if row.pk in profiles else {}, request),
        }
        for row in certificates().order_by("fiscal_year", "serial")
    ]


def _profiles() -> dict[int, CertifiedOrgPage]:
    """The public profiles by certificate, with marks and ``versions``."""
    pages = pages_in_every_language(CertifiedOrgPage.objects.all())
    load_marks(pages)
    return {page.certificate_id: page for page in pages}


def _terms() -> dict[int, list[Record]]:
    found = defaultdict(list)
    for term in Term.objects.all():
        found[term.certificate_id].append({"from": term.starts_on, "until": term.ends_on})
    return found


def _last_reports() -> dict[int, int]:
    """The newest fiscal year whose report was accepted."""
    accepted = YearlyReport.objects.filter(state=ReportState.ACCEPTED).order_by()
    return dict(accepted.values_list("certificate").annotate(last=Max("fiscal_year")))


def _district(versions) -> Record | None:
    if not versions:
        return None
    return {"key": next(iter(versions.values())).key, "name": words(versions, "name")}


def rows(record: Record) -> list[Record]:
    district = record["district"] or {}
    return [
        record
        | {
            "district": district.get("key"),
            "district_name": district.get("name"),
            "terms": len(record["terms"]),
            "marks": [f"SDG{code}" for code in record["marks"]],
        }
    ]


def extent() -> Extent:
    # Without the generic relation, which would look up a content type first.
    moves = Move.objects.filter(
        content_type__app_label="certified_orgs",
        content_type__model="certificate",
        object_id=OuterRef("pk"),
    ).order_by("-at")
    found = (
        Certificate.objects.order_by()
        .annotate(moved_at=Subquery(moves.values("at")[:1]))
        .aggregate(
            rows=Count("pk", distinct=True),
            given=Max("created_at"),
            moved=Max("moved_at"),
            reported=Max("reports__accepted_at"),
            changed=Max("changes__closed_at", filter=Q(changes__state=ChangeState.ACCEPTED)),
            published=Max("pages__last_published_at"),
        )
    )
    times = [found[name] for name in ("given", "moved", "reported", "changed", "published")]
    times.append(last_withdrawal(CertifiedOrgPage))
    return Extent(found["rows"], max(filter(None, times), default=None))


CERTIFIED = Dataset(
    name="certified",
    title=_("Certified organisations"),
    description=_(
        "The register of the certificate: every certificate that was ever given, with its state"
        " today. It vouches for no goods or services. The JSON file also has every term for"
        " which a certificate was given."
    ),
    columns=(
        Column("number", _("Number of the certificate. It is never given twice."), Kind.CODE),
        Column(
            "state",
            _(
                "State on the day of the download: valid, report_overdue (valid, but a yearly"
                " report is missing), suspended, expired, revoked or returned"
            ),
            Kind.CODE,
        ),
        Column("name", _("Name of the company, shop or group")),
        Column("reading", _("How the name is read, in hiragana")),
        Column("english_name", _("Name in English, if it has one")),
        Column("kind", _("company (shops included) or group (citizens’ group)"), Kind.CODE),
        Column("district", _("Part of the city: its key"), Kind.CODE),
        Column("district_name", _("Name of the part of the city"), in_languages=True),
        Column("website", _("Web site of the holder"), Kind.ADDRESS),
        Column("certified_on", _("First day of the certificate"), Kind.DATE),
        Column("valid_until", _("Last day of the present term"), Kind.DATE),
        Column(
            "ended_on",
            _("Day on which it expired, was revoked or was returned. Empty: it has not ended."),
            Kind.DATE,
        ),
        Column(
            "terms", _("For how many terms it was given: 1, and 1 for each renewal"), Kind.NUMBER
        ),
        Column(
            "marks",
            _(
                "SDGs marks of the profile, the main goal first, with SDG before each code."
                " Empty: there is no public profile yet."
            ),
            Kind.CODES,
        ),
        Column(
            "last_report_year",
            _("Newest fiscal year (from 1 April) of which a yearly report was accepted"),
            Kind.NUMBER,
        ),
        Column("check", _("Address at which the number can be checked"), Kind.ADDRESS),
        Column("url", _("Address of the profile"), Kind.ADDRESS, in_languages=True),
    ),
    records=records,
    rows=rows,
    extent=extent,
)
