"""The furniture of a page that is none of the page tree."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from wagtail.models import Site

from .addresses import LanguageLink, absolute
from .frame import load_frame, specific_page
from .furniture import Furniture
from .languages import language_names


class FrameOutsideTheTree(Furniture):
    """Menu, foot and links of a page with one address, where ``?lang=`` chooses the language.

    title: in the visitor's language; path: the address; query: what else the address asks.
    It stands below home, is complete in every language, and has no number.
    """

    number = None

    def __init__(self, request, title: str, path: str, query: dict[str, str] | None = None):
        site = Site.find_for_request(request)
        if site is None:
            raise Http404
        rows = load_frame(request, Q(pk=site.root_page_id))
        home = next(row for row in rows if row.pk == site.root_page_id)
        super().__init__(specific_page(home), request, title=title)
        self.page_language = self.language
        self.path = path
        self.query = query or {}

    def address_in(self, language: str) -> str:
        return f"{self.path}?{urlencode({**self.query, 'lang': language})}"

    @property
    def breadcrumb(self) -> list[dict]:
        return [self.home]

    @property
    def languages(self) -> list[LanguageLink]:
        return [
            LanguageLink(code, name, self.address_in(code), True, code == self.language)
            for code, name in language_names().items()
        ]

    @property
    def default_url(self) -> str:
        return absolute(self.path)

    @property
    def canonical_url(self) -> str:
        return absolute(self.address_in(self.language))
