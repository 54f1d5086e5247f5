"""What the translation editor says about a machine's words."""

from __future__ import annotations

from django import template
from wagtail_localize.models import StringSegment

from ..currency import machine_strings, status_of
from ..machine.drafting import missing_segments

register = template.Library()


@register.inclusion_tag("translation/machine/banner.html")
def machine_banner(record):
    """How many of a translation's words are a machine's that nobody has confirmed; nothing
    if there are none."""
    drafted = machine_strings(record).count()
    return {
        "drafted": drafted,
        "in_all": StringSegment.objects.filter(source=record.source).count() if drafted else 0,
        "missing": len(missing_segments(record)) if drafted else 0,
        "public_since": status_of(record).machine_since,
    }
