"""The city's divisions as a visitor is to read them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from wagtail.models import Site

from .languages import snippets_in_visitors_language
from .models import Division, SiteIdentity


def divisions(request) -> list[Division]:
    """Every division as pages keep it (the source row), with ``words`` for the visitor
    and ``is_default``: whether it answers for pages that name none.

    There are a few dozen; they are asked for once per request and remembered on it.
    """
    if not hasattr(request, "_divisions"):
        identity = SiteIdentity.objects.filter(
            site=Site.find_for_request(request), default_division=OuterRef("pk")
        )
        request._divisions = snippets_in_visitors_language(Division, is_default=Exists(identity))
    return request._divisions
