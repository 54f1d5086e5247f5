"""The month calendar: weeks, holidays, ways to other months, and what stands on each day."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from events.models import Session
from tests.bulk import clone

from .finding import TODAY, at, day

pytestmark = pytest.mark.django_db


def month(client, query="", language="ja"):
    answer = client.get(f"/{language}/events/calendar/{query}")
    assert answer.status_code == 200
    return answer.context["listing"]


def shown(client, query="") -> dict[datetime.date, list[str]]:
    """What stands on each day that has anything."""
    return {
        date: [entry.event.slug for entry in of_day.entries]
        for date, of_day in month(client, query).days.items()
        if of_day.entries
    }


def soup(client, query="", language="ja"):
    return BeautifulSoup(client.get(f"/{language}/events/calendar/{query}").content, "html.parser")


def test_every_day_of_the_month_has_what_takes_place_on_it(november, client):
    assert shown(client) == {
        day(10): ["chat"],
        day(14): ["over"],
        day(17): ["chat"],
        day(19): ["reading"],
        day(21): ["night"],
        day(22): ["night", "carrots"],
        day(24): ["chat"],
        day(29): ["milking"],
    }, "The chat pauses on the 3rd, a holiday."


def test_weeks_begin_on_sunday(november, client):
    weeks = month(client).weeks
    assert [week[0] and week[0].date for week in weeks] == [
        day(1),
        day(8),
        day(15),
        day(22),
        day(29),
    ]
    assert all(len(week) == 7 for week in weeks)
    assert weeks[-1][2:] == [None] * 5
    table = soup(client).select_one("table.month")
    assert [th.select_one(".sr").text for th in table.select("thead th[scope=col]")] == [
        "日曜日",
        "月曜日",
        "火曜日",
        "水曜日",
        "木曜日",
        "金曜日",
        "土曜日",
    ]
    assert len(table.select("tbody tr")) == 5
    assert table.caption.text == "2026年11月"


@pytest.mark.parametrize(
    ("language", "names"),
    [("ja", ["文化の日", "勤労感謝の日"]), ("en", ["Culture Day", "Labor Thanksgiving Day"])],
)
def test_holidays_are_named(november, client, language, names):
    notes = soup(client, language=language).select(".month__note--holiday")
    assert [note.text for note in notes] == names


def test_today_is_said(november, client):
    (today,) = soup(client).select(".month__day--today")
    assert today.select_one("time")["datetime"] == TODAY.isoformat()
    assert "今日" in today.text
    assert soup(client, "?month=2026-12").select(".month__day--today") == []


@pytest.mark.parametrize("asked", ["2026-12", "令和8年12月", "２０２６年１２月", "2026/12"])
def test_a_month_is_understood_however_it_is_written(november, client, asked):
    assert month(client, f"?month={asked}").first == day(1, 12)


@pytest.mark.parametrize("asked", ["2026-13", "soon", "2026", "FY2026", "1066-10", "2099-01"])
def test_another_month_is_not_shown_and_that_is_said(november, client, asked):
    listing = month(client, f"?month={asked}")
    assert listing.first == day(1)
    assert listing.notices


def test_ways_to_other_months_keep_conditions_and_end_somewhere(november, client):
    links = soup(client, "?field=farming&pick=1-abc").select(".months a")
    asked_for = [QueryDict(link["href"].partition("#")[0][1:]) for link in links]
    assert [each["month"] for each in asked_for] == ["2026-10", "2026-12"]
    assert all(each["field"] == "farming" for each in asked_for)
    assert all(each["pick"] == "1-abc" for each in asked_for)
    assert month(client, "?month=2026-12").next is None, "Nothing is known of 2027."
    assert month(client, "?month=2022-01").previous is None


def test_days_asked_for_choose_the_month_and_narrow_it(november, client):
    assert shown(client, "?from=2026-11-20&to=2026-11-23") == {
        day(21): ["night"],
        day(22): ["night", "carrots"],
    }
    assert month(client, "?from=2026-12-05&to=2026-12-06").first == day(1, 12)
    across = month(client, "?from=2026-11-20&to=2026-12-05&month=2026-12")
    assert across.first == day(1, 12)
    assert across.next is None
    assert month(client, "?from=2026-11-20&to=2026-12-05&month=2026-03").first == day(1)


def test_conditions_hold_here_too(november, client):
    assert shown(client, "?field=farming") == {day(22): ["carrots"], day(29): ["milking"]}
    assert set(shown(client, "?weekend=yes")) == {day(14), day(21), day(22), day(29)}


def test_what_was_postponed_stands_on_both_days_and_says_so(november, client):
    november.decide(event=november.carrots, day=day(22), status="postponed", postponed_to=day(28))
    found = shown(client)
    assert "carrots" in found[day(22)]
    assert "carrots" in found[day(28)]
    cells = soup(client).select(".month__day")
    said = [cell for cell in cells if cell.select_one(".event-state--rescheduled")]
    assert len(said) == 2


def test_what_goes_on_after_midnight_says_until_when(november, client):
    times = [
        (cell.select_one("time")["datetime"], cell.select_one(".month__time").text)
        for cell in soup(client).select(".month__day")
        if cell.find("a", string="見本のnight") or "night" in cell.text
    ]
    assert times[0] == ("2026-11-21", "20:00–")
    assert times[1] == ("2026-11-22", "–06:00")


def test_dates_in_words_stand_below_the_month(november, client):
    assert [entry.event.slug for entry in _in_words(client, "?month=2026-12")] == ["stars"]
    assert _in_words(client) == []


def _in_words(client, query=""):
    listing = month(client, query)
    assert listing.days
    return listing.in_words


def test_a_full_day_leads_to_a_list_of_its_own(november, client):
    clone(november.milking, 9)
    pages = type(november.milking).objects.filter(slug__startswith="milking-")
    Session.objects.bulk_create(
        Session(page=page, starts_on=day(29), starts_at=at(11), key="abc") for page in pages
    )
    full = month(client, "?field=farming").days[day(29)]
    assert len(full.entries) == 5
    assert full.more == 5
    (more,) = soup(client, "?field=farming").select(".month__more a")
    assert more["href"].startswith("/ja/events/?field=farming&from=2026-11-29&to=2026-11-29")
    answer = client.get(more["href"].partition("#")[0])
    assert answer.context["listing"].rows.paginator.count == 10
