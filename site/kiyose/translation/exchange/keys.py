"""Which sentence a row of a spreadsheet is.

Each row carries a key in a hidden column, so that rows may be sorted, left out, moved and put
between others. It names the translation, the place in the page and the Japanese words, each by
numbers that no other site has. It gives nobody any right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail_localize.models import Translation

from .sentences import Sentence

LENGTH = 10
KEY = re.compile(
    rf"(\d{{1,9}})-([0-9a-f]{{{LENGTH}}})-([0-9a-f]{{{LENGTH}}})-([0-9a-f]{{{LENGTH}}})"
)
# Rows that are to be read and not to be translated.
REMARK = "-"


@dataclass(frozen=True)
class Key:
    """record: number of the translation; uuid, path, words: the beginnings of its UUID, and of
    those of the place and of the Japanese words."""

    record: int
    uuid: str
    path: str
    words: str

    def __str__(self):
        return f"{self.record}-{self.uuid}-{self.path}-{self.words}"

    def is_of(self, record: Translation) -> bool:
        return self.record == record.pk and self.uuid == record.uuid.hex[:LENGTH]


def key_of(sentence: Sentence) -> Key:
    record = sentence.record
    return Key(
        record.pk,
        record.uuid.hex[:LENGTH],
        sentence.path_id[:LENGTH],
        sentence.source_hash[:LENGTH],
    )


def read_key(text: str) -> Key | None:
    """The key in a cell, or None if it holds something else."""
    found = KEY.fullmatch(text.strip())
    return Key(int(found[1]), *found.groups()[1:]) if found else None
