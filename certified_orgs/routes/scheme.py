"""``/certified/scheme/``: the scheme in outline, from its settings."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.addresses import visitor_url
from kiyose.pages.furniture import Furniture


class SchemeRoutes:
    """Part of ``CertifiedIndexPage``."""

    @subpage("scheme/")
    def scheme(self, request):
        """What is settled, what is still open, and today's settings in public words."""
        from ..scheme import NoScheme, scheme_on
        from ..scheme_facts import SchemeFacts
        from ..windows import windows

        # The places that are left.
        request.is_of_the_moment = True
        today = timezone.localdate()
        try:
            scheme = scheme_on(today)
            facts = SchemeFacts(scheme, today, windows(request, scheme))
        except NoScheme:
            facts = None
        furniture = Furniture(
            self, request, title=gettext("The scheme in outline"), subpath="scheme/"
        )
        return self.render(
            request,
            template="certified_orgs/scheme.html",
            context_overrides={
                "facts": facts,
                "register_url": visitor_url(self, request, furniture.page_language),
                "furniture": furniture,
            },
        )
