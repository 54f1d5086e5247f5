"""A draft by the machine: the missing strings of one translation, marked as a machine's.

Only the translation memory is written, never a page: a draft becomes public when a person
publishes it, and says that it is a machine's until a person has confirmed it
(``kiyose.translation.reviews``). The service is asked outside of any transaction; what it has
answered is kept all at once, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..exchange.limits import limits_of
from ..reviews import withdraw_ready
from .answers import checked
from .people import reason_for

NOT_OFFERED, BY_HAND = "not_offered", "by_hand"
NOT_PUBLIC, ANNOUNCEMENT = "not_public", "announcement"

REQUEST_SECONDS = 20  # for the service, while a person waits for the answer
WORKER_SECONDS = 180


@dataclass
class Draft:
    """What became of a translation's missing strings."""

    taken: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)  # (Reason or Fault, the source)


def is_offered(source_locale, target_locale) -> bool:
    """Whether machine drafts are switched on, and possible between these languages."""
    translator = get_machine_translator()
    return translator is not None and translator.can_translate(source_locale, target_locale)


def refusal_of(source) -> str | None:
    """Why nothing of this thing goes to a machine; None: its strings are asked about one by one.

    source: the page or snippet, specific. What is sent to a service leaves the house, so only
    what is public anyway is sent.
    """
    if isinstance(source, Page) and (not source.live or source.get_view_restrictions().exists()):
        return NOT_PUBLIC
    return ANNOUNCEMENT if source.is_announcement else None


def refusal(record: Translation) -> str | None:
    """Why no draft is made of this translation; None: it may be."""
    if not is_offered(record.source.locale, record.target_locale):
        return NOT_OFFERED
    if not record.enabled:
        return BY_HAND
    return refusal_of(record.source.get_source_instance())


def draft(record: Translation, user, seconds: float = REQUEST_SECONDS) -> Draft:
    """Draft what is missing. The caller has asked ``refusal`` and may edit the translation.

    Raises MachineError if the service does not answer; nothing has been written then. A string
    that a person enters meanwhile stays the person's.
    """
    model = record.source.specific_content_type.model_class()
    made = Draft()
    asked = []
    for segment in missing_segments(record):
        reason = reason_for(model, segment.context.path, segment.string.data)
        if reason is None:
            asked.append(segment)
        else:
            made.left.append((reason.value, segment.string.data))
    translator = get_machine_translator()
    answers = translator.answers(
        record.source.locale,
        record.target_locale,
        [segment.string.as_value() for segment in asked],
        seconds,
    )
    with transaction.atomic():
        for segment in asked:
            text = segment.string.data
            kept, fault = checked(
                text,
                answers.get(text),
                record.target_locale.language_code,
                limits_of(model, segment.context.field_path),
            )
            if fault is not None:
                made.left.append((fault.value, text))
            else:
                made.taken += _keep(record, segment, kept, translator.display_name, user)
        if made.taken:
            withdraw_ready(record, user)
    return made


def missing_segments(record: Translation) -> list[StringSegment]:
    """The source's strings that nobody has translated, with or without an error."""
    entered = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=record.target_locale_id,
    )
    return list(
        StringSegment.objects.filter(~Exists(entered), source=record.source)
        .select_related("string", "context")
        .order_by("order", "pk")
    )


def _keep(record, segment, words: str, tool: str, user) -> bool:
    _row, created = StringTranslation.objects.get_or_create(
        translation_of_id=segment.string_id,
        context_id=segment.context_id,
        locale_id=record.target_locale_id,
        defaults={
            "data": words,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
            "tool_name": tool,
            "last_translated_by": user,
        },
    )
    return created
