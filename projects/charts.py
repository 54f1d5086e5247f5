"""The geometry of a chart over time: where every mark, line, tick and label stands.

Nothing here knows an indicator or a language. What is to be seen comes in as marks with
their labels, what goes out are coordinates in a box, which a template draws as SVG.
Time runs with the reader: in right-to-left languages the whole drawing is mirrored.
"""

from __future__ import annotations

import datetime
import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from kiyose.japanese.numbers import plain_number
from kiyose.japanese.periods import Period, fiscal_year_of

# From the mark's middle to its edge.
REACH = 8
# Of a square, a circle and a diamond, around the mark's own middle.
SQUARE = "M-5.5-5.5h11v11h-11z"
CIRCLE = "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0z"
DIAMOND = "M0-7.5 7.5 0 0 7.5-7.5 0z"
CROSSED_DIAMOND = f"{DIAMOND}M-8 5.5 8-5.5"

ROUND_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
STEPS_OF_YEARS = (1, 2, 5, 10, 20, 50, 100)
# A label may move away from its mark by so many lines before it is left out.
FARTHEST = 3
# What it costs a label to cover a piece of a line; its places cost one more each, in order.
COVERING = 0.5
SAMPLE = 4


@dataclass(frozen=True)
class Form:
    """A size that charts are drawn in. The drawing is scaled as a whole: where it stands,
    the width of the screen says which form keeps its letters readable."""

    name: str
    width: int
    height: int
    letters: int  # their size; 0 draws neither labels nor axes
    padding: int  # between the edges of the plot and the marks
    value_ticks: int = 5


WIDE = Form("wide", 760, 400, letters=15, padding=28)
NARROW = Form("narrow", 328, 330, letters=13, padding=18)
SMALL = Form("small", 280, 72, letters=0, padding=12)


@dataclass(frozen=True)
class Mark:
    """Something to be seen: a value on a day. ``kind`` says how it is drawn; labels of the
    lowest rank find their places first, and the last ones may find none."""

    kind: str
    day: datetime.date
    value: Decimal
    label: str = ""
    rank: int = 0


# From a mark to a mark, or any two values on days.
Way = tuple[Mark, Mark]


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def is_inside(self, other: Box) -> bool:
        return other.holds(self.left, self.top) and other.holds(self.right, self.bottom)


@dataclass(frozen=True)
class Placed:
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Label:
    """Text from (x, y) on its baseline. ``anchor`` is SVG's: it follows the direction of the
    language, so mirroring leaves it alone."""

    kind: str
    text: str
    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Chart:
    """All coordinates of one drawing, within ``form.width`` and ``form.height``."""

    form: Form
    plot: Box
    marks: tuple[Placed, ...]
    trail: tuple[tuple[float, float], ...]
    ways: tuple[Line, ...]
    labels: tuple[Label, ...]
    value_ticks: tuple[Tick, ...]
    year_ticks: tuple[Tick, ...]
    years: tuple[float, ...]  # the end of every fiscal year, named by a tick or not
    starts_at_zero: bool
    unit: str = ""
    is_mirrored: bool = False

    @property
    def trail_points(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.trail)

    @property
    def unit_x(self) -> float:
        """Where the unit begins: at the side that reading begins."""
        return self.form.width - 1 if self.is_mirrored else 1

    @property
    def unit_length(self) -> int | None:
        """How long the unit is written where it would not fit otherwise: a bit closer."""
        room = self.form.width - 2
        return room if width_of(self.unit, self.form.letters) > room else None

    @property
    def values_x(self) -> float:
        """Where the names of the values end: beside the plot, at the same side."""
        return self.plot.right + 8 if self.is_mirrored else self.plot.left - 8


