"""What becomes of an occurrence: the last word counts, and only about what it is about."""

from __future__ import annotations

import datetime

import freezegun
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from events.choices import Status
from events.decisions import Decisions, Planned, Standing, is_about, settle
from events.factories import DecisionFactory
from events.models import Decision, FestivalPage
from events.patterns import Occurrence, moment
from events.schedule import entries_between

from .patterns_made_up import unhurried
from .programme import BEFORE, DAY, SATURDAY, SUNDAY, Programme, at

FESTIVAL = FestivalPage(id=1, pk=1, path="000100010001")
OTHER_FESTIVAL = FestivalPage(id=2, pk=2, path="000100010002")
HALL, PARK = 11, 12
PLANNED = Planned(
    7, f"{FESTIVAL.path}0001", Occurrence(SATURDAY, SATURDAY, datetime.time(10)), HALL
)
MORNING = moment(SATURDAY, datetime.time(7))
HOUR = datetime.timedelta(hours=1)


def decided(status="cancelled", made_at=MORNING, **about) -> Decision:
    """An unsaved decision; about nothing in particular it is about that Saturday."""
    about = about or {"day": SATURDAY}
    return Decision(status=status, made_at=made_at, **about)


# What is about PLANNED, and what is about something else.
ABOUT_IT = (
    {"day": SATURDAY},
    {"event_id": 7},
    {"venue_id": HALL},
    {"festival": FESTIVAL},
    {"festival": FESTIVAL, "day": SATURDAY, "venue_id": HALL, "event_id": 7},
)
ABOUT_OTHERS = (
    {"day": SUNDAY},
    {"event_id": 8},
    {"venue_id": PARK},
    {"festival": OTHER_FESTIVAL},
    {"event_id": 7, "day": SUNDAY},
    {"venue_id": PARK, "day": SATURDAY},
    {"festival": OTHER_FESTIVAL, "day": SATURDAY},
    {"event_id": 7, "venue_id": PARK},
)


@st.composite
def decisions(draw, about=ABOUT_IT) -> Decision:
    """Any decision, with what its status wants."""
    status = draw(st.sampled_from(Status.values))
    more = {}
    if status == Status.MOVED:
        more["moved_to_id"] = draw(st.sampled_from([HALL, PARK]))
    if status == Status.POSTPONED:
        more["postponed_to"] = draw(st.none() | st.sampled_from([SUNDAY, SATURDAY + 7 * DAY]))
    return decided(status, **draw(st.sampled_from(about)), **more)


lists_of_decisions = st.lists(decisions(), max_size=6)


@unhurried
@given(before=lists_of_decisions, about=st.sampled_from(ABOUT_IT[:1] + ABOUT_IT[4:]))
def test_the_last_word_counts(before, about):
    """Whatever was said before, however exactly: the day named is cancelled."""
    settled = settle(PLANNED, [*before, decided("cancelled", day=SATURDAY)])
    assert settled.standing == Standing.CANCELLED
    assert not settled.takes_place


@unhurried
@given(before=lists_of_decisions)
def test_on_for_the_planned_day_undoes_everything(before):
    settled = settle(PLANNED, [*before, decided("on", day=SATURDAY)])
    assert settled.standing == Standing.ON
    assert settled.occurrence == PLANNED.occurrence
    assert settled.venue_id == PLANNED.venue_id
    assert not settled.is_changed


@unhurried
@given(mine=lists_of_decisions, others=st.lists(decisions(about=ABOUT_OTHERS), max_size=4))
def test_decisions_about_others_change_nothing(mine, others):
    """As long as nothing has brought it to where or when they apply."""
    assert settle(PLANNED, others).decision is None
    here_and_then = [each for each in mine if not (each.postponed_to or each.moved_to_id)]
    assert settle(PLANNED, [*others, *here_and_then]) == settle(PLANNED, here_and_then)


@unhurried
@given(made=lists_of_decisions, days=st.integers(1, 500))
def test_nothing_changes_what_is_over(made, days):
    for each in made:
        each.made_at = MORNING + days * DAY
    settled = settle(PLANNED, made)
    assert (settled.standing, settled.decision) == (Standing.ON, None)


@unhurried
@given(made=lists_of_decisions)
def test_one_after_the_other_is_as_all_at_once(made):
    """Each decision is about what the ones before have left."""
    settled = settle(PLANNED, made)
    so_far = settle(PLANNED, made[:-1])
    if not made or not is_about(made[-1], PLANNED, so_far.occurrence, so_far.venue_id):
        assert settled == so_far
    else:
        assert settled.decision is made[-1]


@unhurried
@given(made=lists_of_decisions)
def test_takes_place_is_said_of_what_has_a_day_and_a_place(made):
    settled = settle(PLANNED, made)
    assert settled.takes_place == (
        settled.standing in (Standing.ON, Standing.MOVED, Standing.RESCHEDULED)
    )
    assert settled.occurrence.starts_at == PLANNED.occurrence.starts_at
    if settled.standing == Standing.RESCHEDULED:
        assert settled.occurrence != PLANNED.occurrence
    if settled.standing == Standing.ON:
        assert settled.occurrence == PLANNED.occurrence


