"""The timetable: a table for each day, venues and times, readable by ear and on a phone."""

from __future__ import annotations

import itertools

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import translation

from events.schedule import entries_between
from events.timetable import Timetable

from .finding import at, day

pytestmark = pytest.mark.django_db


def listing(client, query="", language="ja"):
    answer = client.get(f"/{language}/events/timetable/{query}")
    assert answer.status_code == 200
    return answer.context["listing"]


def tables(client, query="", language="ja"):
    answer = client.get(f"/{language}/events/timetable/{query}")
    return BeautifulSoup(answer.content, "html.parser").select("table.timetable")


def cells(of_day) -> dict[tuple, list[str]]:
    """What stands in a table: {(time, venue): slugs}."""
    return {
        (row.time, cell.venue and cell.venue.key): [entry.event.slug for entry in cell.entries]
        for row in of_day.rows
        for cell in row.cells
        if cell.entries
    }


def test_the_next_days_with_anything_are_shown(november, client):
    shown = listing(client)
    assert [of_day.date for of_day in shown.timetable.days] == [day(19), day(21), day(22)]
    assert "from=2026-11-24" in shown.later
    more = listing(client, shown.later)
    assert [of_day.date for of_day in more.timetable.days] == [day(24), day(29), day(1, 12)]
    assert listing(client, "?when=weekend").later == ""


def test_a_day_has_its_venues_and_times(november, client):
    november.add("stalls", [(day(22), at(9), at(15), november.hall)])
    november.add("parade", [(day(22), None, None, november.park)])
    november.add("walk", [(day(22), at(8, 30), None, None)])
    (_saturday, sunday) = listing(client, "?when=weekend").timetable.days
    assert [venue and venue.key for venue in sunday.venues] == ["park", "hall", None], "By reading."
    assert cells(sunday) == {
        (None, "park"): ["parade"],
        (None, "hall"): ["night"],
        (at(8, 30), None): ["walk"],
        (at(9), "park"): ["carrots"],
        (at(9), "hall"): ["stalls"],
    }
    assert [row.time for row in sunday.rows] == [None, at(8, 30), at(9)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_a_real_table(november, client, language):
    november.add("stalls", [(day(22), at(9), at(15), november.hall)])
    found = tables(client, "?when=weekend", language)
    assert len(found) == 2
    for table in found:
        assert table.caption.text.strip()
        columns = table.select("thead th[scope=col]")
        rows = table.select("tbody tr")
        assert rows
        for row in rows:
            assert len(row.select("th[scope=row]")) == 1
            assert len(row.select("td")) == len(columns) - 1
            for cell in row.select("td"):
                # The venue is written in every cell that is shown on a phone.
                assert bool(cell.select_one(".timetable__venue")) == bool(cell.select_one("a"))
    headings = BeautifulSoup(
        client.get(f"/{language}/events/timetable/").content, "html.parser"
    ).select("main :is(h1, h2, h3)")
    levels = [int(heading.name[1]) for heading in headings]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_many_venues_scroll_in_a_frame_that_can_be_reached(november, client):
    from events.factories import VenueFactory

    for number in range(7):
        venue = VenueFactory(name=f"見本会場{number}")
        november.add(f"at-{number}", [(day(21), at(9), at(10), venue)])
    (table, _sunday) = tables(client, "?when=weekend")
    assert table.parent["tabindex"] == "0"
    assert table.parent["role"] == "region"


def test_what_was_decided_stands_in_the_table(november, client):
    november.decide(event=november.carrots, day=day(22), status="moved", moved_to=november.hall)
    november.decide(event=november.night, day=day(21), status="cancelled")
    _saturday, sunday = listing(client, "?when=weekend").timetable.days
    assert cells(sunday)[at(9), "hall"] == ["carrots"]
    (table, _sunday) = tables(client, "?when=weekend", "en")
    assert "Cancelled" in table.text


def test_what_was_postponed_stands_on_both_days(november, client):
    november.decide(event=november.carrots, day=day(22), status="postponed", postponed_to=day(29))
    for query in ("?from=2026-11-22&to=2026-11-22", "?from=2026-11-29&to=2026-11-29"):
        (of_day,) = listing(client, f"{query}&field=farming").timetable.days
        assert "carrots" in cells(of_day)[at(9), "park"]


def test_any_entries_make_a_timetable(november):
    """As the page of a festival does."""
    with translation.override("ja"):
        entries = entries_between(day(1), day(31, 12))
        timetable = Timetable(entries)
        assert [of_day.date for of_day in timetable.days] == [
            day(10),
            day(14),
            day(17),
            day(19),
            day(21),
            day(22),
            day(24),
            day(29),
            *(day(number, 12) for number in (1, 8, 15, 20, 22)),
        ]
        assert [entry.event.slug for entry in timetable.in_words] == ["stars"]
        some = Timetable(entries, [day(22), day(23)])
        assert [of_day.date for of_day in some.days] == [day(22)]
        assert Timetable([]).days == Timetable(entries, []).days == []


def test_an_empty_timetable_says_so(november, client):
    page = client.get("/ja/events/timetable/?goal=14")
    assert b"empty__title" in page.content
    assert listing(client, "?goal=14").timetable.days == []


def test_later_days_keep_conditions_and_the_end(november, client):
    later = listing(client, "?from=2026-11-19&to=2026-12-02&pick=1-abc&weekend=").later
    asked_for = QueryDict(later[1:])
    assert asked_for["from"] == "2026-11-24"
    assert asked_for["to"] == "2026-12-02"
    assert asked_for["pick"] == "1-abc"
