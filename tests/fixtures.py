"""
Fixtures shared by several folders. Models are imported late: pytest reads this before Django
is set up.
"""

from __future__ import annotations

import copy
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
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

    @contextmanager
    def rows():
        from tests.world import World

        with rolled_back():
            built = World()
            # Else PostgreSQL would look at the keys of all these rows after each test anew.
            connection.check_constraints()
            yield built

    built = shared_rows.of("world", rows, django_db_blocker)
    with django_db_blocker.unblock(), rolled_back():
        yield copy.deepcopy(built)


@pytest.fixture(scope="module")
def demonstration_rows(django_db_setup, django_db_blocker, run_folder, tmp_path_factory):
    """
    The demonstration, loaded once for all files that need it: ``today`` is the day of loading,
    ``printed`` what the command said.
    """

    @contextmanager
    def rows():
        from tests import database, demonstration

        without = tmp_path_factory.mktemp("database") / "without-demonstration"
        database.keep(without)
        today = timezone.localdate()
        yield SimpleNamespace(today=today, printed=demonstration.load(run_folder))
        database.put_back(without)

    loaded = shared_rows.of("demonstration_rows", rows, django_db_blocker)
    with django_db_blocker.unblock(), rolled_back():
        yield loaded
