"""The page of a festival, its timetable and its calendar."""

from __future__ import annotations


class FestivalRoutes:
    """Part of ``FestivalPage``."""
