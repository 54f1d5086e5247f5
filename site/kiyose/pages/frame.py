"""The rows of the page tree that a visit needs, by one query.

The address leads to a page; around it stand home and sections of every language, the
pages above it, and its translations. Routing asks for all of these at once and leaves
them on the request, where the furniture finds them.
"""

from __future__ import annotations

from django.db.models import F, Q
from wagtail import hooks
from wagtail.models import Page

from .visibility import is_private

HOME_DEPTH = 2
SECTION_DEPTH = 3


def load_frame(request, named: Q) -> list[Page]:
    """Home and sections of every language, the pages named and all their translations,
    drafts included; each with ``language`` (a code) and ``private``. Remembered on the
    request."""
    keys = Page.objects.filter(named).order_by().values("translation_key")
    rows = Page.objects.annotate(language=F("locale__language_code"), private=is_private())
    rows = rows.filter(
        Q(depth__in=(HOME_DEPTH, SECTION_DEPTH), live=True) | Q(translation_key__in=keys)
    )
    request._frame_rows = list(rows.select_related("locale", "content_type").order_by("path"))
    return request._frame_rows


def frame_of(request, page: Page) -> list[Page]:
    """The rows for this page: those that routing left, or asked for anew (in a preview,
    and for what stands outside the tree)."""
    rows = getattr(request, "_frame_rows", ())
    if any(row.pk == page.pk for row in rows):
        return rows
    above = Q(path__in=[page.path[: Page.steplen * depth] for depth in range(1, page.depth)])
    return load_frame(request, above | Q(translation_key=page.translation_key))


def specific_page(row: Page) -> Page:
    """The page of its own type that one of these rows is. One query, in which other rooms may
    ask something about it: ``page_annotations``, a hook from the row to expressions by name."""
    # ``row.specific`` would look up the content type, which came with the row.
    rows = row.content_type.model_class()._default_manager
    for asked_of in hooks.get_hooks("page_annotations"):
        rows = rows.annotate(**asked_of(row))
    page = rows.get(pk=row.pk)
    page.locale = row.locale
    page.known_to_be_public = not row.private
    return page
