"""What projects and indicators add to Wagtail: vocabulary, figures, rules, what is kept, open
data, and the import of figures."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from kiyose.snippets import SnippetViewSet

from .dashboard import GoalIndicators
from .models import FigureLabel, IndicatorPage, Measurement, Pillar, Source
from .opendata import INDICATORS, PROJECTS
from .panels import AttentionPanel
from .permissions import figures_in_charge_of, may_edit_indicators
from .reports import IndicatorReport
from .rules import indicator_problems
from .viewsets import MeasurementImportView, MeasurementViewSet

register_snippet(MeasurementViewSet)


class PillarViewSet(SnippetViewSet):
    model = Pillar
    icon = "pick"
    list_display = ["name", "short_name", "key"]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "doc-full"
    list_display = ["title", "publisher", "published_on"]


class FigureLabelViewSet(SnippetViewSet):
    model = FigureLabel
    icon = "order"
    list_display = ["name", "unit", "key"]


@register_snippet
class ProjectVocabularyGroup(SnippetViewSetGroup):
    items = (PillarViewSet, SourceViewSet, FigureLabelViewSet)
    menu_label = gettext_lazy("Project vocabulary")
    menu_icon = "list-ul"


@hooks.register("publishing_rule")
def indicators_make_sense(page):
    """An indicator goes public when its formula has everything that it needs."""
    if isinstance(page, IndicatorPage):
        yield from indicator_problems(page, list(page.goals.all()))


@hooks.register("construct_homepage_panels")
def indicators_to_look_after(request, panels):
    if may_edit_indicators(request.user):
        panels.append(AttentionPanel())


hooks.register("goal_page_summary", GoalIndicators)


@hooks.register("register_admin_urls")
def import_of_measurements():
    view = MeasurementImportView.as_view()
    return [path("measurements/import/", view, name="measurement_import")]


@hooks.register("open_data")
def projects():
    return PROJECTS


@hooks.register("open_data")
def indicators():
    return INDICATORS


# The report


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("reports/indicators/", IndicatorReport.as_view(), name="indicator_report"),
        path(
            "reports/indicators/results/",
            IndicatorReport.as_view(results_only=True),
            name="indicator_report_results",
        ),
    ]


class IndicatorReportItem(MenuItem):
    def is_shown(self, request):
        return may_edit_indicators(request.user)


@hooks.register("register_reports_menu_item")
def report_in_menu():
    return IndicatorReportItem(
        gettext_lazy("Indicators"),
        reverse_lazy("indicator_report"),
        name="indicators",
        icon_name="order",
        order=100,
    )


# What has been public stays


@hooks.register("before_delete_snippet")
def public_figures_stay(request, figures):
    """One at a time or many: whoever has seen a figure may look for it again."""
    figures = [figure for figure in figures if isinstance(figure, Measurement)]
    mine = figures_in_charge_of(request.user).filter(pk__in=[figure.pk for figure in figures])
    if mine.count() < len(figures):
        raise PermissionDenied
    public = [figure for figure in figures if figure.first_published_at]
    if not public:
        return None
    messages.error(
        request,
        _(
            "Figures that have been public are kept: %(figures)s. Correct such a figure, or "
            "unpublish it; nothing has been deleted."
        )
        % {"figures": ", ".join(str(figure) for figure in public)},
    )
    return redirect(Measurement.snippet_viewset.get_url_name("list"))


@hooks.register("before_delete_page")
def indicators_with_figures_stay(request, page):
    return _refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def indicators_with_figures_stay_among_others(request, action_type, objects, action):
    if action_type == "delete":
        return _refuse_to_delete(request, [page for page in objects if isinstance(page, Page)])
    return None


def _refuse_to_delete(request, pages):
    """A message and the way back, where one of the pages has figures, or one below it."""
    keeping = _with_figures(pages)
    for indicator in keeping:
        messages.error(
            request,
            ngettext(
                "“%(title)s” has %(count)d figure and cannot be deleted. Unpublish the page "
                "instead; a figure that was never public can be deleted first.",
                "“%(title)s” has %(count)d figures and cannot be deleted. Unpublish the page "
                "instead; figures that were never public can be deleted first.",
                indicator.figures_count,
            )
            % {"title": indicator.get_admin_display_title(), "count": indicator.figures_count},
        )
    return redirect("wagtailadmin_explore", keeping[0].get_parent().pk) if keeping else None


def _with_figures(pages) -> list[IndicatorPage]:
    found = IndicatorPage.objects.none()
    for page in pages:
        found |= IndicatorPage.objects.descendant_of(page, inclusive=True)
    return list(found.annotate(figures_count=Count("measurements")).filter(figures_count__gt=0))
