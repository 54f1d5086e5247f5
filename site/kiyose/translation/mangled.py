"""Markup so mangled that a parser gives up: "<![x]", or two thousand tags in each other.

Each parser says so in a way of its own. Whoever asks about a string wants to hear one: a
ValueError, as for a tag that must not be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bs4.exceptions import ParserRejectedMarkup
from django.utils.translation import gettext as _


@contextmanager
def told_as_value_error() -> Iterator[None]:
    """Inside, a parser that gives up raises ValueError, with words for the person who typed."""
    try:
        yield
    except (ParserRejectedMarkup, AssertionError, RecursionError) as error:
        raise ValueError(_("There is HTML in it that is neither text nor a tag.")) from error
