"""Hard words with easier ones, and katakana words that everybody knows.

Both are plain files that staff can read and mend (``data/``): ``hard_words.csv`` has one word a
line with what to say instead, ``everyday_katakana.txt`` one word a line. A verb or an adjective
(``申し込む``) is found in all its forms; anything else as it is written.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
# Ends as verbs and adjectives do, after a kanji or in kana: conjugated.
CONJUGATED = re.compile("[うくぐすつぬぶむるい]")


@lru_cache(maxsize=1)
def hard_words() -> dict[str, str]:
    """What to say instead, by hard word."""
    with (DATA / "hard_words.csv").open(encoding="utf-8", newline="") as file:
        return {line["word"]: line["easier"] for line in csv.DictReader(file)}


@lru_cache(maxsize=1)
def conjugated() -> dict[str, str]:
    """Those of the hard words that have forms."""
    return {word: easier for word, easier in hard_words().items() if CONJUGATED.match(word[-1])}


@lru_cache(maxsize=1)
def fixed() -> re.Pattern:
    """Finds the other ones, the longest first."""
    words = sorted(hard_words().keys() - conjugated().keys(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=1)
def everyday_katakana() -> frozenset[str]:
    """Katakana words that people meet every day, also those who learn Japanese."""
    lines = (DATA / "everyday_katakana.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
