"""Which page a page was translated from, and which pages were translated from it.

wagtail-localize records it: the source is ``TranslationSource.locale``, not "ja" by
name, and a translation may itself be the source of a further one.
"""

from __future__ import annotations

from wagtail.models import Page
from wagtail_localize.models import Translation


def translation_record(instance) -> Translation | None:
    """The record that makes the instance a translation, switched off or not."""
    return (
        Translation.objects.filter(
            source__object_id=instance.translation_key, target_locale_id=instance.locale_id
        )
        .select_related("source")
        .first()
    )


def source_locale_ids(translation_key) -> dict[int, int]:
    """Of all translations of one thing: the locale each was translated from."""
    return dict(
        Translation.objects.filter(source__object_id=translation_key).values_list(
            "target_locale_id", "source__locale_id"
        )
    )


def root_locale_id(instance) -> int:
    """The locale in which the thing was first written; its own for an original."""
    came_from = source_locale_ids(instance.translation_key)
    locale_id, seen = instance.locale_id, set()
    # Two trees translated from each other would go round for ever.
    while locale_id in came_from and locale_id not in seen:
        seen.add(locale_id)
        locale_id = came_from[locale_id]
    return locale_id


def is_source(instance) -> bool:
    """Whether the instance is the original from which all its translations stem."""
    return root_locale_id(instance) == instance.locale_id


def source_of(instance):
    """The original of a translation, specific for a page; None for an original."""
    locale_id = root_locale_id(instance)
    if locale_id == instance.locale_id:
        return None
    model = Page if isinstance(instance, Page) else type(instance)
    source = model._default_manager.filter(
        translation_key=instance.translation_key, locale_id=locale_id
    ).first()
    return source.specific if isinstance(source, Page) else source


def translations_of(instance) -> list:
    """Everything that was translated from the instance, directly or by way of another
    translation; empty for a translation and for pages that were written on their own."""
    if not is_source(instance):
        return []
    targets = source_locale_ids(instance.translation_key)
    model = Page if isinstance(instance, Page) else type(instance)
    rows = model._default_manager.filter(
        translation_key=instance.translation_key, locale_id__in=targets
    ).exclude(pk=instance.pk)
    return [row.specific if isinstance(row, Page) else row for row in rows]


def waiting_revisions(page) -> list:
    """The revisions of a page that may still go live: the latest draft, and the scheduled."""
    latest = page.get_latest_revision()
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False)
    if latest is None:
        return list(scheduled)
    return [latest, *scheduled.exclude(pk=latest.pk)]
