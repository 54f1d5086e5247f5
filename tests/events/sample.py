"""A festival with all that its page can show, and an event with all that an event's can."""

from __future__ import annotations

import datetime

from certified_orgs.factories import CertificateFactory
from certified_orgs.models import CertifiedIndexPage
from events.factories import (
    EventFieldFactory,
    EventPageFactory,
    FestivalPageFactory,
    FestivalPartFactory,
    VenueFactory,
)
from events.models import EventExhibitor, EventIndexPage, FestivalExhibitor, FestivalPartDays
from kiyose.translation.factories import enter_words, start_translation
from tests.certified_orgs.holders import profile_for
from tests.queries import default_division
from tests.world import fresh, in_two_languages, publish

NOON = "2026-10-01T03:00:00Z"
SATURDAY, SUNDAY = datetime.date(2026, 10, 24), datetime.date(2026, 10, 25)
time = datetime.time


def in_english(snippet, words: dict[str, str]):
    """The snippet, translated."""
    record = start_translation(snippet)
    enter_words(record, words)
    record.save_target()
    return snippet


def certificate(name: str, english_name: str, **values):
    """Of a holder that is certified on the days of the tests."""
    return CertificateFactory(
        name=name,
        english_name=english_name,
        certified_on=datetime.date(2026, 4, 1),
        valid_until=datetime.date(2029, 3, 31),
        **values,
    )


class Sample:
    """A festival on a weekend with a farming part; below it an event with everything, and a
    play. ``event(…)`` adds others. Its clock is that of the test: freeze it at NOON."""

    def __init__(self):
        self.sections = in_two_languages()
        default_division()
        self.index = self.sections[EventIndexPage]
        self.farming = in_english(
            EventFieldFactory(key="farming", name="農業"), {"農業": "Farming"}
        )
        self.part = in_english(
            FestivalPartFactory(key="farm", name="農業まつり", field=self.farming),
            {"農業まつり": "Farming Festival"},
        )
        self.plaza = in_english(
            VenueFactory(
                key="plaza",
                name="見本プラザ",
                reading="みほんぷらざ",
                postal_code="204-0000",
                address="見本町1-1",
                latitude="35.785700",
                longitude="139.526400",
                access="見本駅から歩いて5分",
                parking="見本駐車場20台",
                bicycles="見本駐輪場100台",
            ),
            {"見本プラザ": "Sample Plaza", "見本町1-1": "1-1 Mihoncho"},
        )
        self.hall = in_english(
            VenueFactory(key="hall", name="見本ホール"), {"見本ホール": "Sample Hall"}
        )
        self.bakery = certificate("見本パン店", "Sample Bakery")
        self.profile = profile_for(self.bakery, self.sections[CertifiedIndexPage])
        self.festival = self.edition("festival", (SATURDAY, SUNDAY), edition=4)
        self.full = self.event(
            "full",
            "見本：にんじん掘り",
            parent=self.festival,
            sessions=[self.session(SUNDAY, 10, 12)],
            **EVERYTHING,
            field=self.farming,
            exhibitors=[
                EventExhibitor(name="見本農園", english_name="Sample Farm", booth="1"),
                EventExhibitor(certificate=self.bakery, booth="2"),
            ],
        )
        self.play = self.event(
            "play",
            "見本：朗読劇",
            parent=self.festival,
            sessions=[self.session(SATURDAY, 14, 15, venue=self.hall)],
        )

    def session(self, day, begin, end, venue=None, **values) -> dict:
        return {
            "starts_on": day,
            "starts_at": time(begin),
            "ends_at": time(end),
            "venue": venue or self.plaza,
            **values,
        }

    def edition(self, slug, days, **values):
        """A published edition of the festival, with everything in words."""
        page = FestivalPageFactory(
            parent=fresh(self.index),
            slug=slug,
            title=values.pop("title", "見本まつり"),
            days=days,
            marks=["17", "2"],
            why="見本：みんなでつくるからです。",
            **ON_THE_DAY | values,
        )
        page.parts = [
            FestivalPartDays(part=self.part, first_day=days[0], last_day=days[-1], venue=self.plaza)
        ]
        page.exhibitors = [
            FestivalExhibitor(name="見本だんご店", booth="A", sort_order=0),
            FestivalExhibitor(certificate=self.bakery, booth="B", sort_order=1),
        ]
        publish(page)
        return fresh(page)

    def event(self, slug, title, parent=None, exhibitors=(), **values):
        """A published event."""
        page = EventPageFactory(
            parent=fresh(parent or self.index),
            slug=slug,
            title=title,
            **{"marks": ["2.1"], "why": "見本：食べ物のことだからです。"} | values,
        )
        if exhibitors:
            for order, row in enumerate(exhibitors):
                row.sort_order = order
            page.exhibitors = list(exhibitors)
        publish(page)
        return fresh(page)


ON_THE_DAY = {
    "theme": "見本のテーマ",
    "run_by": "見本実行委員会",
    "access_by_bus": "見本バス停からすぐ",
    "access_on_foot": "見本駅から歩いて15分",
    "venue_plan_text": "見本：北に入口、南に舞台。",
    "first_aid": "見本：本部の隣",
    "lost_children": "見本：本部で預かります",
    "toilets": "見本：東側に5基",
    "baby_care": "見本：1階の和室",
    "rain_rule": "見本：雨天決行",
}
EVERYTHING = {
    "subtitle": "見本の副題",
    "reading": "みほんにんじんほり",
    "place": "見本の正門",
    "access": "見本：車では来られません",
    "description": "見本の説明です。",
    "audiences": "children parents",
    "age_from": 3,
    "age_to": 12,
    "audience_note": "見本：大人といっしょに",
    "languages": "ja en",
    "sign_language": True,
    "accessibility": "step-free lift",
    "fee": 1500,
    "fee_note": "見本：保険料を含む",
    "capacity": 40,
    "application": "lottery",
    "apply_from": datetime.date(2026, 9, 20),
    "apply_until": datetime.date(2026, 10, 10),
    "apply_until_time": time(17),
    "how_to_apply": "見本：電話で",
    "apply_in_english": "Sample: write to us in English.",
    "what_to_bring": "見本：軍手",
    "diets": "halal",
    "allergens": "egg milk",
    "food_note": "見本：にんじんケーキ",
    "organiser": "見本部会",
    "partners": "見本委員会",
    "contact_name": "見本係",
    "contact_phone": "042-000-0009",
    "contact_extension": "12",
    "contact_hours": "見本：平日の午前中",
    "contact_email": "mihon@example.jp",
    "website": "https://example.jp/mihon/",
    "remarks": "見本：雨のときは屋内で",
}
