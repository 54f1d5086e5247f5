"""The settings of a new year begin as those of the latest one."""

from __future__ import annotations

import datetime
import uuid

from django.db import transaction

from .models import Criterion, SchemeYear
from .scheme import same_day_in

DAYS = ("opens_on", "closes_on", "report_due_on")


def one_year_later(day: datetime.date) -> datetime.date:
    """The same date a year later; 29 February becomes 28 February."""
    return same_day_in(day.year + 1, day)


def settings_for_next_year() -> SchemeYear | None:
    """The latest year's settings, unsaved, with every day a year later; None without any."""
    scheme = SchemeYear.objects.first()
    if scheme is None:
        return None
    scheme.pk = None
    scheme._state.adding = True
    scheme.fiscal_year += 1
    for name in DAYS:
        setattr(scheme, name, one_year_later(getattr(scheme, name)))
    return scheme


@transaction.atomic
def copy_criteria(source: SchemeYear, target: SchemeYear) -> int:
    """Give a year the criteria of another one, in every language; returns how many."""
    keys: dict[uuid.UUID, uuid.UUID] = {}
    for row in Criterion.objects.filter(scheme=source).order_by("pk"):
        row.pk = None
        row._state.adding = True
        row.translation_key = keys.setdefault(row.translation_key, uuid.uuid4())
        row.scheme = target
        row.save()
    return len(keys)
