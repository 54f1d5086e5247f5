"""What the templates of every page need: addresses, languages, dates, icons."""

from __future__ import annotations

import datetime
import re

from django import template
from django.db import DatabaseError
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from wagtail.models import Site

from kiyose.japanese.dates import format_date, format_fiscal_year, is_japanese, local_date
from kiyose.japanese.phrases import breakable

from ..addresses import absolute, visitor_url
from ..furniture import Furniture
from ..languages import html_language, source_language, visitor_language
from ..pictures import picture_html, shared_picture
from .icons import ICONS

register = template.Library()

# Django's Japanese word for it means the English of the United States; easy Japanese it takes for
# Japanese.
OUR_NAMES = {"en": gettext_lazy("English"), "ja-easy": gettext_lazy("Easy Japanese")}

# Open Graph wants a territory; without one here the bare language has to do.
OPEN_GRAPH_LOCALES = {"ja": "ja_JP", "en": "en_US"}


# Languages


def language_of(thing) -> str:
    """The language of the words of a page, a snippet, a label or a menu entry."""
    if isinstance(thing, dict):
        return thing.get("lang") or ""
    language = getattr(thing, "language", None)
    if isinstance(language, str):
        return language
    # Only a locale that is loaded is asked: one query for each card would be too many.
    # Lists are made of rows of the source language, translated where there is a translation.
    locale = thing._state.fields_cache.get("locale") if hasattr(thing, "_state") else None
    return locale.language_code if locale else source_language()


@register.simple_tag
def lang_attr(thing) -> str:
    """`` lang="ja"`` where the words are not in the language of the frame, else nothing.

    Takes a page, a snippet, a mark's label, an entry of the furniture, or a language code.
    """
    code = html_language(thing if isinstance(thing, str) else language_of(thing))
    frame = html_language(visitor_language())
    if not code or code == frame:
        return ""
    return format_html(' lang="{}"{}', code, _direction_attr(code, frame))


def _direction_attr(code: str, frame: str) -> str:
    """`` dir="rtl"`` where the words run the other way than those around them."""
    directions = {name: _is_right_to_left(name) for name in (code, frame)}
    if directions[code] == directions[frame]:
        return ""
    return mark_safe(' dir="rtl"' if directions[code] else ' dir="ltr"')  # noqa: S308


def _is_right_to_left(code: str) -> bool:
    try:
        return translation.get_language_info(code)["bidi"]
    except KeyError:
        return False


@register.simple_tag
def words_of(thing, text) -> str:
    """The text in a ``span`` that says its language, for use inside a sentence."""
    attribute = lang_attr(thing)
    return format_html("<span{}>{}</span>", attribute, text) if attribute else text


@register.filter
def phrases(text: str, thing=None) -> str:
    """A heading that breaks between words where it is Japanese; the text itself elsewhere.

    thing: what the words belong to, as for ``lang_attr``; without it they are the
    interface's. The text is words, never markup, and not for attributes or ``<title>``.
    """
    language = (language_of(thing) if thing else "") or visitor_language()
    return breakable(str(text)) if is_japanese(language) else text


@register.filter
def is_foreign(thing) -> bool:
    """Whether the words are in another language than the visitor's."""
    language = language_of(thing)
    return bool(language) and language != visitor_language()


register.filter("html_language", html_language)


@register.filter
def language_name(code: str) -> str:
    """How the visitor calls a language: ``Japanese``, ``日本語``."""
    try:
        known = translation.get_language_info(code)["name_translated"]
    except KeyError:
        known = code
    return OUR_NAMES.get(code, known)


@register.filter
def open_graph_locale(code: str) -> str:
    tag = html_language(code)
    return OPEN_GRAPH_LOCALES.get(tag, translation.to_locale(tag))


# Addresses


@register.simple_tag(takes_context=True)
def address_of(context, page) -> str:
    """The address of a page of a list for this visitor, without a query for each."""
    return visitor_url(page, context["request"], language_of(page))


def _query_address(query) -> str:
    text = query.urlencode()
    return f"?{text}" if text else "?"