def lay_out(
    marks: Sequence[Mark],
    *,
    trail: Sequence[Mark] = (),
    ways: Sequence[Way] = (),
    year_text: Callable[[int], str] = str,
    unit: str = "",
    form: Form = WIDE,
    is_mirrored: bool = False,
) -> Chart:
    """The chart of these marks; there is at least one.

    trail: the marks that a line joins, in the order of time; ways: lines of their own;
    year_text: the name of a fiscal year on the axis; unit: what stands above the values.
    """
    seen = [*marks, *trail, *(end for way in ways for end in way)]
    values = value_ticks([mark.value for mark in seen], form.value_ticks)
    first, last = span_of_days([mark.day for mark in seen])
    plot = _plot(form, values, year_text(fiscal_year_of(last)))
    scale = _Scale(plot, form.padding, first, last, values[0], values[-1])
    years = list(_fiscal_years(first, last))
    named = _named_years(years, marks, form, plot, year_text) if form.letters else []
    placed = [Placed(mark.kind, *scale.point(mark)) for mark in marks]
    points = tuple(scale.point(mark) for mark in trail)
    lines = tuple(Line(*scale.point(begin), *scale.point(end)) for begin, end in ways)
    room = Box(plot.left + 2, form.letters * 1.3, form.width, plot.bottom - 2)
    chart = Chart(
        form=form,
        plot=plot,
        marks=tuple(placed),
        trail=points,
        ways=lines,
        labels=tuple(_labels(marks, placed, [*lines, *_pieces(points)], room, form.letters)),
        value_ticks=tuple(Tick(scale.y(value), plain_number(value)) for value in values),
        year_ticks=tuple(Tick(scale.x(_year_end(year)), year_text(year)) for year in named),
        years=tuple(scale.x(_year_end(year)) for year in years),
        starts_at_zero=values[0] <= 0 <= values[-1],
        unit=unit,
    )
    return _mirror(chart) if is_mirrored else chart


# Scales


def value_ticks(values: Sequence[Decimal], most: int) -> list[Decimal]:
    """Round numbers, evenly apart, from at or below all values to at or above them.

    Zero is among them unless that would press everything together; whole numbers are not
    divided.
    """
    low, high = min(values), max(values)
    if low == high or 0 < 2 * low <= high or low <= 2 * high < 0:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = Decimal(1)
    are_whole = all(value == value.to_integral_value() for value in values)
    step = _round_step((high - low) / most, are_whole)
    begin = (low / step).to_integral_value(ROUND_FLOOR)
    end = (high / step).to_integral_value(ROUND_CEILING)
    return [step * (begin + n) for n in range(int(end - begin) + 1)]


def _round_step(least: Decimal, is_whole: bool) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    steps = [step * power * tens for tens in (1, 10) for step in ROUND_STEPS]
    if is_whole:
        steps = [Decimal(1), *(step for step in steps if step == step.to_integral_value())]
    return next(step for step in steps if step >= least)


def span_of_days(days: Iterable[datetime.date]) -> tuple[datetime.date, datetime.date]:
    """The first and the last day; less than a year is widened to whole fiscal years."""
    days = list(days)
    first, last = min(days), max(days)
    if (last - first).days < 366:
        first = min(first, _year_end(fiscal_year_of(first) - 1))
        last = max(last, _year_end(fiscal_year_of(last)))
    return first, last


def _year_end(year: int) -> datetime.date:
    return Period(year, is_fiscal_year=True).end


def _fiscal_years(first: datetime.date, last: datetime.date) -> Iterator[int]:
    """The fiscal years that end between the days, these included."""
    for year in range(first.year - 1, last.year):
        if first <= _year_end(year) <= last:
            yield year


