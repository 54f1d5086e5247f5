"""Fields that clean what people type."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.db import models

from kiyose.japanese.contacts import clean_mail_address, clean_phone, clean_postal_code
from kiyose.japanese.names import clean_name, clean_reading
from kiyose.japanese.numbers import MINUS

from ..artwork import ArtworkFormField


class NameFormField(forms.CharField):
    def to_python(self, value):
        return clean_name(super().to_python(value) or "")


class ReadingFormField(forms.CharField):
    def to_python(self, value):
        return clean_reading(super().to_python(value) or "")


class PhoneFormField(forms.CharField):
    widget = forms.TextInput(attrs={"inputmode": "tel"})

    def to_python(self, value):
        return clean_phone(super().to_python(value) or "")


class PostalCodeFormField(forms.CharField):
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value):
        return clean_postal_code(super().to_python(value) or "")


class MailAddressFormField(forms.EmailField):
    # A text control: a browser's own would refuse full-width letters before we see them.
    widget = forms.TextInput(attrs={"inputmode": "email"})

    def to_python(self, value):
        return clean_mail_address(super().to_python(value) or "")


class NameField(models.CharField):
    """The name of a person or an organisation, one line."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": NameFormField, **kwargs})


class ReadingField(models.CharField):
    """How a name is read, in hiragana."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ReadingFormField, **kwargs})


class PhoneField(models.CharField):
    """A telephone or FAX number, kept with plain digits and hyphens."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PhoneFormField, **kwargs})


class PostalCodeField(models.CharField):
    """Seven digits with their hyphen."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 8)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        # What people type may be longer than what is kept.
        return super().formfield(
            **{"form_class": PostalCodeFormField, "max_length": 20, **kwargs}
        )


class MailAddressField(models.EmailField):
    """A mail address; full-width letters are understood."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": MailAddressFormField, **kwargs})


class WebAddressField(models.URLField):
    """The address of a web site; without a scheme it is https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class DaysFormField(forms.CharField):
    """Takes 「３０、７、▲１」, gives ``30, 7, -1``. What is no number stays, for the validator."""

    def to_python(self, value):
        plain = unicodedata.normalize("NFKC", super().to_python(value) or "")
        days = [day.strip() for day in re.split("[,、]", plain.removesuffix("、").strip(" ,"))]
        return ", ".join(re.sub(rf"^[{MINUS}]\s*(?=\d)", "-", day) for day in days)


class DaysField(models.CharField):
    """Whole numbers of days with commas between."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DaysFormField, **kwargs})


class MarkArtworkField(models.ImageField):
    """The city's own drawing of the mark, checked and cleaned when it is uploaded."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ArtworkFormField, **kwargs})
