"""Which pages everybody may see, asked within the query itself.

Wagtail's ``.public()`` reads all view restrictions anew for every list of a page, and
``get_view_restrictions()`` reads all ancestors first. The answers here are the same;
they cost no query of their own, and one instead of two.
"""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction


def is_private() -> Exists:
    """A condition on pages: in a private section, or private itself."""
    # Asked as "one of the few restricted pages": in a join, a database that takes the table of
    # restrictions for large would go through all pages for each page.
    restricted = Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))
    # The path of a page begins with the path of each of its ancestors.
    candidate = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(restricted.annotate(candidate=candidate).filter(candidate__startswith=F("path")))


def public(pages: QuerySet) -> QuerySet:
    """Those of the pages that are live and not in a private section."""
    return pages.filter(live=True).exclude(is_private())


def restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """The restrictions of the page and of its ancestors; an ancestor that is an alias
    has those of the page it stands for."""
    paths = [page.path[: Page.steplen * depth] for depth in range(1, page.depth + 1)]
    return PageViewRestriction.objects.filter(
        Q(page__path__in=paths) | Q(page__aliases__path__in=paths)
    ).distinct()
