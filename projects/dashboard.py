"""How the indicators stand today: for the dashboard, the home page and the goals.

Everything is counted in one place and from one query (``series_for``), so that no two pages
can give different numbers. A state is never stored: a figure that is approved changes every
count at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from kiyose.pages.languages import snippets_in_visitors_language, visitor_language
from kiyose.pages.listing import page_of
from sdgs import vocabulary
from sdgs.listing import cards_by_number

from .listing import chosen_conditions
from .models import FormerMeasurement, IndicatorPage, Measurement, Pillar, Source
from .presentation import sources_for
from .progress import Standing, State
from .series import public_indicators, public_measurements, series_for

CHANGES_SHOWN = 6


def standings_for(request) -> dict[UUID, Standing]:
    """Every public indicator as it stands today, by its translation key."""
    today = timezone.localdate()
    return {key: Standing(series, today) for key, series in series_for(request).items()}


class StateCounts:
    """How many of some indicators stand in each state. ``total`` is the denominator."""

    def __init__(self, standings: Iterable[Standing]):
        standings = list(standings)
        self.total = len(standings)
        self._by_state = Counter(standing.state for standing in standings)
        self.with_figure = sum(standing.newest is not None for standing in standings)
        self.old = sum(standing.is_old for standing in standings)
        # Counted by the goal that is due next, so what became of those before is said apart.
        self.with_earlier = sum(bool(standing.earlier) for standing in standings)
        self.missed = sum(bool(standing.missed) for standing in standings)

    @property
    def states(self) -> list[tuple[State, int]]:
        """Every state in its order, and how many indicators stand in it."""
        return [(state, self._by_state[state]) for state in State]

    @property
    def occurring(self) -> list[tuple[State, int]]:
        return [(state, count) for state, count in self.states if count]

    @property
    def without_goal(self) -> int:
        """How many have no goal in force today, and so no state."""
        return self._by_state[None]


def sources_of(standings: Iterable[Standing], request) -> list[Source]:
    """The documents that these states follow from, each once, in the visitor's language."""
    keys = dict.fromkeys(key for standing in standings for key in standing.source_ids)
    sources = sources_for(request) if keys else {}
    return [sources[key] for key in keys]


class GoalIndicators:
    """The indicators that carry a goal of the SDGs or a target of it, for the goal's page."""

    template_name = "projects/goal_indicators.html"

    def __init__(self, number: int, request):
        self.number = number
        standings = [
            standing
            for standing in standings_for(request).values()
            if number in standing.series.goal_numbers
        ]
        self.counts = StateCounts(standings)
        self.sources = sources_of(standings, request)


