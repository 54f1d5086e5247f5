"""Tables of events as tests write them: a header, lines, and what came of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from events.imports.columns import BASE_REGISTRY, COMMITTEE, RECOMMENDED
from events.models import EventPage

# The city's own open data of 2022, as it was published (Kiyose City, CC BY): イベント一覧.
REAL_FILE = Path(__file__).parent / "files" / "kiyose_events_2022.csv"
SETS = {"base": BASE_REGISTRY, "recommended": RECOMMENDED, "committee": COMMITTEE}


def table(*lines: dict[str, str], columns: str = "base", encoding: str = "utf-8-sig") -> bytes:
    """A CSV file of one of the sets with these lines; what a line does not name is empty."""
    names = [name for name, _key in SETS[columns]]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue().encode(encoding)


def lines_of(data: bytes) -> list[dict[str, str]]:
    """The lines of a CSV file by the names of its columns."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def drafts() -> list[EventPage]:
    """The events below the list, each as it was last saved, in the order of the tree."""
    pages = EventPage.objects.filter(locale__language_code="ja").order_by("path")
    return [page.get_latest_revision_as_object() for page in pages]


def sessions_of(page: EventPage) -> list[tuple]:
    """First day, last day, times and how it repeats of every session."""
    return [
        (row.starts_on, row.until, row.starts_at, row.ends_at, row.repeats)
        for row in page.sessions.all()
    ]
