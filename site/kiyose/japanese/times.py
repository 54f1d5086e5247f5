"""Times of day as people in the office type them, and as Kiyose writes them in public.

In sentences 午後1時30分, in tables 13:30 (design principle 8).
"""

from __future__ import annotations

import datetime
import re
import unicodedata

from django.utils.translation import gettext as _

from .dates import is_japanese

LONGEST = 20
HALF = r"(?P<half>午前|午後|AM|PM)?"
CLOCK = re.compile(
    rf"{HALF}\s*(?P<hour>\d{{1,2}})\s*(?::|時)\s*(?:(?P<minute>\d{{1,2}})(?::00)?\s*分?|(?P<thirty>半))?",
    re.IGNORECASE,
)
NOON = re.compile("正午")


def parse_time(text: str) -> datetime.time:
    """The time that a person means: 13:30, １３時３０分, 午後1時半, 正午.

    Raises ValueError with a message for the person who typed.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    unclear = ValueError(
        _("“%(text)s” is not a time. Write 13:30 or 午後1時30分, for example.")
        % {"text": text.strip()[:LONGEST]}
    )
    if NOON.fullmatch(plain):
        return datetime.time(12)
    match = CLOCK.fullmatch(plain)
    if not match:
        raise unclear
    hour = int(match["hour"])
    minute = 30 if match["thirty"] else int(match["minute"] or 0)
    half = (match["half"] or "").upper()
    if (hour, minute, half) == (24, 0, ""):
        message = _("24:00 is 0:00 of the next day. Write 23:59, or 0:00 and the next day.")
        raise ValueError(message)
    if half and hour > 12:
        raise unclear
    if half in ("午後", "PM"):
        # 午後0時 is noon, and so is 12 pm.
        hour = hour % 12 + 12
    elif half and hour == 12:
        # 午前12時 is noon in some offices and midnight in others.
        raise unclear
    try:
        return datetime.time(hour, minute)
    except ValueError:
        raise unclear from None


def format_time(time: datetime.time, language: str) -> str:
    """A time in a sentence: 午後1時30分, in other languages 13:30."""
    if not is_japanese(language):
        return f"{time:%H:%M}"
    half, hour = ("午前", time.hour) if time.hour < 12 else ("午後", time.hour - 12)
    minute = f"{time.minute}分" if time.minute else ""
    return f"{half}{hour}時{minute}"


def format_clock(time: datetime.time) -> str:
    """A time in a table, in every language: 13:30."""
    return f"{time:%H:%M}"
