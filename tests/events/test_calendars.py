"""Calendars: valid to the letter, true to the sessions and to every decision, and streamed."""

from __future__ import annotations

import datetime
import re
from types import SimpleNamespace

import freezegun
import pytest
from dateutil.rrule import rruleset, rrulestr
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import example, given
from icalendar import Calendar

from events import calendars
from events.calendars import SESSIONS_IN_A_PIECE, CalendarWriter
from events.choices import Repeats
from events.factories import DecisionFactory, EventFieldFactory
from events.models import EventPage, Session
from events.patterns import Pattern
from kiyose.translation.factories import translate
from tests.bulk import clone, update_statistics
from tests.queries import LANGUAGES
from tests.world import fresh, publish

from .ical_rules import read_strictly
from .patterns_made_up import patterns, unhurried
from .programme import BEFORE, DAY, SATURDAY, SUNDAY, Programme, at, code

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_the_week_before():
    with freezegun.freeze_time(BEFORE):
        yield


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freezegun.freeze_time(BEFORE):
        yield Programme()
        transaction.set_rollback(True)


def content_of(url: str, **headers) -> bytes:
    answer = Client().get(url, **headers)
    assert answer.status_code == 200, url
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return b"".join(answer.streaming_content)


def entries_at(url: str) -> list:
    """The entries of a calendar that is valid by our own strict reader and by the library."""
    content = content_of(url)
    read_strictly(content)
    calendar = Calendar.from_ical(content)
    assert not [error for event in calendar.events for error in event.errors]
    return calendar.events


def entry_of(event, url: str = "/ja/events/calendar.ics"):
    """The one entry of an event's first session."""
    uid = str(event.sessions.first().uid(event.translation_key))
    (entry,) = [entry for entry in entries_at(url) if entry.uid == uid]
    return entry


# What is in which calendar


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_calendar_holds_what_it_is_of(programme, language):
    festival = f"/{language}/events/festival"

    def names(url: str) -> set[str]:
        return {str(entry["SUMMARY"]) for entry in entries_at(url)}

    harvest = "見本の収穫" if language == "ja" else "Sample harvest"
    public = {harvest, "見本の演奏", "見本の人形劇", "見本の話", "見本の夜の会"}
    public |= {"見本の写真展", "見本の終わった会"}
    assert names(f"{festival}/harvest/calendar.ics") == {harvest}
    assert names(f"{festival}/calendar.ics") == public
    assert names(f"/{language}/events/calendar.ics") == public
    picks = f"pick={code(programme.harvest)}&pick={code(programme.late)}"
    assert names(f"/{language}/events/plan/calendar.ics?{picks}") == {harvest, "見本の夜の会"}


def test_drafts_and_private_events_are_in_no_calendar(programme):
    for event in (programme.draft, programme.private):
        title = event.title.encode()
        for url in (
            "/ja/events/calendar.ics",
            "/ja/events/festival/calendar.ics",
            f"/ja/events/plan/calendar.ics?pick={code(event)}",
        ):
            assert title not in content_of(url).replace(b"\r\n ", b"")
        assert Client().get(f"/ja/events/festival/{event.slug}/calendar.ics").status_code != 200


def test_all_events_are_those_of_a_year_before_and_after(programme):
    with transaction.atomic():
        for slug, days in (("ago", -365), ("long-ago", -400), ("soon", 365), ("later", 400)):
            day = timezone.localdate() + days * DAY
            programme.event(slug, f"見本{slug}", at("10:00", "11:00", day))
        names = {str(entry["SUMMARY"]) for entry in entries_at("/ja/events/calendar.ics")}
        transaction.set_rollback(True)
    assert {"見本ago", "見本soon"} <= names
    assert not {"見本long-ago", "見本later"} & names


def test_odd_addresses_are_answered(programme):
    assert entries_at("/ja/events/plan/calendar.ics?pick=x&pick=1-zzz&pick=" + "9" * 400) == []
    assert entries_at("/ja/events/plan/calendar.ics") == []
    for url in ("/ja/events/nothing/calendar.ics", "/ja/calendar.ics", "/ja/events/other.ics"):
        assert Client().get(url).status_code == 404


# What an entry says


