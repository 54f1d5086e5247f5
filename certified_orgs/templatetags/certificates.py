"""Certificates in templates: where a number is checked, how an amount is written."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template

from kiyose.japanese.numbers import plain_number
from kiyose.pages.languages import visitor_language

register = template.Library()


@register.simple_tag
def check_address(number: str = "") -> str:
    """Where anybody checks a certificate, in the visitor's language; without a number, where
    a form asks with ``number``."""
    if not number:
        return "/verify/"
    return f"/verify/{number}/?{urlencode({'lang': visitor_language()})}"


@register.filter
def amount_with_unit(activity) -> str:
    """The figure of a reported activity with its unit, as its holder wrote it."""
    if activity.figure is None:
        return ""
    return f"{plain_number(activity.figure)}{activity.unit}"
