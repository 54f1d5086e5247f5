"""``calendar.ics`` below an event and below a festival."""

from __future__ import annotations

from wagtail.contrib.routable_page.models import path as subpage


class CalendarRoutes:
    """Part of ``EventPage`` and ``FestivalPage``."""

    @subpage("calendar.ics/", name="calendar")
    def calendar(self, request):
        """All sessions of the event, or of the festival's programme."""
        from ..calendars import calendar_of_page

        return calendar_of_page(self, request)
