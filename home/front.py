"""What the front page shows: goals and pillars, what is on, how the indicators stand, what
the city does, what is new.

Counted and listed are the public pages of the source tree, the same in every language.
"""

from __future__ import annotations

import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from events.announcements import Announcement, announcements_for
from events.decisions import decisions_from_today
from events.models import EventPage
from events.schedule import Entry, Programme, Time
from kiyose.pages.languages import (
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)
from kiyose.pages.pictures import load_pictures
from kiyose.pages.visibility import public
from projects.dashboard import StateCounts, sources_of, standings_for
from projects.listing import STAGE_ORDER, by_stage
from projects.models import Pillar, ProjectPage, Source
from projects.models.project_page import Stage
from projects.progress import Standing
from sdgs.goals import goals_with_counts
from sdgs.listing import load_marks, pages_of_any_type

from .models import ArticlePage

EVENTS_SHOWN = 4
PROJECTS_SHOWN = 6
ARTICLES_SHOWN = 5


def listed(model) -> QuerySet:
    """The public pages of a type in the source tree."""
    return public(model.objects.filter(locale__language_code=source_language()))


def count_of(rows: QuerySet) -> Coalesce:
    """How many rows there are, as a part of another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


class Front:
    """What stands on this home page. Its pages are loaded at once, whatever their types, and
    one query brings their pictures and the home page's own."""

    def __init__(self, home, request):
        self.request = request
        request.is_of_the_moment = True
        projects = listed(ProjectPage).order_by(by_stage(), "-first_published_at", "pk")
        articles = listed(ArticlePage).order_by("-date", "-pk")
        self._pages = pages_of_any_type(
            projects[:PROJECTS_SHOWN].values("translation_key"),
            articles[:ARTICLES_SHOWN].values("translation_key"),
            [time.session.event_key for time in self._next_times],
            types=(ProjectPage, ArticlePage, EventPage),
            running_count=count_of(listed(ProjectPage).filter(stage=Stage.RUNNING)),
        )
        load_marks(self.projects)
        load_pictures([home, *self.projects])

    def _readable(self, model, order) -> list:
        """The pages of a type in the order of the source's, each in the visitor's language if
        it is translated."""
        pages = [page for page in self._pages if isinstance(page, model)]
        translated = {
            page.translation_key: page for page in pages if page.language == visitor_language()
        }
        sources = [page for page in pages if page.language == source_language()]
        return [translated.get(page.translation_key, page) for page in sorted(sources, key=order)]

    @cached_property
    def projects(self) -> list[ProjectPage]:
        """Those that run first, then the newest."""
        return self._readable(
            ProjectPage,
            lambda page: (
                STAGE_ORDER.index(page.stage),
                -page.first_published_at.timestamp() if page.first_published_at else 0,
                page.pk,
            ),
        )

    @cached_property
    def articles(self) -> list[ArticlePage]:
        """The newest first."""
        return self._readable(ArticlePage, lambda page: (-page.date.toordinal(), -page.pk))

    @property
    def leads_to_the_door(self) -> bool:
        """Whether the trainees' door is one tap away: for whoever reads another language than
        that of the city. In the menu it is for everybody."""
        return visitor_language() != source_language()

    @property
    def announcements(self) -> list[Announcement]:
        """What was decided, as far as many people must know it now."""
        return [each for each in announcements_for(self.request) if each.is_urgent]

    @cached_property
    def _next_times(self) -> list[Time]:
        """The next time of those events that come next, cancelled ones included. What stands
        only in words is in the list."""
        today = timezone.localdate()
        programme = Programme(
            today, datetime.date.max, decisions=decisions_from_today(self.request)
        )
        times = programme.next_times(lambda time: not time.in_words)
        return sorted(
            times.values(), key=lambda time: (max(time.occurrence.day, today), *time.order)
        )[:EVENTS_SHOWN]

    @cached_property
    def events(self) -> list[Entry]:
        """The events that come next, each at its next time. Without their venues."""
        pages = {
            page.translation_key: page for page in self._readable(EventPage, lambda page: page.pk)
        }
        return [
            Entry(pages[time.session.event_key], time.session, time.settled, None)
            for time in self._next_times
        ]

    @property
    def next_event(self) -> Entry | None:
        """The first of them that takes place."""
        return next((entry for entry in self.events if entry.settled.takes_place), None)

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
