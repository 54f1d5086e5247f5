"""
Fixtures shared by several folders. Models are imported late: pytest reads this before Django
is set up.
"""

from __future__ import annotations

import copy
import io
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from .shared_rows import rolled_back, shared_rows


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """
    A small site in Japanese and English with a page of every type (tests/world.py).

    Built once for all files that need it. Each file runs in a savepoint that is rolled back at
    its end, each test in one of its own inside: none sees what another one changed.
    """

    def build():
        from tests.world import World

        built = World()
        # Else PostgreSQL would look at the keys of all these rows after each test anew.
        connection.check_constraints()
        return built

    built = shared_rows.of("world", build, django_db_blocker)
    with django_db_blocker.unblock(), rolled_back():
        yield copy.deepcopy(built)


@pytest.fixture(scope="module")
def demonstration_rows(django_db_setup, django_db_blocker):
    """
    The demonstration, loaded once for all files that need it: ``today`` is the day of loading,
    ``printed`` what the command said.
    """

    def build():
        from tests.bulk import update_statistics

        out = io.StringIO()
        today = timezone.localdate()
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("DEMO_PASSWORD", raising=False)
            call_command("load_demonstration", stdout=out)
        update_statistics()
        return SimpleNamespace(today=today, printed=out.getvalue())

    loaded = shared_rows.of("demonstration_rows", build, django_db_blocker)
    with django_db_blocker.unblock(), rolled_back():
        yield loaded
