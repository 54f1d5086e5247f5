"""Forms for what a holder has sent on paper, by FAX or by telephone: when and how it came, and
its scan."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.pages.fields import DayFormField

from ..attachments import AttachmentField
from .entry import PAPER_ROUTES
from .rulings import A_DAY


class ReceivedForm(forms.Form):
    """The day on which it came, not a day to come."""

    received_on = DayFormField(
        label=gettext_lazy("received on"), help_text=A_DAY, widget=forms.TextInput
    )
    files = AttachmentField(
        label=gettext_lazy("scan of the paper"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG or PNG, up to 10 MB each."),
    )

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class FromPaperForm(ReceivedForm):
    """And in which way; to be put before the form that the holder fills in."""

    route = forms.ChoiceField(label=gettext_lazy("received"), choices=PAPER_ROUTES)
