"""What has become of an occurrence, in words without markup: for calendars and feeds."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.japanese.times import format_time
from kiyose.pages.languages import source_language, visitor_language

from .decisions import Settled, Standing
from .models import Decision, Venue
from .words_for_times import say


def titled(title: str, settled: Settled) -> str:
    """The title with the state before it, where something has changed: 【中止】…"""
    if not settled.is_changed:
        return title
    label = settled.standing.label
    return f"【{label}】{title}" if is_japanese(visitor_language()) else f"[{label}] {title}"


def say_standing(settled: Settled, venue: Venue | None) -> list[str]:
    """Sentences about what was decided, the state first; none where all is as planned. venue:
    where it is now, with ``words``."""
    if not settled.is_changed:
        return []
    note = note_of(settled.decision)
    said = [str(settled.standing.label), *say_change(settled, venue), note.text, *say_next(settled)]
    return [sentence for sentence in said if sentence]


def say_change(settled: Settled, venue: Venue | None) -> list[str]:
    """What was planned and what is now."""
    language = visitor_language()
    said = []
    if settled.occurrence != settled.planned.occurrence:
        said.append(
            _("Planned for %(before)s. New time: %(now)s.")
            % {
                "before": say(settled.planned.occurrence, language),
                "now": say(settled.occurrence, language),
            }
        )
    if settled.standing == Standing.MOVED and venue:
        said.append(_("New place: %(venue)s.") % {"venue": venue.words.name})
    return said


def say_next(settled: Settled) -> list[str]:
    """When more will be known, while that is to come."""
    at = settled.next_decision_at
    if at is None:
        return []
    moment, language = timezone.localtime(at), visitor_language()
    return [
        _("More will be known on %(day)s, %(time)s.")
        % {"day": format_date(moment, language), "time": format_time(moment.time(), language)}
    ]


@dataclass(frozen=True)
class Note:
    """What the duty officer wrote, and in which language."""

    text: str = ""
    language: str = ""


def note_of(decision: Decision | None) -> Note:
    """The note in the visitor's language, as far as there is one."""
    if decision is None:
        return Note()
    if decision.note_en and not is_japanese(visitor_language()):
        return Note(decision.note_en, "en")
    return Note(decision.note, source_language())
