"""Fields of events: several codes in one line, and times of day as people type them."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiyose.japanese.times import parse_time


class CodesFormField(forms.MultipleChoiceField):
    """Boxes to tick; gives the codes in their own order with spaces between them."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        chosen = super().clean(value)
        return " ".join(code for code, _label in self.choices if code in chosen)

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial or ""), data)


class CodesField(models.CharField):
    """Codes of one of the lists in ``events.choices``, with spaces between them.

    One line instead of a table: facts travel between translations as plain values, and a
    condition on one code is a regular expression (``has_code``).
    """

    def __init__(self, *args, codes: type[models.TextChoices] | None = None, **kwargs):
        self.codes = codes
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [code for code in value.split() if code not in self.codes.values]
        if unknown:
            raise ValidationError(
                _("“%(code)s” is not known here."), "unknown", {"code": unknown[0]}
            )

    def formfield(self, **kwargs):
        return super(models.CharField, self).formfield(
            form_class=CodesFormField,
            choices=self.codes.choices,
            **{name: value for name, value in kwargs.items() if name != "max_length"},
        )


def has_code(field: str, code: str) -> models.Q:
    """The condition that a ``CodesField`` holds the code."""
    return models.Q(**{f"{field}__regex": rf"(^| ){code}( |$)"})


class ClockFormField(forms.TimeField):
    """Takes 午後1時30分 and １３：３０ as well as 13:30."""

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                return parse_time(value)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return super().to_python(value)


class ClockField(models.TimeField):
    """A time of day, typed as people in the office type it."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": ClockFormField, **kwargs})
