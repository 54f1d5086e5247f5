"""Proof in templates: the QR code of a certificate, and days as they stand on paper."""

from __future__ import annotations

import datetime

from django import template

from kiyose.japanese.dates import MONTHS_EN, era_date
from kiyose.pages.languages import visitor_language

from ..addresses import verify_address
from ..mark_files import badge
from ..qr import qr_inline

register = template.Library()

register.simple_tag(qr_inline, name="qr")
register.filter("verify_address", verify_address)
register.filter("era_date", era_date)


@register.filter
def plain_day(day: datetime.date) -> str:
    """A day as English papers write it, without weekday: 1 April 2026."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


@register.filter
def badge_of(certificate) -> str:
    """The badge for the holder's own page, in the visitor's language."""
    return badge(certificate, visitor_language())
