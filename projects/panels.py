"""What editors see of an indicator's figures: in the page's editor, and when they sign in."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component

from kiyose.japanese.numbers import plain_number

# The page type has one of these panels, so its classes are looked up when they are asked.
from . import models, permissions

MOST_ON_THE_DESK = 10


class FiguresPanel(Panel):
    """The figures of an indicator, its state today in words, and what it asks for."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "projects/admin/figures_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            from .upkeep import upkeep_of_page

            user = self.request.user
            figures = models.Measurement.objects.filter(
                Q(live=True) | Q(pk__in=permissions.figures_in_charge_of(user)),
                indicator__translation_key=self.instance.translation_key,
            ).select_related("source")
            return super().get_context_data(parent_context) | {
                "upkeep": upkeep_of_page(self.instance, [row for row in figures if row.live]),
                "rows": [self._row(figure) for figure in figures],
                "add_address": self._add_address(user),
            }

        def _row(self, figure) -> dict:
            return {
                "figure": figure,
                "period": figure.when.label(translation.get_language()),
                "value": f"{plain_number(figure.value)} {self.instance.unit}",
                "address": AdminURLFinder(self.request.user).get_edit_url(figure),
            }

        def _add_address(self, user) -> str:
            """Where a figure is added; only where the user would find the indicator there."""
            if not permissions.may(user, "add"):
                return ""
            if not permissions.editable_indicators(user).filter(pk=self.instance.pk).exists():
                return ""
            address = reverse(models.Measurement.snippet_viewset.get_url_name("add"))
            return f"{address}?indicator={self.instance.pk}"


class AttentionPanel(Component):
    """Indicators that ask their editors for a reason or for a newer figure."""

    name = "indicators_to_look_after"
    template_name = "projects/admin/attention_panel.html"
    order = 250

    def get_context_data(self, parent_context):
        from .upkeep import upkeep_of

        user = parent_context["request"].user
        pages = permissions.editable_indicators(user).filter(live=True).order_by("path")
        found = [upkeep for upkeep in upkeep_of(pages) if upkeep.asked_for]
        # A missing reason is a debt to the public; an old figure is often only a late one.
        found.sort(key=lambda upkeep: not upkeep.lacks_reason)
        return {"upkeeps": found[:MOST_ON_THE_DESK], "count": len(found)}
