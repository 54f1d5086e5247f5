"""The spreadsheet that goes out: 日本語 and the translation, one row for each sentence.

Made for people who will never use PO. Two columns are visible; a third, hidden one tells which
sentence a row is (``keys``). Every cell says itself that it is text, so that nothing in it is
ever calculated. Only the cells of the translation are unlocked (there is no password).
"""

from __future__ import annotations

import io
from collections.abc import Callable

from django.utils import timezone, translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet
from wagtail.models import Locale

from kiyose.tables.spreadsheets import BEGINS_A_FORMULA
from kiyose.translation.currency import changes

from .batches import Member
from .keys import REMARK, key_of
from .marks import Marks
from .sentences import Sentence, sentences_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JAPANESE = "日本語"
PAGE_SIGN = "■"
MADE_ON = "作成日："
MAX_CELL = 32_767  # characters, Excel's own limit
WIDTH = 62

HEADER = PatternFill("solid", fgColor="1F4E3D")
PAGE = PatternFill("solid", fgColor="DCE9E1")
REMARKS = PatternFill("solid", fgColor="F3F3F3")
LEGEND = {  # what a cell of the translation wants; by colour, and said in its comment
    "missing": PatternFill("solid", fgColor="FFF3C4"),
    "changed": PatternFill("solid", fgColor="FFD9B8"),
    "machine": PatternFill("solid", fgColor="E4DDF5"),
}
LINE = Border(bottom=Side("thin", color="BBBBBB"))


def workbook_of(
    members: list[Member],
    locale: Locale,
    address: Callable[[object], str],
    *,
    only_open: bool = False,
) -> bytes:
    """The file. address: of a page, to be read beside it; only_open: leave out the sentences
    that have a translation. The number of queries grows with pages that are out of date only.
    """
    sheet = _sheet(locale)
    sentences = sentences_of(member.record for member in members)
    for member in members:
        told = _told(member)
        rows = [
            sentence
            for sentence in sentences[member.record.pk]
            if not only_open or sentence.is_to_do
        ]
        if rows:
            _page_row(sheet, member, address)
        for sentence in rows:
            _sentence_row(sheet, sentence, told.get((sentence.path, sentence.source)))
    file = io.BytesIO()
    sheet.parent.save(file)
    return file.getvalue()


def header_of(locale: Locale) -> str:
    """What the column of the translation is called, in that language and in Japanese."""
    own = locale.get_display_name()
    info = get_language_info(locale.language_code)
    if info["code"] != locale.language_code:  # a variety of ours, such as easy Japanese
        return own
    with translation.override("ja"):
        in_japanese = translation.gettext(info["name"])
    return own if own == in_japanese else f"{own}（{in_japanese}）"


def instructions() -> list[str]:
    """How to fill it in, in the active language."""
    return [
        _("Write the translation into this column, beside the Japanese sentence."),
        _(
            "Marks such as [1] and [/1] enclose a link or emphasised words. Put them around the "
            "same words of your translation; each must be there once. A new line stays a new line."
        ),
        _("Words in braces such as {name} stay as they are."),
        _(
            "Yellow: not translated yet. Orange: the Japanese has changed; the comment of the "
            "cell says what it was. Violet: a machine's draft, please check it."
        ),
        _(
            "What you leave empty stays as it is on the site. Save the file as .xlsx and send it "
            "back; it is looked at before it counts."
        ),
        _(
            "The sheet is protected, so that the Japanese is not changed by mistake. To sort rows "
            "or to leave rows out, take the protection off; there is no password."
        ),
    ]


