"""The page of a festival, and its timetable."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.furniture import Furniture


class FestivalRoutes:
    """Part of ``FestivalPage``."""

    @subpage("")
    def festival(self, request):
        """Days, programme, what is where, and the editions before it."""
        from ..festival import FestivalFacts
        from ..structured_data import festival_data, script

        facts, furniture = FestivalFacts(self, request), Furniture(self, request)
        return self.render(
            request,
            context_overrides={
                "furniture": furniture,
                "facts": facts,
                "announcements": facts.announcements,
                "structured_data": script(festival_data(facts, furniture)),
            },
        )

    @subpage("timetable/")
    def timetable(self, request):
        """The programme as a table: days, venues and times."""
        from ..festival import FestivalFacts
        from ..timetable import Timetable

        facts = FestivalFacts(self, request)
        title = gettext("Timetable: %(title)s") % {"title": self.title}
        return self.render(
            request,
            template="events/festival_timetable.html",
            context_overrides={
                "furniture": Furniture(self, request, title=title, subpath="timetable/"),
                "facts": facts,
                "announcements": facts.announcements,
                "timetable": Timetable(facts.entries),
            },
        )
