"""What projects and indicators add to Wagtail: vocabulary, figures, rules, open data."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kiyose.tables.views import ImportView

from .dashboard import GoalIndicators
from .measurement_import import MeasurementImport
from .models import FigureLabel, Pillar, Source
from .opendata import INDICATORS, PROJECTS


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
    menu_label = _("Project vocabulary")
    menu_icon = "list-ul"


hooks.register("goal_page_summary", GoalIndicators)


@hooks.register("register_admin_urls")
def import_of_measurements():
    view = ImportView.as_view(importer=MeasurementImport)
    return [path("measurements/import/", view, name="measurement_import")]


@hooks.register("open_data")
def projects():
    return PROJECTS


@hooks.register("open_data")
def indicators():
    return INDICATORS
