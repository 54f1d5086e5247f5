"""Where a Japanese heading may break: between phrases, never inside a word.

Browsers break Japanese between any two characters. BudouX knows where a reader would
pause; between these places stands ``<wbr>``, and the style sheet forbids all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import budoux
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .script import has_japanese

# BudouX was taught prose. It takes a year or a name in Latin letters apart (203|0年) and
# leaves a label on the words that follow it (見本：展示). Compounds stay whole however long
# they are; too long for a line, they may break where katakana begins or ends, and after a
# name in Latin letters (清瀬ひまわり|フェスティバル, SDGs|人材育成).
OF_A_NUMBER_OR_NAME = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ.,．，%％-]")
AFTER_A_LABEL = re.compile(r"(?<=：)(?=[^\s：])")

LONG = 10
INSIDE_A_LONG_COMPOUND = re.compile(
    r"(?<=[ぁ-ゖ一-鿿々])(?=[ァ-ヺー]{3})|(?<=[ァ-ヺー]{3}|[A-Za-z]{3})(?=[一-鿿])"
)


@lru_cache(maxsize=1)
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


@lru_cache(maxsize=2048)
def parse(text: str) -> tuple[str, ...]:
    """The phrases of a text in their order; joined again they are the text.

    A text without kana or kanji is one phrase.
    """
    if not has_japanese(text):
        return (text,)
    phrases: list[str] = []
    for found in _parser().parse(text):
        for phrase in _parts_of(found):
            if phrases and _belong_together(phrases[-1], phrase):
                phrases[-1] += phrase
            else:
                phrases.append(phrase)
    return tuple(phrases)


def _parts_of(found: str) -> Iterator[str]:
    """A phrase of BudouX, taken apart after a label and, if it is long, inside a compound."""
    for phrase in AFTER_A_LABEL.split(found):
        yield from INSIDE_A_LONG_COMPOUND.split(phrase) if len(phrase) > LONG else [phrase]


def _belong_together(phrase: str, following: str) -> bool:
    """Whether a number or a name in Latin letters goes on beyond the end of a phrase."""
    last, first = phrase[-1], following[0]
    return bool(OF_A_NUMBER_OR_NAME.match(last) and OF_A_NUMBER_OR_NAME.match(first))


def breakable(text: str) -> SafeString:
    """The text as HTML, escaped, with ``<wbr>`` between its phrases."""
    return mark_safe("<wbr>".join(escape(phrase) for phrase in parse(text)))  # noqa: S308 - escaped
