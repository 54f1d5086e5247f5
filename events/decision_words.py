"""Decisions with the names of what they are about, in the visitor's language.

The names come with the decisions, in one query: home and lists show both, and have few
queries to spare.
"""

from __future__ import annotations

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from wagtail.models import Page

from kiyose.pages.languages import source_language, visitor_language
from kiyose.pages.visibility import public
from sdgs.names import Name

from .models import Decision, EventPage, FestivalPage, Venue

# What of a decision has a name in every language.
PAGES = ("festival", "event")
VENUES = ("venue", "moved_to")


def with_words(rows: QuerySet[Decision]) -> list[Decision]:
    """The decisions, each with ``festival_name``, ``event_name``, ``venue_name`` and
    ``moved_to_name``: a ``Name``, or None; and with ``is_public``: whether everybody may know
    what it is about. One query."""
    names = {"is_public": Case(When(is_public(), then=Value(True)), default=Value(False))}
    for part in PAGES:
        names |= _asked_twice(part, _titles(part), "title")
    for part in VENUES:
        names |= _asked_twice(part, _venues(part), "name")
    found = list(rows.select_related(*PAGES).annotate(**names))
    for decision in found:
        for part in (*PAGES, *VENUES):
            text = getattr(decision, f"_{part}_text")
            language = getattr(decision, f"_{part}_language")
            setattr(decision, f"{part}_name", Name(text, language) if text else None)
    return found


def is_public() -> Q:
    """A condition on decisions: everybody may know what they are about."""
    return (Q(festival__isnull=True) | Q(festival__in=public(FestivalPage.objects.all()))) & (
        Q(event__isnull=True) | Q(event__in=public(EventPage.objects.all()))
    )


def _asked_twice(part: str, rows: QuerySet, field: str) -> dict:
    """The name, and in which language it is."""
    return {
        f"_{part}_text": Subquery(rows.values(field)[:1]),
        f"_{part}_language": Subquery(rows.values("locale__language_code")[:1]),
    }


def _titles(part: str) -> QuerySet[Page]:
    """The pages with that name, the one for the visitor first."""
    languages = {source_language(), visitor_language()}
    rows = Page.objects.filter(
        translation_key=OuterRef(f"{part}__translation_key"),
        live=True,
        locale__language_code__in=languages,
    )
    return rows.order_by(_last(source_language()))


def _venues(part: str) -> QuerySet[Venue]:
    """Likewise; English stands in where a venue is not named in the visitor's language, as in
    ``snippets_in_visitors_language``."""
    language = visitor_language()
    fallback = source_language() if language.startswith("ja") else "en"
    rows = Venue.objects.filter(
        Q(locale__language_code=source_language())
        | Q(locale__language_code__in={language, fallback}, words_ready=True),
        translation_key=OuterRef(f"{part}__translation_key"),
    )
    best_first = Case(
        When(locale__language_code=language, then=Value(0)),
        When(locale__language_code=fallback, then=Value(1)),
        default=Value(2),
    )
    return rows.order_by(best_first)


def _last(language: str) -> Case:
    """An order in which that language comes last; where it is the visitor's, it is alone."""
    return Case(When(locale__language_code=language, then=Value(1)), default=Value(0))
