"""
Fixtures shared by several folders. Models are imported late: pytest reads this before Django
is set up.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """
    A small site in Japanese and English with a page of every type (tests/world.py).

    Built once per module, in a transaction that is rolled back at the end. Each test runs in
    a transaction of its own inside, so none sees what another one changed.
    """
    from tests.world import World

    with django_db_blocker.unblock(), transaction.atomic():
        built = World()
        # Else PostgreSQL would look at the keys of all these rows after each test anew.
        connection.check_constraints()
        yield built
        transaction.set_rollback(True)
