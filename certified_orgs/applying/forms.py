"""What each step of an application asks.

Every form here keeps what is valid even where something else is not: ``is_valid`` says
whether anything came back, ``keep`` saves the rest. Nothing has to be filled in before the
end (``completeness``).
"""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kiyose.pages.languages import notice_languages, snippets_in_visitors_language
from sdgs import vocabulary
from sdgs.models import Mark

from .. import attachments
from ..attachments import AttachmentField
from ..kinds import OrgKind
from ..models import CONSENTS, PLEDGES, Application, ApplicationMark, District, SelfCheck
from ..models.fields import MailAddressFormField, NameFormField
from ..moves import NoSuchMove
from ..states import ApplicationState
from .completeness import NEEDED_FIELDS, criteria_of

# While it is a draft, or the office waits for corrections.
EDITABLE = (ApplicationState.DRAFT, ApplicationState.INCOMPLETE)


def _in_hand(application: Application) -> Application:
    """The row itself, locked. Raises NoSuchMove where somebody has sent it in the meantime."""
    row = Application.objects.select_for_update().filter(pk=application.pk, state__in=EDITABLE)
    found = row.first()
    if found is None:
        raise NoSuchMove
    return found


def _as_asked(field: forms.Field, name: str) -> None:
    """Not needed now; the browser cuts nothing off, because it would not tell anybody."""
    field.required = False
    field.needed = name in NEEDED_FIELDS
    field.widget.is_required = False
    field.widget.attrs.pop("maxlength", None)


class StepForm(forms.ModelForm):
    """Fields of the application itself."""

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    # What browsers may fill in by themselves (WCAG 1.3.5).
    autocomplete: dict[str, str] = {}

    def __init__(self, application: Application, data=None, files=None):
        super().__init__(data, files, instance=application)
        for name, field in self.fields.items():
            _as_asked(field, name)
            if name in self.autocomplete:
                field.widget.attrs["autocomplete"] = self.autocomplete[name]

    @transaction.atomic
    def keep(self) -> None:
        """Save the fields that are valid."""
        row = _in_hand(self.instance)
        for name in self.fields:
            if name in self.cleaned_data:
                setattr(row, name, self.cleaned_data[name])
        row.save()


class DistrictField(forms.ModelChoiceField):
    """Districts by their names in the visitor's language."""

    def label_from_instance(self, district):
        return self.names.get(district.pk, str(district))

    @property
    def names(self) -> dict[int, str]:
        if not hasattr(self, "_names"):
            rows = snippets_in_visitors_language(District)
            self._names = {row.pk: row.words.name for row in rows}
        return self._names


class OrganisationForm(StepForm):
    """The half of the details that becomes public."""

    class Meta(StepForm.Meta):
        fields = (
            "kind",
            "name",
            "reading",
            "english_name",
            "district",
            "website",
            "what_we_do",
            "hopes",
        )
        field_classes = {"district": DistrictField}
        widgets = {
            "kind": forms.RadioSelect,
            "what_we_do": forms.Textarea(attrs={"rows": 6}),
            "hopes": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "name": _("As it is written officially; every character is kept as it is."),
            "reading": _("In hiragana or katakana, so that people find you."),
            "english_name": _("As you write it yourself. It is shown on the English pages."),
            "what_we_do": _("For readers who do not know you. Up to 1,000 characters."),
            "hopes": _("With whom you would like to do what. Up to 500 characters."),
            "district": _("Where you are, or where you are mostly active."),
        }

    autocomplete = {"name": "organization", "website": "url"}

    def __init__(self, application, data=None, files=None):
        super().__init__(application, data, files)
        self.fields["kind"].choices = OrgKind.choices
        self.fields["district"].empty_label = _("Choose")
        # Whose window has it already, and whose certificate is renewed, stays the same kind.
        if application.state != ApplicationState.DRAFT or application.renews_id:
            del self.fields["kind"]

    def clean_kind(self):
        return self.cleaned_data["kind"] or self.instance.kind


class PeopleForm(StepForm):
    """The half of the details that never becomes public."""

    language = forms.ChoiceField(
        label=_("Language of notices"), choices=notice_languages, widget=forms.RadioSelect
    )

    class Meta(StepForm.Meta):
        fields = (
            "representative_title",
            "representative",
            "contact_name",
            "postal_code",
            "address",
            "phone",
            "fax",
            "email",
            "language",
        )
        help_texts = {
            "representative_title": _("For example 代表取締役 or 会長."),
            "postal_code": _("Seven digits."),
            "phone": _("Telephone, FAX or email: one of them is enough."),
            "email": _("Not needed: without it notices come by letter."),
        }

    autocomplete = {
        "representative_title": "organization-title",
        "contact_name": "name",
        "postal_code": "postal-code",
        "address": "address-line1",
        "phone": "tel",
        "email": "email",
    }

    def clean_language(self):
        return self.cleaned_data["language"] or self.instance.language


class PledgesForm(StepForm):
    class Meta(StepForm.Meta):
        fields = PLEDGES


class ConsentsForm(StepForm):
    class Meta(StepForm.Meta):
        fields = CONSENTS


class SelfCheckForm(forms.Form):
    """The question of each criterion, in the visitor's words."""

    def __init__(self, application: Application, data=None, files=None):
        super().__init__(data)
        self.application = application
        self.criteria = {f"answer-{row.pk}": row for row in criteria_of(application)}
        longest = SelfCheck._meta.get_field("answer").max_length
        for name, criterion in self.criteria.items():
            field = forms.CharField(
                label=criterion.words.question,
                max_length=longest,
                initial=criterion.answer,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("Up to 500 characters."),
            )
            _as_asked(field, name)
            field.needed = True
            field.words = criterion.words
            self.fields[name] = field

    @transaction.atomic
    def keep(self) -> None:
        row = _in_hand(self.application)
        for name, criterion in self.criteria.items():
            if name in self.cleaned_data:
                SelfCheck.objects.update_or_create(
                    application=row,
                    criterion=criterion,
                    defaults={"answer": self.cleaned_data[name]},
                )


