"""
Rows that many files need, made once for all of a worker's files.

They are there from the first file that needs them to the last; what a file changes is rolled back
at its end. Files that need the same rows follow each other (``order_of``), and the first file that
does not need them gets a database without them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path

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

    def of(self, kind: str, rows: Callable, blocker):
        """What ``rows`` gave when it made them; it makes them now if they are not there.

        rows: gives a context that makes the rows and, when it ends, takes them away.
        blocker: pytest-django's ``django_db_blocker``.
        """
        if self.kind != kind:
            self.close()
            self._open.enter_context(blocker.unblock())
            self._content, self.kind = self._open.enter_context(rows()), kind
        return self._content

    def close(self) -> None:
        """The database without them."""
        self.kind = self._content = None
        self._open.close()


shared_rows = SharedRows()


def kind_of(fixtures: set[str]) -> str | None:
    """Which of the rows a file needs whose tests ask for these fixtures."""
    return next((kind for kind in KINDS if kind in fixtures), None)


# Among the files that need none, the longest of the browser's, which come last: a worker would
# else be left with one of them when the others have nothing more to do.
LONGEST_FIRST = (
    *("test_public_pages.py", "test_look.py", "test_picker.py"),
    *("test_a_groups_way.py", "test_a_shops_way.py"),
)


def order_of(kind: str | None, file: Path) -> tuple[int, int]:
    """Where a file that needs these rows stands among the others."""
    if kind:
        return KINDS.index(kind), 0
    if file.parent.name != "browser":
        return len(KINDS), 0
    name = file.name
    is_long = name in LONGEST_FIRST
    return len(KINDS) + 1, LONGEST_FIRST.index(name) if is_long else len(LONGEST_FIRST)
