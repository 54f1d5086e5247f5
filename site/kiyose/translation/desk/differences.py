"""What was taken out of a sentence, and what was put in, for eyes and screen readers.

Japanese is compared by phrases, other writing by words: letter by letter a changed verb would
fall to pieces. The markup inside a sentence (a link, bold) is compared as a whole.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from kiyose.japanese.phrases import parse
from kiyose.japanese.script import has_japanese

MARKUP_OR_TEXT = re.compile(r"<[^>]*>|[^<]+|<")
LINE = re.compile(r"<br\s*/?>")
WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)

SAME, REMOVED, ADDED = "same", "removed", "added"


@dataclass(frozen=True)
class Part:
    """A piece of a sentence. kind: SAME, REMOVED or ADDED; markup: a tag, not to be read."""

    kind: str
    text: str
    markup: bool = False


def pieces(string: str) -> list[tuple[str, bool]]:
    """(text, whether it is markup) of a string as wagtail-localize keeps it, entities resolved."""
    found: list[tuple[str, bool]] = []
    for piece in MARKUP_OR_TEXT.findall(string):
        if LINE.fullmatch(piece):
            found.append(("\n", False))
        elif piece.startswith("<") and piece.endswith(">"):
            found.append((piece, True))
        else:
            text = html.unescape(piece)
            words = parse(text) if has_japanese(text) else WORDS.findall(text)
            found += [(word, False) for word in words]
    return found


def parts_of(string: str) -> list[Part]:
    """The pieces of one string, with nothing to compare it with."""
    return _joined([Part(SAME, text, markup) for text, markup in pieces(string)])


def compared(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """The two strings in pieces: the old one with what was removed, the new one with what was
    added. Where one is empty, or hardly anything is left, everything is."""
    before, after = pieces(old), pieces(new)
    removed: list[Part] = []
    added: list[Part] = []
    for kind, from_, to, new_from, new_to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        same = kind == "equal"
        removed += [Part(SAME if same else REMOVED, *piece) for piece in before[from_:to]]
        added += [Part(SAME if same else ADDED, *piece) for piece in after[new_from:new_to]]
    return _joined(removed), _joined(added)


def _joined(parts: list[Part]) -> list[Part]:
    """Neighbours of one kind as one."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and (last.kind, last.markup) == (part.kind, part.markup) and not part.markup:
            joined[-1] = Part(part.kind, last.text + part.text)
        else:
            joined.append(part)
    return joined