def _named_years(years, marks, form, plot, year_text) -> list[int]:
    """Every year that there is room to name; else every second, fifth …, if possible so
    that the years of the goals are among them."""
    wanted = {fiscal_year_of(mark.day) for mark in marks if mark.kind == "goal"}
    wanted &= set(years)
    anchor = max(wanted or years)
    room = plot.right - plot.left - 2 * form.padding
    most = max(int(room // (width_of(year_text(anchor), form.letters) * 1.25)), 2)
    choices = [[year for year in years if (year - anchor) % step == 0] for step in STEPS_OF_YEARS]
    fitting = [choice for choice in choices if len(choice) <= most]
    with_goals = (choice for choice in fitting[:2] if wanted <= set(choice))
    return next(with_goals, fitting[0])


@dataclass(frozen=True)
class _Scale:
    """From days and values to coordinates, rounded as they are written."""

    plot: Box
    padding: int
    first: datetime.date
    last: datetime.date
    low: Decimal
    high: Decimal

    def x(self, day: datetime.date) -> float:
        part = (day - self.first).days / (self.last - self.first).days
        left, right = self.plot.left + self.padding, self.plot.right - self.padding
        return round(left + part * (right - left), 1)

    def y(self, value: Decimal) -> float:
        part = float((value - self.low) / (self.high - self.low))
        return round(self.plot.bottom - part * (self.plot.bottom - self.plot.top), 1)

    def point(self, mark: Mark) -> tuple[float, float]:
        return self.x(mark.day), self.y(mark.value)


def _plot(form: Form, values: Sequence[Decimal], year: str) -> Box:
    """What is left for the plot beside the names of values and years."""
    if not form.letters:
        return Box(1, form.padding, form.width - 1, form.height - form.padding)
    names = max(width_of(plain_number(value), form.letters) for value in values)
    behind = max(width_of(year, form.letters) / 2 - form.padding, 0)
    return Box(
        round(names + 12, 1),
        form.letters * 3.2,
        round(form.width - behind - 2, 1),
        round(form.height - form.letters * 2.4, 1),
    )


# Labels


def width_of(text: str, letters: float) -> float:
    """How wide the text is at most, without asking a font: Japanese letters are square."""
    return sum(
        letters * (1.03 if unicodedata.east_asian_width(letter) in "WFA" else 0.64)
        for letter in text
    )


def _labels(marks, placed, lines: Sequence[Line], room: Box, letters: int) -> Iterator[Label]:
    """The labels that find a place: in the room, on no mark, on no other label; of these
    places the one that covers least of the lines."""
    if not letters:
        return
    taken = [_around(mark) for mark in placed]
    on_lines = [point for line in lines for point in _samples(line)]
    pairs = sorted(zip(marks, placed, strict=True), key=lambda pair: pair[0].rank)
    for mark, place in pairs:
        if not mark.label:
            continue
        best = None
        for cost, label in enumerate(_candidates(mark, place, letters)):
            if not label.box.is_inside(room) or any(label.box.overlaps(box) for box in taken):
                continue
            covered = sum(label.box.holds(x, y) for x, y in on_lines)
            if best is None or cost + covered * COVERING < best[0]:
                best = (cost + covered * COVERING, label)
        if best:
            taken.append(best[1].box)
            yield best[1]


def _candidates(mark: Mark, place: Placed, letters: int) -> Iterator[Label]:
    """Above, below and beside the mark, then farther away."""
    line = letters * 1.35
    beside = REACH + 4
    above, below, level = -(REACH + 5), REACH + letters, letters * 0.36
    steps = [
        *((0, above, "middle"), (0, below, "middle")),
        *((beside, level, "start"), (-beside, level, "end")),
        *((REACH, above, "end"), (-REACH, above, "start")),
        *((REACH, below, "end"), (-REACH, below, "start")),
    ]
    for lines in range(1, FARTHEST + 1):
        for anchor, x in (("middle", 0), ("end", REACH), ("start", -REACH)):
            steps += [(x, above - lines * line, anchor), (x, below + lines * line, anchor)]
    width = width_of(mark.label, letters)
    for right, down, anchor in steps:
        x, y = round(place.x + right, 1), round(place.y + down, 1)
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        box = Box(left, y - letters, left + width, y + letters * 0.3)
        yield Label(mark.kind, mark.label, x, y, anchor, box)


def _around(mark: Placed) -> Box:
    return Box(mark.x - REACH, mark.y - REACH, mark.x + REACH, mark.y + REACH)


def _pieces(points: Sequence[tuple[float, float]]) -> Iterator[Line]:
    for begin, end in itertools.pairwise(points):
        yield Line(*begin, *end)


def _samples(line: Line) -> Iterator[tuple[float, float]]:
    """Points along a line, a few units apart."""
    count = int(max(abs(line.x2 - line.x1), abs(line.y2 - line.y1)) // SAMPLE) + 1
    for n in range(count + 1):
        part = n / count
        yield line.x1 + part * (line.x2 - line.x1), line.y1 + part * (line.y2 - line.y1)


# Right to left


def _mirror(chart: Chart) -> Chart:
    def across(x: float) -> float:
        return round(chart.form.width - x, 1)

    def box(one: Box) -> Box:
        return Box(across(one.right), one.top, across(one.left), one.bottom)

    return replace(
        chart,
        is_mirrored=True,
        plot=box(chart.plot),
        marks=tuple(replace(mark, x=across(mark.x)) for mark in chart.marks),
        trail=tuple((across(x), y) for x, y in chart.trail),
        ways=tuple(replace(one, x1=across(one.x1), x2=across(one.x2)) for one in chart.ways),
        labels=tuple(
            replace(label, x=across(label.x), box=box(label.box)) for label in chart.labels
        ),
        year_ticks=tuple(replace(tick, at=across(tick.at)) for tick in chart.year_ticks),
        years=tuple(across(x) for x in chart.years),
    )
