"""The words of the packages that our staff meet in the admin, where the packages themselves do
not say them in the language of the admin.

Wagtail's translators are volunteers: about half of its words have no Japanese, and hardly any of
wagtail-localize's. Ours stand in a folder of their own, ``locale/packages/``, in the second of
``LOCALE_PATHS``: Django takes them before the packages' words and after those of our code.
What an update of a package adds or drops is told by ``check_words``, as for our own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation import to_locale

from .catalogues import SOURCE_LANGUAGE, catalogue_path, entry_key
from .sources import source_files, words_in
from .word import Place, Word, Words

# Words in Python and templates; words in JavaScript.
DOMAINS = ("django", "djangojs")
# Its words are complete in every language that we have.
COMPLETE = "django."


def admin_languages() -> list[str]:
    """The languages of the admin that have words of their own, English apart."""
    codes = [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
    variants = {code for code in codes if code.partition("-")[0] in codes and "-" in code}
    return [code for code in codes if code not in variants and code != SOURCE_LANGUAGE]


def package_folders() -> list[Path]:
    """Where the code of the installed apps is that are not ours."""
    packages = (app for app in apps.get_app_configs() if not app.name.startswith(COMPLETE))
    folders = (Path(app.path) for app in packages)
    return [folder for folder in folders if "site-packages" in folder.parts]


@cache
def package_words(domain: str) -> Words:
    """All words of the packages in a domain, by their key."""
    words: Words = {}
    for folder in package_folders():
        found = _words_in_code(folder) if domain == "django" else _words_in_scripts(folder)
        for each in found:
            word = words.setdefault(each.key, Word(each.text, each.context))
            word.plural = word.plural or each.plural
            word.places += each.places
    return words


def _words_in_code(folder: Path) -> Iterator[Word]:
    for path in source_files(folder):
        if _app_folder(path, folder) == folder:
            yield from words_in(path, path.relative_to(folder.parent).as_posix())


def _app_folder(path: Path, root: Path) -> Path:
    """The innermost app that a file belongs to: Wagtail's apps lie in one another, and not all
    of them are installed."""
    for folder in path.parents:
        if folder == root or (folder / "apps.py").exists():
            return folder
    return root


def _words_in_scripts(folder: Path) -> Iterator[Word]:
    """Scripts are delivered packed, so the package's own list of their words is read."""
    path = catalogue_path(folder / "locale", SOURCE_LANGUAGE, "djangojs")
    if path.exists():
        place = Place(path.relative_to(folder.parent).as_posix(), 1)
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                yield Word(entry.msgid, entry.msgctxt, entry.msgid_plural or None, [place])


def said_by_packages(language: str, domain: str) -> set[tuple[str, str]]:
    """The keys of the words that need none of ours: those of the packages (Django's among
    them), and those that our own code has too."""
    name = f"{domain}.mo"
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    folders.append(Path(apps.get_app_config("contenttypes").path).parents[1] / "conf" / "locale")
    said = set()
    for folder in folders:
        path = folder / to_locale(language) / "LC_MESSAGES" / name
        if path.exists():
            said |= {entry_key(entry) for entry in polib.mofile(str(path)) if _says(entry)}
    own = catalogue_path(settings.LOCALE_PATHS[0], language, domain)
    if own.exists():
        said |= {entry_key(entry) for entry in polib.pofile(str(own)) if entry.translated()}
    return said


def _says(entry: polib.MOEntry) -> bool:
    return bool(entry.msgstr) or any((entry.msgstr_plural or {}).values())


def words_for_us(path: Path, language: str, domain: str) -> Words:
    """The words that the catalogue at ``path`` is for: what the packages leave unsaid, and what
    it says in their place because theirs is wrong."""
    said = said_by_packages(language, domain)
    ours = {entry_key(entry) for entry in polib.pofile(str(path))} if path.exists() else set()
    words = package_words(domain)
    return {key: words[key] for key in words if key not in said or key in ours}
