"""What stands on the profile of a holder beside the page's own words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property

from kiyose.japanese.dates import is_japanese
from kiyose.pages.languages import (
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)
from kiyose.pages.visibility import public
from projects.models import ProjectPage

from .holders import Holder, Name, certificates
from .models import CertifiedOrgPage, District, ReportActivity, YearlyReport
from .standing import Standing, overdue_reports
from .states import ReportState


@dataclass(frozen=True)
class PublicReport:
    """An accepted report, in the visitor's language as far as the holder wrote it in it."""

    report: YearlyReport

    @property
    def summary(self) -> Name:
        if self.report.summary_en and not is_japanese(visitor_language()):
            return Name(self.report.summary_en, "en")
        return Name(self.report.summary, "ja")

    @property
    def activities(self) -> list[ReportActivity]:
        return list(self.report.activities.all())


def profile_of(page: CertifiedOrgPage) -> Profile | None:
    """What the page shows; None in the preview of one that names no certificate yet."""
    certificate = certificates().filter(pk=page.certificate_id).first()
    return Profile(certificate, page) if certificate else None


class Profile(Holder):
    """The holder of one profile page. Every property that asks the database asks once."""

    @cached_property
    def district(self) -> District | None:
        """In the words of the visitor's language."""
        if not self.certificate.district_id:
            return None
        rows = snippets_in_visitors_language(District)
        return next(row.words for row in rows if row.pk == self.certificate.district_id)

    @cached_property
    def later_terms(self) -> list:
        """The renewals, the last one first."""
        return list(self.certificate.terms.all())[:0:-1]

    @cached_property
    def suspended_on(self):
        """The day of the decision that is in force."""
        decisions = self.certificate.decisions.filter(step="suspend").order_by("-approved_on")
        return decisions.values_list("approved_on", flat=True).first()

    @cached_property
    def overdue_years(self) -> list[int]:
        """The fiscal years whose reports are missing, where the public may know."""
        if self.standing != Standing.REPORT_OVERDUE:
            return []
        reports = overdue_reports(timezone.localdate()).filter(certificate=self.certificate)
        return list(reports.order_by("fiscal_year").values_list("fiscal_year", flat=True))

    @cached_property
    def reports(self) -> list[PublicReport]:
        """Those that were accepted, the newest first; nobody sees any other."""
        accepted = self.certificate.reports.filter(state=ReportState.ACCEPTED)
        accepted = accepted.prefetch_related("activities__mark").order_by("-fiscal_year")
        return [PublicReport(report) for report in accepted]

    @cached_property
    def projects(self) -> list[ProjectPage]:
        """The city's projects that the holder takes part in, in the visitor's language."""
        keys = list(
            self.profile.related_projects.order_by("sort_order").values_list(
                "project__translation_key", flat=True
            )
        )
        if not keys:
            return []
        rows = ProjectPage.objects.filter(
            locale__language_code=source_language(), translation_key__in=keys
        )
        shown = in_visitors_language_at_once(public(rows).order_by("path"))
        return sorted(shown, key=lambda project: keys.index(project.translation_key))
