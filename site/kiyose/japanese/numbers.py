"""Numbers as people write them in Japanese offices: ``７５％``, ``1,000``, ``▲28.6``."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

# ▲ and △ are the bookkeeper's minus. NFKC has already made the full-width ones plain.
MINUS = "▲△−–—ー‐-"
NUMBER = re.compile(
    rf"^(?P<sign>[+{MINUS}]?)\s*(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<part>\.\d+)?\s*(?P<unit>(?:[^\d.,\s].*)?)$"
)
LONGEST = 40


def parse_number(text: str, unit: str = "") -> Decimal:
    """The number that a person means.

    text: full-width digits, thousands separators, ▲ for minus, and the unit behind the
    number are understood; unit: the unit that may stand there (``%`` always may, unless
    another one is given). Raises ValueError with a message for the person who typed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = NUMBER.match(plain) if len(plain) <= LONGEST else None
    if match is None:
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text.strip()[:LONGEST]})
    _check_unit(match["unit"].strip(), unicodedata.normalize("NFKC", unit).strip() or "%")
    number = Decimal(match["whole"].replace(",", "") + (match["part"] or ""))
    return -number if match["sign"] not in ("", "+") else number


def _check_unit(written: str, allowed: str) -> None:
    if written and written != allowed:
        message = _(
            "The unit here is %(unit)s, not “%(written)s”. Write the number in full digits."
        )
        raise ValueError(message % {"written": written, "unit": allowed})


def plain_number(value: Decimal, decimals: int = 0) -> str:
    """A number as people read it: ``432,000``, ``80``, ``−28.6`` with a true minus.

    decimals: how many there are at least (``2.0``).
    """
    needed = max(-value.normalize().as_tuple().exponent, decimals, 0)
    # Adding nothing takes the minus from a zero that was rounded.
    text = f"{value + 0:,.{needed}f}"
    return text.replace("-", "−")
