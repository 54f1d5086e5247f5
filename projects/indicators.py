"""One indicator as the visitor reads it: its figures, its goals, and the formula in numbers.

What decides is in ``projects.progress``; here it is only put into an order and given the
words of the visitor's language, in a fixed number of queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import cached_property

from kiyose.japanese.dates import is_japanese
from kiyose.japanese.periods import Period
from kiyose.pages.languages import (
    in_visitors_language_at_once,
    source_language,
    visitor_language,
)
from kiyose.pages.visibility import public

from .models import BaselineKind, IndicatorPage, Measurement, Pillar, ProjectPage, Source
from .presentation import words_by_pk
from .progress import Figure, Goal, Progress, Series, Speed, Standing, State, speed
from .series import public_indicators, public_measurements, series_of

# Two values of four decimals on either side of a line differ by no less than a part of the
# days in all: so many decimals always tell them apart.
MOST_DECIMALS = 10


class Note(NamedTuple):
    """What staff wrote beside a figure, and in which language."""

    text: str
    language: str


class FigureRow(NamedTuple):
    """A line of the table of figures: the baseline (``measurement`` is None) or a figure."""

    period: Period
    value: Decimal
    source: Source | None
    section: str
    measurement: Measurement | None = None
    note: Note | None = None

    @property
    def former(self) -> list:
        """The values that were public before this one, the last one first."""
        return list(self.measurement.former.all()) if self.measurement else []


class GoalRow(NamedTuple):
    """A line of the table of goals; ``progress`` is None for one that was replaced."""

    goal: Goal
    progress: Progress | None
    source: Source
    section: str


class Comparison(NamedTuple):
    """What the figure was compared with, and how it stands to it: higher, lower or equal.

    kind: "line", "baseline", "goal", or "due": the goal because its day has come.
    """

    kind: str
    yardstick: Decimal
    order: str


@dataclass(frozen=True)
class WayToGoal:
    """The formula for one goal, with its own numbers."""

    series: Series
    progress: Progress

    @property
    def goal(self) -> Goal:
        return self.progress.goal

    @property
    def figure(self) -> Figure | None:
        return self.progress.figure

    @property
    def is_calculated(self) -> bool:
        """Whether there is a line to be compared with; once the day has come, it is the goal."""
        return self.progress.expected is not None and not self.progress.is_due

    @cached_property
    def expected(self) -> Decimal:
        """The line on the figure's day, with no more decimals than its comparison needs."""
        exact, value = self.progress.expected, self.figure.value
        numbers = (self.series.baseline.value, self.goal.value, value)
        for decimals in range(max(map(_decimals, numbers)), MOST_DECIMALS):
            rounded = round(exact, decimals)
            if _order(rounded, value) == _order(exact, value):
                return rounded
        return round(exact, MOST_DECIMALS)

    @property
    def is_rounded(self) -> bool:
        return self.expected != self.progress.expected

    @property
    def comparisons(self) -> list[Comparison]:
        """What decides: the goal itself, the baseline, or the line. Where a goal was missed
        because things have become worse, it is two."""
        baseline, goal = self.series.baseline.value, self.goal.value
        is_due, state = self.progress.is_due, self.progress.state
        found = []
        if is_due or state == State.REACHED:
            found.append(("due" if is_due else "goal", goal))
        if state == State.WRONG_WAY:
            found.append(("baseline", baseline))
        value = self.figure.value
        return [
            Comparison(kind, yardstick, ("equal", "higher", "lower")[_order(value, yardstick)])
            for kind, yardstick in found or [("line", self.expected)]
        ]


def _order(one: Decimal, other: Decimal) -> int:
    return (one > other) - (one < other)


def _decimals(value: Decimal) -> int:
    return max(-value.normalize().as_tuple().exponent, 0)


