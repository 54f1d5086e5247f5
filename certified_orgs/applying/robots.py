"""Robots kept out of the first form, without asking anybody else about our visitors.

Three things a person never notices: a field that nobody sees, a signed time at which the
form was shown, and limits for each address and hour: of new drafts, and of mails. Each has a
message that a person can do something about, and whatever was typed stays where it is.
"""

from __future__ import annotations

import datetime

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.security import client_address

# Nobody reads and presses in less.
QUICKEST = datetime.timedelta(seconds=2)
# A page may stay open over night.
SLOWEST = datetime.timedelta(days=1)
# Behind one address there may be a whole Chamber that helps its members.
DRAFTS_PER_HOUR = 20
# Links to addresses that were written into drafts; anybody's address can be.
MAILS_PER_HOUR = 20
HOUR = 60 * 60

_signer = TimestampSigner(salt="certified_orgs.applying.robots")


def stamp() -> str:
    """The time now, as only we can write it."""
    return _signer.sign("shown")


def _is_stamp(value: str, max_age: datetime.timedelta | None = None) -> bool:
    try:
        return _signer.unsign(value, max_age=max_age) == "shown"
    except BadSignature:
        return False


class PeopleOnly(forms.Form):
    """Mixed into a form that anybody may send; put both fields into its template."""

    # A name that robots like to fill in and browsers do not know.
    more = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = stamp

    def clean_more(self):
        if self.cleaned_data["more"]:
            raise ValidationError(
                _("Please empty this field and press again. It is a trap for robots.")
            )
        return ""

    def clean(self):
        cleaned = super().clean()
        value = cleaned.get("shown", "")
        if not _is_stamp(value, SLOWEST):
            self._show_new_stamp()
            raise ValidationError(_("This page was open for a long time. Please press again."))
        try:
            _signer.unsign(value, max_age=QUICKEST)
        except SignatureExpired:
            return cleaned
        raise ValidationError(_("That was very quick. Please press once more."))

    def _show_new_stamp(self) -> None:
        self.data = self.data.copy()
        self.data["shown"] = stamp()


def is_one_too_many(request) -> bool:
    """Count a new draft; whether there were too many from this address in this hour."""
    return _counted(request, "drafts") > DRAFTS_PER_HOUR


def is_one_mail_too_many(request) -> bool:
    """Count a mail to another address than before, likewise."""
    return _counted(request, "mails") > MAILS_PER_HOUR


def _counted(request, what: str) -> int:
    """How many there were with this one, from this address in this hour."""
    address = client_address(request) or "unknown"
    key = f"certified.{what}.{salted_hmac('certified.drafts', address).hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it was forgotten between the two lines
        return 1
