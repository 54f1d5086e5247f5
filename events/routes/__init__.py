"""Addresses below ``/events/``, one module for each group of them."""

from .calendars import CalendarRoutes
from .event import EventRoutes
from .feeds import FeedRoutes
from .festival import FestivalRoutes
from .lists import ListRoutes
from .plan import PlanRoutes

# What stands below the list or a festival and is no event: no page may take such an address.
RESERVED_SLUGS = frozenset(("calendar", "timetable", "plan", "feed", "poster"))

__all__ = [
    "RESERVED_SLUGS",
    "CalendarRoutes",
    "EventRoutes",
    "FeedRoutes",
    "FestivalRoutes",
    "ListRoutes",
    "PlanRoutes",
]
