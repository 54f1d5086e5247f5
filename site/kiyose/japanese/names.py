"""Names of people and organisations as they are typed, kept whole and found again.

𠮷野家, 﨑 and ﾊﾝｶｸ come in: the first two are kept exactly as their owners write them,
half-width kana become full-width (JIS X 0201 kana is a way of typing, not a spelling).
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
# They would turn round the text beside them; nobody's name needs them.
DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Nothing is seen of them: a name with one would be another name that looks the same.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
SPACES = re.compile(r"\s+")
# Forms of characters that Unicode would replace by others (神 with 示), and their owners not.
NOT_COMPATIBILITY_IDEOGRAPHS = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Variants of characters that occur in names, and how most people type them.
VARIANTS = str.maketrans(
    "𠮷﨑髙濵濱邊邉齋齊斎澤廣德槗嶋嶌櫻惠眞祐曻",
    "吉崎高浜浜辺辺斉斉斉沢広徳橋島島桜恵真祐昇",
)
# They choose one drawing of a character: 葛󠄀.
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def plain(text: str) -> str:
    """The text as most people type it: no selectors, no variants. All else stays in its place."""
    return SELECTORS.sub("", text).translate(VARIANTS)


def clean_name(text: str) -> str:
    """The name without what typing left behind: spaces at the ends, half-width kana,
    marks of direction, characters that nobody sees."""
    text = HALF_WIDTH_KANA.sub(lambda kana: unicodedata.normalize("NFKC", kana[0]), text)
    text = INVISIBLE.sub("", DIRECTION_MARKS.sub("", text))
    visible = (
        char for char in text if char.isspace() or unicodedata.category(char) not in {"Cc", "Cs"}
    )
    text = SPACES.sub(" ", "".join(visible)).strip()
    return NOT_COMPATIBILITY_IDEOGRAPHS.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


# What nobody types who looks for a name: spaces, the dots between words (キヨセ・カフェ), accents
# (Café), and the selectors that choose one drawing of a character (葛󠄀).
NOT_TYPED = re.compile("[\\s・‧·\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


def search_key(*texts: str) -> str:
    """What is compared when somebody looks for a name: width, case, kana and variants of
    characters make no difference, nor does what people leave out."""
    key = clean_name(" ".join(texts)).translate(VARIANTS)
    key = unicodedata.normalize("NFKC", key).casefold().translate(KATAKANA)
    # Accents come off letters; voiced kana stay what they are.
    key = NOT_TYPED.sub("", unicodedata.normalize("NFD", key))
    return unicodedata.normalize("NFC", key).translate(VARIANTS)


READING = re.compile(r"[\u3041-\u309fー・ 　a-zA-Z0-9&.,'’()（）!！-]+")


def clean_reading(text: str) -> str:
    """A reading in hiragana, from whichever kana it was typed in.

    Raises ValidationError where something else than kana, Latin letters or digits is left.
    """
    reading = clean_name(unicodedata.normalize("NFKC", text)).translate(KATAKANA)
    if reading and not READING.fullmatch(reading):
        raise ValidationError(_("Write the reading in hiragana or katakana."))
    return reading