def _sheet(locale: Locale) -> Worksheet:
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = ""
    book.properties.title = f"{JAPANESE} → {header_of(locale)}"
    sheet = book.active
    sheet.title = locale.language_code
    is_rtl = get_language_info(locale.language_code)["bidi"]
    sheet.sheet_view.rightToLeft = is_rtl
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = WIDTH
    sheet.column_dimensions["C"].hidden = True
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)

    _row(
        sheet,
        JAPANESE,
        header_of(locale),
        REMARK,
        fill=HEADER,
        font=Font(bold=True, color="FFFFFF"),
    )
    with translation.override("ja"):
        left = instructions()
    with translation.override(locale.language_code):
        right = instructions()
    left.append(f"{MADE_ON}{timezone.localdate():%Y-%m-%d}")
    right.append(f"{timezone.localdate():%Y-%m-%d}")
    for ours, theirs in zip(left, right, strict=True):
        _row(sheet, ours, theirs, REMARK, fill=REMARKS, font=Font(italic=True, color="333333"))
    return sheet


def _told(member: Member) -> dict[tuple[str, str], str]:
    """What to say about a sentence that has changed since the translation was published."""
    status = member.record.status
    if not status.is_outdated:
        return {}
    told = {}
    for change in changes(member.record):
        if change.new_source and change.old_source:
            old = Marks(change.old_source)
            said = _("It was: %(text)s") % {"text": old.source_text}
            if change.old_translation:
                translated = old.text(change.old_translation)
                said += "\n" + _("Its translation: %(text)s") % {"text": translated}
            told[change.path, change.new_source] = said
    return told


def heading_of(member: Member) -> str:
    """What stands above the sentences of a page."""
    return f"{PAGE_SIGN} {member.title}"


def _page_row(sheet: Worksheet, member: Member, address: Callable[[object], str]) -> None:
    url = address(member.source) if member.is_page and member.source is not None else ""
    cells = _row(
        sheet,
        heading_of(member),
        url or member.kind,
        REMARK,
        fill=PAGE,
        font=Font(bold=True),
    )
    if url:
        cells[1].hyperlink = url
        cells[1].font = Font(color="0B4F9E", underline="single")


def _sentence_row(sheet: Worksheet, sentence: Sentence, told: str | None) -> None:
    source, text = sentence.source_text, sentence.text
    if len(source) > MAX_CELL or len(text) > MAX_CELL:
        too_long = _("This text is too long for a cell. Translate it in the editor.")
        # The column of the translation stays empty: what stands there comes back as one.
        _row(sheet, f"{too_long}\n{source[:100]}…", "", REMARK, fill=REMARKS)
        return
    cells = _row(sheet, source, text, str(key_of(sentence)))
    cells[1].protection = Protection(locked=False)
    if not sentence.is_translated:
        wants, said = ("changed", told) if told else ("missing", "")
    elif sentence.is_machines:
        wants, said = "machine", _("A machine has made this. Please check it.")
    else:
        return
    cells[1].fill = LEGEND[wants]
    if said:
        cells[1].comment = Comment(_clean(said), "", height=160, width=420)


def _row(
    sheet: Worksheet,
    japanese: str,
    translated: str,
    key: str,
    fill: PatternFill | None = None,
    font: Font | None = None,
) -> list[Cell]:
    is_rtl = bool(sheet.sheet_view.rightToLeft)
    sheet.append([None])
    number = sheet.max_row
    cells = [
        _text(sheet.cell(number, column), text)
        for column, text in enumerate((japanese, translated, key), 1)
    ]
    for cell, is_theirs in zip(cells, (False, True, False), strict=True):
        # 1: left to right, 2: right to left
        order = 2 if is_rtl and is_theirs else 1
        cell.alignment = Alignment(
            wrap_text=True,
            vertical="top",
            horizontal="right" if order == 2 else "left",
            readingOrder=order,
        )
        cell.border = LINE
        if fill:
            cell.fill = fill
        if font:
            cell.font = font
    return cells


def _text(cell: Cell, text: str) -> Cell:
    """A cell that is text and stays text when somebody types into it, whatever it begins with."""
    cell.value = _clean(text) or None
    if text:
        cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(BEGINS_A_FORMULA)
    return cell


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)
