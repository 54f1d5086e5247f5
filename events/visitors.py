"""How many people came to an edition: a figure of an indicator, which has its own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from kiyose.pages.addresses import visitor_url
from kiyose.pages.languages import source_language, visitor_language, words_within
from projects.models import IndicatorPage, Measurement, Source
from projects.series import public_indicators, public_measurements

from .models import FestivalPage


@dataclass(frozen=True)
class VisitorsCounted:
    """The public figure. indicator, source: with title and unit in the visitor's language and
    ``language``; address: of the indicator's page for this visitor."""

    measurement: Measurement
    indicator: IndicatorPage
    source: Source
    address: str


def visitors_counted(page: FestivalPage, request) -> VisitorsCounted | None:
    """What was counted, or None: no indicator or period is named, or its figure is not public.
    One query, none without an indicator."""
    if not (page.visitors_indicator_id and page.visitors_period):
        return None
    row = (
        public_measurements()
        .filter(
            indicator_id=page.visitors_indicator_id,
            indicator__in=public_indicators(),
            period=page.visitors_period,
        )
        .select_related("indicator", "source")
        .annotate(
            **_words_of_indicator(),
            **words_within(Source, "source", "title", "short_title"),
        )
        .first()
    )
    if row is None:
        return None
    address = visitor_url(row.indicator, request, source_language())
    for part, names in (("indicator", ("title", "unit")), ("source", ("title", "short_title"))):
        thing = getattr(row, part)
        thing.language = getattr(row, f"{part}_language") or source_language()
        if thing.language != source_language():
            for name in names:
                setattr(thing, name, getattr(row, f"{part}_{name}"))
    return VisitorsCounted(row, row.indicator, row.source, address)


def _words_of_indicator() -> dict[str, Subquery]:
    """Title and unit of the page in the visitor's language, if it is public in it; its language
    likewise."""
    rows = IndicatorPage.objects.filter(
        translation_key=OuterRef("indicator__translation_key"),
        locale__language_code=visitor_language(),
        live=True,
    )
    asked = {"title": "title", "unit": "unit", "language": "locale__language_code"}
    return {
        f"indicator_{name}": Subquery(rows.values(column)[:1]) for name, column in asked.items()
    }
