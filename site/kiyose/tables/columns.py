"""The columns that a table is expected to have, and which of them a header line names."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiyose.japanese.dates import is_japanese

from .problems import Problem, TableError, listed


@dataclass(frozen=True)
class Column:
    """field: of the form that checks a line; ja, en: how the header may call it; about:
    what to write into it; example: for the template; required: whether the file must
    have it. What a file has no column for stays as it is."""

    field: str
    ja: str
    en: str
    about: str | Promise
    example: str = ""
    required: bool = False

    @property
    def name(self) -> str:
        """What it is called in the language of the admin."""
        return self.ja if is_japanese(get_language() or "") else self.en


def folded(text: str) -> str:
    """A name without what people type in different ways: width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def names_of(columns: Sequence[Column]) -> dict[str, Column]:
    """The columns by every name that they have, folded."""
    return {folded(name): column for column in columns for name in (column.ja, column.en)}


def is_header(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether the line names columns: two at least, so that a heading is none."""
    names = names_of(columns)
    return sum(folded(cell) in names for cell in cells) > 1


def best_set(cells: Sequence[str], sets: Sequence[Sequence[Column]]) -> Sequence[Column]:
    """Of several sets of columns the one of which the line names most."""

    def named(columns: Sequence[Column]) -> int:
        names = names_of(columns)
        return len({folded(cell) for cell in cells} & names.keys())

    return max(sets, key=named)


def unknown_columns(cells: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """What the header line calls columns that are none of these."""
    names = names_of(columns)
    return [cell for cell in cells if cell and folded(cell) not in names]


def match_header(
    line: int, cells: Sequence[str], columns: Sequence[Column], takes_unknown: bool = False
) -> list[Column | None]:
    """The column at each place of the header line; None for a place without a name.

    takes_unknown: columns that are not known are left out instead of refused. Raises TableError
    that names every column that is missing, unknown or there twice.
    """
    names = names_of(columns)
    found = [names.get(folded(cell)) for cell in cells]
    problems = []
    for place, (cell, column) in enumerate(zip(cells, found, strict=True)):
        if column is None and cell and not takes_unknown:
            message = _("This column is not known here. Take it out, or correct its name.")
            problems.append(Problem(message, line, cell, cell))
        elif column is not None and column in found[:place]:
            problems.append(Problem(_("This column is there twice."), line, column.name, cell))
    for column in columns:
        if column.required and column not in found:
            problems.append(Problem(_("This column is missing."), line, column.name))
    if problems:
        expected = listed(column.name for column in columns)
        message = _("These columns are expected: %(columns)s.") % {"columns": expected}
        raise TableError([*problems, Problem(message, line)])
    return found
