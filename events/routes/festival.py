"""The page of a festival, and its timetable."""

from __future__ import annotations

from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.furniture import Furniture


class FestivalRoutes:
    """Part of ``FestivalPage``."""

    @subpage("")
    def festival(self, request):
        """Days, programme, what is where, and the editions before it."""
        from ..announcements import announcements_for
        from ..festival import FestivalFacts
        from ..structured_data import festival_data, script

        facts, furniture = FestivalFacts(self, request), Furniture(self, request)
        return self.render(
            request,
            context_overrides={
                "furniture": furniture,
                "facts": facts,
                "announcements": announcements_for(request, festival=self),
                "structured_data": script(festival_data(facts, furniture)),
            },
        )
