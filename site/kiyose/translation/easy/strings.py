"""The words of a page in easy Japanese, each with what the checks find in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import FieldDoesNotExist
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from kiyose.japanese.easy import Finding, Severity, TextTooLongError, check

from ..currency import words_of
from ..plain import without_tags
from ..sources import translation_record

EASY_JAPANESE = "ja-easy"

LINES = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6])>", re.IGNORECASE)


@dataclass(frozen=True)
class CheckedString:
    """field: what the field is called; source: the words it was made of, if it was translated;
    text: the easy Japanese, empty if it is missing; too_long: nobody looked at it."""

    field: str
    source: str
    text: str
    findings: tuple[Finding, ...] = ()
    too_long: bool = False

    @property
    def warnings(self) -> int:
        return sum(finding.severity is Severity.WARNING for finding in self.findings)


def is_easy_japanese(page: Page) -> bool:
    return page.locale.language_code == EASY_JAPANESE


def plain(text: str) -> str:
    """The words of a string or of rich text, without markup but with its lines."""
    return without_tags(LINES.sub("\n", text))


def checked(page: Page) -> list[CheckedString]:
    """The working words of a page, in its order. That kanji have no readings is told once."""
    told: set[str] = set()
    found = []
    for field, source, text in _working_words(page):
        string = CheckedString(field, plain(source), plain(text))
        try:
            findings = check(string.text)
        except TextTooLongError:
            found.append(replace(string, too_long=True))
            continue
        found.append(replace(string, findings=tuple(_news(findings, told))))
    return found


def _news(findings: list[Finding], told: set[str]) -> Iterator[Finding]:
    """Without what has been told about the page already."""
    for finding in findings:
        if finding.rule == "no_furigana":
            if finding.rule in told:
                continue
            told.add(finding.rule)
        yield finding


def _working_words(page: Page) -> Iterator[tuple[str, str, str]]:
    """(field, source, text): what translators have entered, or what was written by hand."""
    page = page.specific
    record = translation_record(page)
    if record is not None and record.enabled:
        yield from _translated(page, record)
        return
    for path, text in words_of(page.get_latest_revision_as_object()):
        yield _name_of(page, path), "", text


def _translated(page: Page, record: Translation) -> Iterator[tuple[str, str, str]]:
    """As in the translation's editor, strings without a translation included. Two queries."""
    translations = {
        (string, context): data
        for string, context, data in StringTranslation.objects.filter(
            locale_id=record.target_locale_id,
            context__object_id=record.source.object_id,
        ).values_list("translation_of_id", "context_id", "data")
    }
    segments = StringSegment.objects.filter(source=record.source).select_related(
        "string", "context"
    )
    for segment in segments.order_by("order", "pk"):
        text = translations.get((segment.string_id, segment.context_id), "")
        yield _name_of(page, segment.context.path), segment.string.data, text


def _name_of(page: Page, path: str) -> str:
    """What the field is called to which a path (``body.<id>``) belongs."""
    name = path.partition(".")[0]
    try:
        return str(getattr(page._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name
