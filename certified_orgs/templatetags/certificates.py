"""Certificates in templates: where a number is checked, where its kit is, how an amount is
written."""

from __future__ import annotations

from urllib.parse import urlencode, urljoin

from django import template
from django.urls import reverse

from kiyose.japanese.numbers import plain_number
from kiyose.pages.addresses import visitor_url
from kiyose.pages.languages import visitor_language

register = template.Library()


@register.simple_tag
def check_address(number: str = "") -> str:
    """Where anybody checks a certificate, in the visitor's language; without a number, where
    a form asks with ``number``."""
    if not number:
        return reverse("verify_any")
    return f"{reverse('verify', args=[number])}?{urlencode({'lang': visitor_language()})}"


@register.simple_tag(takes_context=True)
def kit_url(context, profile, number: str) -> str:
    """The holder's kit, which stands beside the profile, for this visitor."""
    return urljoin(visitor_url(profile, context["request"]), f"../kit/{number}/")


@register.filter
def amount_with_unit(activity) -> str:
    """The figure of a reported activity with its unit, as its holder wrote it."""
    if activity.figure is None:
        return ""
    return f"{plain_number(activity.figure)}{activity.unit}"
