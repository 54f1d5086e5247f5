"""Translating in tests, by the same road that people take."""

from __future__ import annotations

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.strings import StringValue

from .publishing import publish_translation


def start_translation(instance, language: str = "en") -> Translation:
    """What the button "Translate this page" does; the page is then a draft."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    TranslationCreator(None, [locale]).create_translations(instance)
    return Translation.objects.get(source__object_id=instance.translation_key, target_locale=locale)


def enter_words(
    record: Translation, words: dict[str, str] | None = None, every: str = "Words"
) -> None:
    """Translate every string: from ``words`` (source text to target text), else "Words n", or
    whatever ``every`` string is to be."""
    given = {
        StringValue.from_plaintext(source).data: StringValue.from_plaintext(target).data
        for source, target in (words or {}).items()
    }
    segments = StringSegment.objects.filter(source=record.source).select_related("string")
    for number, segment in enumerate(segments):
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=record.target_locale_id,
            defaults={"data": given.get(segment.string.data, f"{every} {number}")},
        )


def translate(page, language: str = "en", words: dict[str, str] | None = None, **given):
    """A published translation of a page; returns the translated page, specific.

    words and the rest: as ``enter_words`` takes them."""
    record = start_translation(page, language)
    enter_words(record, words, **given)
    publish_translation(record)
    return record.get_target_instance()
