"""The words of a string of wagtail-localize, which may hold tags."""

from __future__ import annotations

import html
import re

TAGS = re.compile(r"<[^<>]*>")


def without_tags(markup: str) -> str:
    """The text of the markup; words go on across its tags."""
    return html.unescape(TAGS.sub("", markup))
