"""Tables from files: what is read, what is left out and said, and what is refused and why."""

from __future__ import annotations

import datetime
import io
import time
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from kiyose.tables.columns import Column
from kiyose.tables.problems import TableError
from kiyose.tables.reading import MAX_BYTES, MAX_LINES, read

COLUMNS = (
    Column("name", "名称", "name", "", required=True),
    Column("value", "値", "value", "", required=True),
    Column("note", "備考", "note", ""),
)
HEADER = "名称,値,備考\n"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def rows_of(data: bytes | str, **more) -> list[tuple]:
    data = data.encode() if isinstance(data, str) else data
    return [(row.line, *row.cells.values()) for row in read(data, COLUMNS, **more).rows]


def problems_of(data: bytes | str, **more) -> list[tuple]:
    """Line, column, what was typed, and the message."""
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(TableError) as error:
        read(data, COLUMNS, **more)
    return [(p.line, p.column, p.typed, p.message) for p in error.value.problems]


def workbook(*rows, change=None) -> bytes:
    """An Excel file with these lines; change: what else to do to its first sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# What is read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_that_excel_writes(encoding):
    text = f"{HEADER}清瀬①,１０,髙い\r\n"
    assert rows_of(text.encode(encoding)) == [(2, "清瀬①", "１０", "髙い")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_ends_of_lines_and_delimiters(delimiter, end):
    text = f"{HEADER}a,1,b\n".replace(",", delimiter).replace("\n", end)
    assert rows_of(text) == [(2, "a", "1", "b")]


def test_header_in_any_order_width_and_language():
    assert rows_of("ｖａｌｕｅ, 名 称 \n1,a\n") == [(2, "1", "a")]


def test_lines_are_counted_as_a_spreadsheet_counts():
    text = f'{HEADER}"two\nlines",1,\n\nb,2,\n'
    table = read(text.encode(), COLUMNS)
    assert [row.line for row in table.rows] == [2, 4]
    assert table.notes == ["Line 3 is blank or a heading and was left out."]


def test_a_title_above_the_header_is_left_out_and_said():
    table = read(f"令和7年度 一覧,,\n,,\n{HEADER}a,1,\n".encode(), COLUMNS)
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(4, "a")]
    assert table.notes == ["Line 1 is blank or a heading and was left out."]


def test_an_excel_file_is_read_as_it_is_seen():
    def formats(sheet):
        for line, form in enumerate(
            ["0%", "0000", 'yyyy"年"m"月"', "yyyy/mm/dd", "General", "General", "0.0"], 2
        ):
            sheet.cell(line, 2).number_format = form

    month = datetime.datetime(2019, 8, 1)
    values = [0.75, 12, month, datetime.date(2020, 3, 31), 2025, 20.0, 28.600000000000001]
    data = workbook(["名称", "値"], *[["a", value] for value in values], change=formats)
    assert [row[2] for row in rows_of(data)] == [
        *("75%", "0012", "2019-08", "2020-03-31", "2025", "20", "28.6")
    ]


def test_a_heading_across_the_table_and_a_second_sheet_are_left_out_and_said():
    def change(sheet):
        sheet.merge_cells("A2:B2")
        sheet.parent.create_sheet("もう一枚")

    table = read(workbook(["名称", "値"], ["企画部"], ["a", 1], change=change), COLUMNS)
    assert [row.line for row in table.rows] == [3]
    assert table.notes == [
        "Only the first sheet, “Sheet”, was read.",
        "Line 2 is blank or a heading and was left out.",
    ]


def test_short_lines_of_an_excel_file_are_whole():
    assert rows_of(workbook(["名称", "値", "備考"], ["a", 1])) == [(2, "a", "1", "")]


@pytest.mark.parametrize("number", ["+5", "-5", "▲5", "＋5"])
def test_signs_are_no_formulas(number):
    assert rows_of(f"{HEADER}a,{number},- 前年\n")[0][2] == number


# What is refused, with line and column


def test_every_wrong_column_is_named_with_those_expected():
    found = problems_of("名称,色,名称\na,b,c\n")
    assert [(line, column) for line, column, *_ in found] == [
        *[(1, "色"), (1, "name"), (1, "value"), (1, "")]
    ]
    assert [
        next(word for word in ("not known", "twice", "missing", "name, value, note") if word in m)
        for *_, m in found
    ] == ["not known", "twice", "missing", "name, value, note"]


@pytest.mark.parametrize(
    ("line", "found"), [("a,1,b,c,d", "5 cells, the header 3"), ("a,1", "2 cells, the header 3")]
)
def test_ragged_lines(line, found):
    assert [(p[0], found in p[3]) for p in problems_of(f"{HEADER}x,1,y\n{line}\n")] == [(3, True)]


def test_empty_cells_at_the_end_are_no_matter():
    assert rows_of(f"{HEADER}a,1,b,,,\n") == [(2, "a", "1", "b")]


def test_a_cell_below_no_header():
    found = problems_of("名称,,値\na,lost,1\n")
    assert [(line, typed) for line, _c, typed, _m in found] == [(2, "lost")]


@pytest.mark.parametrize("cell", ["=1+2", '"=""0012"""', "@SUM(A1)", "+A1", "＝A1"])
def test_formulas_in_csv(cell):
    ((line, column, typed, message),) = problems_of(f"{HEADER}a,{cell},\n")
    assert (line, column) == (2, "value")
    assert typed
    assert "formula" in message


