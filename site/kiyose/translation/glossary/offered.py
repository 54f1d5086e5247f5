"""The terms of a page, offered beside wagtail-localize's editor while it is translated."""

from __future__ import annotations

from wagtail_localize.models import StringSegment, Translation

from ..plain import without_tags
from .matching import Found, Glossary


def terms_of(record: Translation) -> list[Found]:
    """The terms that stand in the strings of this translation's source, in the order of the
    page, each once. Three queries."""
    texts = (
        StringSegment.objects.filter(source=record.source)
        .order_by("order", "pk")
        .values_list("string__data", flat=True)
    )
    glossary = Glossary(record.source.locale.language_code, record.target_locale.language_code)
    # One text, with a sign between strings that stands in no term.
    return glossary.terms_in("\n¶\n".join(map(without_tags, texts)))
