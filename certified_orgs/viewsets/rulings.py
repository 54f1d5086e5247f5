"""Forms that ask for a reason, and for the paper behind a decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from kiyose.pages.fields import DayFormField

from ..moves import Ruling

A_DAY = _("For example 2026-04-01 or 令和8年4月1日.")


def reason_field(**kwargs) -> forms.CharField:
    """Some lines of text, a reason unless it is called otherwise."""
    return forms.CharField(
        **{
            "label": _("reason"),
            "max_length": 2000,
            "widget": AdminAutoHeightTextInput(attrs={"rows": 3}),
            **kwargs,
        }
    )


def rank_field(**kwargs) -> forms.IntegerField:
    """A rank on the waiting list."""
    label = _("rank on the waiting list")
    return forms.IntegerField(label=label, min_value=1, max_value=9999, **kwargs)


class PaperForm(forms.Form):
    """起案日, 決裁日 and 文書番号."""

    drafted_on = DayFormField(
        label=_("drafted on (起案日)"), help_text=A_DAY, widget=forms.TextInput
    )
    approved_on = DayFormField(
        label=_("approved on (決裁日)"), help_text=A_DAY, widget=forms.TextInput
    )
    document_number = forms.CharField(label=_("document number (文書番号)"), max_length=60)


class RulingForm(PaperForm):
    """A decision about one case: its reason and its paper."""

    reason = reason_field()

    field_order = ["reason", "drafted_on", "approved_on", "document_number"]

    @property
    def ruling(self) -> Ruling:
        """What was typed, for ``decisions``."""
        return Ruling(**{name: self.cleaned_data[name] for name in self.field_order})
