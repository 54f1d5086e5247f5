"""
Lists answer with at most fifteen queries, nothing cached, and with no more for six hundred
pages than for thirty, for a thousand events than for thirty, nor for three hundred indicators
than for eighteen, in Japanese and in English.
"""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from events.choices import Repeats
from events.factories import (
    DecisionFactory,
    EventFieldFactory,
    EventPageFactory,
    FestivalPageFactory,
    VenueFactory,
)
from events.models import EventPage
from home.factories import SmallSite
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import start_translation, translate
from projects.factories import MeasurementFactory, PillarFactory
from projects.models import Measurement
from tests.bulk import clone, copy_figures, copy_sessions, translate_clones, update_statistics
from tests.page_types import PAGE_TYPES
from tests.queries import LANGUAGES, assert_few, default_division
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db


MEASUREMENTS = 40  # of each indicator


class Crowd:
    """A site with thirty projects, articles and events and eighteen indicators, and how it
    grows to six hundred, a thousand and three hundred."""

    def __init__(self):
        self.site = SmallSite()
        default_division()
        for _number in range(4):
            start_translation(PillarFactory())
        for page in (self.site.home, *self.site.sections):
            publish(fresh(page))
            translate(fresh(page))
        model = {m.__name__: m for m in PAGE_TYPES}
        self.project = make_page(model["ProjectPage"], slug="project")
        self.article = make_page(model["ArticlePage"], slug="article")
        self.english_project = fresh(translate(self.project))
        self.english_article = fresh(translate(self.article))
        self.indicator = make_page(model["IndicatorPage"], slug="indicator")
        self.english_indicator = fresh(translate(self.indicator))
        for number in range(MEASUREMENTS):
            period = f"{2022 + number // 12}-{number % 12 + 1:02}"
            MeasurementFactory(indicator=self.indicator, period=period, value=number)
        self._make_events()
        self.grow(29, 17, 29)

    def _make_events(self) -> None:
        """A festival, and an event that is every week for a year; both have been put off."""
        today = timezone.localdate()
        week = datetime.timedelta(weeks=1)
        marks = self.project.mark_codes
        venue, field = VenueFactory(key="hall"), EventFieldFactory(key="farming")
        self.festival = FestivalPageFactory(
            parent=fresh(self.site.events), slug="festival", days=[today + week], marks=marks
        )
        publish(fresh(self.festival))
        translate(fresh(self.festival))
        session = {
            "starts_on": today - week,
            "until": today + 52 * week,
            "starts_at": datetime.time(10),
            "repeats": Repeats.WEEKLY,
            "venue": venue,
        }
        self.event = EventPageFactory(
            parent=fresh(self.site.events),
            slug="event",
            field=field,
            sessions=[session, {"starts_on": today + 2 * week}],
            marks=marks,
            fee=0,
            languages="en",
        )
        publish(fresh(self.event))
        self.english_event = fresh(translate(fresh(self.event)))
        DecisionFactory(event=self.event, day=today, status="cancelled")
        DecisionFactory(festival=self.festival, day=today + week, status="postponed")

    def grow(self, count: int, indicators: int, events: int) -> None:
        """As many projects, articles and indicators more; two thirds are translated."""
        for page, english, more in (
            (self.event, self.english_event, events),
            (self.project, self.english_project, count),
            (self.article, self.english_article, count),
            (self.indicator, self.english_indicator, indicators),
        ):
            numbers = clone(fresh(page), more)
            translate_clones(fresh(english), numbers[: more * 2 // 3])
            if page is self.event:
                copy_sessions(page, numbers)
        copy_figures(self.indicator, numbers)


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """How many queries each list makes: {address: (with few pages, with many)}."""
    with django_db_blocker.unblock(), transaction.atomic():
        crowd = Crowd()
        goal = crowd.project.mark_codes[0].split(".")[0]
        division = SiteIdentity.objects.get().default_division_id
        addresses = [
            f"/{language}/{path}"
            for language in LANGUAGES
            for path in (
                "",
                "projects/",
                "projects/?page=2",
                f"projects/?goal={goal}&stage=running&division={division}&pillar=a&q=見本",
                "indicators/",
                "indicators/?page=2",
                f"indicators/?goal={goal}&state=due&state=reached&pillar=a",
                "events/",
                "events/?page=2",
                f"events/?when=weekend&field=farming&goal={goal}&venue=hall&language=en&free=yes",
                "events/?weekend=yes&audience=everyone&festival=festival&pick=1-abcdef",
                f"events/?year={timezone.localdate().year}",
                "events/calendar/",
                "events/timetable/",
                "news/",
                "news/?page=2",
                "sdgs/",
                f"sdgs/{goal}/",
                f"sdgs/{goal}/?page=2",
                f"sdgs/{goal}/?target={crowd.project.mark_codes[-1]}",
            )
        ]
        with_few = {url: assert_few(url) for url in addresses}
        crowd.grow(570, 282, 970)
        assert EventPage.objects.filter(locale__language_code="ja").count() == 1000
        assert Measurement.objects.count() == 300 * MEASUREMENTS
        assert Page.objects.filter(slug__startswith="project-").count() >= 599
        update_statistics()
        # Copies of a page show its picture, whose files are there from the first visits.
        yield {url: (with_few[url], assert_few(url, has_files=True)) for url in addresses}
        transaction.set_rollback(True)


def test_lists_ask_as_often_for_many_pages_as_for_few(counts):
    assert {url: pair for url, pair in counts.items() if pair[1] > pair[0]} == {}
