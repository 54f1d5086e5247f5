"""What a rule has to say about a place in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    WARNING = "warning"  # mend it
    HINT = "hint"  # think about it


@dataclass(frozen=True)
class Finding:
    """rule: its key in the table; message: for whoever writes, in the language of the admin;
    quote: the words that are meant; start, end: where they stand in the text, in characters;
    suggestion: what to write instead, in easy Japanese, or empty."""

    rule: str
    message: str
    quote: str
    start: int
    end: int
    severity: Severity = Severity.WARNING
    suggestion: str = ""
