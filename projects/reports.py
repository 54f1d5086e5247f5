"""The report "Indicators": how each stands, and what it asks of its division."""

from __future__ import annotations

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from kiyose.japanese.numbers import plain_number
from kiyose.pages.facts import source_rows
from kiyose.pages.models import Division
from kiyose.tables.spreadsheets import SpreadsheetReport

from .models import IndicatorPage
from .permissions import editable_indicators, may_edit_indicators
from .progress import State
from .upkeep import Upkeep, upkeep_of


class IndicatorRow:
    """A line of the report: what is shown, and what is exported."""

    def __init__(self, upkeep: Upkeep):
        page, standing = upkeep.page, upkeep.standing
        newest = standing.newest
        self.pk = page.pk
        self.title = page.title
        self.division = str(page.division or "")
        self.pillar = str(page.pillar or "")
        self.state = str(standing.state.label if standing.state else "")
        self.unit = page.unit
        self.value = newest.value.normalize() if newest else None
        self.figure = f"{plain_number(newest.value)} {page.unit}" if newest else ""
        self.period = newest.period.label(translation.get_language()) if newest else ""
        self.is_old = standing.is_old
        self.lacks_reason = upkeep.lacks_reason
        self.asked_for = " / ".join(upkeep.asked_for)


class IndicatorFilters(WagtailFilterSet):
    division = django_filters.ModelChoiceFilter(
        label=_("division"), queryset=lambda request: Division.objects.filter(**source_rows())
    )
    state = django_filters.ChoiceFilter(
        label=_("state"), choices=State.choices, method="standing_so"
    )

    class Meta:
        model = IndicatorPage
        fields = ["division"]

    def standing_so(self, pages, name, value):
        """A state is no column: it follows from a formula and from today."""
        found = [row.page.pk for row in upkeep_of(pages) if row.standing.state == value]
        return pages.filter(pk__in=found)


class IndicatorReport(SpreadsheetReport):
    page_title = _("Indicators")
    header_icon = "order"
    index_url_name = "indicator_report"
    index_results_url_name = "indicator_report_results"
    filterset_class = IndicatorFilters
    export_filename = "indicators"
    columns = [
        TitleColumn("title", label=_("indicator"), url_name="wagtailadmin_pages:edit"),
        Column("division", label=_("division")),
        Column("pillar", label=_("pillar")),
        Column("state", label=_("state")),
        Column("figure", label=_("newest figure")),
        Column("period", label=_("as of")),
        Column("asked_for", label=_("what is asked for")),
    ]
    export_headings = {
        "title": _("indicator"),
        "division": _("division"),
        "pillar": _("pillar"),
        "state": _("state"),
        "value": _("newest figure"),
        "unit": _("unit"),
        "period": _("as of"),
        "is_old": _("older than its rhythm"),
        "lacks_reason": _("reason missing"),
    }
    list_export = list(export_headings)

    def dispatch(self, request, *args, **kwargs):
        if not may_edit_indicators(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        pages = editable_indicators(self.request.user).filter(live=True)
        return pages.select_related("division", "pillar").order_by("path")

    def get_filtered_queryset(self):
        return [IndicatorRow(upkeep) for upkeep in upkeep_of(self.get_queryset())]
