"""What holders fill in by private link: the yearly report, short forms, the statement.

The office fills in the same forms from paper (``viewsets/``).
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiyose.pages.fields import DayFormField, NumberFormField
from kiyose.pages.languages import notice_languages, snippets_in_visitors_language
from sdgs import vocabulary
from sdgs.models import Mark

from . import attachments
from .attachments import AttachmentField
from .changes import CHANGEABLE_PUBLIC, FORMS, changed, current_values
from .models import (
    PRIVATE_DETAILS,
    ApplicationMark,
    Certificate,
    ChangeRequest,
    District,
    HolderContact,
    ReportActivity,
    YearlyReport,
)

MOST_ACTIVITIES = 20
ROWS_AT_FIRST = 2


def uncut(field: forms.Field) -> forms.Field:
    """The browser cuts nothing off what is too long: it would not tell anybody."""
    field.widget.attrs.pop("maxlength", None)
    return field


# The yearly report


class ReportForm(forms.ModelForm):
    """The words of a report, and more files. Nothing is required until it is sent."""

    files = AttachmentField(
        label=_("Add pictures or files"),
        required=False,
        help_text=_("PDF, JPEG or PNG, up to 10 MB each. They are not made public."),
    )

    class Meta:
        model = YearlyReport
        fields = ("summary", "summary_en")
        labels = {
            "summary": _("What you did in this year"),
            "summary_en": _("The same in English"),
        }
        help_texts = {
            "summary": _("Up to 600 characters. Public when the report is accepted."),
            "summary_en": _("If you like, up to 900 characters. Public as well."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 6}),
            "summary_en": forms.Textarea(attrs={"rows": 5, "lang": "en"}),
        }

    def __init__(self, data=None, files=None, *, instance: YearlyReport, **kwargs):
        super().__init__(data, files, instance=instance, **kwargs)
        self.fields["files"].most = attachments.room_for(instance)
        self.fields["summary"].needed = True
        for field in self.fields.values():
            uncut(field)


class ActivityForm(forms.Form):
    """A line of the report: what was done for one mark. An empty line is none."""

    mark = forms.ChoiceField(label=_("SDGs goal or target"), required=False)
    activity = forms.CharField(
        label=_("What you did for it"),
        required=False,
        max_length=ReportActivity._meta.get_field("activity").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Up to 500 characters."),
    )
    figure = NumberFormField(
        label=_("Figure"), required=False, max_digits=18, decimal_places=4,
        help_text=_("If there is one, for example 120."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Unit"), required=False,
        max_length=ReportActivity._meta.get_field("unit").max_length,
        help_text=_("For example kg, people, times."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = mark_choices()
        for field in self.fields.values():
            uncut(field)

    def clean(self):
        values = super().clean()
        if self.is_empty:
            return values
        if not values.get("mark") and "mark" not in self.errors:
            self.add_error("mark", gettext("Choose a goal or target for this activity."))
        if not values.get("activity") and "activity" not in self.errors:
            self.add_error("activity", gettext("Say what you did, or empty the other fields too."))
        if values.get("unit") and values.get("figure") is None and "figure" not in self.errors:
            self.add_error("figure", gettext("There is a unit but no figure."))
        return values

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done, so that the line counts for nothing. A mark alone is only
        what was offered."""
        names = ("activity", "figure", "unit")
        return not any((self.data.get(self.add_prefix(name)) or "").strip() for name in names)


class ActivitiesFormSet(forms.BaseFormSet):
    """The lines; every mark once."""

    def get_form_kwargs(self, index):
        # Django would leave out lines in which nothing is different from what was saved.
        return super().get_form_kwargs(index) | {"empty_permitted": False}

    def clean(self):
        seen = set()
        for form in self.forms:
            mark = getattr(form, "cleaned_data", {}).get("mark")
            if not mark or form.is_empty:
                continue
            if mark in seen:
                form.add_error(
                    "mark", gettext("This one is there already. Write both into one line.")
                )
            seen.add(mark)

    def rows(self) -> list[dict]:
        """What ``yearly_reports.set_activities`` takes, when all are valid."""
        marks = {mark.name: mark for mark in Mark.objects.all()}
        return [
            {
                "mark": marks[form.cleaned_data["mark"]],
                "activity": form.cleaned_data["activity"],
                "figure": form.cleaned_data["figure"],
                "unit": form.cleaned_data["unit"],
            }
            for form in self.forms
            if not form.is_empty
        ]


def mark_choices() -> list:
    """Goals with their targets, each by number and name in the visitor's language."""
    groups: dict[int, tuple[str, list]] = {}
    for code, entry in vocabulary.entries().items():
        text = f"{code} {vocabulary.label(code).text}"
        group = groups.setdefault(entry.goal_number, (text, []))
        group[1].append((code, text))
    return [("", "—"), *groups.values()]


