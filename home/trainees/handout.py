"""The trainees' handout: one sheet A4 in the language of its address, to be given out at the
party. Its codes lead to that language's pages.

Everything must fit on the one sheet, so words are measured before they are set, as on a
poster: the first of a few sizes is taken at which they have room (``events/poster.py``).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from math import ceil

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from certified_orgs.qr import code_inline
from events.poster import SIZES, width_of
from events.schedule import Entry
from kiyose.pages.addresses import absolute
from kiyose.pages.furniture import Furniture
from kiyose.pages.pictures import load_pictures
from projects.models import Pillar

from ..models import HelpLine
from .door import Door

# A sheet has room for so many; the page behind the code has them all.
MOST_PILLARS, MOST_LINES, MOST_EVENTS, MOST_PARTIES = 5, 6, 4, 2
# Longest texts, in characters.
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_PROMISE = 90, 160, 240
LONGEST_ABOUT_PARTIES, LONGEST_NOTE, LONGEST_HOURS = 200, 110, 80

# All lengths are hundredths of the sheet's width, as in handout.css: what is left of the
# sheet between head and foot, and the width of a line.
ROOM, WHOLE, BESIDE, HALF = 90, 88, 58, 40
TITLE, TEXT, SMALL = 5.2, 2.5, 2.1


@dataclass(frozen=True)
class Code:
    """One code on the sheet. label: what it opens; address: with scheme and host."""

    label: str
    address: str

    @property
    def picture(self) -> SafeString:
        return code_inline(self.address, _("QR code: %(page)s") % {"page": self.label})

    @property
    def shown(self) -> str:
        """As people type it."""
        return self.address.partition("://")[2].rstrip("/")


@dataclass(frozen=True)
class Line:
    """A line of help, cut where it would fill the sheet. row: with ``words``."""

    row: HelpLine

    @property
    def note(self) -> str:
        return Truncator(self.row.words.note).chars(LONGEST_NOTE)

    @property
    def hours(self) -> str:
        return Truncator(self.row.words.hours).chars(LONGEST_HOURS)

    @property
    def english_hours(self) -> str:
        return Truncator(self.row.words.english_hours).chars(LONGEST_HOURS)


class Handout:
    """The sheet for one visitor."""

    def __init__(self, page, request, furniture: Furniture):
        self.page = page
        self.request = request
        self.furniture = furniture
        self.door = Door(page, request)
        load_pictures([page])

    @property
    def printed_on(self) -> datetime.date:
        """Paper does not follow what changes: it says of which day it is."""
        return timezone.localdate()

    # Words, cut where they would fill the sheet

    @property
    def title(self) -> str:
        return Truncator(self.page.title).chars(LONGEST_TITLE)

    @property
    def summary(self) -> str:
        return Truncator(self.page.summary).chars(LONGEST_SUMMARY)

    @property
    def promise(self) -> str:
        return Truncator(self.page.promise).chars(LONGEST_PROMISE)

    @property
    def about_parties(self) -> str:
        return Truncator(self.page.about_parties).chars(LONGEST_ABOUT_PARTIES)

    @property
    def pillars(self) -> list[Pillar]:
        return self.door.glance.pillars[:MOST_PILLARS]

    @cached_property
    def lines(self) -> list[Line]:
        return [Line(row) for row in self.door.help_lines[:MOST_LINES]]

    @cached_property
    def events(self) -> list[Entry]:
        """The next ones in English that take place, parties aside."""
        parties = {entry.event.translation_key for entry in self.door.parties}
        shown = self.door.events.shown(MOST_EVENTS + MOST_PARTIES)
        found = [
            each.entry
            for each in shown
            if each.entry.settled.takes_place and each.entry.event.translation_key not in parties
        ]
        return found[:MOST_EVENTS]

    @cached_property
    def parties(self) -> list[Entry]:
        return [entry for entry in self.door.parties if entry.settled.takes_place][:MOST_PARTIES]

    @cached_property
    def codes(self) -> list[Code]:
        """In the language of the address, whatever the page itself is written in."""
        addresses = (
            (_("This page, always up to date"), self.door.url),
            (_("Events"), reverse("wagtail_serve", args=["events/"])),
            (_("The 17 goals"), reverse("wagtail_serve", args=["sdgs/"])),
            (_("All of this site"), self.furniture.home["url"]),
        )
        return [Code(label, absolute(address)) for label, address in addresses]

    # How large they are set

    @cached_property
    def size(self) -> str:
        """A name for the style sheet: the first size at which everything has room."""
        fitting = (name for name, size in SIZES.items() if self._height(size) <= ROOM)
        return next(fitting, "smallest")

    def _height(self, scale: float) -> float:
        """Of everything between head and foot, a little generously."""
        beside = [(self.title, TITLE, BESIDE, 2), (self.summary, TEXT, BESIDE, 1)]
        # No lower than the picture beside it.
        head = max(self._of(beside, scale), 22 * scale if self.page.picture else 0)
        above = [(self.promise, TEXT, WHOLE, 2)]
        above += [(row.words.name, TEXT, WHOLE, 0.4) for row in self.pillars]
        left, right = [], []
        for line in self.lines:
            left += [(line.row.words.name or line.row.get_kind_display(), TEXT, HALF, 2)]
            left += [(line.row.number or line.row.website, 2.6, HALF, 0.2)]
            left += [(text, SMALL, HALF, 0.2) for text in (line.note, line.hours)]
            left += [(line.english_hours and f"{_('In English')}: {line.english_hours}", SMALL, HALF, 0.2)]
        right += [(self.about_parties, SMALL, HALF, 1)]
        for entry in [*self.parties, *self.events]:
            right += [("20 September 2026 (Wed), 10:00 – 12:00", SMALL, HALF, 1)]
            right += [(entry.event.title, TEXT, HALF, 0.2)]
            right += [(entry.venue.words.name if entry.venue else entry.event.place, SMALL, HALF, 0)]
        return (
            head
            + self._of(above, scale)
            + max(self._of(left, scale), self._of(right, scale) + 10 * scale)
            + 8 * scale
        )

    @staticmethod
    def _of(texts, scale: float) -> float:
        """texts: (text, size of its letters, width of its line, distance to what is above)."""
        return sum(
            (ceil(width_of(text) * size * scale / line) * size * 1.45 + before) * scale
            for text, size, line, before in texts
            if text
        )
