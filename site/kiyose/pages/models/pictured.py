"""Pages with a picture at their head: all but those that only list others."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from .base import BasePage


class PicturedPage(BasePage):
    """A picture is a fact, what it shows is said in words. Sizes: ``kiyose.pages.pictures``."""

    facts = (*BasePage.facts, "picture")
    words = (*BasePage.words, "picture_alt")

    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown at the head of the page, in lists and where the page is shared."),
    )
    picture_alt = models.CharField(
        _("description of the picture"),
        max_length=200,
        blank=True,
        help_text=_("What is to be seen, in one sentence, for people who do not see it."),
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Picture")),
    ]

    class Meta:
        abstract = True
