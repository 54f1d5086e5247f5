"""
Rows that many files need, made once for all of a worker's files.

They lie in a transaction that stays open from the first file that needs them to the last; each
file works in a savepoint of its own inside. Files that need the same rows follow each other
(``order_of``), and the first file that does not need them gets a database without them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, contextmanager

from django.db import transaction

# The fixtures that hand out such rows, in the order in which their files run.
KINDS = ("world", "demonstration_rows")


@contextmanager
def rolled_back():
    """A transaction (or a savepoint within one) of which nothing is kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class SharedRows:
    """The rows of one kind that this worker's database holds at the moment, if any."""

    def __init__(self):
        self.kind: str | None = None
        self._content = None
        self._open = ExitStack()

    def of(self, kind: str, build: Callable, blocker):
        """What ``build`` gave when it made the rows; it makes them now if they are not there.

        blocker: pytest-django's ``django_db_blocker``.
        """
        if self.kind != kind:
            self.close()
            self._open.enter_context(blocker.unblock())
            self._open.enter_context(rolled_back())
            self._content, self.kind = build(), kind
        return self._content

    def close(self) -> None:
        """The database without them."""
        self.kind = self._content = None
        self._open.close()


shared_rows = SharedRows()


def kind_of(fixtures: set[str]) -> str | None:
    """Which of the rows a file needs whose tests ask for these fixtures."""
    return next((kind for kind in KINDS if kind in fixtures), None)


def order_of(kind: str | None) -> int:
    """Where files that need these rows stand among the others."""
    return KINDS.index(kind) if kind else len(KINDS)
