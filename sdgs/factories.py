"""Test data for marked pages."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from kiyose.pages.factories import (
    BasePageFactory,
    DivisionFactory,
    PicturedPageFactory,
    source_locale,
)

from .models import GoalIndexPage, Mark, MarkedPage, Measure, PageMark, Plan, Programme


def page_marks(codes) -> list[PageMark]:
    """Unsaved marks in this order."""
    known = {mark.code: mark for mark in Mark.objects.filter(name__in=codes)}
    return [PageMark(tag=known[code], sort_order=order) for order, code in enumerate(codes)]


class MarkedPageFactory(PicturedPageFactory):
    """``marks=["8.1", "17"]`` sets the marks, the main goal first."""

    class Meta:
        model = MarkedPage
        abstract = True

    why = "仕事を増やすことにつながるからです。"
    marks = ("8.1",)

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        codes = kwargs.pop("marks", ())
        page = model_class(**kwargs)
        page.page_marks = page_marks(codes)
        return parent.add_child(instance=page)


class GoalIndexPageFactory(BasePageFactory):
    class Meta:
        model = GoalIndexPage

    title = "SDGsの目標"
    slug = "sdgs"
    show_in_menus = True


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    locale = factory.LazyFunction(source_locale)
    key = factory.Sequence(lambda n: f"plan-{n}")
    name = factory.Sequence(lambda n: f"見本の計画{n}")


class MeasureFactory(DjangoModelFactory):
    class Meta:
        model = Measure

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"見本の施策{n}")


class ProgrammeFactory(DjangoModelFactory):
    """``marks=["8.3"]`` sets the marks."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"{n:04}")
    name = factory.Sequence(lambda n: f"見本の事業{n}")
    division = factory.SubFactory(DivisionFactory)

    @factory.post_generation
    def marks(self, create, codes, **kwargs):
        if create and codes:
            self.marks.set(Mark.objects.filter(name__in=codes))
