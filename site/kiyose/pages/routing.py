"""From an address to a page: in the visitor's tree, else in the source tree.

No page of one language is copied into another's tree (design principle 7). Where
``/en/…`` has no page and ``/ja/…`` has one, that page is served under the visitor's
address, in the visitor's frame; it says itself that it is in another language.

Wagtail walks down the tree with two queries for every step. Here one query finds the
deepest page of either tree that the address names, and that page's own ``route``
decides about the rest, as ever.
"""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from .frame import load_frame, specific_page
from .languages import source_language, visitor_language


def serve(request, path: str):
    """Wagtail's own view (view restrictions and hooks included), with our route."""
    request._wagtail_route_for_request = find_route(request, path)
    return wagtail_serve(request, path)


def find_route(request, path: str) -> RouteResult | None:
    """What Wagtail's ``Page.route_for_request`` returns: page and arguments, or None."""
    site = _site_of(request)
    if site is None:
        return None
    components = [component for component in path.split("/") if component]
    roots = {
        root.language_code: root.root_path
        for root in Site.get_site_root_paths()
        if root.site_id == site.pk
    }
    trees = [roots[code] for code in (visitor_language(), source_language()) if code in roots]
    pages = _pages_on_the_way(request, trees, components)
    for page, rest in _deepest_pages(pages, trees, components):
        try:
            return _in_visitors_language(specific_page(page).route(request, rest), pages)
        except Http404:
            continue
    return None


def _site_of(request) -> Site | None:
    """The site asked for. Where there is only one, nobody needs to ask which: it is put where
    ``Site.find_for_request`` looks first, by its key, and the rest of it is read on demand."""
    keys = {root.site_id for root in Site.get_site_root_paths()}
    if len(keys) == 1:
        request._wagtail_site = Site.from_db(Site.objects.db, ["id"], keys)
    return Site.find_for_request(request)


def _pages_on_the_way(request, trees: list[str], components: list[str]) -> list[Page]:
    """Every live page that the address or a beginning of it names in the trees, with its
    translations. One query, which serves the frame of the page as well."""
    url_paths = [
        root_path + "".join(f"{component}/" for component in components[:count])
        for root_path in trees
        for count in range(len(components) + 1)
    ]
    return [page for page in load_frame(request, Q(url_path__in=url_paths)) if page.live]


def _deepest_pages(
    pages: list[Page], trees: list[str], components: list[str]
) -> list[tuple[Page, list[str]]]:
    """Of each tree, the page that the most of the address leads to, and what is left.

    trees: the url_path of each tree's home, the visitor's first. The page that leaves
    the least comes first; of equals the visitor's.
    """
    deepest = []
    for root_path in trees:
        way = f"{root_path}{'/'.join(components)}/"
        in_tree = [
            page
            for page in pages
            if page.url_path.startswith(root_path) and way.startswith(page.url_path)
        ]
        if in_tree:
            page = max(in_tree, key=lambda page: page.depth)
            steps = page.url_path.removeprefix(root_path).count("/")
            deepest.append((page, components[steps:]))
    return sorted(deepest, key=lambda found: len(found[1]))


def _in_visitors_language(found: RouteResult, pages: list[Page]) -> RouteResult:
    """The translation of the page found, should it be live under another address."""
    page, args, kwargs = found
    language = visitor_language()
    if page.locale.language_code == language:
        return found
    for translated in pages:
        same = translated.translation_key == page.translation_key
        if same and translated.locale.language_code == language:
            return RouteResult(specific_page(translated), args, kwargs)
    return found
