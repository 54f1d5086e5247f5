"""PO files of one translation, both ways.

wagtail-localize's own import takes whatever polib can read: half of a file, mangled tags, the
words of links that are not there. Here a file is taken as a whole or not at all, and what is
wrong is told by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import polib
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringTranslation, Translation

from kiyose.tables.problems import Problem, TableError
from kiyose.tables.reading import MAX_BYTES, MAX_LINES, SHOWN, too_large, too_many

from .checks import checked
from .markup import MarkupError, put_together, take_apart
from .saving import NewWords
from .sentences import Sentence, sentences_of

MEDIA_TYPE = "text/x-gettext-translation; charset=utf-8"
ID_HEADER = "X-WagtailLocalize-TranslationID"
LINE = re.compile(r"line (\d+)")


@dataclass
class Taken:
    """What a file would change. notes: what of it is not taken, in sentences."""

    words: list[NewWords] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)


def po_of(record: Translation) -> str:
    """The file for a translator: wagtail-localize's, with the language named, and each entry
    once (a sentence that stands twice in the same place has one translation)."""
    po = record.export_po()
    po.metadata["Language"] = record.target_locale.language_code
    po.metadata["Content-Transfer-Encoding"] = "8bit"
    seen = set()
    for entry in list(po):
        ids = (entry.msgctxt, entry.msgid)
        if ids in seen:
            po.remove(entry)
        seen.add(ids)
    return str(po)


def read_po(data: bytes, record: Translation) -> Taken:
    """What the file would change of the translation, or TableError with every problem."""
    po = _parsed(data)
    _refuse_others(po, record)
    sentences = {(s.path, s.source): s for s in sentences_of([record], locked=True)[record.pk]}
    paths = {path for path, _source in sentences}
    taken = Taken()
    problems: list[Problem] = []
    first: dict[tuple, tuple[int, str]] = {}
    fuzzy = gone = 0
    old = None
    for entry in po:
        if entry.obsolete or not (entry.msgstr or entry.msgstr_plural):
            continue
        if entry.fuzzy:
            fuzzy += 1
            continue
        ids = (entry.msgctxt or "", entry.msgid)
        try:
            if entry.msgid_plural:
                raise MarkupError([_("Entries with plural forms do not exist on this site.")])
            sentence = sentences.get(ids)
            if sentence is None:
                if old is None:
                    old = _old_words(record)
                if old.get(ids) == entry.msgstr:
                    gone += 1
                    continue
                raise MarkupError([_why_unknown(entry, paths)])
            line, said = first.setdefault(ids, (entry.linenum, entry.msgstr))
            if line != entry.linenum and said != entry.msgstr:
                message = _("Line %(line)d translates the same sentence in other words.")
                raise MarkupError([message % {"line": line}])
            if line == entry.linenum:
                _take(entry.msgstr, sentence, taken)
        except MarkupError as error:
            problems += _problems(entry, error.messages)
    if problems:
        raise TableError(problems)
    taken.notes = list(_notes(fuzzy, gone))
    return taken


def _parsed(data: bytes) -> polib.POFile:
    if len(data) > MAX_BYTES:
        raise TableError([Problem(too_large())])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = _("The file is not in UTF-8. Save it in UTF-8.")
        raise TableError([Problem(message, line)]) from None
    if not re.search(r"^\s*msgid\s", text, re.MULTILINE):
        raise TableError([Problem(_("This is no PO file."))])
    try:
        # polib takes a text that is the path of a file for that file. No path begins so.
        po = polib.pofile(f"#\n{text}")
    except (OSError, ValueError, IndexError, KeyError) as error:
        found = LINE.search(str(error))
        line = int(found[1]) - 1 if found else None
        message = _("From here on this is no PO file.") if line else _("This is no PO file.")
        raise TableError([Problem(message, line)]) from None
    for entry in po:
        entry.linenum -= 1
    if len(po) > MAX_LINES:
        raise TableError([Problem(too_many(MAX_LINES))])
    return po


def _refuse_others(po: polib.POFile, record: Translation) -> None:
    named = po.metadata.get(ID_HEADER, "")
    if named == str(record.uuid):
        return
    if named:
        message = _("This file is of another page or another language. Import it there.")
    else:
        message = _(
            "The file does not say of which page it is: the line %(header)s is missing in its "
            "header. Download the file anew."
        ) % {"header": ID_HEADER}
    raise TableError([Problem(message)])


def _old_words(record: Translation) -> dict[tuple[str, str], str]:
    said = StringTranslation.objects.filter(
        locale_id=record.target_locale_id, context__object_id=record.source.object_id
    ).values_list("context__path", "translation_of__data", "data")
    return {(path, source): data for path, source, data in said}


def _why_unknown(entry: polib.POEntry, paths: set[str]) -> str:
    if not entry.msgctxt:
        return _("The entry has no msgctxt, so nobody knows where it belongs.")
    if entry.msgctxt in paths:
        return _(
            "This sentence (msgid) does not stand here: it was changed in the file, or on the "
            "site since the file was made. Download the file anew, or empty this msgstr."
        )
    return _("This place (msgctxt) is not known on this page, or has been taken out of it.")


def _take(said: str, sentence: Sentence, taken: Taken) -> None:
    data = checked(sentence.source, said, sentence.limits)
    if sentence.is_translated and data == _as_kept(sentence.data):
        taken.unchanged += 1
    else:
        taken.words.append(NewWords(sentence, data))


def _as_kept(data: str) -> str:
    try:
        return put_together(take_apart(data))
    except MarkupError:
        return data


def _problems(entry: polib.POEntry, messages: list[str]) -> Iterator[Problem]:
    for message in messages:
        typed = Truncator(entry.msgstr or entry.msgid).chars(SHOWN)
        yield Problem(message, entry.linenum, entry.msgctxt or "", typed)


def _notes(fuzzy: int, gone: int) -> Iterator[str]:
    if fuzzy:
        yield ngettext(
            "%(count)d entry is marked fuzzy and was not taken.",
            "%(count)d entries are marked fuzzy and were not taken.",
            fuzzy,
        ) % {"count": fuzzy}
    if gone:
        yield ngettext(
            "%(count)d sentence is not on the page any more.",
            "%(count)d sentences are not on the page any more.",
            gone,
        ) % {"count": gone}