@pytest.mark.parametrize(("value", "word"), [("=1+2", "formula"), ("#N/A", "error")])
def test_formulas_and_errors_in_excel(value, word):
    ((line, column, typed, message),) = problems_of(workbook(["名称", "値"], ["a", value]))
    assert (line, column, typed) == (2, "value", value)
    assert word in message


def test_merged_cells():
    data = workbook(
        ["名称", "値"], ["a", 1], [None, 2], change=lambda sheet: sheet.merge_cells("A2:A3")
    )
    assert [(line, column) for line, column, *_ in problems_of(data)] == [(2, "name"), (3, "name")]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (HEADER.encode(), "no line to import"),
        (b"%PDF-1.7 ...", "no table"),
        (b"\x89PNG\r\n\x1a\n", "no table"),
        (b"\xd0\xcf\x11\xe0 old Excel", "no table"),
        (b"PK\x03\x04 damaged", "no table"),
        (b"a\0b", "no table"),
        (f"{HEADER}a,1,b\n".encode("utf-16") + b"x", "no table"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (f'{HEADER}"a,1,b\n'.encode(), "quotation marks"),
    ],
)
def test_what_is_no_table(data, word):
    assert word in problems_of(data)[0][3]


def test_another_encoding_and_its_line():
    ((line, _column, _typed, message),) = problems_of(HEADER.encode() + b"a,1,\xff\xff\n")
    assert line == 2
    assert "UTF-8" in message


def packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (packed(**{"xl/workbook.xml": "", "xl/vbaProject.bin": ""}), "macros"),
        (packed(**{"word/document.xml": ""}), "no table"),
        (packed(**{"xl/workbook.xml": "<broken"}), "no table"),
        (packed(**{"xl/workbook.xml": " " * 50_000_000}), "Unpacked"),
    ],
)
def test_archives_that_are_no_table(data, word):
    assert len(data) < MAX_BYTES
    assert word in problems_of(data)[0][3]


def with_sheet(change) -> bytes:
    """An Excel file whose sheet is changed as text, to say what no spreadsheet would write."""
    with zipfile.ZipFile(io.BytesIO(workbook(["名称", "値"], ["a", 1]))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    return packed(**parts)


def far_to_the_right(sheet: str) -> str:
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(3, 30_000))
    return sheet.replace("</sheetData>", f"{rows}</sheetData>")


