"""
A small site in Japanese and English with a page of every type, and steps to change it.
"""

from __future__ import annotations

import datetime

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from certified_orgs.factories import CertificateFactory
from certified_orgs.models import CertifiedOrgPage
from events.choices import Repeats
from events.models import EventPage, FestivalDay, FestivalPage, Session
from home.factories import SmallSite
from kiyose.pages.models import BasePage
from kiyose.translation.factories import translate
from projects.models import BaselineKind, Better, IndicatorPage, PathKind

from .page_types import PAGE_TYPES, factory_of, parent_for
from .values import fill, seen

PAST = timezone.make_aware(datetime.datetime(2020, 1, 1, 9))
NEVER_COPIED = ("slug", "show_in_menus", "title", "live", "locked", "owner_id", "go_live_at")


def fresh(page):
    """The page as the database has it, with nothing remembered."""
    return Page.objects.get(pk=page.pk).specific


def publish(page) -> None:
    """Publish the page as it stands in memory."""
    page.save_revision().publish()


def schedule(page, at=None):
    """A revision of the page as it stands in memory, approved to go live at that time."""
    page.go_live_at = at or timezone.now() + datetime.timedelta(days=3)
    revision = page.save_revision()
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at, "the test wanted to schedule a revision"
    return revision


def let_the_hour_come(revision) -> None:
    """As if the time of a scheduled revision had passed (the page is published by a command)."""
    revision.content["go_live_at"] = PAST.isoformat()
    revision.approved_go_live_at = PAST
    revision.save(update_fields=["content", "approved_go_live_at"])


def words_of(page) -> dict:
    """All of a page that is not a fact: its words, its slug, its place in the menu."""
    values = {name: seen(page, name) for name in type(page).words}
    values = {name: str(getattr(value, "raw_data", value)) for name, value in values.items()}
    return values | {name: getattr(page, name) for name in NEVER_COPIED if name not in values}


def facts_of(page) -> dict:
    return {name: seen(page, name) for name in type(page).facts}


def make_page(model, parent=None, **values) -> BasePage:
    """A published Japanese page of the type, with every fact filled in."""
    page = factory_of(model)(parent=parent or parent_for(model), **values)
    for name in model.facts:
        fill(page, name)
    make_publishable(page)
    page.save()
    publish(fresh(page))
    return fresh(page)


def copy_of(page) -> BasePage:
    """A public copy; a profile's is of another certificate, since each has only one."""
    other = {"certificate": CertificateFactory()} if isinstance(page, CertifiedOrgPage) else {}
    return page.copy(update_attrs={"slug": "a-copy", "title": "写し", **other})


def make_publishable(page) -> None:
    """Resolve what contradicts itself after facts have been changed one by one."""
    if getattr(page, "no_mark_applies", False):
        page.page_marks = []
    if (getattr(page, "start_fiscal_year", None) or 0) > (
        getattr(page, "end_fiscal_year", None) or 9999
    ):
        page.end_fiscal_year = page.start_fiscal_year
    if isinstance(page, IndicatorPage):
        make_indicator_sensible(page)
    if isinstance(page, EventPage):
        make_event_sensible(page)
    if isinstance(page, FestivalPage):
        make_festival_sensible(page)
    if isinstance(page, CertifiedOrgPage) and page.has_namesakes():
        page.certificate = CertificateFactory()


def make_indicator_sensible(page) -> None:
    """A measured baseline, and the last goal in force on its right side."""
    page.response = page.response or "見本の理由"
    page.response_on = page.response_on or datetime.date(2026, 4, 1)
    goals = list(page.goals.all())
    for goal in goals:
        goal.due = goal.due or datetime.date(2026, 4, 1)
        goal.period, goal.replaced_on = goal.due.isoformat(), goal.due
    goals[-1].replaced_on = None
    page.goals = goals
    is_zero = page.baseline_kind == BaselineKind.ZERO and page.path_kind == PathKind.TARGET
    if is_zero and page.better == Better.HIGHER and goals[-1].value > 0:
        page.cumulative, page.baseline_value = True, None
        return
    page.baseline_kind = BaselineKind.MEASURED
    higher, reach = page.better == Better.HIGHER, page.path_kind == PathKind.TARGET
    distance = goals[-1].value - (page.baseline_value or 0)
    if (distance > 0) != (higher == reach) or not distance:
        page.baseline_value = goals[-1].value + (-1 if higher == reach else 1)


def make_event_sensible(page) -> None:
    """Sessions that end after they begin, and words where the dates are only in words."""
    page.dates_note = page.dates_note or "見本の時期"
    sessions = list(page.sessions.all()) or [Session(starts_on=datetime.date(2026, 4, 1))]
    for session in sessions:
        # One field alone has been changed; the others make way.
        if session.until and session.until < session.starts_on:
            session.until = session.starts_on
        session.until = session.until or session.starts_on
        session.except_holidays &= session.repeats in (Repeats.DAILY, Repeats.WEEKLY)
        if session.repeats == Repeats.IN_WORDS or session.starts_at is None:
            session.starts_at = session.ends_at = None
        elif session.ends_at and session.ends_at <= session.starts_at:
            session.ends_at = None
    page.sessions = sessions
    page.age_from, page.age_to = sorted_or_none(page.age_from, page.age_to)
    page.apply_from, page.apply_until = sorted_or_none(page.apply_from, page.apply_until)
    give_exhibitors_names(page)


def make_festival_sensible(page) -> None:
    """A day at least, each of which closes after it opens."""
    days = list(page.days.all()) or [FestivalDay(date=datetime.date(2026, 4, 1))]
    for day in days:
        if day.opens_at and day.closes_at and day.closes_at <= day.opens_at:
            day.closes_at = None
    page.days = days
    parts = list(page.parts.all())
    for part in parts:
        part.last_day = max(part.first_day, part.last_day)
    page.parts = parts
    give_exhibitors_names(page)


def give_exhibitors_names(page) -> None:
    """A certificate or a name, not both."""
    exhibitors = list(page.exhibitors.all())
    for exhibitor in exhibitors:
        if exhibitor.certificate_id:
            exhibitor.name = ""
    page.exhibitors = exhibitors


def sorted_or_none(first, last) -> list:
    return [first, last] if None in (first, last) else sorted((first, last))


def in_two_languages() -> dict:
    """A small site whose sections stand in Japanese and English; the Japanese ones by type."""
    site = SmallSite()
    for page in (site.home, *site.sections):
        publish(fresh(page))
        translate(fresh(page))
    return {type(page): fresh(page) for page in site.sections}


class World:
    """The small site, its English tree, and a page of each type in both languages."""

    def __init__(self):
        self.site = SmallSite()
        self._english = {}
        for page in (self.site.home, *self.site.sections):
            publish(fresh(page))
            translate(fresh(page))
        self._pages = {}
        for model in PAGE_TYPES:
            page = make_page(model, slug=f"a-{model.__name__.lower()}")
            translate(page)
            self._pages[model] = page.pk

    def page(self, model) -> BasePage:
        """The Japanese page of a type."""
        return Page.objects.get(pk=self._pages[model]).specific

    def translation(self, model, language: str = "en") -> BasePage:
        """Its translation."""
        return self.page(model).get_translation(Locale.objects.get(language_code=language)).specific

    def record(self, model, language: str = "en") -> Translation:
        """wagtail-localize's record of that translation."""
        return Translation.objects.get(
            source__object_id=self.page(model).translation_key,
            target_locale__language_code=language,
        )

    @property
    def english_home(self):
        return (
            fresh(self.site.home).get_translation(Locale.objects.get(language_code="en")).specific
        )
