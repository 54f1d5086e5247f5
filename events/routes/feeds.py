"""The calendar of all events and the Atom feed."""

from __future__ import annotations


class FeedRoutes:
    """Part of ``EventIndexPage``."""
