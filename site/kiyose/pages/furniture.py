"""What stands around every page: breadcrumb, menu, languages, number, dates, division.

Made once per request, of one query for the division: the rows of the page tree are those
that routing has left (``frame.py``).
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.utils.functional import cached_property
from wagtail.models import Page

from .addresses import LanguageLink, absolute, language_links, short_url, visitor_url
from .divisions import divisions
from .frame import HOME_DEPTH, SECTION_DEPTH, frame_of
from .languages import (
    html_language,
    source_language,
    visitor_language,
)

# Plain links, no scripts and no counters: (name, address with {url} and {title}).
SHARE_TARGETS = (
    ("LINE", "https://social-plugins.line.me/lineit/share?url={url}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("X", "https://twitter.com/intent/tweet?url={url}&text={title}"),
)


class Furniture:
    """The furniture of one page for one visitor. Templates read its properties.

    page: the page shown, specific; request: the visitor's; title and subpath: of a
    page below the page's own address (a goal of the goal page).
    """

    def __init__(self, page, request, *, title: str = "", subpath: str = ""):
        self.page = page
        self.request = request
        self.title = title or page.title
        self.subpath = subpath
        self.language = visitor_language()
        self.page_language = page.locale.language_code
        # A title that is given comes from the interface, in the language of the frame.
        self.title_language = self.language if title else self.page_language

    # Words of the page that are not in the visitor's language say so.
    @property
    def is_fallback(self) -> bool:
        return self.page_language != self.language

    @property
    def words_lang(self) -> str:
        """The value of ``lang`` for the page's words, empty when it is the frame's."""
        return html_language(self.page_language) if self.is_fallback else ""

    @property
    def html_lang(self) -> str:
        return html_language(self.language)

    @cached_property
    def _rows(self) -> list[Page]:
        """Home and sections of every language, the pages above, and the page in each."""
        return frame_of(self.request, self.page)

    @cached_property
    def _public_rows(self) -> list[Page]:
        """Those of the rows that everybody may see."""
        return [page for page in self._rows if page.live and not page.private]

    @cached_property
    def _frame(self) -> list[Page]:
        """Home and sections of every language, as far as everybody may see them."""
        return [page for page in self._public_rows if page.depth in (HOME_DEPTH, SECTION_DEPTH)]

    @cached_property
    def _translations(self) -> list[Page]:
        """The page in every language, drafts included, the oldest first."""
        key = self.page.translation_key
        return sorted(
            (page for page in self._rows if page.translation_key == key), key=lambda page: page.pk
        )

    def _best(self, pages) -> list[Page]:
        """One of each page's translations: the visitor's language, else the source's."""
        best: dict = {}
        for page in pages:
            known = best.get(page.translation_key)
            rank = (page.language == self.language, page.language == source_language())
            if known is None or rank > known[0]:
                best[page.translation_key] = (rank, page)
        return [page for _rank, page in best.values()]

    def _link(self, page) -> dict:
        return {
            "title": page.title,
            "slug": page.slug,
            "url": visitor_url(page, self.request, page.language),
            "lang": "" if page.language == self.language else html_language(page.language),
            "current": page.translation_key == self.page.translation_key,
        }

    @cached_property
    def home(self) -> dict:
        homes = self._best(page for page in self._frame if page.depth == HOME_DEPTH)
        return (
            self._link(homes[0])
            if homes
            else {"title": "", "slug": "", "url": "/", "lang": "", "current": False}
        )

    @cached_property
    def _sections(self) -> tuple[list[dict], list[dict]]:
        """What stands directly below home, in the tree's order: in the menu, and not."""
        sections = [page for page in self._frame if page.depth == SECTION_DEPTH]
        in_menu = {page.translation_key for page in sections if page.show_in_menus}
        links: tuple[list, list] = [], []
        for page in self._best(sections):
            link = self._link(page) | {"current": self._is_inside(page)}
            links[page.translation_key not in in_menu].append(link)
        return links

    @property
    def menu(self) -> list[dict]:
        return self._sections[0]

    @property
    def footer(self) -> list[dict]:
        """The foot's own links: every page below home that is not in the menu. So a city
        gets its policies there by writing them, in the order of the page tree."""
        return self._sections[1]

    def _is_inside(self, section) -> bool:
        """Whether the page shown is the section or lies below it, in any tree."""
        if self.page.depth < SECTION_DEPTH:
            return False
        own_section = self.page.path[: Page.steplen * SECTION_DEPTH]
        return any(
            page.path == own_section and page.translation_key == section.translation_key
            for page in self._frame
        )

    @cached_property
    def breadcrumb(self) -> list[dict]:
        """From home to the page's parent (the page itself is not a link)."""
        if self.page.depth <= HOME_DEPTH:
            return []
        paths = [
            self.page.path[: Page.steplen * depth]
            for depth in range(SECTION_DEPTH, self.page.depth)
        ]
        keys = [page.translation_key for page in self._rows if page.path in paths]
        ancestors = sorted(
            (page for page in self._public_rows if page.translation_key in keys),
            key=lambda page: page.depth,
        )
        crumbs = [self.home, *(self._link(page) for page in self._best(ancestors))]
        if self.subpath:
            crumbs.append(
                {
                    "title": self.page.title,
                    "url": visitor_url(self.page, self.request, self.page_language),
                    "lang": self.words_lang,
                    "current": False,
                }
            )
        return crumbs

    @cached_property
    def languages(self) -> list[LanguageLink]:
        live = [page for page in self._translations if page.live]
        return language_links(live or [self._as_link_target()], self.request, self.subpath)

    def _as_link_target(self):
        self.page.language = self.page_language
        return self.page

    @property
    def alternates(self) -> list[LanguageLink]:
        """The languages in which the page really exists."""
        return [link for link in self.languages if link.translated]

    @property
    def for_search_engines(self) -> list[LanguageLink]:
        """Those of them that have a language tag of their own, for ``hreflang``: two addresses
        for ``ja`` would contradict each other, so easy Japanese is not named."""
        return [link for link in self.alternates if link.has_own_tag]

    @property
    def default_url(self) -> str:
        """``x-default``: the page in the language it was written in."""
        links = {link.code: link for link in self.alternates}
        link = links.get(source_language()) or next(iter(links.values()), None)
        return absolute(link.url) if link else self.canonical_url

    @property
    def canonical_url(self) -> str:
        """The page's own address in its own language, even when shown elsewhere."""
        return absolute(f"{self.page.get_url(self.request) or ''}{self.subpath}")

    @property
    def number(self) -> int | None:
        """The page number for paper: that of the page as it was first written. None in
        the preview of a page that has never been saved."""
        return self._translations[0].pk if self._translations else self.page.pk

    @property
    def short_url(self) -> str:
        return short_url(self.number) if self.number else ""

    @cached_property
    def division(self) -> dict | None:
        """The division that answers: ``facts`` from the source row, ``words`` to be read."""
        # The root of a site that is not set up yet is a page of Wagtail's own.
        named = getattr(self.page, "division_id", None)
        answering = (
            row for row in divisions(self.request) if (row.pk == named if named else row.is_default)
        )
        row = next(answering, None)
        if row is None:
            return None
        words = row.words
        lang = "" if words.language == self.language else html_language(words.language)
        return {"facts": row, "words": words, "lang": lang}

    @property
    def share_links(self) -> list[dict]:
        url, title = quote(self.canonical_url, safe=""), quote(self.title, safe="")
        links = [
            {"name": name, "url": target.format(url=url, title=title)}
            for name, target in SHARE_TARGETS
        ]
        mail = urlencode({"subject": self.title, "body": self.canonical_url}, quote_via=quote)
        return [*links, {"name": "Email", "url": f"mailto:?{mail}", "is_mail": True}]
