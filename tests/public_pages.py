"""
The public pages of the demonstration, found by themselves: every one, and one of every kind.

Addresses are given without the language, because they are the same in every tree:
`projects/zero-carbon/` stands for `/ja/projects/zero-carbon/` and `/en/projects/zero-carbon/`.
"""

from __future__ import annotations

import pytest
from wagtail.models import Page

from home.models import ArticlePage

from .page_types import PAGE_TYPES

# What has no row of its own: routes, filtered and empty lists, and what is not there at all.
BETWEEN_PAGES = (
    "sdgs/17/",
    "sdgs/coverage/",
    "certified/scheme/",
    "certified/apply/",
    "certified/apply/no-such-link/",
    "certified/forms/",
    "certified/forms/application/",
    "projects/?pillar=economy&goal=8&goal=99",
    "projects/?q=nothing-is-called-like-this",
    "no-such-page/",
)
# What stands outside the tree has one address; there the language is a question in it.
OUTSIDE_THE_TREE = ("opendata/",)
GOALS = tuple(f"sdgs/{number}/" for number in range(1, 18))


def of_every_kind() -> list[str]:
    """One page of every type, and every kind of address that is no page."""
    return [_first(model) for model in PAGE_TYPES] + [*BETWEEN_PAGES, *OUTSIDE_THE_TREE]


def every_one() -> list[str]:
    """Every page, every goal, and every kind of address that is no page."""
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code="ja")
    return list(
        dict.fromkeys([*map(_without_language, pages), *GOALS, *BETWEEN_PAGES, *OUTSIDE_THE_TREE])
    )


def address(language: str, page: str) -> str:
    """Where one of these is found in a language."""
    return f"/{page}?lang={language}" if page in OUTSIDE_THE_TREE else f"/{language}/{page}"


def untranslated() -> str:
    """A page that readers of English get in Japanese, marked: its translation is withdrawn."""
    page = ArticlePage.objects.live().filter(locale__language_code="en").first()
    page.unpublish()
    return _without_language(page)


def _first(model) -> str:
    page = model.objects.live().filter(locale__language_code="ja").order_by("path").first()
    if page is None:
        pytest.fail(f"The demonstration has no {model.__name__}, so nobody looks at one.")
    return _without_language(page)


def _without_language(page: Page) -> str:
    return page.get_url().split("/", 2)[2]