def merged_down_to_the_end(sheet: str) -> str:
    merged = "".join(f'<mergeCell ref="A{n}:B1048576"/>' for n in range(3, 5_000))
    return sheet.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")


def a_row_far_below(sheet: str) -> str:
    return sheet.replace("</sheetData>", '<row r="2000000000"></row></sheetData>')


def table_of(lines: int, kind: str) -> bytes:
    """A good table with so many lines."""
    if kind == "csv":
        return ("名称,値\n" + "a,1\n" * lines).encode()
    return workbook(["名称", "値"], *[["a", 1]] * lines)


def seconds(read_it, data: bytes) -> float:
    begin = time.process_time()
    read_it(data)
    return time.process_time() - begin


def assert_refused_at_once(data: bytes, kind: str) -> None:
    """Compared with the longest table that is accepted. Measured: at most 5 times as long."""
    assert seconds(problems_of, data) < 50 * seconds(rows_of, table_of(MAX_LINES, kind))


@pytest.mark.parametrize("change", [far_to_the_right, merged_down_to_the_end, a_row_far_below])
def test_a_small_file_cannot_say_that_it_has_billions_of_cells(change):
    data = with_sheet(change)
    assert len(data) < 300_000
    ((line, _column, _typed, message),) = problems_of(data)
    assert line is None
    assert "Unpacked" in message
    assert_refused_at_once(data, "xlsx")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_too_many_lines_are_said_at_once(kind):
    data = table_of(2 * MAX_LINES, kind)
    ((line, _column, _typed, message),) = problems_of(data)
    assert line == 5_002
    assert "more than 5,000 lines" in message
    assert_refused_at_once(data, kind)


def test_all_problems_are_found_at_once():
    found = problems_of(f"{HEADER}a,=1,\nb\nc,1,=2\n")
    assert [(line, column) for line, column, *_ in found] == [(2, "value"), (3, ""), (4, "note")]


# Several sets of columns, and columns that nobody knows

OTHERS = (
    Column("name", "イベント名", "event", "", required=True),
    Column("value", "定員", "capacity", ""),
    Column("place", "場所", "place", ""),
)


@pytest.mark.parametrize(
    ("header", "columns", "fields"),
    [
        ("名称,値,備考", COLUMNS, ["name", "value", "note"]),
        ("イベント名,定員,場所", OTHERS, ["name", "value", "place"]),
        ("イベント名,名称,場所,定員,備考", OTHERS, ["name", "place", "value"]),
    ],
)
def test_the_header_says_which_set_of_columns_it_is(header, columns, fields):
    line = ",".join("12345"[: header.count(",") + 1])
    data = f"一覧,,\n{header}\n{line}\n".encode()
    table = read(data, COLUMNS, others=(OTHERS,), takes_unknown=True)
    assert table.columns is columns
    assert list(table.rows[0].cells) == fields


def test_unknown_columns_can_be_left_out_and_are_said():
    data = "名称,色,値,=形\na,=1+1,1,x\n".encode()
    table = read(data, COLUMNS, takes_unknown=True)
    assert [row.cells for row in table.rows] == [{"name": "a", "value": "1"}]
    assert table.notes == ["These columns are not known here and were left out: 色, =形."]


def test_what_stands_below_no_header_is_never_left_out():
    with pytest.raises(TableError) as error:
        read("名称,,値,色\na,lost,1,x\n".encode(), COLUMNS, takes_unknown=True)
    assert [(p.line, p.typed) for p in error.value.problems] == [(2, "lost")]


def test_columns_that_must_be_there_and_columns_twice_are_refused_all_the_same():
    with pytest.raises(TableError) as error:
        read("名称,名称,色\na,b,c\n".encode(), COLUMNS, takes_unknown=True)
    assert [p.column for p in error.value.problems] == ["name", "value", ""]


def test_a_time_in_an_excel_file_is_a_time():
    data = workbook(["名称", "値"], ["a", datetime.time(9, 30)])
    assert rows_of(data) == [(2, "a", "09:30")]
