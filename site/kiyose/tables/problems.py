"""What is wrong with a table, said by line and column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import pgettext


@dataclass(frozen=True)
class Problem:
    """line: as the spreadsheet counts, None for the whole file; column: its name;
    typed: what stands in the cell."""

    message: str
    line: int | None = None
    column: str = ""
    typed: str = ""


class TableError(Exception):
    """A table that cannot be imported, with every reason that was found."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


def listed(words: Iterable[str]) -> str:
    """The words in one line, separated as the language does it."""
    return pgettext("between the words of a list", ", ").join(words)
