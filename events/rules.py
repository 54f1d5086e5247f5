"""What a session and an event must be, in one screen.

A session that contradicts itself is refused in a draft already: what it would mean is unknown.
An event goes public when people can know when it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kiyose.pages.publishing import Problem
from kiyose.translation.sources import is_source

from .choices import Repeats
from .patterns import LONGEST

# More lines than that are better said as a series, or as events of their own.
MOST_SESSIONS = 100


def session_problems(session) -> Iterator[Problem]:
    """What contradicts itself in a session, each beside the field to correct."""
    first, last = session.starts_on, session.until or session.starts_on
    if first is None:
        return  # its own field has said so
    if last < first:
        yield Problem(_("The last day is before the first one."), "until")
        return
    if last - first > LONGEST:
        yield Problem(_("That is more than two years. Make a new session every year."), "until")
    if session.repeats in (Repeats.DAILY, Repeats.WEEKLY) and not session.until:
        yield Problem(_("Until when? A series needs its last day."), "until")
    if session.ends_at and not session.starts_at:
        yield Problem(_("There is an end, but no beginning."), "starts_at")
    elif session.ends_at and session.ends_at <= session.starts_at:
        # What goes on without a break may end on a later day at an earlier hour.
        if session.repeats != Repeats.ONCE:
            message = _(
                "The end is before the beginning. A series does not go past midnight: enter each"
                " night as a session of its own."
            )
            yield Problem(message, "ends_at")
        elif last == first:
            message = _(
                "The end is before the beginning. If it ends after midnight, give the next day"
                " as the last day."
            )
            yield Problem(message, "ends_at")
    if session.repeats == Repeats.IN_WORDS and session.starts_at:
        yield Problem(_("Dates in words have no time here. Write it into the words."), "starts_at")
    if session.except_holidays and session.repeats not in (Repeats.DAILY, Repeats.WEEKLY):
        yield Problem(_("Only a series can leave out holidays."), "except_holidays")


def event_problems(page, sessions: list) -> Iterator[Problem]:
    """What keeps an event from going public. sessions: in the order of the form.

    Asked of originals only: the facts of a translation are those of its original.
    """
    if not is_source(page):
        return
    if not sessions:
        yield Problem(_("Say when it takes place: add a session."), "sessions")
    if len(sessions) > MOST_SESSIONS:
        message = _("There are %(count)d sessions, more than %(most)d. Use series instead.")
        shown = {"count": len(sessions), "most": MOST_SESSIONS}
        yield Problem(message % shown, "sessions")
    in_words = any(session.repeats == Repeats.IN_WORDS for session in sessions)
    if in_words and not page.dates_note.strip():
        yield Problem(_("Write the dates in words."), "dates_note")
    if page.age_from is not None and page.age_to is not None and page.age_to < page.age_from:
        yield Problem(_("The highest age is below the lowest one."), "age_to")
    if page.apply_from and page.apply_until and page.apply_until < page.apply_from:
        yield Problem(_("Applications close before they open."), "apply_until")


def festival_problems(page, days: list) -> Iterator[Problem]:
    """What keeps a festival from going public. days: in the order of the form."""
    if not is_source(page):
        return
    if not days:
        yield Problem(_("Say on which days it takes place."), "days")
    for day in days:
        if day.opens_at and day.closes_at and day.closes_at <= day.opens_at:
            yield Problem(_("On one of the days it closes before it opens."), "days")
    if page.visitors_indicator_id and not page.visitors_period:
        message = _("For which period are the visitors a figure of the indicator?")
        yield Problem(message, "visitors_period")
    if page.visitors_period and not page.visitors_indicator_id:
        yield Problem(_("Of which indicator are the visitors a figure?"), "visitors_indicator")
