"""The checks of easy Japanese in templates of the admin."""

from __future__ import annotations

from django import template

from kiyose.japanese.easy import Severity

from ..easy.strings import checked, is_easy_japanese

register = template.Library()

SHOWN_STRINGS = 20


@register.inclusion_tag("translation/easy/beside.html", takes_context=True)
def easy_checks_beside(context, page):
    """The panel of checks for the editor of a page; nothing for pages in other languages."""
    if page is None or not page.pk or not hasattr(page, "locale") or not is_easy_japanese(page):
        return {}
    strings = [string for string in checked(page) if string.warnings]
    return {
        "page": page,
        "csrf_token": context.get("csrf_token"),
        "strings": strings[:SHOWN_STRINGS],
        "warnings": sum(string.warnings for string in strings),
        "more": max(0, len(strings) - SHOWN_STRINGS),
    }


@register.filter
def is_warning(finding) -> bool:
    """Whether a finding is to be mended, and not only thought about."""
    return finding.severity is Severity.WARNING
