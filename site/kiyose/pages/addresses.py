"""Addresses of a page: in the visitor's frame, in other languages, and on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from .languages import html_language, language_names, visitor_language


def reframed(url: str, page_language: str, language: str) -> str:
    """The address under which ``language``'s visitors reach a page of ``page_language``.

    Trees have the same slugs, so only the prefix differs; the fallback in
    ``routing`` answers there.
    """
    prefix = f"/{page_language}/"
    path_start = url.find(prefix)
    if page_language == language or path_start < 0:
        return url
    return f"{url[:path_start]}/{language}/{url[path_start + len(prefix) :]}"


def visitor_url(page, request, page_language: str | None = None) -> str:
    """The address of the page for this visitor, who stays in their own language."""
    url = page.get_url(request) or ""
    return reframed(url, page_language or page.locale.language_code, visitor_language())


def absolute(url: str) -> str:
    """The address with scheme and host, as BASE_URL gives them."""
    return url if "://" in url else f"{settings.WAGTAILADMIN_BASE_URL}{url}"


def short_url(number: int) -> str:
    """The address to print on paper: it opens in the reader's language."""
    return absolute(reverse("short_address", args=[number]))


@dataclass(frozen=True)
class LanguageLink:
    """A page in one language of the site."""

    code: str
    name: str
    url: str
    translated: bool
    current: bool

    @property
    def hreflang(self) -> str:
        return html_language(self.code)

    @property
    def has_own_tag(self) -> bool:
        """Whether browsers and search engines know this language (easy Japanese is ``ja``)."""
        return self.hreflang == self.code


def language_links(translations, request, subpath: str = "") -> list[LanguageLink]:
    """The page in every language, translated or shown in that language's frame.

    translations: the live, public pages that are translations of each other, with
    ``language`` (a code) on each; subpath: what follows the page's own address.
    """
    by_language = {page.language: page for page in translations}
    original = by_language.get(settings.LANGUAGE_CODE) or next(iter(by_language.values()), None)
    links = []
    for code, name in language_names().items():
        page = by_language.get(code) or original
        if page is None:
            continue
        url = reframed(page.get_url(request) or "", page.language, code)
        links.append(
            LanguageLink(
                code=code,
                name=name,
                url=f"{url}{subpath}",
                translated=code in by_language,
                current=code == visitor_language(),
            )
        )
    return links
