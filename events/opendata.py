"""Open data: the public events, a row of the CSV files for each session."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Max, Subquery
from django.utils.translation import gettext_lazy as _

from kiyose.opendata.dataset import Dataset, Extent, Record
from kiyose.opendata.publisher import publisher_for
from kiyose.opendata.versions import (
    addresses,
    pages_in_every_language,
    snippets_in_every_language,
    words,
)
from kiyose.opendata.withdrawals import last_withdrawal
from kiyose.pages.languages import source_language
from sdgs.listing import load_marks

from .decisions import Decisions, Planned, Settled, Standing
from .imports.columns import BASE_REGISTRY, RECOMMENDED, Pairs, data_columns
from .imports.numbers import our_number
from .imports.writing import cells_of
from .models import Decision, EventField, EventPage, FestivalPage, Session, Venue
from .schedule import public_events, sessions_of

WORDS = (
    *("title", "subtitle", "summary", "description", "dates_note", "place", "address", "access"),
    *("audience_note", "fee_note", "how_to_apply", "what_to_bring", "food_note"),
    *("organiser", "partners", "contact_name", "contact_hours", "remarks"),
)
CODES = ("audiences", "languages", "accessibility", "diets", "allergens")
FACTS = (
    *("age_from", "age_to", "sign_language", "fee", "capacity"),
    *("apply_from", "apply_until", "apply_until_time"),
)
TEXTS = (
    *("reading", "application", "apply_in_english"),
    *("contact_phone", "contact_extension", "contact_email", "website"),
)


def records(request, events=None) -> list[Record]:
    """Every public event with its sessions and what was decided about them.

    events: of the source tree, else all; request: None where nobody asks for a file (then the
    city's code is not known). The same number of queries for one and a thousand.
    """
    events = public_events() if events is None else events
    keys = events.order_by().values("translation_key")
    pages = pages_in_every_language(EventPage.objects.filter(translation_key__in=keys))
    load_marks(pages)
    sessions = _sessions(events)
    fields = snippets_in_every_language(EventField)
    festivals = {page.path: page for page in pages_in_every_language(FestivalPage.objects.all())}
    code = publisher_for(request).city_code if request else ""
    return [
        {
            "number": page.pk,
            "city_code": code or None,
            "url": addresses(page.versions, request),
            "festival": _festival(festivals.get(page.path[: -page.steplen])),
            **{name: words(page.versions, name) for name in WORDS},
            "field": _named(fields.get(page.field_id)),
            "marks": [mark.code for mark in page.card_marks],
            **{name: getattr(page, name).split() for name in CODES},
            **{name: getattr(page, name) for name in FACTS},
            **{name: getattr(page, name) or None for name in TEXTS},
            "sessions": sessions[page.pk],
        }
        for page in pages
    ]


def _sessions(events) -> dict[int, list[Record]]:
    rows = list(sessions_of(events).order_by("page_id", "sort_order"))
    venues = snippets_in_every_language(Venue)
    decisions = Decisions(min((row.starts_on for row in rows), default=datetime.date.min))
    found = defaultdict(list)
    for row in rows:
        settled = _settled(row, decisions)
        venue_ids = {each.venue_id for each in settled}
        venue_id = venue_ids.pop() if len(venue_ids) == 1 else row.venue_id
        pattern = row.pattern
        # A series stays what it is; its single days are in ``changes``.
        now = None if pattern.is_repeated else settled[0].occurrence
        found[row.page_id].append(
            {
                "key": row.key,
                "no": our_number(row.page_id, row.key),
                "uid": str(row.uid(row.event_key)),
                "repeats": row.repeats,
                "starts_on": now.day if now else row.starts_on,
                "until": now.last_day if now else pattern.last_day,
                "starts_at": row.starts_at,
                "ends_at": row.ends_at,
                "except_holidays": row.except_holidays,
                "standings": sorted({each.standing.value for each in settled}),
                "changes": _changes(settled),
                "venue": _venue(venues.get(venue_id)),
                "is_moved": venue_id != row.venue_id,
            }
        )
    return found


def _settled(session: Session, decisions: Decisions) -> list[Settled]:
    """What has become of every time of a session; of a series about which nobody has decided
    anything the first one stands for all."""
    pattern = session.pattern
    times = []
    if pattern.is_repeated and _may_be_about(session, decisions.rows):
        times = [pattern.occurrence(day) for day in pattern.days()]
    # A series may have no day at all, where it leaves out holidays.
    return [
        decisions.settle(Planned(session.page_id, session.path, each, session.venue_id))
        for each in times or [pattern.occurrence(pattern.starts_on)]
    ]


def _may_be_about(session: Session, decisions: Iterable[Decision]) -> bool:
    """Whether one of them is about any time of a series as it was published: the first one that
    changes a time always is."""
    return any(
        each.event_id in (None, session.page_id)
        and each.venue_id in (None, session.venue_id)
        and (each.day is None or session.starts_on <= each.day <= session.pattern.last_day)
        and (each.festival_id is None or session.path.startswith(each.festival.path))
        for each in decisions
    )


def _changes(settled: list[Settled]) -> list[Record]:
    """The days that are not as they were published."""
    return [
        {
            "day": each.planned.occurrence.day,
            "standing": each.standing.value,
            "now_on": each.occurrence.day,
        }
        for each in settled
        if each.standing != Standing.ON
    ]


def _festival(page) -> Record | None:
    return {"number": page.pk, "title": words(page.versions, "title")} if page else None


def _named(versions) -> Record | None:
    if not versions:
        return None
    return {"key": versions[source_language()].key, "name": words(versions, "name")}


def _venue(versions) -> Record | None:
    if not versions:
        return None
    venue = versions[source_language()]
    return {
        "key": venue.key,
        "reading": venue.reading or None,
        **{
            name: words(versions, name)
            for name in ("name", "address", "access", "parking", "bicycles")
        },
        "postal_code": venue.postal_code or None,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
    }


def extent() -> Extent:
    decided = Decision.objects.order_by("-made_at").values("made_at")[:1]
    found = (
        sessions_of(public_events())
        .order_by()
        .annotate(decided_at=Subquery(decided))
        .aggregate(
            rows=Count("pk"), published=Max("page__last_published_at"), decided=Max("decided_at")
        )
    )
    times = (found["published"], found["decided"], last_withdrawal(EventPage))
    return Extent(found["rows"], max(filter(None, times), default=None))


def _rows_in(pairs: Pairs):
    """From a record to its rows: one for each session, in the columns of a set."""

    def rows(record: Record) -> list[Record]:
        return [
            {name: cells.get(key) for name, key in pairs}
            for session in record["sessions"]
            for cells in [cells_of(record, session)]
        ]

    return rows


EVENTS = Dataset(
    name="events",
    title=_("Events"),
    description=_(
        "Events and festivals with their sessions, past ones included. The CSV file has a row"
        " for each session, in the columns in which the city publishes its events (base"
        " registry). What was decided on the day is in it: whether a session takes place, and"
        " where. The JSON file has more: other languages, accessibility, food, SDGs marks."
    ),
    columns=data_columns(BASE_REGISTRY),
    records=records,
    rows=_rows_in(BASE_REGISTRY),
    extent=extent,
)
EVENTS_RECOMMENDED = Dataset(
    name="events-recommended",
    title=_("Events, in the columns of the recommended dataset"),
    description=_(
        "The same events in the 32 columns that the national government recommends to cities,"
        " for programs that read many cities’ files. The JSON file is that of “Events”."
    ),
    columns=data_columns(RECOMMENDED),
    records=records,
    rows=_rows_in(RECOMMENDED),
    extent=extent,
)
