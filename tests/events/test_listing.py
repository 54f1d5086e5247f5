"""The list of events: which days and conditions an address may ask for, and what is found."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import PageViewRestriction

from events.models import EventPage, FestivalDay, Session
from events.spans import LONGEST_SPAN, AskedSpan, Span, has_free_day, shortcuts, weekend_from
from tests.bulk import clone
from tests.world import fresh

from .finding import TODAY, at, day

pytestmark = pytest.mark.django_db


# Days


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (day(19), day(21), day(23)),  # with a holiday on the Monday after it
        (day(22), day(21), day(23)),
        (day(23), day(21), day(23)),
        (day(24), day(28), day(29)),
        (day(30, 4), day(2, 5), day(6, 5)),  # 3, 4 and 5 May are holidays, 6 May stands in
        (day(2, 10), day(3, 10), day(4, 10)),
    ],
)
def test_a_weekend_has_the_holidays_beside_it(today, first, last):
    assert weekend_from(today) == Span(first, last)


def test_shortcuts_leave_out_what_is_over():
    spans = shortcuts(day(22))
    assert spans["today"] == Span(day(22), day(22))
    assert spans["weekend"] == Span(day(22), day(23))
    assert spans["next-weekend"] == Span(day(28), day(29))


def test_free_days():
    assert has_free_day(day(3), day(3)), "文化の日, a Tuesday"
    assert not has_free_day(day(16), day(20))
    assert has_free_day(day(16), day(21))
    assert has_free_day(day(16), day(16, 12))


def asked(query: str) -> AskedSpan:
    return AskedSpan(QueryDict(query), TODAY)


@pytest.mark.parametrize(
    ("query", "span"),
    [
        ("", None),
        ("from=2026-11-03&to=2026-11-23", Span(day(3), day(23))),
        ("from=令和8年11月3日&to=２０２６年１１月２３日", Span(day(3), day(23))),
        ("from=2026/11/3&to=R8.11.23", Span(day(3), day(23))),
        ("from=2026年11月&to=2027年1月", Span(day(1), datetime.date(2027, 1, 31))),
        ("from=2026-12-01", Span(day(1, 12))),
        ("to=2026-12-01", Span(TODAY, day(1, 12))),
        ("from=2026-11-23&to=2026-11-03", Span(day(23))),
        ("from=やがて", None),
        ("to=2026-11-18", None),
        ("from=2026-01-01&to=2099-01-01", Span(day(1, 1), day(1, 1) + LONGEST_SPAN)),
        ("from=0000-00-00&to=" + "9" * 5000, None),
    ],
)
def test_days_are_understood_however_they_are_written(query, span):
    assert asked(query).span == span


def test_what_is_wrong_with_days_is_said():
    assert set(asked("from=2026-11-23&to=2026-11-03").faults) == {"to"}
    assert set(asked("from=やがて&to=2026-11-03").faults) == {"from", "to"}
    assert asked("from=2026-01-01&to=2099-01-01").notices
    assert not asked("from=2026-11-03&to=2026-11-23").faults


# What is found


def listing(client, query="", language="ja"):
    answer = client.get(f"/{language}/events/{query}")
    assert answer.status_code == 200
    return answer.context["listing"]


def found(client, query="", language="ja") -> list[str]:
    """The slugs in the order of the list."""
    shown = listing(client, query, language)
    slugs = [row["entry"].event.slug for group in shown.groups for row in group["entries"]]
    assert shown.rows.paginator.count == len(slugs)
    return slugs


COMING = ["reading", "night", "carrots", "chat", "milking", "closing", "stars"]
CONDITIONS = [
    ("", COMING),
    ("?when=today", ["reading"]),
    ("?when=weekend", ["night", "carrots"]),
    ("?when=next-weekend", ["milking"]),
    ("?field=farming", ["carrots", "milking"]),
    ("?field=farming&when=weekend", ["carrots"]),
    ("?field=farming&field=culture", ["reading", "carrots", "chat", "milking"]),
    ("?goal=2", ["carrots"]),
    ("?goal=2&goal=4", ["reading", "carrots"]),
    ("?goal=2&field=culture", []),
    ("?venue=hall", ["reading", "night", "chat"]),
    ("?venue=hall&venue=park&free=yes", ["carrots"]),
    ("?audience=children", ["carrots"]),
    ("?audience=children&audience=seniors", ["carrots"]),
    ("?language=en", ["carrots"]),
    ("?language=en&language=vi", ["carrots", "chat"]),
    ("?free=yes", ["carrots"]),
    ("?festival=festival", ["carrots"]),
    ("?weekend=yes", ["night", "carrots", "milking", "closing", "stars"]),
    ("?from=2026-11-01&to=2026-11-15", ["chat", "over"]),
    ("?from=2026-11-24&to=2026-11-28", ["chat"]),
    ("?from=2026-12-11&to=2026-12-19", ["chat", "stars"]),
    ("?year=2022", ["spring-2022", "long-ago"]),
    ("?year=2026", ["chat", "over"]),
    ("?field=&goal=&from=&to=&free=", COMING),
]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("query", "expected"), CONDITIONS, ids=[query or "all" for query, _ in CONDITIONS]
)
def test_conditions(november, client, query, expected, language):
    assert found(client, query, language) == expected


def test_an_event_stands_once_at_its_next_time_with_how_many_more(november, client):
    rows = {
        row["entry"].event.slug: row for group in listing(client).groups for row in group["entries"]
    }
    chat = rows["chat"]
    # Tuesdays; not on the 3rd, a holiday. 24 November, then four in December.
    assert chat["entry"].occurrence.day == day(24)
    assert chat["more"] == 4
    assert rows["reading"]["more"] == 0


def test_more_times_are_those_of_all_sessions_within_the_days(november, client):
    november.add("two", [(day(21), at(9), None, None), (day(22), at(9), None, None)])
    november.add("three", [(day(number), at(9), None, None) for number in (21, 22, 30)])
    more = {
        row["entry"].event.slug: row["more"]
        for group in listing(client, "?when=weekend").groups
        for row in group["entries"]
    }
    assert more == {"night": 0, "carrots": 0, "two": 1, "three": 1}


def test_days_have_headings_and_words_come_after_the_days_of_their_month(november, client):
    groups = listing(client, language="en").groups
    headings = [(group["note"], group["heading"]) for group in groups]
    assert headings[0] == ("Today", "19 November 2026 (Thu)")
    assert headings[-1] == ("", "Without an exact date")
    japanese = [group["heading"] for group in listing(client, "?when=weekend").groups]
    assert japanese == ["2026年11月21日(土)", "2026年11月22日(日)"]


def test_what_lasts_stands_under_today(november, client):
    november.add("panels", [{"starts_on": day(1), "until": day(30), "repeats": "once"}])
    assert found(client, "?when=today") == ["panels", "reading"]


def test_titles_are_in_the_visitors_language_and_others_say_theirs(november, client):
    page = BeautifulSoup(client.get("/en/events/?field=farming").content, "html.parser")
    links = {link.text: link.get("lang") for link in page.select(".entry__title a")}
    assert links == {"Dig carrots": None, "見本のmilking": "ja"}


def test_drafts_and_private_events_are_not_found(november, client):
    fresh(november.reading).unpublish()
    PageViewRestriction.objects.create(page=fresh(november.festival), restriction_type="login")
    assert "reading" not in found(client)
    assert "carrots" not in found(client)
    assert "festival" not in listing(client).options["festival"]


# Decisions of the day


def test_what_was_decided_is_said(november, client):
    november.decide(event=november.carrots, day=day(22), status="cancelled")
    for language, word in (("ja", "中止"), ("en", "Cancelled")):
        page = BeautifulSoup(client.get(f"/{language}/events/?when=weekend").content, "html.parser")
        (entry,) = [row for row in page.select(".entry") if "entry--off" in row["class"]]
        assert word in entry.text


def test_what_was_postponed_stands_on_its_new_day(november, client):
    november.decide(event=november.carrots, day=day(22), status="postponed", postponed_to=day(29))
    assert found(client, "?field=farming") == ["carrots", "milking"], "At nine and at ten."
    days = {
        row["entry"].event.slug: group["day"]
        for group in listing(client, "?field=farming").groups
        for row in group["entries"]
    }
    assert days["carrots"] == day(29)
    assert "carrots" in found(client, "?when=next-weekend")
    # Who comes on the old day still learns of it.
    old = listing(client, "?from=2026-11-22&to=2026-11-22&field=farming").groups
    assert [group["day"] for group in old] == [day(22)]


def test_of_a_series_the_next_time_counts_when_one_is_put_off(november, client):
    november.decide(event=november.chat, day=day(24), status="postponed", postponed_to=day(17, 12))
    days = {
        row["entry"].event.slug: group["day"]
        for group in listing(client, "?field=culture").groups
        for row in group["entries"]
    }
    assert days["chat"] == day(1, 12)


def test_a_venue_finds_what_was_moved_to_it(november, client):
    november.decide(event=november.carrots, day=day(22), status="moved", moved_to=november.hall)
    assert "carrots" in found(client, "?venue=hall")
    assert "carrots" in found(client, "?venue=park"), "People may still go there."


# What an address may hold


def test_what_is_unknown_is_ignored_with_a_notice(november, client):
    shown = listing(client, "?field=farming&field=nothing&goal=99&year=1066&when=soon&free=no")
    assert [row["entry"].event.slug for group in shown.groups for row in group["entries"]] == [
        "carrots",
        "milking",
    ]
    assert len(shown.notices) == 1


@pytest.mark.parametrize(
    "query",
    [
        "?page=99999999999999999999",
        "?page=abc",
        "?field=%00",
        "?from=%00&to=%00",
        "?month=%00",
        "?venue=" + "x" * 3000,
        "?pick=" + "9" * 3000,
        "?goal=²&year=²",
    ],
)
@pytest.mark.parametrize("view", ["", "calendar/", "timetable/"])
def test_nothing_in_an_address_breaks_a_view(november, client, view, query):
    assert client.get(f"/ja/events/{view}{query}").status_code == 200


def test_a_wrong_day_keeps_what_was_typed_with_the_reason_beside_it(november, client):
    page = BeautifulSoup(
        client.get("/ja/events/?from=2026-11-23&to=2026-11-03&pick=1-abc").content, "html.parser"
    )
    field = page.select_one("#filter-to")
    assert field["value"] == "2026-11-03"
    assert field["aria-invalid"] == "true"
    with translation.override("ja"):
        reason = gettext("The last day is before the first one.")
    assert reason in page.select_one(f"#{field['aria-describedby']}").text
    assert page.select_one("#filter-from")["value"] == "2026-11-23"
    assert page.select_one("details.filters").has_attr("open")


@pytest.mark.parametrize("view", ["", "calendar/", "timetable/"])
def test_views_keep_conditions_and_the_plan(november, client, view):
    query = "?field=farming&language=en&when=weekend&pick=1-abc&pick=2-def&junk=1"
    page = BeautifulSoup(client.get(f"/ja/events/{view}{query}").content, "html.parser")
    links = [link["href"] for link in page.select(".views a")]
    assert len(links) == 3
    for link in links:
        asked_for = QueryDict(link.partition("#")[0].partition("?")[2])
        assert asked_for.getlist("pick") == ["1-abc", "2-def"]
        assert asked_for["field"] == "farming"
        assert asked_for["language"] == "en"
        assert asked_for["when"] == "weekend"
        assert "junk" not in asked_for
    hidden = page.select(".filters input[type=hidden][name=pick]")
    assert [field["value"] for field in hidden] == ["1-abc", "2-def"]
    assert page.select_one(".views a[aria-current=page]")["href"] in links
    for link in page.select(".chips a, .event-ways a"):
        assert "pick=1-abc" in link["href"]
    boxes = page.select(".filters input[name=field][checked]")
    assert [box["value"] for box in boxes] == ["farming"]


def test_the_plan_is_carried_within_bounds(november, client):
    query = "&".join(f"pick={number}-abcdef" for number in range(1, 900))
    page = BeautifulSoup(client.get(f"/ja/events/?{query}").content, "html.parser")
    assert len(page.select(".filters input[name=pick]")) == 100
    assert all(link["href"].count("pick=") <= 100 for link in page.select("a[href]"))


def test_chips_take_away_one_condition_each(november, client):
    query = "?field=farming&field=culture&free=yes&from=2026-11-20&pick=1-abc"
    page = BeautifulSoup(client.get(f"/ja/events/{query}").content, "html.parser")
    chips = [QueryDict(chip["href"].partition("#")[0][1:]) for chip in page.select(".chips .chip")]
    chips = [chip for chip in chips if "year" not in chip]
    assert [(chip.getlist("field"), "free" in chip, "from" in chip) for chip in chips] == [
        (["farming", "culture"], True, False),
        (["culture"], True, True),
        (["farming"], True, True),
        (["farming", "culture"], False, True),
    ]


def test_pages_of_the_list_keep_conditions(november, client):
    clone(november.milking, 30)
    pages = type(november.milking).objects.filter(slug__startswith="milking-")
    Session.objects.bulk_create(Session(page=page, starts_on=day(29), key="abc") for page in pages)
    first = listing(client, "?field=farming")
    assert first.rows.paginator.count == 32
    page = BeautifulSoup(client.get("/ja/events/?field=farming&page=2").content, "html.parser")
    assert len(page.select(".entry")) == 32 - 24
    assert "field=farming" in page.select_one(".pagination a")["href"]


# Festivals, archive, empty


def test_the_coming_festival_stands_above_the_list_until_something_is_asked_for(november, client):
    page = BeautifulSoup(client.get("/ja/events/").content, "html.parser")
    assert page.select_one(".festival-banner__title").text == "見本まつり"
    assert "2026年11月22日(日)～2026年11月23日(月・祝)" in page.select_one(".festival-banner").text
    page = BeautifulSoup(client.get("/ja/events/?when=weekend").content, "html.parser")
    assert page.select(".festival-banner") == []


def test_past_years_and_past_festivals_are_an_archive(november, client):
    fest = fresh(november.festival)
    fest.days = [FestivalDay(date=day(26, 10, 2025))]
    fest.save_revision().publish()
    shown = listing(client)
    assert shown.past_years == [2026, 2022]
    assert [festival.slug for festival in shown.past_festivals] == ["festival"]
    assert shown.coming_festivals == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_list_says_what_to_do(november, client, language):
    page = BeautifulSoup(client.get(f"/{language}/events/?goal=14").content, "html.parser")
    assert page.select_one(".empty a.button")["href"] == f"/{language}/events/"


@pytest.mark.parametrize("view", ["", "calendar/", "timetable/"])
def test_a_city_without_events_has_every_view(november, client, view):
    for page in EventPage.objects.all():
        page.unpublish()
    page = BeautifulSoup(client.get(f"/ja/events/{view}").content, "html.parser")
    assert page.select_one(".empty__title")


def test_two_taps_from_home_to_this_weekends_farming(november, client):
    """This weekend, then farming; or the event itself."""
    page = BeautifulSoup(client.get("/ja/").content, "html.parser")
    (weekend,) = [a for a in page.select(".now a") if "when=weekend" in a["href"]]
    page = BeautifulSoup(client.get(weekend["href"].partition("#")[0]).content, "html.parser")
    (farming,) = [a for a in page.select(".event-ways__fields a") if a.text == "農業"]
    answer = client.get(f"/ja/events/{farming['href'].partition('#')[0]}")
    page = BeautifulSoup(answer.content, "html.parser")
    assert [link.text for link in page.select(".entry__title a")] == ["にんじん掘り"]
