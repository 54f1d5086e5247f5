"""A list of a thousand events computes no more dates than it has to."""

from __future__ import annotations

import datetime

import pytest
from django.test import RequestFactory

from events.choices import Repeats
from events.listing import EventList
from events.models import EventPage, Session
from events.patterns import Pattern
from events.schedule import public_events
from events.timetable import TimetableListing
from tests.bulk import clone, update_statistics

from .finding import TODAY, at

pytestmark = pytest.mark.django_db

EVENTS = 1000


@pytest.fixture
def daily(november):
    """A thousand events, every day for two years each: 700,000 dates."""
    EventPage.objects.filter(locale__language_code="ja").exclude(pk=november.milking.pk).update(
        live=False
    )
    numbers = clone(november.milking, EVENTS - 1)
    Session.objects.filter(page=november.milking).delete()
    Session.objects.bulk_create(
        Session(
            page_id=number,
            key="abc",
            starts_on=TODAY - datetime.timedelta(days=30),
            until=TODAY + datetime.timedelta(days=700),
            starts_at=at(10),
            repeats=Repeats.DAILY,
        )
        for number in [november.milking.pk, *numbers]
    )
    update_statistics()
    assert public_events().count() == EVENTS


@pytest.fixture
def dates_computed(monkeypatch):
    """How many dates were computed."""
    computed = []
    original = Pattern.occurrence

    def counted(self, day):
        computed.append(day)
        return original(self, day)

    monkeypatch.setattr(Pattern, "occurrence", counted)
    return computed


def test_the_list_looks_for_the_next_date_of_each_only(daily, dates_computed):
    listing = EventList(RequestFactory().get("/ja/events/"))
    assert len(listing.found) == EVENTS
    assert len(dates_computed) / EVENTS <= 2
    assert listing.groups
    # Of the screenful alone it is counted how often each takes place later.
    assert len(dates_computed) <= 2 * EVENTS + 24 * 731


def test_a_condition_that_few_dates_meet_costs_a_few_dates_each(daily, dates_computed):
    listing = EventList(RequestFactory().get("/ja/events/", {"weekend": "yes"}))
    assert len(listing.found) == EVENTS
    assert len(dates_computed) / EVENTS <= 4, "From Thursday to Saturday."


def test_the_timetable_stops_where_it_has_enough_days(daily, dates_computed):
    listing = TimetableListing(RequestFactory().get("/ja/events/timetable/"))
    assert len(listing.days) == 3
    assert len(dates_computed) / EVENTS <= 16, "Two weeks, not two years."
    assert listing.is_cut