def test_what_is_postponed_follows_what_is_said_about_its_new_day():
    to_sunday = decided("postponed", day=SATURDAY, postponed_to=SUNDAY)
    assert settle(PLANNED, [to_sunday]).occurrence.day == SUNDAY
    rain = decided("cancelled", MORNING + HOUR, day=SUNDAY)
    assert settle(PLANNED, [to_sunday, rain]).standing == Standing.CANCELLED
    confirmed = decided("on", MORNING + 2 * HOUR, day=SUNDAY)
    settled = settle(PLANNED, [to_sunday, rain, confirmed])
    assert (settled.standing, settled.occurrence.day) == (Standing.RESCHEDULED, SUNDAY)
    again = decided("postponed", MORNING + 3 * HOUR, day=SUNDAY, postponed_to=SUNDAY + 7 * DAY)
    assert settle(PLANNED, [to_sunday, again]).occurrence.day == SUNDAY + 7 * DAY


def test_what_is_moved_follows_what_is_said_about_its_new_place():
    moved = decided("moved", venue_id=HALL, moved_to_id=PARK)
    assert settle(PLANNED, [moved]).venue_id == PARK
    flooded = decided("cancelled", MORNING + HOUR, venue_id=PARK)
    assert settle(PLANNED, [moved, flooded]).standing == Standing.CANCELLED


def test_the_whole_day_is_off_but_for_one():
    off = decided("cancelled", festival=FESTIVAL, day=SATURDAY)
    but = decided("on", MORNING + HOUR, event_id=7, day=SATURDAY)
    assert settle(PLANNED, [off, but]).standing == Standing.ON
    assert settle(PLANNED, [but, off]).standing == Standing.CANCELLED


def test_when_more_will_be_known_is_said_until_then():
    waiting = decided("postponed", day=SATURDAY, next_decision_at=MORNING + HOUR)
    with freezegun.freeze_time(MORNING):
        assert settle(PLANNED, [waiting]).next_decision_at == MORNING + HOUR
    with freezegun.freeze_time(MORNING + 2 * HOUR):
        assert settle(PLANNED, [waiting]).next_decision_at is None


# With the database


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freezegun.freeze_time(BEFORE):
        yield Programme()
        transaction.set_rollback(True)


def on_the_day(event, day: datetime.date) -> list[Standing]:
    """What a list of that day alone says of the event."""
    return [
        entry.settled.standing
        for entry in entries_between(day, day)
        if entry.event.translation_key == event.translation_key and entry.occurrence.day == day
    ]


@pytest.mark.django_db
def test_what_is_postponed_twice_is_found_on_its_last_day(programme):
    with freezegun.freeze_time(BEFORE) as clock:
        for day, new_day in ((SATURDAY, SUNDAY), (SUNDAY, SUNDAY + 7 * DAY)):
            clock.tick(HOUR)
            DecisionFactory(
                event=programme.harvest, day=day, status="postponed", postponed_to=new_day
            )
    assert on_the_day(programme.harvest, SATURDAY) == []
    assert on_the_day(programme.harvest, SUNDAY) == []
    assert on_the_day(programme.harvest, SUNDAY + 7 * DAY) == [Standing.RESCHEDULED]


@pytest.mark.django_db
def test_a_word_about_the_planned_day_reaches_the_new_one(programme):
    """Said of Saturday, after Saturday's programme had been postponed by a month."""
    later = SATURDAY + 30 * DAY
    with freezegun.freeze_time(BEFORE) as clock:
        DecisionFactory(
            event=programme.harvest, day=SATURDAY, status="postponed", postponed_to=later
        )
        clock.tick(HOUR)
        DecisionFactory(event=programme.harvest, day=SATURDAY, status="cancelled")
    assert on_the_day(programme.harvest, later) == [Standing.CANCELLED]


@pytest.mark.django_db
def test_a_word_about_yesterday_holds_for_what_lasts_until_tomorrow(programme):
    with freezegun.freeze_time(BEFORE):
        camp = programme.event("camp", "見本の合宿", at("10:00", "10:00", until=SUNDAY + DAY))
        DecisionFactory(event=camp, day=SATURDAY, status="cancelled")
        (entry,) = (
            entry
            for entry in entries_between(SUNDAY, SUNDAY)
            if entry.event.translation_key == camp.translation_key
        )
    assert entry.settled.standing == Standing.CANCELLED


@pytest.mark.django_db
def test_days_that_come_are_found_through_every_step(programme):
    with freezegun.freeze_time(BEFORE):
        now = timezone.now()
        for number in range(4):
            DecisionFactory(
                day=SATURDAY + number * DAY,
                status="postponed",
                postponed_to=SATURDAY + (number + 1) * DAY,
                made_at=now,
            )
        last = SATURDAY + 4 * DAY
        days = Decisions(last).days_that_come_to(last, last)
    assert days == {SATURDAY + number * DAY for number in range(4)}
