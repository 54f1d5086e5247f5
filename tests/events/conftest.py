"""What the tests of this folder share."""

import pytest
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
