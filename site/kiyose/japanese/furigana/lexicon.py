"""Readings that people gave: the city's dictionary, and those of one page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..names import plain

# Stands for the word itself in a context: 清瀬市～, ～丁目.
PLACE = "～"


class Entry(NamedTuple):
    """How a word is read, if need be only in a context."""

    surface: str
    reading: str
    context: str = ""

    @property
    def surroundings(self) -> tuple[str, str]:
        """What must stand directly before and after the word."""
        before, _place, after = self.context.partition(PLACE)
        return before, after

    @property
    def plain(self) -> Entry:
        """The same as most people type it: 髙濱 as 高浜."""
        return Entry(plain(self.surface), self.reading, plain(self.context))


class Lexicon:
    """Entries, made ready to be found in a text that is ``names.plain``, and plain themselves:
    a name is found however its characters are drawn. Does not change once it is made."""

    def __init__(self, entries: Iterable[Entry] = ()):
        self.entries = tuple(sorted({entry.plain for entry in entries}))
        # By the first character; the longest first, and of equals the one with more context.
        self._by_first: dict[str, list[tuple[Entry, str, str]]] = {}
        for entry in sorted(
            self.entries, key=lambda entry: (len(entry.surface), len(entry.context)), reverse=True
        ):
            line = (entry, *entry.surroundings)
            self._by_first.setdefault(entry.surface[0], []).append(line)

        first = "".join(map(re.escape, self._by_first))
        self._place = re.compile(f"[{first}]") if first else None

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def fingerprint(self) -> str:
        """Differs when any entry does: part of the keys under which furigana are kept."""
        return hashlib.sha256(repr(self.entries).encode()).hexdigest()[:16]

    def next_place(self, text: str, at: int) -> int:
        """Where an entry may begin, from this place on; the end of the text if none does."""
        match = self._place and self._place.search(text, at)
        return match.start() if match else len(text)

    def found_at(self, text: str, start: int) -> Iterator[Entry]:
        """The entries that stand in the text at this place, the best first."""
        for entry, before, after in self._by_first.get(text[start], ()):
            end = start + len(entry.surface)
            if (
                text.startswith(entry.surface, start)
                and text.endswith(before, 0, start)
                and text.startswith(after, end)
            ):
                yield entry
