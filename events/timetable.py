"""The timetable: for each day a table of venues and times."""

from __future__ import annotations


class Timetable:
    """Entries as a table for each day."""

    def __init__(self, entries, days=None):
        self.entries = list(entries)
