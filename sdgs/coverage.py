"""How much of the city's work carries the mark: two figures that are never mixed.

``ProgrammeCoverage`` counts the city's own list of its programmes (事務事業), which is what
the proposal's goal speaks of. ``page_coverage`` counts the pages of this site.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Count, Exists, Max, OuterRef, Q, Value
from django.utils.functional import cached_property
from wagtail.models import ModelLogEntry, get_page_models

from kiyose.pages.divisions import divisions

from . import vocabulary
from .listing import listed_pages
from .models import MarkedPage, PageMark, Programme
from .names import Name, name_for_visitor


@dataclass(frozen=True)
class Share:
    """A part of a whole, and what it is the share of. Shown with both numbers, never as a
    percentage alone."""

    count: int
    total: int
    of: object = None

    @property
    def rest(self) -> int:
        return self.total - self.count

    @property
    def width(self) -> str:
        """How much of a bar the part takes."""
        return f"{self.count * 100 / self.total:.1f}%" if self.total else "0%"


@dataclass(frozen=True)
class Line:
    """A programme as the page lists it."""

    number: str
    name: Name


class ProgrammeCoverage:
    """The list of programmes as the public sees it. Three queries, however long it is."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def _programmes(self) -> list[Programme]:
        return list(
            Programme.objects.only("number", "name", "name_en", "division_id", "updated_at")
        )

    @cached_property
    def _goals(self) -> dict[int, set[int]]:
        """The goals of each marked programme, by its key: a target counts as its goal."""
        goals = defaultdict(set)
        rows = Programme.marks.through.objects.values_list("programme_id", "mark__goal_number")
        for programme, goal in rows.distinct():
            goals[programme].add(goal)
        return dict(goals)

    @cached_property
    def all(self) -> Share:
        return self._share(self._programmes)

    @cached_property
    def updated_at(self) -> datetime.datetime | None:
        """When the list was last changed: the state that the figures are of. A line that was
        taken away changes them too, and is no row any more."""
        if not self._programmes:
            return None
        removed = ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Programme), action="wagtail.delete"
        ).aggregate(last=Max("timestamp"))["last"]
        times = [programme.updated_at for programme in self._programmes]
        return max([*times, removed] if removed else times)

    @cached_property
    def _by_division(self) -> list[tuple]:
        """(division, its programmes), in the order of the divisions."""
        grouped = defaultdict(list)
        for programme in self._programmes:
            grouped[programme.division_id].append(programme)
        return [
            (division.words, grouped[division.pk])
            for division in divisions(self.request)
            if division.pk in grouped
        ]

    @property
    def by_division(self) -> list[Share]:
        """``of``: the division in the visitor's words."""
        return [self._share(programmes, division) for division, programmes in self._by_division]

    @property
    def by_goal(self) -> list[Share]:
        """``of``: the goal's label. A programme counts once for each of its goals, so these
        add up to more than there are programmes."""
        labels = vocabulary.labels()
        numbers = [number for goals in self._goals.values() for number in goals]
        return [
            Share(numbers.count(number), self.all.total, labels[str(number)])
            for number in vocabulary.goal_numbers()
            if str(number) in labels
        ]

    @property
    def unmarked(self) -> list[dict]:
        """The programmes without a mark under their divisions; only divisions with any."""
        groups = [
            {
                "division": division,
                "programmes": [
                    Line(programme.number, name_for_visitor(programme.name, programme.name_en))
                    for programme in programmes
                    if programme.pk not in self._goals
                ],
            }
            for division, programmes in self._by_division
        ]
        return [group for group in groups if group["programmes"]]

    def _share(self, programmes: list[Programme], of=None) -> Share:
        marked = sum(programme.pk in self._goals for programme in programmes)
        return Share(marked, len(programmes), of)


@dataclass(frozen=True)
class PageShare(Share):
    """``of``: what the page type is called; ``none_applies``: how many say so."""

    none_applies: int = 0

    @property
    def rest(self) -> int:
        return self.total - self.count - self.none_applies


@dataclass(frozen=True)
class PageCoverage:
    all: PageShare
    by_type: list[PageShare]


def page_coverage() -> PageCoverage:
    """The public pages of every type that carries marks, once each: pages of the source
    tree. Types are found by themselves, so that tomorrow's count too. One query, and one
    for the types where nobody has asked for them yet."""
    types = {
        content_type.pk: model
        for model, content_type in ContentType.objects.get_for_models(*marked_types()).items()
    }
    counts = (
        listed_pages()
        .filter(content_type__in=types)
        .annotate(
            is_marked=Exists(PageMark.objects.filter(content_object=OuterRef("pk"))),
            none_applies=_says_that_none_applies(types.values()),
        )
        .order_by()
        .values_list("content_type")
        .annotate(
            pages=Count("pk"),
            marked=Count("pk", filter=Q(is_marked=True)),
            declared=Count("pk", filter=Q(is_marked=False, none_applies=True)),
        )
    )
    by_type = [
        PageShare(marked, pages, types[key]._meta.verbose_name_plural, declared)
        for key, pages, marked, declared in counts
    ]
    by_type.sort(key=lambda share: (-share.total, str(share.of)))
    whole = PageShare(
        sum(share.count for share in by_type),
        sum(share.total for share in by_type),
        none_applies=sum(share.none_applies for share in by_type),
    )
    return PageCoverage(whole, by_type)


def marked_types() -> list[type[MarkedPage]]:
    return [model for model in get_page_models() if issubclass(model, MarkedPage)]


def _says_that_none_applies(types):
    """A condition on pages: declared to be without a mark, where the type knows that."""
    declared = Q()
    for model in types:
        try:
            model._meta.get_field("no_mark_applies")
        except FieldDoesNotExist:
            continue
        declared |= Q(pk__in=model.objects.filter(no_mark_applies=True).values("pk"))
    return declared if declared else Value(False, output_field=BooleanField())
