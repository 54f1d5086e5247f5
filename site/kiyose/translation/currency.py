"""Is a translation still what its source says?

wagtail-localize calls a translation "up to date" when all strings *of its stored copy* are
translated; the copy is renewed when somebody presses a button. Here the copy is renewed
whenever the source is published, and a translation remembers which words of the source its
public version was made of. It is out of date from the publication on with which the source's
words became others than those, and no longer when it is published again, or when the source
takes its change back. A changed fact makes nothing out of date: facts are copied
(``facts.py``).

Renewing the copy changes no page: the public translation stays as it is until a person
publishes it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import post_save
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from kiyose.pages.blocks.table import TEMPLATE
from kiyose.pages.models import TranslatedSnippet

from .models import TranslationStatus
from .sources import translation_record

Words = list[list[str]]  # [path, text], in the order of the page


@dataclass(frozen=True)
class Change:
    """One string in which the source of today differs from what the public translation was
    made of. Empty text: there is none (a string that is new, or gone, or not translated)."""

    path: str
    old_source: str
    new_source: str
    old_translation: str
    translation: str


def words_of(instance) -> Words:
    """Everything in the instance (unsaved changes included) that is to be translated: strings
    with their markup, the targets of links, and the figures of tables. Facts are none of it."""
    found = []
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            found.append([segment.path, segment.string.data])
        elif isinstance(segment, OverridableSegmentValue):
            found.append([segment.path, str(segment.data)])
        elif isinstance(segment, TemplateSegmentValue) and segment.format == TEMPLATE:
            found.append([segment.path, segment.template])
    return found


def words_of_source(record: Translation) -> Words:
    """The words of the stored copy that translators see."""
    return words_of(record.source.as_instance())


def digest_of(words: Words) -> str:
    """A fingerprint of words, to recognise the very same ones."""
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def changes(record: Translation) -> list[Change]:
    """What a translator has to look at: strings that are new, other, or gone since the public
    translation was made, in the order of the page; all of them if it never was public."""
    translations = {
        (path, source): data
        for path, source, data in StringTranslation.objects.filter(
            locale_id=record.target_locale_id,
            context__object_id=record.source.object_id,
            has_error=False,
        ).values_list("context__path", "translation_of__data", "data")
    }
    found = []
    for path, old, new in _pairs(status_of(record).made_of or [], words_of_source(record)):
        found.append(
            Change(
                path=path,
                old_source=old,
                new_source=new,
                old_translation=translations.get((path, old), ""),
                translation=translations.get((path, new), ""),
            )
        )
    return found


def _pairs(before: Words, after: Words) -> Iterator[tuple[str, str, str]]:
    """(path, old, new) of what differs. The strings of one paragraph share a path, so that
    within it what was inserted must not shift what follows."""
    paths = dict.fromkeys(path for path, _text in [*after, *before])
    for path in paths:
        old = [text for where, text in before if where == path]
        new = [text for where, text in after if where == path]
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for kind, old_from, old_to, new_from, new_to in steps:
            if kind != "equal":
                pairs = zip_longest(old[old_from:old_to], new[new_from:new_to], fillvalue="")
                yield from ((path, was, now) for was, now in pairs)


def status_of(record: Translation) -> TranslationStatus:
    """The translation's status; made if a script has left it without one."""
    status, _created = TranslationStatus.objects.get_or_create(translation=record)
    record.status = status
    return status


def locked_status(record: Translation) -> TranslationStatus:
    """The same, kept from everybody else until the transaction ends: it is saved as a whole, and
    what somebody has said meanwhile would be lost."""
    statuses = TranslationStatus.objects.select_for_update()
    status, _created = statuses.get_or_create(translation=record)
    record.status = status
    return status


def _settle(status: TranslationStatus, source_words: Words, since: datetime) -> None:
    """Compare the public translation with the source's words of today (unsaved)."""
    if status.made_of is None or status.made_of == source_words:
        status.outdated_since = None
    elif status.outdated_since is None:
        status.outdated_since = since


@transaction.atomic
def source_published(instance) -> None:
    """Renew the stored copy of a thing that is now public, and compare its translations.

    instance: the live row, specific. Nothing happens to what nobody has ever translated.
    """
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    ).first()
    if source is None:
        return
    before = words_of(source.as_instance())
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    words = words_of(instance)
    since = getattr(instance, "last_published_at", None) or timezone.now()
    for record in source.translations.order_by("pk"):
        status = locked_status(record)
        _settle(status, words, since)
        if words != before:
            # Whoever called it ready has not seen the new words.
            status.ready_at = status.ready_by = None
        status.save()


