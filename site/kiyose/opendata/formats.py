"""How a dataset is written: CSV that opens right in a spreadsheet, JSON that is exact."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from kiyose.japanese.dates import local_date
from kiyose.japanese.times import format_clock
from kiyose.pages.addresses import absolute
from kiyose.pages.languages import language_tags
from kiyose.tables.spreadsheets import harmless

from .dataset import Dataset
from .publisher import LICENCE_CODE, LICENCE_URL, publisher_for


@dataclass(frozen=True)
class Format:
    """A kind of file: what it is called and how one is made."""

    name: str
    content_type: str
    is_download: bool  # or a browser can show it
    write: Callable[[Dataset, HttpRequest], bytes]

    @property
    def media_type(self) -> str:
        return self.content_type.split(";")[0]


def exact(number: Decimal) -> str:
    """A decimal without the zeros that the database keeps behind the point."""
    return f"{number.normalize():f}"


# CSV


def write_csv(dataset: Dataset, request: HttpRequest) -> bytes:
    """RFC 4180, with the mark at the beginning by which Excel knows UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(name for column in dataset.columns for name in column.names)
    for record in dataset.records(request):
        for row in dataset.rows(record):
            writer.writerow(
                cell(value) for column in dataset.columns for value in column.cells(row)
            )
    return file.getvalue().encode("utf-8-sig")


def cell(value) -> str:
    """A value as a cell. Only texts are made harmless: −28.6 stays a number."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return exact(value)
        case int():
            return str(value)
        case datetime.date():  # a datetime is one too; its day is that of Tokyo
            return local_date(value).isoformat()
        case datetime.time():
            return format_clock(value)
        case list() | tuple():
            return cell(" ".join(value))
        case _:
            return harmless(str(value))


# JSON


def write_json(dataset: Dataset, request: HttpRequest) -> bytes:
    """The records in an envelope that says what they are and how they may be used."""
    publisher = publisher_for(request)
    records = dataset.records(request)
    envelope = {
        "dataset": dataset.name,
        "title": _in_every_language(dataset.title),
        "description": _in_every_language(dataset.description),
        "publisher": {
            "site": publisher.site_name,
            "division": publisher.division(),
            "city_code": publisher.city_code or None,
        },
        "licence": {"id": LICENCE_CODE, "url": LICENCE_URL},
        "attribution": publisher.attribution(dataset),
        "catalogue": absolute(reverse("open_data")),
        "updated": dataset.extent().updated,
        "count": len(records),
        "records": records,
    }
    return json_text(envelope).encode()


def json_text(value) -> str:
    """JSON in which decimals are exact numbers; Python's own would make floats of them."""
    match value:
        case dict():
            members = (f"{json.dumps(key)}:{json_text(each)}" for key, each in value.items())
            return f"{{{','.join(members)}}}"
        case list() | tuple():
            return f"[{','.join(map(json_text, value))}]"
        case Decimal():
            return exact(value)
        case datetime.datetime():
            return json.dumps(timezone.localtime(value).isoformat(timespec="seconds"))
        case datetime.date():
            return json.dumps(value.isoformat())
        case datetime.time():
            return json.dumps(format_clock(value))
        case _:
            return json.dumps(value, ensure_ascii=False)


def _in_every_language(lazy_words) -> dict[str, str]:
    found = {}
    for code in language_tags():
        with translation.override(code):
            found[code] = str(lazy_words)
    return found


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", True, write_csv),
    "json": Format("JSON", "application/json; charset=utf-8", False, write_json),
}
