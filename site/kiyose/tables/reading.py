"""A table out of a file: CSV or XLSX, as text by line and column.

Nothing is guessed that could be wrong: a line with too many or too few cells, a formula
or a merged cell is a problem with its place, never a value. What is left out (blank lines,
headings, further sheets) is noted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .columns import Column, best_set, is_header, match_header, unknown_columns
from .delimited import delimited_lines
from .lines import Line
from .problems import Problem, TableError, listed
from .workbook import is_workbook, workbook_lines

MAX_BYTES = 5 * 1024 * 1024
MAX_LINES = 5_000
HEADER_WITHIN = 10  # a title may stand above the header
SHOWN = 100  # characters of a cell, beside its problem
NAMED = 20  # lines that a note names one by one


@dataclass(frozen=True)
class Row:
    """A line to be imported: text by the field of its column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """notes: what was left out, in sentences; columns: the set that the header names."""

    rows: list[Row]
    notes: list[str]
    columns: Sequence[Column] = ()


def read(
    data: bytes,
    columns: Sequence[Column],
    max_lines: int = MAX_LINES,
    others: Sequence[Sequence[Column]] = (),
    takes_unknown: bool = False,
) -> Table:
    """The table in the file, or TableError with everything that is wrong with its form.

    others: sets of columns that the file may have instead; takes_unknown: columns that are in
    no set are left out and said, instead of refused.
    """
    if len(data) > MAX_BYTES:
        raise TableError([Problem(too_large())])
    notes: list[str] = []
    is_book = is_workbook(data)
    lines = iter(workbook_lines(data, notes) if is_book else delimited_lines(data))
    header, columns = _header(lines, (columns, *others), notes)
    names = _without_empty_end(header.cells)
    places = match_header(header.number, names, columns, takes_unknown)
    unknown = {place for place, name in enumerate(names) if name and places[place] is None}
    if unknown:
        notes.append(_note_of_unknown(unknown_columns(names, columns)))
    rows, problems, skipped = [], [], []
    for line in lines:
        if line.is_blank or line.is_heading:
            skipped.append(line.number)
        elif len(rows) == max_lines:
            raise TableError([Problem(too_many(max_lines), line.number)])
        else:
            if is_book:  # whose lines end with their last cell that is not empty
                line.cells += [""] * (len(places) - len(line.cells))
            problems += _problems_of(line, places, unknown)
            rows.append(Row(line.number, _cells_by_field(line, places)))
    if problems:
        raise TableError(problems)
    if not rows:
        message = _("Below the header there is no line to import.")
        raise TableError([Problem(message, header.number)])
    return Table(rows, [*notes, *_note_of(skipped)], columns)


def too_large() -> str:
    message = _("The file is larger than %(size)s MB. Divide it into several files.")
    return message % {"size": MAX_BYTES // 1024**2}


def too_many(max_lines: int) -> str:
    message = _(
        "The file has more than %(count)s lines. Nothing was read; divide it into several files."
    )
    return message % {"count": f"{max_lines:,}"}


def _header(
    lines: Iterator[Line], sets: Sequence[Sequence[Column]], notes: list[str]
) -> tuple[Line, Sequence[Column]]:
    """The header line, and of the sets the columns that it names."""
    above = []
    for line in lines:
        if not line.is_blank:
            above.append(line)
        if _is_header(line, sets) or len(above) == HEADER_WITHIN:
            break
    if not above:
        raise TableError([Problem(_("The file is empty."))])
    # Where nothing looks like a header, the first line is the one to complain about.
    header = above[-1] if _is_header(above[-1], sets) else above[0]
    notes += _note_of([line.number for line in above if line.number < header.number])
    return header, best_set(header.cells, sets)


def _is_header(line: Line, sets: Sequence[Sequence[Column]]) -> bool:
    return any(is_header(line.cells, columns) for columns in sets)


def _problems_of(line: Line, places: list[Column | None], unknown: set[int]) -> Iterator[Problem]:
    cells = _without_empty_end(line.cells)
    if len(cells) > len(places) or len(line.cells) < len(places):
        found = max(len(cells), min(len(line.cells), len(places)))
        message = ngettext(
            "The line has %(found)d cell, the header %(expected)d. Count the commas.",
            "The line has %(found)d cells, the header %(expected)d. Count the commas.",
            found,
        ) % {"found": found, "expected": len(places)}
        yield Problem(message, line.number, typed=", ".join(cells)[:SHOWN])
    for place, column in enumerate(places):
        if place in unknown:
            continue
        typed = line.cells[place][:SHOWN] if place < len(line.cells) else ""
        if place in line.faults:
            yield Problem(line.faults[place], line.number, column.name if column else "", typed)
        elif column is None and typed:
            message = _("The column of this cell has no name in the header.")
            yield Problem(message, line.number, typed=typed)


def _cells_by_field(line: Line, places: list[Column | None]) -> dict[str, str]:
    return {column.field: cell for column, cell in zip(places, line.cells, strict=False) if column}


def _without_empty_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _note_of_unknown(names: list[str]) -> str:
    message = _("These columns are not known here and were left out: %(columns)s.")
    return message % {"columns": listed(name[:SHOWN] for name in names[:NAMED])}


def _note_of(skipped: list[int]) -> list[str]:
    if not skipped:
        return []
    named = listed(str(number) for number in skipped[:NAMED])
    message = ngettext(
        "Line %(lines)s is blank or a heading and was left out.",
        "%(count)d lines are blank or headings and were left out: %(lines)s.",
        len(skipped),
    )
    more = "…" if len(skipped) > NAMED else ""
    return [message % {"count": len(skipped), "lines": named + more}]
