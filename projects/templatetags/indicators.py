"""Indicators in templates: their state today, their charts, their figures as people read them."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kiyose.japanese.dates import is_japanese
from kiyose.japanese.numbers import plain_number
from kiyose.japanese.periods import Period
from kiyose.pages.languages import visitor_language
from kiyose.pages.templatetags.site_pages import lang_attr, language_of

from .. import drawings
from ..progress import Series, Standing

register = template.Library()

# Written without a space behind a number in every language.
CLOSE_UNITS = ("%", "％", "‰", "°")


@register.simple_tag
def standing(series: Series | None) -> Standing | None:
    """How an indicator stands today; None where nothing is known about it at all."""
    return Standing(series, timezone.localdate()) if series else None


@register.simple_tag
def chart(page, series: Series) -> SafeString:
    """The chart of an indicator, with its legend; nothing where there is nothing to show."""
    if not drawings.has_something_to_show(series):
        return SafeString()
    return drawings.draw(page, series, timezone.localdate())


@register.simple_tag
def small_chart(series: Series | None) -> SafeString:
    """The chart for a card; hidden from screen readers, so words must stand beside it."""
    if not drawings.has_something_to_show(series):
        return SafeString()
    return drawings.draw_small(series, timezone.localdate())


@register.simple_tag
def amount(value: Decimal, page, decimals: int = 0) -> SafeString:
    """The value with the indicator's unit, marked where that is in another language.

    decimals: how many there are at least, where a zero says that it was counted."""
    unit = page.unit
    is_close = is_japanese(language_of(page)) or unit.startswith(CLOSE_UNITS)
    return format_html(
        '<bdi class="amount">{}{}<span class="amount__unit"{}>{}</span></bdi>',
        plain_number(value, decimals),
        "" if is_close or not unit else " ",
        lang_attr(page),
        unit,
    )


@register.filter
def number(value: Decimal | int) -> str:
    """A number as people read it: ``432,000``, ``−28.6``."""
    return plain_number(Decimal(value))


@register.filter
def operand(value: Decimal) -> str:
    """A number behind a sign of a sum: a negative one in brackets."""
    return f"({plain_number(value)})" if value < 0 else plain_number(value)


@register.filter
def rounded(value: Decimal) -> str:
    """A number of years, with two decimals at most."""
    return plain_number(round(value, 2))


@register.filter
def period_label(period: Period | None) -> str:
    """When a figure was true, as the city writes it in the visitor's language."""
    return period.label(visitor_language()) if period else ""


@register.filter
def outline(kind: str) -> str:
    """The shape of a mark in a chart, as SVG's path data around its middle."""
    return drawings.KINDS[kind][0]
