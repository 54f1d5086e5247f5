"""Fields that understand what people in a Japanese office type: periods and numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kiyose.japanese.dates import is_japanese
from kiyose.japanese.numbers import parse_number
from kiyose.japanese.periods import Period, parse_period

FISCAL_YEAR_CODE = re.compile(r"FY\d{4}")


def validate_period(code: str) -> None:
    try:
        parse_period(code)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class PeriodFormField(forms.CharField):
    """Takes 令和7年度, gives ``FY2025``, and shows that in Japanese as the city writes it."""

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        try:
            return parse_period(text).code
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value):
        is_code = isinstance(value, str) and FISCAL_YEAR_CODE.fullmatch(value)
        if is_code and is_japanese(get_language() or ""):
            return Period.from_code(value).label("ja")
        return value


class PeriodField(models.CharField):
    """A fiscal year, year, month or day, kept as ``Period.code``."""

    default_validators = [validate_period]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("help_text", _("For example 令和7年度, 2025年8月 or 2025-08-15."))
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        # What people type is longer than what is kept.
        return super().formfield(form_class=PeriodFormField, max_length=40, **kwargs)


class DayFormField(forms.DateField):
    """Takes 令和8年3月31日 and 2026/3/31 as well as 2026-03-31."""

    default_error_messages = {
        "invalid": _("This is not a day. Write 2026-03-31 or 令和8年3月31日, for example.")
    }

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                period = parse_period(value)
            except ValueError:
                period = Period(0)
            if period.day is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return period.end
        return super().to_python(value)


class DayField(models.DateField):
    """A day, typed as people in the office type it."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DayFormField, **kwargs})


class NumberFormField(forms.DecimalField):
    """Takes ７５％, 1,000 and ▲28.6. ``unit`` may be set to what may stand behind."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    unit = ""

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = parse_number(value, self.unit)
            except ValueError as error:
                raise ValidationError(str(error)) from error
        return super().to_python(value)

    def prepare_value(self, value):
        """Without the zeros that the database keeps behind the point."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget):
        return {}


class NumberField(models.DecimalField):
    """An exact number of a city's statistics."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(form_class=NumberFormField, **kwargs)
