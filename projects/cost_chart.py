"""A year's planned costs as bars that a server draws.

A row for each pillar: its name and amount as text, and below them the bar. Nothing is told
apart by colour. The lengths of all charts of a page are to one scale, and a language that
runs from right to left gets them mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation

WIDTH = 320
ROW_HEIGHT = 44
TEXT_Y, BAR_Y, BAR_HEIGHT = 16, 22, 14


@dataclass(frozen=True)
class Bar:
    """One row. pillar: its words, or None for what joins the pillars."""

    pillar: object
    amount: int | None
    text_y: int
    bar_y: int
    bar_x: int
    width: int


@dataclass(frozen=True)
class CostChart:
    """The chart of one fiscal year.

    costs: (words of the pillar or None, amount or None where the source names none) in order;
    longest: the amount that takes the whole width.
    """

    year: int
    costs: list[tuple]
    longest: int

    view_width = WIDTH
    bar_height = BAR_HEIGHT

    @property
    def height(self) -> int:
        return ROW_HEIGHT * len(self.costs)

    @property
    def is_right_to_left(self) -> bool:
        return translation.get_language_bidi()

    @property
    def start_x(self) -> int:
        return WIDTH if self.is_right_to_left else 0

    @property
    def end_x(self) -> int:
        return WIDTH - self.start_x

    @property
    def bars(self) -> list[Bar]:
        bars = []
        for place, (pillar, amount) in enumerate(self.costs):
            top = place * ROW_HEIGHT
            width = WIDTH * (amount or 0) // (self.longest or 1)
            x = WIDTH - width if self.is_right_to_left else 0
            bars.append(Bar(pillar, amount, top + TEXT_Y, top + BAR_Y, x, width))
        return bars
