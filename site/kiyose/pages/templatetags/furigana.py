"""The control of furigana in the header, and the way to tell of a wrong reading."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django import template
from django.utils.translation import gettext as _

from kiyose.japanese.dates import is_japanese

from ..addresses import absolute
from ..languages import visitor_language

register = template.Library()


@register.simple_tag(takes_context=True)
def has_furigana(context) -> bool:
    """Whether this page is shown with furigana."""
    wanted = getattr(context.get("request"), "wants_furigana", False)
    return wanted and is_japanese(visitor_language())


@register.inclusion_tag("pages/parts/furigana_control.html", takes_context=True)
def furigana_control(context) -> dict:
    """The button that turns furigana on and off, on Japanese pages.

    It asks for the page again. Where a form has just come back with what was typed into it,
    that would be lost, so there is no button.
    """
    request = context.get("request")
    is_shown = (
        request is not None
        and request.method in ("GET", "HEAD")
        and hasattr(request, "wants_furigana")
        and is_japanese(visitor_language())
    )
    if not is_shown:
        return {"is_shown": False}
    kept = [(name, value) for name, values in request.GET.lists() for value in values]
    return {
        "is_shown": True,
        "is_on": request.wants_furigana,
        "kept": kept,
    }


@register.inclusion_tag("pages/parts/furigana_report.html", takes_context=True)
def furigana_report(context) -> dict:
    """On pages with furigana: whom to tell that a word is read otherwise."""
    furniture = context.get("furniture")
    division = furniture.division if furniture and has_furigana(context) else None
    if not division:
        return {"division": None}
    facts = division["facts"]
    return {
        "division": division,
        "furniture": furniture,
        "mail": _mail_about(furniture, facts.email) if facts.email else "",
        "phone": facts.direct_phone or facts.main_phone,
    }


def _mail_about(furniture, email: str) -> str:
    """A mail that says which page it is about, with room for the word."""
    number = f" ({furniture.number})" if furniture.number else ""
    subject = _("Wrong furigana: %(title)s") % {"title": furniture.title}
    body = _("Page: %(address)s\nWord:\nRight reading:\n") % {
        "address": absolute(furniture.request.path)
    }
    query = urlencode({"subject": f"{subject}{number}", "body": body}, quote_via=quote)
    return f"mailto:{email}?{query}"
