"""Marked pages of any type, ready for a list: in the visitor's language, marks loaded.

The number of queries is the same for one page and for six hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.db.models.query import QuerySet
from wagtail.models import Page, get_page_models

from kiyose.pages.languages import in_visitors_language, source_language, visitor_language
from kiyose.pages.pictures import load_pictures
from kiyose.pages.visibility import public

from .models import MarkedPage, PageMark


def listed_pages() -> QuerySet[Page]:
    """What lists are built from, in every language: the public pages of the source tree."""
    return public(Page.objects.filter(locale__language_code=source_language()))


def as_cards(pages: Iterable[Page], request) -> list[Page]:
    """Pages of one type from the source tree as the visitor is to read them, in the same order.

    Each is in the visitor's language where it is translated, with ``language`` (a code),
    ``card_marks`` (its marks in order) and its picture loaded. One query for the translations,
    one for the marks, one for the pictures, however many pages. A page type whose cards show
    more brings a class method ``prepare_cards(cards, request)``.
    """
    cards = in_visitors_language(pages)
    _prepare(cards, request)
    return cards


def cards_by_number(numbers: Iterable[int], request) -> dict[int, Page]:
    """The same for source pages of whatever types, by their numbers; these in one query."""
    numbers = set(numbers)
    pages = pages_of_any_type(Page.objects.filter(pk__in=numbers).values("translation_key"))
    # The visitor's language comes last and so wins.
    pages.sort(key=lambda page: page.language == visitor_language())
    chosen = {page.translation_key: page for page in pages}
    _prepare(chosen.values(), request)
    return {page.pk: chosen[page.translation_key] for page in pages if page.pk in numbers}


def pages_of_any_type(
    *keys: Iterable, types: Collection[type[Page]] = (), **annotations
) -> list[Page]:
    """The live pages with marks that have one of these translation keys, in the source's
    language and in the visitor's, by one query whatever their types.

    types: those that there can be, where that is known. Each page is of its own type, with
    ``language`` (a code) and the annotations.
    """
    tables = {model: name for model, name in _tables().items() if not types or model in types}
    annotations["language"] = F("locale__language_code")
    rows = Page.objects.filter(
        reduce(or_, (Q(translation_key__in=each) for each in keys)),
        live=True,
        locale__language_code__in={source_language(), visitor_language()},
    )
    rows = rows.select_related("content_type", *tables.values()).annotate(**annotations)
    pages = []
    for row in rows:
        page = getattr(row, tables[row.content_type.model_class()])
        for name in annotations:
            setattr(page, name, getattr(row, name))
        pages.append(page)
    return pages


def _tables() -> dict[type[Page], str]:
    """Every page type with marks, and how its row hangs on that of ``Page``."""
    return {
        model: model._meta.get_ancestor_link(Page).remote_field.get_accessor_name()
        for model in get_page_models()
        if issubclass(model, MarkedPage)
    }


def _prepare(cards: Iterable[Page], request) -> None:
    """Load what cards show besides the pages' own fields."""
    by_type: dict[type[Page], list[Page]] = defaultdict(list)
    for card in cards:
        by_type[type(card)].append(card)
    for model, of_type in by_type.items():
        if hasattr(model, "prepare_cards"):
            model.prepare_cards(of_type, request)
    load_marks(cards)
    load_pictures(cards)


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
