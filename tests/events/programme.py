"""A small festival whose events overlap, perhaps overlap, or follow each other closely."""

from __future__ import annotations

import datetime

from wagtail.models import PageViewRestriction

from events.factories import EventPageFactory, FestivalPageFactory, VenueFactory
from events.models import EventIndexPage, EventPage
from kiyose.translation.factories import enter_words, start_translation, translate
from tests.queries import default_division
from tests.world import fresh, in_two_languages, publish

SATURDAY = datetime.date(2026, 10, 24)
SUNDAY = datetime.date(2026, 10, 25)
DAY = datetime.timedelta(days=1)
# The Tuesday before: tests freeze the time then.
BEFORE = "2026-10-20T12:00:00+09:00"


def at(begin: str, end: str = "", day=SATURDAY, **values) -> dict:
    """One session: at("10:00", "12:00")."""
    clock = datetime.time.fromisoformat
    return {
        "starts_on": day,
        "starts_at": clock(begin) if begin else None,
        "ends_at": clock(end) if end else None,
        **values,
    }


class Programme:
    """A festival with events that overlap, perhaps overlap, and follow each other closely."""

    def __init__(self):
        self.index = in_two_languages()[EventIndexPage]
        default_division()
        self.hall = VenueFactory(key="hall", name="見本ホール")
        self.park = VenueFactory(key="park", name="見本公園")
        record = start_translation(self.hall)
        enter_words(record, {"見本ホール": "Sample Hall"})
        record.save_target()
        self.festival = FestivalPageFactory(parent=self.index, slug="festival", title="見本まつり")
        publish(fresh(self.festival))
        translate(fresh(self.festival), words={"見本まつり": "Sample festival"})
        harvest = at("10:00", "12:00", venue=self.park)
        self.harvest = self.event("harvest", "見本の収穫", harvest, english="Sample harvest")
        self.concert = self.event("concert", "見本の演奏", at("11:00", "13:00", venue=self.hall))
        self.puppets = self.event("puppets", "見本の人形劇", at("12:05", "12:30", venue=self.hall))
        self.talk = self.event("talk", "見本の話", at("13:00"))
        self.late = self.event("late", "見本の夜の会", at("18:00", "19:00"))
        self.photographs = self.event(
            "photographs", "見本の写真展", at("", until=SUNDAY, day=SATURDAY - 9 * DAY)
        )
        self.over = self.event("over", "見本の終わった会", at("10:00", "11:00", SATURDAY - 9 * DAY))
        self.draft = self.event("draft", "見本の下書き", at("10:00", "12:00"))
        self.draft.unpublish()
        self.private = self.event("private", "見本の内輪の会", at("10:00", "12:00"))
        PageViewRestriction.objects.create(page=self.private, restriction_type="login")

    def event(self, slug, title, *sessions, english="", **values) -> EventPage:
        page = EventPageFactory(
            parent=fresh(self.festival), slug=slug, title=title, sessions=sessions, **values
        )
        publish(fresh(page))
        if english:
            translate(fresh(page), words={title: english})
        return fresh(page)


def code(event) -> str:
    """The code of its first session in a plan."""
    return f"{event.pk}-{event.sessions.first().key}"
