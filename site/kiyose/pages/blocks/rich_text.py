"""Rich text whose pictures are described in every language.

wagtail-localize leaves ``<embed embedtype="image" alt="…">`` in the template of the text, where
no translator ever sees the description. It asks a block with the two methods below first: the
text goes its usual way, and each description is a string of its own, at the path
``image-<id>`` (``image-<id>-2`` where the same picture stands twice). Which picture it is, and
where it stands, is the same in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

PATH = "image-"


def described(html: str) -> tuple[BeautifulSoup, list[tuple[str, Tag]]]:
    """The parsed text, and its pictures with their paths."""
    soup = BeautifulSoup(html, "html.parser")
    seen: Counter[str] = Counter()
    found = []
    for embed in soup.find_all("embed", embedtype="image"):
        key = f"{PATH}{embed.get('id', '')}"
        seen[key] += 1
        found.append((key if seen[key] == 1 else f"{key}-{seen[key]}", embed))
    return soup, found


def written(embed: Tag) -> str:
    """The element as Wagtail keeps it. The parser would put a value that has a quotation mark
    between single ones, and Wagtail finds only those between double ones."""
    values = (
        f'{name}="{escape(str(value), quote=False).replace(chr(34), "&quot;")}"'
        for name, value in embed.attrs.items()
    )
    return f"<embed {' '.join(values)}/>"


class ParagraphBlock(blocks.RichTextBlock):
    """Rich text; its pictures must be described, or said to be decoration, when they are put in
    (Wagtail's own form asks)."""

    def get_translatable_segments(self, value: RichText) -> list:
        plain = blocks.RichTextBlock()
        segments = StreamFieldSegmentExtractor(None).handle_block(plain, value)
        return [*segments, *self._descriptions(value)]

    def _descriptions(self, value: RichText) -> Iterator[StringSegmentValue]:
        for path, embed in described(value.source)[1]:
            if embed.get("alt", "").strip():
                yield StringSegmentValue(path, embed["alt"])

    def restore_translated_segments(self, value: RichText, segments: list) -> RichText:
        descriptions = {
            segment.path: segment.render_text()
            for segment in segments
            if segment.path.startswith(PATH)
        }
        words = [segment for segment in segments if segment.path not in descriptions]
        writer = StreamFieldSegmentsWriter(None, None, None)
        restored = writer.handle_block(blocks.RichTextBlock(), value, words)
        soup, pictures = described(restored.source)
        for path, embed in pictures:
            embed["alt"] = descriptions.get(path, embed.get("alt", ""))
            embed.replace_with(PreformattedString(written(embed)))
        return RichText(str(soup))
