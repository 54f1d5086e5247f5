"""Telephone numbers, postal codes and mail addresses, as people type them.

Japanese keyboards write ０４２－４９２－５１１１ as easily as 042-492-5111. What is meant is clear;
what is kept is the plain form.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HYPHENS = re.compile("[‐‑‒–—―−ーｰ-]+")
PHONE = re.compile(r"(\+?[\d() -]+)(?:(?:内線|ext\.?) ?\d{1,6})?")
POSTAL_CODE = re.compile(r"(\d{3})-?(\d{4})")
# In Japan 10 or 11 digits; with a country's number before them up to 15.
FEWEST_DIGITS, MOST_DIGITS = 9, 15


def _plain(text: str) -> str:
    return HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip()


def clean_phone(text: str) -> str:
    """A telephone number with plain digits and hyphens, perhaps with an extension (内線).
    Raises ValidationError."""
    number = " ".join(_plain(text).split())
    match = PHONE.fullmatch(number)
    digits = sum(char.isdigit() for char in match[1]) if match else 0
    if number and not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise ValidationError(_("This is not a telephone number. Write 042-000-0000, for example."))
    return number


def clean_postal_code(text: str) -> str:
    """A postal code with its hyphen; 〒 may stand before it. Raises ValidationError."""
    code = "".join(_plain(text).removeprefix("〒").split())
    match = POSTAL_CODE.fullmatch(code)
    if code and not match:
        raise ValidationError(_("This is not a postal code. Write seven digits, 204-0000."))
    return "-".join(match.groups()) if match else ""


def clean_mail_address(text: str) -> str:
    """A mail address in plain letters; whether it is one is not asked here."""
    return unicodedata.normalize("NFKC", text).strip()