def test_an_entry_says_what_when_and_where(programme):
    with transaction.atomic():
        park = programme.park
        park.latitude, park.longitude, park.address = "35.785123", "139.526400", "見本町1"
        park.save()
        event = programme.event(
            "full",
            "見本, 雨天; \\決行",
            at("10:00", "12:00", venue=park),
            place="見本の水車前",
            description="一行目\r\n二行目\x0b" + "長い説明。" * 60,
            organiser='見本の"会"',
            contact_email="mihon@example.jp",
            field=EventFieldFactory(name="見本, 農業"),
        )
        entry = entry_of(event)
        transaction.set_rollback(True)
    assert str(entry["SUMMARY"]) == "見本, 雨天; \\決行"
    assert entry.start.isoformat() == "2026-10-24T10:00:00+09:00"
    assert entry.end.isoformat() == "2026-10-24T12:00:00+09:00"
    assert entry["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert str(entry["LOCATION"]) == "見本公園 見本の水車前、見本町1"
    assert entry["GEO"].to_ical() == "35.785123;139.5264"
    assert str(entry["DESCRIPTION"]).split("\n")[1:3] == [
        "一行目",
        "二行目" + "長い説明。" * 60,
    ]
    assert str(entry["URL"]).endswith("/ja/events/festival/full/")
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert entry.categories == ["見本, 農業"]
    assert str(entry["ORGANIZER"]) == "mailto:mihon@example.jp"


def test_the_words_are_those_of_the_address(programme):
    url = "/en/events/festival/harvest/calendar.ics"
    entry = entry_of(programme.harvest, url)
    assert str(entry["SUMMARY"]) == "Sample harvest"
    assert str(entry["URL"]).endswith("/en/events/festival/harvest/")
    hall = entry_of(programme.concert, "/en/events/calendar.ics")
    assert str(hall["LOCATION"]) == "Sample Hall"


def test_words_are_of_the_address_whenever_they_are_sent(programme):
    """A calendar is written while it is sent; another visitor may be served meanwhile."""
    with transaction.atomic():
        DecisionFactory(event=programme.harvest, day=SATURDAY, status="cancelled")
        answer = Client().get("/en/events/calendar.ics")
        with translation.override("ja"):
            content = b"".join(answer.streaming_content).replace(b"\r\n ", b"")
        transaction.set_rollback(True)
    assert b"[Cancelled] Sample harvest" in content


def test_a_whole_day_ends_before_the_next_one(programme):
    entry = entry_of(programme.photographs)
    assert (entry.start, entry["DTEND"].dt) == (SATURDAY - 9 * DAY, SUNDAY + DAY)
    assert entry["DTSTART"].params["VALUE"] == "DATE"


def test_an_open_end_has_no_end(programme):
    assert "DTEND" not in entry_of(programme.talk)


def test_past_midnight(programme):
    with transaction.atomic():
        event = programme.event("night", "見本の夜", at("22:00", "02:00", until=SUNDAY))
        entry = entry_of(event)
        transaction.set_rollback(True)
    assert entry.end.isoformat() == "2026-10-25T02:00:00+09:00"


def test_dates_in_words_are_left_out(programme):
    with transaction.atomic():
        event = programme.event(
            "vague", "見本", at("", until=SUNDAY, repeats="words"), dates_note="見本：下旬"
        )
        assert entries_at("/ja/events/festival/vague/calendar.ics") == []
        assert entries_at(f"/ja/events/plan/calendar.ics?pick={code(event)}") == []
        transaction.set_rollback(True)


def test_the_calendar_says_what_it_is(programme):
    calendar = Calendar.from_ical(content_of("/ja/events/festival/calendar.ics"))
    assert calendar.calendar_name == "見本まつり"
    assert str(calendar["X-WR-CALNAME"]) == "見本まつり"
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert calendar.refresh_interval == datetime.timedelta(hours=1)
    (zone,) = calendar.timezones
    assert zone.tz_name == "Asia/Tokyo"


# Series


def series(**values) -> dict:
    """Wednesdays from 7 October to 25 November; 3 November 2026 is a holiday, a Tuesday, and
    so is 23 November, a Monday."""
    return at("14:00", "15:00", datetime.date(2026, 10, 5), **values)


def expanded(entries: list) -> list[datetime.date]:
    """The days on which a calendar program shows a series that nobody has changed."""
    (master,) = [entry for entry in entries if "RRULE" in entry]
    start = master["DTSTART"].dt
    naive = start if isinstance(start, datetime.datetime) else as_moment(start)
    days = rruleset()
    # dateutil wants UNTIL of the kind of its start; a day is a midnight to it.
    days.rrule(rrulestr(master["RRULE"].to_ical().decode(), dtstart=naive))
    exceptions = master.get("EXDATE", [])
    for each in exceptions if isinstance(exceptions, list) else [exceptions]:
        for left_out in each.dts:
            days.exdate(as_moment(left_out.dt))
    return [moment.date() for moment in days]


def as_moment(day: datetime.date) -> datetime.datetime:
    if isinstance(day, datetime.datetime):
        return day
    return datetime.datetime.combine(day, datetime.time())


def test_a_series_is_a_rule_with_the_holidays_left_out(programme):
    with transaction.atomic():
        day = datetime.date(2026, 11, 2)
        session = at("14:00", "15:00", day, until=datetime.date(2026, 12, 7), repeats="weekly")
        event = programme.event("monday", "見本の月曜", session | {"except_holidays": True})
        (master,) = entries_at("/ja/events/festival/monday/calendar.ics")
        days = [each.day for each in event.sessions.first().pattern.between(day, day + 60 * DAY)]
        transaction.set_rollback(True)
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261207T050000Z"
    assert master["EXDATE"].to_ical() == b"20261123T140000"
    assert master["EXDATE"].params["TZID"] == "Asia/Tokyo"
    assert expanded([master]) == days


def test_a_series_that_would_begin_on_a_holiday_begins_after_it(programme):
    """Calendar programs show DTSTART whatever is left out."""
    with transaction.atomic():
        holiday = datetime.date(2026, 11, 3)
        session = at("14:00", "15:00", holiday, until=holiday + 21 * DAY, repeats="weekly")
        programme.event("tuesday", "見本の火曜", session | {"except_holidays": True})
        (master,) = entries_at("/ja/events/festival/tuesday/calendar.ics")
        transaction.set_rollback(True)
    assert master.start.date() == holiday + 7 * DAY
    assert "EXDATE" not in master


def test_a_series_of_nothing_but_holidays_is_no_entry(programme):
    with transaction.atomic():
        holiday = datetime.date(2026, 11, 3)
        session = at("", day=holiday, until=holiday + DAY, repeats="weekly", except_holidays=True)
        programme.event("never", "見本", session)
        assert entries_at("/ja/events/festival/never/calendar.ics") == []
        transaction.set_rollback(True)


@unhurried
@given(pattern=patterns(repeats=(Repeats.DAILY, Repeats.WEEKLY)))
@example(Pattern(SATURDAY, SATURDAY, repeats=Repeats.DAILY))
def test_what_a_calendar_program_shows_are_the_days_of_the_pattern(pattern):
    row = made_up_session(pattern)
    source = SimpleNamespace(
        events={row.event_key: made_up_event()},
        venues={},
        fields={},
        settled=lambda row: [
            calendars.Settled(
                calendars.Planned(row.page_id, row.path, pattern.occurrence(day)),
                pattern.occurrence(day),
                None,
            )
            for day in pattern.days()
        ],
        rows=[row],
        request=None,
    )
    content = b"".join(CalendarWriter(source, "見本", "https://example.jp/a.ics").pieces())
    read_strictly(content)
    entries = Calendar.from_ical(content).events
    days = list(pattern.days())
    assert (expanded(entries) if entries else []) == days


def made_up_session(pattern: Pattern) -> Session:
    row = Session(
        page_id=1,
        key="a1b2c3",
        starts_on=pattern.starts_on,
        until=pattern.until,
        starts_at=pattern.starts_at,
        ends_at=pattern.ends_at,
        repeats=pattern.repeats,
        except_holidays=pattern.except_holidays,
    )
    row.event_key, row.path = EventPage(title="見本").translation_key, "0001"
    row.first_published = row.last_published = calendars.EPOCH
    return row


def made_up_event() -> EventPage:
    event = EventPage(title="見本の教室")
    event.language = "ja"
    event.get_url = lambda request: "/ja/events/mihon/"
    return event


# Decisions


@pytest.mark.parametrize(
    ("language", "title"), [("ja", "【中止】見本の収穫"), ("en", "[Cancelled] Sample harvest")]
)
def test_a_cancelled_event_stays_and_says_so(programme, language, title):
    with transaction.atomic():
        DecisionFactory(
            event=programme.harvest,
            day=SATURDAY,
            status="cancelled",
            note="見本：大雨のため",
            note_en="Sample: heavy rain",
        )
        entry = entry_of(programme.harvest, f"/{language}/events/calendar.ics")
        transaction.set_rollback(True)
    assert str(entry["STATUS"]) == "CANCELLED"
    assert str(entry["SUMMARY"]) == title
    note = "見本：大雨のため" if language == "ja" else "Sample: heavy rain"
    assert note in str(entry["DESCRIPTION"]).split("\n")


def test_a_postponed_event_waits_then_moves(programme):
    with transaction.atomic():
        now = timezone.now()
        known = now + datetime.timedelta(hours=20)
        DecisionFactory(
            festival=programme.festival, day=SATURDAY, status="postponed", next_decision_at=known
        )
        waiting = entry_of(programme.harvest)
        DecisionFactory(
            event=programme.harvest,
            day=SATURDAY,
            status="postponed",
            postponed_to=SUNDAY,
            made_at=now + MINUTE,
        )
        moved = entry_of(programme.harvest)
        transaction.set_rollback(True)
    assert (str(waiting["STATUS"]), waiting.start.date()) == ("TENTATIVE", SATURDAY)
    assert "2026年10月21日(水) 午前8時" in str(waiting["DESCRIPTION"])
    assert (str(moved["STATUS"]), moved.start.date()) == ("CONFIRMED", SUNDAY)
    assert str(moved["SUMMARY"]).endswith("】見本の収穫")


def test_a_moved_event_is_where_it_is_now(programme):
    with transaction.atomic():
        DecisionFactory(venue=programme.hall, day=SATURDAY, status="moved", moved_to=programme.park)
        entry = entry_of(programme.concert)
        transaction.set_rollback(True)
    assert str(entry["LOCATION"]) == "見本公園"
    assert str(entry["STATUS"]) == "CONFIRMED"


def test_a_changed_day_of_a_series_is_an_instance_of_its_own(programme):
    with transaction.atomic():
        session = at("14:00", "15:00", until=SATURDAY + 28 * DAY, repeats="weekly")
        event = programme.event("class", "見本の教室", session)
        second, third = SATURDAY + 7 * DAY, SATURDAY + 14 * DAY
        DecisionFactory(event=event, day=second, status="cancelled")
        DecisionFactory(event=event, day=third, status="postponed", postponed_to=third + DAY)
        master, cancelled, moved = entries_at("/ja/events/festival/class/calendar.ics")
        transaction.set_rollback(True)
    assert str(master["SUMMARY"]) == "見本の教室"
    assert len(expanded([master])) == 5
    assert cancelled["RECURRENCE-ID"].dt.date() == second
    assert (str(cancelled["STATUS"]), cancelled.start.date()) == ("CANCELLED", second)
    assert moved["RECURRENCE-ID"].dt.date() == third
    assert (str(moved["STATUS"]), moved.start.date()) == ("CONFIRMED", third + DAY)
    assert len({entry.uid for entry in (master, cancelled, moved)}) == 1
    assert len({entry["SEQUENCE"] for entry in (master, cancelled, moved)}) == 1


def test_a_series_that_is_cancelled_as_a_whole_is_one_cancelled_entry(programme):
    with transaction.atomic():
        session = at("14:00", "15:00", until=SATURDAY + 28 * DAY, repeats="weekly")
        event = programme.event("class", "見本の教室", session)
        DecisionFactory(event=event, day=None, status="cancelled")
        (master,) = entries_at("/ja/events/festival/class/calendar.ics")
        transaction.set_rollback(True)
    assert str(master["STATUS"]) == "CANCELLED"
    assert "RRULE" in master


# Versions


def test_the_uid_stays_and_the_sequence_grows(programme):
    """With every publication and every decision, in every language alike."""
    url = "/ja/events/festival/late/calendar.ics"

    def version(url=url):
        (entry,) = entries_at(url)
        return entry.uid, int(entry["SEQUENCE"]), entry["LAST-MODIFIED"].dt

    with transaction.atomic():
        versions = [version()]
        assert versions[0][1] == 0
        with freezegun.freeze_time(BEFORE) as clock:
            clock.tick(MINUTE)
            page = fresh(programme.late)
            session = page.sessions.first()
            session.starts_at = datetime.time(18, 30)
            page.sessions = [session]
            publish(page)
            versions.append(version())
            clock.tick(MINUTE)
            DecisionFactory(event=programme.late, day=SATURDAY, status="cancelled")
            versions.append(version())
            clock.tick(MINUTE)
            DecisionFactory(event=programme.late, day=SATURDAY, status="on")
            versions.append(version())
            clock.tick(MINUTE)
            DecisionFactory(event=programme.harvest, day=SATURDAY, status="cancelled")
            assert version() == versions[-1]
            clock.tick(MINUTE)
            page = fresh(programme.late)
            page.title = "見本の新しい題"
            publish(page)
            versions.append(version())
            translate(fresh(programme.late))
            assert version("/en/events/festival/late/calendar.ics")[:2] == versions[-1][:2]
        transaction.set_rollback(True)
    uids, sequences, modified = zip(*versions, strict=True)
    assert len(set(uids)) == 1
    assert list(sequences) == sorted(set(sequences))
    assert list(modified) == sorted(set(modified))


def test_whoever_has_it_is_told_so_until_it_changes(programme):
    def answer(etag=""):
        return Client().get("/ja/events/calendar.ics", headers={"if-none-match": etag})

    with transaction.atomic():
        first = answer()
        assert first["Cache-Control"] == "no-cache"
        etags = [first["ETag"]]
        assert answer(etags[0]).status_code == 304
        changes = (
            lambda: DecisionFactory(day=SATURDAY, status="cancelled"),
            lambda: programme.late.unpublish(),
            lambda: (
                type(programme.hall)
                .objects.filter(pk=programme.hall.pk)
                .update(name="見本の新しい名")
            ),
            lambda: publish(fresh(programme.talk)),
        )
        with freezegun.freeze_time(BEFORE) as clock:
            for change in changes:
                clock.tick(MINUTE)
                change()
                changed = answer(etags[-1])
                assert changed.status_code == 200, change
                etags.append(changed["ETag"])
        transaction.set_rollback(True)
    assert len(set(etags)) == len(etags)


def test_nothing_is_written_for_whoever_has_it(programme, monkeypatch):
    etag = Client().get("/ja/events/calendar.ics")["ETag"]
    monkeypatch.setattr(CalendarWriter, "entries", lambda *args: pytest.fail("it was written"))
    answer = Client().get("/ja/events/calendar.ics", headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert b"".join(answer) == b""


# Many


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["calendar.ics", "festival/calendar.ics"])
def test_a_thousand_events_are_streamed_by_as_many_queries_as_a_few(programme, language, path):
    url = f"/{language}/events/{path}"

    def visit() -> tuple[list[bytes], int]:
        cache.clear()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            answer = Client().get(url)
            assert answer.streaming
            pieces = list(answer.streaming_content)
        return pieces, len(queries)

    with transaction.atomic():
        _few, queries_for_few = visit()
        session = programme.harvest.sessions.first()
        Session.objects.bulk_create(
            Session(
                page_id=number,
                starts_on=session.starts_on,
                starts_at=session.starts_at,
                venue_id=session.venue_id,
            )
            for number in clone(fresh(programme.harvest), 1_000)
        )
        update_statistics()
        many, queries_for_many = visit()
        transaction.set_rollback(True)
    assert queries_for_many <= queries_for_few <= 15
    assert len(many) >= 1_000 // SESSIONS_IN_A_PIECE
    assert max(map(len, many)) < 100_000
    read_strictly(b"".join(many))
    assert len(re.findall(rb"BEGIN:VEVENT", b"".join(many))) == 1_007
