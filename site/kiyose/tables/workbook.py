"""Lines of an Excel file: each cell as a person sees it, in text.

A spreadsheet knows more than it shows, and sometimes less: 75% is kept as 0.75, 2019年8月 as
the first of August, 0012 as 12. What people saw when they checked their table is what counts.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange

from .delimited import formula, no_table
from .lines import Line
from .problems import Problem, TableError

ZIP = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
# 5,000 lines unpack to some 3 MB; a bomb unpacks to gigabytes.
MAX_UNPACKED = 40 * 1024 * 1024
MERGED_UNTIL = 20_000  # a merged cell may reach down to line 1,048,576
LAST_ROW = 1_048_576  # Excel's own
# A few kilobytes can say that a sheet has billions of cells, or of merged ones.
MAX_CELLS = 5_000_000
MAX_MERGED = 500_000  # lines of merged cells, each counted by itself
PRECISION = ".15g"  # that of Excel: 28.6 is kept as 28.600000000000001
MERGED = re.compile(rb'mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
# Of a number format: what stands in quotation marks, in brackets, or behind a backslash.
LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def is_workbook(data: bytes) -> bool:
    return data.startswith(ZIP)


def workbook_lines(data: bytes, notes: list[str]) -> Iterator[Line]:
    """notes: gets a sentence on what else the file holds."""
    _check(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        # What a file says of its own size is often wrong.
        sheet.reset_dimensions()
        merged = _merged(sheet)
        if len(book.worksheets) > 1:
            message = _("Only the first sheet, “%(sheet)s”, was read.")
            notes.append(message % {"sheet": sheet.title})
        cells_in_all = 0
        for number, cells in enumerate(sheet.iter_rows(), 1):
            cells_in_all += len(cells)
            # openpyxl makes up an empty row for each number that is missing, up to any number.
            if number > LAST_ROW or cells_in_all > MAX_CELLS:
                raise _too_large()
            yield _line(number, cells, merged.get(number, []))
    except TableError:
        raise
    except Exception as error:  # a damaged file raises whatever openpyxl stumbles over
        raise TableError([Problem(no_table())]) from error


def _check(data: bytes) -> None:
    """Whether the file is what it seems to be, before anything in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise TableError([Problem(no_table())]) from None
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        message = _("The file holds macros. Save it as an Excel file without macros (.xlsx).")
        raise TableError([Problem(message)])
    if WORKBOOK not in names:
        raise TableError([Problem(no_table())])
    # A part that unpacks to more than it says here is an error to Python's zipfile.
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large()


def _too_large() -> TableError:
    message = _("Unpacked, the file is too large. Copy the table alone into a new file.")
    return TableError([Problem(message)])


def _merged(sheet) -> dict[int, list[CellRange]]:
    """The merged cells by line. openpyxl does not say where they are in a sheet that it
    reads line by line."""
    with sheet._get_source() as source:
        found = MERGED.finditer(source.read())
    by_line: dict[int, list[CellRange]] = {}
    lines_in_all = 0
    for each in found:
        cells = CellRange(each[1].decode())
        lines = range(cells.min_row, min(cells.max_row, MERGED_UNTIL) + 1)
        lines_in_all += max(len(lines), 1)
        if lines_in_all > MAX_MERGED:
            raise _too_large()
        for number in lines:
            by_line.setdefault(number, []).append(cells)
    return by_line


def _line(number: int, cells: tuple, merged: list[CellRange]) -> Line:
    texts = [shown(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    filled = sum(1 for text in texts if text)
    within = [cells for cells in merged if cells.min_row == cells.max_row]
    if filled == 1 and within and within == merged:
        return Line(number, texts, is_heading=True)
    faults = {
        place: fault for place, cell in enumerate(cells) if (fault := _fault(cell)) is not None
    }
    for together in merged:
        message = _("This cell is merged with others. Separate them, and fill in each one.")
        faults |= dict.fromkeys(range(together.min_col - 1, together.max_col), message)
    return Line(number, texts, faults)


def _fault(cell) -> str | None:
    if cell.data_type == "f":
        return formula()
    if cell.data_type == "e":
        return _("This cell holds an error of the spreadsheet.")
    return None


def shown(cell) -> str:
    """The cell as a person sees it, but for digits that were rounded away."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return _date(value, LITERAL.sub("", cell.number_format).lower())
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, LITERAL.sub("", cell.number_format))
    return str(value).strip()


def _date(value: datetime.datetime, number_format: str) -> str:
    if value.time() != datetime.time():
        return str(value)
    # A month that was typed is kept as its first day.
    return f"{value:%Y-%m-%d}" if "d" in number_format else f"{value:%Y-%m}"


def _number(value: float, number_format: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, PRECISION))
    if "%" in number_format:
        return f"{(number * 100).normalize():f}%"
    if set(number_format) == {"0"}:
        return f"{number:0{len(number_format)}f}"
    return f"{number:f}"
