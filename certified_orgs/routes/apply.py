"""``/certified/apply/`` and ``/certified/forms/``: applying online and on paper."""

from __future__ import annotations

from wagtail.contrib.routable_page.models import path as subpage

from .private import behind_link


def _second_press(page, request, *, token, rest=""):
    from ..applying.views import second_press

    return second_press(page, request, token, rest)


class ApplyRoutes:
    """Part of ``CertifiedIndexPage``."""

    @subpage("apply/")
    def apply(self, request):
        """What applying is; the button that begins it."""
        from ..applying.views import start

        return start(self, request)

    @subpage("apply/<str:token>/")
    @subpage("apply/<str:token>/<slug:rest>/")
    @behind_link("draft", otherwise=_second_press)
    def apply_draft(self, request, application, *, token, rest=""):
        """A draft, step by step."""
        from ..applying.views import draft

        return draft(self, request, application, token, rest)

    @subpage("application/<str:token>/")
    @subpage("application/<str:token>/<slug:rest>/")
    @behind_link("application")
    def apply_sent(self, request, application, *, token, rest=""):
        """What was sent: where it stands, the open question, withdrawal."""
        from ..applying.views import sent

        return sent(self, request, application, token, rest)

    @subpage("forms/")
    def paper_forms(self, request):
        """The forms to print."""
        from ..applying.paper_forms import all_forms

        return all_forms(self, request)

    @subpage("forms/<slug:name>/")
    def paper_form(self, request, name):
        """One of them, on A4."""
        from ..applying.paper_forms import one_form

        return one_form(self, request, name)
