"""The reader's choice: ``?furigana=on`` or ``off`` at any address, kept in a cookie.

The address is answered at once, without a redirect: so it works where no cookie is kept, and can
be handed on. It is taken out of the request before anybody else sees it, so that no link of the
page carries it along, and its answer belongs to nobody but who asked.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.cache import patch_cache_control

NAME = "furigana"
ON, OFF = "on", "off"
ONE_YEAR = 365 * 24 * 60 * 60


def take_choice(request) -> str | None:
    """What the address asks for, or None; the request is then one that never asked."""
    if NAME not in request.GET:
        return None
    query = request.GET.copy()
    asked = query.pop(NAME)[-1]
    query._mutable = False
    request.GET = query
    request.META["QUERY_STRING"] = query.urlencode()
    return asked if asked in (ON, OFF) else None


def wants_furigana(request) -> bool:
    """What the reader has chosen: off, until they choose otherwise."""
    return request.COOKIES.get(NAME) == ON


def remember(response, choice: str) -> None:
    """Keep the choice in this browser. No cache keeps the answer that does so."""
    response.set_cookie(
        NAME,
        choice,
        max_age=ONE_YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    patch_cache_control(response, private=True, no_cache=True)
