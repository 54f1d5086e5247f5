"""Words in every language at once, of what is public and translated.

Pages elsewhere show one language; open data shows all of them side by side. ``versions``
here are the rows of one page or snippet by their language codes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F, Q, QuerySet

from kiyose.pages.addresses import absolute
from kiyose.pages.languages import language_tags, source_language
from kiyose.pages.visibility import public

Versions = dict[str, Any]


def pages_in_every_language(pages: QuerySet) -> list:
    """The public pages of the source tree in its order, each with ``versions``. One query.

    pages: of one type, in any language. A draft or private translation is left out.
    """
    rows = public(pages).annotate(language=F("locale__language_code")).order_by("path")
    sources = []
    for versions in _by_key(rows).values():
        if source := versions.get(source_language()):
            source.versions = versions
            sources.append(source)
    return sources


def snippets_in_every_language(model) -> dict[int, Versions]:
    """The versions of every snippet by the number of its source row. One query.

    A translation counts when it is complete, as everywhere.
    """
    rows = model._default_manager.filter(
        Q(locale__language_code=source_language()) | Q(words_ready=True)
    ).annotate(language=F("locale__language_code"))
    return {
        versions[source_language()].pk: versions
        for versions in _by_key(rows).values()
        if source_language() in versions
    }


def _by_key(rows) -> dict[Any, Versions]:
    found: dict[Any, Versions] = defaultdict(dict)
    for row in rows:
        found[row.translation_key][row.language] = row
    return found


def words(versions: Versions | None, name: str) -> dict[str, str | None]:
    """A field in every language of the site; None where it is empty or not translated."""
    versions = versions or {}
    return {code: getattr(versions.get(code), name, None) or None for code in language_tags()}


def addresses(versions: Versions, request) -> dict[str, str | None]:
    """The address of a page in every language that it is translated into."""
    return {
        code: absolute(versions[code].get_url(request)) if code in versions else None
        for code in language_tags()
    }


def updated(versions: Versions):
    """When a page was last published, in whichever language."""
    return max((page.last_published_at for page in versions.values()), default=None)
