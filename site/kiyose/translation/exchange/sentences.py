"""The strings of translations and what they say today, for many pages in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .limits import Limits, limits_of
from .marks import Marks


@dataclass
class Sentence:
    """One string of one translation. source: with its markup; translation: its row, if there
    is one; is_current: that row can stand in a page (it has words, and no error)."""

    record: Translation
    string_id: int
    context_id: int
    path: str
    path_id: str
    field_path: str
    source: str
    source_hash: str
    translation: StringTranslation | None = None

    @cached_property
    def marks(self) -> Marks:
        return Marks(self.source)

    @cached_property
    def source_text(self) -> str:
        """The Japanese as a spreadsheet shows it."""
        return self.marks.source_text

    @cached_property
    def text(self) -> str:
        """Its translation as a spreadsheet shows it; empty if there is none."""
        return self.marks.text(self.data) if self.data else ""

    @property
    def data(self) -> str:
        return self.translation.data if self.translation else ""

    @property
    def is_translated(self) -> bool:
        translation = self.translation
        return bool(translation and translation.data.strip() and not translation.has_error)

    @property
    def is_machines(self) -> bool:
        machine = StringTranslation.TRANSLATION_TYPE_MACHINE
        return self.is_translated and self.translation.translation_type == machine

    @property
    def is_to_do(self) -> bool:
        """Whether people have something to do: to translate it, or to check a machine's draft."""
        return not self.is_translated or self.is_machines

    @property
    def is_title(self) -> bool:
        return self.path == "title"

    @cached_property
    def limits(self) -> Limits:
        model = self.record.source.specific_content_type.model_class()
        return limits_of(model, self.field_path)


def sentences_of(
    records: Iterable[Translation], *, locked: bool = False
) -> dict[int, list[Sentence]]:
    """The strings of each translation (by its number) in the order of the page, each once.

    Two queries, however many translations. records: with their source; locked: keep the
    translated words from being changed by others until the transaction ends.
    """
    records = list(records)
    said = StringTranslation.objects.filter(
        locale_id__in={record.target_locale_id for record in records},
        context__object_id__in={record.source.object_id for record in records},
    )
    if locked:
        said = said.select_for_update(of=("self",))
    translations = {(t.locale_id, t.translation_of_id, t.context_id): t for t in said}
    by_source = defaultdict(dict)
    segments = StringSegment.objects.filter(source__in={record.source_id for record in records})
    for segment in segments.select_related("string", "context").order_by("order", "pk"):
        by_source[segment.source_id].setdefault((segment.string_id, segment.context_id), segment)
    return {
        record.pk: [
            Sentence(
                record=record,
                string_id=segment.string_id,
                context_id=segment.context_id,
                path=segment.context.path,
                path_id=segment.context.path_id.hex,
                field_path=segment.context.field_path,
                source=segment.string.data,
                source_hash=segment.string.data_hash.hex,
                translation=translations.get((record.target_locale_id, *key)),
            )
            for key, segment in by_source[record.source_id].items()
        ]
        for record in records
    }
