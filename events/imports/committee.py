"""The committee's Excel sheet: given out by the site, filled in, and drafted below one edition."""

from __future__ import annotations

import io

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.languages import source_language

from ..models import EventField, FestivalPage, Venue
from .columns import COMMITTEE, table_columns
from .event_import import EventImport
from .words import APPLICATIONS

WITHOUT_DAYS = 0  # the fiscal year of an edition that has none yet
HEADING = PatternFill("solid", fgColor="DDEEDD")
WIDE = ("title", "summary", "description", "how_to_apply", "apply_in_english", "remarks")
# Of these a cell offers what there is; other words may be typed, which stay in words.
SHEET, EXPLANATION, LISTS = "プログラム", "書き方", "一覧"


class CommitteeImport(EventImport):
    """The programme of an edition, by its committee."""

    name = "programme"
    title = gettext_lazy("Import the programme of a festival")
    explanation = gettext_lazy(
        "Each line of the sheet is one event and becomes a draft below the edition that you"
        " choose. A number that was imported for this edition before means the same event; its"
        " draft is changed. An empty cell leaves what is there. Nothing is published, and nothing"
        " is saved before you have seen what would happen."
    )
    columns = table_columns(COMMITTEE)
    other_columns = ()

    @classmethod
    def places(cls, user):
        editions = FestivalPage.objects.filter(locale__language_code=source_language())
        return [
            page
            for page in editions.order_by("-last_day", "-pk")
            if page.permissions_for_user(user).can_add_subpage()
        ]

    @classmethod
    def option_fields(cls, user):
        return {
            "edition": forms.ChoiceField(
                label=gettext_lazy("Edition"),
                choices=[(str(page.pk), page.title) for page in cls.places(user)],
            )
        }

    def find_parent(self):
        for page in self.places(self.user):
            if str(page.pk) == self.options["edition"]:
                return page
        raise PermissionDenied

    def settle_fiscal_year(self, rows):
        """That of the edition: its numbers are its own."""

    @property
    def source(self):
        return f"edition-{self.parent.pk}"

    @property
    def fiscal_year(self):
        first = self.parent.first_day
        return fiscal_year_of(first) if first else WITHOUT_DAYS

    def may_mean(self, page):
        """Events of other editions are none of the committee's."""
        return page.is_descendant_of(self.parent)


def workbook() -> bytes:
    """The sheet to fill in: what may be chosen is offered, and a second sheet explains it all."""
    with translation.override(source_language()):
        book = Workbook()
        sheet = book.active
        sheet.title = SHEET
        columns = table_columns(COMMITTEE)
        offered = _offered()
        lists = _write_lists(book, offered)
        for place, column in enumerate(columns, 1):
            cell = sheet.cell(1, place, column.ja)
            _head(cell)
            letter = get_column_letter(place)
            sheet.column_dimensions[letter].width = 40 if column.field in WIDE else 16
            if column.field in lists:
                # A venue that is not in the list may be typed; it stays in words.
                choice = DataValidation(
                    type="list",
                    formula1=lists[column.field],
                    allow_blank=True,
                    showErrorMessage=column.field == "application",
                )
                choice.error = _("Choose one of the list.")
                sheet.add_data_validation(choice)
                choice.add(f"{letter}2:{letter}{CommitteeImport.max_lines + 1}")
        sheet.freeze_panes = "C2"
        _explain(book.create_sheet(EXPLANATION, 1), columns, offered)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def _offered() -> dict[str, list[str]]:
    """The values that a cell offers, by the key of its column."""
    source = {"locale__language_code": source_language()}
    return {
        "place_name": [venue.name for venue in Venue.objects.filter(**source)],
        "field": [field.name for field in EventField.objects.filter(**source)],
        "application": list(APPLICATIONS.values()),
    }


def _write_lists(book: Workbook, offered: dict[str, list[str]]) -> dict[str, str]:
    """The ranges of the values on a sheet of their own: a list within a rule holds 255
    characters only."""
    sheet = book.create_sheet(LISTS)
    ranges = {}
    for place, (key, values) in enumerate(offered.items(), 1):
        letter = get_column_letter(place)
        for line, value in enumerate(values, 1):
            # As text: a name that begins with = is a name.
            sheet.cell(line, place, value).data_type = "s"
        if values:
            ranges[key] = f"'{LISTS}'!${letter}$1:${letter}${len(values)}"
    return ranges


def _explain(sheet, columns, offered: dict[str, list[str]]) -> None:
    titles = (_("column"), _("required"), _("what to write"), _("example"), _("to choose from"))
    for place, (title, width) in enumerate(zip(titles, (20, 10, 60, 24, 60), strict=True), 1):
        _head(sheet.cell(1, place, title))
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, column in enumerate(columns, 2):
        required = _("required") if column.required else ""
        values = "、".join(offered.get(column.field, ()))
        cells = (column.ja, required, str(column.about), column.example, values)
        for place, text in enumerate(cells, 1):
            cell = sheet.cell(line, place, text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def _head(cell) -> None:
    cell.font = Font(bold=True)
    cell.fill = HEADING
    cell.alignment = Alignment(wrap_text=True, vertical="top")
