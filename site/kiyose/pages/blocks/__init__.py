"""The body of a page: words only (a fact never lives in a StreamField)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .picture import PictureBlock
from .rich_text import ParagraphBlock
from .table import TableBlock

__all__ = [
    "BodyBlock",
    "ParagraphBlock",
    "PictureBlock",
    "StepBlock",
    "TableBlock",
    "body_problems",
]

# Headings are blocks of their own, so that their order can be checked.
PARAGRAPH_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "image"]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(
        label=_("Heading"), icon="title", max_length=80, template="pages/blocks/heading.html"
    )
    paragraph = ParagraphBlock(
        label=_("Paragraph"), features=PARAGRAPH_FEATURES, template="pages/blocks/paragraph.html"
    )
    steps = blocks.ListBlock(
        StepBlock(), label=_("Steps"), icon="list-ol", template="pages/blocks/steps.html"
    )
    table = TableBlock(label=_("Table"))
    picture = PictureBlock(label=_("Picture"))


def body_problems(body: blocks.StreamValue | None) -> Iterator[str]:
    """What keeps a body from going public, as messages: a block says so in ``problems``."""
    for block in body or ():
        if hasattr(block.block, "problems"):
            yield from block.block.problems(block.value)
