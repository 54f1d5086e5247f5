"""Tables of events as tests write them: a header, lines, and what came of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from events.imports.columns import BASE_REGISTRY, COMMITTEE, RECOMMENDED
from events.models import EventPage
from tests.imports import confirm, problems_of, steps_of, upload
from tests.world import fresh, publish

# The city's own open data of 2022, as it was published (Kiyose City, CC BY): イベント一覧.
REAL_FILE = Path(__file__).parent / "files" / "kiyose_events_2022.csv"
URL = "/admin/events/import/"
OPTIONS = {"source": "kiyose", "fiscal_year": ""}
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
    """The events in the source tree, each as it was last saved, in the order of the tree."""
    pages = EventPage.objects.filter(locale__language_code="ja").order_by("path")
    return [page.get_latest_revision_as_object() for page in pages]


def sessions_of(page: EventPage) -> list[tuple]:
    """First day, last day, times and how it repeats of every session."""
    return [
        (row.starts_on, row.until, row.starts_at, row.ends_at, row.repeats)
        for row in page.sessions.all()
    ]


def latest(page) -> EventPage:
    """The page as it was last saved."""
    return fresh(page).get_latest_revision_as_object()


def publish_all() -> None:
    """As PR would, having looked: none of the real events has a mark."""
    for page in drafts():
        page.no_mark_applies = True
        publish(page)


def preview_of(client, data: bytes, name: str = "events.csv", **options):
    """The answer to a chosen file that can be imported."""
    answer = upload(client, URL, data, name, **OPTIONS | options)
    assert "plan" in answer.context, problems_of(answer)
    return answer


def imported(client, data: bytes, name: str = "events.csv", **options):
    """The answer to the button below the preview."""
    answer = confirm(client, URL, preview_of(client, data, name, **options))
    assert answer.status_code == 302
    return answer


def kinds_of(answer) -> list[str]:
    """What happens to each line."""
    return [kind for _line, kind, _changes in steps_of(answer)]
