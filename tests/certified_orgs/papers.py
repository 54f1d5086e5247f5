"""Papers behind decisions, and cases that wait for one."""

from __future__ import annotations

import datetime

from django.utils import timezone

from certified_orgs.decisions import Ruling
from certified_orgs.factories import ApplicationFactory
from certified_orgs.moves import Actor
from certified_orgs.states import Who

DECIDER = Actor(Who.DECIDER)


def ruling(on: datetime.date | None = None, **values) -> Ruling:
    """A paper that is in order, approved today or on that day."""
    day = on or timezone.localdate()
    return Ruling(
        **{
            "reason": "見本の理由",
            "drafted_on": day,
            "approved_on": day,
            "document_number": "見本発第1号",
            **values,
        }
    )


def in_screening(**values):
    """An application that can be decided."""
    return ApplicationFactory(state="screening", **values)
