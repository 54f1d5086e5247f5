"""Sudachi, the field's own analyser of Japanese: the one dictionary and its tokenizers.

https://github.com/WorksApplications/sudachi.rs. Furigana and the rules of easy Japanese ask it.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from sudachipy import Dictionary, SplitMode, Tokenizer

# What is asked of a word; Sudachi is quicker when it need not look for the rest.
FIELDS = {"reading_form", "pos", "split_a", "normalized_form", "dictionary_form"}

_of_thread = threading.local()


@lru_cache(maxsize=1)
def _dictionary() -> Dictionary:
    return Dictionary(dict="core")


def tokenizer() -> Tokenizer:
    """One for each thread: a tokenizer keeps the sentence that it is working on. It takes
    49,149 bytes at a time."""
    if not hasattr(_of_thread, "tokenizer"):
        _of_thread.tokenizer = _dictionary().tokenizer(SplitMode.C, fields=FIELDS)
    return _of_thread.tokenizer
