"""What has become of an occurrence, in words without markup: for calendars and feeds."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.japanese.times import format_time
from kiyose.pages.languages import visitor_language

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
    """Sentences about what was decided; none where all is as planned. venue: where it is now,
    with ``words``."""
    language = visitor_language()
    if not settled.is_changed:
        return []
    said = [str(settled.standing.label)]
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
    if note := note_of(settled.decision):
        said.append(note)
    if at := settled.next_decision_at:
        moment = timezone.localtime(at)
        said.append(
            _("More will be known on %(day)s, %(time)s.")
            % {
                "day": format_date(moment, language),
                "time": format_time(moment.time(), language),
            }
        )
    return said


def note_of(decision: Decision | None) -> str:
    """The duty officer's note in the visitor's language, as far as there is one."""
    if decision is None:
        return ""
    if is_japanese(visitor_language()):
        return decision.note
    return decision.note_en or decision.note
