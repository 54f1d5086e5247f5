"""Furigana on every public page in Japanese whose reader wants them."""

from __future__ import annotations

import logging
import re

from django.utils.cache import patch_vary_headers

from kiyose.japanese.furigana.lexicon import Lexicon
from kiyose.security import ADMIN_PATH

from ..models import PageReading
from .choice import ON, remember, take_choice, wants_furigana
from .rendering import with_furigana

logger = logging.getLogger(__name__)

IN_JAPANESE = re.compile(rb'<html[^>]*\slang="ja"')
BEGINNING = 1_000


class FuriganaMiddleware:
    """Reads the choice on the way in, and puts ruby into the final HTML on the way out.

    Pages in Japanese say ``Vary: Cookie``, with and without furigana, so that no cache mixes the
    two. Pages in other languages are the same for everybody, and so is all that is no HTML:
    feeds, calendars, open data, files. The admin is left alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(ADMIN_PATH):
            return self.get_response(request)
        asked = take_choice(request)
        request.wants_furigana = asked == ON if asked else wants_furigana(request)
        response = self.get_response(request)
        if is_japanese_page(response):
            patch_vary_headers(response, ["Cookie"])
            if request.wants_furigana:
                put_furigana(request, response)
        if asked:
            remember(response, asked)
        return response


def is_japanese_page(response) -> bool:
    """Whether the answer is an HTML page whose frame is in Japanese, easy Japanese included."""
    return (
        not response.streaming
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "Content-Encoding" not in response.headers
        and bool(IN_JAPANESE.search(response.content[:BEGINNING]))
    )


def put_furigana(request, response) -> None:
    """Ruby into the page. What keeps it from having them (a database that is down, on the page
    that says so) is written down, and the page is shown as it is."""
    try:
        html = response.content.decode(response.charset)
        response.content = with_furigana(html, _readings_of_page(request)).encode(response.charset)
    except Exception:
        logger.exception("A page is shown without furigana.")


def _readings_of_page(request) -> Lexicon:
    """The readings of the page that routing has found. One query; none outside the page tree."""
    route = getattr(request, "_wagtail_route_for_request", None)
    if route is None:
        return Lexicon()
    return Lexicon(row.entry for row in PageReading.objects.filter(page_id=route.page.pk))
