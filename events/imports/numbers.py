"""NO: what tells the lines of a file apart.

Ours is ``P123-a1b2c3``: the page number and the key of the session, so that a line of our own
data is known again for ever.
"""

from __future__ import annotations

import re

from .words import plain

OURS = re.compile(r"P(\d{1,9})-([0-9a-z]{1,8})", re.IGNORECASE)


def our_number(page: int, session: str) -> str:
    return f"P{page}-{session}"


def parse_our_number(text: str) -> tuple[int, str] | None:
    """Page number and key of the session; None for the number of another file."""
    match = OURS.fullmatch(plain(text))
    return (int(match[1]), match[2].lower()) if match else None


def key_of(text: str) -> str:
    """A number as it is kept: Excel makes 36 of 0000000036."""
    number = plain(text)
    return number.lstrip("0") or "0" if number.isdigit() else number
