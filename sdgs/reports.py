"""The report on mark coverage in the admin: every programme, the unmarked ones first."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permission_policies import ModelPermissionPolicy

from kiyose.pages.facts import source_rows
from kiyose.pages.models import Division
from kiyose.tables.spreadsheets import SpreadsheetReport

from . import vocabulary
from .coverage import ProgrammeCoverage, Share
from .models import Measure, Programme

WITH, WITHOUT = "yes", "no"


def programmes() -> QuerySet[Programme]:
    """All programmes as lists of the admin show them, with ``is_marked``."""
    marks = Programme.marks.through.objects.filter(programme=OuterRef("pk"))
    return (
        Programme.objects.annotate(is_marked=Exists(marks))
        .select_related("division", "measure")
        .prefetch_related("marks", "pages")
    )


def _goals() -> list[tuple[str, str]]:
    return [
        (str(number), f"{number} {vocabulary.label(str(number)).text}")
        for number in vocabulary.goal_numbers()
    ]


class ProgrammeFilters(WagtailFilterSet):
    """The filters of the list and of the report."""

    division = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Division"),
        queryset=lambda request: Division.objects.filter(**source_rows()),
    )
    marked = django_filters.ChoiceFilter(
        label=gettext_lazy("Mark"),
        choices=[(WITHOUT, gettext_lazy("Without a mark")), (WITH, gettext_lazy("With a mark"))],
        method="filter_marked",
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    def filter_marked(self, queryset, name, value):
        return queryset.filter(is_marked=value == WITH)

    class Meta:
        model = Programme
        fields: list[str] = []


class ProgrammeListFilters(ProgrammeFilters):
    measure = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Measure"), queryset=lambda request: Measure.objects.all()
    )


class CoverageFilters(ProgrammeFilters):
    goal = django_filters.ChoiceFilter(
        label=gettext_lazy("Goal (itself or a target)"),
        choices=_goals,
        method="filter_goal",
    )

    def filter_goal(self, queryset, name, value):
        return queryset.filter(marks__goal_number=value).distinct()


def marks_or_none(programme: Programme) -> str:
    return ", ".join(programme.mark_codes) or _("No mark")


def page_numbers(programme: Programme) -> str:
    """Numbers and no titles, which of a draft are not for everybody."""
    return ", ".join(programme.page_numbers)


def _edit_address(programme: Programme) -> str:
    return reverse(Programme.snippet_viewset.get_url_name("edit"), args=[programme.pk])


def _yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("No")


class CoverageReport(SpreadsheetReport):
    """Who may see programmes may see it; exported as it is filtered."""

    page_title = gettext_lazy("Mark coverage")
    header_icon = "tag"
    model = Programme
    permission_policy = ModelPermissionPolicy(Programme)
    any_permission_required = ("add", "change", "delete", "view")
    filterset_class = CoverageFilters
    index_url_name = "mark_coverage"
    index_results_url_name = "mark_coverage_results"
    results_template_name = "sdgs/admin/coverage_report_results.html"
    export_filename = "mark-coverage"
    list_export = [
        "number",
        "name",
        "name_en",
        "division",
        "measure",
        "is_marked",
        "mark_codes",
        "page_numbers",
        "updated_at",
    ]
    export_headings = {
        "is_marked": gettext_lazy("With a mark"),
        "mark_codes": gettext_lazy("SDGs marks"),
        "page_numbers": gettext_lazy("Pages about it"),
    }
    custom_value_preprocess = {
        **SpreadsheetReport.custom_value_preprocess,
        bool: {SpreadsheetReport.FORMAT_CSV: _yes_or_no, SpreadsheetReport.FORMAT_XLSX: _yes_or_no},
    }

    def get_queryset(self):
        return programmes().order_by("is_marked", "number")

    @cached_property
    def columns(self):
        can_change = self.permission_policy.user_has_permission(self.request.user, "change")
        return [
            TitleColumn(
                "name",
                label=gettext_lazy("Programme"),
                accessor=str,
                get_url=_edit_address if can_change else None,
            ),
            Column("division", label=gettext_lazy("Division")),
            Column("measure", label=gettext_lazy("Measure")),
            Column("marks", label=gettext_lazy("SDGs marks"), accessor=marks_or_none),
            Column("pages", label=gettext_lazy("Pages about it"), accessor=page_numbers),
        ]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context["coverage"] = ProgrammeCoverage(self.request)
        context["in_selection"] = _share(self.object_list) if self.is_filtering else None
        return context


def _share(rows: QuerySet[Programme]) -> Share:
    return Share(rows.filter(is_marked=True).count(), rows.count())


class CoverageMenuItem(MenuItem):
    """Shown to those who may open the report."""

    def is_shown(self, request):
        return CoverageReport.permission_policy.user_has_any_permission(
            request.user, CoverageReport.any_permission_required
        )


def menu_item() -> MenuItem:
    return CoverageMenuItem(
        CoverageReport.page_title,
        reverse_lazy(CoverageReport.index_url_name),
        name="mark-coverage",
        icon_name=CoverageReport.header_icon,
        order=700,
    )


def addresses() -> list:
    return [
        path("reports/mark-coverage/", CoverageReport.as_view(), name="mark_coverage"),
        path(
            "reports/mark-coverage/results/",
            CoverageReport.as_view(results_only=True),
            name="mark_coverage_results",
        ),
    ]
