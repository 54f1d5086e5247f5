"""The city's dictionary of readings: what staff know and no program does."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from .furigana.alignment import fits
from .furigana.lexicon import PLACE, Entry
from .names import clean_name, clean_reading
from .script import KANJI, has_kanji

# Digits are the business of the table of counters, and Latin letters have no furigana.
WORD = re.compile(f"[{KANJI}ぁ-ゖァ-ヺー・\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def clean_word_and_reading(surface: str, reading: str) -> tuple[str, str]:
    """A word with kanji, and its reading in hiragana, as they are kept.

    Raises ValidationError beside the field, in words for the person who typed.
    """
    surface = clean_name(surface)
    if not has_kanji(surface) or not WORD.fullmatch(surface):
        message = gettext("Write a word with kanji, without spaces, digits and Latin letters.")
        raise ValidationError({"surface": message})
    try:
        reading = re.sub(r"\s", "", clean_reading(reading))
    except ValidationError as error:
        raise ValidationError({"reading": error.messages}) from None
    if not re.fullmatch("[ぁ-ゖー・]+", reading):
        raise ValidationError({"reading": gettext("Write the reading in hiragana or katakana.")})
    if not fits(surface, reading):
        message = gettext("The kana of “%(word)s” do not stand in this reading.") % {
            "word": surface
        }
        raise ValidationError({"reading": message})
    return surface, reading


class Reading(index.Indexed, models.Model):
    """How the city reads a word: 下宿 is したじゅく in Kiyose and げしゅく elsewhere."""

    surface = models.CharField(
        _("word"),
        max_length=50,
        help_text=_("As it is written, with its kanji. The longest word that fits is taken."),
    )
    reading = models.CharField(
        _("reading"), max_length=100, help_text=_("The whole word in hiragana.")
    )
    context = models.CharField(
        _("only where it stands so"),
        max_length=50,
        blank=True,
        help_text=_("～ is the word: “～丁目” is only before 丁目. Empty: everywhere."),
    )
    note = models.CharField(
        _("note"), max_length=200, blank=True, help_text=_("For colleagues: why, or who says so.")
    )

    panels = [
        FieldRowPanel([FieldPanel("surface"), FieldPanel("reading")]),
        FieldPanel("context"),
        FieldPanel("note"),
    ]
    search_fields = [
        index.SearchField("surface"),
        index.SearchField("reading"),
        index.SearchField("note"),
        index.AutocompleteField("surface"),
        index.AutocompleteField("reading"),
    ]

    class Meta:
        verbose_name = _("reading of a word")
        verbose_name_plural = _("readings of words")
        ordering = ["reading", "surface", "context"]
        constraints = [
            models.UniqueConstraint(
                fields=["surface", "context"],
                name="one_reading_per_word_and_context",
                violation_error_message=_("This word is in the dictionary already."),
            )
        ]

    def __str__(self):
        return f"{self.surface}（{self.reading}）"

    def clean(self):
        super().clean()
        self.surface, self.reading = clean_word_and_reading(self.surface, self.reading)
        self.context = re.sub("[~〜]", PLACE, clean_name(self.context))
        if self.context and (self.context.count(PLACE) != 1 or self.context == PLACE):
            message = gettext("Write ～ once for the word, and what stands beside it: ～丁目.")
            raise ValidationError({"context": message})

    @property
    def entry(self) -> Entry:
        return Entry(self.surface, self.reading, self.context)
