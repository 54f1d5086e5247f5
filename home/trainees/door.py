"""What the trainees' door shows besides its words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Q
from django.utils.functional import cached_property

from events.choices import Language
from events.decisions import decisions_from_today
from events.models import EventPage, Session
from events.models.fields import has_code
from events.schedule import Entry, Programme, Time, public_events
from kiyose.pages.addresses import visitor_url
from kiyose.pages.languages import snippets_in_visitors_language
from projects.dashboard import StateCounts, standings_for
from projects.models import Pillar, ProjectPage
from projects.models.project_page import Stage
from sdgs import vocabulary

from ..front import count_of, listed
from ..models import HelpLine
from .stay import MOST_EVENTS, Stay, StayEvents

# Parties are announced some months ahead.
PARTIES_WITHIN = datetime.timedelta(days=366)
MOST_PARTIES = 4


class Glance:
    """The city's work for the SDGs on one screen. Two queries."""

    def __init__(self, request):
        self.request = request

    @property
    def goals(self) -> int:
        """How many goals there are."""
        return len(vocabulary.goal_numbers())

    @cached_property
    def pillars(self) -> list[Pillar]:
        """The pillars in order, each with ``words`` and ``project_count``."""
        projects = listed(ProjectPage)
        return snippets_in_visitors_language(
            Pillar,
            project_count=count_of(projects.filter(pillar=OuterRef("pk"))),
            all_projects=count_of(projects),
            all_running=count_of(projects.filter(stage=Stage.RUNNING)),
        )

    @cached_property
    def projects(self) -> dict[str, int]:
        """How many there are, and how many of them run: asked for with the pillars, else where
        there is none."""
        if self.pillars:
            counted = self.pillars[0]
            return {"total": counted.all_projects, "running": counted.all_running}
        projects = listed(ProjectPage)
        return {
            "total": projects.count(),
            "running": projects.filter(stage=Stage.RUNNING).count(),
        }

    @cached_property
    def indicators(self) -> StateCounts:
        return StateCounts(standings_for(self.request).values())


def help_lines() -> list[HelpLine]:
    """Who helps, in the order of the staff, each with ``words``. One query."""
    rows = snippets_in_visitors_language(HelpLine)
    return sorted(rows, key=lambda row: (row.position, row.pk))


@dataclass(frozen=True)
class StayEvent:
    """An event at its next time, and how often it takes place later during the stay."""

    entry: Entry
    more: int


class Door:
    """The page for one visitor. Its events and its parties come by the same five queries."""

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

    # What is on

    @cached_property
    def _parties(self) -> dict[int, EventPage]:
        """The events that are the parties, by the number of the source page."""
        rows = self.page.parties.select_related("event")
        return {row.event_id: row.event for row in rows if row.event_id}

    @cached_property
    def _programme(self) -> Programme:
        today = self.stay.today
        wanted = has_code("languages", Language.EN) | Q(pk__in=self._parties)
        return Programme(
            today,
            max(today + PARTIES_WITHIN, self.stay.last),
            public_events().filter(wanted),
            decisions=decisions_from_today(self.request),
        )

    def _is_party(self, session: Session) -> bool:
        return session.page_id in self._parties

    def _is_in_english(self, session: Session) -> bool:
        party = self._parties.get(session.page_id)
        return party is None or Language.EN in party.languages.split()

    @cached_property
    def events(self) -> StayEvents:
        stay = self.stay
        return StayEvents(self._programme.within(stay.begin, stay.last, self._is_in_english))

    @cached_property
    def _party_times(self) -> list[Time]:
        today = self.stay.today
        parties = self._programme.within(today, today + PARTIES_WITHIN, self._is_party)
        return parties.times()[:MOST_PARTIES]

    @cached_property
    def _entries(self) -> list[Entry]:
        """First those of the stay, then the parties."""
        return self._programme.entries([*self.events.found[:MOST_EVENTS], *self._party_times])

    @cached_property
    def stay_events(self) -> list[StayEvent]:
        entries = self._entries[: len(self._entries) - len(self._party_times)]
        return [StayEvent(entry, self.events.later(entry)) for entry in entries]

    @property
    def parties(self) -> list[Entry]:
        """The next times of the events that are the parties."""
        return self._entries[len(self._entries) - len(self._party_times) :]
