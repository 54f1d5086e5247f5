"""What the editor of the trainees' door says about the help that it shows."""

from __future__ import annotations

from django.urls import reverse
from wagtail.admin.panels import Panel

from kiyose.pages.facts import source_rows


class HelpLinesPanel(Panel):
    """The lines of help that there are, and what a city is expected to fill in as well."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/help_lines_panel.html"

        def get_context_data(self, parent_context=None):
            from ..models import HelpLine

            context = super().get_context_data(parent_context)
            lines = list(HelpLine.objects.filter(**source_rows()))
            known = {line.kind for line in lines}
            viewset, user = HelpLine.snippet_viewset, self.request.user
            may = {verb: user.has_perm(f"home.{verb}_helpline") for verb in ("add", "change")}
            return context | {
                "lines": lines,
                "missing": [kind.label for kind in HelpLine.EXPECTED if kind not in known],
                "list_address": reverse(viewset.get_url_name("list")) if any(may.values()) else "",
                "add_address": reverse(viewset.get_url_name("add")) if may["add"] else "",
            }
