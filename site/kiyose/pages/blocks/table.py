"""A table in the body of a page: Wagtail's typed table, with keys for its rows and columns.

Wagtail has two. ``table_block`` brings a spreadsheet of another maker, an old release that
Wagtail ships; keyboards and screen readers are lost in its canvas of cells, and a cell knows
nothing of its kind. ``typed_table_block`` is made of Wagtail's own form fields, needs no
other script, and each column has a kind. Ours are: the name of the row (a ``<th>``), words,
and figures.

What a translator gets is the caption, the headings of the columns and every cell that has a
letter in it; figures are the same in every language. Each is found by keys, not by its place:
``caption``, ``heading.<column>``, ``<row>.<column>``. So a row more, or one moved, leaves every
other cell with its translation. The keys are made in the editor (``table_keys.js``), and by
place where a table was made without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockAdapter,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue

KEY = re.compile(r"[a-z][a-z0-9]{0,15}")
# The format of the template of a table's translation.
TEMPLATE = "table"
# From so many columns on, a telephone may have to scroll.
WIDE = 3


def has_words(text: str) -> bool:
    """Whether there is anything to translate: ``36%`` and ``○`` say the same to everybody."""
    return any(character.isalpha() for character in text)


class FiguresBlock(blocks.CharBlock):
    """A cell of figures as they are to be read: 500,000 or −28.6%. Words go elsewhere, where
    they are translated."""

    def clean(self, value):
        value = super().clean(value)
        if has_words(value):
            raise ValidationError(
                _("Only figures and signs stand here. Write words in a column of words.")
            )
        return value


class Table(TypedTable):
    """A typed table whose columns and rows have a ``key`` each."""

    template = "pages/blocks/table.html"

    @property
    def is_wide(self) -> bool:
        return len(self.columns) >= WIDE

    def is_empty(self) -> bool:
        return not self.columns or not self.row_data

    def cells(self) -> Iterator[tuple[str, dict, dict, int]]:
        """Every cell: path, column, row, and place in the row."""
        for row in self.row_data:
            for place, column in enumerate(self.columns):
                yield f"{row['key']}.{column['key']}", column, row, place


def with_keys(items: list[dict], keys: list[str | None], letter: str) -> list[dict]:
    """The columns or rows, each with a valid key that no other has: its own, else one that
    stands for its place."""
    used: set[str] = set()
    keyed = []
    for place, (item, key) in enumerate(zip(items, keys, strict=True)):
        if not key or not KEY.fullmatch(key) or key in used:
            number = place
            while (key := f"{letter}{number}") in used or key in keys:
                number += len(items)
        used.add(key)
        keyed.append({**item, "key": key})
    return keyed


def keyed(table: TypedTable, column_keys: list, row_keys: list) -> Table:
    return Table(
        columns=with_keys(table.columns, column_keys, "c"),
        row_data=with_keys(table.row_data, row_keys, "r"),
        caption=table.caption,
    )


class TableBlock(TypedTableBlock):
    row_name = blocks.CharBlock(label=_("Name of the row"), required=False, max_length=100)
    words = blocks.TextBlock(
        label=pgettext_lazy("column of a table", "Words"), required=False, rows=1
    )
    figures = FiguresBlock(
        label=pgettext_lazy("column of a table", "Figures"), required=False, max_length=100
    )

    class Meta:
        icon = "table"
        template = "pages/blocks/table.html"

    # How a table is kept and read

    def to_python(self, value):
        given = value or {"columns": [], "rows": []}
        return keyed(
            super().to_python(value),
            [column.get("key") for column in given["columns"]],
            [row.get("key") for row in given["rows"]],
        )

    def normalize(self, value):
        if isinstance(value, Table):
            return value
        if isinstance(value, TypedTable):
            return keyed(value, [None] * len(value.columns), [None] * len(value.row_data))
        return self.to_python(value)

    def get_prep_value(self, table):
        return self._with_keys_of(table, super().get_prep_value(table))

    def get_form_state(self, table):
        return self._with_keys_of(table, super().get_form_state(table))

    def _with_keys_of(self, table: Table, plain: dict) -> dict:
        for column, made in zip(table.columns, plain["columns"], strict=True):
            made["key"] = column["key"]
        for row, made in zip(table.row_data, plain["rows"], strict=True):
            made["key"] = row["key"]
        return plain

    def value_from_datadict(self, data, files, prefix):
        return keyed(
            super().value_from_datadict(data, files, prefix),
            _posted_keys(data, f"{prefix}-column"),
            _posted_keys(data, f"{prefix}-row"),
        )

    def clean(self, table):
        cleaned = super().clean(table)
        problems = [] if self.is_deferred_validation else list(self.problems(table))
        if problems:
            raise TypedTableBlockValidationError(non_block_errors=problems)
        return keyed(
            cleaned,
            [column["key"] for column in table.columns],
            [row["key"] for row in table.row_data],
        )

    def problems(self, table: Table) -> Iterator[str]:
        """What a table must have before it goes public, so that it can be heard as well as
        seen (WCAG 2.2, 1.3.1)."""
        if table.is_empty():
            yield _("A table needs columns and rows.")
        if not (table.caption or "").strip():
            yield _("Say in the caption what the table shows.")
        if not all((column["heading"] or "").strip() for column in table.columns):
            yield _("Give every column of the table a heading.")

    # How it is translated

    def get_translatable_segments(self, table: Table) -> Iterator:
        # Figures, and the order of rows: another one makes a translation out of date, too.
        yield TemplateSegmentValue("", TEMPLATE, self._template_of(table), 0)
        if table.caption:
            yield StringSegmentValue("caption", table.caption)
        for column in table.columns:
            if has_words(column["heading"] or ""):
                yield StringSegmentValue(f"heading.{column['key']}", column["heading"])
        for path, _column, row, place in table.cells():
            if has_words(row["values"][place] or ""):
                yield StringSegmentValue(path, row["values"][place])

    def _template_of(self, table: Table) -> str:
        """Line by line what nobody translates; a word is three dots. For people to compare."""

        def shown(text: str | None) -> str:
            return "…" if has_words(text or "") else (text or "")

        lines = [[shown(column["heading"]) for column in table.columns]]
        lines += [[shown(text) for text in row["values"]] for row in table.row_data]
        return "\n".join(" | ".join(line) for line in lines)

    def restore_translated_segments(self, table: Table, segments: list) -> Table:
        words = {
            segment.path: segment.render_text()
            for segment in segments
            if isinstance(segment, StringSegmentValue)
        }
        table.caption = words.get("caption", table.caption)
        for column in table.columns:
            column["heading"] = words.get(f"heading.{column['key']}", column["heading"])
        for path, _column, row, place in table.cells():
            row["values"][place] = words.get(path, row["values"][place])
        return table


def _posted_keys(data, prefix: str) -> list[str | None]:
    """The keys of the columns or rows that are left, in their order."""
    left = [
        (int(data[f"{prefix}-{number}-order"]), number)
        for number in range(int(data[f"{prefix}-count"]))
        if not data[f"{prefix}-{number}-deleted"]
    ]
    return [data.get(f"{prefix}-{number}-key") for _order, number in sorted(left)]


class TableBlockAdapter(TypedTableBlockAdapter):
    js_constructor = "kiyose.pages.blocks.table.TableBlock"

    @cached_property
    def media(self):
        wagtails = super().media
        # In one list, or the order is anybody's: ours extends Wagtail's.
        scripts = [*wagtails._js, versioned_static("pages/table_keys.js")]
        return forms.Media(js=scripts, css=wagtails._css)


register(TableBlockAdapter(), TableBlock)
