"""A standing page: about, accessibility, how to read the marks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.models import PicturedPage


class StandardPage(PicturedPage):
    """Text that stands for long, with further standing pages below it if need be."""

    words = (*PicturedPage.words, "body")

    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [*PicturedPage.content_panels, FieldPanel("body")]
    search_fields = [*PicturedPage.search_fields, index.SearchField("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
