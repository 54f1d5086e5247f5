"""A reading over the kanji of a word, not over its kana: 備(そな)える, 取(と)り扱(あつか)い."""

from __future__ import annotations

import re
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
    runs = [run for run in RUNS.split(surface) if run]
    shortest = _readings_of(runs, reading, "(.+?)")
    if shortest is None or shortest != _readings_of(runs, reading, "(.+)"):
        return ((surface, reading),)
    found = iter(shortest)
    return tuple((run, next(found) if RUNS.fullmatch(run) else "") for run in runs)


def fits(surface: str, reading: str) -> bool:
    """Whether the kana of the word stand in the reading, with something left for each kanji."""
    runs = [run for run in RUNS.split(surface) if run]
    return _readings_of(runs, reading, "(.+)") is not None


def _readings_of(runs: list[str], reading: str, kanji: str) -> tuple[str, ...] | None:
    """What stands in the reading for each run of kanji; None where the kana do not fit."""
    pattern = "".join(
        kanji if RUNS.fullmatch(run) else "".join(map(_literal, to_hiragana(run))) for run in runs
    )
    match = re.fullmatch(pattern, reading)
    return match and match.groups()


def _literal(char: str) -> str:
    """Kana are read as they stand; a dot between words may be left out of the reading."""
    return re.escape(char) + ("" if KANA.match(char) else "?")


def needs_furigana(surface: str) -> bool:
    """Whether a word has kanji and no digit: digits are read by the table of counters only."""
    return has_kanji(surface) and not DIGIT.search(surface)
