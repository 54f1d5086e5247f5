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

# BudouX was taught prose. In headings it takes a year or a name in Latin letters apart
# (203|0年), begins a phrase with a colon, leaves a label on what follows it (見本：展示),
# and cuts short words (気候|変動, 働きが|い).
OF_A_NUMBER_OR_NAME = re.compile(r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ.,．，%％-]")
NEVER_FIRST = "：、。，．！？）」』】・…ー々:,.!?)]"
NEVER_LAST = "（「『【([“第"
KANJI = re.compile("[一-鿿々]")
SHORT_TAIL = re.compile("[ぁ-ゖ]{1,2}")
PARTICLES = "をにはのとで"
AFTER_A_LABEL = re.compile(r"(?<=：)(?=[^\s：])")

# Compounds stay whole however long they are. Too long for a line, they may break where
# katakana begins or ends, and after a name (清瀬ひまわり|フェスティバル, SDGs|人材育成).
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
        if phrases and _belong_together(phrases[-1], found):
            phrases[-1] += found
        else:
            phrases.append(found)
    return tuple(part for phrase in phrases for part in _parts_of(phrase))


def _parts_of(found: str) -> Iterator[str]:
    """A phrase, taken apart after a label and, if it is long, inside a compound."""
    for phrase in AFTER_A_LABEL.split(found):
        yield from INSIDE_A_LONG_COMPOUND.split(phrase) if len(phrase) > LONG else [phrase]


def _belong_together(phrase: str, following: str) -> bool:
    """Whether a line must not break here: within a number, a name or a short word, before
    a stop or after a bracket."""
    last, first = phrase[-1], following[0]
    if first in NEVER_FIRST or last in NEVER_LAST:
        return True
    if OF_A_NUMBER_OR_NAME.match(last) and OF_A_NUMBER_OR_NAME.match(first):
        return True
    is_one_word = KANJI.match(last) and KANJI.match(first)
    is_a_tail = SHORT_TAIL.fullmatch(following) and last not in PARTICLES
    return len(phrase) + len(following) <= LONG and bool(is_one_word or is_a_tail)


def breakable(text: str) -> SafeString:
    """The text as HTML, escaped, with ``<wbr>`` between its phrases."""
    return mark_safe("<wbr>".join(escape(phrase) for phrase in parse(text)))  # noqa: S308 - escaped
