"""A reading over the kanji of a word, not over its kana: 備(そな)える, 取(と)り扱(あつか)い."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ..script import KANJI_RUN, has_kanji, to_hiragana

RUNS = re.compile(f"({KANJI_RUN})")
KANA = re.compile("[ぁ-ゖー]")
DIGIT = re.compile(r"\d")

# A piece of a word and the furigana over it, empty where none are needed.
Piece = tuple[str, str]


@lru_cache(maxsize=8192)
def align(surface: str, reading: str) -> tuple[Piece, ...]:
    """The pieces of a word, in their order; joined again they are the word.

    surface: the word as written, with at least one kanji; reading: the whole word in
    hiragana. Kana in the word must be found in the reading again. Where that is impossible,
    or possible in two ways, the word stays whole, with all of the reading over it.
    """
    shortest = _readings_of(surface, reading, min)
    if shortest is None or shortest != _readings_of(surface, reading, max):
        return ((surface, reading),)
    found = iter(shortest)
    runs = [run for run in RUNS.split(surface) if run]
    return tuple((run, next(found) if RUNS.fullmatch(run) else "") for run in runs)


def fits(surface: str, reading: str) -> bool:
    """Whether the kana of the word stand in the reading, with something left for each kanji."""
    return _readings_of(surface, reading, min) is not None


def _readings_of(
    surface: str, reading: str, choose: Callable[[Iterable[int]], int]
) -> list[str] | None:
    """What stands in the reading for each run of kanji; None where the kana do not fit.

    choose: min or max, of the places where the reading of a run may end. One regular expression
    for the whole word would try every combination of them, for years with some words.
    """
    parts = _parts(surface)
    # Where each part may begin, and the end: from the last one back to the first.
    begins = [{len(reading)}]
    for part in reversed(parts):
        begins.insert(0, _begins(part, reading, begins[0]))
    if 0 not in begins[0]:
        return None
    found, at = [], 0
    for part, ends in zip(parts, begins[1:], strict=True):
        if RUNS.fullmatch(part):
            end = choose(end for end in ends if end > at)
            found.append(reading[at:end])
            at = end
        elif reading.startswith(part, at) and at + 1 in ends:
            at += 1
    return found


def _parts(surface: str) -> list[str]:
    """Runs of kanji whole, and between them one character after the other, in hiragana."""
    parts = []
    for run in filter(None, RUNS.split(surface)):
        parts += [run] if RUNS.fullmatch(run) else to_hiragana(run)
    return parts


def _begins(part: str, reading: str, ends: set[int]) -> set[int]:
    """Where a part may begin in the reading, so that it ends in one of these places."""
    if RUNS.fullmatch(part):
        return set(range(max(ends, default=0)))
    begins = {end - 1 for end in ends if end and reading[end - 1] == part}
    # Kana are read as they stand; a dot between words may be left out of the reading.
    return begins if KANA.match(part) else begins | ends


def needs_furigana(surface: str) -> bool:
    """Whether a word has kanji and no digit: digits are read by the table of counters only."""
    return has_kanji(surface) and not DIGIT.search(surface)
