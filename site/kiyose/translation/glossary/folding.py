"""Texts as they are compared: what people type in different ways is the same.

Widths (NFKC), capitals, kinds of dashes and quotation marks, and spaces make no difference.
Between Japanese characters a space says nothing at all: easy Japanese is written with spaces
between words, a heading may be broken anywhere.
"""

from __future__ import annotations

import re
import unicodedata

from kiyose.japanese.script import JAPANESE

SAME = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("‘’´", "'")})
SPACES = re.compile(r"\s+")
INSIDE_JAPANESE = re.compile(rf"(?<={JAPANESE.pattern}) (?={JAPANESE.pattern})")


def folded(text: str) -> str:
    """A text as terms and their translations are looked for in it."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(SAME)
    return INSIDE_JAPANESE.sub("", SPACES.sub(" ", text).strip())
