"""What a room gives to open data: a dataset, its columns explained, and where they come from.

A room registers each of its datasets with Wagtail's hook mechanism::

    @hooks.register("open_data")
    def indicators():
        return INDICATORS

The JSON file has a dataset's records as they are; the CSV file has the rows that are made
of each record. So the two can never disagree.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks

from kiyose.pages.languages import language_tags

Record = dict[str, Any]


class Kind(models.TextChoices):
    """What the cells of a column are."""

    TEXT = "text", pgettext_lazy("kind of column", "text")
    CODE = "code", pgettext_lazy("kind of column", "code")
    CODES = "codes", _("codes with spaces between them")
    ADDRESS = "address", pgettext_lazy("kind of column", "web address")
    NUMBER = "number", pgettext_lazy("kind of column", "number")
    YES_NO = "yes-no", _("true or false")
    DATE = "date", _("date, as in 2026-03-31")
    TIME = "time", _("time, as in 13:30")


@dataclass(frozen=True)
class Column:
    """A column of the CSV file.

    holds: what it says, for people; in_languages: whether it is words, of which there is
    a column for each language of the site (``title_ja``, ``title_en``); language: of the name,
    where it is a word that others have laid down (``開始日``).
    """

    name: str
    holds: str
    kind: Kind = Kind.TEXT
    in_languages: bool = False
    language: str = ""

    @property
    def names(self) -> list[str]:
        """What stands in the first line of the file."""
        if not self.in_languages:
            return [self.name]
        return [f"{self.name}_{language}" for language in language_tags()]

    def cells(self, row: Record) -> list:
        """The cells of one row; words that are not translated are None."""
        value = row.get(self.name)
        if not self.in_languages:
            return [value]
        return [(value or {}).get(language) for language in language_tags()]


class Extent(NamedTuple):
    """How many rows the CSV file has, and when one last became public or was withdrawn."""

    rows: int
    updated: datetime.datetime | None


@dataclass(frozen=True)
class Dataset:
    """One table of open data.

    name: of its files, for ever; records: what is public today, one nested dict for each
    thing, in a fixed number of queries; rows: the lines of the CSV file that a record makes,
    with the columns' names as keys; extent: the size of it all without loading it.

    In records and rows words are dicts by language, numbers are numbers and dates are dates;
    how they are written is the affair of the format.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    records: Callable[[HttpRequest], list[Record]]
    rows: Callable[[Record], Iterable[Record]]
    extent: Callable[[], Extent]


def datasets() -> dict[str, Dataset]:
    """Every registered dataset by its name."""
    found = [hook() for hook in hooks.get_hooks("open_data")]
    return {dataset.name: dataset for dataset in found}
