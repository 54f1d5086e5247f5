"""Translated vocabulary of projects, kept by staff: pillars, sources, names of figures."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from kiyose.pages.models import KeyedSnippet


class Pillar(KeyedSnippet):
    """A pillar of the city's vision for 2030 (proposal 1.1(2)): economy, society, …"""

    facts = (*KeyedSnippet.facts, "position")
    words = ("name", "short_name")

    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=30)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [
        FieldPanel("key"),
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("position"),
    ]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        ordering = ["position", "key"]

    def __str__(self):
        return self.short_name


class Source(KeyedSnippet):
    """A document that figures are taken from. No figure stands without one."""

    facts = (*KeyedSnippet.facts, "published_on", "url")
    words = ("title", "short_title", "publisher")

    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(
        _("short title"),
        max_length=40,
        blank=True,
        help_text=_("For tables, where the whole title stands once beneath."),
    )
    publisher = models.CharField(_("publisher"), max_length=100)
    published_on = models.DateField(_("published on"))
    url = models.URLField(_("address"), blank=True)

    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        FieldPanel("short_title"),
        FieldPanel("publisher"),
        FieldPanel("published_on"),
        FieldPanel("url"),
    ]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-published_on"]

    def __str__(self):
        return self.title


class FigureLabel(KeyedSnippet):
    """What a figure counts, and in which unit. The number itself is a fact elsewhere."""

    words = ("name", "unit")

    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)

    panels = [FieldPanel("key"), FieldPanel("name"), FieldPanel("unit")]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("name of a figure")
        verbose_name_plural = _("names of figures")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.unit})" if self.unit else self.name
