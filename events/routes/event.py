"""The page of an event, and its poster."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.furniture import Furniture


class EventRoutes:
    """Part of ``EventPage``."""

    @subpage("")
    def event(self, request):
        """All that the model has, and what was decided about it."""
        from ..presentation import EventFacts
        from ..structured_data import event_data, script

        facts, furniture = EventFacts(self, request), Furniture(self, request)
        return self.render(
            request,
            context_overrides={
                "furniture": furniture,
                "facts": facts,
                "announcements": facts.announcements,
                "structured_data": script(event_data(facts, furniture)),
            },
        )

    @subpage("poster/")
    def poster(self, request):
        """One sheet A4 to print and hang up, in the language of the page."""
        from ..poster import Poster
        from ..presentation import EventFacts

        title = gettext("Poster: %(title)s") % {"title": self.title}
        furniture = Furniture(self, request, title=title, subpath="poster/")
        response = self.render(
            request,
            template="events/poster.html",
            context_overrides={
                "furniture": furniture,
                "poster": Poster(EventFacts(self, request), furniture),
            },
        )
        response.headers["X-Robots-Tag"] = "noindex"
        return response
