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
