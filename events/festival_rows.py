"""Days, parts, exhibitors and marks of a festival by one query.

Its page shows the whole programme besides, and may ask fifteen times in all. The rows are put
where the page itself would keep them unsaved, so whoever asks the page for them finds them,
and the preview of unsaved ones is served by the same code.
"""

from __future__ import annotations

from django.db.models import CharField, DateField, F, IntegerField, Q, TimeField, Value
from django.db.models.functions import Coalesce

from kiyose.pages.languages import (
    snippets_in_visitors_language,
    source_language,
    words_within,
)
from sdgs.models import Mark, PageMark

from .models import FestivalDay, FestivalExhibitor, FestivalPage, FestivalPart, FestivalPartDays

NO_DAY = Value(None, output_field=DateField())
NO_TIME = Value(None, output_field=TimeField())
NO_NUMBER = Value(None, output_field=IntegerField())
NO_WORD = Value("", output_field=CharField())
DAY, PART, EXHIBITOR, MARK = "day", "part", "exhibitor", "mark"


def load_rows(page: FestivalPage) -> None:
    """Give the page its rows; each part's ``part`` has ``name`` in the visitor's language.

    One query, and where rows are unsaved (in a preview) one for the names of the parts.
    """
    if page.parts.is_deferring or page.pk is None:
        _name_parts(page)
        return
    found: dict[str, list] = {DAY: [], PART: [], EXHIBITOR: [], MARK: []}
    for kind, *values in sorted(_rows(page), key=lambda row: (row[1] or 0, row[2])):
        found[kind].append(_made(kind, *values))
    page.days, page.parts = found[DAY], found[PART]
    page.exhibitors, page.page_marks = found[EXHIBITOR], found[MARK]


def _name_parts(page: FestivalPage) -> None:
    keys = [row.part_id for row in page.parts.all()]
    words = {
        row.pk: row.words for row in snippets_in_visitors_language(FestivalPart, Q(pk__in=keys))
    }
    for row in page.parts.all():
        source = row.part
        row.part = FestivalPart(pk=source.pk, field_id=source.field_id, name=words[source.pk].name)
        row.part.language = words[source.pk].language


def _rows(page: FestivalPage):
    """kind, order, key, two days, two times, three numbers, three texts."""

    def rows_of(model, kind, days=(), times=(), numbers=(), texts=(), owner="page"):
        columns = (
            *_padded(days, NO_DAY, 2),
            *_padded(times, NO_TIME, 2),
            *_padded(numbers, NO_NUMBER, 3),
            *_padded(texts, NO_WORD, 3),
        )
        rows = model.objects.filter(**{owner: page}).order_by()
        return rows.values_list(Value(kind, output_field=CharField()), "sort_order", "pk", *columns)

    return rows_of(FestivalDay, DAY, days=("date",), times=("opens_at", "closes_at")).union(
        rows_of(
            FestivalPartDays,
            PART,
            days=("first_day", "last_day"),
            numbers=("part_id", "part__field_id", "venue_id"),
            texts=_name_of_part(),
        ),
        rows_of(
            FestivalExhibitor,
            EXHIBITOR,
            numbers=("certificate_id",),
            texts=("name", "english_name", "booth"),
        ),
        rows_of(PageMark, MARK, numbers=("tag_id",), texts=("tag__name",), owner="content_object"),
        all=True,
    )


def _padded(columns, nothing, count: int) -> tuple:
    return (*columns, *[nothing] * (count - len(columns)))


def _name_of_part() -> tuple:
    """The part's name in the visitor's language, and which language that is."""
    words = words_within(FestivalPart, "part", "name")
    source = Value(source_language(), output_field=CharField())
    return (
        Coalesce(words["part_name"], F("part__name")),
        Coalesce(words["part_language"], source),
    )


def _made(kind, order, key, first, last, opens, closes, one, two, three, text, more, most):
    """The row of the page that a row of the query stands for."""
    match kind:
        case "day":
            return FestivalDay(
                pk=key, sort_order=order, date=first, opens_at=opens, closes_at=closes
            )
        case "part":
            part = FestivalPart(pk=one, field_id=two, name=text)
            part.language = more
            return FestivalPartDays(
                pk=key, sort_order=order, part=part, first_day=first, last_day=last, venue_id=three
            )
        case "exhibitor":
            return FestivalExhibitor(
                pk=key,
                sort_order=order,
                certificate_id=one,
                name=text,
                english_name=more,
                booth=most,
            )
        case _:
            return PageMark(pk=key, sort_order=order, tag=Mark(pk=one, name=text))
