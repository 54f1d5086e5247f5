"""The way of a festival: a citizen plans the weekend, a duty officer puts Sunday off, and the
city's own file comes in and goes out again."""

from __future__ import annotations

import datetime
import json
import re
from itertools import combinations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import EventPage, FestivalPage
from events.patterns import Occurrence, overlap
from tests.events.ical_rules import read_strictly
from tests.events.tables import REAL_FILE
from tests.world import publish

from .conftest import PHONE
from .test_a_projects_way import assert_fits

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LANGUAGES = ("ja", "en")


def entries_of(content: bytes) -> list:
    """The events of a calendar file, read by a reader that forgives nothing."""
    return [each for each in read_strictly(content).components if each.name == "VEVENT"]


# A citizen


def test_a_citizen_finds_plans_and_takes_the_weekend_along(person):
    """On a phone and without JavaScript."""
    with person(size=PHONE, javascript=False) as page:
        finds_this_weekends_farming_event_in_two_taps(page)
        first, second, other = two_that_overlap_and_one_that_does_not()
        for event in (other, first, second):
            puts_into_the_plan(page, event)
        is_warned_of_the_overlap(page, first, second, other)
        takes_the_plan_along(page, (first, second, other))
        has_it_again_later_and_may_show_it_to_others(page, person)


