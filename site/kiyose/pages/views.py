"""Views outside the page tree: the root, short addresses, and pages about errors."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template import loader
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail.models import Page

from .languages import html_language, language_names


def preferred_language(request) -> str:
    """The visitor's language as the browser asks for it, else the default one."""
    language = get_language_from_request(request)
    return language if language in language_names() else settings.LANGUAGE_CODE


def chosen_language(request) -> str:
    """For a page with one address in all languages (``outside``): as ``?lang=`` says, else as
    the browser asks."""
    asked = request.GET.get("lang")
    return asked if asked in language_names() else preferred_language(request)


def root(request):
    """``/`` leads to the home page in the visitor's language: the only redirect of its kind."""
    response = redirect(f"/{preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def short_address(request, number: int):
    """``/p/<n>/``, from paper or a QR code, opens the page in the visitor's language.

    Any translation's number will do. 404 for what the public may not see, so that
    numbers tell nothing about drafts and private pages.
    """
    # A database integer; a longer one cannot be a page and would not fit a query.
    page = Page.objects.live().public().filter(pk=number).first() if number < 2**31 else None
    if page is None:
        raise Http404
    language = preferred_language(request)
    translations = {
        row.locale.language_code: row
        for row in Page.objects.live()
        .public()
        .filter(translation_key=page.translation_key)
        .select_related("locale")
    }
    best = translations.get(language) or translations.get(settings.LANGUAGE_CODE) or page
    url = best.get_url(request)
    if url is None:  # the root of the tree, or a page outside the site
        raise Http404
    response = redirect(url)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _error_language(request) -> str:
    """Of the address if it has a language, else of the browser."""
    first = request.path_info.lstrip("/").split("/", 1)[0]
    return first if first in language_names() else preferred_language(request)


def page_not_found(request, exception=None):
    """404 in the visitor's language, with ways on. Says nothing of what was asked."""
    with translation.override(_error_language(request)):
        language = html_language(translation.get_language())
        return render(request, "404.html", {"language": language}, status=404)


def server_error(request):
    """500 in both languages: no query, no context processor, nothing that may fail again."""
    try:
        # Without the request, so that no context processor runs.
        return HttpResponse(loader.get_template("500.html").render(), status=500)
    except Exception:  # the template itself is broken: still answer
        return HttpResponse("500", status=500, content_type="text/plain; charset=utf-8")
