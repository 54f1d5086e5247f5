"""Translated vocabulary of events, kept by staff: venues, fields, parts of the festival."""

from __future__ import annotations

from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from certified_orgs.models.fields import PostalCodeField, ReadingField
from kiyose.pages.facts import source_rows
from kiyose.pages.models import KeyedSnippet

LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]


class Venue(index.Indexed, KeyedSnippet):
    """A place (会場) where events are. Its words are translated, where it lies is a fact."""

    facts = (*KeyedSnippet.facts, "reading", "postal_code", "latitude", "longitude")
    words = ("name", "address", "access", "parking", "bicycles")

    name = models.CharField(_("name"), max_length=100)
    reading = ReadingField(_("reading"), max_length=200, blank=True)
    postal_code = PostalCodeField(_("postal code"), max_length=8, blank=True)
    address = models.CharField(
        _("address"), max_length=200, blank=True, help_text=_("Without 東京都清瀬市.")
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LATITUDE
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=LONGITUDE
    )
    access = models.TextField(_("how to get there"), max_length=500, blank=True)
    parking = models.CharField(_("car park"), max_length=200, blank=True)
    bicycles = models.CharField(_("bicycle park"), max_length=200, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("reading")]),
        FieldPanel("key"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("address")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            _("Address"),
        ),
        MultiFieldPanel(
            [FieldPanel("access"), FieldPanel("parking"), FieldPanel("bicycles")],
            _("Getting there"),
        ),
    ]
    search_fields = [
        index.AutocompleteField("name"),
        index.SearchField("name"),
        index.SearchField("reading"),
        index.FilterField("locale_id"),
    ]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["reading", "name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give latitude and longitude, or neither.")})

    @property
    def map_link(self) -> str:
        """A ``geo:`` address (RFC 5870), which opens whatever map the visitor's device has;
        empty where the coordinates are not known."""
        if self.latitude is None or self.longitude is None:
            return ""
        place = f"{self.latitude.normalize():f},{self.longitude.normalize():f}"
        return f"geo:{place}?q={place}({quote(self.name)})"

    @property
    def web_map_link(self) -> str:
        """The same place on a map in the browser, for devices that know no ``geo:``: iPhones,
        and most computers."""
        if self.latitude is None or self.longitude is None:
            return ""
        latitude, longitude = (f"{each.normalize():f}" for each in (self.latitude, self.longitude))
        return (
            f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
            f"#map=18/{latitude}/{longitude}"
        )


class EventField(KeyedSnippet):
    """A field (分野) of events: commerce, farming, culture, …"""

    facts = (*KeyedSnippet.facts, "position")
    words = ("name",)

    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("position")]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("field of events")
        verbose_name_plural = _("fields of events")
        ordering = ["position", "key"]

    def __str__(self):
        return self.name


class FestivalPart(KeyedSnippet):
    """A festival of old that is a part of the SDGs festival now: 市民まつり, 農業まつり, …
    (proposal 1.2(1)①)."""

    facts = (*KeyedSnippet.facts, "field", "position")
    words = ("name",)

    name = models.CharField(_("name"), max_length=60)
    field = models.ForeignKey(
        EventField,
        verbose_name=_("field"),
        on_delete=models.PROTECT,
        limit_choices_to=source_rows,
        related_name="festival_parts",
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [
        FieldPanel("name"),
        FieldPanel("key"),
        FieldPanel("field", widget=forms.Select),
        FieldPanel("position"),
    ]

    class Meta(KeyedSnippet.Meta):
        verbose_name = _("part of the festival")
        verbose_name_plural = _("parts of the festival")
        ordering = ["position", "key"]

    def __str__(self):
        return self.name
