"""Is a machine's answer a translation? What can be checked without knowing the language.

An answer that fails is not taken: the string stays untranslated, which everybody can see.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from html import unescape
from html.parser import HTMLParser

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail_localize.strings import StringValue

from kiyose.japanese.script import has_japanese

from ..exchange.limits import NO_LIMITS, Limits
from ..mangled import told_as_value_error


class Fault(TextChoices):
    """What is wrong with an answer."""

    MISSING = "missing", _("The machine gave no answer for it.")
    EMPTY = "empty", _("The machine's answer was empty.")
    CHARACTERS = "characters", _("The machine's answer had characters that no text has.")
    TAGS = "tags", _("The machine's answer had other markup or links than the original.")
    PLACEHOLDERS = "placeholders", _("The machine's answer lost or changed a placeholder.")
    NUMBERS = "numbers", _("The machine's answer had other numbers than the original.")
    SAME = "same", _("The machine's answer was the original.")
    JAPANESE = "japanese", _("The machine's answer was partly Japanese.")
    LENGTH = "length", _("The machine's answer was far too short or too long.")
    REPEATS = "repeats", _("The machine's answer repeated itself.")
    FIELD_LENGTH = "field_length", _("The machine's answer does not fit into its field.")


# {name}, %(name)s, %s; addresses of pages and of people.
_PLACEHOLDERS = re.compile(
    r"\{[^{}]*\}|%\(\w+\)[a-z]|%[sd]|https?://[^\s<>\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII
)
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_REPEATED = re.compile(r"(\b\w[\w ]{0,40}?\b)(?:\W+\1\b){3,}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
NO_TEXT = ("Cc", "Cs", "Co", "Cn")  # Unicode's categories
# Languages that are written with characters Japanese has too: there only kana is Japanese.
_HAN = ("zh", "yue")
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa\uff66-\uff9f]")

SHORT = 20  # characters below which a translation's length says nothing
LONGEST, ROOM, SHORTEST = 8, 60, 0.25  # times the original; characters on top; times


class _Markup(HTMLParser):
    """The tags of a fragment, its text, and whether every tag is closed in its turn."""

    EMPTY = ("br",)

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags: Counter = Counter()
        self.text: list[str] = []
        self.is_sound = True
        self._open: list[str] = []
        try:
            with told_as_value_error():
                self.feed(html)
                self.close()
        except ValueError:
            self.is_sound = False
        self.is_sound &= not self._open

    def handle_starttag(self, tag, attrs):
        self.tags[(tag, tuple(sorted(attrs, key=str)))] += 1
        if tag not in self.EMPTY:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags[(tag, tuple(sorted(attrs, key=str)))] += 1
        self.is_sound &= tag in self.EMPTY

    def handle_endtag(self, tag):
        if tag not in self.EMPTY:
            self.is_sound &= bool(self._open) and self._open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def _nothing_of_that(self, data):
        self.is_sound = False

    handle_comment = handle_decl = handle_pi = unknown_decl = _nothing_of_that


def checked(source: str, answer: object, target_language: str, limits: Limits = NO_LIMITS):
    """(the answer as it may be kept, None), or (None, the Fault).

    source: the string with its markup; answer: what the translator returned for it, normally
    a ``StringValue``; limits: of the field it stands in.
    """
    if not isinstance(answer, StringValue) or not isinstance(answer.data, str):
        return None, Fault.MISSING
    fault = fault_in(source, answer.data, target_language)
    if fault is not None:
        return None, fault
    try:
        with told_as_value_error():
            kept = StringValue.from_translated_html(answer.data.strip())
            plain = kept.render_text()
    except ValueError:
        return None, Fault.TAGS
    if any(limits.faults_in(plain)):
        return None, Fault.FIELD_LENGTH
    return kept.data, None


def fault_in(source: str, answer: str, target_language: str) -> Fault | None:
    """What is wrong with an answer; None: it may be kept as a draft."""
    if not answer.strip():
        return Fault.EMPTY
    if any(_is_no_text(sign) for sign in answer):
        return Fault.CHARACTERS
    old, new = _Markup(source), _Markup(answer)
    if not new.is_sound or new.tags != old.tags:
        return Fault.TAGS
    return _fault_in_text("".join(old.text), "".join(new.text).strip(), target_language)


def _fault_in_text(old: str, new: str, target_language: str) -> Fault | None:
    if not new:
        return Fault.EMPTY
    if "<" in unescape(new) and "<" not in unescape(old):
        return Fault.TAGS  # markup that is only hidden once
    if Counter(_PLACEHOLDERS.findall(old)) != Counter(_PLACEHOLDERS.findall(new)):
        return Fault.PLACEHOLDERS
    if _numbers(old) != _numbers(new):
        return Fault.NUMBERS
    if not target_language.startswith("ja"):
        if has_japanese(old) and _plain(old) == _plain(new):
            return Fault.SAME
        is_left = _KANA.search if target_language.startswith(_HAN) else has_japanese
        if is_left(new):
            return Fault.JAPANESE
    return _fault_in_length(old, new)


def _fault_in_length(old: str, new: str) -> Fault | None:
    if len(new) > LONGEST * len(old) + ROOM:
        return Fault.LENGTH
    if len(old) >= SHORT and len(new) < SHORTEST * len(old):
        return Fault.LENGTH
    if _LETTERS.search(old) and not _LETTERS.search(new):
        return Fault.LENGTH
    if _REPEATED.search(new) and not _REPEATED.search(old):
        return Fault.REPEATS
    return None


def _is_no_text(sign: str) -> bool:
    """Control characters, halves of characters, private ones, and the sign of a broken one."""
    if sign in "\n\r\t":
        return False
    return sign == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(sign) in NO_TEXT


def _numbers(text: str) -> Counter:
    """The numbers of two digits or more; small ones are often written as words."""
    plain = unicodedata.normalize("NFKC", _PLACEHOLDERS.sub("", text))
    found = (number.replace(",", "") for number in _NUMBERS.findall(plain))
    return Counter(number for number in found if len(number) > 1)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
