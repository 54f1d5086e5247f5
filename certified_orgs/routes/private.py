"""Pages that only a private link opens, and the one page for all links that open nothing."""

from __future__ import annotations

from functools import wraps

from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from kiyose.pages.addresses import visitor_url
from kiyose.pages.furniture import Furniture

# Where each purpose has its pages, below the register.
FOLDERS = {
    "draft": "apply",
    "application": "application",
    "report": "report",
    "change": "change",
    "statement": "statement",
}

# The referrer is for this site alone, where forms need it: with "no-referrer" a browser
# does not say where a form comes from, and Django would refuse it.
HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def keep_private(response: HttpResponse) -> HttpResponse:
    """The response, kept by nobody on its way and named to no other site."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def behind_link(purpose: str, otherwise=None):
    """A route below ``CertifiedIndexPage`` that a private link opens.

    The address brings ``token``; the view gets the case in its place, and the token by name::

        @subpage("report/<str:token>/")
        @behind_link("report")
        def report(self, request, case, *, token): ...

    Every link that does not open a case for that purpose gets the same answer, and so does an
    address behind a good one that leads nowhere; ``otherwise`` may give another answer.
    """

    def decorate(view):
        @wraps(view)
        def guarded(page, request, token: str, **kwargs):
            from .. import links

            link = links.find(token, purpose)
            # For who shows until when it is good.
            request.private_link = link
            try:
                if link is not None:
                    answer = view(page, request, link.subject, token=token, **kwargs)
                elif otherwise:
                    answer = otherwise(page, request, token=token, **kwargs)
                else:
                    answer = opens_nothing(page, request)
            except Http404:
                answer = opens_nothing(page, request)
            return keep_private(answer)

        return guarded

    return decorate


def opens_nothing(page, request) -> HttpResponse:
    """The answer to every bad link, without a word about which kind of bad it is."""
    from ..windows import windows

    response = page.render(
        request,
        template="certified_orgs/private/opens_nothing.html",
        context_overrides={
            "windows": windows(request),
            "furniture": Furniture(page, request, title=gettext("This link opens nothing")),
        },
    )
    response.status_code = 404
    return keep_private(response)


def subpath(purpose: str, token: str, rest: str = "") -> str:
    """What follows the register's own address: ``apply/<token>/``."""
    return f"{FOLDERS[purpose]}/{token}/{rest}"


def page_url(page, request, path: str) -> str:
    """The address of something below the register, for this visitor."""
    return f"{visitor_url(page, request)}{path}"


def private_url(purpose: str, token: str, language: str) -> str:
    """The whole address to write into a mail or a letter, in that language.

    Empty where the register is not published.
    """
    from ..addresses import below_register

    return below_register(subpath(purpose, token), language)
