"""What the page of plans and money shows, each fact from the one place where it is kept.

Plans and measures are rows of ``sdgs``, which projects are in a plan stands on the projects,
the planned costs on the page itself, the planned grants among the figures of the projects.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from kiyose.pages.languages import (
    in_visitors_language,
    snippets_in_visitors_language,
    source_language,
)
from kiyose.pages.visibility import public
from sdgs.models import Measure, Plan
from sdgs.names import name_for_visitor
from sdgs.plans import PlanStatus, status_on

from .cost_chart import CostChart
from .models import FigureLabel, Pillar, ProjectFigure, ProjectPage, ProjectPlan, Source
from .presentation import words_by_pk

# The drawing beside the word: never by colour alone.
STATUS_ICONS = {
    PlanStatus.NOT_BEGUN: "planned",
    PlanStatus.IN_FORCE: "running",
    PlanStatus.ROLLING: "rolling",
    PlanStatus.ENDED: "ended",
    PlanStatus.NO_YEARS: "considered",
}


@dataclass(frozen=True)
class CostLine:
    """The planned costs of one pillar, year by year; None where the source names none.
    pillar: None for what joins the pillars."""

    pillar: Pillar | None
    amounts: list[int | None]

    @property
    def total(self) -> int:
        return sum_of(self.amounts)


class PlansAndMoney:
    """The parts of the page for one visitor, in a fixed number of queries."""

    def __init__(self, page):
        self.page = page

    @cached_property
    def _plan_links(self) -> list[ProjectPlan]:
        rows = ProjectPlan.objects.filter(page__in=_public_projects()).select_related("page")
        return list(rows.order_by("page__path", "sort_order"))

    @cached_property
    def _grant_rows(self) -> list[ProjectFigure]:
        rows = ProjectFigure.objects.filter(
            kind=ProjectFigure.Kind.PLANNED_GRANT, page__in=_public_projects()
        )
        return list(rows.select_related("page").order_by("year", "page__path", "sort_order"))

    @cached_property
    def _projects(self) -> dict[int, ProjectPage]:
        """Every project that a plan or a grant names, as the visitor reads it."""
        rows = {row.page_id: row.page for row in [*self._plan_links, *self._grant_rows]}
        return dict(zip(rows, in_visitors_language(rows.values()), strict=True))

    @cached_property
    def plans(self) -> list[dict]:
        """Each plan in order: ``row`` with its facts, ``words``, status, projects, measures."""
        projects = defaultdict(list)
        for link in self._plan_links:
            projects[link.plan_id].append(self._projects[link.page_id])
        measures = defaultdict(list)
        for measure in Measure.objects.order_by("number"):
            name = name_for_visitor(measure.name, measure.name_en)
            measures[measure.plan_id].append({"number": measure.number, "name": name})
        today = timezone.localdate()
        return [
            {
                "row": plan,
                "words": plan.words,
                "status": status,
                "icon": STATUS_ICONS[status],
                "projects": projects[plan.pk],
                "measures": measures[plan.pk],
            }
            for plan in snippets_in_visitors_language(Plan)
            for status in [status_on(plan, today)]
        ]

    @cached_property
    def _costs(self) -> list:
        return list(self.page.costs.all())

    @cached_property
    def cost_years(self) -> list[int]:
        return sorted({cost.fiscal_year for cost in self._costs})

    @cached_property
    def cost_lines(self) -> list[CostLine]:
        """A line for each pillar in order, then for what joins them; only those with a cost."""
        amounts: dict = defaultdict(int)
        for cost in self._costs:
            amounts[cost.pillar_id, cost.fiscal_year] += cost.amount
        named = {pillar for pillar, _year in amounts}
        pillars = [
            (row.pk, row.words)
            for row in snippets_in_visitors_language(Pillar, Q(pk__in=named - {None}))
        ]
        return [
            CostLine(words, [amounts.get((key, year)) for year in self.cost_years])
            for key, words in [*pillars, (None, None)]
            if key in named
        ]

    @property
    def cost_totals(self) -> list[int]:
        """What all of it was to cost in each year."""
        columns = zip(*(line.amounts for line in self.cost_lines), strict=True)
        return [sum_of(column) for column in columns]

    @property
    def cost_total(self) -> int:
        return sum(line.total for line in self.cost_lines)

    @property
    def cost_charts(self) -> list[CostChart]:
        """A chart for each year, all to one scale."""
        longest = max((a or 0 for line in self.cost_lines for a in line.amounts), default=0)
        return [
            CostChart(
                year,
                [(line.pillar, line.amounts[place]) for line in self.cost_lines],
                longest,
            )
            for place, year in enumerate(self.cost_years)
        ]

    @cached_property
    def grants(self) -> list[dict]:
        """The planned grants as the figures of the projects have them."""
        labels = words_by_pk(FigureLabel, {row.label_id for row in self._grant_rows})
        return [
            {
                "row": row,
                "label": labels[row.label_id],
                "amount": _whole(row.value),
                "project": self._projects[row.page_id],
                "source": self._sources[row.source_id],
            }
            for row in self._grant_rows
        ]

    @cached_property
    def _sources(self) -> dict[int, Source]:
        return words_by_pk(Source, {row.source_id for row in [*self._costs, *self._grant_rows]})

    @property
    def cost_sources(self) -> list[dict]:
        """The documents of the costs, each once, with the sections."""
        return self._cited(self._costs)

    @property
    def grant_sources(self) -> list[dict]:
        return self._cited(self._grant_rows)

    def _cited(self, rows) -> list[dict]:
        sections = defaultdict(set)
        for row in rows:
            sections[row.source_id].add(row.section)
        return [
            {"source": self._sources[key], "sections": sorted(found - {""})}
            for key, found in sections.items()
        ]


def sum_of(amounts) -> int:
    """The sum of the amounts that are known."""
    return sum(amount for amount in amounts if amount is not None)


def _public_projects():
    return public(ProjectPage.objects.filter(locale__language_code=source_language()))


def _whole(value: Decimal) -> Decimal | int:
    """An amount without the zeros behind its point."""
    return int(value) if value == value.to_integral_value() else value
