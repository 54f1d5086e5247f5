"""What the public is told about a certificate on a day: one word, from the register alone.

The clock (``certification_clock``) writes an expiry down; a reader does not have to wait for
it, because the days in the register decide.
"""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Application, Certificate, Decision, YearlyReport
from .states import BEFORE_DECISION, CertificateState, ReportState


class Standing(TextChoices):
    """The answers of ``/verify/``."""

    VALID = "valid", _("Valid")
    REPORT_OVERDUE = "report_overdue", _("Valid, report overdue")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    RETURNED = "returned", pgettext_lazy("certificate", "Returned")
    UNKNOWN = "unknown", _("Unknown")


# A report that the office does not have.
MISSING = (ReportState.DUE, ReportState.SENT_BACK)
# The holder may show certificate and mark.
MAY_BE_SHOWN = (Standing.VALID, Standing.REPORT_OVERDUE)
IN_FORCE = (Standing.VALID, Standing.REPORT_OVERDUE, Standing.SUSPENDED)


def overdue_reports(today: datetime.date) -> QuerySet[YearlyReport]:
    """Those whose lack is public: not before the days of grace are over, and not before the
    window has looked among the papers."""
    return YearlyReport.objects.filter(
        state__in=MISSING,
        overdue_after__lt=today,
        not_on_paper_at__isnull=False,
    )


def open_renewals() -> QuerySet[Application]:
    """Renewals that were applied for in time and are not decided: until they are, the
    certificate stays in force, because the office's time is not the holder's fault. Nor is it
    when the office enters a paper later than it came."""
    in_time = Q(submitted_at__date__lte=OuterRef("valid_until"))
    in_time |= Q(received_on__lte=OuterRef("valid_until"))
    return Application.objects.filter(in_time, state__in=BEFORE_DECISION)


def with_standing(
    certificates: QuerySet[Certificate], today: datetime.date | None = None
) -> QuerySet[Certificate]:
    """The certificates with all that ``standing_of`` needs, in the same query."""
    today = today or timezone.localdate()
    return certificates.annotate(
        report_is_overdue=Exists(overdue_reports(today).filter(certificate=OuterRef("pk"))),
        renewal_is_open=Exists(open_renewals().filter(renews=OuterRef("pk"))),
    )


def standing_of(certificate: Certificate, today: datetime.date | None = None) -> Standing:
    """The word for a certificate of ``with_standing``."""
    today = today or timezone.localdate()
    if not certificate.is_in_force:
        return Standing(certificate.state)
    if certificate.valid_until < today and not certificate.renewal_is_open:
        return Standing.EXPIRED
    if certificate.state == CertificateState.SUSPENDED:
        return Standing.SUSPENDED
    return Standing.REPORT_OVERDUE if certificate.report_is_overdue else Standing.VALID


def standing_is(standing: str, today: datetime.date | None = None) -> Q:
    """A condition on ``with_standing`` that agrees with ``standing_of``."""
    today = today or timezone.localdate()
    lapsed = Q(valid_until__lt=today, renewal_is_open=False)
    valid = Q(state=CertificateState.VALID) & ~lapsed
    return {
        Standing.VALID: valid & Q(report_is_overdue=False),
        Standing.REPORT_OVERDUE: valid & Q(report_is_overdue=True),
        Standing.SUSPENDED: Q(state=CertificateState.SUSPENDED) & ~lapsed,
        Standing.EXPIRED: Q(state=CertificateState.EXPIRED)
        | (Q(state__in=(CertificateState.VALID, CertificateState.SUSPENDED)) & lapsed),
        Standing.REVOKED: Q(state=CertificateState.REVOKED),
        Standing.RETURNED: Q(state=CertificateState.RETURNED),
    }[Standing(standing)]


def suspensions() -> QuerySet[Decision]:
    """The decisions by which certificates were suspended."""
    # Without the generic relation, which would look up a content type first.
    return Decision.objects.filter(
        content_type__app_label="certified_orgs",
        content_type__model="certificate",
        step="suspend",
    )


def since(
    certificate: Certificate, standing: Standing, today: datetime.date | None = None
) -> datetime.date | None:
    """The day that belongs to the word: certified, first day overdue, suspended, last day of
    the term, revoked, returned. One query at most. None where the register has no such day."""
    today = today or timezone.localdate()
    if standing == Standing.REPORT_OVERDUE:
        reports = overdue_reports(today).filter(certificate=certificate)
        last_day_of_grace = reports.order_by("overdue_after").values_list(
            "overdue_after", flat=True
        )
        return last_day_of_grace[0] + datetime.timedelta(days=1)
    if standing == Standing.SUSPENDED:
        suspension = suspensions().filter(object_id=certificate.pk).last()
        return suspension.approved_on if suspension else None
    if standing == Standing.VALID:
        return certificate.certified_on
    return certificate.ended_on or certificate.valid_until
