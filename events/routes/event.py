"""The page of an event, its calendar entry and its poster."""

from __future__ import annotations


class EventRoutes:
    """Part of ``EventPage``."""
