"""The calendar of all events and the Atom feed."""

from __future__ import annotations

from wagtail.contrib.routable_page.models import path as subpage


class FeedRoutes:
    """Part of ``EventIndexPage``."""

    @subpage("calendar.ics/", name="calendar_of_all")
    def calendar_of_all(self, request):
        """The coming and the last twelve months."""
        from ..calendars import calendar_of_all

        return calendar_of_all(self, request)

    @subpage("feed/", name="feed")
    def feed(self, request):
        """What is coming, and what has changed about it."""
        from ..feed import feed_of_events

        return feed_of_events(self, request)
