"""A text with its readings in brackets: 備(そな)える. What the tests of furigana compare."""

from __future__ import annotations

import re
from pathlib import Path

from home.management.commands.setup_site import READINGS
from kiyose.japanese.furigana import lists
from kiyose.japanese.furigana.lexicon import Entry, Lexicon
from kiyose.japanese.furigana.reading import read
from kiyose.japanese.script import KANJI

HERE = Path(__file__).parent


def lexicon_of(*paths: Path) -> Lexicon:
    """The dictionary as these lists make it, without a database."""
    rows = (row for path in paths for row in lists.rows(path))
    return Lexicon(Entry(row["surface"], row["reading"], row["context"]) for row in rows)


CITY = lexicon_of(lists.COMMON, READINGS)
NOTHING = Lexicon()


def marked(text: str, lexicon: Lexicon = CITY, page: Lexicon | None = None) -> str:
    """The text with the reading of each piece behind it."""
    parts, at = [], 0
    for word in read(text, lexicon, page):
        parts.append(text[at : word.start])
        parts += [f"{piece}({ruby})" if ruby else piece for piece, ruby in word.pieces]
        at = word.end
    return "".join([*parts, text[at:]])


TWO_PIECES = re.compile(rf"([{KANJI}ヶ]+)\(([ぁ-ゖー]+)\)([{KANJI}ヶ]+)\(([ぁ-ゖー]+)\)")


def joined(marked_text: str) -> str:
    """The same, with words that stand beside each other as one: how finely Sudachi cuts a
    compound differs from one of its dictionaries to the next."""
    while (shorter := TWO_PIECES.sub(r"\1\3(\2\4)", marked_text)) != marked_text:
        marked_text = shorter
    return marked_text


def plain(marked_text: str) -> str:
    """The text without its readings."""
    return re.sub(r"\([ぁ-ゖー]+\)", "", marked_text)


def entries(table: str) -> list[str]:
    """What stands in a table of the tests, with spaces between."""
    return table.split()


def lines(table: str) -> list[str]:
    """The lines of such a table."""
    return table.strip().splitlines()
