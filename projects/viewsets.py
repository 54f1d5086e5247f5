"""Figures in the admin: drafted by the divisions, public on approval, never lost."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    WorkflowActionView,
)

from kiyose.japanese.numbers import plain_number
from kiyose.japanese.periods import parse_period
from kiyose.snippets import SnippetViewSet
from kiyose.tables.problems import listed
from kiyose.tables.views import ImportView, OffersImport

from .forms import MeasurementForm
from .measurement_import import MeasurementImport
from .models import IndicatorPage, Measurement
from .permissions import editable_indicators, figures_in_charge_of, may_edit_indicators
from .upkeep import Upkeep, upkeep_of

# Indicators that a message names; more would not be read.
MOST_NAMED = 5


def ask_for_a_reason(request, measurement) -> None:
    """Tell who has just published a figure that the public will ask why."""
    for upkeep in _without_reason([measurement.indicator_id]):
        buttons = []
        if editable_indicators(request.user).filter(pk=upkeep.page.pk).exists():
            address = reverse("wagtailadmin_pages:edit", args=[upkeep.page.pk])
            buttons = [messages.button(address, _("Write the reason"))]
        messages.warning(
            request,
            _("“%(indicator)s” is now shown as “%(state)s”. Say why, and what comes next.")
            % {"indicator": upkeep.page.title, "state": upkeep.standing.owed[-1].state.label},
            buttons=buttons,
        )


def _without_reason(indicators: Iterable[int]) -> list[Upkeep]:
    pages = IndicatorPage.objects.filter(pk__in=indicators).order_by("path")
    return [upkeep for upkeep in upkeep_of(pages) if upkeep.lacks_reason]


class MeasurementImportView(ImportView):
    """Tells which of the imported figures the public will ask about."""

    importer = MeasurementImport

    def saved(self, importer, plan):
        if importer.publishes:
            self._ask_for_reasons({step.instance.indicator_id for step in plan.written})
        return super().saved(importer, plan)

    def _ask_for_reasons(self, indicators: set[int]) -> None:
        """In one message, however many there are; the report has them all."""
        asking = _without_reason(indicators)
        if not asking:
            return
        buttons = []
        if may_edit_indicators(self.request.user):
            buttons = [messages.button(reverse("indicator_report"), _("Report on indicators"))]
        titles = [upkeep.page.title for upkeep in asking[:MOST_NAMED]]
        if len(asking) > MOST_NAMED:
            titles.append("…")
        messages.warning(
            self.request,
            ngettext(
                "%(count)d indicator asks for a reason now: %(titles)s. Say why, and what comes "
                "next.",
                "%(count)d indicators ask for a reason now: %(titles)s. Say why, and what comes "
                "next.",
                len(asking),
            )
            % {"count": len(asking), "titles": listed(titles)},
            buttons=buttons,
        )


class AsksForAReason:
    """An editor's view that may publish a figure."""

    def run_action_method(self):
        answer = super().run_action_method()
        approves = getattr(self, "workflow_action", "") == "approve"
        if self.action == "publish" or (self.action == "workflow-action" and approves):
            ask_for_a_reason(self.request, self.object)
        return answer


class AddView(AsksForAReason, CreateView):
    def get_initial(self):
        """``?indicator=`` chooses it, ``&period=`` enters that; what is no indicator of the
        user's chooses nothing, and what is no period enters nothing."""
        asked = self.request.GET.get("indicator")
        mine = editable_indicators(self.request.user).values_list("pk", flat=True)
        return super().get_initial() | {
            "indicator": next((pk for pk in mine if str(pk) == asked), None),
            "period": self._period_asked_for(),
        }

    def _period_asked_for(self) -> str | None:
        try:
            return parse_period(self.request.GET.get("period", "")).code
        except ValueError:
            return None


class ChangeView(AsksForAReason, EditView):
    pass


class ApproveView(WorkflowActionView):
    """The button of the dashboard."""

    def post(self, request, *args, **kwargs):
        answer = super().post(request, *args, **kwargs)
        if self.action_name == "approve":
            ask_for_a_reason(request, self.object)
        return answer


def for_who_is_in_charge(view):
    """Wagtail asks whether somebody may change figures, but not whether this one."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs):
        figure = Measurement.objects.filter(pk=kwargs.get("pk"))
        if figure.exists() and not (figure & figures_in_charge_of(request.user)).exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class MeasurementFilters(WagtailFilterSet):
    indicator = django_filters.ModelChoiceFilter(
        label=gettext_lazy("indicator"),
        queryset=lambda request: editable_indicators(request.user).order_by("path"),
    )

    class Meta:
        model = Measurement
        fields = ["indicator", "status", "live"]


class MeasurementListView(OffersImport, IndexView):
    import_view = "measurement_import"
    importer = MeasurementImport


class MeasurementViewSet(SnippetViewSet):
    model = Measurement
    index_view_class = MeasurementListView
    icon = "order"
    menu_label = gettext_lazy("Figures of indicators")
    menu_name = "measurements"
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = AddView
    edit_view_class = ChangeView
    workflow_action_view_class = ApproveView
    list_display = [
        "indicator",
        Column(
            "period",
            label=gettext_lazy("date or fiscal year"),
            accessor=lambda row: row.when.label(translation.get_language()),
            sort_key="period_end",
        ),
        Column(
            "value",
            label=gettext_lazy("value"),
            accessor=lambda row: f"{plain_number(row.value)} {row.indicator.unit}",
        ),
        Column(
            "status",
            label=gettext_lazy("status"),
            accessor=lambda row: row.get_status_display(),
            sort_key="status",
        ),
        Column(
            "source",
            label=gettext_lazy("source"),
            accessor=lambda row: row.source.short_title or row.source.title,
        ),
        DateColumn(
            "first_published_at",
            label=gettext_lazy("first published"),
            sort_key="first_published_at",
        ),
        LiveStatusTagColumn(),
    ]
    filterset_class = MeasurementFilters
    search_fields = ["indicator__title", "period", "note"]
    # Not to be scheduled: a figure is public when somebody has approved it.
    edit_handler = ObjectList(
        [
            FieldPanel("indicator", widget=forms.Select),
            FieldRowPanel([FieldPanel("period", required_on_save=True), FieldPanel("status")]),
            FieldPanel("value"),
            FieldRowPanel([FieldPanel("source", widget=forms.Select), FieldPanel("section")]),
            FieldPanel("note"),
            FieldPanel("note_en"),
        ],
        base_form_class=MeasurementForm,
    )

    def construct_view(self, view_class, **kwargs):
        return for_who_is_in_charge(super().construct_view(view_class, **kwargs))

    def get_queryset(self, request):
        return figures_in_charge_of(request.user).select_related("indicator", "source")

    def register_chooser_viewset(self):
        """No page refers to a figure, and choosers show drafts to all who can sign in."""
