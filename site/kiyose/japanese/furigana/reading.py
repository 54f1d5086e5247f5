"""Which word of a text is read how, and why."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ..names import SELECTORS, plain
from ..script import has_kanji
from . import counters
from .alignment import Piece, align, needs_furigana
from .lexicon import Lexicon
from .sudachi import Word, words


class Why(Enum):
    """Where a reading comes from, or why there is none."""

    PAGE = "page"
    CITY = "city"
    TABLE = "table"
    SUDACHI = "sudachi"
    # Left without furigana
    UNSURE = "unsure"  # the table knows two readings, and nothing beside the word decides
    DIGITS = "digits"  # a number that the table does not know
    UNKNOWN = "unknown"  # no dictionary knows it
    GIVEN = "given"  # another reading stands beside it: 下宿（したじゅく）


# A reading that stands beside its word.
BRACKET = re.compile("[(（]")
IN_BRACKETS = re.compile("[(（]([ぁ-ゖー]+)[)）]")

# Characters of a word over which one reading is still comfortable to read.
SHORT = 3


class Read(NamedTuple):
    """A word with kanji: where it stands, its pieces with their furigana, and why."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    why: Why

    @property
    def surface(self) -> str:
        return "".join(text for text, _ruby in self.pieces)

    @property
    def reading(self) -> str:
        """In hiragana, kana of the word included; empty where it is left without furigana."""
        if not any(ruby for _text, ruby in self.pieces):
            return ""
        return "".join(ruby or text for text, ruby in self.pieces)


def read(text: str, city: Lexicon, page: Lexicon | None = None) -> list[Read]:
    """Every word of the text that has kanji, in order, with its reading.

    city: the city's dictionary; page: readings that hold on one page, and win there.
    """
    if not has_kanji(text):
        return []
    lexicons = ((Why.PAGE, page), (Why.CITY, city))
    # Sudachi would cut a word at a selector, and knows few variants.
    typed = plain(text)
    found = _Reader(typed).read(lexicons)
    return found if typed == text else _as_written(found, text)


def _as_written(found: list[Read], text: str) -> list[Read]:
    """The same words in a text with selectors and variants of characters (葛󠄀, 𠮷)."""
    # Where the characters of the plain text begin in the written one.
    begins = [at for at, char in enumerate(text) if not SELECTORS.match(char)] + [len(text)]
    return [
        Read(begins[read.start], begins[read.end], tuple(_pieces_as_written(read, text, begins)),
             read.why)
        for read in found
    ]  # fmt: skip


def _pieces_as_written(read: Read, text: str, begins: list[int]) -> Iterator[Piece]:
    at = read.start
    for piece, ruby in read.pieces:
        yield text[begins[at] : begins[at + len(piece)]], ruby
        at += len(piece)


