"""The visitor’s plan."""

from __future__ import annotations


class PlanRoutes:
    """Part of ``EventIndexPage``."""
