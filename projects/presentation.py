"""A project's facts as the visitor reads them: labels and sources in their language."""

from __future__ import annotations

from django.db.models import Q
from django.utils import translation
from django.utils.functional import cached_property
from wagtail import hooks

from kiyose.japanese.dates import format_fiscal_year, format_month
from kiyose.japanese.numbers import plain_number
from kiyose.pages.languages import snippets_in_visitors_language
from sdgs.models import Plan

from .models import FigureLabel, Pillar, ProjectFigure, Source

# A city plans its money by fiscal years.
MONEY = {ProjectFigure.Kind.PLANNED_COST, ProjectFigure.Kind.PLANNED_GRANT}


class ProjectFacts:
    """The facts of one project page, loaded in a fixed number of queries."""

    def __init__(self, page, request):
        self.page = page
        self.request = request

    @cached_property
    def pillar(self) -> Pillar | None:
        """The pillar in the words of the visitor's language."""
        if self.page.pillar_id is None:
            return None
        rows = snippets_in_visitors_language(Pillar, Q(pk=self.page.pillar_id))
        return rows[0].words if rows else None

    @cached_property
    def plans(self) -> list[Plan]:
        """The plans of the city that the project belongs to, in the visitor's words and in
        the order of the city's list. A saved page's are found within the same query."""
        keys = self.page.plans.values_list("plan_id", flat=True)
        return [row.words for row in snippets_in_visitors_language(Plan, Q(pk__in=keys))]

    @cached_property
    def figures(self) -> list[dict]:
        """Each figure with its label, date and source in the visitor's language."""
        rows = list(self.page.figures.all())
        labels = words_by_pk(FigureLabel, {row.label_id for row in rows})
        sources = sources_for(self.request) if rows else {}
        language = translation.get_language()
        return [
            {
                "row": row,
                "label": labels[row.label_id],
                "source": sources[row.source_id],
                "value": plain_number(row.value),
                "date": date_of(row, language),
            }
            for row in rows
        ]

    @property
    def sources(self) -> list[Source]:
        """The documents that the figures were taken from, each once."""
        return list({figure["source"].pk: figure["source"] for figure in self.figures}.values())


def sections_of_project(page, request) -> list:
    """What other rooms have to say about a project, each with the ``template_name`` that shows
    it. They register ``project_page_section`` with Wagtail: a function of page and request."""
    return [section(page, request) for section in hooks.get_hooks("project_page_section")]


def date_of(figure: ProjectFigure, language: str) -> str:
    """When the figure was or is to be true; empty where its source does not say."""
    if figure.year is None:
        return ""
    if figure.kind in MONEY and figure.month is None:
        return format_fiscal_year(figure.year, language)
    return format_month(figure.year, figure.month, language)


def words_by_pk(model, keys: set[int]) -> dict:
    """The words of these source rows by the rows' keys; by no query for no rows."""
    if not keys:
        return {}
    rows = snippets_in_visitors_language(model, Q(pk__in=keys))
    return {row.pk: row.words for row in rows}


def sources_for(request) -> dict[int, Source]:
    """The words of every source by its source row's key, asked for once per request: there are
    few, and one page names them beside figures of several kinds."""
    if not hasattr(request, "_source_words"):
        rows = snippets_in_visitors_language(Source)
        request._source_words = {row.pk: row.words for row in rows}
    return request._source_words
