"""The facts that states follow from, of one indicator or of many at once.

Many are loaded by one query, because a summary of the indicators stands on pages that may
ask fifteen times in all: goals, measurements and marks are rows of the same shape here,
each with the facts of its indicator. An indicator without a goal does not go public, so
none is missing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, DecimalField, QuerySet, Value

from kiyose.japanese.periods import Period
from kiyose.pages.languages import source_language
from kiyose.pages.visibility import public
from sdgs.models import PageMark

from .models import BaselineKind, IndicatorGoal, IndicatorPage, Measurement
from .progress import Figure, Goal, Series

INDICATOR_FACTS = (
    "translation_key",
    "pillar",
    "better",
    "path_kind",
    "cumulative",
    "rhythm_months",
    "baseline_kind",
    "baseline_period",
    "baseline_value",
)
GOAL, MEASUREMENT, MARK = "goal", "measurement", "mark"


@dataclass(frozen=True)
class ListedSeries(Series):
    """A series, and what lists find its indicator under; no formula reads that."""

    pillar_id: int | None = None
    goal_numbers: frozenset[int] = frozenset()


class Row(NamedTuple):
    """A goal, a measurement or a mark (``kind``), and the facts of its indicator."""

    translation_key: UUID
    pillar_id: int | None
    better: str
    path_kind: str
    cumulative: bool
    rhythm_months: int
    baseline_kind: str
    baseline_period: str
    baseline_value: Decimal | None
    kind: str
    code: str  # of the period; of a mark its own
    value: Decimal | None
    day: datetime.date | None  # a goal's own due date, if it has one; a figure's last day
    replaced_on: datetime.date | None
    status: str


def series_for(request) -> dict[UUID, ListedSeries]:
    """The series of all public indicators, asked for once per request and remembered on it."""
    if not hasattr(request, "_indicator_series"):
        request._indicator_series = load_series(public_indicators())
    return request._indicator_series


def public_indicators() -> QuerySet[IndicatorPage]:
    """The indicators that everybody may see, once each: pages of the source tree."""
    return public(IndicatorPage.objects.filter(locale__language_code=source_language()))


def load_series(indicators: QuerySet[IndicatorPage]) -> dict[UUID, ListedSeries]:
    """The series of these indicators by their translation keys. One query.

    indicators: pages of the source tree; the caller says which (public ones, of a goal).
    """
    grouped: dict[UUID, list[Row]] = {}
    for values in _rows(indicators.order_by().values("pk")):
        row = Row(*values)
        grouped.setdefault(row.translation_key, []).append(row)
    return {key: _series_of_rows(rows) for key, rows in grouped.items()}


def series_of(page: IndicatorPage, measurements) -> Series:
    """The series of one page as it stands in memory (unsaved changes included).

    measurements: the public ones, in any order.
    """
    goals = [
        Goal(Period.from_code(g.period), g.due_date, g.value, g.replaced_on)
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
    return _figure(measurement.period, measurement.value, measurement.status)


def _rows(indicators):
    goals = IndicatorGoal.objects.filter(page__in=indicators).values_list(
        *(f"page__{name}" for name in INDICATOR_FACTS),
        Value(GOAL),
        "period",
        "value",
        "due",
        "replaced_on",
        Value("", output_field=CharField()),
    )
    measurements = public_measurements().filter(indicator__in=indicators)
    measurements = measurements.order_by().values_list(
        *(f"indicator__{name}" for name in INDICATOR_FACTS),
        Value(MEASUREMENT),
        "period",
        "value",
        "period_end",
        Value(None, output_field=DateField()),
        "status",
    )
    marks = PageMark.objects.filter(content_object__in=indicators)
    marks = marks.order_by().values_list(
        *(f"content_object__indicatorpage__{name}" for name in INDICATOR_FACTS),
        Value(MARK),
        "tag__name",
        Value(None, output_field=DecimalField()),
        Value(None, output_field=DateField()),
        Value(None, output_field=DateField()),
        Value("", output_field=CharField()),
    )
    return goals.order_by().union(measurements, marks, all=True)


def _series_of_rows(rows: list[Row]) -> ListedSeries:
    facts = rows[0]
    goals = [
        Goal(period, row.day or period.end, row.value, row.replaced_on)
        for row in rows
        if row.kind == GOAL
        for period in [Period.from_code(row.code)]
    ]
    return ListedSeries(
        pillar_id=facts.pillar_id,
        goal_numbers=frozenset(int(row.code.partition(".")[0]) for row in rows if row.kind == MARK),
        better=facts.better,
        path_kind=facts.path_kind,
        cumulative=facts.cumulative,
        rhythm_months=facts.rhythm_months,
        baseline=_baseline(facts.baseline_kind, facts.baseline_period, facts.baseline_value),
        goals=tuple(sorted(goals, key=lambda goal: goal.due)),
        figures=_oldest_first(
            _figure(row.code, row.value, row.status) for row in rows if row.kind == MEASUREMENT
        ),
    )


def _baseline(kind: str, period: str, value: Decimal | None) -> Figure | None:
    if kind == BaselineKind.NONE or not period:
        return None
    if kind == BaselineKind.ZERO:
        return Figure(Period.from_code(period), Decimal(0))
    return Figure(Period.from_code(period), value) if value is not None else None


def _figure(period: str, value: Decimal, status: str) -> Figure:
    return Figure(Period.from_code(period), value, status == Measurement.Status.PROVISIONAL)


def _oldest_first(figures) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda figure: figure.day))
