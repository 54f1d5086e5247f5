"""Festivals and events, their vocabulary, and what is decided about them."""

from .decision import Decision
from .event_page import EventExhibitor, EventPage
from .festival_page import FestivalDay, FestivalExhibitor, FestivalPage, FestivalPartDays
from .imported_event import ImportedEvent
from .index_page import EventIndexPage
from .session import Session
from .snippets import EventField, FestivalPart, Venue

__all__ = [
    "Decision",
    "EventExhibitor",
    "EventField",
    "EventIndexPage",
    "EventPage",
    "FestivalDay",
    "FestivalExhibitor",
    "FestivalPage",
    "FestivalPart",
    "FestivalPartDays",
    "ImportedEvent",
    "Session",
    "Venue",
]
