"""The log: every decision, by whom and when. Nobody changes or deletes one."""

from __future__ import annotations

import django_filters
from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from kiyose.japanese.dates import format_date
from kiyose.pages.fields import DayFormField
from kiyose.tables.spreadsheets import SpreadsheetReport

from ..choices import Status
from ..models import Decision
from ..permissions import SEE_LOG, decisions_seen_by, events_decided_by, festivals_decided_by
from ..words_for_times import say_moment
from .scope import Scope


class DayFilter(django_filters.DateFilter):
    field_class = DayFormField


class DecisionFilters(WagtailFilterSet):
    festival = django_filters.ModelChoiceFilter(
        label=_("festival"),
        queryset=lambda request: festivals_decided_by(request.user).order_by("-first_day"),
        method="in_festival",
    )
    event = django_filters.ModelChoiceFilter(
        label=_("event"),
        queryset=lambda request: (
            events_decided_by(request.user)
            .filter(decisions__isnull=False)
            .distinct()
            .order_by("title")
        ),
    )
    status = django_filters.ChoiceFilter(label=_("status"), choices=Status.choices)
    day = DayFilter(label=_("day"))

    class Meta:
        model = Decision
        fields = ["festival", "event", "status", "day"]

    def in_festival(self, decisions, name, festival):
        """About the festival, or about an event of its programme."""
        return decisions.filter(festival=festival) | decisions.filter(
            event__path__startswith=festival.path
        )


def _moment(value) -> str:
    return say_moment(value, get_language()) if value else ""


def _day(value) -> str:
    return format_date(value, get_language()) if value else ""


class DecisionLog(SpreadsheetReport):
    page_title = _("Decisions of the day")
    header_icon = "history"
    template_name = "events/admin/duty_log.html"
    index_url_name = "duty_log"
    index_results_url_name = "duty_log_results"
    filterset_class = DecisionFilters
    export_filename = "decisions"
    table_classname = "listing duty-log"
    columns = [
        Column("made_at", label=_("decided"), accessor=lambda row: _moment(row.made_at)),
        Column("status", label=_("status"), accessor=lambda row: row.get_status_display()),
        Column(
            "about",
            label=pgettext_lazy("decision", "about"),
            accessor=lambda row: Scope(row.festival, row.event, row.venue, row.day),
        ),
        Column("postponed_to", label=_("new day"), accessor=lambda row: _day(row.postponed_to)),
        Column("moved_to", label=_("new venue"), accessor=lambda row: row.moved_to or ""),
        Column(
            "next_decision_at",
            label=_("next decision at"),
            accessor=lambda row: _moment(row.next_decision_at),
        ),
        Column("note", label=_("note"), accessor=lambda row: row.note or row.note_en),
        Column("made_by", label=_("decided by"), accessor=lambda row: row.made_by or ""),
    ]
    export_headings = {
        "made_at": _("decided"),
        "get_status_display": _("status"),
        "festival": _("festival"),
        "event": _("event"),
        "venue": _("venue"),
        "day": _("day"),
        "postponed_to": _("new day"),
        "moved_to": _("new venue"),
        "next_decision_at": _("next decision at"),
        "note": _("note"),
        "note_en": _("note in English"),
        "made_by": _("decided by"),
    }
    list_export = list(export_headings)

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEE_LOG):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return (
            decisions_seen_by(self.request.user)
            .select_related("festival", "event", "venue", "moved_to", "made_by")
            .order_by("-made_at", "-pk")
        )
