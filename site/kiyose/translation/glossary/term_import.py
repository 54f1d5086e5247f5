"""The city's own list of terms, from a table: one line for each term, a column for each
language. What the list of the admin gives out comes in again."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.tables.columns import Column
from kiyose.tables.importing import Kind, Plan, RowForm, TableImport
from kiyose.tables.spreadsheets import as_meant

from ..models import GlossaryTerm, GlossaryTranslation
from .folding import folded
from .languages import locales, names_of, target_languages

TRANSLATION, ALSO = "translation_", "also_"
EXAMPLES = {"en": ("Kiyose City Hall", "City Hall")}
BETWEEN = "; "  # the further forms in one cell


def columns() -> tuple[Column, ...]:
    """The columns of the table: the term, and two for each language."""
    own = (
        Column(
            "term",
            "用語",
            "term",
            gettext_lazy("As it stands in texts; it tells lines apart."),
            "清瀬市役所",
            required=True,
        ),
        Column("reading", "よみ", "reading", gettext_lazy("In hiragana."), "きよせしやくしょ"),
        Column("note", "備考", "note", gettext_lazy("What translators should know.")),
    )
    return own + tuple(
        column for code in target_languages() for column in _columns_of_language(code)
    )


def _columns_of_language(code: str) -> tuple[Column, Column]:
    ja, en = names_of(code)
    translation, also = EXAMPLES.get(code, ("", ""))
    return (
        Column(TRANSLATION + code, ja, en, gettext_lazy("What it is called there."), translation),
        Column(
            ALSO + code,
            f"{ja}（ほかの言い方）",
            f"{en} (also)",
            gettext_lazy("Other forms that are right, with semicolons between."),
            also,
        ),
    )


class TermRowForm(RowForm):
    """A term with its translations. An empty cell takes nothing away."""

    class Meta:
        model = GlossaryTerm
        fields = ["term", "reading", "note"]

    def __init__(self, importer, row, instance):
        # The languages are those of the settings, so these fields are not written down above.
        self.base_fields = self.base_fields | _language_fields()
        self.importer = importer
        super().__init__(importer, row, instance)

    def value_of(self, name):
        kind, code = _split(name)
        if not code:
            return super().value_of(name)
        words = self._translation_into(code)
        if words is None:
            return ""
        return words.translation if kind == TRANSLATION else BETWEEN.join(words.accepted_forms)

    def _translation_into(self, code: str) -> GlossaryTranslation | None:
        # By its number: asking each row for its locale would cost a query.
        locale = self.importer.locales.get(code)
        rows = self.instance.translations.all() if locale else ()
        return next((row for row in rows if row.locale_id == locale.pk), None)

    def clean(self):
        """Checks the translations by the rules of their model."""
        for name in list(self.cleaned_data):
            if not self.cleaned_data[name] and self.before:
                self.cleaned_data[name] = self.before[name]
        for code in self._languages():
            self._check_language(code)
        return super().clean()

    def _languages(self) -> list[str]:
        return list(dict.fromkeys(code for name in self.fields if (code := _split(name)[1])))

    def _check_language(self, code: str) -> None:
        translation, also = self._words(code)
        if not translation and not also:
            return
        if code not in self.importer.locales:
            message = _("The site does not have this language yet (Settings → Locales).")
            self.add_error(TRANSLATION + code, message)
            return
        words = GlossaryTranslation(
            locale=self.importer.locales[code], translation=translation, also_accepted=also
        )
        try:
            words.clean_fields(exclude=["term", "locale"])
            words.clean()
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                name = (ALSO if field == "also_accepted" else TRANSLATION) + code
                self.add_error(name if name in self.fields else None, messages)
            return
        for name, text in (
            (TRANSLATION + code, words.translation),
            (ALSO + code, BETWEEN.join(words.accepted_forms)),
        ):
            if name in self.fields:
                self.cleaned_data[name] = text

    def _words(self, code: str) -> tuple[str, str]:
        return tuple(
            self.cleaned_data.get(name) or self.value_of(name)
            for name in (TRANSLATION + code, ALSO + code)
        )

    def enter_translations(self) -> None:
        """Put the translations of the line into the term, unsaved."""
        rows = list(self.instance.translations.all())
        for code in self._languages():
            translation, also = self._words(code)
            words = self._translation_into(code)
            if words is None and translation:
                words = GlossaryTranslation(locale=self.importer.locales[code])
                rows.append(words)
            if words is not None:
                words.translation = translation
                words.also_accepted = "\n".join(also.split(BETWEEN))
                words.clean()
        self.instance.translations = rows

    def shown(self, name, value):
        return value if _split(name)[1] else super().shown(name, value)


def _language_fields() -> dict[str, forms.Field]:
    return {
        column.field: forms.CharField(required=False)
        for column in columns()
        if _split(column.field)[1]
    }


def _split(name: str) -> tuple[str, str]:
    """Of a field: which of the two of a language it is, and of which language."""
    for kind in (TRANSLATION, ALSO):
        if name.startswith(kind):
            return kind, name.removeprefix(kind)
    return "", ""


class TermImport(TableImport):
    name = "glossary"
    title = gettext_lazy("Import terms")
    explanation = gettext_lazy(
        "Each line of the table is one term; the term decides whether it is added or changed. "
        "An empty cell leaves what there is. What is imported is valid at once. Nothing is saved "
        "before you have seen what would happen."
    )
    model = GlossaryTerm
    columns = columns()
    row_form = TermRowForm
    key_column = "term"
    permissions = ("add", "change", "publish")
    max_lines = 1_000

    def prepare(self, rows):
        self.locales = locales()
        self.source = self.locales[settings.LANGUAGE_CODE]
        known = self.locked(GlossaryTerm.objects.filter(locale=self.source))
        known = known.select_related("latest_revision").prefetch_related("translations")
        self.terms = {term.key: term for term in known}

    def plan(self, rows):
        """A term that a spreadsheet would calculate went out as text (``harmless``)."""
        return super().plan(
            [
                replace(row, cells={name: as_meant(text) for name, text in row.cells.items()})
                for row in rows
            ]
        )

    def instance_of(self, row):
        term = self.terms.get(folded(row.cells["term"]))
        return _newest(term) if term else GlossaryTerm(locale=self.source)

    def key_of(self, form):
        return form.instance.key

    def complete(self, step):
        if step.kind == Kind.NEW:
            return
        if not step.instance.live:
            step.kind = Kind.CHANGED
            step.remark = _("A suggestion until now; becomes valid.")
        elif step.kind == Kind.CHANGED and step.instance.has_unpublished_changes:
            step.remark = _("Somebody’s suggestion for it is set aside and stays in its history.")

    def save(self, plan: Plan):
        """As a new version of each term, which is valid at once."""
        for step in plan.written:
            term = step.instance
            step.form.enter_translations()
            if step.kind == Kind.NEW:
                term.live = False
                term.save()
            step.revision = term.save_revision(user=self.user, clean=False)
            step.revision.publish(user=self.user, log_action=False)
        self.log(plan.written)


def _newest(term: GlossaryTerm) -> GlossaryTerm:
    """What a line is compared with: what is valid, or what was suggested last."""
    if term.live or term.latest_revision is None:
        return term
    return term.with_content_json(term.latest_revision.content)
