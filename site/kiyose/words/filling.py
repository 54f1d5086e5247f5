"""Bringing a catalogue up to the code."""

from pathlib import Path

import polib
from babel.messages.plurals import get_plural
from django.utils.translation import to_locale

from .catalogues import SOURCE_LANGUAGE, entry_key
from .word import Word, Words


def fill_catalogue(path: Path, language: str, words: Words) -> None:
    """
    Adds the words that are new, drops those that are gone, keeps what is translated.
    The same code always gives the same file.
    """
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {entry_key(entry): entry for entry in before if not entry.obsolete}
    plural = get_plural(language.partition("-")[0])
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural.plural_forms,
    }
    for key in sorted(words, key=lambda key: (key[1], key[0])):
        entry = empty_entry(words[key], plural.num_plurals)
        keep_translation(entry, known.get(key))
        if language == SOURCE_LANGUAGE:
            say_as_it_is(entry)
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def empty_entry(word: Word, plural_forms: int) -> polib.POEntry:
    """A word as a catalogue holds it before it is translated."""
    return polib.POEntry(
        msgid=word.text,
        msgctxt=word.context,
        msgid_plural=word.plural or "",
        msgstr_plural=dict.fromkeys(range(plural_forms), "") if word.plural else {},
        # Files without lines: those would change with every edit of the code.
        occurrences=[(file, "") for file in sorted({place.file for place in word.places})],
        flags=["python-format"] if "%(" in word.text else [],
    )


def keep_translation(entry: polib.POEntry, known: polib.POEntry | None) -> None:
    """Takes over what is translated already, with the translator's remarks."""
    if known is None or bool(known.msgid_plural) != bool(entry.msgid_plural):
        return
    entry.msgstr = known.msgstr
    entry.msgstr_plural = known.msgstr_plural
    entry.tcomment = known.tcomment
    entry.flags = known.flags


def say_as_it_is(entry: polib.POEntry) -> None:
    """Fills what has no translation with the words of the code."""
    if entry.msgid_plural:
        own = {0: entry.msgid, 1: entry.msgid_plural}
        entry.msgstr_plural = {n: entry.msgstr_plural[n] or text for n, text in own.items()}
    else:
        entry.msgstr = entry.msgstr or entry.msgid
