"""An event as its page shows it: its times after all decisions, its place, and who is there."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from kiyose.pages.frame import SECTION_DEPTH, frame_of
from kiyose.pages.languages import (
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)

from .announcements import Announcement, Subject, announcements_for
from .applying import Applying
from .decisions import Decisions, Settled, Standing
from .exhibitors import Exhibitors
from .models import EventField, EventPage, Session, Venue
from .schedule import public_events, sessions_of, venues
from .times import SessionTimes, is_over, session_times

# More of the same festival than that are looked for in its programme.
MOST_OTHERS = 6


@dataclass(frozen=True)
class Other:
    """Another event of the same festival, in the visitor's language, with its nearest time."""

    event: EventPage
    settled: Settled
    is_in_words: bool


def source_of(page, request) -> Page:
    """The row of the page as it was first written, to which decisions belong; the page itself
    in the preview of one that was never saved. No query."""
    for row in frame_of(request, page):
        if row.translation_key == page.translation_key and row.language == source_language():
            return row
    return page


class EventFacts:
    """What stands on the page of one event. Every property that asks the database asks once."""

    def __init__(self, page: EventPage, request):
        request.is_of_the_moment = True
        self.page = page
        self.request = request
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.exhibitors = Exhibitors(page)
        self.applying = Applying(page, self.now)

    # The festival around it

    @cached_property
    def source(self) -> Page:
        return source_of(self.page, self.request)

    @cached_property
    def festival(self) -> Page | None:
        """The edition that it belongs to, in the visitor's language, if everybody may see it.
        No query."""
        rows = frame_of(self.request, self.page)
        above = self.page.path[: -Page.steplen]
        parent = next((row for row in rows if row.path == above), None)
        if parent is None or parent.depth <= SECTION_DEPTH:
            return None
        same = [
            row
            for row in rows
            if row.translation_key == parent.translation_key and row.live and not row.private
        ]
        ranked = sorted(
            same, key=lambda row: (row.language != visitor_language(), row.pk != parent.pk)
        )
        return ranked[0] if ranked else None

    # When

    @cached_property
    def _decisions(self) -> Decisions:
        first = self.page.first_day
        return Decisions(min(first, self.today) if first else self.today)

    @cached_property
    def _venues(self) -> dict[int, Venue]:
        return venues()

    @cached_property
    def _sessions(self) -> dict[UUID, list[Session]]:
        """Those of the event and of the others of its festival, by the event's key. One query;
        unsaved ones of a preview are seen."""
        key = self.page.translation_key
        own = Q(translation_key=key, locale__language_code=source_language())
        found = defaultdict(list)
        events = EventPage.objects.filter(own | Q(pk__in=self._others().values("pk")))
        for session in sessions_of(events).order_by("path", "sort_order"):
            found[session.event_key].append(session)
        if self.page.sessions.is_deferring:
            found[key] = list(self.page.sessions.all())
            for session in found[key]:
                session.page_id, session.path = self.source.pk, self.source.path
        return found

    def _others(self) -> QuerySet[EventPage]:
        """The public events beside it in its festival."""
        if self.source.depth <= SECTION_DEPTH + 1:
            return EventPage.objects.none()
        beside = self.source.path[: -Page.steplen]
        rows = public_events().filter(path__startswith=beside, depth=self.source.depth)
        return rows.exclude(translation_key=self.page.translation_key).order_by("path")

    def _times(self, sessions: Iterable[Session]) -> list[SessionTimes]:
        return [
            session_times(session, self._decisions, self._venues, self.today)
            for session in sessions
        ]

    @cached_property
    def sessions(self) -> list[SessionTimes]:
        return self._times(self._sessions[self.page.translation_key])

    @cached_property
    def coming(self) -> list[Settled]:
        """Every time that is written out and not over, the next one first."""
        found = (settled for each in self.sessions for settled in each.coming(self.now))
        return sorted(found, key=lambda settled: settled.occurrence.begin)

    @property
    def is_over(self) -> bool:
        return bool(self.sessions) and not self.coming

    @property
    def has_days(self) -> bool:
        """Whether a calendar can hold it. What is only known in words is in none."""
        return any(not each.is_in_words for each in self.sessions)

    @property
    def was_cancelled(self) -> bool:
        """Whether none of it took place."""
        times = [settled for each in self.sessions for settled in each.times]
        return bool(times) and all(each.standing == Standing.CANCELLED for each in times)

    @property
    def standing(self) -> Standing:
        """What holds for all of it: one word, ``ON`` where times differ."""
        times = self.coming or [settled for each in self.sessions for settled in each.times]
        standings = {settled.standing for settled in times}
        return standings.pop() if len(standings) == 1 else Standing.ON

    @property
    def announcements(self) -> list[Announcement]:
        """What must be known now, as long as it is not over."""
        if self.is_over:
            return []
        sessions = self._sessions[self.page.translation_key]
        times = [settled for each in self.sessions for settled in each.times]
        subject = Subject(self.page, self.source.path, sessions, times)
        return announcements_for(self.request, subject, self._decisions)

    # Where

    @cached_property
    def places(self) -> list[Venue]:
        """Every venue where something of it is now, each once, with ``words``."""
        keys = [settled.venue_id for each in self.sessions for settled in each.times]
        keys += [each.session.venue_id for each in self.sessions if not each.times]
        return [self._venues[key] for key in dict.fromkeys(keys) if key in self._venues]

    def venue_of(self, settled: Settled) -> Venue | None:
        return self._venues.get(settled.venue_id)

    # For whom, and what it costs

    @cached_property
    def field(self) -> EventField | None:
        """In the words of the visitor's language."""
        if not self.page.field_id:
            return None
        rows = snippets_in_visitors_language(EventField, Q(pk=self.page.field_id))
        return rows[0].words if rows else None

    # Around it

    @cached_property
    def others(self) -> list[Other]:
        """Some others of the same festival: those that come next, else those nearest to it."""
        nearest = {}
        for key, sessions in self._sessions.items():
            if key == self.page.translation_key:
                continue
            times = [(settled, each) for each in self._times(sessions) for settled in each.times]
            if times:
                nearest[key] = min(times, key=lambda pair: self._distance(pair[0]))
        chosen = sorted(nearest, key=lambda key: self._distance(nearest[key][0]))[:MOST_OTHERS]
        if not chosen:
            return []
        rows = public_events().filter(translation_key__in=chosen).order_by("path")
        events = {event.translation_key: event for event in in_visitors_language_at_once(rows)}
        shown = [key for key in chosen if key in events]
        return [Other(events[key], nearest[key][0], nearest[key][1].is_in_words) for key in shown]

    def _distance(self, settled: Settled) -> tuple[bool, datetime.timedelta]:
        """What is over comes last; then what is next to this event, or to now."""
        beginning = self.coming[0].occurrence.begin if self.coming else self.now
        return (is_over(settled, self.now), abs(settled.occurrence.begin - beginning))
