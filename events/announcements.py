"""What people must know now: the decisions that count today and on coming days."""

from __future__ import annotations


def announcements_for(request, festival=None, event=None) -> list:
    """What people must know now about a page."""
    return []
