"""Tables that leave the site: they open right in a spreadsheet and calculate nothing there."""

from __future__ import annotations

from wagtail.admin.views.reports import ReportView

# By it Excel knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"

# A spreadsheet takes a text that begins so for a formula. Where people type Japanese it
# does the same with the full-width signs.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A text that no spreadsheet calculates; numbers are not texts and stay as they are."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def as_meant(text: str) -> str:
    """The inverse: a text of ours that comes back in a file."""
    return text[1:] if text.startswith("'") and text[1:].startswith(BEGINS_A_FORMULA) else text


class HarmlessSpreadsheets:
    """Makes the CSV of Wagtail's lists and reports as careful as their XLSX, where each cell
    says itself that it is text."""

    def preprocess_field_value(self, field, value, export_format):
        prepared = super().preprocess_field_value(field, value, export_format)
        is_text = isinstance(prepared, str) and export_format == self.FORMAT_CSV
        return harmless(prepared) if is_text else prepared

    def stream_csv(self, queryset):
        yield BYTE_ORDER_MARK.encode()
        yield from super().stream_csv(queryset)


class SpreadsheetReport(HarmlessSpreadsheets, ReportView):
    """A report of Wagtail's whose CSV is careful."""
