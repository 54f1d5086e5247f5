"""Languages of the site and of the visitor.

The *source tree* is the tree of the default language: lists are built from it in
every language, so that nothing is missing only because nobody has translated it yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F
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


def in_visitors_language(objects: Iterable) -> list:
    """The same objects in the same order, each in the visitor's language if there is one.

    objects: pages or translatable snippets, all of one model. One query for all of
    them, instead of one for each as with ``page.localized``.
    """
    objects = list(objects)
    if not objects:
        return []
    model = type(objects[0])
    translations = model._default_manager.filter(
        locale__language_code=visitor_language(),
        translation_key__in=[obj.translation_key for obj in objects],
    ).annotate(language=F("locale__language_code"))
    if hasattr(model, "live"):
        translations = translations.filter(live=True)
    if hasattr(model, "words_ready"):
        translations = translations.filter(words_ready=True)
    by_key = {obj.translation_key: obj for obj in translations}
    return [by_key.get(obj.translation_key, obj) for obj in objects]
