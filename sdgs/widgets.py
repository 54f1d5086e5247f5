"""The picker of marks: a text field of codes, which a script turns into tiles and a search."""

from __future__ import annotations

import json

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register as register_telepath_adapter
from wagtail.admin.telepath.widgets import WidgetAdapter

from . import picker


class MarksPicker(forms.TextInput):
    """Chooses marks in order, the main goal first.

    What is sent is one line of codes, ``8.3, 17``. Without JavaScript that line is typed,
    with all goals and targets listed below it; what nobody knows comes back as it was.
    """

    template_name = "sdgs/widgets/marks_picker.html"

    class Media:
        css = {"all": ["css/goal-colours.css", "sdgs/picker.css"]}
        js = [Script("sdgs/picker.js", type="module")]

    def __init__(self, attrs=None, main_goal=True):
        """main_goal: whether the first mark is the main goal (not where marks are added to
        those that a page has)."""
        super().__init__(attrs)
        self.main_goal = main_goal

    def format_value(self, value) -> str:
        return value if isinstance(value, str) else ", ".join(value or ())

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return context | {
            "goals": picker.goals(),
            "main_goal": self.main_goal,
            "says": json.dumps(_says(self.main_goal)),
        }


def _says(main_goal: bool) -> dict[str, str]:
    """What the script says; in braces what it fills in."""
    says = {
        "added": _("{mark} was added in place {place}."),
        "removed": _("{mark} was removed."),
        "moved": _("{mark} is now in place {place}."),
        "moveFirst": _("Make {mark} the main goal"),
        "moveUp": _("Move {mark} up"),
        "moveDown": _("Move {mark} down"),
        "remove": _("Remove {mark}"),
        "found": _("{count} found"),
        "nothingFound": _("Nothing found. Try a number (8.3) or another word."),
        "chosen": _("{count} chosen"),
        "unknown": _("Neither a goal nor a target"),
    }
    if main_goal:
        first = {
            "addedFirst": _("{mark} was added as the main goal."),
            "movedFirst": _("{mark} is now the main goal."),
        }
    else:
        first = {"addedFirst": says["added"], "movedFirst": says["moved"]}
    return says | first


class MarksPickerAdapter(WidgetAdapter):
    """Wagtail's scripts want to find the field, not to draw the whole picker again."""

    def js_args(self, widget):
        return [forms.TextInput().render("__NAME__", None, attrs={"id": "__ID__"})]


register_telepath_adapter(MarksPickerAdapter(), MarksPicker)
