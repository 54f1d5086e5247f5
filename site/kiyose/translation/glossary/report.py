"""The report "Glossary": translations that say a term otherwise."""

from __future__ import annotations

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import StringTranslation

from kiyose.tables.problems import listed
from kiyose.tables.spreadsheets import SpreadsheetReport

from ..models import GlossaryTerm
from .ignored import Ignored, editable_strings, ignored_among, with_places


def may_see_report(user) -> bool:
    """Whoever may edit any page at all; the rows are those of the pages concerned."""
    return page_permission_policy.user_has_permission(user, "change")


class GlossaryFilters(WagtailFilterSet):
    locale = django_filters.ModelChoiceFilter(
        label=_("language"),
        queryset=lambda request: Locale.objects.order_by("language_code"),
    )
    term = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("glossary", "term"),
        queryset=lambda request: GlossaryTerm.objects.filter(live=True),
        method="any_string",
    )

    class Meta:
        model = StringTranslation
        fields = ["locale"]

    def any_string(self, strings, name, value):
        """Which terms stand in a string is no column: the report itself looks."""
        return strings


class IgnoredRow:
    """A line of the report: what is shown, and what is exported."""

    def __init__(self, ignored: Ignored):
        self.pk = ignored.pk
        self.title = ignored.title
        self.address = ignored.address
        self.language = ignored.locale.get_display_name()
        self.terms = listed(term.term for term in ignored.terms)
        self.expected = listed(term.translation for term in ignored.terms)
        self.source = ignored.source
        self.translation = ignored.translation


class GlossaryReport(SpreadsheetReport):
    page_title = _("Glossary: translations that say it otherwise")
    header_icon = "openquote"
    index_url_name = "glossary_report"
    index_results_url_name = "glossary_report_results"
    filterset_class = GlossaryFilters
    results_template_name = "translation/glossary/report_results.html"
    export_filename = "glossary-report"
    columns = [
        TitleColumn("title", label=_("page"), get_url=lambda row: row.address or None),
        Column("language", label=_("language")),
        Column("terms", label=pgettext_lazy("glossary", "term")),
        Column("expected", label=_("the glossary says")),
        Column("source", label=pgettext_lazy("of a translation", "original")),
        Column("translation", label=_("translation")),
    ]
    export_headings = {
        "title": _("page"),
        "language": _("language"),
        "terms": pgettext_lazy("glossary", "term"),
        "expected": _("the glossary says"),
        "source": pgettext_lazy("of a translation", "original"),
        "translation": _("translation"),
    }
    list_export = list(export_headings)

    def dispatch(self, request, *args, **kwargs):
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return editable_strings(self.request.user)

    def get_filtered_queryset(self):
        found = list(ignored_among(self.filter_queryset(self.get_queryset())))
        term = self.filters.form.cleaned_data.get("term") if self.filters.form.is_valid() else None
        if term is None:
            return found
        return [row for row in found if any(each.pk == term.pk for each in row.terms)]

    def get_table(self, object_list):
        return super().get_table(self._rows(object_list))

    def decorate_paginated_queryset(self, object_list):
        """Of an export; a page of the report shows its table."""
        return self._rows(object_list) if self.is_export else object_list

    @staticmethod
    def _rows(found: list[Ignored]) -> list[IgnoredRow]:
        """Of these alone the titles and addresses are read."""
        return [IgnoredRow(row) for row in with_places(found)]


def addresses():
    return [
        path("reports/glossary/", GlossaryReport.as_view(), name="glossary_report"),
        path(
            "reports/glossary/results/",
            GlossaryReport.as_view(results_only=True),
            name="glossary_report_results",
        ),
    ]


class GlossaryReportItem(MenuItem):
    def is_shown(self, request):
        return may_see_report(request.user)


def menu_item():
    return GlossaryReportItem(
        _("Glossary in translations"),
        reverse_lazy("glossary_report"),
        name="glossary-report",
        icon_name="openquote",
        order=750,
    )
