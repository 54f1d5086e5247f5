"""Venues, fields and parts that pages name are not deleted: neither from public pages, where the
database would refuse, nor from drafts, which would lose them without a word."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Revision

from .models import Decision, EventField, EventPage, FestivalPage, FestivalPart, Venue

# Where pages name them: the page, the list of rows (none: the page itself), the field.
NAMED_IN = {
    Venue: ((EventPage, "sessions", "venue"), (FestivalPage, "parts", "venue")),
    EventField: ((EventPage, None, "field"),),
    FestivalPart: ((FestivalPage, "parts", "part"),),
}
# A message that goes on for longer is not read.
MOST_NAMED = 10


def vocabulary_in_use_stays(request, rows):
    """For ``before_delete_snippet``, of one row or of many: says where they are used."""
    rows = [row for row in rows if type(row) in NAMED_IN]
    used = {row: found for row in rows if (found := titles_of_users(row))}
    if not used:
        return None
    for row, titles in used.items():
        shown = [*titles[:MOST_NAMED], *(["…"] if len(titles) > MOST_NAMED else [])]
        message = _(
            "“%(name)s” is in use and was not deleted. Choose something else first in: %(titles)s"
        )
        messages.error(request, message % {"name": row, "titles": " / ".join(shown)})
    return redirect(type(rows[0]).snippet_viewset.get_url_name("list"))


def titles_of_users(row) -> list[str]:
    """What names the row: pages by their title, drafts said to be such, then what is no page."""
    found = {}
    for model, rows_name, field in NAMED_IN[type(row)]:
        path = f"{rows_name}__{field}" if rows_name else field
        found |= {page.pk: page.title for page in model.objects.filter(**{path: row}).distinct()}
        for revision in _revisions_to_come(model):
            if row.pk in _named(revision.content, rows_name, field):
                title = _("%(title)s (draft)") % {"title": revision.content["title"]}
                found.setdefault(int(revision.object_id), title)
    return [*found.values(), *_others(row)]


def _revisions_to_come(model):
    """The drafts of the pages of that type, and what is scheduled."""
    of_type = Revision.objects.filter(content_type=ContentType.objects.get_for_model(model))
    latest = model.objects.values("latest_revision")
    return of_type.filter(Q(pk__in=latest) | Q(approved_go_live_at__isnull=False)).iterator()


def _named(content: dict, rows_name: str | None, field: str) -> set:
    """The numbers that a version of a page has in the field."""
    rows = content.get(rows_name) or () if rows_name else (content,)
    return {values.get(field) for values in rows}


def _others(row) -> list[str]:
    """What names it besides pages."""
    if isinstance(row, Venue):
        return [str(each) for each in Decision.objects.filter(Q(venue=row) | Q(moved_to=row))]
    if isinstance(row, EventField):
        return [str(part) for part in row.festival_parts.all()]
    return []
