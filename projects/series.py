"""The facts that states follow from, of one indicator or of many at once.

Many are loaded by one query, because a summary of the indicators stands on pages that may
ask fifteen times in all: indicators, goals, measurements and marks are rows of the same
shape here. Only the few rows of the indicators themselves carry their facts: twelve thousand
measurements would take twice as long with them.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DecimalField,
    IntegerField,
    QuerySet,
    Value,
)

from kiyose.japanese.periods import Period
from kiyose.pages.languages import source_language
from kiyose.pages.visibility import public
from sdgs.models import PageMark

from .models import BaselineKind, IndicatorGoal, IndicatorPage, Measurement
from .progress import Figure, Goal, Series

INDICATOR, GOAL, MEASUREMENT, MARK = "indicator", "goal", "measurement", "mark"
NO_WORD = Value("", output_field=CharField())
NO_DAY = Value(None, output_field=DateField())
NOTHING = Value(None, output_field=CharField())
# What only the row of an indicator has.
FACTS = ("translation_key", "pillar_id", "better", "path_kind", "cumulative", "rhythm_months")


class Row(NamedTuple):
    """An indicator with its baseline, or one of its goals, measurements or marks (``kind``)."""

    page_id: int
    kind: str
    code: str  # of the period; of a mark its own
    value: Decimal | None
    source_id: int | None
    status: str  # of a measurement; of an indicator the kind of its baseline
    day: datetime.date | None  # a goal's own due date, if it has one
    replaced_on: datetime.date | None
    translation_key: UUID | None
    pillar_id: int | None
    better: str | None
    path_kind: str | None
    cumulative: bool | None
    rhythm_months: int | None


def series_for(request) -> dict[UUID, Series]:
    """The series of all public indicators, asked for once per request and remembered on it."""
    if not hasattr(request, "_indicator_series"):
        request._indicator_series = load_series(public_indicators())
    return request._indicator_series


def public_indicators() -> QuerySet[IndicatorPage]:
    """The indicators that everybody may see, once each: pages of the source tree."""
    return public(IndicatorPage.objects.filter(locale__language_code=source_language()))


def load_series(indicators: QuerySet[IndicatorPage]) -> dict[UUID, Series]:
    """The series of these indicators by their translation keys. One query.

    indicators: pages of the source tree; the caller says which (public ones, of a goal).
    """
    by_page: dict[int, dict[str, list[Row]]] = {}
    for values in _rows(indicators.order_by()):
        row = Row(*values)
        by_page.setdefault(row.page_id, defaultdict(list))[row.kind].append(row)
    return {rows[INDICATOR][0].translation_key: _series_of_rows(rows) for rows in by_page.values()}


def series_of(page: IndicatorPage, measurements) -> Series:
    """The series of one page as it stands in memory (unsaved changes included).

    measurements: the public ones, in any order.
    """
    goals = [
        Goal(Period.from_code(g.period), g.due_date, g.value, g.replaced_on, g.source_id)
        for g in page.goals.all()
    ]
    return Series(
        better=page.better,
        path_kind=page.path_kind,
        cumulative=page.cumulative,
        rhythm_months=page.rhythm_months,
        baseline=_baseline(page.baseline_kind, page.baseline_period, page.baseline_value),
        goals=tuple(sorted(goals, key=lambda goal: goal.due)),
        figures=_oldest_first(figure_of(row) for row in measurements),
    )


def public_measurements() -> QuerySet[Measurement]:
    """What the public may see: approved figures."""
    return Measurement.objects.filter(live=True)


def figure_of(measurement: Measurement) -> Figure:
    return _figure(measurement.period, measurement.value, measurement.status, measurement.source_id)


def _rows(indicators):
    def rows_of(
        queryset,
        page,
        kind,
        *,
        code,
        value,
        source="source_id",
        status=NO_WORD,
        day=NO_DAY,
        replaced=NO_DAY,
    ):
        facts = FACTS if kind == INDICATOR else [NOTHING] * len(FACTS)
        columns = (page, Value(kind), code, value, source, status, day, replaced, *facts)
        return queryset.order_by().values_list(*columns)

    keys = indicators.values("pk")
    return rows_of(
        indicators,
        "pk",
        INDICATOR,
        code="baseline_period",
        value="baseline_value",
        source="baseline_source_id",
        status="baseline_kind",
    ).union(
        rows_of(
            IndicatorGoal.objects.filter(page__in=keys),
            "page_id",
            GOAL,
            code="period",
            value="value",
            day="due",
            replaced="replaced_on",
        ),
        rows_of(
            public_measurements().filter(indicator__in=keys),
            "indicator_id",
            MEASUREMENT,
            code="period",
            value="value",
            status="status",
        ),
        rows_of(
            PageMark.objects.filter(content_object__in=keys),
            "content_object_id",
            MARK,
            code="tag__name",
            value=Value(None, output_field=DecimalField()),
            source=Value(None, output_field=IntegerField()),
        ),
        all=True,
    )


def _series_of_rows(rows: dict[str, list[Row]]) -> Series:
    (facts,) = rows[INDICATOR]
    goals = [
        Goal(period, row.day or period.end, row.value, row.replaced_on, row.source_id)
        for row in rows[GOAL]
        for period in [Period.from_code(row.code)]
    ]
    return Series(
        better=facts.better,
        path_kind=facts.path_kind,
        cumulative=facts.cumulative,
        rhythm_months=facts.rhythm_months,
        baseline=_baseline(facts.status, facts.code, facts.value),
        goals=tuple(sorted(goals, key=lambda goal: goal.due)),
        figures=_oldest_first(
            _figure(row.code, row.value, row.status, row.source_id) for row in rows[MEASUREMENT]
        ),
        pillar_id=facts.pillar_id,
        goal_numbers=frozenset(int(row.code.partition(".")[0]) for row in rows[MARK]),
    )


def _baseline(kind: str, period: str, value: Decimal | None) -> Figure | None:
    if kind == BaselineKind.NONE or not period:
        return None
    if kind == BaselineKind.ZERO:
        return Figure(Period.from_code(period), Decimal(0))
    return Figure(Period.from_code(period), value) if value is not None else None


def _figure(period: str, value: Decimal, status: str, source_id: int | None) -> Figure:
    is_provisional = status == Measurement.Status.PROVISIONAL
    return Figure(Period.from_code(period), value, is_provisional, source_id)


def _oldest_first(figures) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda figure: figure.day))
