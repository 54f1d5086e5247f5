"""What the editor of a festival shows of its visitors: the figure is entered once, where all
figures of indicators are."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import Panel

from kiyose.japanese.numbers import plain_number
from kiyose.japanese.periods import Period
from projects.models import Measurement
from projects.permissions import editable_indicators, figures_in_charge_of, may


class VisitorsPanel(Panel):
    """The visitors counted, of the indicator and the period that the page names."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/visitors_panel.html"

        def is_shown(self):
            return bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            indicator, period = self.instance.visitors_indicator, self.instance.visitors_period
            if not (indicator and period):
                return context | {"is_named": False}
            figure = self._figure(indicator, period)
            return context | {
                "is_named": True,
                "indicator": indicator,
                "period": Period.from_code(period).label(translation.get_language()),
                "figure": figure,
                "value": f"{plain_number(figure.value)} {indicator.unit}" if figure else "",
                "edit_address": AdminURLFinder(self.request.user).get_edit_url(figure)
                if figure
                else "",
                "add_address": "" if figure else self._add_address(indicator, period),
            }

        def _figure(self, indicator, period) -> Measurement | None:
            """The public one; a draft only for who is in charge of it."""
            mine = figures_in_charge_of(self.request.user)
            rows = Measurement.objects.filter(Q(live=True) | Q(pk__in=mine))
            return rows.filter(indicator=indicator, period=period).first()

        def _add_address(self, indicator, period) -> str:
            """The form for a new figure, filled in as far as the page knows."""
            user = self.request.user
            if not (may(user, "add") and editable_indicators(user).filter(pk=indicator.pk)):
                return ""
            address = reverse(Measurement.snippet_viewset.get_url_name("add"))
            return f"{address}?{urlencode({'indicator': indicator.pk, 'period': period})}"
