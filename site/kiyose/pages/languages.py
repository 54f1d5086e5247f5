"""Languages of the site and of the visitor.

The *source tree* is the tree of the default language: lists are built from it in
every language, so that nothing is missing only because nobody has translated it yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import translation

# Codes that are no language tag of their own for browsers and search engines:
# easy Japanese is Japanese (references: "Content-Language: ja-easy" is not sensible).
HTML_LANGUAGE = {"ja-easy": "ja"}


def html_language(code: str) -> str:
    """The language tag to write into HTML for one of the site's language codes."""
    return HTML_LANGUAGE.get(code, code)


def visitor_language() -> str:
    """The language of the address that the visitor asked for."""
    return translation.get_language() or settings.LANGUAGE_CODE


def source_language() -> str:
    """The language in which pages are first written."""
    return settings.LANGUAGE_CODE


def language_names() -> dict[str, str]:
    """Each language of the site by code, named in itself."""
    return dict(settings.WAGTAIL_CONTENT_LANGUAGES)


def language_tags() -> dict[str, str]:
    """The languages that have a tag of their own, by it: easy Japanese is Japanese for
    whatever is not a page (open data, letters, the United Nations' artwork)."""
    return {code: name for code, name in language_names().items() if html_language(code) == code}


def notice_languages() -> list[tuple[str, str]]:
    """The languages in which somebody can choose to get letters, as choices of a form."""
    return list(language_tags().items())


def in_visitors_language(pages: Iterable) -> list:
    """The same pages in the same order, each in the visitor's language if it is live in it.

    Takes pages of one specific model; each returned one has ``language`` (a code). One
    query for all of them, instead of one for each as with ``page.localized``, and none
    where the visitor reads the source's language.
    """
    pages = list(pages)
    language = visitor_language()
    by_key = {}
    if pages and language != source_language():
        translations = type(pages[0])._default_manager.filter(
            live=True,
            locale__language_code=language,
            translation_key__in=[page.translation_key for page in pages],
        )
        by_key = {page.translation_key: page for page in translations}
    shown = []
    for page in pages:
        translated = by_key.get(page.translation_key)
        best = translated or page
        best.language = language if translated else source_language()
        shown.append(best)
    return shown


def in_visitors_language_at_once(rows: QuerySet, **annotations) -> list:
    """As ``in_visitors_language``, for pages that are not loaded yet: one query in any language.

    rows: pages of one specific model from the source tree, ordered; annotations: those that
    they are ordered by.
    """
    languages = {source_language(), visitor_language()}
    pages = list(
        rows.model._default_manager.filter(
            translation_key__in=rows.order_by().values("translation_key"),
            live=True,
            locale__language_code__in=languages,
        )
        .annotate(language=F("locale__language_code"), **annotations)
        .order_by(*rows.query.order_by)
    )
    readable = {page.translation_key: page for page in pages if page.language == visitor_language()}
    # The source's pages give the order, the visitor's the words.
    return [
        readable.get(page.translation_key, page)
        for page in pages
        if page.language == source_language()
    ]


def snippets_in_visitors_language(model, chosen: Q | None = None, **annotations) -> list:
    """Source rows of a translated snippet, each with ``words``: the row to read from.

    chosen: a condition on the source rows; without one, all of them; annotations: what
    else to ask of each row in the same query. ``words`` is the
    row in the visitor's language; where it is missing or unfinished, the English one
    for readers of other languages, else the source row itself. Every row has
    ``language`` (a code). One query.
    """
    language = visitor_language()
    fallback = source_language() if language.startswith("ja") else "en"
    is_source = Q(locale__language_code=source_language())
    if chosen is not None:
        keys = model._default_manager.filter(is_source & chosen).values("translation_key")
        condition = Q(translation_key__in=keys)
    else:
        condition = Q()
    rows = model._default_manager.filter(
        condition, is_source | Q(locale__language_code__in={language, fallback}, words_ready=True)
    ).annotate(language=F("locale__language_code"), **annotations)
    by_language: dict[str, dict] = {}
    for row in rows:
        by_language.setdefault(row.language, {})[row.translation_key] = row
    sources = list(by_language.get(source_language(), {}).values())
    for row in sources:
        key = row.translation_key
        row.words = (
            by_language.get(language, {}).get(key) or by_language.get(fallback, {}).get(key) or row
        )
    return sources


def words_within(model, path: str, *names: str) -> dict[str, Subquery]:
    """Words of a translated snippet that the rows of another query refer to, to be asked for
    within that query: ``<path>_<name>`` for each name, and ``<path>_language``.

    path: of the foreign key. None is the answer where ``snippets_in_visitors_language`` would
    give the source row.
    """
    visitor = visitor_language()
    fallback = source_language() if visitor.startswith("ja") else "en"
    rows = model._default_manager.filter(
        translation_key=OuterRef(f"{path}__translation_key"),
        locale__language_code__in={visitor, fallback} - {source_language()},
        words_ready=True,
    ).order_by(Case(When(locale__language_code=visitor, then=0), default=1))
    asked = {"language": "locale__language_code", **{name: name for name in names}}
    return {f"{path}_{name}": Subquery(rows.values(column)[:1]) for name, column in asked.items()}
