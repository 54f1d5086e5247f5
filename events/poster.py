"""What stands on the poster of an event: one sheet A4 in the language of the page."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from certified_orgs.qr import code_inline
from kiyose.pages.furniture import Furniture

from .decisions import Settled, Standing
from .presentation import EventFacts
from .times import SessionTimes

# A sheet has room for so many times and marks; the page behind the QR code has them all.
MOST_TIMES = 6
MOST_MARKS = 6
# (longest title in full-width characters, size): what is longer is set smaller.
TITLES = ((14, "short"), (28, "medium"), (56, "long"))


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

    @property
    def title_size(self) -> str:
        """A name for the style sheet. Latin letters are half as wide as Japanese ones."""
        width = sum(1 if character > "⺀" else 0.55 for character in self.page.title)
        return next((name for longest, name in TITLES if width <= longest), "very-long")

    @cached_property
    def times(self) -> list[tuple[SessionTimes, Settled]]:
        """A line for each session that is to come; a single one as it is after all decisions."""
        lines = [
            (each, each.times[0] if each.times else None)
            for each in self.facts.sessions
            if each.coming(self.facts.now) or self.facts.is_over
        ]
        return lines

    @property
    def shown_times(self) -> list[tuple[SessionTimes, Settled]]:
        return self.times[:MOST_TIMES]

    @property
    def more_times(self) -> int:
        return max(len(self.times) - MOST_TIMES, 0)

    @property
    def is_crowded(self) -> bool:
        """Whether the times need small type."""
        return len(self.shown_times) > 2

    @cached_property
    def codes(self) -> list[str]:
        """Its marks, the main goal first."""
        return self.page.mark_codes[:MOST_MARKS]

    @property
    def qr(self) -> SafeString:
        """Leads to the page in the reader's language."""
        label = _("QR code: this event on the web")
        return code_inline(self.furniture.short_url, label) if self.furniture.number else ""
