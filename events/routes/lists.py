"""The list, the month and the timetable."""

from __future__ import annotations


class ListRoutes:
    """Part of ``EventIndexPage``."""