def finds_this_weekends_farming_event_in_two_taps(page):
    page.goto("/ja/")
    assert_fits(page)
    page.get_by_role("main").get_by_role("link", name="今週末", exact=True).first.click()
    assert_fits(page)
    entry = page.locator(".entry", has_text="農業").first
    title = entry.locator(".entry__title").inner_text()
    entry.locator(".entry__title a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.sub(r"\s", "", title))
    assert_fits(page)
    words = page.get_by_role("main").inner_text()
    assert any(f"{day.month}月{day.day}日" in words for day in this_weekend())


def this_weekend() -> list[datetime.date]:
    """The Saturday and the Sunday that come next, or on one of which we are."""
    today = timezone.localdate()
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    return [sunday - datetime.timedelta(days=1), sunday]


def occurrence_of(event: EventPage) -> Occurrence:
    pattern = event.sessions.get().pattern
    return pattern.occurrence(pattern.starts_on)


def coming_festival() -> FestivalPage:
    coming = FestivalPage.objects.filter(last_day__gte=timezone.localdate())
    return coming.get(locale__language_code="ja")


def two_that_overlap_and_one_that_does_not() -> tuple[EventPage, EventPage, EventPage]:
    """Of the programme, with one session each that ends at an hour that is known, and nothing
    decided about them."""
    programme = EventPage.objects.child_of(coming_festival()).live().filter(decisions=None)
    programme = programme.exclude(sessions__ends_at=None)
    plain = [event for event in programme if event.sessions.count() == 1]
    first, second = next(
        pair for pair in combinations(plain, 2) if overlap(*map(occurrence_of, pair))
    )
    other = next(
        event
        for event in plain
        if not any(overlap(occurrence_of(event), occurrence_of(each)) for each in (first, second))
        and event not in (first, second)
    )
    return first, second, other


def puts_into_the_plan(page, event: EventPage):
    page.goto(event.get_url())
    page.get_by_role("link", name=re.compile("^わたしの予定に入れる")).first.click()
    expect(page).to_have_url(re.compile(r"/ja/events/plan/\?pick="))
    expect(page.get_by_role("main")).to_contain_text(event.title)
    assert_fits(page)


def is_warned_of_the_overlap(page, first, second, other):
    warning = page.locator(".plan-clashes li", has_text=first.title).filter(has_text=second.title)
    expect(warning).to_contain_text("重な")
    sure = page.locator(
        ".plan-clashes li", has=page.locator("strong", has_text=re.compile("^重な"))
    )
    expect(sure.filter(has_text=other.title)).to_have_count(0)


def takes_the_plan_along(page, events):
    link = page.locator("main a[href^='http'][href*='calendar.ics']").first.get_attribute("href")
    found = entries_of(page.request.get(link).body())
    titles = {entry.value("SUMMARY") for entry in found}
    assert titles == {event.title for event in events}


def has_it_again_later_and_may_show_it_to_others(page, person):
    picked = page.url
    page.goto("/ja/events/plan/")
    expect(page).to_have_url(re.compile(r"\?pick="))
    expect(page.locator(".plan-lines > li")).to_have_count(3)
    with person(size=PHONE, language="en-GB", javascript=False) as friend:
        friend.goto(picked.split("/ja/")[0] + "/en/" + picked.split("/ja/")[1])
        expect(friend.locator(".plan-lines > li")).to_have_count(3)
        expect(friend.locator("html")).to_have_attribute("lang", "en")
        friend.goto("/en/events/plan/")
        expect(friend.locator(".plan-lines > li")).to_have_count(0)


# A duty officer


def test_a_duty_officer_puts_sunday_off_and_every_surface_says_so(person):
    festival = coming_festival()
    sunday = festival.first_day + datetime.timedelta(days=1)
    new_day = sunday + datetime.timedelta(days=14)
    event = (
        EventPage.objects.child_of(festival)
        .live()
        .filter(decisions=None, first_day=sunday, last_day=sunday)
        .first()
    )
    with person(size=PHONE) as page:
        before = entries_of(page.request.get("/ja/events/calendar.ics").body())
    puts_the_day_off(person, festival, sunday, new_day)
    for language in LANGUAGES:
        with person(size=PHONE, language=language) as page:
            every_surface_says_so(page, language, festival, event, sunday, new_day, before)


def puts_the_day_off(person, festival, sunday, new_day):
    """From the desk's first screen: choose the day, choose what, press."""
    with person(account="duty", size=PHONE) as page:
        day = page.locator(f".duty a[href*='day={sunday.isoformat()}']")
        day.filter(has_text=f"{sunday.month}月{sunday.day}日").first.click()
        expect(page.get_by_role("main")).to_contain_text(festival.title)
        page.get_by_text("順延", exact=True).click()
        page.fill("[name=postponed_to]", new_day.isoformat())
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator(".duty-button").click()
        expect(page.locator(".messages")).to_contain_text("順延")
        page.goto("/admin/duty/decisions/")
        expect(page.locator("main")).to_contain_text(festival.title)
        expect(page.locator("main")).to_contain_text("duty")


def every_surface_says_so(page, language, festival, event, sunday, new_day, before):
    says = {"ja": "順延", "en": "Postponed"}[language]
    day = {
        "ja": f"{new_day.month}月{new_day.day}日",
        "en": f"{new_day.day} {new_day:%B} {new_day.year}",
    }[language]
    programme = f"events/{festival.slug}/"
    own = f"{programme}{event.slug}/"
    for path in ("", "events/", programme, own):
        page.goto(f"/{language}/{path}")
        banner = page.locator(".announcements")
        expect(banner).to_contain_text(says)
        expect(banner).to_contain_text(day)
        # Before all that the page has to say itself.
        assert (
            banner.bounding_box()["y"] < page.locator("main h2:visible").nth(1).bounding_box()["y"]
        )
        assert_fits(page)
    month = f"{sunday:%Y-%m}"
    for path in (
        f"events/?from={sunday}&to={sunday}",
        f"events/calendar/?month={month}",
        f"events/timetable/?from={sunday}&to={sunday}",
        f"{programme}timetable/",
    ):
        page.goto(f"/{language}/{path}")
        expect(page.locator("main .event-standing", has_text=says).first).to_be_attached()
    page.goto(f"/{language}/{own}")
    data = json.loads(page.locator("script[type='application/ld+json']").first.text_content())
    assert "EventRescheduled" in json.dumps(data)
    assert new_day.isoformat() in json.dumps(data)
    after = entries_of(page.request.get(f"/{language}/events/calendar.ics").body())
    known = {entry.value("UID"): entry for entry in before}
    moved = [
        entry
        for entry in after
        if known[entry.value("UID")].value("DTSTART") != entry.value("DTSTART")
        and entry.value("DTSTART").startswith(f"{new_day:%Y%m%d}")
    ]
    assert moved, "the calendar has the new day"
    for entry in moved:
        old = known[entry.value("UID")]
        assert int(entry.value("SEQUENCE")) > int(old.value("SEQUENCE"))


# The city's own file


def test_the_citys_file_comes_in_goes_out_and_comes_in_again_without_change(person, tmp_path):
    of_the_file = EventPage.objects.filter(imported_from__isnull=False)
    archive = set(of_the_file.values_list("pk", flat=True))
    assert len(archive) == 10, "the demonstration shows ten events of the file"
    with person(account="department") as page:
        import_file(page, REAL_FILE)
        expect(page.locator("main")).to_contain_text("15")
        page.get_by_role("button", name="この内容で取り込む").click()
        expect(page.locator(".messages")).to_contain_text("下書き")
    assert of_the_file.count() == 15
    assert set(of_the_file.filter(live=True).values_list("pk", flat=True)) == archive
    for draft in of_the_file:
        # As PR would, having looked: the city's file has no marks.
        page_as_drafted = draft.get_latest_revision_as_object()
        page_as_drafted.no_mark_applies = True
        publish(page_as_drafted)
    with person(account="department") as page:
        exported = tmp_path / "events.csv"
        exported.write_bytes(page.request.get("/opendata/events.csv").body())
        for file in (exported, REAL_FILE):
            import_file(page, file)
            expect(page.locator(".import__kind").first).to_be_visible()
            kinds = set(page.locator(".import__kind").all_inner_texts())
            assert kinds == {"変更なし"}, (file, kinds)


def import_file(page, file):
    """From the list of events to what the import would do."""
    page.goto("/admin/events/import/")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="取り込む前に確かめる").click()
