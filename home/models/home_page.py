"""The front page of each language, and the way to what is not translated yet."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from kiyose.pages.blocks import BodyBlock
from kiyose.pages.languages import visitor_language
from kiyose.pages.models import BasePage
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult


class HomePage(BasePage):
    """The root of one language's tree. Its title is the name of the site."""

    words = (*BasePage.words, "body")

    body = StreamField(BodyBlock(required=False), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request, path_components):
        """Find the page in this tree, else in the source tree (design principle 7).

        The address then stays the visitor's, and so does the frame; the page says
        that it is in another language. Wagtail's view goes on to ask the page's own
        view restrictions, whichever tree it came from.
        """
        if any("\x00" in component for component in path_components):
            raise Http404  # PostgreSQL refuses the byte in any text, with an error
        try:
            found = super().route(request, path_components)
        except Http404:
            source = self._source_home()
            if source is None:
                raise
            found = super(HomePage, source).route(request, path_components)
        return self._in_visitors_language(found)

    def _source_home(self) -> HomePage | None:
        """The home page of the source tree; None for that page itself."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return None
        return HomePage.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        ).first()

    @staticmethod
    def _in_visitors_language(found: RouteResult) -> RouteResult:
        """The translation of the page found, where it is live under another address."""
        page, args, kwargs = found
        language = visitor_language()
        if page.locale.language_code == language:
            return found
        translated = (
            Page.objects.live()
            .filter(translation_key=page.translation_key, locale__language_code=language)
            .first()
        )
        return RouteResult(translated.specific, args, kwargs) if translated else found

    def get_context(self, request, *args, **kwargs):
        from ..front import Front

        context = super().get_context(request, *args, **kwargs)
        context["front"] = Front()
        return context
