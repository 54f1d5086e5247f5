"""The words for a row's history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .importing import IMPORTED


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(IMPORTED)
    class Imported(LogFormatter):
        label = gettext_lazy("Imported from a file")

        def format_message(self, log_entry):
            data = log_entry.data
            if data.get("line") is None:
                return _("Import of “%(file)s”") % {"file": data.get("file")}
            return _("Imported from “%(file)s”, line %(line)s") % data
