"""What the SDGs room adds to Wagtail: the rule of marks, and the labels in the admin."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from kiyose.tables.views import ImportView

from .bulk_actions import MARKS_CHANGED, ChangeMarks, MarksChanged
from .models import MarkedPage, MarkLabel
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


@hooks.register("register_admin_urls")
def import_of_programmes():
    view = ImportView.as_view(importer=ProgrammeImport)
    return [path("programmes/import/", view, name="programme_import")]
