"""What a goal page shows: how many pages carry a goal, and which.

Counted and listed are the public pages of the source tree, so the figures are the
same in every language and no translation is counted twice.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import hooks

from kiyose.pages.listing import page_of

from . import vocabulary
from .listing import cards_by_number, listed_pages
from .models import PageMark


def listed_marks():
    """The marks of all listed pages."""
    return PageMark.objects.filter(content_object__in=listed_pages())


def goals_with_counts() -> list[dict]:
    """The 17 goals in order: number, label, and how many pages carry the goal or a target of it."""
    counts = dict(
        listed_marks()
        .values_list("tag__goal_number")
        .annotate(pages=Count("content_object", distinct=True))
        .order_by()
    )
    labels = vocabulary.labels()
    return [
        {"number": number, "label": labels[str(number)], "count": counts.get(number, 0)}
        for number in vocabulary.goal_numbers()
        if str(number) in labels
    ]


def summaries_of_goal(number: int, request) -> list:
    """What other rooms have to say about a goal, each with the ``template_name`` that shows
    it. They register ``goal_page_summary`` with Wagtail: a function of number and request."""
    return [summary(number, request) for summary in hooks.get_hooks("goal_page_summary")]


class GoalListing:
    """The pages of one goal, a screenful at a time, under the goal and its targets.

    ``?target=8.3`` (repeatable) narrows to targets; an unknown one is ignored with a notice.
    """

    def __init__(self, number: int, request):
        self.number = number
        self.request = request
        self.notices: list[str] = []
        known = {entry.code for entry in self.entries}
        asked = request.GET.getlist("target")
        self.chosen = [code for code in asked if code in known]
        if len(self.chosen) < len(asked):
            self.notices.append(_("Some of the conditions are not known here and were ignored."))

    @cached_property
    def entries(self):
        """The goal and those of its targets that the vocabulary has."""
        return [
            entry for entry in vocabulary.entries().values() if entry.goal_number == self.number
        ]

    @cached_property
    def _carried(self) -> list[tuple[str, int]]:
        """Each code of the goal with the number of each page that carries it, in the order of
        the targets, the newest page first. One query, from which all counts follow."""
        marks = listed_marks().filter(tag__goal_number=self.number)
        marks = marks.order_by("tag__position", "-content_object__first_published_at", "pk")
        return list(marks.values_list("tag__name", "content_object_id"))

    @cached_property
    def _counts(self) -> Counter[str]:
        """How many pages carry each code."""
        return Counter(code for code, _page in self._carried)

    @cached_property
    def parts(self) -> list[dict]:
        """The goal itself and each target: label, how many pages, whether chosen."""
        labels = vocabulary.labels()
        return [
            {
                "code": entry.code,
                "is_goal": entry.position == 0,
                "label": labels.get(entry.code) or vocabulary.Label(entry.code, entry.code, ""),
                "count": self._counts[entry.code],
                "chosen": entry.code in self.chosen,
            }
            for entry in self.entries
        ]

    @property
    def parts_without_pages(self) -> list[dict]:
        """The targets that nothing carries: shown, but apart."""
        return [
            part for part in self.parts if not (part["count"] or part["chosen"] or part["is_goal"])
        ]

    @property
    def total(self) -> int:
        """How many pages carry the goal or any target of it, each counted once."""
        return len({page for _code, page in self._carried})

    @cached_property
    def rows(self):
        """One screenful of (code, number of page) pairs, in the order of the targets."""
        codes = set(self.chosen or [entry.code for entry in self.entries])
        pairs = [pair for pair in self._carried if pair[0] in codes]
        return page_of(pairs, self.request, self.notices)

    @cached_property
    def groups(self) -> list[dict]:
        """The screenful under headings: the goal itself or a target, and its cards."""
        rows = list(self.rows)
        cards = cards_by_number({page for _code, page in rows}, self.request)
        parts = {part["code"]: part for part in self.parts}
        return [
            {"part": parts[code], "cards": [cards[page] for _code, page in pairs]}
            for code, pairs in groupby(rows, key=lambda pair: pair[0])
        ]
