"""What stands on the poster of an event: one sheet A4 in the language of the page.

Everything must fit on the one sheet, so its words are measured before they are set: the first
of a few sizes is taken at which they have room.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from certified_orgs.qr import code_inline
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import visitor_language

from .decisions import Settled, Standing
from .models import Venue
from .patterns import Occurrence
from .presentation import EventFacts
from .words_for_times import say, say_pattern

# A sheet has room for so many; the page behind the QR code has them all.
MOST_TIMES, MOST_PLACES, MOST_MARKS = 6, 3, 6
MARKS_IN_A_LINE = 3
# Longest texts, in characters.
LONGEST_NOTE, LONGEST_PLACE, LONGEST_SUBTITLE = 120, 60, 100

# All lengths are hundredths of the sheet's width, as in sheet.css and poster.css.
SHEET, MARGINS = 141, 16
COLUMN = 86
STANDING, MARKS, FOOT = 16, 13, 38
SIZES = {"full": 1.0, "large": 0.8, "medium": 0.65, "small": 0.5, "smallest": 0.34}
LATIN = 0.56  # of the width of a Japanese character
# A long title is set smaller than a short one, or it would leave no room to what is said of it.
TITLE, LONG_TITLE, LONG = 10, 6.5, 24


@dataclass(frozen=True)
class TimeLine:
    """A session on the poster, or a day of one. occurrence: of a single time; standing: what
    was decided about it, if anything."""

    text: str
    occurrence: Occurrence | None = None
    standing: Standing | None = None

    @property
    def is_off(self) -> bool:
        return self.standing in (Standing.CANCELLED, Standing.POSTPONED)


class Poster:
    """The sheet of one event for one visitor."""

    def __init__(self, facts: EventFacts, furniture: Furniture):
        self.facts = facts
        self.furniture = furniture
        self.page = facts.page

    @property
    def standing(self) -> Standing | None:
        """Printed large: what keeps people from coming for nothing."""
        standing = self.facts.standing
        return standing if standing != Standing.ON else None

    # Words, cut where they would fill the sheet

    @property
    def subtitle(self) -> str:
        return Truncator(self.page.subtitle).chars(LONGEST_SUBTITLE)

    @property
    def note(self) -> str:
        """The dates in words, or a word about them."""
        return Truncator(self.page.dates_note).chars(LONGEST_NOTE)

    @property
    def place(self) -> str:
        return Truncator(self.page.place or self.page.address).chars(LONGEST_PLACE)

    @property
    def places(self) -> list[Venue]:
        return self.facts.places[:MOST_PLACES]

    @cached_property
    def _times(self) -> list[TimeLine]:
        """A line for each session that is to come, or for all when it is over."""
        facts, found = self.facts, []
        for each in facts.sessions:
            is_said_in_words = each.is_in_words and self.page.dates_note
            if is_said_in_words or not (each.coming(facts.now) or facts.is_over):
                continue
            if each.is_series:
                found.append(TimeLine(say_pattern(each.session.pattern, visitor_language())))
                # Of its days only those that are not as ever.
                changed = [time for time in each.coming(facts.now) if time.is_changed]
                found += map(self._single, () if self.standing else changed)
            else:
                found += map(self._single, each.times)
        return found

    @staticmethod
    def _single(settled: Settled) -> TimeLine:
        words = say(settled.occurrence, visitor_language())
        return TimeLine(words, settled.occurrence, settled.standing if settled.is_changed else None)

    @property
    def times(self) -> list[TimeLine]:
        return self._times[:MOST_TIMES]

    @property
    def more_times(self) -> int:
        return max(len(self._times) - MOST_TIMES, 0)

    @cached_property
    def codes(self) -> list[str]:
        """Its marks, the main goal first."""
        return self.page.mark_codes[:MOST_MARKS]

    # How large they are set

    @cached_property
    def size(self) -> str:
        """A name for the style sheet: the first size at which everything has room."""
        room = SHEET - MARGINS - FOOT - MARKS * ceil(len(self.codes) / MARKS_IN_A_LINE)
        room -= STANDING if self.standing else 0
        fitting = (name for name, size in SIZES.items() if self._height(size) <= room)
        return next(fitting, "smallest")

    @property
    def title_is_long(self) -> bool:
        return width_of(self.page.title) > LONG

    def _height(self, scale: float) -> float:
        """Of everything between head and foot, a little generously."""
        # (text, size of its letters, distance to what stands before it)
        title = LONG_TITLE if self.title_is_long else TITLE
        texts = [(self.page.title, title, 4), (self.subtitle, 3.4, 1), (self.note, 4.6, 4)]
        texts += [(time.text, 4.6, 1.2) for time in self.times]
        texts += [(venue.words.name, 4.6, 0.6) for venue in self.places]
        texts += [(self.place, 3.4, 1), (self.page.summary, 3, 3), (_("Free of charge"), 9, 4)]
        return sum(
            (ceil(width_of(text) * size * scale / COLUMN) * size * 1.4 + before) * scale
            for text, size, before in texts
            if text
        )

    @property
    def qr(self) -> SafeString:
        """Leads to the page in the reader's language."""
        label = _("QR code: this event on the web")
        return code_inline(self.furniture.short_url, label) if self.furniture.number else ""


def width_of(text: str) -> float:
    """In Japanese characters."""
    return sum(1 if character > "⺀" else LATIN for character in text)