@transaction.atomic
def translation_published(instance, made_of: Words | None = None) -> None:
    """Note what a translation that is now public was made of.

    instance: its live row, specific; made_of: the source's words, where the caller knows. Where
    nobody knows (a schedule, an approval), it is what the public version before was made of; a
    first version, and one that is written by hand since, of its source as it stands.
    """
    record = translation_record(instance)
    if record is None:
        return
    status = locked_status(record)
    source_words = words_of_source(record)
    if made_of is not None:
        status.made_of = made_of
    elif status.made_of is None or not record.enabled:
        status.made_of = source_words
    status.published_digest = digest_of(words_of(instance))
    _settle(status, source_words, timezone.now())
    if not (record.enabled and machine_strings(record).exists()):
        status.machine_since = None
    elif status.machine_since is None:
        status.machine_since = timezone.now()
    status.ready_at = status.ready_by = None
    status.save()


@transaction.atomic
def translation_unfinished(record: Translation) -> None:
    """Note that a snippet's translation has words of the source again: readers get the source."""
    status = locked_status(record)
    if status.made_of is None:
        return
    status.made_of = status.outdated_since = status.machine_since = None
    status.published_digest = ""
    status.save()


def machine_strings(record: Translation):
    """Of the working words those that a machine made and nobody has confirmed."""
    return StringTranslation.objects.filter(
        locale_id=record.target_locale_id,
        context__object_id=record.source.object_id,
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        translation_of__segments__source=record.source,
        translation_of__segments__context=F("context"),
    )


def check_all() -> int:
    """Compare every translation with its source anew, for scripts that wrote rows directly.
    Gives the number of those that are out of date."""
    adopt_public_ones()
    for source in TranslationSource.objects.all():
        instance = _instance_or_none(source)
        if instance is not None and getattr(instance, "live", True):
            source_published(instance)
    return TranslationStatus.objects.filter(outdated_since__isnull=False).count()


def adopt_public_ones() -> None:
    """Translations that were public before anybody kept their status: they were made of the
    stored copy, as it was then."""
    records = Translation.objects.filter(Q(status__isnull=True) | Q(status__made_of__isnull=True))
    for record in records.select_related("source", "target_locale"):
        status_of(record)
        instance = _target_or_none(record)
        if instance is not None and _is_public(instance):
            translation_published(instance, made_of=words_of_source(record))


def _is_public(instance) -> bool:
    return instance.live if isinstance(instance, Page) else instance.words_ready


def _instance_or_none(source: TranslationSource):
    model = source.specific_content_type.model_class()
    return model._default_manager.filter(
        translation_key=source.object_id, locale_id=source.locale_id
    ).first()


def _target_or_none(record: Translation):
    model = record.source.specific_content_type.model_class()
    return model._default_manager.filter(
        translation_key=record.source.object_id, locale_id=record.target_locale_id
    ).first()


def note_published(sender, instance, **kwargs):
    # The instance came from a revision; what counts is the row that is now public.
    page = instance.specific_class._default_manager.get(pk=instance.pk)
    if page.live:  # Wagtail sends the signal also when a first publication is scheduled
        source_published(page)
        translation_published(page)


def note_saved(sender, instance, raw=False, **kwargs):
    """Snippets have no drafts: saving one is publishing it."""
    if raw or not isinstance(instance, TranslatedSnippet):
        return
    source_published(instance)
    record = translation_record(instance)
    if record is None:
        return
    if instance.words_ready:
        translation_published(instance, made_of=_made_of_today(record, instance))
    else:
        translation_unfinished(record)


def _made_of_today(record: Translation, instance) -> Words | None:
    """The source's words, if the snippet says what its translator has made of them. A snippet is
    also saved when a fact is copied into it, with its old words."""
    if record.enabled:
        made = record.source.get_ephemeral_translated_instance(record.target_locale, fallback=True)
        if words_of(made) != words_of(instance):
            return None
    return words_of_source(record)


def give_status(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        status_of(instance)


def connect() -> None:
    page_published.connect(note_published, dispatch_uid="translation.note_published")
    post_save.connect(note_saved, dispatch_uid="translation.note_saved")
    post_save.connect(give_status, sender=Translation, dispatch_uid="translation.give_status")
