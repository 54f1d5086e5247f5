"""Division (課): who answers the telephone for a page."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from .snippet import TranslatedSnippet


class Division(index.Indexed, TranslatedSnippet):
    """A division of the city, with its contact details stored once.

    Its names, opening hours and whereabouts are words and are translated (the
    English name is the name of the English row). Numbers and addresses are facts,
    read from the source row in every language.
    """

    facts = ("reading", "direct_phone", "main_phone", "extension", "fax", "email", "form_url")
    words = ("name", "department", "opening_hours", "floor_and_window")
    never_by_machine = ("opening_hours",)

    name = models.CharField(_("name"), max_length=100)
    department = models.CharField(
        _("department"),
        max_length=100,
        blank=True,
        help_text=_("The department (部) it belongs to."),
    )
    reading = models.CharField(
        _("reading"), max_length=100, blank=True, help_text=_("How the name is read, in hiragana.")
    )
    direct_phone = models.CharField(_("direct telephone"), max_length=20, blank=True)
    main_phone = models.CharField(_("main telephone"), max_length=20, blank=True)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    fax = models.CharField(_("fax"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)
    form_url = models.URLField(_("enquiry form"), blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    floor_and_window = models.CharField(_("floor and window"), max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("reading"), FieldPanel("department")], _("Name")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("direct_phone"), FieldPanel("extension")]),
                FieldRowPanel([FieldPanel("main_phone"), FieldPanel("fax")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("form_url")]),
            ],
            _("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("opening_hours"), FieldPanel("floor_and_window")], _("When and where")
        ),
    ]
    search_fields = [
        index.AutocompleteField("name"),
        index.SearchField("name"),
        index.FilterField("locale_id"),
    ]

    class Meta(TranslatedSnippet.Meta):
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["department", "name"]

    def __str__(self):
        return self.name
