"""Test data for projects."""

from __future__ import annotations

import datetime

import factory
from factory.django import DjangoModelFactory

from kiyose.pages.factories import BasePageFactory, source_locale
from sdgs.factories import MarkedPageFactory

from .models import FigureLabel, Pillar, ProjectFigure, ProjectIndexPage, ProjectPage, Source


class PillarFactory(DjangoModelFactory):
    class Meta:
        model = Pillar

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"pillar-{n}")
    name = factory.Sequence(lambda n: f"見本の柱{n}")
    short_name = factory.Sequence(lambda n: f"柱{n}")


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"source-{n}")
    title = "見本の資料"
    publisher = "見本"
    published_on = datetime.date(2023, 2, 28)


class FigureLabelFactory(DjangoModelFactory):
    class Meta:
        model = FigureLabel

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"figure-{n}")
    name = "見本の数"
    unit = "人"


class ProjectIndexPageFactory(BasePageFactory):
    class Meta:
        model = ProjectIndexPage

    title = "取り組み"
    slug = "projects"
    show_in_menus = True


class ProjectPageFactory(MarkedPageFactory):
    class Meta:
        model = ProjectPage

    stage = "running"


class ProjectFigureFactory(DjangoModelFactory):
    class Meta:
        model = ProjectFigure

    label = factory.SubFactory(FigureLabelFactory)
    source = factory.SubFactory(SourceFactory)
    value = 100
    year = 2025
