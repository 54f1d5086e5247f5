"""``/events/``: what is on, as a list, a month and a timetable; the visitor's plan; feeds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin

from kiyose.pages.models import BasePage

from ..routes import FeedRoutes, ListRoutes, PlanRoutes


class EventIndexPage(ListRoutes, PlanRoutes, FeedRoutes, RoutablePageMixin, BasePage):
    """The list of events, and below it festivals and events."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.FestivalPage", "events.EventPage"]
    max_count_per_parent = 1
    template = "events/event_index_page.html"

    class Meta:
        verbose_name = _("list of events")
