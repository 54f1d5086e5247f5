"""What all paper to applicants and holders shares: a page to be printed (A4), and the question
how a private link reaches somebody."""

from __future__ import annotations

import segno
from django import forms
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.japanese.dates import era_date

from ..models import SchemeYear

MAIL, LETTER = "mail", "letter"


def sheet(request, template: str, recipient, scheme: SchemeYear, window=None, **context):
    """A page of paper: in Japanese, whatever the language of who prints it.

    recipient: what has ``address``, ``representative`` …; context: for the template.
    """
    with translation.override("ja"):
        response = TemplateResponse(
            request,
            f"certified_orgs/notices/{template}.html",
            {
                "recipient": recipient,
                "scheme": scheme,
                "window": window,
                "today": era_date(timezone.localdate()),
                **context,
            },
        )
        response.render()
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def qr(address: str) -> str:
    """The code of an address, as a drawing for the page."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, svgclass=None)
    return mark_safe(drawing)  # noqa: S308  made of squares alone


class LinkForm(forms.Form):
    channel = forms.ChoiceField(
        label=gettext_lazy("how it reaches the applicant"), widget=forms.RadioSelect
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(LETTER, _("As a letter that is printed now"))]
        if email:
            choices.insert(0, (MAIL, _("By mail to %(address)s") % {"address": email}))
        self.fields["channel"].choices = choices
        self.fields["channel"].initial = choices[0][0]
