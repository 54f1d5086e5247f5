"""``/certified/`` itself: the public register."""

from __future__ import annotations

from wagtail.contrib.routable_page.models import path as subpage


class RegisterRoutes:
    """Part of ``CertifiedIndexPage``."""

    @subpage("")
    def register(self, request):
        """The holders, with conditions in the address, and what the scheme is."""
        from ..listing import RegisterListing

        request.is_of_the_moment = True
        return self.render(request, context_overrides={"listing": RegisterListing(request)})
