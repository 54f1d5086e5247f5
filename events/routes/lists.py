"""The list, the month and the timetable."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.addresses import visitor_url
from kiyose.pages.furniture import Furniture


class ListRoutes:
    """Part of ``EventIndexPage``. Three ways to look at the same, with the same conditions."""

    @subpage("")
    def all_events(self, request):
        """Every event once, by day."""
        from ..listing import EventList

        return self._render_view(request, EventList(request), "events/event_index_page.html")

    @subpage("calendar/")
    def month(self, request):
        """A month, week by week."""
        from ..month import MonthListing

        return self._render_view(
            request, MonthListing(request), "events/month.html", gettext("Calendar"), "calendar/"
        )

    @subpage("timetable/")
    def timetable(self, request):
        """Days, venues and times."""
        from ..timetable import TimetableListing

        return self._render_view(
            request,
            TimetableListing(request),
            "events/timetable.html",
            gettext("Timetable"),
            "timetable/",
        )

    def _render_view(self, request, listing, template: str, title: str = "", subpath: str = ""):
        # What was not understood goes no further than this page: links carry the rest on.
        page = request.GET.get("page")
        request.GET = listing.conditions.copy()
        if page:
            request.GET["page"] = page
        furniture = Furniture(self, request, title=title, subpath=subpath)
        return self.render(
            request,
            template=template,
            context_overrides={
                "listing": listing,
                "furniture": furniture,
                "list_url": visitor_url(self, request, furniture.page_language),
                "view": subpath,
            },
        )
