"""Dates, numbers and what is counted: the readings that depend on a number.

Digits themselves carry no furigana: the counter does (10分 ぷん), or, where number and counter
are one word, both together (3日 みっか, 1人 ひとり). Numbers in kanji are read whole (一回
いっかい).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..script import KANJI
from .counter_table import (
    AFTER_A_WHOLE_DAY,
    BESIDE_THE_FIRST,
    COUNTERS,
    FOLLOWING,
    HOLIDAYS,
    UNITS,
    UNITS_AFTER,
    WAYS_TO_WRITE_KA,
    WEEKDAYS,
    Counter,
)

KANJI_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
# How digits are read in a number, and before the sounds that double (一回 いっかい).
DIGITS = ("れい", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう")
DOUBLING = {"いち": "いっ", "ろく": "ろっ", "はち": "はっ", "じゅう": "じゅっ", "ひゃく": "ひゃっ"}
DOUBLE_BEFORE = {
    "k": ("かきくけこ", ("いち", "ろく", "はち", "じゅう", "ひゃく")),
    "s": ("さしすせそ", ("いち", "はち", "じゅう")),
    "t": ("たちつてと", ("いち", "はち", "じゅう")),
    "p": ("ぱぴぷぺぽ", ("いち", "ろく", "はち", "じゅう", "ひゃく")),
}
VOICED = str.maketrans("かきくけこはひふへほ", "がぎぐげごばびぶべぼ")
HARDENED = str.maketrans("はひふへほ", "ぱぴぷぺぽ")


def _alternatives(words) -> str:
    """A pattern for any of the words, the longest first; か in every way to write it."""
    patterns = [
        f"[{WAYS_TO_WRITE_KA}]{word[1:]}" if word[0] == "か" else word
        for word in sorted(words, key=len, reverse=True)
    ]
    return "|".join(patterns)


COUNTER = rf"(?P<counter>{_alternatives(COUNTERS)})"
AFTER = rf"(?P<after>{_alternatives(FOLLOWING)})?"
NUMBER = re.compile(
    # Fifteen digits are a lot of yen; Python reads no endless ones.
    r"(?P<number>[0-9]{1,15}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,9})?)(?P<unit>[百千万億兆]{0,2})"
    rf"(?P<space>[ 　]?)(?:{COUNTER}{AFTER})?"
)
IN_KANJI = re.compile(rf"(?P<number>[一二三四五六七八九十百千]+|[何数]){COUNTER}{AFTER}")
FRACTION = re.compile(r"の[\d一二三四五六七八九十]")

DAY = "[月火水木金土日]"
KINDS = "祝日|休日|振休|祝|休"
# (土), (火・祝), 土・日・祝日, 月～金
WEEKDAY_LIST = re.compile(
    rf"(?<=[(（])(?P<in_brackets>{DAY}(?:[・、,～〜~-](?:{DAY}|{KINDS}))*|{KINDS})(?=[)）])"
    rf"|(?<![\dA-Za-z{KANJI}])(?P<list>{DAY}(?:[・、,～〜~-](?:{DAY}|{KINDS}))+(?:曜日?)?)"
    rf"(?![・、～]?[\dA-Za-z{KANJI}])"
    rf"|(?P<name>{DAY}曜日?)"
)
PART_OF_LIST = re.compile(rf"{KINDS}|{DAY}曜日|{DAY}曜|{DAY}")


class Found(NamedTuple):
    """Where something of the table stands and how it is read; an empty reading: the table
    knows that it does not know."""

    start: int
    end: int
    reading: str


def find(text: str, ends_word: Callable[[int], bool]) -> Iterator[Found]:
    """Everything in the text that the table reads.

    ends_word: whether a word of the text ends at that place (2分野 are two fields, no minutes).
    """
    plain = _plain_digits(text)
    for match in NUMBER.finditer(plain):
        yield from _of_number(plain, match, ends_word)
    for match in IN_KANJI.finditer(plain):
        yield from _of_number_in_kanji(plain, match, ends_word)
    for match in WEEKDAY_LIST.finditer(plain):
        for part in PART_OF_LIST.finditer(plain, *match.span()):
            yield Found(*part.span(), _of_weekday(part[0]))


def _of_weekday(name: str) -> str:
    if name in HOLIDAYS:
        return HOLIDAYS[name]
    ending = {1: "", 2: "よう", 3: "ようび"}[len(name)]
    return WEEKDAYS[name[0]] + ending


def _plain_digits(text: str) -> str:
    """The text of the same length with ０-９ as 0-9."""
    return text.translate(WIDE_DIGITS) if WIDE_DIGIT.search(text) else text


WIDE_DIGIT = re.compile("[０-９]")
WIDE_DIGITS = {
    ord(wide): unicodedata.normalize("NFKC", wide) for wide in "０１２３４５６７８９，．"
}


def _of_number(text: str, match: re.Match, ends_word) -> Iterator[Found]:
    units, end = _units(match), _end(match, ends_word)
    if end is None:
        if units and ends_word(match.end("unit")):
            yield Found(*match.span("unit"), units)
    elif match["counter"] == "日" and not units:
        yield _of_days(text, match, end)
    else:
        yield from _of_counter(text, match, end, units)


def _of_days(text: str, match: re.Match, end: int) -> Found:
    number, after = _number(match), _after(match, end)
    reading = COUNTERS["日"].whole.get(number, "")
    if number == 1:
        reading = _first_or_day(text, match)
    if reading == "いちにち" or number not in (1, *COUNTERS["日"].whole):
        return Found(match.start("counter"), end, f"にち{after}")
    if not reading or _is_vague(text, match):
        return Found(match.start(), end, "")
    return Found(match.start(), end, reading + after)


def _of_counter(text: str, match: re.Match, end: int, units: str) -> Iterator[Found]:
    counter, after = COUNTERS[_name(match["counter"])], _after(match, end)
    reading = _sound(counter, "0000" if units else _ending(match["number"]))
    if match["counter"] == "人" and not units and _number(match) in counter.whole:
        yield Found(match.start(), end, counter.whole[_number(match)] + after)
    elif match["counter"] == "分" and FRACTION.match(text, match.end("counter")):
        yield Found(match.start("counter"), end, f"ぶん{after}")
    elif match["space"]:
        if units:
            yield Found(*match.span("unit"), units)
        yield Found(match.start("counter"), end, reading + after)
    else:
        yield Found(match.start("unit"), end, units + reading + after)


def _number(match: re.Match) -> int | None:
    """The number, should it be a whole one."""
    return None if "." in match["number"] else int(match["number"].replace(",", ""))


def _after(match: re.Match, end: int) -> str:
    """The reading of what follows the counter, as far as it belongs to the word."""
    return FOLLOWING[match["after"]] if match["after"] and end == match.end() else ""


def _end(match: re.Match, ends_word) -> int | None:
    """Where the counter ends with what follows it; without, where that is no word's end."""
    if not match["counter"]:
        return None
    return next((end for end in (match.end(), match.end("counter")) if ends_word(end)), None)


