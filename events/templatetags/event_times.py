"""Days and times of events in templates, in the visitor's language."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.pages.languages import visitor_language

from .. import words_for_times

register = template.Library()


@register.filter
def said(occurrence) -> str:
    """``{{ entry.occurrence|said }}``: day and time in a sentence."""
    return words_for_times.say(occurrence, visitor_language())


@register.filter
def hours(occurrence) -> str:
    """``{{ entry.occurrence|hours }}``: the time in a sentence."""
    return words_for_times.say_hours(occurrence, visitor_language())


@register.filter
def clock(occurrence) -> str:
    """``{{ entry.occurrence|clock }}``: the time in a table."""
    return words_for_times.say_clock(occurrence)


@register.filter
def said_as_a_whole(session) -> str:
    """``{{ session|said_as_a_whole }}``: one time, or a series with its days."""
    return words_for_times.say_pattern(session.pattern, visitor_language())


@register.filter
def day(value) -> str:
    """``{{ decision.day|day }}``: a day with its weekday, as plain text."""
    return format_date(value, visitor_language()) if value else ""


@register.filter
def moment(at) -> str:
    """``{{ decision.made_at|moment }}``: a day and the time of a decision in a sentence. In
    Japanese, where there are no spaces, lines break neither in the day nor in the time."""
    said = words_for_times.say_moment(at, visitor_language())
    if not is_japanese(visitor_language()):
        return said
    return format_html_join(
        " ", '<span class="whole">{}</span>', ((part,) for part in said.split())
    )
