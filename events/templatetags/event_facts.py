"""Facts of events in templates: what was ticked, in words; addresses of what stands below."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.html import format_html

from kiyose.japanese.dates import format_date, is_japanese
from kiyose.japanese.numbers import plain_number
from kiyose.pages.languages import visitor_language
from kiyose.pages.pictures import whole_picture

from .. import words_for_times

register = template.Library()

register.simple_tag(whole_picture, name="whole_picture")


@register.filter
def ticked(page, name: str) -> list[str]:
    """``{{ page|ticked:"languages" }}``: the labels of the codes in a field, in their order."""
    codes = page._meta.get_field(name).codes
    return [codes(code).label for code in getattr(page, name).split() if code in codes.values]


@register.simple_tag
def venue_of(facts, settled):
    """Where a time is now: a source row with ``words``, or None."""
    return facts.venue_of(settled)


@register.filter
def in_one_line(occurrence) -> str:
    """``{{ occurrence|in_one_line }}``: as ``said``, for large type. A Japanese line breaks
    between day and time and nowhere else, if it must."""
    language = visitor_language()
    if occurrence.day != occurrence.last_day or not is_japanese(language):
        return words_for_times.say(occurrence, language)
    return format_html(
        '<span class="whole">{}</span> <span class="whole">{}</span>',
        format_date(occurrence.day, language),
        words_for_times.say_hours(occurrence, language),
    )


@register.filter
def yen(amount: int) -> str:
    """An amount with its thousands: ``1,500``."""
    return plain_number(Decimal(amount))
