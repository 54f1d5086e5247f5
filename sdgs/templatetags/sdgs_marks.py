"""Marks in templates: a tile that only adds to the number and the name beside it."""

from __future__ import annotations

from django import template
from django.urls import reverse

from .. import vocabulary

register = template.Library()


@register.simple_tag
def goal_address(number: int | str) -> str:
    """The address of a goal's page in the visitor's language."""
    return reverse("wagtail_serve", args=[f"sdgs/{number}/"])


@register.inclusion_tag("sdgs/parts/tile.html")
def tile(number: int | str) -> dict:
    """The tile of a goal: the official artwork where it was uploaded, else our own.

    It only adds to number and name, which stand beside it as words.
    """
    return {"number": number, "artwork": vocabulary.label(str(number)).artwork}


@register.inclusion_tag("sdgs/parts/un_notice.html")
def un_notice() -> dict:
    """What the United Nations ask to be said on every page that shows marks."""
    return {"has_artwork": any(label.artwork for label in vocabulary.labels().values())}


@register.inclusion_tag("sdgs/parts/mark.html")
def mark(code: str, link: bool = False, size: str = "") -> dict:
    """One goal (``8``) or target (``8.3``): tile, number and name.

    link: to the goal's page; size: empty, ``large``, or ``small``.
    """
    code = str(code)
    goal, _dot, target = code.partition(".")
    return {
        "label": vocabulary.label(code),
        "goal": goal,
        "is_target": bool(target),
        "link": link,
        "size": size,
    }


@register.simple_tag
def goal_index_address() -> str:
    """The address of all goals in the visitor's language."""
    return reverse("wagtail_serve", args=["sdgs/"])


@register.simple_tag
def neighbour_goals(number: int) -> dict:
    """The goals before and after this one, in the order of the numbers."""
    known = set(vocabulary.goal_numbers())
    around = {"previous": number - 1, "next": number + 1}
    return {
        side: vocabulary.label(str(other)) if other in known else None
        for side, other in around.items()
    }
