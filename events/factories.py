"""Test data for events."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from kiyose.pages.factories import BasePageFactory, source_locale
from sdgs.factories import MarkedPageFactory

from .models import (
    Decision,
    EventField,
    EventIndexPage,
    EventPage,
    FestivalDay,
    FestivalPage,
    FestivalPart,
    Session,
    Venue,
)


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = Venue

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"venue-{n}")
    name = factory.Sequence(lambda n: f"見本会場{n}")
    reading = "みほんかいじょう"


class EventFieldFactory(DjangoModelFactory):
    class Meta:
        model = EventField

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"field-{n}")
    name = factory.Sequence(lambda n: f"見本の分野{n}")


class FestivalPartFactory(DjangoModelFactory):
    class Meta:
        model = FestivalPart

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"part-{n}")
    name = factory.Sequence(lambda n: f"見本の部{n}")
    field = factory.SubFactory(EventFieldFactory)


class EventIndexPageFactory(BasePageFactory):
    class Meta:
        model = EventIndexPage

    title = "イベント"
    slug = "events"
    show_in_menus = True


class FestivalPageFactory(MarkedPageFactory):
    """``days=[date, …]`` sets the days on which it is open."""

    class Meta:
        model = FestivalPage

    days = (datetime.date(2026, 10, 24), datetime.date(2026, 10, 25))

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        kwargs["days"] = [
            FestivalDay(date=day, opens_at=datetime.time(10), closes_at=datetime.time(16))
            for day in kwargs.pop("days")
        ]
        return super()._create_instance(model_class, parent, kwargs)


class EventPageFactory(MarkedPageFactory):
    """``sessions=[{"starts_on": …, …}, …]`` sets the sessions."""

    class Meta:
        model = EventPage

    sessions = (
        {
            "starts_on": datetime.date(2026, 10, 24),
            "starts_at": datetime.time(10),
            "ends_at": datetime.time(12),
        },
    )

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        kwargs["sessions"] = [
            Session(**{"sort_order": order, **values})
            for order, values in enumerate(kwargs.pop("sessions"))
        ]
        return super()._create_instance(model_class, parent, kwargs)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    day = datetime.date(2026, 10, 25)
    status = "cancelled"