class Dashboard:
    """What the page of all indicators shows for one request: counts, conditions, cards."""

    def __init__(self, request):
        self.request = request
        self.notices: list[str] = []
        self.options = {
            "state": list(State.values),
            "pillar": [pillar.key for pillar in self.pillars],
            "goal": [str(number) for number in vocabulary.goal_numbers()],
        }
        self.chosen = chosen_conditions(request.GET, self.options, self.notices)

    @cached_property
    def standings(self) -> dict[UUID, Standing]:
        return standings_for(self.request)

    @cached_property
    def counts(self) -> StateCounts:
        return StateCounts(self.standings.values())

    # Conditions

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    @property
    def states(self) -> list[tuple[str, str]]:
        return State.choices

    @cached_property
    def _pillar_rows(self) -> list[Pillar]:
        return snippets_in_visitors_language(Pillar)

    @property
    def pillars(self) -> list[Pillar]:
        """The pillars in the words of the visitor's language, in order."""
        return [row.words for row in self._pillar_rows]

    @property
    def goals(self) -> list:
        """The goals to choose from: those of the indicators, and those chosen already."""
        labels = vocabulary.labels()
        offered = {str(number) for number in self._goal_numbers} | set(self.chosen["goal"])
        return [labels[code] for code in self.options["goal"] if code in offered & labels.keys()]

    # By goal

    @cached_property
    def _goal_numbers(self) -> set[int]:
        return {n for standing in self.standings.values() for n in standing.series.goal_numbers}

    @property
    def by_goal(self) -> list[dict]:
        """The goals that indicators carry: number, label, and how those indicators stand."""
        return [
            {
                "number": number,
                "label": vocabulary.label(str(number)),
                "counts": StateCounts(
                    standing
                    for standing in self.standings.values()
                    if number in standing.series.goal_numbers
                ),
            }
            for number in sorted(self._goal_numbers)
        ]

    # By pillar

    @cached_property
    def _pages(self) -> list[Page]:
        """Every public indicator, light, in the order of the pillars and then of the tree."""
        pages = Page.objects.filter(pk__in=public_indicators().values("pk")).order_by("path")
        pages = pages.select_related("content_type").only(
            "translation_key", "content_type__app_label", "content_type__model"
        )
        places = {row.pk: place for place, row in enumerate(self._pillar_rows)}
        return sorted(
            (page for page in pages if page.translation_key in self.standings),
            key=lambda page: places.get(self._pillar_id(page), len(places)),
        )

    def _pillar_id(self, page: Page) -> int | None:
        return self.standings[page.translation_key].series.pillar_id

    @cached_property
    def found(self) -> list[Page]:
        """The indicators that meet the conditions, in the order of the list."""
        return [page for page in self._pages if self._is_asked_for(page)]

    def _is_asked_for(self, page: Page) -> bool:
        standing = self.standings[page.translation_key]
        pillars = {row.pk for row in self._pillar_rows if row.key in self.chosen["pillar"]}
        goals = set(map(int, self.chosen["goal"]))
        return (
            (not self.chosen["state"] or standing.state in self.chosen["state"])
            and (not pillars or standing.series.pillar_id in pillars)
            and (not goals or not goals.isdisjoint(standing.series.goal_numbers))
        )

    @cached_property
    def rows(self):
        """One screenful of the indicators found."""
        return page_of(self.found, self.request, self.notices)

    @cached_property
    def _cards(self) -> dict[int, IndicatorPage]:
        """Cards by the number of the source page: those of the screenful and those that
        changed lately, loaded at once."""
        shown = {page.pk for page in self.rows} | {row.indicator_id for row in self._changed}
        return cards_by_number(shown & {page.pk for page in self._pages}, self.request)

    @cached_property
    def groups(self) -> list[dict]:
        """The screenful by pillar: its words (None for the last group, of those without
        one), how **all** its indicators stand and the condition that finds them, the cards."""
        pillars = {row.pk: row for row in self._pillar_rows}
        return [
            {
                "pillar": pillars[pillar_id].words if pillar_id else None,
                "where": f"pillar={pillars[pillar_id].key}&" if pillar_id else "",
                "counts": StateCounts(
                    standing
                    for standing in self.standings.values()
                    if standing.series.pillar_id == pillar_id
                ),
                "cards": [self._cards[page.pk] for page in pages],
            }
            for pillar_id, pages in groupby(self.rows, key=self._pillar_id)
        ]

    # What changed lately

    @cached_property
    def _changed(self) -> list[Measurement]:
        return list(newest_changes()[:CHANGES_SHOWN])

    @cached_property
    def changes(self) -> list[Change]:
        """The figures published or corrected last, the newest first."""
        sources = sources_for(self.request)
        return [
            Change(row, self._cards[row.indicator_id], sources[row.source_id])
            for row in self._changed
            if row.indicator_id in self._cards
        ]


@dataclass(frozen=True)
class Change:
    """A figure as it was published or corrected, in the visitor's language.

    page: the indicator; measurement: with ``changed_at``, ``former_value`` and
    ``former_status`` (None where nothing was public before).
    """

    measurement: Measurement
    page: IndicatorPage
    source: Source

    @property
    def period(self) -> str:
        return self.measurement.when.label(visitor_language())

    @property
    def former_value(self) -> Decimal | None:
        return self.measurement.former_value

    @property
    def has_become_final(self) -> bool:
        return (
            self.measurement.former_status == Measurement.Status.PROVISIONAL
            and self.measurement.status == Measurement.Status.FINAL
        )


def newest_changes() -> QuerySet[Measurement]:
    """The public figures with what they were before, the last published or corrected first."""
    former = FormerMeasurement.objects.filter(measurement=OuterRef("pk")).order_by("-replaced_at")
    return (
        public_measurements()
        .filter(indicator__in=public_indicators())
        .annotate(
            former_value=Subquery(former.values("value")[:1]),
            former_status=Subquery(former.values("status")[:1]),
            changed_at=Coalesce(
                Subquery(former.values("replaced_at")[:1]), "first_published_at", "entered_at"
            ),
        )
        .order_by("-changed_at", "-pk")
    )
