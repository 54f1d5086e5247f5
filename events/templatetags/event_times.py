"""Days and times of events in templates, in the visitor's language."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.pages.languages import visitor_language
from kiyose.pages.templatetags.site_pages import public_date

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


@register.filter
def clock_on(occurrence, day) -> str:
    """``{{ entry.occurrence|clock_on:day }}``: the time in a table of one day."""
    return words_for_times.say_clock_on(occurrence, day)


@register.filter
def days_said(page) -> str:
    """``{{ page|days_said }}``: the first and the last day of a festival."""
    first = format_html('<span class="whole">{}</span>', public_date(page.first_day))
    if page.first_day == page.last_day:
        return first
    last = format_html('<span class="whole">{}</span>', public_date(page.last_day))
    # A space that no line breaks at: no line begins with the dash.
    between = "～" if is_japanese(visitor_language()) else "\N{NBSP}– "
    return format_html("{}{}{}", first, between, last)


@register.filter
def speaks(event, language: str) -> bool:
    """Whether visitors of an event are answered in that language."""
    return language in event.languages.split()
