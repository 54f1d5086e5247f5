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
from events.poster import width_of
from events.schedule import Entry
from kiyose.pages.addresses import absolute
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import visitor_language
from kiyose.pages.pictures import load_pictures
from projects.models import Pillar

from ..models import HelpLine
from .door import Door

# A sheet has room for so many; the page behind the code has them all. Where their words are
# so many that nobody could read them in print, fewer stand on it.
MOST_PILLARS, MOST_LINES, MOST_EVENTS, MOST_PARTIES = 5, 6, 5, 2
FEWEST_LINES, FEWEST_EVENTS = 2, 1
# Longest texts, in Japanese characters; English ones have room as long as they may be.
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_PROMISE, LONGEST_ABOUT_PARTIES = 45, 112, 168, 168
LONGEST_NOTE, LONGEST_HOURS, LONGEST_LINE, LONGEST_WEBSITE = 90, 56, 35, 32
# As long as a time can be.
A_TIME = "2026年11月30日(月) 午前10時30分～午後0時30分"

# All lengths are hundredths of the sheet's width, as in handout.css: what is left of the
# sheet between head and foot, and the width of a line.
ROOM, WHOLE, BESIDE, HALF = 90, 83, 67, 41.5
TITLE, TEXT, SMALL = 5.2, 2.5, 2.1
LINE, PICTURE = 1.45, 14
HEADING = ("h", 3, 2.4)
# Names for the style sheet: hundredths of the full size.
SIZES = (100, 95, 90, 85, 80, 76, 72, 68, 64, 60, 56, 52, 48)


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


def cut(text: str, longest: int) -> str:
    """The text, or its beginning. longest: in Japanese characters."""
    width = width_of(text)
    return text if width <= longest else Truncator(text).chars(int(longest * len(text) / width))


class Line:
    """A line of help, cut where it would fill the sheet. row: with ``words``."""

    def __init__(self, row: HelpLine):
        words = row.words
        self.row = row
        self.name = cut(words.name, LONGEST_LINE) or row.get_kind_display()
        # The kind is called in the language of the sheet.
        self.name_of = words if words.name else visitor_language()
        self.website = cut(row.website, LONGEST_WEBSITE)
        self.note = cut(words.note, LONGEST_NOTE)
        self.hours = cut(words.hours, LONGEST_HOURS)
        self.english_hours = cut(words.english_hours, LONGEST_HOURS)


class Meeting:
    """A party or an event, cut likewise."""

    def __init__(self, entry: Entry):
        event, venue = entry.event, entry.venue
        self.entry = entry
        self.in_words = cut(event.dates_note, LONGEST_LINE) if entry.in_words else ""
        self.title = cut(event.title, LONGEST_TITLE)
        self.place = cut(venue.words.name if venue else event.place, LONGEST_LINE)
        self.place_of = venue.words if venue else event


@dataclass(frozen=True)
class Fit:
    """size: one of ``SIZES``; lines, meetings: how many of them are set."""

    size: int
    lines: int
    meetings: int


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
        return cut(self.page.title, LONGEST_TITLE)

    @property
    def summary(self) -> str:
        return cut(self.page.summary, LONGEST_SUMMARY)

    @property
    def promise(self) -> str:
        return cut(self.page.promise, LONGEST_PROMISE)

    @property
    def about_parties(self) -> str:
        return cut(self.page.about_parties, LONGEST_ABOUT_PARTIES)

    @property
    def pillars(self) -> list[Pillar]:
        return self.door.glance.pillars[:MOST_PILLARS]

    @property
    def lines(self) -> list[Line]:
        """Who helps, the most important first."""
        return self._all_lines[: self._fitting.lines]

    @property
    def meetings(self) -> list[Meeting]:
        return self._all_meetings[: self._fitting.meetings]

    @property
    def size(self) -> int:
        """For the style sheet."""
        return self._fitting.size

    @cached_property
    def _all_lines(self) -> list[Line]:
        return [Line(row) for row in self.door.help_lines[:MOST_LINES]]

    @cached_property
    def _all_meetings(self) -> list[Meeting]:
        """The next parties and the next events in English, as far as they take place, by day."""
        parties = [entry for entry in self.door.parties if entry.settled.takes_place]
        keys = {entry.event.translation_key for entry in parties}
        events = [
            each.entry
            for each in self.door.stay_events
            if each.entry.settled.takes_place and each.entry.event.translation_key not in keys
        ]
        chosen = parties[:MOST_PARTIES]
        chosen += events[: MOST_EVENTS - len(chosen)]
        chosen.sort(key=lambda entry: (entry.in_words, *entry.order))
        return [Meeting(entry) for entry in chosen]

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
    def _fitting(self) -> Fit:
        """The largest that everything has room at; at the smallest, as much as has room."""
        for left_out in range(MOST_LINES):
            lines = max(MOST_LINES - left_out, FEWEST_LINES)
            meetings = max(MOST_EVENTS - left_out, FEWEST_EVENTS)
            for size in SIZES:
                fit = Fit(size, lines, meetings)
                if self._height(fit) <= ROOM:
                    return fit
        return fit

    def _height(self, fit: Fit) -> float:
        """Of everything between head and foot, a little generously."""
        scale = fit.size / 100
        width = BESIDE if self.page.picture else WHOLE
        head = _height([(self.title, TITLE, 2), (self.summary, TEXT, 1)], width, scale)
        if self.page.picture:
            head = max(head, (PICTURE + 2) * scale)
        promise = [("h", 3, 4), (self.promise, TEXT, 0)]
        promise += [(row.words.name, TEXT, 0.3) for row in self.pillars]
        columns = max(
            _height(texts, HALF if self._all_lines else WHOLE, scale)
            for texts in (
                self._texts_of_help(self._all_lines[: fit.lines]),
                self._texts_of_meetings(self._all_meetings[: fit.meetings]),
            )
        )
        return head + _height(promise, WHOLE, scale) + columns

    @staticmethod
    def _texts_of_help(lines: list[Line]) -> list[tuple]:
        texts = [HEADING]
        for line in lines:
            # The name stands beside the number.
            texts += [(f"{line.name} {line.row.number * 2}", SMALL, 2)]
            texts += [(line.website, SMALL, 0), (line.note, SMALL, 0), (line.hours, SMALL, 0)]
            if line.english_hours:
                texts += [(f"{_('In English')} {line.english_hours}", SMALL, 0)]
        return texts

    def _texts_of_meetings(self, meetings: list[Meeting]) -> list[tuple]:
        texts = [HEADING, (self.about_parties, SMALL, 0)]
        for each in meetings:
            texts += [(each.in_words or A_TIME, SMALL, 1.8), (each.title, TEXT, 0)]
            texts += [(each.place, SMALL, 0)]
        return texts


def _height(texts, width: float, scale: float) -> float:
    """texts: (text, size of its letters, distance to what is above); width: of their lines."""
    return sum(
        (ceil(width_of(text) * size * scale / width) * size * LINE + above) * scale
        for text, size, above in texts
        if text
    )
