"""What the SDGs room adds to Wagtail: the rule of marks, and the labels in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import MarkedPage, MarkLabel


@hooks.register("publishing_rule")
def marks_and_why(page):
    """A marked page goes public with a mark and a why, or not at all."""
    if isinstance(page, MarkedPage):
        yield from page.mark_problems()


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
