"""What must hold for every request."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from .languages import html_language
from .publishing import PublishingRuleError


class PrefixOnlyLocaleMiddleware(LocaleMiddleware):
    """The language is the one in the address, and an unknown address stays unknown.

    Django would turn ``/nothing/`` into a redirect to ``/ja/nothing/``; here only
    ``/`` redirects (its view does it). The admin opens in the city's language, not in
    the browser's (a user's own choice in Wagtail comes later and wins).
    ``Content-Language`` carries a real tag.
    """

    def process_request(self, request):
        super().process_request(request)
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        if response.status_code == 404:
            response.headers.setdefault("Content-Language", html_language(request.LANGUAGE_CODE))
            return response
        response = super().process_response(request, response)
        response.headers["Content-Language"] = html_language(response.headers["Content-Language"])
        return response


class OfTheMomentMiddleware:
    """Caches on the way ask again for each visit of a page that says how something stands now.

    Whatever shows such a state (of a certificate, say) sets ``request.is_of_the_moment``: it
    changes with decisions and with the calendar, and nobody tells a cache of either. What
    shows something that this browser alone keeps (a plan) sets ``request.is_of_one_visitor``.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "is_of_one_visitor", False):
            patch_vary_headers(response, ["Cookie"])
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if getattr(request, "is_of_the_moment", False):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


class PublishingRuleMiddleware:
    """Turns a refused publication into a message, whichever button caused it.

    The editor's form says it beside the field; bulk publishing, workflow approval and
    wagtail-localize know nothing of our rules and would answer with an error page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PublishingRuleError):
            return None
        page = exception.page
        messages.error(
            request,
            _("“%(title)s” has not been published: %(reasons)s")
            % {
                "title": page.get_admin_display_title(),
                "reasons": " ".join(str(problem.message) for problem in exception.problems),
            },
        )
        edit_url = AdminURLFinder().get_edit_url(page)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's modal (approval with a comment) follows this answer.
            return JsonResponse({"step": "success", "redirect": edit_url})
        return redirect(edit_url)
