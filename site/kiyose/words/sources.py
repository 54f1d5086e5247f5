"""
Finding the words of the interface in the code, without gettext's programs.

Python is read by Babel; templates are first turned into something like Python by Django
itself, as `makemessages` does.
"""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from .word import Place, Word, Words

# What each function's arguments mean: "c" is the context.
SINGULAR = None
PLURAL = (1, 2)
WITH_CONTEXT = ((1, "c"), 2)
PLURAL_WITH_CONTEXT = ((1, "c"), 2, 3)
FUNCTIONS = {
    "_": SINGULAR,
    "gettext": SINGULAR,
    "gettext_lazy": SINGULAR,
    "gettext_noop": SINGULAR,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": WITH_CONTEXT,
    "pgettext_lazy": WITH_CONTEXT,
    "npgettext": PLURAL_WITH_CONTEXT,
    "npgettext_lazy": PLURAL_WITH_CONTEXT,
}

TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
# Nothing in these is shown to a visitor through gettext.
SKIPPED_FOLDERS = {"docs", "locale", "migrations", "node_modules", "static", "tests", "var"}


def find_words(root: Path) -> Words:
    """All words below a folder, by their key."""
    words: Words = {}
    for path in source_files(root):
        for found in words_in(path, path.relative_to(root).as_posix()):
            word = words.setdefault(found.key, Word(found.text, found.context))
            word.plural = word.plural or found.plural
            word.places += found.places
    return words


def source_files(root: Path) -> Iterator[Path]:
    """Python files and templates, in a stable order."""
    for folder, subfolders, files in os.walk(root):
        subfolders[:] = sorted(
            name for name in subfolders if name not in SKIPPED_FOLDERS and not name.startswith(".")
        )
        in_templates = "templates" in Path(folder).relative_to(root).parts
        for name in sorted(files):
            suffix = Path(name).suffix
            if suffix == ".py" or (in_templates and suffix in TEMPLATE_SUFFIXES):
                yield Path(folder, name)


def words_in(path: Path, name: str) -> Iterator[Word]:
    """The words of one file, which is called `name` in their places."""
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Python would take the indentation of a template for a mistake.
        code = "\n".join(line.lstrip() for line in templatize(code, origin=name).splitlines())
    found = extract("python", BytesIO(code.encode()), FUNCTIONS, options={"encoding": "utf-8"})
    for line, messages, _comments, context in found:
        text, plural = messages if isinstance(messages, tuple) else (messages, None)
        yield Word(text, context, plural, [Place(name, line)])
