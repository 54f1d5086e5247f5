"""A week in November with events of every kind, for whatever finds them.

Today is Thursday, 19 November 2026; Monday the 23rd is 勤労感謝の日, so the weekend has three
days.
"""

from __future__ import annotations

import datetime

from freezegun import freeze_time

from events.factories import (
    DecisionFactory,
    EventFieldFactory,
    EventPageFactory,
    FestivalPageFactory,
    VenueFactory,
)
from events.models import EventPage, FestivalPage
from kiyose.translation.factories import translate
from tests.world import fresh, publish

NOW = "2026-11-19 00:00:00"  # nine in the morning in Tokyo
TODAY = datetime.date(2026, 11, 19)


def day(number: int, month: int = 11, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def at(hour: int, minute: int = 0) -> datetime.time:
    return datetime.time(hour, minute)


class Events:
    """Events that differ in everything that can be asked for; by slug as attributes."""

    def __init__(self, world):
        with freeze_time(NOW):
            self._make(world)

    def _make(self, world):
        self.index = world.site.events
        for model in (EventPage, FestivalPage):
            for page in model.objects.filter(locale__language_code="ja"):
                page.unpublish()
        self.farming = EventFieldFactory(key="farming", name="農業", position=1)
        self.culture = EventFieldFactory(key="culture", name="文化", position=2)
        self.hall = VenueFactory(key="hall", name="見本ホール", reading="ほーる")
        self.park = VenueFactory(key="park", name="見本公園", reading="こうえん")
        self.festival = self._publish(
            FestivalPageFactory(
                parent=fresh(self.index),
                slug="festival",
                title="見本まつり",
                days=[day(22), day(23)],
                marks=["11"],
            )
        )
        self.add(
            "carrots",
            [(day(22), at(9), at(12), self.park)],
            title="にんじん掘り",
            parent=self.festival,
            field=self.farming,
            marks=["2.4"],
            fee=0,
            languages="ja en",
            audiences="everyone children",
        )
        self.add("milking", [(day(29), at(10), at(12), None)], field=self.farming, fee=500)
        self.add("reading", [(TODAY, at(14), at(15), self.hall)], field=self.culture, marks=["4.6"])
        self.add(
            "chat",
            [
                {
                    "starts_on": day(3),
                    "until": day(22, 12),
                    "repeats": "weekly",
                    "starts_at": at(19),
                    "ends_at": at(20),
                    "except_holidays": True,
                    "venue": self.hall,
                }
            ],
            field=self.culture,
            languages="ja vi",
        )
        self.add(
            "night",
            [
                {
                    "starts_on": day(21),
                    "until": day(22),
                    "starts_at": at(20),
                    "ends_at": at(6),
                    "venue": self.hall,
                }
            ],
            marks=["7"],
        )
        self.add(
            "stars",
            [{"starts_on": day(10, 12), "until": day(31, 12), "repeats": "words"}],
            dates_note="十二月の晴れた夜",
        )
        self.add("closing", [(day(20, 12), None, None, None)])
        self.add("over", [(day(14), at(10), at(11), self.hall)], audiences="seniors")
        self.add(
            "long-ago",
            [{"starts_on": day(11, 3, 2022), "until": day(31, 3, 2022), "repeats": "words"}],
            dates_note="2022年3月中旬から下旬",
        )
        self.add("spring-2022", [(day(20, 3, 2022), at(10), None, None)])
        translate(fresh(self.festival))
        translate(self.carrots, words={"にんじん掘り": "Dig carrots"})

    def add(self, slug, sessions, title="", parent=None, **values):
        """sessions: (day, begin, end, venue), or the fields of one."""
        rows = [
            row
            if isinstance(row, dict)
            else dict(zip(("starts_on", "starts_at", "ends_at", "venue"), row, strict=True))
            for row in sessions
        ]
        page = EventPageFactory(
            parent=fresh(parent or self.index),
            slug=slug,
            title=title or f"見本の{slug}",
            sessions=rows,
            **{"marks": ["17"], **values},
        )
        setattr(self, slug.replace("-", "_"), self._publish(page))
        return fresh(page)

    def _publish(self, page):
        publish(fresh(page))
        return fresh(page)

    def decide(self, **values):
        return DecisionFactory(**{"day": None, **values})