def activities_form(report: YearlyReport, data=None, *, more: int = 0) -> ActivitiesFormSet:
    """The lines of a report: those that were saved, or what the holder stands for; and some
    empty ones."""
    saved, offered = _known_lines(report)
    initial = saved + [{"mark": code} for code in offered]
    extra = more or (0 if initial else ROWS_AT_FIRST)
    formset = forms.formset_factory(
        ActivityForm,
        formset=ActivitiesFormSet,
        extra=extra,
        absolute_max=MOST_ACTIVITIES + 1,
        max_num=MOST_ACTIVITIES,
        validate_max=True,
    )
    return formset(data, initial=initial, prefix="activity")


def _known_lines(report: YearlyReport) -> tuple[list[dict], list[str]]:
    """The lines that were saved, and marks to go on with: those of the latest report, or else
    of the application."""
    everything = list(
        ReportActivity.objects.filter(report__certificate=report.certificate_id)
        .select_related("mark", "report")
        .order_by("-report__fiscal_year", "position", "pk")
    )
    saved = [
        {"mark": row.mark.name, "activity": row.activity, "figure": row.figure, "unit": row.unit}
        for row in everything
        if row.report_id == report.pk
    ]
    before = [row for row in everything if row.report.state == "accepted"]
    marks = [row.mark.name for row in before if row.report_id == before[0].report_id]
    if not marks:
        marks = ApplicationMark.objects.filter(
            application=report.certificate.application_id
        ).values_list("mark__name", flat=True)
    written = {row["mark"] for row in saved}
    return saved, [code for code in marks if code not in written]


# Changes


class ConfirmedForm(forms.Form):
    """What every short form ends with."""

    files = AttachmentField(
        label=_("Files, if you have any"),
        required=False,
        help_text=_("PDF, JPEG or PNG, up to 10 MB each. Only the office sees them."),
    )
    confirmed = forms.BooleanField(
        label=_("This is correct, and I may say it for the organisation."),
        error_messages={"required": _("Confirm that this is correct.")},
    )


class DistrictChoice(forms.ChoiceField):
    """Districts by their keys, with names in the visitor's language."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.choices = self._rows

    @staticmethod
    def _rows():
        rows = snippets_in_visitors_language(District)
        return [("", "—"), *((row.key, row.words.name) for row in rows)]


class ChangeForm(ConfirmedForm):
    """A short form of some kind (``changes.FORMS``), filled in with what is known, or with
    what a form that was sent back says."""

    def __init__(
        self,
        certificate: Certificate,
        kind: str,
        data=None,
        files=None,
        *,
        change: ChangeRequest | None = None,
    ):
        self.certificate, self.kind, self.asks = certificate, kind, FORMS[kind]
        super().__init__(data, files, initial=self._initial(change))
        asked = {}
        if self.asks.details:
            asked |= self._details()
        if self.asks.effective_on:
            asked["effective_on"] = DayFormField(
                label=_("From which day"), help_text=_("For example 2026-04-01 or 令和8年4月1日.")
            )
        asked["reason"] = forms.CharField(
            label=_("Reason"),
            required=self.asks.reason_required,
            max_length=ChangeRequest._meta.get_field("reason").max_length,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Up to 500 characters."),
        )
        self.fields = asked | self.fields
        for field in self.fields.values():
            uncut(field)

    def _initial(self, change: ChangeRequest | None) -> dict:
        initial = current_values(self.certificate)
        if change:
            initial |= change.values
            initial |= {"reason": change.reason, "effective_on": change.effective_on}
        return initial

    @staticmethod
    def _details() -> dict[str, forms.Field]:
        public = forms.fields_for_model(Certificate, CHANGEABLE_PUBLIC)
        public["district"] = DistrictChoice(label=_("district"), required=False)
        private = forms.fields_for_model(HolderContact, PRIVATE_DETAILS)
        private["language"] = forms.ChoiceField(
            label=_("language of notices"), choices=notice_languages
        )
        return public | private

    @property
    def public_fields(self):
        return [self[name] for name in CHANGEABLE_PUBLIC] if self.asks.details else []

    @property
    def private_fields(self):
        return [self[name] for name in PRIVATE_DETAILS] if self.asks.details else []

    @property
    def other_fields(self):
        return [self[name] for name in ("effective_on", "reason", "files") if name in self.fields]

    @property
    def values(self) -> dict:
        """The details that were sent; ``changes.submit`` keeps those that are different."""
        names = (*CHANGEABLE_PUBLIC, *PRIVATE_DETAILS) if self.asks.details else ()
        return {name: self.cleaned_data[name] for name in names}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and self.asks.details and not changed(self.certificate, self.values):
            raise forms.ValidationError(
                gettext("Nothing is different from what we know. Change what is new.")
            )
        day = cleaned.get("effective_on")
        if day and self.kind == ChangeRequest.Kind.RETURN and day < self.certificate.certified_on:
            self.add_error("effective_on", gettext("This day is before the certification."))
        return cleaned


# The statement


class StatementForm(ConfirmedForm):
    statement = forms.CharField(
        label=_("Your statement"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Up to 4,000 characters."),
    )
    field_order = ("statement", "files", "confirmed")

    def __init__(self, data=None, files=None):
        super().__init__(data, files)
        uncut(self.fields["statement"])

    @property
    def other_fields(self):
        return [self["statement"], self["files"]]
