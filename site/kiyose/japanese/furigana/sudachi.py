"""The words of a text with their readings, by Sudachi.

Its readings of digits and symbols are not to be trusted (10 is いちれい, a bracket is きごう), so
nobody here asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sudachipy import Morpheme, SplitMode

from ..script import HAS_KANJI, is_hiragana, to_hiragana
from ..sudachi import tokenizer

# Sudachi takes 49,149 bytes at a time, and is quickest with much less.
MOST_AT_ONCE = 2_000
ENDS_OF_SENTENCES = "。\n！？"
SYMBOLS = ("補助記号", "記号", "空白")


class Word(NamedTuple):
    """A word of a text: where it stands, and what Sudachi knows about it."""

    start: int
    end: int
    morpheme: Morpheme

    @property
    def reading(self) -> str:
        """In hiragana; empty where Sudachi does not know."""
        return _reading_of(self.morpheme)

    def parts(self) -> list[tuple[int, int, str]]:
        """The short words that it is made of: where each begins and ends, and its reading."""
        parts, at = [], self.start
        for part in self.morpheme.split(SplitMode.A):
            length = len(part.raw_surface())
            parts.append((at, at + length, _reading_of(part)))
            at += length
        return parts


def _reading_of(morpheme: Morpheme) -> str:
    if morpheme.part_of_speech()[0] in SYMBOLS:
        return ""
    return _hiragana(morpheme.reading_form())


@lru_cache(maxsize=8192)
def _hiragana(reading_form: str) -> str:
    reading = to_hiragana(reading_form)
    return reading if is_hiragana(reading) else ""


def words(text: str) -> tuple[list[Word], set[int]]:
    """The words with kanji of a text of any length, in their order, and where the words of the
    text (all of them) end."""
    with_kanji, ends = [], set()
    has_kanji = HAS_KANJI.search
    for begin, chunk in _chunks(text):
        start = begin
        for morpheme in tokenizer().tokenize(chunk):
            end = begin + morpheme.end()
            if has_kanji(text, start, end):
                with_kanji.append(Word(start, end, morpheme))
            ends.add(end)
            start = end
    return with_kanji, ends


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces that Sudachi takes, cut after a sentence where there is one."""
    begin = 0
    while len(text) - begin > MOST_AT_ONCE:
        limit = begin + MOST_AT_ONCE
        end = max(text.rfind(mark, begin, limit) for mark in ENDS_OF_SENTENCES) + 1
        if end <= begin:
            end = limit
        yield begin, text[begin:end]
        begin = end
    yield begin, text[begin:]
