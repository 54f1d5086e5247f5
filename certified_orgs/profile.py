"""A profile page as it is read: what stands on it beside the page's own words. (How it begins,
``profile_drafts.py``; holders in lists, ``holders.py``.)"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail import hooks

from kiyose.japanese.dates import is_japanese
from kiyose.pages.languages import (
    in_visitors_language_at_once,
    source_language,
    visitor_language,
    words_within,
)
from kiyose.pages.visibility import public
from projects.models import ProjectPage

from .holders import Holder, Name, certificates
from .models import (
    CertifiedOrgPage,
    District,
    ProfileProject,
    ReportActivity,
    Term,
    YearlyReport,
)
from .profile_rows import load_rows
from .standing import Standing, overdue_reports, since, suspensions
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
    suspension = suspensions().filter(object_id=OuterRef("pk")).reverse()
    certificate = (
        certificates()
        .filter(pk=page.certificate_id)
        .select_related("district")
        .annotate(
            suspended_on=Subquery(suspension.values("approved_on")[:1]),
            **words_within(District, "district", "name"),
        )
        .first()
    )
    if certificate is None:
        return None
    profile = Profile(certificate, page)
    profile.terms = load_rows(page, certificate)
    return profile


def sections_of_profile(page: CertifiedOrgPage, request) -> list:
    """What other rooms have to say about a holder, each with the ``template_name`` that shows
    it. They register ``profile_section`` with Wagtail: a function of page and request."""
    return [section(page, request) for section in hooks.get_hooks("profile_section")]


class Profile(Holder):
    """The holder of one profile page. Every property that asks the database asks once."""

    terms: list[Term]

    @property
    def district(self) -> District | None:
        """In the words of the visitor's language."""
        certificate = self.certificate
        if not certificate.district_id:
            return None
        if certificate.district_language is None:
            return certificate.district
        district = District(name=certificate.district_name)
        district.language = certificate.district_language
        return district

    @property
    def later_terms(self) -> list[Term]:
        """The renewals, the last one first."""
        return self.terms[:0:-1]

    @cached_property
    def since(self) -> datetime.date | None:
        """The day that belongs to the standing, as the check says it."""
        if self.standing == Standing.SUSPENDED:
            return self.certificate.suspended_on
        return since(self.certificate, self.standing)

    @cached_property
    def _reports(self) -> list[YearlyReport]:
        """Those that were accepted and those whose lack is public, the newest first."""
        missing = overdue_reports(timezone.localdate()).order_by()
        shown = self.certificate.reports.filter(
            Q(state=ReportState.ACCEPTED) | Q(pk__in=missing.values("pk"))
        )
        activities = Prefetch("activities", ReportActivity.objects.select_related("mark"))
        return list(shown.prefetch_related(activities).order_by("-fiscal_year"))

    @property
    def overdue_years(self) -> list[int]:
        """The fiscal years whose reports are missing, where the public may know."""
        missing = (row for row in self._reports if row.state != ReportState.ACCEPTED)
        return sorted(report.fiscal_year for report in missing)

    @property
    def reports(self) -> list[PublicReport]:
        """Those that were accepted; nobody sees any other."""
        return [PublicReport(row) for row in self._reports if row.state == ReportState.ACCEPTED]

    @cached_property
    def projects(self) -> list[ProjectPage]:
        """The city's projects that the holder takes part in, in the visitor's language."""
        links = ProfileProject.objects.filter(
            page=self.profile, project__translation_key=OuterRef("translation_key")
        )
        place = Subquery(links.values("sort_order")[:1])
        rows = ProjectPage.objects.filter(
            locale__language_code=source_language(), holder_links__page=self.profile
        )
        rows = public(rows).annotate(place=place).order_by("place")
        return in_visitors_language_at_once(rows, place=place)