class _Reader:
    """One text, while it is being read."""

    def __init__(self, text: str):
        self.text = text
        self.words, self.boundaries = words(text)
        self.taken = bytearray(len(text))
        self.found: list[Read] = []

    def read(self, lexicons: Iterable[tuple[Why, Lexicon | None]]) -> list[Read]:
        for why, lexicon in lexicons:
            if lexicon:
                self._take_entries(lexicon, why)
        self._take_numbers()
        for word in self.words:
            start, end, _morpheme = word
            if not any(self.taken[start:end]):
                self.found.append(self._of_whole(word))
            elif not all(self.taken[start:end]):
                self.found.extend(self._of_rest(word))
        return sorted(self.found, key=lambda read: read.start)

    def _take(self, start: int, end: int, pieces, why: Why) -> None:
        self.taken[start:end] = b"\1" * (end - start)
        self.found.append(Read(start, end, pieces, why))

    # The dictionary

    def _take_entries(self, lexicon: Lexicon, why: Why) -> None:
        at = lexicon.next_place(self.text, 0)
        while at < len(self.text):
            done = max(at + 1, self._take_entry(lexicon, at, why))
            at = lexicon.next_place(self.text, done)

    def _take_entry(self, lexicon: Lexicon, at: int, why: Why) -> int:
        """The end of the entry that is taken at this place, else 0."""
        for entry in lexicon.found_at(self.text, at):
            end = at + len(entry.surface)
            if any(self.taken[at:end]) or not (self._is_free(at) and self._is_free(end)):
                continue
            if why is Why.CITY and self._is_given(end, entry.reading):
                self._take(at, end, ((entry.surface, ""),), Why.GIVEN)
            else:
                pieces = self._as_sudachi_cuts(at, end, entry.reading)
                self._take(at, end, pieces or align(entry.surface, entry.reading), why)
            self.boundaries |= {at, end}
            return end
        return 0

    def _is_free(self, at: int) -> bool:
        """Whether a word may begin or end here: 元町 does not stand in 地元町会."""
        if at in self.boundaries or not self._is_between_kanji(at):
            return True
        word = self.words[bisect_right(self.words, at, key=itemgetter(0)) - 1]
        return any(start == at for start, _end, _reading in word.parts())

    def _is_between_kanji(self, at: int) -> bool:
        return 0 < at < len(self.text) and all(map(has_kanji, self.text[at - 1 : at + 1]))

    def _as_sudachi_cuts(self, start: int, end: int, reading: str) -> tuple[Piece, ...]:
        """The pieces by Sudachi's words, should they be read the same: shorter furigana."""
        first = bisect_left(self.words, start, key=itemgetter(0))
        within = self.words[first : bisect_right(self.words, end, key=itemgetter(1))]
        if not within or (within[0].start, within[-1].end) != (start, end) or len(within) < 2:
            return ()
        parts = [(self.text[word.start : word.end], word.reading) for word in within]
        if not all(has_kanji(surface) for surface, _reading in parts):
            return ()
        if "".join(part for _surface, part in parts) != reading:
            return ()
        return tuple(piece for surface, part in parts for piece in align(surface, part))

    # The table

    def _take_numbers(self) -> None:
        for start, end, reading in counters.find(self.text, self._is_free):
            if any(self.taken[start:end]):
                continue
            surface = self.text[start:end]
            if reading:
                self._take(start, end, _over(surface, reading), Why.TABLE)
            elif has_kanji(surface):
                self._take(start, end, ((surface, ""),), Why.UNSURE)

    # Sudachi

    def _of_whole(self, word: Word) -> Read:
        start, end, _morpheme = word
        surface = self.text[start:end]
        if surface[-1] in "）)":
            # Sudachi takes a short reading in brackets for a part of the word.
            surface = BRACKET.split(surface)[0]
            end = start + len(surface)
        if not needs_furigana(surface):
            return Read(start, end, ((surface, ""),), Why.DIGITS)
        reading = word.reading
        if not reading:
            return Read(start, end, ((surface, ""),), Why.UNKNOWN)
        if self._is_given(end, reading):
            return Read(start, end, ((surface, ""),), Why.GIVEN)
        return Read(start, end, _finest(word, surface, reading), Why.SUDACHI)

    def _is_given(self, end: int, reading: str) -> bool:
        """Whether the author gives another reading in brackets, and will know."""
        given = IN_BRACKETS.match(self.text, end)
        return bool(given) and not given[1].endswith(reading)

    def _of_rest(self, word: Word) -> Iterator[Read]:
        """What is left of a word of which a part is taken, read for itself."""
        at = word.start
        for taken, run in groupby(self.taken[word.start : word.end]):
            start, at = at, at + len(list(run))
            if not taken:
                for rest in words(self.text[start:at])[0]:
                    yield self._of_whole(Word(rest.start + start, rest.end + start, rest.morpheme))


def _finest(word: Word, surface: str, reading: str) -> tuple[Piece, ...]:
    """A long word in the pieces of its short ones, should they sound the same."""
    if len(surface) > SHORT:
        parts = word.parts()
        if len(parts) > 1 and "".join(part for _start, _end, part in parts) == reading:
            pieces: list[Piece] = []
            for start, end, part in parts:
                text = surface[start - word.start : end - word.start]
                pieces += align(text, part) if has_kanji(text) else ((text, ""),)
            return tuple(pieces)
    return align(surface, reading)


def _over(surface: str, reading: str) -> tuple[Piece, ...]:
    """A number with its counter is one word (3日), a counter may have kana (か月)."""
    return ((surface, reading),) if surface[0].isdecimal() else align(surface, reading)
