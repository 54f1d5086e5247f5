"""Lines of a CSV file, as Excel and everybody else write them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kiyose.japanese.numbers import parse_number

from .lines import Line
from .problems import Problem, TableError

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENCODINGS = ("utf-8-sig", "cp932")  # the second one is what Excel calls Shift_JIS
# How files begin that people take for a table.
NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")
DELIMITERS = ",\t;"
FORMULA = ("=", "@", "＝", "＠")


def delimited_lines(data: bytes) -> Iterator[Line]:
    text = decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            message = _("From here on the quotation marks do not match.")
            raise TableError([Problem(message, number)]) from None
        faults = {place: formula() for place, cell in enumerate(cells) if is_formula(cell)}
        yield Line(number, cells, faults)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, with or without a mark at its beginning, in Shift_JIS,
    or in what Excel calls Unicode text."""
    if data.startswith(NO_TABLE):
        raise TableError([Problem(no_table())])
    if data.startswith(UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise TableError([Problem(no_table())]) from None
    if b"\0" in data:
        raise TableError([Problem(no_table())])
    furthest = 0
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    message = _("The file is neither in UTF-8 nor in Shift_JIS. Save it as “CSV UTF-8” in Excel.")
    raise TableError([Problem(message, data.count(b"\n", 0, furthest) + 1)])


def no_table() -> str:
    return _("This is no table that can be read here. Save it as CSV or as an Excel file (.xlsx).")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate the cell. +5 is a number."""
    if not cell.startswith("+"):
        return cell.startswith(FORMULA)
    try:
        parse_number(cell)
    except ValueError:
        return True
    return False


def formula() -> str:
    return _("This cell holds a formula. Replace it by its result (copy, then paste values).")


def _delimiter(text: str) -> str:
    """What stands between cells: what the first line with words has most of."""
    first = next((line for line in text.splitlines() if line.strip(f"{DELIMITERS} ")), "")
    return max(DELIMITERS, key=first.count)
