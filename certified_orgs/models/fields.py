"""Fields that clean what people type."""

from __future__ import annotations

from django import forms
from django.db import models

from kiyose.japanese.names import clean_name, clean_reading


class NameFormField(forms.CharField):
    def to_python(self, value):
        return clean_name(super().to_python(value) or "")


class ReadingFormField(forms.CharField):
    def to_python(self, value):
        return clean_reading(super().to_python(value) or "")


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
