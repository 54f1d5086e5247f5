"""Words in pairs, and how they become a page and its translation.

A content file says everything twice, side by side (``{ja: …, en: …}``), and some pages a third
time (``ja-easy``). The page is made of the Japanese; the others go through wagtail-localize's own
mechanism, as a translator's would.
"""

from __future__ import annotations

import re
import uuid
from html import escape

from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

BLOCK_IDS = uuid.UUID("6f9e1f0e-6b1a-4c53-9c39-3f1f6a1d9a11")


# ``[words](certified/scheme/)``, in paragraphs and lists of pages directly below the home page.
LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9/-]+)\)")


class MissingWordsError(Exception):
    """A string of the page has no counterpart in the content file."""


class Pairs:
    """The pairs met while building one page or snippet, source words first."""

    def __init__(self, source: str, target: str):
        self.source = source
        self.target = target
        self.translations: dict[str, str] = {}

    def text(self, pair: dict[str, str] | None) -> str:
        """The source words of a pair; the pair is remembered."""
        if not pair:
            return ""
        own, theirs = pair[self.source], self._target_of(pair)
        key = StringValue.from_plaintext(own).data
        self.translations[key] = StringValue.from_plaintext(theirs).data
        return own

    def rich(self, pair: dict[str, str]) -> str:
        """The source words of a pair as rich text; both may have links, in the same order."""
        own, theirs = linked(pair[self.source]), linked(self._target_of(pair))
        key, links = StringValue.from_source_html(own)
        translation, other_links = StringValue.from_source_html(theirs)
        if links != other_links:
            raise ValueError(f"The links of the two languages differ: {own} / {theirs}")
        self.translations[key.data] = translation.data
        return own

    def _target_of(self, pair: dict):
        if self.target not in pair:
            raise MissingWordsError(f"no words in {self.target} for “{pair[self.source]}”")
        return pair[self.target]

    def rich_rows(self, pair: dict[str, list[str]]) -> list[str]:
        rows = zip(pair[self.source], self._target_of(pair), strict=True)
        return [self.rich({self.source: own, self.target: theirs}) for own, theirs in rows]


def linked(text: str) -> str:
    """The words as HTML. An address counts from the home page of the page's own tree, so it is
    written as a relative one: the same in every language."""
    return LINK.sub(r'<a href="../\2">\1</a>', escape(text, quote=False))


def body(blocks: list[dict], pairs: Pairs, page_name: str, picture=None) -> list[dict]:
    """Raw StreamField data of a page's body.

    picture: makes the raw value of a picture block, from the content file's item and the pairs.

    Block ids are derived from the page's name and the place in it: translations refer
    to them, so they must be the same on every loading.
    """

    def block(kind, value, *place):
        return {"type": kind, "value": value, "id": _block_id(page_name, *place)}

    built = []
    for number, item in enumerate(blocks):
        ((kind, value),) = item.items()
        if kind == "heading":
            built.append(block("heading", pairs.text(value), number))
        elif kind == "paragraph":
            built.append(
                block("paragraph", rich("p", pairs.rich(value), page_name, number), number)
            )
        elif kind == "list":
            rows = [
                rich("li", row, page_name, number, place)
                for place, row in enumerate(pairs.rich_rows(value))
            ]
            built.append(block("paragraph", f"<ul>{''.join(rows)}</ul>", number))
        elif kind == "steps":
            steps = [
                block(
                    "item",
                    {"title": pairs.text(step["title"]), "text": pairs.text(step.get("text"))},
                    number,
                    place,
                )
                for place, step in enumerate(value)
            ]
            built.append(block("steps", steps, number))
        elif kind == "table":
            built.append(block("table", table(value, pairs), number))
        elif kind == "picture":
            built.append(block("picture", picture(value, pairs), number))
        else:
            raise ValueError(f"{page_name}: unknown kind of block “{kind}”")
    return built


def table(item: dict, pairs: Pairs) -> dict:
    """The raw value of a table: a cell is a pair of words, or figures as they are to be read."""

    def cell(value: dict[str, str] | str) -> str:
        return pairs.text(value) if isinstance(value, dict) else value

    return {
        "caption": pairs.text(item["caption"]),
        "columns": [
            {"type": column["kind"], "heading": cell(column["heading"])}
            for column in item["columns"]
        ],
        "rows": [{"values": [cell(value) for value in row]} for row in item["rows"]],
    }


def rich(tag: str, html: str, *place) -> str:
    """An element of rich text with a key, as Wagtail's editor writes it: without one, the
    first comparison after an edit would call every paragraph changed."""
    return f'<{tag} data-block-key="{_block_id(*place)[:5]}">{html}</{tag}>'


def _block_id(*parts) -> str:
    return str(uuid.uuid5(BLOCK_IDS, "/".join(map(str, parts))))


def enter_translations(record: Translation, pairs: Pairs) -> None:
    """Enter the target words of every string, as a translator would one by one.

    Raises MissingWordsError for a string that the content file does not have.
    """
    segments = StringSegment.objects.filter(source=record.source).select_related("string")
    for segment in segments:
        text = segment.string.data
        if text not in pairs.translations:
            raise MissingWordsError(f"{record.source.object_repr}: no translation of “{text}”")
        StringTranslation.objects.update_or_create(
            translation_of_id=segment.string_id,
            context_id=segment.context_id,
            locale_id=record.target_locale_id,
            defaults={
                "data": pairs.translations[text],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            },
        )
