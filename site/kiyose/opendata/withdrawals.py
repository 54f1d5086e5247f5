"""When something was last taken out of open data; no row that is public knows."""

from __future__ import annotations

import datetime

from django.db.models import Q
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
    of_models = Q()
    for model in models:
        of_models |= Q(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
        )
    times = (
        log.objects.filter(of_models, action__in=TAKEN_OUT)
        .order_by()
        .values_list("timestamp", flat=True)
        for log in (PageLogEntry, ModelLogEntry)
    )
    of_pages, of_others = times
    return of_pages.union(of_others).order_by("-timestamp").first()