def _name(counter: str) -> str:
    """The counter as the table has it."""
    return counter if counter in COUNTERS else "か" + counter[1:]


def _units(match: re.Match) -> str:
    digit = int(match["number"][-1])
    reading = ""
    for place, unit in enumerate(match["unit"]):
        changed = UNITS_AFTER.get(unit, {}) if place == 0 and match["number"][:-1] == "" else {}
        reading += changed.get(digit, UNITS[unit])
    return reading


def _ending(number: str) -> str:
    """The end of a number that decides about sounds: its last digit, or its zeros."""
    whole = number.replace(",", "")
    zeros = len(whole) - len(whole.rstrip("0"))
    if not zeros or "." in whole or zeros == len(whole):
        return whole[-1] if zeros != len(whole) else ""
    return "0" * min(zeros, 4)


def _sound(counter: Counter, ending: str) -> str:
    first, rest = counter.reading[0], counter.reading[1:]
    if ending in counter.p.split():
        first = first.translate(HARDENED)
    elif ending in counter.b.split():
        first = first.translate(VOICED)
    return first + rest


def _first_or_day(text: str, match: re.Match) -> str:
    """ついたち, いちにち, or nothing where neither is sure."""
    before, after = _beside(text, match.start(), match.end("counter"))
    if re.search(r"月[ 　]?\Z", before) or re.match(r"[(（][月火水木金土日]", after):
        return "ついたち"
    if re.match(AFTER_A_WHOLE_DAY, after):
        return "いちにち"
    return "ついたち" if re.match(BESIDE_THE_FIRST, after) else ""


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands close before and after a place of the text."""
    return text[max(0, start - 12) : start], text[end : end + 12]


def _is_vague(text: str, match: re.Match) -> bool:
    """2～3日 are にさんにち, and 10月2～3日 are ふつか and みっか."""
    before, _after = _beside(text, match.start(), match.end())
    return bool(re.search(r"\d[～〜~、・-]\Z", before)) and not re.search(
        r"月\d+[～〜~、・-]\Z", before
    )


def _of_number_in_kanji(text: str, match: re.Match, ends_word) -> Iterator[Found]:
    end, number, name = _end(match, ends_word), match["number"], _name(match["counter"])
    if end is None or not ends_word(match.start()) or match[0].startswith("十分"):
        return
    after, counter = _after(match, end), COUNTERS[name]
    if number in "何数":
        reading = _indefinite(number, name, counter)
    elif name == "日" and number == "一":
        reading = _first_or_day(text, match) or "いちにち"
    else:
        value = _value(number)
        reading = value and (counter.whole.get(value) or _read_whole(value, counter))
        if name == "分" and value and FRACTION.match(text, match.end("counter")):
            reading = _number_reading(value) + "ぶん"
    if reading:
        yield Found(match.start(), end, reading + after)


def _indefinite(number: str, name: str, counter: Counter) -> str:
    if number == "何":
        return "なん" + _sound(counter, "何")
    return "すうじつ" if name == "日" else "すう" + counter.reading


PLACES = {"十": 10, "百": 100, "千": 1000}


def _value(number: str) -> int | None:
    """The value of a number in kanji below 10,000; None where it is none (二三)."""
    value, digit = 0, None
    for char in number:
        if char in KANJI_DIGITS:
            if digit is not None:
                return None
            digit = KANJI_DIGITS[char]
        else:
            value, digit = value + (1 if digit is None else digit) * PLACES[char], None
    return value + (digit or 0)


def _number_reading(value: int) -> str:
    """A number below 10,000, read alone."""
    thousands, hundreds, tens, ones = (value // place % 10 for place in (1000, 100, 10, 1))
    reading = ""
    if thousands:
        special = {1: "せん", 3: "さんぜん", 8: "はっせん"}
        reading += special.get(thousands, DIGITS[thousands] + "せん")
    if hundreds:
        special = {1: "ひゃく", 3: "さんびゃく", 6: "ろっぴゃく", 8: "はっぴゃく"}
        reading += special.get(hundreds, DIGITS[hundreds] + "ひゃく")
    if tens:
        reading += ("" if tens == 1 else DIGITS[tens]) + "じゅう"
    return reading + (DIGITS[ones] if ones else "")


def _read_whole(value: int, counter: Counter) -> str:
    """A number in kanji with its counter: 四時 よじ, 一回 いっかい, 六本 ろっぽん."""
    number, sound = _number_reading(value), _sound(counter, _ending(str(value)))
    ones = value % 10
    if ones in counter.digits:
        number = number.removesuffix(DIGITS[ones]) + counter.digits[ones]
    for sounds, endings in DOUBLE_BEFORE.values():
        if sound[0] in sounds:
            last = next((ending for ending in endings if number.endswith(ending)), None)
            if last:
                number = number.removesuffix(last) + DOUBLING[last]
    return number + sound
