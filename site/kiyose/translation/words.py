"""No page goes live with words that are still in the language it was translated from.

wagtail-localize fills what nobody has translated with the source's words. That is
fine in a draft and must never be public: not by its own editor, nor by bulk
publishing, a schedule, an approval, or after the translation was "stopped".
So the page itself is read, whatever the route: a string that the source's language
knows, and that the translator did not confirm, is an untranslated one.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringSegment, StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from kiyose.japanese.script import has_japanese
from kiyose.pages.publishing import Problem

from .plain import without_tags
from .sources import source_of, translation_record

SHOWN_IN_MESSAGE = 3
SHOWN_LENGTH = 30


def untranslated_strings(page) -> list[str]:
    """The strings of a translated page (unsaved changes included) that are still the
    source's, in the order of the page. Empty for a page that was written on its own."""
    record = translation_record(page)
    if record is None:
        return []
    found = [
        (segment.path, segment.string.data)
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]
    # Any string ever extracted in the source's language counts: a draft may hold the
    # words of a version that the source has since left behind.
    hashes = {String._get_data_hash(text): text for _path, text in found}
    known = set(
        String.objects.filter(locale_id=record.source.locale_id, data_hash__in=hashes).values_list(
            "data", flat=True
        )
    )
    confirmed = set(
        StringTranslation.objects.filter(
            locale_id=record.target_locale_id,
            context__object_id=record.source.object_id,
            translation_of__data__in=known,
            has_error=False,
        ).values_list("context__path", "data")
    )
    untranslated = [text for path, text in found if text in known and (path, text) not in confirmed]
    if not record.enabled and record.source.locale.language_code.startswith("ja"):
        # Written by hand since: "SDGs" may well be the same word. Japanese is not.
        untranslated = [text for text in untranslated if has_japanese(text)]
    return list(dict.fromkeys(untranslated))


def missing_translations(record) -> list[str]:
    """The source's strings that have no translation yet (an empty one is none)."""
    translated = StringTranslation.objects.filter(
        locale_id=record.target_locale_id,
        context__object_id=record.source.object_id,
        has_error=False,
    ).values_list("translation_of_id", "context_id", "data")
    done = {(string, context) for string, context, data in translated if data.strip()}
    segments = (
        StringSegment.objects.filter(source=record.source)
        .select_related("string")
        .order_by("order", "pk")
    )
    return [
        segment.string.data
        for segment in segments
        if (segment.string_id, segment.context_id) not in done
    ]


def quoted(strings: list[str]) -> str:
    """The first few strings for a message, without markup and not too long."""
    plain = (without_tags(text) for text in strings[:SHOWN_IN_MESSAGE])
    shown = ", ".join(
        f"“{text[:SHOWN_LENGTH]}…”" if len(text) > SHOWN_LENGTH else f"“{text}”" for text in plain
    )
    return f"{shown}, …" if len(strings) > SHOWN_IN_MESSAGE else shown


def missing_problem(strings: list[str]) -> Problem:
    return Problem(
        _("%(n)d strings are not translated yet: %(strings)s")
        % {"n": len(strings), "strings": quoted(strings)}
    )


def translation_problems(page):
    """The publishing rule of translations."""
    source = source_of(page)
    if source is None:
        return
    if not source.live:
        yield Problem(_("The page it is translated from is not public."))
    strings = untranslated_strings(page)
    if strings:
        yield missing_problem(strings)
