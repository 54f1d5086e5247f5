"""Addresses of the trainees' door: the page, its calendar file, its handout."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.furniture import Furniture


class TraineesRoutes:
    """Part of ``TraineesPage``."""

    @subpage("")
    def door(self, request):
        """All of it, with the events of the stay between ``?from=`` and ``?until=``."""
        from .door import Door

        return self.render(request, context_overrides={"door": Door(self, request)})

    @subpage("calendar.ics/", name="stay_calendar")
    def stay_calendar(self, request):
        """The events of the stay for the visitor's own calendar."""
        from .stay import Stay, stay_calendar

        return stay_calendar(self, request, Stay(request.GET))

    @subpage("handout/", name="handout")
    def handout(self, request):
        """One sheet A4 to print and hand out, in the language of the address."""
        from .handout import Handout

        title = gettext("Handout: %(title)s") % {"title": self.title}
        furniture = Furniture(self, request, title=title, subpath="handout/")
        response = self.render(
            request,
            template="home/trainees_handout.html",
            context_overrides={
                "furniture": furniture,
                "handout": Handout(self, request, furniture),
            },
        )
        response.headers["X-Robots-Tag"] = "noindex"
        return response
