"""What is wrong with a translation, in sentences for the person who has written it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .limits import Limits
from .markup import MarkupError, Open, Text, put_together, take_apart, text_of

# What a program fills in later: {name}, {{ name }}, %(name)s. A percentage is none.
PLACEHOLDER = re.compile(r"\{\{\s*\w+\s*\}\}|\{\w*\}|%\(\w+\)[a-z]")


def checked(source: str, data: str, limits: Limits) -> str:
    """The translation as it is to be kept.

    source, data: strings with their markup. Raises MarkupError with everything that is wrong:
    tags, links, placeholders, characters, length.
    """
    pieces = take_apart(data)
    faults = [
        *_faults_of_links(source, pieces),
        *_faults_of_placeholders(source, pieces),
        *_faults_of_characters(pieces),
        *limits.faults_in(text_of(pieces)),
    ]
    if faults:
        raise MarkupError(faults)
    return put_together(pieces)


def _faults_of_links(source: str, pieces) -> Iterator[str]:
    here = Counter(str(piece) for piece in pieces if _is_link(piece))
    there = Counter(str(piece) for piece in take_apart(source) if _is_link(piece))
    for link in here.keys() | there.keys():
        if not here[link]:
            yield _("The link %(link)s is missing.") % {"link": link}
        elif not there[link]:
            yield _("The Japanese sentence has no link %(link)s.") % {"link": link}
        elif here[link] > there[link]:
            yield _("The link %(link)s is there twice.") % {"link": link}


def _is_link(piece) -> bool:
    return isinstance(piece, Open) and piece.name == "a"


def _faults_of_placeholders(source: str, pieces) -> Iterator[str]:
    here = Counter(PLACEHOLDER.findall(text_of(pieces)))
    there = Counter(PLACEHOLDER.findall(text_of(take_apart(source))))
    for name in there - here:
        yield _("The placeholder %(name)s is missing. It must stand there as it is.") % {
            "name": name
        }
    for name in here - there:
        yield _("The Japanese sentence has no placeholder %(name)s.") % {"name": name}


def _faults_of_characters(pieces) -> Iterator[str]:
    text = "".join(piece.text for piece in pieces if isinstance(piece, Text))
    if not text.strip():
        yield _("There is no text in it.")
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in text):
        yield _("It holds invisible control characters. Type the text anew.")
