"""When something was last taken out of open data; no row that is public knows."""

from __future__ import annotations

import datetime

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, PageLogEntry

TAKEN_OUT = (
    "wagtail.unpublish",
    "wagtail.unpublish.scheduled",
    "wagtail.delete",
    "wagtail.view_restriction.create",
)


def last_withdrawal(*models) -> datetime.datetime | None:
    """The last time that a row of these models was withdrawn, deleted or made private, by
    Wagtail's log. One query. None: never."""
    of_models = ContentType.objects.get_for_models(*models).values()
    times = (
        log.objects.filter(content_type__in=of_models, action__in=TAKEN_OUT)
        .order_by()
        .values_list("timestamp", flat=True)
        for log in (PageLogEntry, ModelLogEntry)
    )
    of_pages, of_others = times
    return of_pages.union(of_others).order_by("-timestamp").first()
