"""The sample festival, its programme, other events and the archive that the demonstration loads."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupPagePermission

from events.choices import Application, Repeats
from events.decisions import Standing
from events.models import (
    Decision,
    EventField,
    EventPage,
    FestivalPage,
    FestivalPart,
    ImportedEvent,
    Session,
    Venue,
)
from events.schedule import entries_between
from home.demonstration.events import FOLDER, Days, clock
from home.demonstration.files import CONTENT, read
from kiyose.japanese.periods import fiscal_year_of
from kiyose.japanese.script import has_japanese
from projects.models import Measurement
from tests.events.tables import REAL_FILE, URL, preview_of
from tests.overlaps import overlapping_pairs
from tests.staff import client_of

DAY = datetime.timedelta(days=1)
# Every day of four years: weekends fall on every day of the turn of a year.
DAYS_OF_LOADING = [datetime.date(2026, 1, 1) + DAY * number for number in range(1461)]
# As they are written in the city's own list of 2022.
TYPES = (
    *("文化・芸術", "子育て・教育", "催事・観光"),
    *("申請", "生活と環境", "健康・福祉、スポーツ"),
)
OFFICES_ARE_CLOSED = ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))
SAMPLE = {"ja": "見本", "en": "Sample"}
WORDS_OF_A_FESTIVAL = (
    *("title", "summary", "theme", "run_by", "why", "access_by_bus", "access_on_foot"),
    *("venue_plan_text", "first_aid", "lost_children", "toilets", "baby_care", "rain_rule"),
)


def contents() -> dict[str, dict]:
    """Every content file of an event."""
    files = sorted((CONTENT / FOLDER).rglob("*.yml"))
    return {path.stem: read(str(path.relative_to(CONTENT).with_suffix(""))) for path in files}


@pytest.fixture(scope="module")
def today(demonstration_rows):
    """The demonstration; the day of loading."""
    return demonstration_rows.today


pytestmark = pytest.mark.django_db


def edition(number: int, language: str = "ja") -> FestivalPage:
    return FestivalPage.objects.live().get(edition=number, locale__language_code=language)


def programme(number: int = 3):
    return EventPage.objects.live().descendant_of(edition(number))


def coming(today, events=None):
    """All that takes place until the festival is over."""
    return entries_between(today, edition(3).last_day, events=events)


# Days, whatever the day of loading


def test_the_weekend_of_a_day_is_its_saturday_and_sunday():
    for today in DAYS_OF_LOADING:
        saturday = Days(today).weekend(0)
        assert saturday.weekday() == 5
        assert -1 <= (saturday - today).days <= 5
        assert Days(today).day("weekend 0 sun") == saturday + DAY
        assert Days(today).day("weekend 1 wed") == saturday + 4 * DAY


def test_the_festival_is_always_weeks_ahead_and_never_at_the_turn_of_a_year():
    for today in DAYS_OF_LOADING:
        days = [
            Days(today).day(f"festival {week} {day}") for week in (1, 2) for day in ("sat", "sun")
        ]
        assert [day.weekday() for day in days] == [5, 6, 5, 6]
        assert days[2] - days[0] == 7 * DAY
        assert 20 <= (days[0] - today).days <= 48
        assert not [day for day in days if (day.month, day.day) in OFFICES_ARE_CLOSED]


def test_no_session_ends_before_it_begins_and_whoever_wants_to_can_still_apply():
    read_all = contents()
    for today in DAYS_OF_LOADING:
        days = Days(today)
        for name, content in read_all.items():
            facts = content["facts"]
            for line in facts.get("sessions", []):
                first = days.day(line["day"])
                assert days.day(line.get("until", line["day"])) >= first, (name, today)
                begin, end = clock(line.get("at")), clock(line.get("to"))
                assert end is None or begin < end, name
            if isinstance(facts.get("apply_until"), str):
                first, last = days.day(facts["apply_from"]), days.day(facts["apply_until"])
                assert first <= today < last, (name, today)
                assert last <= days.day(facts["sessions"][0]["day"]), (name, today)


def test_the_next_august_is_not_over():
    for today in DAYS_OF_LOADING:
        last = Days(today).day("august 31")
        assert today <= last < today + 366 * DAY


# What is loaded


def test_the_coming_edition_has_every_word_and_fact(today):
    for language in ("ja", "en"):
        page = edition(3, language)
        for name in WORDS_OF_A_FESTIVAL:
            assert getattr(page, name), name
            assert has_japanese(getattr(page, name)) == (language == "ja"), name
        for name in (*WORDS_OF_A_FESTIVAL[2:4], *WORDS_OF_A_FESTIVAL[5:], "title"):
            assert getattr(page, name).startswith(SAMPLE[language]), name
        assert page.days.count() == 4
        assert page.parts.count() == 4
        assert page.exhibitors.exclude(certificate=None).count() == 5
        assert page.exhibitors.filter(certificate=None).exclude(english_name="").count() == 2
        assert page.venue_plan.title == "見本のまつりの会場の図"
        assert page.visitors_indicator.slug == "festival-visitors"
        assert page.visitors_period == f"FY{fiscal_year_of(page.first_day)}"
        assert page.mark_codes[0] == "8.9"
        assert page.body
    assert edition(3).first_day == Days(today).festival(1)
    assert edition(3).last_day == edition(3).first_day + 8 * DAY


def test_the_four_parts_are_the_proposals(today):
    parts = FestivalPart.objects.filter(locale__language_code="ja")
    assert [(part.name, part.field.name) for part in parts] == [
        ("市民まつり", "商業"),
        ("農業まつり", "農業"),
        ("アイレックまつり", "ジェンダー"),
        ("社協まつり", "福祉"),
    ]
    rows = edition(3).parts.select_related("part")
    assert {row.part.key for row in rows} == {part.key for part in parts}


def test_the_committee_may_draft_below_the_coming_edition_only(today):
    group = Group.objects.get(name="実行委員会")
    given = GroupPagePermission.objects.filter(group=group)
    assert set(given.values_list("page", flat=True)) == {edition(3).pk}
    assert edition(2).committee is None


def test_a_programme_of_more_than_24_events_at_six_venues_and_more(today):
    assert programme().count() >= 24
    sessions = Session.objects.filter(page__in=programme())
    assert len(set(sessions.exclude(venue=None).values_list("venue", flat=True))) >= 6
    days = {entry.occurrence.day for entry in coming(today, programme())}
    assert {day.date for day in edition(3).days.all()} <= days
    fields = set(programme().values_list("field__key", flat=True))
    assert {"commerce", "farming", "gender", "welfare"} <= fields
    for page in programme():
        assert page.title.startswith("見本：")
        assert page.get_translations().live().get().specific.title.startswith("Sample: ")
        assert page.mark_codes, page.slug
        assert page.picture, page.slug
        assert page.organiser
        assert page.contact_phone.startswith("042-000-")


def test_the_first_event_of_the_tree_is_one_that_shows_much(today):
    first = EventPage.objects.filter(locale__language_code="ja").order_by("path").first()
    assert first.get_parent().specific == edition(3)
    assert first.application == Application.LOTTERY
    assert first.apply_in_english
    assert first.exhibitors.exists()


def test_some_of_it_falls_on_the_same_time(today):
    occurrences = [entry.occurrence for entry in coming(today, programme())]
    assert len(overlapping_pairs(occurrences)) > 10


def test_one_is_cancelled_and_one_is_moved_by_the_officer_on_duty(today):
    changed = {entry.event.slug: entry for entry in coming(today) if entry.settled.is_changed}
    assert {slug: entry.settled.standing for slug, entry in changed.items()} == {
        "tractor-ride": Standing.CANCELLED,
        "river-life": Standing.MOVED,
    }
    assert changed["river-life"].venue.key == "sample-rooms"
    assert changed["river-life"].settled.next_decision_at > timezone.now()
    for decision in Decision.objects.all():
        assert decision.made_by.username == "duty"
        assert decision.made_at < timezone.now()
        assert decision.note.startswith("見本：")
        assert decision.note_en.startswith("Sample: ")


def test_every_kind_of_event_is_there(today):
    """What lists, pages, calendars and the plan must be able to show."""
    pages = EventPage.objects.live().filter(locale__language_code="ja")
    sessions = Session.objects.filter(page__in=programme())
    assert pages.filter(languages__contains="en").exclude(apply_in_english="").exists()
    assert {page.application for page in pages} >= set(Application.values)
    assert pages.filter(sign_language=True).exists()
    assert pages.filter(diets__contains="halal").exclude(allergens="").exists()
    assert pages.filter(fee__gt=0).exists()
    assert pages.exclude(age_from=None).exclude(age_to=None).exists()
    assert pages.exclude(exhibitors__certificate=None).exists()
    assert pages.filter(exhibitors__certificate=None).exclude(exhibitors__name="").exists()
    assert sessions.filter(starts_at=None, until__gt=today).exists(), "all day"
    assert sessions.filter(starts_at__isnull=False, ends_at=None).exists(), "open-ended"
    assert sessions.filter(repeats=Repeats.DAILY, except_holidays=True).exists()
    weekly = Session.objects.filter(page__in=pages, repeats=Repeats.WEEKLY, until__gt=today)
    assert weekly.filter(except_holidays=True).exists()
    words = Session.objects.filter(page__in=pages, repeats=Repeats.IN_WORDS)
    assert words.filter(starts_on__gt=today).exclude(page__dates_note="").exists()


def test_there_is_farming_this_weekend_whatever_the_day(today):
    saturday = Days(today).weekend(0)
    farming = EventPage.objects.live().filter(locale__language_code="ja", field__key="farming")
    found = entries_between(saturday, saturday + DAY, events=farming)
    assert [entry.occurrence.day for entry in found] == [saturday, saturday + DAY]
    assert all(entry.event.slug == "weekend-market" for entry in found)


@pytest.mark.parametrize(("number", "visitors"), [(1, 18400), (2, 26300)])
def test_past_editions_have_visitors_that_were_entered_once(today, number, visitors):
    page = edition(number)
    assert page.last_day < today
    assert 2 <= programme(number).count() <= 3
    figure = Measurement.objects.get(
        indicator=page.visitors_indicator, period=page.visitors_period, live=True
    )
    assert figure.value == visitors
    assert figure.source.title.startswith("見本")
    for language in ("ja", "en"):
        assert edition(number, language).title.startswith(SAMPLE[language])


def test_ten_real_rows_are_an_archive_that_names_its_source(today):
    pages = EventPage.objects.live().filter(
        locale__language_code="ja", remarks__contains="清瀬市の2022年のイベント一覧"
    )
    assert pages.count() == 10
    numbers = {page.remarks.split("NO. ")[1][:10] for page in pages}
    assert {
        (f"{row.number:0>10}", row.page.remarks.split("NO. ")[1][:10], row.fiscal_year)
        for row in ImportedEvent.objects.all()
    } == {(number, number, 2021) for number in numbers}
    assert len(numbers) == 10
    types = {
        "文化・芸術",
        "子育て・教育",
        "催事・観光",
        "申請",
        "生活と環境",
        "健康・福祉、スポーツ",
    }
    assert {page.field.name for page in pages} == types
    for page in pages:
        assert page.last_day < datetime.date(2022, 4, 1)
        assert page.no_mark_applies
        assert not page.mark_codes
        english = page.get_translations().live().get().specific
        for words in (page, english):
            said = " ".join(str(getattr(words, name)) for name in ("title", *EventPage.words))
            assert "見本" not in said
            assert "Sample" not in said
        assert english.description
        assert not has_japanese(english.title)
    market = pages.get(slug="travelling-market-nakazato-2021").sessions.get()
    assert (market.repeats, f"{market.starts_on}", f"{market.until}") == (
        Repeats.WEEKLY,
        "2021-04-07",
        "2022-03-30",
    )
    assert pages.get(slug="anything-goes-show-2022").dates_note == "2022年3月中旬から下旬"


def test_the_citys_file_makes_no_second_one_of_the_archive(today):
    known = {row.number for row in ImportedEvent.objects.all()}
    form = client_of("admin").get(URL).context["form"]
    plan = preview_of(client_of("admin"), REAL_FILE.read_bytes(), source=form["source"].initial)
    kinds = {step.form.number: step.kind.value for step in plan.context["plan"].steps}
    assert len(known) == 10
    assert {number for number, kind in kinds.items() if kind != "new"} == known


@pytest.mark.parametrize("slug", ["sunflower-festival", "river-festival"])
def test_real_festivals_tell_facts_and_no_invented_days(today, slug):
    for language in ("ja", "en"):
        page = EventPage.objects.live().get(slug=slug, locale__language_code=language)
        said = " ".join((page.title, page.summary, page.description, page.dates_note))
        assert not said.startswith(SAMPLE[language])
        assert page.dates_note
        assert {"ja": "令和2年度", "en": "fiscal year 2020"}[language] in said
    page = EventPage.objects.get(slug=slug, locale__language_code="ja")
    assert page.sessions.get().repeats == Repeats.IN_WORDS


def test_only_sample_venues_have_coordinates_and_they_say_so(today):
    for language in ("ja", "en"):
        venues = Venue.objects.filter(locale__language_code=language)
        sample = venues.filter(name__startswith=SAMPLE[language])
        assert sample.count() == 6
        for venue in sample:
            assert venue.map_link.startswith("geo:35.")
            assert venue.access.startswith(SAMPLE[language])
            assert {"ja": "座標も見本", "en": "coordinates are samples"}[language] in venue.access
        real = venues.exclude(pk__in=sample)
        assert real.count() == 10
        assert not real.exclude(latitude=None).exists()
        assert not real.exclude(parking="", bicycles="", postal_code="").exists()


def test_fields_are_those_of_the_festivals_and_of_the_citys_own_list(today):
    names = EventField.objects.filter(locale__language_code="ja").values_list("name", flat=True)
    assert list(names) == [
        *("商業", "農業", "ジェンダー", "福祉"),
        *TYPES,
    ]
