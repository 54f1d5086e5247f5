"""Furigana in HTML: ``<ruby>`` over the words of a page, and not one other byte changed.

The parser is Python's own, which says where in the document every piece of text stands; ruby is
put in there, and nothing is written anew. Left alone is what is not Japanese (``lang``), what
has furigana already, what is code, what a visitor fills in or chooses from, what nobody sees,
and everything in ``head``. Attributes and comments are no text and are never touched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ..script import has_kanji
from .alignment import Piece
from .reading import Read

# Words go on across these; all other elements end what stands before them.
INSIDE_A_LINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins",
    "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
NEVER = {
    "head", "title", "ruby", "rt", "rp", "code", "kbd", "samp", "pre", "script", "style",
    "noscript", "template", "textarea", "select", "option", "optgroup", "datalist", "svg", "math",
    "object", "iframe", "canvas", "audio", "video",
}  # fmt: skip
# Only said: whoever listens hears how a word is read.
UNSEEN = {"sr"}
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
ENTITY = re.compile(r"&#?\w+;?")


# Keeps the words of a text together where the element around it puts its children apart (flex,
# grid): else every ruby would be a child of its own. No style knows this element, so none that
# is meant for others falls on it.
TOGETHER = "ruby-text"


class Segment(NamedTuple):
    """A stretch of text as it stands in the document, without an entity in it, or one entity."""

    at: int  # in the document, and where it ends there
    end: int
    text: str
    node: int  # the same for all that no tag but <wbr> stands between

    @property
    def is_entity(self) -> bool:
        return self.end - self.at != len(self.text)


Line = list[Segment]


def lines_of(html: str) -> list[Line]:
    """The text of a document that may get furigana, as lines: what is read in one go, however
    many elements stand in it. Lines without kanji are left out."""
    parser = _Lines(html)
    parser.feed(html)
    parser.close()
    parser.end_line()
    return parser.lines


def text_of(line: Line) -> str:
    """The text of a line, as it is read."""
    return "".join(segment.text for segment in line)


class Change(NamedTuple):
    """Where ruby is put over a piece of text in the document."""

    start: int
    end: int
    reading: str
    # Where the text begins and ends that is to stay together; nothing where it is one word.
    begins_text: int = -1
    ends_text: int = -1


def changes(html: str, read: Callable[[str], list[Read]]) -> list[Change]:
    """All that `read` knows about the words of the document, in its order.

    What is read across two elements and cannot be taken apart stays without furigana.
    """
    lines = lines_of(html)
    # The menu stands on each page twice: every line is read once, and all of them together.
    texts = dict.fromkeys(map(text_of, lines))
    at, begins = 0, {}
    for text in texts:
        begins[text] = at
        at += len(text) + 1
    found = read("\n".join(texts))
    starts = [word.start for word in found]
    here = []
    for line in lines:
        text = text_of(line)
        begin = begins[text]
        first = bisect_left(starts, begin)
        words = found[first : bisect_left(starts, begin + len(text), first)]
        here += _changes(line, begin, words)
    return here


def with_ruby(html: str, changes: list[Change]) -> str:
    """The document with its ruby."""
    parts, done = [], 0
    for start, end, reading, begins_text, ends_text in changes:
        if begins_text >= 0:
            parts += (html[done:begins_text], f"<{TOGETHER}>")
            done = begins_text
        parts += (html[done:start], ruby((html[start:end], reading)))
        done = end
        if ends_text >= 0:
            parts += (html[done:ends_text], f"</{TOGETHER}>")
            done = ends_text
    parts.append(html[done:])
    return "".join(parts)


def ruby(piece: Piece) -> str:
    """The HTML of a piece, whose text needs no escaping: kanji and kana."""
    text, reading = piece
    return f"<ruby>{text}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"


def _changes(line: Line, begin: int, reads: list[Read]) -> Iterator[Change]:
    """The changes of one line, those of each text together. begin: where the line stands in
    what was read."""
    for node, found in groupby(_rubies(line, begin, reads), key=itemgetter(0)):
        rubies = [change for _node, change in found]
        words = [part for part in line if part.node == node and part.text.strip()]
        text = words[0].at, words[-1].end
        if text != (rubies[0].start, rubies[0].end):
            rubies[0] = rubies[0]._replace(begins_text=text[0])
            rubies[-1] = rubies[-1]._replace(ends_text=text[1])
        yield from rubies


def _rubies(line: Line, begin: int, reads: list[Read]) -> Iterator[tuple[int, Change]]:
    """Each piece that gets ruby, with the number of the text that it stands in."""
    segments = iter(line)
    segment = next(segments)
    limit = begin + len(segment.text)
    for read in reads:
        at = read.start
        for text, reading in read.pieces:
            start, at = at, at + len(text)
            if not reading:
                continue
            while start >= limit:
                begin, segment = limit, next(segments)
                limit = begin + len(segment.text)
            if at <= limit and not segment.is_entity:
                here = segment.at + start - begin
                yield segment.node, Change(here, here + len(text), reading)


class _Lines(HTMLParser):
    """Collects the lines of one document."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.html = html
        # Where each row of the file begins: the parser counts rows and columns.
        self.rows = [0]
        at = html.find("\n")
        while at >= 0:
            self.rows.append(at + 1)
            at = html.find("\n", at + 1)
        self.node = 0
        self.lines: list[Line] = []
        self.line: Line = []
        # The elements that are open, each with whether text in it gets furigana.
        self.open: list[tuple[str, bool]] = []

    @property
    def is_readable(self) -> bool:
        return not self.open or self.open[-1][1]

    def handle_starttag(self, tag: str, attrs) -> None:
        # A place to break a line is nothing that an element would put apart.
        self.node += tag != "wbr"
        if tag not in INSIDE_A_LINE:
            self.end_line()
        if tag not in VOID:
            readable = tag not in NEVER and self._is_for_readers(attrs)
            self.open.append((tag, readable))

    def _is_for_readers(self, attrs) -> bool:
        readable = self.is_readable
        for name, value in attrs:
            if name == "lang":
                inside_never = any(tag in NEVER for tag, _readable in self.open)
                readable = (value or "").lower().split("-")[0] == "ja" and not inside_never
            elif name == "class" and value and not UNSEEN.isdisjoint(value.split()):
                return False
        return readable

    def handle_startendtag(self, tag: str, attrs) -> None:
        """``<br/>``; in HTML the slash means nothing, in drawings it closes the element."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.node += 1
        if tag not in INSIDE_A_LINE:
            self.end_line()
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                return

    def handle_comment(self, data: str) -> None:
        self.node += 1

    def handle_data(self, data: str) -> None:
        if not self.is_readable:
            return
        # Half of a page's text is the indentation of its elements; one space stands for it.
        at, words = self._here(), data.strip()
        begin = data.find(words) if words else 0
        if not words or begin:
            self.line.append(Segment(at, at + 1, " ", self.node))
        if words:
            at, end = at + begin, at + begin + len(words)
            self.line.append(Segment(at, end, words, self.node))
            if begin + len(words) < len(data):
                self.line.append(Segment(end, end + 1, " ", self.node))

    def handle_entityref(self, name: str) -> None:
        self._add_entity()

    def handle_charref(self, name: str) -> None:
        self._add_entity()

    def _add_entity(self) -> None:
        if self.is_readable:
            entity = ENTITY.match(self.html, self._here())
            self.line.append(Segment(*entity.span(), unescape(entity[0]), self.node))

    def _here(self) -> int:
        row, column = self.getpos()
        return self.rows[row - 1] + column

    def end_line(self) -> None:
        if any(has_kanji(segment.text) for segment in self.line):
            self.lines.append(self.line)
        self.line = []
