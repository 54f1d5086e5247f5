"""The front page of each language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from kiyose.pages.blocks import BodyBlock
from kiyose.pages.models import PicturedPage


class HomePage(PicturedPage):
    """The root of one language's tree. Its title is the name of the site."""

    words = (*PicturedPage.words, "body")

    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [*PicturedPage.content_panels, FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        from ..front import Front

        context = super().get_context(request, *args, **kwargs)
        context["front"] = Front(self, request)
        return context
