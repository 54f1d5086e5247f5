"""What the front page shows: goals and pillars, what runs, how the indicators stand, what
the city does, what is new.

Counted and listed are the public pages of the source tree, the same in every language.
"""

from __future__ import annotations

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from kiyose.pages.languages import (
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)
from kiyose.pages.pictures import load_pictures
from kiyose.pages.visibility import public
from projects.dashboard import StateCounts, sources_of, standings_for
from projects.listing import by_stage
from projects.models import Pillar, ProjectPage, Source
from projects.models.project_page import Stage
from projects.progress import Standing
from sdgs.goals import goals_with_counts
from sdgs.listing import load_marks

from .models import ArticlePage

PROJECTS_SHOWN = 6
ARTICLES_SHOWN = 5


def listed(model) -> QuerySet:
    """The public pages of a type in the source tree."""
    return public(model.objects.filter(locale__language_code=source_language()))


def count_of(rows: QuerySet) -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def first_cards(rows: QuerySet, count: int, **annotations) -> list:
    """The first of these source pages in the visitor's language, by one query.

    rows: ordered; each page returned has ``language`` (a code) and the annotations.
    """
    keys = rows[:count].values("translation_key")
    languages = {source_language(), visitor_language()}
    pages = list(
        rows.model.objects.filter(
            translation_key__in=keys, live=True, locale__language_code__in=languages
        )
        .annotate(language=F("locale__language_code"), **annotations)
        .order_by(*rows.query.order_by)
    )
    # The source's rows give the order, the visitor's the words.
    readable = {page.translation_key: page for page in pages if page.language == visitor_language()}
    return [
        readable.get(page.translation_key, page)
        for page in pages
        if page.language == source_language()
    ]


class Front:
    """What stands on this home page. Its cards are loaded at once, so that one query
    brings their pictures and the home page's own."""

    def __init__(self, home, request):
        self.request = request
        projects = listed(ProjectPage).order_by(by_stage(), "-first_published_at", "pk")
        running = count_of(listed(ProjectPage).filter(stage=Stage.RUNNING))
        self.projects = first_cards(projects, PROJECTS_SHOWN, running_count=running)
        articles = listed(ArticlePage).order_by("-date", "-pk")
        self.articles = first_cards(articles, ARTICLES_SHOWN)
        load_marks(self.projects)
        load_pictures([home, *self.projects])

    @cached_property
    def goals(self) -> list[dict]:
        return goals_with_counts()

    @cached_property
    def pillars(self) -> list[Pillar]:
        """The pillars in order, each with ``words`` and ``project_count``."""
        of_pillar = listed(ProjectPage).filter(pillar=OuterRef("pk"))
        return snippets_in_visitors_language(Pillar, project_count=count_of(of_pillar))

    @cached_property
    def _standings(self) -> list[Standing]:
        """How every indicator stands today. One query."""
        return list(standings_for(self.request).values())

    @cached_property
    def indicators(self) -> StateCounts:
        """How many indicators stand in each state."""
        return StateCounts(self._standings)

    @property
    def indicator_sources(self) -> list[Source]:
        """The documents that the states follow from."""
        return sources_of(self._standings, self.request)

    @property
    def running_count(self) -> int:
        """How many projects run, those that are not shown included."""
        return self.projects[0].running_count if self.projects else 0
