"""Test data for marked pages."""

from __future__ import annotations

from kiyose.pages.factories import BasePageFactory, PicturedPageFactory

from .models import GoalIndexPage, Mark, MarkedPage, PageMark


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
