"""What the trainees' door shows besides its words."""

from __future__ import annotations

import datetime

from django.db.models import Count, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from events.decisions import decisions_from_today
from events.models import Venue
from events.schedule import Entry, Programme, public_events
from events.schedule import venues as all_venues
from kiyose.pages.addresses import visitor_url
from kiyose.pages.languages import snippets_in_visitors_language
from projects.dashboard import StateCounts, standings_for
from projects.models import Pillar, ProjectPage
from projects.models.project_page import Stage
from sdgs import vocabulary

from ..front import count_of, listed
from ..models import HelpLine
from .stay import Stay, StayEvents

# Parties are announced some months ahead.
PARTIES_WITHIN = datetime.timedelta(days=366)
MOST_PARTIES = 4


class Glance:
    """The city's work for the SDGs on one screen. Three queries."""

    def __init__(self, request):
        self.request = request

    @property
    def goals(self) -> int:
        """How many goals there are."""
        return len(vocabulary.goal_numbers())

    @cached_property
    def pillars(self) -> list[Pillar]:
        """The pillars in order, each with ``words`` and ``project_count``."""
        of_pillar = listed(ProjectPage).filter(pillar=OuterRef("pk"))
        return snippets_in_visitors_language(Pillar, project_count=count_of(of_pillar))

    @cached_property
    def projects(self) -> dict[str, int]:
        """How many there are, and how many of them run."""
        return listed(ProjectPage).aggregate(
            total=Count("pk"), running=Count("pk", filter=Q(stage=Stage.RUNNING))
        )

    @cached_property
    def indicators(self) -> StateCounts:
        return StateCounts(standings_for(self.request).values())


def help_lines() -> list[HelpLine]:
    """Who helps, in the order of the staff, each with ``words``. One query."""
    rows = snippets_in_visitors_language(HelpLine)
    return sorted(rows, key=lambda row: (row.position, row.pk))


class Door:
    """The page for one visitor."""

    def __init__(self, page, request):
        self.page = page
        self.request = request
        # What was decided about events today.
        request.is_of_the_moment = True
        self.stay = Stay(request.GET)
        self.glance = Glance(request)
        self.help_lines = help_lines()

    @property
    def url(self) -> str:
        """The page's own address for this visitor."""
        return visitor_url(self.page, self.request)

    @cached_property
    def _venues(self) -> dict[int, Venue]:
        return all_venues()

    @cached_property
    def events(self) -> StayEvents:
        return StayEvents(self.stay, self.request, self._venues)

    @cached_property
    def parties(self) -> list[Entry]:
        """The next times of the events that are the parties."""
        chosen = [row.event_id for row in self.page.parties.all()]
        if not chosen:
            return []
        today = timezone.localdate()
        programme = Programme(
            today,
            today + PARTIES_WITHIN,
            public_events().filter(pk__in=chosen),
            decisions=decisions_from_today(self.request),
        )
        return programme.entries(programme.times()[:MOST_PARTIES], self._venues)
