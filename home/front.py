"""What the front page shows: the goals, what the city does, what is new."""

from __future__ import annotations

from django.utils.functional import cached_property

from kiyose.pages.languages import source_language
from kiyose.pages.visibility import public
from projects.models import ProjectPage
from sdgs.goals import goals_with_counts
from sdgs.listing import as_cards

from .models import ArticlePage

PROJECTS_SHOWN = 6
ARTICLES_SHOWN = 3


class Front:
    """Lazy: what a template does not show is not asked for."""

    @cached_property
    def goals(self) -> list[dict]:
        return goals_with_counts()

    @cached_property
    def _cards(self) -> tuple[list, list]:
        """Projects and articles, loaded together."""
        in_source = {"locale__language_code": source_language()}
        projects = public(ProjectPage.objects.filter(**in_source))
        projects = list(projects.order_by("-first_published_at", "pk")[:PROJECTS_SHOWN])
        articles = public(ArticlePage.objects.filter(**in_source))
        articles = list(articles.order_by("-date", "-pk")[:ARTICLES_SHOWN])
        cards = as_cards([*projects, *articles])
        return cards[: len(projects)], cards[len(projects) :]

    @property
    def projects(self) -> list:
        return self._cards[0]

    @property
    def articles(self) -> list:
        return self._cards[1]
