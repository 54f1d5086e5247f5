"""What the tests of this folder share. Models are imported late: pytest reads this early."""

from __future__ import annotations

import pytest
from django.db import transaction
from freezegun import freeze_time

from tests.fixtures import world

__all__ = ["world"]


@pytest.fixture(scope="module")
def events(world):
    """What there is to be found (``finding.py``)."""
    from .finding import Events

    return Events(world)


@pytest.fixture
def november(events):
    """The same, seen on 19 November 2026."""
    from .finding import NOW

    with freeze_time(NOW):
        yield events


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """A small site with staff and venues (tests/events/town.py), built once per module and
    rolled back at its end."""
    from .town import Town

    with django_db_blocker.unblock(), transaction.atomic():
        yield Town()
        transaction.set_rollback(True)
