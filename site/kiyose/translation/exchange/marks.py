"""Markup that volunteers can keep.

In a spreadsheet a link or an emphasised word is enclosed by numbers, ``[1]…[/1]``, and a line
break is a new line of the cell. Square brackets can be typed on every keyboard, and are no
special sign of any spreadsheet. The numbers are those of the *Japanese* sentence: what stands
in it as ``[3]`` anyway gives no mark that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

from .markup import Break, Close, MarkupError, Open, Piece, Text, put_together, take_apart

# As people type them: in any script's digits, with the brackets of a Japanese keyboard.
MARK = re.compile(r"[\[［【]\s*([/／]?)\s*(\d{1,4})\s*[\]］】]")
LINE_ENDS = re.compile(r"\r\n?|_x000D_\n?|[\u2028\u2029]")


class Marks:
    """The marks of one Japanese sentence."""

    def __init__(self, source: str):
        """source: the string, with its markup."""
        self._pieces = _pieces_of(source)
        self._literal = {
            mark for piece in self._pieces if isinstance(piece, Text) for mark in _found(piece.text)
        }
        taken = {number for _is_end, number in self._literal}
        numbers = (number for number in count(1) if number not in taken)
        self._tags = {
            number: piece for piece, number in zip(self._opens(self._pieces), numbers, strict=False)
        }

    @staticmethod
    def _opens(pieces: list[Piece]) -> list[Open]:
        return [piece for piece in pieces if isinstance(piece, Open)]

    @property
    def source_text(self) -> str:
        """The Japanese sentence as the spreadsheet shows it."""
        return self._written(self._pieces)

    def text(self, data: str) -> str:
        """A translation as the spreadsheet shows it. A tag that the Japanese sentence does not
        have is left out."""
        return self._written(_pieces_of(data))

    def data(self, text: str) -> str:
        """The string that somebody has written into the spreadsheet.

        Raises MarkupError if the marks are not those of the Japanese sentence.
        """
        pieces, faults = [], []
        seen: set[int] = set()
        within: list[int] = []
        place = 0
        text = "\n".join(line.strip() for line in LINE_ENDS.sub("\n", text).split("\n")).strip()
        for found in MARK.finditer(text):
            mark = is_end, number = bool(found[1]), int(found[2])
            if mark in self._literal:
                continue
            pieces += _plain(text[place : found.start()])
            place = found.end()
            if number not in self._tags:
                message = _("The Japanese sentence has no mark %(mark)s.")
                faults.append(message % {"mark": found[0]})
            elif is_end:
                if within[-1:] == [number]:
                    within.pop()
                    pieces.append(Close(self._tags[number].name))
                else:
                    message = _("The mark [/%(number)d] stands in the wrong place.")
                    faults.append(message % {"number": number})
            elif number in seen:
                message = _("The mark [%(number)d] is there twice.")
                faults.append(message % {"number": number})
            else:
                seen.add(number)
                within.append(number)
                pieces.append(self._tags[number])
        pieces += _plain(text[place:])
        for number in self._tags:
            if number not in seen:
                message = _("The mark [%(number)d]…[/%(number)d] is missing.")
                faults.append(message % {"number": number})
        for number in within:
            faults.append(_("The mark [/%(number)d] is missing.") % {"number": number})
        if faults:
            raise MarkupError(faults)
        return put_together(pieces)

    def _written(self, pieces: list[Piece]) -> str:
        left = dict(self._tags)
        within: list[int | None] = []
        written = []
        for piece in pieces:
            match piece:
                case Text(text):
                    # A line of HTML may end anywhere; it means a space.
                    written.append(text.replace("\n", " "))
                case Break():
                    written.append("\n")
                case Open():
                    number = next((n for n, tag in left.items() if tag == piece), None)
                    left.pop(number, None)
                    within.append(number)
                    written.append(f"[{number}]" if number else "")
                case Close():
                    number = within.pop()
                    written.append(f"[/{number}]" if number else "")
        return "".join(written)


def _pieces_of(data: str) -> list[Piece]:
    """The pieces of a string that is kept here; of a broken one its text."""
    try:
        return take_apart(data)
    except MarkupError:
        return list(_plain(StringValue(data).render_text()))


def _found(text: str) -> Iterator[tuple[bool, int]]:
    return ((bool(found[1]), int(found[2])) for found in MARK.finditer(text))


def _plain(text: str) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Break()
        if line:
            yield Text(line)
