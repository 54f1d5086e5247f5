"""gettext's catalogues, `locale/<language>/LC_MESSAGES/<domain>.po`: where, compiled, filled."""

import os
from pathlib import Path

import polib
from django.utils.translation import to_locale

# The words in the code are English, so this catalogue says each of them as it is.
SOURCE_LANGUAGE = "en"


def catalogue_path(folder: Path, language: str, domain: str = "django") -> Path:
    """Where Django looks for the words of a language."""
    return folder / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"


def entry_key(entry: polib.POEntry) -> tuple[str, str]:
    """What gettext looks an entry up by: the key of its word."""
    return entry.msgctxt or "", entry.msgid


def compile_catalogues(folder: Path) -> list[Path]:
    """Writes the .mo file beside each .po file that is newer; returns what was written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        # In one step, so that nobody reads half a file.
        unfinished = target.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        written.append(target)
    return written
