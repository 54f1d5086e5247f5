"""The city's terms, and what each is called in the languages of the site.

A term that a translator enters is a suggestion: a draft, until somebody who may publish terms
has agreed (``home/roles.py``). Only published terms are offered and checked.

When a language is removed from the site its translations go with it, and so do the terms
written in it; terms of other languages stay. The page that asks for confirmation says how many.
"""

from __future__ import annotations

import re
import unicodedata

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Locale, LockableMixin, RevisionMixin, WorkflowMixin

from kiyose.japanese.names import clean_reading
from kiyose.pages.publishing import Problem, PublishingRuleError

from ..glossary.folding import folded

SHORTEST = 2
LONGEST_KEY = 200
CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
SEPARATORS = re.compile(r"[\r\n;；]+")


def validate_plain(text: str) -> None:
    """Terms and their translations are words: no markup, no characters that cannot be seen."""
    if "<" in text or ">" in text:
        raise ValidationError(_("Write the words alone, without HTML (< and >)."))
    if CONTROL.search(text.replace("\r\n", " ").replace("\n", " ")):
        raise ValidationError(_("There are characters in it that cannot be seen. Type it anew."))


def tidy(text: str) -> str:
    """Words as they are kept: in one line, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def source_locale_default():
    """The language in which pages are written."""
    from django.conf import settings

    locale = Locale.objects.filter(language_code=settings.LANGUAGE_CODE).first()
    return locale and locale.pk


class GlossaryTerm(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """A term of the city in the language in which it is written."""

    term = models.CharField(
        pgettext_lazy("glossary", "term"),
        max_length=100,
        validators=[validate_plain],
        help_text=_("As it stands in texts, two characters or more."),
    )
    # What it is found and told apart by.
    key = models.CharField(max_length=LONGEST_KEY, editable=False)
    reading = models.CharField(
        _("reading"),
        max_length=200,
        blank=True,
        help_text=_("How the term is read, in hiragana."),
    )
    note = models.TextField(
        _("note"),
        max_length=1000,
        blank=True,
        validators=[validate_plain],
        help_text=_("What translators should know: what it is, when to use which form."),
    )
    locale = models.ForeignKey(
        Locale,
        verbose_name=_("source language"),
        on_delete=models.CASCADE,
        default=source_locale_default,
        related_name="+",
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="glossaryterm",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="glossaryterm",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["reading", "term"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "key"], name="one_glossary_term_per_language")
        ]

    def __str__(self):
        return self.term

    def get_admin_display_title(self) -> str:
        return self.term

    @property
    def revisions(self):
        return self._revisions

    def clean(self):
        super().clean()
        self.term, self.note = tidy(self.term), self.note.strip()
        self.key = folded(self.term)
        problems = {}
        if len(self.key) < SHORTEST:
            problems["term"] = _("A term has two characters or more: a shorter one is everywhere.")
        elif len(self.key) > LONGEST_KEY:
            problems["term"] = _("This is too long for a term.")
        try:
            self.reading = clean_reading(self.reading)
        except ValidationError as error:
            problems["reading"] = error
        if problems:
            raise ValidationError(problems)

    def validate_unique(self, exclude=None):
        """In one language a term is there once, however it is typed."""
        super().validate_unique(exclude)
        same = GlossaryTerm.objects.filter(locale_id=self.locale_id, key=folded(self.term))
        if other := same.exclude(pk=self.pk).first():
            message = _("“%(term)s” is in the glossary already.")
            raise ValidationError({"term": message % {"term": other}})

    def save(self, *args, **kwargs):
        self.key = folded(self.term)
        super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """A draft may have become wrong while it waited: somebody else has entered the term."""
        try:
            candidate = revision.as_object()
            candidate.clean()
            candidate.validate_unique()
        except ValidationError as error:
            problems = [Problem(message) for message in error.messages]
            raise PublishingRuleError(self, problems) from error
        super().publish(revision, *args, **kwargs)


class GlossaryTranslation(models.Model):
    """What a term is called in one language."""

    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="translations")
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    translation = models.CharField(_("translation"), max_length=200, validators=[validate_plain])
    also_accepted = models.TextField(
        _("also accepted"),
        max_length=1000,
        blank=True,
        validators=[validate_plain],
        help_text=_(
            "Other forms that are right, one on each line. Regular English plurals are known."
        ),
    )

    class Meta:
        verbose_name = _("translation of a term")
        verbose_name_plural = _("translations of a term")
        ordering = ["locale__language_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "locale"],
                name="one_glossary_translation_per_language",
                violation_error_message=_("There is a translation into this language already."),
            )
        ]

    def __str__(self):
        return self.translation

    @property
    def accepted_forms(self) -> list[str]:
        """The further forms that are right."""
        return [form for form in map(tidy, SEPARATORS.split(self.also_accepted)) if form]

    def clean(self):
        super().clean()
        self.translation = tidy(self.translation)
        self.also_accepted = "\n".join(self.accepted_forms)
