"""Marks in forms: a field for an ordered choice of them, and the editor of a marked page."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from kiyose.pages.forms import BasePageForm

from . import picker, vocabulary
from .rules import CHOSEN_TWICE, mark_problems
from .widgets import MarksPicker


class MarksField(forms.Field):
    """Codes of marks in order. Unknown ones and repetitions are refused, never dropped."""

    widget = MarksPicker
    default_error_messages = {
        "unknown": _("“%(code)s” is neither a goal nor a target of the SDGs."),
        "twice": CHOSEN_TWICE,
    }

    def to_python(self, value) -> list[str]:
        return picker.codes_in(value or "")

    def validate(self, codes):
        super().validate(codes)
        known = vocabulary.entries()
        errors = [
            ValidationError(self.error_messages["unknown"], "unknown", {"code": code})
            for code in codes
            if code not in known
        ]
        if len(set(codes)) < len(codes):
            errors.append(ValidationError(self.error_messages["twice"], "twice"))
        if errors:
            raise ValidationError(errors)

    def has_changed(self, initial, data) -> bool:
        return not self.disabled and self.to_python(data) != list(initial or ())


class MarkedPageForm(BasePageForm):
    """Asks for marks and *why* beside their fields when the page is to go public."""

    page_marks = MarksField(
        label=_("SDGs marks"),
        required=False,
        help_text=_("The main goal first. A target (8.3) implies its goal (8)."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("page_marks", self.instance.mark_codes)

    def publishing_problems(self, cleaned):
        yield from super().publishing_problems(cleaned)
        for problem in mark_problems(
            self.instance.mark_policy,
            cleaned.get("page_marks", ()),
            cleaned.get("why", ""),
            cleaned.get("no_mark_applies", False),
        ):
            # What could not be read is said already; it is not "no mark".
            if problem.field != "page_marks" or "page_marks" not in self.errors:
                yield problem

    def save(self, commit=True):
        # The relation is not a model field, so nobody else gives the page its marks.
        self.instance.set_marks(self.cleaned_data["page_marks"])
        return super().save(commit)


class ProgrammeForm(WagtailAdminModelForm):
    """A programme of the city's list; its marks have no order, so none is the main one."""

    marks = MarksField(label=_("SDGs marks"), required=False, widget=MarksPicker(main_goal=False))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["marks"] = [mark.code for mark in self.initial.get("marks", ())]

    def clean_marks(self):
        from .models import Mark

        return Mark.objects.filter(name__in=self.cleaned_data["marks"])
