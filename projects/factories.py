"""Test data for projects."""

from __future__ import annotations

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kiyose.pages.factories import BasePageFactory, source_locale
from sdgs.factories import MarkedPageFactory

from .models import (
    FigureLabel,
    IndicatorGoal,
    IndicatorIndexPage,
    IndicatorPage,
    Measurement,
    Pillar,
    PlanIndexPage,
    ProjectFigure,
    ProjectIndexPage,
    ProjectPage,
    Source,
)


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


class PlanIndexPageFactory(BasePageFactory):
    class Meta:
        model = PlanIndexPage

    title = "計画とお金"
    slug = "plans"


class IndicatorIndexPageFactory(BasePageFactory):
    class Meta:
        model = IndicatorIndexPage

    title = "指標"
    slug = "indicators"
    show_in_menus = True


class IndicatorPageFactory(MarkedPageFactory):
    """``goals={"FY2025": 20}`` sets the goals; ``baseline=("2022-04", 0)`` the baseline."""

    class Meta:
        model = IndicatorPage

    unit = "人"
    better = "higher"
    goals = {"FY2030": 100}

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        goals = kwargs.pop("goals", {})
        if "baseline" in kwargs:
            period, value = kwargs.pop("baseline")
            kwargs |= {
                "baseline_kind": "measured",
                "baseline_period": period,
                "baseline_value": value,
                "baseline_source": SourceFactory(),
            }
        source = SourceFactory() if goals else None
        kwargs["goals"] = [
            IndicatorGoal(period=period, value=value, source=source, sort_order=order)
            for order, (period, value) in enumerate(goals.items())
        ]
        return super()._create_instance(model_class, parent, kwargs)


class MeasurementFactory(DjangoModelFactory):
    """A public figure, as if it had been approved on the day of the test."""

    class Meta:
        model = Measurement

    indicator = factory.SubFactory(IndicatorPageFactory)
    period = "FY2024"
    value = 10
    source = factory.SubFactory(SourceFactory)
    live = True
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.LazyFunction(timezone.now)


class ProjectFigureFactory(DjangoModelFactory):
    class Meta:
        model = ProjectFigure

    label = factory.SubFactory(FigureLabelFactory)
    source = factory.SubFactory(SourceFactory)
    value = 100
    year = 2025
