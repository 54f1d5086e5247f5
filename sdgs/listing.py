"""Marked pages of any type, ready for a list: in the visitor's language, marks loaded.

The number of queries is the same for one page and for six hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q
from django.db.models.query import QuerySet
from wagtail.models import Page

from kiyose.pages.languages import in_visitors_language, source_language, visitor_language
from kiyose.pages.pictures import load_pictures
from kiyose.pages.visibility import public

from .models import PageMark


def listed_pages() -> QuerySet[Page]:
    """What lists are built from, in every language: the public pages of the source tree."""
    return public(Page.objects.filter(locale__language_code=source_language()))


def as_cards(pages: Iterable[Page], request) -> list[Page]:
    """Pages of the source tree as the visitor is to read them, in the same order.

    Each is specific, in the visitor's language where it is translated, with
    ``language`` (a code), ``card_marks`` (its marks in order) and its picture loaded. One
    query for each page type, one for the marks, one for the pictures, however many pages.
    A page type whose cards show more brings a class method ``prepare_cards(cards, request)``.
    """
    pages = list(pages)
    by_type: dict[type, list[Page]] = defaultdict(list)
    for page in pages:
        model = _specific_class(page)
        by_type[model].append(page)
    cards: dict = {}
    for model, rows in by_type.items():
        of_type = _cards_of_type(model, rows)
        if hasattr(model, "prepare_cards"):
            model.prepare_cards(of_type.values(), request)
        cards |= of_type
    load_marks(cards.values())
    load_pictures(cards.values())
    return [cards[page.translation_key] for page in pages]


def _specific_class(page: Page) -> type[Page]:
    """The page's type, without looking up a content type that is known already."""
    if type(page) is not Page:
        return type(page)
    if Page.content_type.is_cached(page):
        return page.content_type.model_class()
    return page.specific_class


def _cards_of_type(model: type[Page], pages: list[Page]) -> dict:
    """The specific pages by translation key, in the best language for the visitor."""
    if type(pages[0]) is model:
        return {page.translation_key: page for page in in_visitors_language(pages)}
    keys = [page.translation_key for page in pages]
    rows = model.objects.filter(
        Q(pk__in=[page.pk for page in pages])
        | Q(translation_key__in=keys, live=True, locale__language_code=visitor_language())
    ).annotate(language=F("locale__language_code"))
    # The visitor's language comes last and so wins.
    ranked = sorted(rows, key=lambda page: page.language == visitor_language())
    return {page.translation_key: page for page in ranked}


def load_marks(pages: Iterable[Page]) -> None:
    """Give each page ``card_marks``, its marks in order, by one query for all."""
    pages = list(pages)
    marks = defaultdict(list)
    if not pages:
        return
    rows = PageMark.objects.filter(content_object__in=[page.pk for page in pages])
    for row in rows.select_related("tag").order_by("sort_order", "pk"):
        marks[row.content_object_id].append(row.tag)
    for page in pages:
        page.card_marks = marks[page.pk]
