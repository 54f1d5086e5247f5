"""Words that have been accepted, written all or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail_localize.models import StringTranslation

from kiyose.tables.importing import IMPORTED
from kiyose.translation.models import TranslationStatus
from kiyose.translation.reviews import withdraw_ready
from kiyose.translation.titles import name_draft

from .sentences import Sentence


@dataclass(frozen=True)
class NewWords:
    """data: the checked translation of a sentence, other than what is there."""

    sentence: Sentence
    data: str


@transaction.atomic
def save_words(words: Sequence[NewWords], user, *, file_name: str, tool: str) -> None:
    """Enter the translations as the person's own. Pages stay as they are until somebody
    publishes them; what was called ready for review is not any more, for nobody has seen these
    words. Few queries for the words, some for each translation.

    tool: how they came, for the comment in the editor. The caller has checked everything.
    """
    now = timezone.now()
    new, changed = [], []
    for each in words:
        sentence = each.sentence
        row = sentence.translation
        (new if row is None else changed).append(row := row or _row_for(sentence))
        row.data = each.data
        row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        row.tool_name = tool
        row.last_translated_by = user
        row.updated_at = now
        row.has_error, row.field_error = False, ""
    StringTranslation.objects.bulk_create(new)
    StringTranslation.objects.bulk_update(
        changed,
        [
            *("data", "translation_type", "tool_name", "last_translated_by"),
            *("updated_at", "has_error", "field_error"),
        ],
        batch_size=200,
    )
    _name_drafts(words)
    _note(words, user, file_name)


def _row_for(sentence: Sentence) -> StringTranslation:
    return StringTranslation(
        translation_of_id=sentence.string_id,
        context_id=sentence.context_id,
        locale_id=sentence.record.target_locale_id,
    )


def _name_drafts(words: Sequence[NewWords]) -> None:
    """What saving a single string does by a signal, which saving many together does not send."""
    for each in words:
        if each.sentence.is_title:
            record = each.sentence.record
            name_draft(record.source.object_id, record.target_locale_id, each.data)


def _note(words: Sequence[NewWords], user, file_name: str) -> None:
    """Of each translation, once: from which file it came; and it is not ready any more."""
    records = {each.sentence.record.pk: each.sentence.record for each in words}
    ready = set(
        TranslationStatus.objects.filter(
            translation__in=records, ready_at__isnull=False
        ).values_list("translation_id", flat=True)
    )
    counted = defaultdict(int)
    for each in words:
        counted[each.sentence.record.pk] += 1
    for pk, record in records.items():
        if pk in ready:
            withdraw_ready(record, user)
        log(
            instance=record.get_target_instance(),
            action=IMPORTED,
            user=user,
            data={"file": file_name, "line": None, "strings": counted[pk]},
        )
