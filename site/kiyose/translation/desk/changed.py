"""The changed sentences of one translation, and the form in which they are translated.

Nothing is lost: what is wrong comes back in its field with the reason beside it, what
somebody else has saved meanwhile is shown, and a text whose sentence is gone is given back.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from kiyose.pages.languages import html_language

from ..currency import Change, changes
from ..exchange.limits import NO_LIMITS, Limits, limits_of
from ..mangled import told_as_value_error
from ..reviews import withdraw_ready
from .differences import Part, compared, parts_of


class SentenceField(forms.CharField):
    """A translated string; line ends as the database keeps them."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class SentenceForm(forms.Form):
    """The translation of one changed string."""

    text = SentenceField(
        label=gettext_lazy("new translation"),
        required=False,
        widget=AdminAutoHeightTextInput,
        # By it a field that this person has not touched is told from one that is to be saved.
        show_hidden_initial=True,
    )

    def __init__(self, sentence: Sentence, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.sentence = sentence
        field = self.fields["text"]
        field.widget.attrs |= {
            "lang": html_language(sentence.language),
            "dir": "auto",
            "rows": 2,
            "aria-describedby": f"{sentence.key}-source {sentence.key}-messages",
        }
        if sentence.is_machine:
            self.fields["checked"] = forms.BooleanField(
                label=gettext_lazy("I have checked the machine translation"), required=False
            )

    def clean_text(self) -> str:
        """What wagtail-localize accepts: inline markup without attributes, known links; and no
        more than the field of the page holds."""
        text = self.cleaned_data["text"]
        try:
            with told_as_value_error():
                value = StringValue.from_translated_html(text)
                validate_translation_links(self.sentence.change.new_source, text)
                plain = value.render_text()
        except ValueError as error:
            raise ValidationError(str(error)) from error
        faults = list(self.sentence.limits.faults_in(plain)) if text.strip() else []
        if faults:
            raise ValidationError(faults)
        return value.data

    def clean(self):
        if "text" not in self.changed_data:
            return
        seen = self["text"].field.to_python(self.data.get(self["text"].html_initial_name) or "")
        now = self.sentence.shown
        is_ours = self.cleaned_data.get("text", self.sentence.text) == self.sentence.text
        if now != seen and not is_ours:
            # What comes next is written on the ground of what is there now.
            self.data = self.data.copy()
            self.data[self["text"].html_initial_name] = now
            self.add_error(
                "text",
                ValidationError(
                    _("Somebody has saved another text: “%(text)s”. Save again to keep yours."),
                    params={"text": now},
                ),
            )

    @property
    def is_to_be_saved(self) -> bool:
        return "text" in self.changed_data or bool(self.cleaned_data.get("checked"))


@dataclass
class Sentence:
    """A changed string and where it stands. ``segment`` is None for what asks for no
    translation: a string that is gone, the address of a link, a second use of a sentence."""

    change: Change
    label: str | Promise
    language: str
    source_language: str
    segment: StringSegment | None = None
    stored: StringTranslation | None = None
    limits: Limits = NO_LIMITS
    form: SentenceForm | None = None

    @property
    def key(self) -> str:
        """Names the field, whatever else changes on the page."""
        return f"s{self.segment.string_id}-{self.segment.context_id}" if self.segment else ""

    @property
    def text(self) -> str:
        """What is entered so far, wrong or right."""
        return self.stored.data if self.stored else ""

    @property
    def shown(self) -> str:
        """The same as it stands in its field."""
        return as_typed(self.text)

    @property
    def old_translation_shown(self) -> str:
        return as_typed(self.change.old_translation)

    @property
    def is_machine(self) -> bool:
        return bool(self.stored) and (
            self.stored.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        )

    @property
    def is_translated(self) -> bool:
        return bool(self.stored) and bool(self.text.strip()) and not self.stored.has_error

    @property
    def stored_error(self) -> str:
        try:
            with told_as_value_error():
                return (self.stored.get_error() or "") if self.stored else ""
        except ValueError as error:
            return str(error)

    @cached_property
    def parts(self) -> tuple[list[Part], list[Part]]:
        """The old source with what was removed, the new one with what was added."""
        return compared(self.change.old_source, self.change.new_source)

    @property
    def is_new(self) -> bool:
        return not self.change.old_source

    @property
    def old_translation(self) -> list[Part]:
        return parts_of(self.change.old_translation)


class Sentences:
    """All that has changed in the source of one translation.

    data: of the form, if it was sent. ``to_translate`` have a form each; ``gone`` and
    ``links`` are only told.
    """

    def __init__(self, record: Translation, data=None):
        self.record = record
        self.data = data
        self.model = record.source.specific_content_type.model_class()
        segments = {
            (segment.context.path, segment.string.data): segment
            for segment in StringSegment.objects.filter(source=record.source).select_related(
                "string", "context"
            )
        }
        stored = {
            (row.translation_of_id, row.context_id): row
            for row in StringTranslation.objects.filter(
                locale_id=record.target_locale_id, context__object_id=record.source.object_id
            ).select_related("translation_of")
        }
        self.to_translate: list[Sentence] = []
        self.gone: list[Sentence] = []
        self.links: list[Sentence] = []
        seen = set()
        for change in changes(record):
            sentence = Sentence(
                change=change,
                label=label_of(self.model, change.path),
                language=record.target_locale.language_code,
                source_language=record.source.locale.language_code,
            )
            segment = segments.get((change.path, change.new_source))
            if segment is not None:
                if segment.pk in seen:
                    continue  # the same sentence once more in the same paragraph
                seen.add(segment.pk)
                sentence.segment = segment
                sentence.stored = stored.get((segment.string_id, segment.context_id))
                sentence.limits = limits_of(self.model, segment.context.field_path)
                sentence.form = SentenceForm(
                    sentence, data, prefix=sentence.key, initial={"text": sentence.shown}
                )
                self.to_translate.append(sentence)
            elif change.new_source or is_address(change.path):
                self.links.append(sentence)
            else:
                self.gone.append(sentence)

    @property
    def number(self) -> int:
        return len(self.to_translate) + len(self.gone) + len(self.links)

    @property
    def left(self) -> int:
        """How many strings still have no translation."""
        return sum(not sentence.is_translated for sentence in self.to_translate)

    @property
    def faulty(self) -> list[Sentence]:
        """Of a form that was sent: what cannot be saved as it is."""
        return [sentence for sentence in self.to_translate if not sentence.form.is_valid()]

    def orphans(self) -> list[str]:
        """Texts that were sent for sentences which have been changed again meanwhile."""
        known = {sentence.key for sentence in self.to_translate}
        return [text for key, text in typed_texts(self.data or {}) if key not in known]

    @transaction.atomic
    def save(self, user) -> int:
        """Keep what was entered, as a person's words; gives the number of strings. What was
        called ready for review is not any more: nobody has seen these words."""
        saved = 0
        for sentence in self.to_translate:
            if not sentence.form.is_to_be_saved:
                continue
            text = sentence.form.cleaned_data["text"]
            key = {
                "translation_of_id": sentence.segment.string_id,
                "context_id": sentence.segment.context_id,
                "locale_id": self.record.target_locale_id,
            }
            if text.strip():
                StringTranslation.objects.update_or_create(
                    **key,
                    defaults={
                        "data": text,
                        "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                        "tool_name": "",
                        "last_translated_by": user,
                        "has_error": False,
                        "field_error": "",
                    },
                )
            else:
                for row in StringTranslation.objects.filter(**key):
                    row.delete()  # one by one: wagtail-localize listens
            saved += 1
        if saved:
            withdraw_ready(self.record, user)
        return saved


def typed_texts(data) -> list[tuple[str, str]]:
    """(the sentence's key, the text) of all that a person has typed into a form that was sent."""
    return [
        (name.removesuffix("-text"), value)
        for name, value in data.items()
        if name.endswith("-text")
        and value.strip()
        and not name.startswith("initial-")
        and value != data.get(f"initial-{name}", "")
    ]


def as_typed(text: str) -> str:
    """A string as people write it (& instead of &amp;), where that means the same."""
    plain = html.unescape(text)
    try:
        with told_as_value_error():
            same = StringValue.from_translated_html(plain).data == text
    except ValueError:
        same = False
    return plain if same else text


def is_address(path: str) -> bool:
    """Whether a path is that of a link's target: wagtail-localize ends it with the address."""
    return path.endswith("'")


def label_of(model: type, path: str) -> str:
    """The field of the page in which a string stands, by its name for editors."""
    name = path.partition(".")[0]
    try:
        return capfirst(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name
