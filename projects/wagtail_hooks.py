"""Pillars, sources and names of figures in the admin, and the room's open data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

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


@hooks.register("open_data")
def projects():
    return PROJECTS


@hooks.register("open_data")
def indicators():
    return INDICATORS
