"""Pages of a list, and the notice when an address asked for something odd."""

from __future__ import annotations

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

PER_PAGE = 24


def page_of(rows, request, notices: list[str], count: int | None = None) -> ListPage:
    """The part of the rows that ``?page=`` asks for; the nearest one when it does not
    exist, with a notice. Never an error: addresses are typed, shared and cut.

    count: how many rows there are, where the caller knows it already.
    """
    paginator = Paginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = count
    asked = request.GET.get("page", "1")
    # int() of a very long digit string is slow or refused, so its length is bounded.
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 0
    if not 1 <= number <= paginator.num_pages:
        notices.append(_("There is no such page of this list. You see the nearest one."))
        number = min(max(number, 1), paginator.num_pages)
    return paginator.page(number)