@register.simple_tag(takes_context=True)
def address_with_page(context, number: int) -> str:
    """The same list, conditions kept, at another page of it."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = str(number)
    return _query_address(query)


@register.simple_tag(takes_context=True)
def address_without(context, name: str, value="") -> str:
    """The same list without one condition, or without all of that name; from its beginning."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    kept = [other for other in query.getlist(name) if value != "" and other != str(value)]
    query.setlist(name, kept)
    return _query_address(query)


@register.simple_tag(takes_context=True)
def address_with(context, name: str, value) -> str:
    """The same list with one more condition; from its beginning."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.appendlist(name, str(value))
    return _query_address(query)


@register.simple_tag
def shown_page_numbers(rows) -> list:
    """The numbers that a list's pagination shows: the ends, and those around this page."""
    return list(rows.paginator.get_elided_page_range(rows.number, on_each_side=1, on_ends=1))


@register.filter
def absolute_address(url: str) -> str:
    """The address with scheme and host, for whom reads it outside the site."""
    return absolute(url)


@register.filter
def telephone_address(number: str) -> str:
    """What a telephone dials: ``tel:042-000-0001``, ``tel:%237119``."""
    return "tel:" + re.sub(r"[^\d+#-]", "", number).replace("#", "%23")


@register.simple_tag
def static_or_plain(path: str) -> str:
    """The address of a static file; the plain one where nobody has collected them."""
    try:
        return static(path)
    except ValueError:
        from django.conf import settings

        return f"{settings.STATIC_URL}{path}"


@register.simple_tag(takes_context=True)
def frame_of_site(context):
    """The frame (home, menu, languages) for a page that is none: an error's.

    None when even that cannot be had; the template then leads home and no further.
    """
    request = context.get("request")
    if request is None:
        return None
    if not hasattr(request, "_frame_of_site"):
        request._frame_of_site = _frame_of_site(request)
    return request._frame_of_site


def _frame_of_site(request) -> Furniture | None:
    try:
        site = Site.find_for_request(request)
        frame = Furniture(site.root_page.specific, request) if site else None
        return frame if frame and frame.home["title"] and frame.languages is not None else None
    except DatabaseError:
        return None


# The body of a page

# A list of two headings would only repeat what one sees below it.
HEADINGS_WORTH_A_LIST = 3


@register.simple_tag
def anchor_of(block) -> str:
    """Where a heading of a body can be linked to; the same in every language."""
    return f"b-{block.id}" if block.block_type == "heading" and block.id else ""


@register.simple_tag
def headings_of(body) -> list[dict]:
    """The headings of a body with their anchors, if there are enough for a list of contents."""
    headings = [
        {"anchor": anchor_of(block), "text": block.value}
        for block in body
        if block.block_type == "heading"
    ]
    return headings if len(headings) >= HEADINGS_WORTH_A_LIST else []


# Dates


@register.filter
def public_date(value: datetime.date | None) -> str:
    """A day as the city writes it in the visitor's language; for text, not for attributes.

    Lines never break inside a Japanese one (2030|年3月31日|(日)): it has no spaces, so browsers
    would break it anywhere."""
    if not value:
        return ""
    day = format_date(value, visitor_language())
    return (
        format_html('<span class="whole">{}</span>', day)
        if is_japanese(visitor_language())
        else day
    )


@register.filter
def fiscal_year(year: int) -> str:
    """A fiscal year as the city names it."""
    return format_fiscal_year(year, visitor_language())


@register.filter
def machine_date(value: datetime.date | None) -> str:
    """The same day for ``<time datetime>``."""
    return local_date(value).isoformat() if value else ""


@register.filter
def on_a_later_day_than(value, other) -> bool:
    return bool(value and other) and local_date(value) > local_date(other)


# Drawings


@register.simple_tag
def icon(name: str) -> str:
    """A small drawing beside words that say the same; hidden from screen readers."""
    return mark_safe(  # noqa: S308 - constants of ours
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


# Pictures


@register.simple_tag
def page_picture(page, place: str, eager: bool = False) -> str:
    """The page's picture for a card or for the head of the page (``pictures.PLACES``)."""
    return picture_html(page, place, eager)


@register.simple_tag
def picture_for_sharing(page):
    """The rendition that messengers show beside a shared address, or None."""
    return shared_picture(page)
