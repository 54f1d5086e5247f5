"""Which script a text is written in."""

from __future__ import annotations

import re

# Hiragana, katakana (half-width ones too), 々〆〇, and Han with its extensions.
JAPANESE = re.compile(
    "[\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003134f]"
)


def has_japanese(text: str) -> bool:
    """Whether any kana or kanji stands in the text."""
    return bool(JAPANESE.search(text))


# Kanji with 々〆〇, the small ヶ that is read か or が between them, Han's extensions, and the
# selectors that choose one drawing of a character.
KANJI = "\u3005-\u3007\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANJI_RUN = f"(?:[{KANJI}ヶヵ][\ufe00-\ufe0f\U000e0100-\U000e01ef]*)+"
HAS_KANJI = re.compile(f"[{KANJI}]")
HIRAGANA = re.compile("[ぁ-ゖー]+")
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def has_kanji(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a kanji stands in the text, or in a part of it."""
    return bool(HAS_KANJI.search(text, start, len(text) if end is None else end))


def to_hiragana(text: str) -> str:
    """The text with hiragana for each katakana; everything else stays."""
    return text.translate(_TO_HIRAGANA)


def is_hiragana(text: str) -> bool:
    """Whether the text is one or more hiragana (ー included) and nothing else."""
    return bool(HIRAGANA.fullmatch(text))
