"""Test data for home pages, articles and standing pages, and a small site to put them in."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site

from certified_orgs.factories import CertifiedIndexPageFactory
from events.factories import EventIndexPageFactory
from kiyose.pages.factories import BasePageFactory, PicturedPageFactory, source_locale
from projects.factories import (
    IndicatorIndexPageFactory,
    PlanIndexPageFactory,
    ProjectIndexPageFactory,
)
from sdgs.factories import GoalIndexPageFactory, MarkedPageFactory

from .models import ArticleIndexPage, ArticlePage, HelpLine, HomePage, StandardPage, TraineesPage


class HomePageFactory(PicturedPageFactory):
    class Meta:
        model = HomePage

    title = "見本市のSDGs"
    slug = "home"


class StandardPageFactory(PicturedPageFactory):
    class Meta:
        model = StandardPage


class ArticleIndexPageFactory(BasePageFactory):
    class Meta:
        model = ArticleIndexPage

    title = "お知らせ"
    slug = "news"
    show_in_menus = True


class ArticlePageFactory(MarkedPageFactory):
    class Meta:
        model = ArticlePage

    date = factory.Faker("date_object")


class TraineesPageFactory(PicturedPageFactory):
    class Meta:
        model = TraineesPage

    title = "研修生のみなさんへ"
    slug = "trainees"
    promise = "見本：だれにでもやさしいまちを目指します。"
    about_parties = "見本：市民の団体がパーティーを開きます。"


class HelpLineFactory(DjangoModelFactory):
    class Meta:
        model = HelpLine

    locale = factory.LazyFunction(source_locale)
    kind = HelpLine.Kind.CITY
    number = "042-000-0000"
    note = "見本：困ったときに"
    hours = "見本：平日の午前9時から午後5時まで"
    english_hours = "見本：平日の午前中"


class SmallSite:
    """A home page with its sections in Japanese, as the default site; no translations yet."""

    def __init__(self):
        for code in ("ja", "en"):
            Locale.objects.get_or_create(language_code=code)
        root = Page.get_first_root_node()
        root.get_children().exact_type(Page).delete()
        root.refresh_from_db()
        self.home = HomePageFactory(parent=root)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "testserver", "port": 80, "root_page": self.home},
        )
        self.projects = ProjectIndexPageFactory(parent=self.home)
        self.indicators = IndicatorIndexPageFactory(parent=self.home)
        self.sdgs = GoalIndexPageFactory(parent=self.home)
        self.certified = CertifiedIndexPageFactory(parent=self.home)
        self.events = EventIndexPageFactory(parent=self.home)
        self.news = ArticleIndexPageFactory(parent=self.home)
        self.plans = PlanIndexPageFactory(parent=self.home)

    @property
    def sections(self) -> list:
        return [
            self.projects,
            self.indicators,
            self.sdgs,
            self.certified,
            self.events,
            self.news,
            self.plans,
        ]