class IndicatorFacts:
    """All that stands on the page of one indicator. Unsaved changes of a preview are seen;
    of figures only what the public may see."""

    def __init__(self, page: IndicatorPage):
        self.page = page
        self.today = timezone.localdate()
        # Kept in memory by the page, where the series finds them without asking again.
        self._goals = sorted(page.goals.get_object_list(), key=lambda goal: goal.due_date)

    @cached_property
    def measurements(self) -> list[Measurement]:
        """The public ones, newest first: they belong to the source page, whatever the language."""
        rows = public_measurements().filter(
            indicator__translation_key=self.page.translation_key,
            indicator__locale__language_code=source_language(),
        )
        return list(rows.order_by("-period_end", "-pk").prefetch_related("former"))

    @cached_property
    def series(self) -> Series:
        return series_of(self.page, self.measurements)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.series, self.today)

    # The tables

    @cached_property
    def figures(self) -> list[FigureRow]:
        """Every figure and the baseline, newest first."""
        rows = [
            FigureRow(
                period=row.when,
                value=row.value,
                source=self._sources.get(row.source_id),
                section=row.section,
                measurement=row,
                note=_note(row),
            )
            for row in self.measurements
        ]
        if self.series.baseline:
            page = self.page
            source = self._sources.get(page.baseline_source_id)
            baseline = self.series.baseline
            rows.append(FigureRow(baseline.period, baseline.value, source, page.baseline_section))
        return sorted(rows, key=lambda row: row.period.end, reverse=True)

    @cached_property
    def goals(self) -> list[GoalRow]:
        """Every goal that was ever set, in the order of the due dates."""
        return [
            GoalRow(
                goal,
                self.series.progress(goal, self.today) if goal.is_in_force(self.today) else None,
                self._sources.get(row.source_id),
                row.section,
            )
            for row, goal in zip(self._goals, self.series.goals, strict=True)
        ]

    @cached_property
    def ways(self) -> list[WayToGoal]:
        """The formula for each goal in force; none without a baseline to begin at."""
        if self.series.baseline is None:
            return []
        return [WayToGoal(self.series, row.progress) for row in self.goals if row.progress]

    @property
    def is_confirmed_zero(self) -> bool:
        return self.page.baseline_kind == BaselineKind.ZERO

    @property
    def asks_for_a_reason(self) -> bool:
        return bool(self.standing.owed)

    # Speed, where decline is allowed but not beyond a line

    @property
    def speed_before(self) -> Speed | None:
        """From the oldest figure to the baseline."""
        baseline = self.series.baseline
        history = [figure for figure in self.series.figures if figure.day < baseline.day]
        return speed(history[0], baseline.value, baseline.period) if history else None

    @property
    def speed_since(self) -> Speed | None:
        """From the baseline to the newest figure."""
        newest = self.series.newest
        return speed(self.series.baseline, newest.value, newest.period) if newest else None

    @property
    def speeds_allowed(self) -> list[tuple[Goal, Speed]]:
        """From the baseline to each goal in force."""
        found = (
            (way.goal, speed(self.series.baseline, way.goal.value, way.goal.due))
            for way in self.ways
        )
        return [(goal, allowed) for goal, allowed in found if allowed]

    # What belongs to it

    @cached_property
    def pillar(self) -> Pillar | None:
        """The pillar in the words of the visitor's language."""
        if self.page.pillar_id is None:
            return None
        return words_by_pk(Pillar, {self.page.pillar_id}).get(self.page.pillar_id)

    @cached_property
    def projects(self) -> list[ProjectPage]:
        """The public projects that it measures, in the visitor's language."""
        keys = self.page.projects.values_list("project_id", flat=True)
        rows = public(ProjectPage.objects.filter(pk__in=keys))
        return in_visitors_language_at_once(rows.order_by("path"))

    @cached_property
    def _sources(self) -> dict[int, Source]:
        page = self.page
        rows = (*self._goals, *self.measurements)
        keys = {page.source_id, page.baseline_source_id, *(row.source_id for row in rows)}
        return words_by_pk(Source, keys - {None})

    @property
    def definition(self) -> Source | None:
        """The document that defines the indicator."""
        return self._sources.get(self.page.source_id)

    @property
    def sources(self) -> list[Source]:
        """Every document that is named on the page, each once."""
        return list({source.pk: source for source in self._sources.values()}.values())


def _note(measurement: Measurement) -> Note | None:
    """The note in English for readers of other languages than Japanese, if there is one."""
    if measurement.note_en and not is_japanese(visitor_language()):
        return Note(measurement.note_en, "en")
    return Note(measurement.note, source_language()) if measurement.note else None


def indicators_of_project(project: ProjectPage, request) -> list[IndicatorPage]:
    """The public indicators that measure a project, in the visitor's language, each with its
    ``series``. One query, and the one that every summary of indicators shares."""
    rows = public_indicators().filter(projects__project__translation_key=project.translation_key)
    pages = in_visitors_language_at_once(rows.order_by("path").distinct())
    if pages:
        IndicatorPage.prepare_cards(pages, request)
    return pages
