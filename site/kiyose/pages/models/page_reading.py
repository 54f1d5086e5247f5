"""How words are read on one page: 「このページでは〇〇は△△と読む」."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from kiyose.japanese.furigana.lexicon import Entry
from kiyose.japanese.models import clean_word_and_reading


class PageReading(Orderable):
    """A reading that holds on one page, whatever the city's dictionary says.

    Keyed to Wagtail's own Page, so that pages of every type have it. A fact: what a name
    sounds like is the same on the page in easy Japanese, and follows it there.
    """

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="page_readings")
    surface = models.CharField(_("word"), max_length=50)
    reading = models.CharField(_("reading"), max_length=100)

    panels = [FieldRowPanel([FieldPanel("surface"), FieldPanel("reading")])]

    class Meta(Orderable.Meta):
        verbose_name = _("reading on this page")
        verbose_name_plural = _("readings on this page")

    def __str__(self):
        return f"{self.surface}（{self.reading}）"

    def clean(self):
        super().clean()
        self.surface, self.reading = clean_word_and_reading(self.surface, self.reading)

    @property
    def entry(self) -> Entry:
        return Entry(self.surface, self.reading)
