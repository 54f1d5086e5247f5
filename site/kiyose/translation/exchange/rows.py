"""The spreadsheet that comes back: which sentences it says, what it would change, and why not.

A row is known by its key, and the Japanese beside it must be the sentence of that key: who has
sorted only some of the columns has other words beside each key, and then the Japanese decides,
for it is what the volunteer saw. Without a key the Japanese decides alone, if it stands only
once in what the file may be about. Nothing is guessed beyond that. Our own headings and
instructions are told by their words too, for sorting brings them beside keys of sentences, and
sentences beside the sign of a remark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from kiyose.japanese.script import has_japanese
from kiyose.tables.columns import Column
from kiyose.tables.importing import Change, Kind, Plan, Step
from kiyose.tables.lines import Line
from kiyose.tables.problems import Problem, TableError
from kiyose.tables.reading import MAX_BYTES, MAX_LINES, SHOWN, Row, too_large, too_many
from kiyose.tables.workbook import is_workbook, workbook_lines

from .batches import Member, is_in_use, members_of, running
from .checks import checked
from .keys import Key, key_of, read_key
from .marks import LINE_ENDS
from .markup import MarkupError
from .saving import NewWords, save_words
from .sentences import Sentence, sentences_of
from .workbooks import JAPANESE, MADE_ON, PAGE_SIGN, header_of, heading_of, instructions

HEADER_WITHIN = 20  # lines; somebody may have put something above it
# Sentences, and what stands between them: at most a heading for each, and what people added.
MAX_ROWS = 3 * MAX_LINES
COLUMNS = (
    Column("source", JAPANESE, "Japanese", ""),
    Column("data", "翻訳", "translation", ""),
    Column("key", "キー", "key", ""),
)


def read_rows(data: bytes, locale: Locale, notes: list[str]) -> tuple[list[Row], list[Problem]]:
    """The rows of the file that have something in the column of the translation; and the cells
    of that column that are no text (formulas, merged cells).

    Raises TableError if it is no workbook, too large, or in another language.
    """
    if len(data) > MAX_BYTES:
        raise TableError([Problem(too_large())])
    if not data:
        raise TableError([Problem(_("The file is empty."))])
    if not is_workbook(data):
        message = _("This is no Excel workbook (.xlsx). In Excel: Save as, Excel workbook.")
        raise TableError([Problem(message)])
    lines = []
    for line in workbook_lines(data, notes):
        if len(lines) == MAX_ROWS:
            raise TableError([Problem(too_many(MAX_LINES), line.number)])
        if not line.is_blank:
            lines.append(line)
    places = _places(lines, locale)
    said = _said_above()
    rows, problems = [], []
    sentences = 0
    for line in lines:
        source, text, key = (_cell(line, place) for place in places)
        seems_ours = _seems_ours(source, said)
        if places[1] in line.faults:
            if not seems_ours or read_key(key):
                fault = line.faults[places[1]]
                problems.append(Problem(fault, line.number, _("translation"), text[:SHOWN]))
        elif text:
            rows.append(Row(line.number, {"source": source, "data": text, "key": key}))
            # As they are counted when a file goes out, so that it can come back.
            sentences += not seems_ours
            if sentences > MAX_LINES:
                raise TableError([Problem(too_many(MAX_LINES), line.number)])
    return rows, problems


def _cell(line: Line, place: int) -> str:
    return line.cells[place].strip() if place < len(line.cells) else ""


def _places(lines: list[Line], locale: Locale) -> tuple[int, int, int]:
    """Where the Japanese, the translation and the key stand."""
    japanese, translated = 0, 1
    ours = header_of(locale)
    others = {
        header_of(other): other
        for other in Locale.objects.all()
        if other.pk != locale.pk and is_in_use(other)
    }
    # That of the originals heads every file, and says nothing about its translation.
    others.pop(JAPANESE, None)
    for line in lines[:HEADER_WITHIN]:
        cells = [cell.strip() for cell in line.cells]
        if JAPANESE not in cells:
            continue
        japanese = cells.index(JAPANESE)
        if ours in cells:
            translated = cells.index(ours)
        elif others.keys() & set(cells):
            raise TableError([Problem(_other_language(others, cells), line.number)])
        else:
            translated = japanese + 1
        break
    counted = defaultdict(int)
    for line in lines:
        for place, cell in enumerate(line.cells):
            counted[place] += read_key(cell) is not None
    key = max(counted, key=counted.get, default=2)
    return japanese, translated, key if counted[key] else max(japanese, translated) + 1


def _other_language(others: dict[str, Locale], cells: list[str]) -> str:
    name = next(name for name in cells if name in others)
    return wrong_language(others[name])


def wrong_language(locale: Locale) -> str:
    message = _("This file is for another language: %(language)s. Import it there.")
    return message % {"language": locale.get_display_name()}


def _said_above() -> set[str]:
    """The header and the instructions, folded."""
    with translation.override("ja"):
        return {folded(text) for text in (JAPANESE, *instructions())}


def _seems_ours(source: str, said: set[str]) -> bool:
    """Whether it looks like a heading or an instruction of ours. said: see ``_said_above``."""
    return source.startswith((f"{PAGE_SIGN} ", MADE_ON)) or folded(source) in said


@dataclass
class SentenceStep(Step):
    """What happens to one sentence. member: the page it stands in; data: as it would be kept."""

    member: Member | None = None
    sentence: Sentence | None = None
    data: str = ""


@dataclass
class SentencePlan(Plan):
    """steps: only what is written; unchanged: rows that say what is there."""

    unchanged: int = 0

    @property
    def counts(self) -> list[tuple[Kind, int]]:
        unchanged = [(Kind.UNCHANGED, self.unchanged)] if self.unchanged else []
        return [*super().counts, *unchanged]

    @property
    def pages(self) -> list[tuple[Member, list[SentenceStep]]]:
        """The steps by page, in the order of the file."""
        by_page: dict[int, tuple[Member, list]] = {}
        for step in self.steps:
            pk = step.member.record.pk
            by_page.setdefault(pk, (step.member, []))[1].append(step)
        return list(by_page.values())


@dataclass
class _Known:
    """What the user may edit of what the file is about."""

    members: dict[int, Member] = field(default_factory=dict)
    sentences: dict[int, list[Sentence]] = field(default_factory=dict)
    by_key: dict[Key, Sentence] = field(default_factory=dict)
    by_text: dict[str, list[Sentence]] = field(default_factory=lambda: defaultdict(list))
    headings: set[str] = field(default_factory=set)  # of its pages, folded

    def add(self, members: Iterable[Member], *, locked: bool) -> None:
        new = {m.record.pk: m for m in members if m.record.pk not in self.members}
        self.members |= new
        self.headings |= {folded(heading_of(member)) for member in new.values()}
        found = sentences_of((member.record for member in new.values()), locked=locked)
        self.sentences |= found
        for sentences in found.values():
            for sentence in sentences:
                self.by_key[key_of(sentence)] = sentence
                self.by_text[folded(sentence.source_text)].append(sentence)


def folded(text: str) -> str:
    """A sentence without what spreadsheets do to spaces and line ends."""
    return "".join(text.split())


def tidy(text: str) -> str:
    """A translation with its line breaks, but without spaces at the ends of its lines."""
    lines = LINE_ENDS.sub("\n", text).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


class SheetImport:
    """What ``ImportView`` asks of an import, for spreadsheets of one language (and of one
    translation, if ``record`` is given). Its rows go into strings of many pages, so there is no
    form for a row; otherwise it is a ``TableImport``.
    """

    name = "translations"
    model = StringTranslation
    columns = COLUMNS
    other_columns = ()
    options: dict = {}

    def __init__(self, user, file_name: str, locale: Locale, record: Translation | None = None):
        self.user = user
        self.file_name = file_name
        self.locale = locale
        self.record = record

    def plan(self, rows: list[Row], faults: Iterable[Problem] = ()) -> SentencePlan:
        """What the rows would do, or TableError with every problem of every row. faults: those
        that were found when the file was read."""
        known = self._known(rows)
        problems: list[Problem] = list(faults)
        steps: list[SentenceStep] = []
        unchanged = 0
        first: dict[int, tuple[int, str]] = {}
        said = _said_above() | known.headings
        rows = [row for row in rows if not self._is_remark(row, known, said)]
        old = self._old_words(rows, known)
        for row in rows:
            try:
                sentence = self._sentence_of(row, known, old)
                if sentence is None:
                    unchanged += 1
                    continue
                step = self._step(row, sentence, known)
                said_in, words = first.setdefault(id(sentence), (row.line, row.cells["data"]))
                if said_in != row.line:
                    if words == row.cells["data"]:
                        continue  # a row that was copied
                    message = _("Line %(line)d translates the same sentence in other words.")
                    raise MarkupError([message % {"line": said_in}])
            except MarkupError as error:
                problems += self._problems(row, error.messages)
            else:
                if step is None:
                    unchanged += 1
                else:
                    steps.append(step)
        if problems:
            raise TableError(sorted(problems, key=lambda problem: problem.line))
        return SentencePlan(steps, unchanged=unchanged)

    def save(self, plan: SentencePlan) -> None:
        """Enter the words. The caller has opened a transaction."""
        save_words(
            [NewWords(step.sentence, step.data) for step in plan.steps],
            self.user,
            file_name=self.file_name,
            tool="XLSX",
        )

    # Which sentence a row is

    def _known(self, rows: list[Row]) -> _Known:
        keys = {key for row in rows if (key := read_key(row.cells["key"]))}
        is_saving = transaction.get_connection().in_atomic_block
        records = running().filter(pk__in={key.record for key in keys})
        records = [r for r in records if any(key.is_of(r) for key in keys)]
        members = members_of(self.user, records)
        if self.record and self.record.pk not in {member.record.pk for member in members}:
            # The view has asked the page itself, which also knows the tasks of workflows.
            members += [
                Member(r, r.get_target_instance(), None) for r in records if r.pk == self.record.pk
            ]
        self._refuse_others(keys, members)
        known = _Known()
        known.add(members, locked=is_saving)
        if any(read_key(row.cells["key"]) is None for row in rows) and not known.members:
            # No row has kept its key. Then the file can be about all that there is.
            records = [self.record] if self.record else running(self.locale)
            known.add(members_of(self.user, records), locked=is_saving)
        return known

    @staticmethod
    def _is_remark(row: Row, known: _Known, said: set[str]) -> bool:
        """A heading or an instruction of ours, whatever key stands beside it; and not a
        sentence of the site that looks like one. said: those that are known for certain."""
        source, key = row.cells["source"], read_key(row.cells["key"])
        if not _seems_ours(source, said):
            return False
        sentence = known.by_key.get(key) if key else None
        if sentence and folded(sentence.source_text) == folded(source):
            return False
        return folded(source) in said or folded(source) not in known.by_text

    def _refuse_others(self, keys: set[Key], members: list[Member]) -> None:
        """A file that is as a whole none of this page, language or site."""
        if not keys:
            return
        ours = [m for m in members if m.record.target_locale_id == self.locale.pk]
        if members and not ours:
            message = wrong_language(members[0].record.target_locale)
        elif not ours:
            message = _(
                "Nothing in this file is known here. It may be of another site, its pages may "
                "have been deleted, the language taken out, or you may not edit its pages."
            )
        elif self.record and all(m.record.pk != self.record.pk for m in ours):
            message = _("This file is of another page: “%(title)s”. Import it there.")
            message %= {"title": ours[0].title}
        else:
            return
        raise TableError([Problem(message)])

    def _old_words(self, rows: list[Row], known: _Known) -> dict[Key, set[str]]:
        """Of keys whose sentence has changed since: how it was translated before."""
        gone = {
            key for row in rows if (key := read_key(row.cells["key"])) and key not in known.by_key
        }
        if not gone:
            return {}
        records = {key.record: known.members.get(key.record) for key in gone}
        records = {pk: member.record for pk, member in records.items() if member}
        by_key = defaultdict(set)
        said = StringTranslation.objects.filter(
            locale=self.locale,
            context__object_id__in={record.source.object_id for record in records.values()},
        ).select_related("translation_of", "context")
        for each in said:
            for record in records.values():
                if each.context.object_id == record.source.object_id:
                    old = Sentence(
                        record=record,
                        string_id=each.translation_of_id,
                        context_id=each.context_id,
                        path=each.context.path,
                        path_id=each.context.path_id.hex,
                        field_path=each.context.field_path,
                        source=each.translation_of.data,
                        source_hash=each.translation_of.data_hash.hex,
                        translation=each,
                    )
                    by_key[key_of(old)].add(folded(old.text))
        return by_key

    def _sentence_of(self, row: Row, known: _Known, old: dict[Key, set[str]]) -> Sentence | None:
        """The sentence of the row; None for one that is gone and brings nothing new."""
        key, source = read_key(row.cells["key"]), folded(row.cells["source"])
        if key and not self._may(key, known):
            raise MarkupError([_("You may not edit this page, or it does not exist any more.")])
        sentence = known.by_key.get(key) if key else None
        if sentence and source == folded(sentence.source_text):
            return sentence
        if not source:
            message = _("The Japanese sentence is missing. Put it back, or empty this row.")
            raise MarkupError([message])
        same = [
            s for s in known.by_text.get(source, []) if s.record.target_locale_id == self.locale.pk
        ]
        if key:
            same_page = [s for s in same if s.record.pk == key.record]
            if len(same) > 1 and len(same_page) == 1:
                same = same_page
        if len(same) == 1:
            return same[0]
        if same:
            message = _(
                "This sentence stands in several places, and the hidden column of the row is "
                "lost. Copy the whole row from the file as it was."
            )
            raise MarkupError([message])
        if key and folded(row.cells["data"]) in old.get(key, ()):
            return None
        raise MarkupError([self._gone(key, sentence, known)])

    def _may(self, key: Key, known: _Known) -> bool:
        member = known.members.get(key.record)
        return (
            member is not None
            and key.is_of(member.record)
            and member.record.target_locale_id == self.locale.pk
            and (self.record is None or member.record.pk == self.record.pk)
        )

    def _gone(self, key: Key | None, sentence: Sentence | None, known: _Known) -> str:
        if sentence is not None:
            return _(
                "The Japanese in this row is not the sentence of the site: “%(text)s”. "
                "Put it back, or empty this row."
            ) % {"text": sentence.source_text[:SHOWN]}
        if key is None:
            return _(
                "This sentence is not known here. Only sentences of the site can be translated."
            )
        at_place = [s for s in known.sentences[key.record] if s.path_id.startswith(key.path)]
        if len(at_place) == 1:
            return _(
                "The Japanese has changed since this file was made. Now it says: “%(text)s”. "
                "Translate that, or empty this row."
            ) % {"text": at_place[0].source_text[:SHOWN]}
        return _(
            "This sentence has been changed or taken out since this file was made. Empty this "
            "row; a new file has the sentence of today."
        )

    # What it says

    def _step(self, row: Row, sentence: Sentence, known: _Known) -> SentenceStep | None:
        """What is written, or None if the row says what is there."""
        text = row.cells["data"]
        if tidy(text) == tidy(sentence.text):
            return None
        member = known.members[sentence.record.pk]
        if member.is_locked_for(self.user):
            raise MarkupError([_("This page is locked by somebody else.")])
        data = checked(sentence.source, sentence.marks.data(text), sentence.limits)
        if sentence.is_translated and data == sentence.data:
            return None
        kind = Kind.CHANGED if sentence.is_translated else Kind.NEW
        step = SentenceStep(
            kind,
            sentence.source_text,
            row.line,
            [
                Change(
                    "", sentence.text if sentence.is_translated else "", sentence.marks.text(data)
                )
            ],
            member=member,
            sentence=sentence,
            data=data,
        )
        if has_japanese(text) and not self.locale.language_code.startswith("ja"):
            step.remark = _("There is Japanese in this translation.")
        return step

    @staticmethod
    def _problems(row: Row, messages: Iterable[str]) -> Iterator[Problem]:
        for message in messages:
            yield Problem(message, row.line, _("translation"), row.cells["data"][:SHOWN])
