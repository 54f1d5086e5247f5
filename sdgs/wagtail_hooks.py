"""What the SDGs room adds to Wagtail: the rule of marks, their labels, the city's plans and
programmes in the admin, and the report on mark coverage."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSetGroup

from kiyose.snippets import SnippetViewSet
from kiyose.tables.views import ImportView, OffersImport

from . import reports
from .bulk_actions import MARKS_CHANGED, ChangeMarks, MarksChanged
from .models import MarkedPage, MarkLabel, Measure, Plan, Programme
from .programme_import import ProgrammeImport

hooks.register("register_bulk_action", ChangeMarks)


@hooks.register("publishing_rule")
def marks_and_why(page):
    """A marked page goes public with a mark and a why, or not at all."""
    if isinstance(page, MarkedPage):
        yield from page.mark_problems()


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(MARKS_CHANGED)(MarksChanged)


@register_snippet
class MarkLabelViewSet(SnippetViewSet):
    """Correct what a mark is called, or name the marks in a further language."""

    model = MarkLabel
    icon = "tag"
    menu_label = _("Labels of SDGs marks")
    list_display = ["mark", "language", "text"]
    list_filter = ["language"]
    panels = [
        FieldPanel("mark"),
        FieldPanel("language"),
        FieldPanel("text"),
        FieldPanel("search_words"),
    ]
    add_to_admin_menu = True
    copy_view_enabled = False


class ProgrammeListView(OffersImport, IndexView):
    import_view = "programme_import"
    importer = ProgrammeImport


class ProgrammeViewSet(SnippetViewSet):
    """The city's list of programmes. Words are looked for as they stand: Japanese has no
    spaces by which a search index could cut it."""

    model = Programme
    index_view_class = ProgrammeListView
    icon = "list-ul"
    list_display = [
        "number",
        "name",
        "division",
        "measure",
        Column("marks", label=_("SDGs marks"), accessor=reports.marks_or_none),
    ]
    filterset_class = reports.ProgrammeListFilters
    search_fields = ["number", "name", "name_en"]
    search_backend_name = None
    copy_view_enabled = False

    def get_queryset(self, request):
        return reports.programmes()


class PlanViewSet(SnippetViewSet):
    model = Plan
    icon = "calendar-alt"
    list_display = ["name", "first_fiscal_year", "last_fiscal_year", "next_starts"]
    copy_view_enabled = False


class MeasureViewSet(SnippetViewSet):
    model = Measure
    icon = "order"
    list_display = ["number", "name", "plan"]
    list_filter = ["plan"]
    search_fields = ["name", "name_en"]
    search_backend_name = None
    copy_view_enabled = False


@register_snippet
class PlansAndProgrammesGroup(SnippetViewSetGroup):
    items = (ProgrammeViewSet, PlanViewSet, MeasureViewSet)
    menu_label = _("Plans and programmes")
    menu_icon = "list-ul"


hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.menu_item)


@hooks.register("register_admin_urls")
def import_of_programmes():
    view = ImportView.as_view(importer=ProgrammeImport)
    return [path("programmes/import/", view, name="programme_import")]
