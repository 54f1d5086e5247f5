"""From the lines of a table to what would happen, and then to what happens.

A room that imports something subclasses ``TableImport``: its columns, a form for one line,
and how a line is saved. A line is checked by a ModelForm, so the rules are the model's own,
as in the admin.
"""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry, Revision

from kiyose.japanese.numbers import plain_number

from .columns import Column, folded
from .problems import Problem, TableError, listed
from .reading import MAX_LINES, SHOWN, Row

IMPORTED = "tables.imported"
LISTED = 30  # known names that an unknown one is answered with


class Kind(models.TextChoices):
    """What happens to a row of the database."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    REMOVED = "removed", gettext_lazy("removed")
    ABSENT = "absent", gettext_lazy("not in the file, kept")


@dataclass(frozen=True)
class Change:
    """One value, as people read it. before: empty for a new row."""

    name: str
    before: str
    after: str


@dataclass
class Step:
    """What happens to one row. line: None for a row that the file does not name."""

    kind: Kind
    title: str
    line: int | None = None
    changes: list[Change] = field(default_factory=list)
    remark: str = ""
    form: RowForm | None = None
    instance: models.Model | None = None
    revision: Revision | None = None  # once it is saved, where the model has some
    is_other: bool = False  # than what was previewed

    @property
    def digest(self) -> int:
        """Differs where something else would happen."""
        said = (self.kind.value, self.title, self.remark, *map(repr, self.changes))
        return zlib.crc32("\n".join(said).encode())


@dataclass
class Plan:
    """Everything that an import would do."""

    steps: list[Step]
    notes: list[str] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[Kind, int]]:
        counted = Counter(step.kind for step in self.steps)
        return [(kind, counted[kind]) for kind in Kind if counted[kind]]

    @property
    def written(self) -> list[Step]:
        return [step for step in self.steps if step.kind in (Kind.NEW, Kind.CHANGED)]

    @property
    def removed(self) -> list[Step]:
        return [step for step in self.steps if step.kind == Kind.REMOVED]

    @property
    def does_something(self) -> bool:
        return bool(self.written or self.removed)

    @property
    def digests(self) -> list[int]:
        return [step.digest for step in self.steps]


class Names:
    """Things by all that people may call them."""

    def __init__(self):
        self._things: dict[str, list] = {}
        self.listed: list[str] = []

    def add(self, thing, listed: str, *others: Any) -> None:
        """listed: what it is called where the known ones are named."""
        self.listed.append(listed)
        for name in {folded(str(name)) for name in (listed, *others) if name}:
            self._things.setdefault(name, []).append(thing)

    def find(self, text: str) -> list:
        return self._things.get(folded(text), [])


class NamedField(forms.Field):
    """Takes what people call a thing, gives the thing. ``names`` is set by the import,
    which reads them once for all lines."""

    names: Names
    default_error_messages = {
        "unknown": gettext_lazy("“%(text)s” is not known here."),
        "among": gettext_lazy("“%(text)s” is not known here. Known are: %(known)s."),
        "unclear": gettext_lazy("“%(text)s” can mean several. Write its key or its page number."),
    }

    def to_python(self, value):
        text = (value or "").strip()
        if not text:
            return None
        found = self.names.find(text)
        if len(found) == 1:
            return found[0]
        known = self.names.listed
        code = "unclear" if found else "among" if len(known) <= LISTED else "unknown"
        raise ValidationError(
            self.error_messages[code], code, {"text": text[:SHOWN], "known": listed(known)}
        )


class RowForm(forms.ModelForm):
    """One line of the file. What the file has no column for stays as it is.

    ``extra`` are fields beside those of the model: ``value_of`` says what they hold now.
    """

    def __init__(self, importer: TableImport, row: Row, instance: models.Model):
        self.importer = importer
        super().__init__(data=row.cells, instance=instance)
        for name in self.fields.keys() - row.cells.keys():
            del self.fields[name]
        for name, names in importer.names.items():
            if name in self.fields:
                self.fields[name].names = names
        self.before = {} if instance.pk is None else {n: self.value_of(n) for n in self.fields}

    def value_of(self, name: str):
        return getattr(self.instance, name)

    def shown(self, name: str, value) -> str:
        """A value of a field as people read it."""
        if isinstance(value, Decimal):
            return plain_number(value)
        choices = dict(getattr(self._meta.model._meta.get_field(name), "flatchoices", ()))
        return str(choices.get(value, "" if value is None else value))

    def _get_validation_exclusions(self):
        # Things that were found by their names exist, and rows that exist were found by
        # what must be unique: asking the database again would cost queries for each line.
        named = {name for name, field in self.fields.items() if isinstance(field, NamedField)}
        return super()._get_validation_exclusions() | named

    def validate_unique(self):
        """See above: a line is that of an existing row, or of a new one."""

    def has_other(self, name: str) -> bool:
        """Whether the line says something else than there is; of a new row, anything."""
        if name not in self.fields:
            return False
        after = self.cleaned_data[name]
        return self.before[name] != after if self.before else after not in (None, "", [])

    def changes(self, columns: Iterable[Column]) -> list[Change]:
        """What differs from the row as it is."""
        return [
            Change(
                column.name,
                self.shown(column.field, self.before[column.field]) if self.before else "",
                self.shown(column.field, self.cleaned_data[column.field]),
            )
            for column in columns
            if self.has_other(column.field)
        ]


class TableImport(ABC):
    """What can be imported, by whom, and how.

    key: what tells rows apart; names: of ``NamedField``s, read by ``prepare``; other_columns:
    sets of columns that a file may have instead of ``columns``, known by its header;
    takes_unknown_columns: what is in no set is left out and said, instead of refused.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    explanation: ClassVar[str]
    model: ClassVar[type[models.Model]]
    columns: tuple[Column, ...]
    other_columns: ClassVar[tuple[tuple[Column, ...], ...]] = ()
    takes_unknown_columns: ClassVar[bool] = False
    row_form: ClassVar[type[RowForm]]
    key_column: ClassVar[str]
    permissions: ClassVar[tuple[str, ...]] = ("add", "change")
    max_lines: ClassVar[int] = MAX_LINES

    def __init__(self, user, file_name: str = "", **options: bool | str):
        self.user = user
        self.file_name = file_name
        self.options = options
        self.names: dict[str, Names] = {}

    @classmethod
    def may(cls, user, *actions: str) -> bool:
        """Whether the user may do all of this with rows of the model."""
        label, name = cls.model._meta.app_label, cls.model._meta.model_name
        return all(user.has_perm(f"{label}.{action}_{name}") for action in actions)

    @classmethod
    def option_fields(cls, user) -> dict[str, forms.Field]:
        """What this user may choose beside the file."""
        return {}

    @abstractmethod
    def prepare(self, rows: list[Row]) -> None:
        """Read what the lines refer to, in a number of queries that is the same for all."""

    @abstractmethod
    def instance_of(self, row: Row) -> models.Model:
        """The row of the database that the line means, or an unsaved one."""

    @abstractmethod
    def key_of(self, form: RowForm) -> Hashable:
        """What must not be in the file twice."""

    def complete(self, step: Step) -> None:  # noqa: B027  few have more to say
        """Say more of a line, if there is more to say."""

    def steps_for_absent(self, steps: list[Step]) -> list[Step]:
        """What happens to rows that the file does not name."""
        return []

    @abstractmethod
    def save(self, plan: Plan) -> None:
        """Do what the plan says. The caller has opened a transaction."""

    def plan(self, rows: list[Row]) -> Plan:
        """What the lines would do, or TableError with every problem of every line."""
        self.prepare(rows)
        problems: list[Problem] = []
        steps: list[Step] = []
        lines: dict[Hashable, int] = {}
        for row in rows:
            form = self.row_form(self, row, self.instance_of(row))
            if not form.is_valid():
                problems += self._problems_of(form, row)
                continue
            first = lines.setdefault(self.key_of(form), row.line)
            if first != row.line:
                problems.append(self._twice(row, first))
            steps.append(self._step(form, row))
        if problems:
            raise TableError(problems)
        return Plan(steps + self.steps_for_absent(steps))

    def _step(self, form: RowForm, row: Row) -> Step:
        changes = form.changes(self.columns)
        kind = Kind.NEW if not form.before else Kind.CHANGED if changes else Kind.UNCHANGED
        step = Step(kind, str(form.instance), row.line, changes, form=form, instance=form.instance)
        self.complete(step)
        return step

    def locked(self, rows: models.QuerySet) -> models.QuerySet:
        """The rows, kept from changing until they are saved; a preview keeps nobody waiting."""
        is_saving = transaction.get_connection().in_atomic_block
        return rows.select_for_update(of=("self",)) if is_saving else rows

    def log(self, steps: Iterable[Step], action: str = IMPORTED) -> None:
        """A line in the history of each row: from which file it came. One query."""
        now, uuid = timezone.now(), uuid4()
        kind = ContentType.objects.get_for_model(self.model)
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=kind,
                object_id=str(step.instance.pk),
                label=str(step.instance),
                action=action,
                timestamp=now,
                uuid=uuid,
                user=self.user,
                data={"file": self.file_name, "line": step.line},
                revision=step.revision,
                content_changed=True,
                deleted=step.kind == Kind.REMOVED,
            )
            for step in steps
        )

    def _problems_of(self, form: RowForm, row: Row) -> Iterable[Problem]:
        by_field = {column.field: column for column in self.columns}
        for name, messages in form.errors.items():
            column = by_field.get(name)
            typed = row.cells.get(name, "")[:SHOWN]
            for message in messages:
                if name == NON_FIELD_ERRORS or column is None:
                    yield Problem(message, row.line)
                else:
                    yield Problem(message, row.line, column.name, typed)

    def _twice(self, row: Row, first: int) -> Problem:
        column = next(column for column in self.columns if column.field == self.key_column)
        message = _("This is in the file twice: line %(line)d has it already.") % {"line": first}
        return Problem(message, row.line, column.name, row.cells.get(self.key_column, "")[:SHOWN])