class ActivitiesForm(forms.Form):
    """Which goals and targets, and one text for each. Choosing and writing are one form:
    what is chosen asks for its text when the page comes back."""

    marks = forms.MultipleChoiceField(required=False)

    def __init__(self, application: Application, data=None, files=None):
        super().__init__(data)
        self.application = application
        self.rows = {row.mark.code: row for row in application.marks.select_related("mark")}
        self.fields["marks"].choices = [(code, code) for code in vocabulary.entries()]
        for code, row in self.rows.items():
            self._ask_for_text(code, row.activity)

    def _ask_for_text(self, code: str, initial: str) -> None:
        label = vocabulary.label(code)
        field = forms.CharField(
            label=f"{label.code} {label.text}",
            max_length=ApplicationMark._meta.get_field("activity").max_length,
            initial=initial,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("What you do for it, with whom, since when. Up to 500 characters."),
        )
        _as_asked(field, code)
        field.needed = True
        self.fields[f"text-{code}"] = field

    @property
    def chosen(self) -> list[str]:
        """The codes that are ticked: as sent, else as kept."""
        return self.data.getlist("marks") if self.is_bound else list(self.rows)

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[f"text-{code}"] for code in self.rows]

    @property
    def goals(self) -> list[dict]:
        """Every goal with its targets, and how many of them are chosen."""
        chosen = set(self.chosen)
        groups: dict[int, dict] = {}
        labels = vocabulary.labels()
        for code, entry in vocabulary.entries().items():
            mark = {"label": labels[code], "is_chosen": code in chosen}
            if not entry.position:
                groups[entry.goal_number] = {"goal": labels[code], "marks": [], "count": 0}
            group = groups[entry.goal_number]
            group["marks"].append(mark)
            group["count"] += mark["is_chosen"]
        return list(groups.values())

    @transaction.atomic
    def keep(self) -> None:
        row = _in_hand(self.application)
        texts = {
            code: self.cleaned_data[f"text-{code}"]
            for code in self.rows
            if f"text-{code}" in self.cleaned_data
        }
        if "marks" in self.cleaned_data:
            self._keep_chosen(row, self.cleaned_data["marks"])
        for mark in row.marks.select_related("mark"):
            if mark.mark.code in texts:
                mark.activity = texts[mark.mark.code]
                mark.save(update_fields=["activity"])

    def _keep_chosen(self, row: Application, codes: list[str]) -> None:
        row.marks.exclude(mark__name__in=codes).delete()
        known = set(row.marks.values_list("mark__name", flat=True))
        last = len(self.rows)
        wanted = Mark.objects.filter(name__in=set(codes) - known)
        ApplicationMark.objects.bulk_create(
            ApplicationMark(application=row, mark=mark, activity="", position=last + number)
            for number, mark in enumerate(wanted, 1)
        )


class AttachmentsForm(forms.Form):
    """Files that help to understand the application, and a word on what they show."""

    files = AttachmentField(
        label=_("Files to attach"),
        required=False,
        help_text=_("PDF, JPEG or PNG, up to 10 MB each, up to 10 files. You can choose several."),
    )
    note = NameFormField(
        label=_("What they show"),
        required=False,
        max_length=200,
        help_text=_("For example: photograph of the repair café, rules of the group."),
    )

    def __init__(self, application: Application, data=None, files=None):
        super().__init__(data, files)
        self.application = application
        self.fields["files"].most = attachments.room_for(application)
        self.fields["note"].widget.attrs.pop("maxlength", None)

    @transaction.atomic
    def keep(self) -> None:
        row = _in_hand(self.application)
        field, note = self.fields["files"], self.cleaned_data.get("note", "")
        # Some may have come from another window in the meantime.
        room = attachments.room_for(row)
        attachments.add_all(row, field.accepted[:room], note=note)
        for upload in field.accepted[room:]:
            self.add_error("files", field.one_too_many(upload.name))

    @transaction.atomic
    def remove(self, key: str) -> None:
        """Take a file away again."""
        row = _in_hand(self.application)
        if key.isascii() and key.isdigit() and len(key) < 10:
            for attachment in attachments.own_files(row):
                if attachment.pk == int(key):
                    attachment.delete()


# What is no step


class StartForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Who applies"), choices=OrgKind.choices, widget=forms.RadioSelect
    )
    email = MailAddressFormField(
        label=_("Email"),
        required=False,
        help_text=_("Not needed. If you give it, we send you the link to your draft."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].needed = True
        self.use_required_attribute = False


class AnswerForm(forms.Form):
    """The answer to a question of the office."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Up to 2,000 characters."),
    )
    files = AttachmentField(
        label=_("Files to attach"),
        required=False,
        help_text=_("PDF, JPEG or PNG, up to 10 MB each."),
    )

    def __init__(self, application: Application, data=None, files=None):
        super().__init__(data, files)
        self.use_required_attribute = False
        self.fields["answer"].needed = True
        self.fields["answer"].widget.attrs.pop("maxlength", None)
        self.fields["files"].most = attachments.room_for(application)


class WithdrawForm(forms.Form):
    """取下げ: nobody has to say why."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Up to 500 characters."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs.pop("maxlength", None)
