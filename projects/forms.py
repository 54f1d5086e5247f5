"""The forms of an indicator and of a figure: what does not fit, said beside the field."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from kiyose.japanese.periods import Period
from sdgs.forms import MarkedPageForm

from .permissions import editable_indicators
from .rules import GoalProblem, figure_problems, indicator_problems


class IndicatorPageForm(MarkedPageForm):
    """Asks the rules of indicators when the page is to go public."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self["unit"].value() or ""
        self.fields["baseline_value"].unit = unit
        for row in self.formsets["goals"].forms:
            row.fields["value"].unit = unit

    def _post_clean(self):
        super()._post_clean()
        # Rows that cannot be read have said so themselves.
        if self.asks_the_rules and self.formsets["goals"].is_valid():
            rows = self._filled_rows()
            for problem in indicator_problems(self.instance, [row.instance for row in rows]):
                self._say(problem, rows)

    def _filled_rows(self) -> list:
        formset = self.formsets["goals"]
        return [
            row
            for row in formset.forms
            if row not in formset.deleted_forms and (row.instance.pk or row.has_changed())
        ]

    def _say(self, problem, rows) -> None:
        """Beside the field, in the row, or above the list that it is about."""
        if isinstance(problem, GoalProblem):
            rows[problem.row].add_error(problem.cell, problem.message)
        elif problem.field == "goals":
            self.formsets["goals"].non_form_errors().append(problem.message)
        elif problem.field not in self.errors:
            self.add_problem(problem)


class MeasurementForm(WagtailAdminModelForm):
    """A figure of an indicator that the user may edit, for a period that is over."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choice = self.fields["indicator"]
        mine = editable_indicators(self.for_user)
        if self.instance.indicator_id:
            mine |= type(self.instance.indicator).objects.filter(pk=self.instance.indicator_id)
        choice.queryset = mine.order_by("path")
        # A figure for another period, or of another indicator, would be another figure. As
        # long as nobody has seen it, a slip of the pen can still be put right.
        if self.instance.first_published_at:
            for name in ("indicator", "period"):
                self.fields[name].disabled = True
            self.fields["period"].help_text = ""
        indicator = self._chosen_indicator()
        if indicator:
            self.fields["value"].unit = indicator.unit
            self.fields["value"].help_text = _("Unit: %(unit)s") % {"unit": indicator.unit}

    def _chosen_indicator(self):
        try:
            return self.fields["indicator"].to_python(self["indicator"].value())
        except ValidationError:
            return None

    def clean(self):
        cleaned = super().clean()
        indicator, period = cleaned.get("indicator"), cleaned.get("period")
        if indicator and period:
            when = Period.from_code(period)
            for problem in figure_problems(self.instance, indicator, when):
                self.add_error(problem.field, problem.message)
        return cleaned

    def save(self, commit=True):
        # Who corrects the value has entered it anew; a note is no figure.
        if self.instance._state.adding or {"value", "status"} & set(self.changed_data):
            self.instance.entered_by, self.instance.entered_at = self.for_user, timezone.now()
        return super().save(commit)
