"""What a string of wagtail-localize is made of: text, inline tags, line breaks.

A string is a piece of HTML in which only a few tags may stand, without attributes; a link has
an ``id`` in the place of its address. Whatever comes from outside is taken apart here, and put
together anew from the pieces: nothing else can get into a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from wagtail_localize.strings import INLINE_TAGS, StringValue

from kiyose.translation.mangled import told_as_value_error

BREAK = "br"


class MarkupError(ValueError):
    """Markup that cannot stand in a string, with every reason that was found."""

    def __init__(self, messages: Iterable[str]):
        self.messages = list(dict.fromkeys(messages))
        super().__init__(" ".join(self.messages))


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Break:
    pass


@dataclass(frozen=True)
class Open:
    name: str
    id: str = ""

    def __str__(self):
        return f'<{self.name} id="{self.id}">' if self.id else f"<{self.name}>"


@dataclass(frozen=True)
class Close:
    name: str


Piece = Text | Break | Open | Close


class _Taker(HTMLParser):
    """Takes a string apart, and notes what must not be in it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in INLINE_TAGS:
            self.faults.append(_("The tag <%(tag)s> must not be in a translation.") % {"tag": tag})
        elif tag == BREAK:
            self.pieces.append(Break())
        else:
            link_id = next((value or "" for name, value in attrs if name == "id"), "")
            if any(not (tag == "a" and name == "id") for name, _value in attrs):
                message = _("<%(tag)s> must not have attributes; a link has its id alone.")
                self.faults.append(message % {"tag": tag})
            self.pieces.append(Open(tag, link_id))
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag != BREAK:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag == BREAK or tag not in INLINE_TAGS:
            return
        if self._open and self._open[-1] == tag:
            self._open.pop()
            self.pieces.append(Close(tag))
        else:
            message = _("</%(tag)s> closes nothing, or closes it in the wrong place.")
            self.faults.append(message % {"tag": tag})

    def handle_data(self, data):
        self.pieces.append(Text(data))

    def _refuse(self, *args):
        self.faults.append(_("There is HTML in it that is neither text nor a tag."))

    handle_comment = handle_decl = handle_pi = unknown_decl = _refuse

    def finish(self) -> list[Piece]:
        self.close()
        self.faults += [_("<%(tag)s> is not closed.") % {"tag": tag} for tag in self._open]
        if self.faults:
            raise MarkupError(self.faults)
        return self.pieces


def take_apart(data: str) -> list[Piece]:
    """The pieces of a string. Raises MarkupError for tags and attributes that no string has,
    and for tags that do not match."""
    taker = _Taker()
    try:
        with told_as_value_error():
            taker.feed(data)
            return taker.finish()
    except MarkupError:
        raise
    except ValueError as error:
        raise MarkupError([str(error)]) from error


def put_together(pieces: Iterable[Piece]) -> str:
    """The string that the pieces are, as wagtail-localize writes it."""
    written = []
    for piece in pieces:
        match piece:
            case Text(text):
                written.append(escape(text, quote=False))
            case Break():
                written.append("<br/>")
            case Open():
                written.append(str(piece))
            case Close(name):
                written.append(f"</{name}>")
    with told_as_value_error():
        return StringValue.from_translated_html("".join(written)).data


def text_of(pieces: Iterable[Piece]) -> str:
    """The text alone, a line break as a new line."""
    return "".join(
        piece.text if isinstance(piece, Text) else "\n"
        for piece in pieces
        if isinstance(piece, Text | Break)
    )
