"""What people must know now: the decisions that count today and on coming days.

Shown first on home, festival, event and every list. A decision that a later one overrules is
not among them, nor what is over, nor a word about pages that are not public.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import pgettext

from kiyose.japanese.dates import is_japanese
from kiyose.pages.languages import source_language, visitor_language
from sdgs.names import Name

from .choices import Status
from .decisions import Decisions, Settled, Standing, decisions_from_today
from .models import Decision, EventPage, FestivalPage, Session
from .patterns import WEEK


@dataclass(frozen=True)
class Announcement:
    """One decision that counts.

    decision: of ``with_words``, so its names are in the visitor's language; is_after_all: it
    takes place although something else had been decided.
    """

    decision: Decision
    is_after_all: bool = False

    @property
    def standing(self) -> Standing:
        if self.decision.status == Status.POSTPONED and self.decision.postponed_to:
            return Standing.RESCHEDULED
        return Standing(self.decision.status)

    @property
    def label(self) -> str:
        if self.is_after_all:
            return pgettext("status of an event", "Takes place after all")
        return self.standing.label

    @property
    def next_decision_at(self) -> datetime.datetime | None:
        """When more will be known, while that is still to come."""
        at = self.decision.next_decision_at
        return at if at and at > timezone.now() else None

    @property
    def note(self) -> Name | None:
        """In Japanese to readers of Japanese, else in English; the other one where it is alone."""
        japanese, english = (
            Name(self.decision.note, source_language()),
            Name(self.decision.note_en, "en"),
        )
        order = (japanese, english) if is_japanese(visitor_language()) else (english, japanese)
        return next((note for note in order if note.text), None)

    @property
    def is_urgent(self) -> bool:
        """Whether it belongs on the front page: it is about more than one event, or about one
        of the coming week. One workshop of next month is told where it is listed."""
        decision, week = self.decision, timezone.localdate() + WEEK
        if not decision.event_id:
            return True
        days = (
            (decision.day, decision.postponed_to) if decision.day else (decision.event.first_day,)
        )
        return any(day and day <= week for day in days)

    @property
    def breadth(self) -> tuple:
        """What is about more comes first, then what is newer."""
        decision = self.decision
        narrowing = (decision.event_id, decision.venue_id, decision.festival_id)
        return ([bool(each) for each in narrowing], -decision.made_at.timestamp())


def announcements_for(
    request, concerning: Subject | None = None, decisions: Decisions | None = None
) -> list[Announcement]:
    """What people must know now, what is about most of it first.

    concerning: only what concerns that page; decisions: those from today on or longer, if they
    have been asked for already. No query but theirs, which every request asks once.
    """
    request.is_of_the_moment = True
    rows = (decisions or decisions_from_today(request)).rows
    found = _announcements(rows)
    if concerning:
        found = [each for each in found if concerning.is_concerned_by(each.decision)]
    return found


def _announcements(rows: Iterable[Decision]) -> list[Announcement]:
    """rows: of ``with_words``, in the order in which they were made."""
    today = timezone.localdate()
    made = [each for each in rows if each.is_public and _is_to_come(each, today)]
    found = []
    for at, decision in enumerate(made):
        if any(covers(later, decision) for later in made[at + 1 :]):
            continue
        announcement = Announcement(decision, _is_after_all(decision, made[:at], today))
        changes = decision.status != Status.ON
        if changes or announcement.is_after_all or announcement.next_decision_at:
            found.append(announcement)
    return sorted(found, key=lambda each: each.breadth)


def _is_to_come(decision: Decision, today: datetime.date) -> bool:
    """Whether it is about today and what comes. Without a day it holds for all of that."""
    days = [day for day in (decision.day, decision.postponed_to) if day]
    if decision.day is None:
        about = decision.event or decision.festival
        days.append(about.last_day if about else today)
    return any(day and day >= today for day in days)


def covers(later: Decision, earlier: Decision) -> bool:
    """Whether a later decision is about all that an earlier one is about, which it overrules."""
    if later.day not in (None, earlier.day):
        return False
    if later.venue_id not in (None, earlier.venue_id):
        return False
    if later.event_id not in (None, earlier.event_id):
        return False
    if later.festival_id in (None, earlier.festival_id):
        return True
    return bool(earlier.event_id) and earlier.event.path.startswith(later.festival.path)


def _is_after_all(decision: Decision, before: Iterable[Decision], today: datetime.date) -> bool:
    """Whether it says "on" of what had been changed, and is news: made today, or about a day
    that is still to come."""
    if decision.status != Status.ON:
        return False
    is_news = timezone.localdate(decision.made_at) == today or bool(decision.day)
    return is_news and any(
        each.status != Status.ON and _may_be_about_the_same(each, decision) for each in before
    )


def _may_be_about_the_same(one: Decision, other: Decision) -> bool:
    """Whether no condition keeps the two apart."""
    if one.day and other.day and other.day not in (one.day, one.postponed_to):
        return False
    if one.venue_id and other.venue_id and one.venue_id != other.venue_id:
        return False
    if one.event_id and other.event_id:
        return one.event_id == other.event_id
    if one.festival_id and other.festival_id:
        return one.festival_id == other.festival_id
    for wide, narrow in ((one, other), (other, one)):
        if wide.festival_id and narrow.event_id:
            return narrow.event.path.startswith(wide.festival.path)
    return True


@dataclass(frozen=True)
class Subject:
    """A page that is concerned by some decisions.

    page: in any language; path: of its source page; sessions: those of the event, or of the
    public events of the festival; times: what has become of them, as far as the page shows it.
    """

    page: FestivalPage | EventPage
    path: str
    sessions: list[Session]
    times: list[Settled]

    def is_concerned_by(self, decision: Decision) -> bool:
        key, is_festival = self.page.translation_key, isinstance(self.page, FestivalPage)
        if decision.event_id:
            event = decision.event
            return event.translation_key == key or (is_festival and self._contains(event))
        if is_festival and decision.festival_id:
            return decision.festival.translation_key == key
        if decision.festival_id and not self.path.startswith(decision.festival.path):
            return False
        return (
            self._is_open_then(decision)
            or self._takes_place_there(decision)
            # Where and when it had been moved to before.
            or any(time.decision == decision for time in self.times)
        )

    def _is_open_then(self, decision: Decision) -> bool:
        """Whether the festival itself is on, whatever its programme says. A venue alone does
        not tell."""
        first, last = self.page.first_day, self.page.last_day
        if not isinstance(self.page, FestivalPage) or decision.venue_id or not decision.day:
            return False
        return bool(first and last) and first <= decision.day <= last

    def _contains(self, event: EventPage) -> bool:
        return event.path.startswith(self.path)

    def _takes_place_there(self, decision: Decision) -> bool:
        """Whether any session is at the decision's venue and on its day."""
        for session in self.sessions:
            if decision.venue_id and session.venue_id != decision.venue_id:
                continue
            if decision.day is None or any(session.pattern.between(decision.day, decision.day)):
                return True
        return False
