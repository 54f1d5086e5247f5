"""Names of rows that the city keeps in Japanese, with an English name where there is one."""

from __future__ import annotations

from typing import NamedTuple

from kiyose.japanese.dates import is_japanese
from kiyose.pages.languages import source_language, visitor_language


class Name(NamedTuple):
    """A name, and the language that it is in."""

    text: str
    language: str


def name_for_visitor(name: str, name_en: str) -> Name:
    """The English name for who does not read Japanese, where somebody has given one."""
    if name_en and not is_japanese(visitor_language()):
        return Name(name_en, "en")
    return Name(name, source_language())
