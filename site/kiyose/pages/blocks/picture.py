"""A picture in the body of a page, with a description and a caption in words.

The picture itself is the same in every language: only what is said about it is translated.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail_localize.segments import StringSegmentValue


class PictureBlock(blocks.StructBlock):
    """Wagtail's own image block asks for a description, unless the picture is decoration."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        max_length=200,
        help_text=_("Shown below the picture. The description is for people who do not see it."),
    )

    class Meta:
        icon = "image"
        template = "pages/blocks/picture.html"

    def problems(self, value) -> Iterator[str]:
        """A picture goes public with a description, or as decoration (WCAG 2.2, 1.1.1)."""
        image = value["image"]
        if image and not image.decorative and not (image.contextual_alt_text or "").strip():
            yield _("Describe each picture of the text, or mark it as decoration.")

    def get_translatable_segments(self, value) -> Iterator[StringSegmentValue]:
        image = value["image"]
        if image and image.contextual_alt_text:
            yield StringSegmentValue("image.alt_text", image.contextual_alt_text)
        if value["caption"]:
            yield StringSegmentValue("caption", value["caption"])

    def restore_translated_segments(self, value, segments: list):
        words = {segment.path: segment.render_text() for segment in segments}
        if "image.alt_text" in words:
            value["image"].contextual_alt_text = words["image.alt_text"]
        value["caption"] = words.get("caption", value["caption"])
        return value
