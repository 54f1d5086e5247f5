"""What is wrong with a catalogue, one line for each fault."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from .catalogues import entry_key
from .word import Word, Words

NAMED = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")
FORMS = re.compile(r"nplurals=(\d+)")
UNNAMED = re.compile(r"%[ds]")


def check_catalogue(path: Path, words: Words, is_partial: bool = False) -> Iterator[str]:
    """Every word that is missing, unfinished or left over, with the place to mend it.

    is_partial: of a variant, which need not have them all.
    """
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    current = {entry_key(entry): entry for entry in catalogue if not entry.obsolete}
    forms = forms_of(catalogue)
    for key, word in words.items():
        if key not in current:
            if is_partial:
                continue
            yield f"{word.places[0]}: {word.text!r} is missing in {path}"
        elif fault := fault_of(current[key], word, forms):
            yield f"{path}:{current[key].linenum}: {word.text!r} {fault}"
    for entry in catalogue:
        if entry.obsolete or entry_key(entry) not in words:
            yield f"{path}:{entry.linenum}: {entry.msgid!r} is in no code any more"


def forms_of(catalogue: polib.POFile) -> int | None:
    """How many plural forms the language has, if the catalogue says so."""
    found = FORMS.search(catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else None


def fault_of(entry: polib.POEntry, word: Word, forms: int | None = None) -> str:
    """What is wrong with a translation, or nothing. forms: that its language has."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if bool(entry.msgid_plural) != bool(word.plural):
        return "has a plural in the code or here, but not in both"
    if entry.fuzzy:
        return "is marked as fuzzy: nobody has confirmed it"
    if not texts or not all(texts):
        return "is not translated"
    if entry.msgid_plural and forms and len(texts) != forms:
        return f"has {len(texts)} plural forms, and the language has {forms}"
    expected = placeholders(word.text) | placeholders(word.plural or "")
    for text in texts:
        found = placeholders(text)
        # A plural form may leave a number out ("one project"), never ask for another.
        if found - expected or (expected - found and not word.plural):
            return f"has other placeholders in {text!r}"
    return ""


def placeholders(text: str) -> set[str]:
    """The parts of a text that the code fills in; unnamed ones are told apart by number."""
    text = text.replace("%%", "")
    named = {one or other for one, other in NAMED.findall(text)}
    return named | {f"{n} {mark}" for n, mark in enumerate(UNNAMED.findall(text))}
