"""What single cells say, and how we say it: each rule beside its inverse.

Whatever cannot be understood stays in words; nothing that a file says is lost.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils import translation

from kiyose.japanese.numbers import parse_number
from kiyose.pages.languages import source_language

from ..choices import Application, Audience, Language

# 申込: how the first line of 申込方法 begins.
APPLICATIONS = {
    Application.NOT_NEEDED: "不要",
    Application.NEEDED: "必要",
    Application.FIRST_COME: "必要(先着順)",
    Application.LOTTERY: "必要(抽選)",
}
SAYS_APPLICATION = {
    **{words: code for code, words in APPLICATIONS.items()},
    "先着順": Application.FIRST_COME,
    "抽選": Application.LOTTERY,
    "申込不要": Application.NOT_NEEDED,
    "申込必要": Application.NEEDED,
    "要申込": Application.NEEDED,
}
FREE = ("無料", "0円", "なし")
# ２０人, 先着6人, 30名: nothing else may stand there.
PEOPLE = re.compile(r"(?:先着|定員|約)?\s*([\d,]+)\s*(?:人|名)?")
YEN = re.compile(r"[¥\\]?\s*([\d,]+)\s*円?")
AREA_CODE = re.compile(r"\((0\d{1,4})\)\s*-?\s*")
LIST = re.compile("[、,，;\n]+")
SEPARATORS = re.compile(r"[、,，・/／;\n]+")
ENUMERATION = "、"


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def application_in(text: str) -> tuple[str, str]:
    """The code and the rest of 申込方法: its first line says 必要 or 不要."""
    first, _line, rest = text.partition("\n")
    code = SAYS_APPLICATION.get(plain(first).rstrip("。."))
    return (code.value, rest.strip()) if code else ("", text)


def application_text(code: str, how: str) -> str:
    """The inverse: 必要, and below it how."""
    return "\n".join(filter(None, (APPLICATIONS.get(code, ""), how)))


def fee_in(text: str) -> tuple[int | None, str]:
    """The fee in yen, or what was said instead of a number."""
    if plain(text) in FREE:
        return 0, ""
    return _number_or_words(YEN, text)


def capacity_in(text: str) -> tuple[int | None, str]:
    """For how many people, or what was said instead of a number."""
    return _number_or_words(PEOPLE, text)


def _number_or_words(pattern: re.Pattern, text: str) -> tuple[int | None, str]:
    match = pattern.fullmatch(plain(text))
    if match is None:
        return None, text
    try:
        return int(parse_number(match[1])), ""
    except ValueError:
        return None, text


def phone_in(text: str) -> str:
    """(042)497-2077 is 042-497-2077."""
    return AREA_CODE.sub(r"\1-", plain(text))


def _labels(choices) -> dict[str, str]:
    with translation.override(source_language()):
        return {code: str(label) for code, label in choices.choices}


def languages_in(text: str) -> tuple[str, list[str]]:
    """The codes of the languages that are named, and what is none of them."""
    by_name = {plain(label): code for code, label in _labels(Language).items()}
    by_name |= {code: code for code in Language.values}
    by_name |= {label.removesuffix("語"): code for label, code in by_name.items()}
    named = [part for part in map(plain, SEPARATORS.split(text)) if part]
    found = {by_name[part] for part in named if part in by_name}
    codes = " ".join(code for code in Language.values if code in found)
    return codes, [part for part in named if part not in by_name]


def languages_text(codes: list[str]) -> str:
    return ENUMERATION.join(_labels(Language)[code] for code in codes)


def audience_text(note: str, codes: list[str], age_from: int | None, age_to: int | None) -> str:
    """対象者: what was written, else what was ticked."""
    if note:
        return note
    ages = ""
    if age_from is not None or age_to is not None:
        ages = "～".join(f"{age}歳" if age is not None else "" for age in (age_from, age_to))
    return ENUMERATION.join([*(_labels(Audience)[code] for code in codes), *filter(None, [ages])])


def katakana(reading: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in reading)
