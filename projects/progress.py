"""The state of an indicator: a formula that is shown, and cannot flatter.

With a baseline the way to a goal is a straight line from the baseline's day to the goal's
due date. A figure is compared with the line **on the day of the figure**, so that time
passing without figures makes nothing better. Open SDG divides growth rates instead; that
breaks where the baseline is zero, and is generous early on (references, "SDG features").

    line(t) = B + (G - B) x (t - b) / (d - b)        b <= t <= d

B, b: value and day of the baseline; G, d: value and due date of the goal; v, t: value and
day of the figure. Everything is exact: whole days and decimals, compared without dividing.

=====================  =================================================================
state                  when (written for "the higher the better")
=====================  =================================================================
reached                v >= G; where a line must only not be crossed, not before d
on track               v >= line(t)
behind                 v <  line(t)
going the wrong way    v <  B, where G is to be reached
not measured yet       no figure since the baseline, and d has not passed
due but not published  d has passed, and no figure of the fiscal year of d is public
=====================  =================================================================

Without a baseline there is no line and no word about progress: reached, not reached, due
but not published, no figure yet.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from kiyose.japanese.periods import Period, fiscal_year_of, months_after

from .models import Better, PathKind

DAYS_PER_YEAR = Decimal("365.25")


class State(models.TextChoices):
    """Every state there is, in the order in which they are counted and shown."""

    REACHED = "reached", _("Reached")
    ON_TRACK = "on-track", _("On track")
    BEHIND = "behind", _("Behind")
    WRONG_WAY = "wrong-way", _("Going the wrong way")
    NOT_REACHED = "not-reached", _("Not reached")
    DUE = "due", _("Due but not published")
    NOT_MEASURED = "not-measured", _("Not measured yet")
    NO_FIGURE = "no-figure", _("No figure yet")


# Of two figures the better one never has the worse state.
FROM_WORST_TO_BEST = (State.WRONG_WAY, State.BEHIND, State.ON_TRACK, State.REACHED)
# The city owes its citizens a reason, and a word about what it will do; once the goal is due,
# also where it was missed.
ASKS_FOR_A_REASON = frozenset({State.BEHIND, State.WRONG_WAY, State.DUE})
ASKS_ONCE_DUE = ASKS_FOR_A_REASON | {State.NOT_REACHED}


@dataclass(frozen=True)
class Figure:
    """A value and when it was true: a measurement, or a baseline."""

    period: Period
    value: Decimal
    is_provisional: bool = False
    source_id: int | None = field(default=None, compare=False)

    @property
    def day(self) -> datetime.date:
        return self.period.end


@dataclass(frozen=True)
class Goal:
    """A value to be reached, or not to be crossed, by the due date."""

    period: Period
    due: datetime.date
    value: Decimal
    replaced_on: datetime.date | None = None
    source_id: int | None = field(default=None, compare=False)

    def is_in_force(self, today: datetime.date) -> bool:
        return self.replaced_on is None or self.replaced_on > today


@dataclass(frozen=True)
class Progress:
    """How things stand with one goal, and everything that the formula used."""

    goal: Goal
    state: State
    is_due: bool  # whether the due date has passed
    figure: Figure | None = None
    expected: Decimal | None = None  # the line on the figure's day; None without a line
    days_passed: int | None = None  # from the baseline to the figure, or to the due date
    days_in_all: int | None = None

    @property
    def asks_for_a_reason(self) -> bool:
        return self.state in (ASKS_ONCE_DUE if self.is_due else ASKS_FOR_A_REASON)


@dataclass(frozen=True)
class Series:
    """The facts of one indicator that its state follows from.

    goals: in the order of their due dates; figures: the public ones, oldest first.
    """

    better: str
    path_kind: str
    baseline: Figure | None = None
    goals: tuple[Goal, ...] = ()
    figures: tuple[Figure, ...] = ()
    rhythm_months: int = 12
    cumulative: bool = field(default=False)
    # What lists find the indicator under. No formula reads it.
    pillar_id: int | None = field(default=None, compare=False)
    goal_numbers: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def newest(self) -> Figure | None:
        """The newest figure. What lies before the baseline is history, and no news."""
        newest = self.figures[-1] if self.figures else None
        is_news = newest and (self.baseline is None or newest.day > self.baseline.day)
        return newest if is_news else None

    def goals_in_force(self, today: datetime.date) -> list[Goal]:
        return [goal for goal in self.goals if goal.is_in_force(today)]

    def main_goal(self, today: datetime.date) -> Goal | None:
        """The goal in force that is due next; after the last one is due, that one."""
        goals = self.goals_in_force(today)
        coming = [goal for goal in goals if goal.due >= today]
        return coming[0] if coming else (goals[-1] if goals else None)

    def main_progress(self, today: datetime.date) -> Progress | None:
        """What the indicator is counted as. None only while it has no goal in force."""
        goal = self.main_goal(today)
        return self.progress(goal, today) if goal else None

    def progress(self, goal: Goal, today: datetime.date) -> Progress:
        """The state towards one goal on a day, with the numbers that it follows from."""
        is_due = today > goal.due
        figure = self._deciding_figure(goal, today)
        if figure is None:
            return Progress(goal, self._state_without_figure(is_due), is_due)
        if self.baseline is None:
            has_come = is_due or self.path_kind == PathKind.TARGET
            reached = has_come and self._is_as_good(figure.value, goal.value)
            state = State.REACHED if reached else State.NOT_REACHED
            return Progress(goal, state, is_due, figure)
        # A figure that decides lies after the baseline and not after the due date, so there
        # is always a way to go.
        days_in_all = (goal.due - self.baseline.day).days
        passed = days_in_all if is_due else (figure.day - self.baseline.day).days
        return Progress(
            goal,
            self._state_on_the_line(goal, figure, passed, days_in_all, is_due),
            is_due,
            figure,
            self.baseline.value + (goal.value - self.baseline.value) * passed / days_in_all,
            passed,
            days_in_all,
        )

    def _deciding_figure(self, goal: Goal, today: datetime.date) -> Figure | None:
        """The newest figure; once a goal is due, the newest of the fiscal year that it was
        due in. What lies before the baseline is history and decides nothing."""
        since = self.baseline.day if self.baseline else datetime.date.min
        candidates = [figure for figure in self.figures if since < figure.day <= today]
        if today > goal.due:
            year = fiscal_year_of(goal.due)
            candidates = [
                figure
                for figure in candidates
                if figure.day <= goal.due and figure.period.fiscal_year == year
            ]
        return candidates[-1] if candidates else None

    def _state_without_figure(self, is_due: bool) -> State:
        if is_due:
            return State.DUE
        return State.NO_FIGURE if self.baseline is None else State.NOT_MEASURED

    def _state_on_the_line(
        self, goal: Goal, figure: Figure, passed: int, days_in_all: int, is_due: bool
    ) -> State:
        begin = self.baseline.value
        # Both sides times the days in all: dividing could round.
        is_on_line = self._is_as_good(
            (figure.value - begin) * days_in_all, (goal.value - begin) * passed
        )
        if self.path_kind == PathKind.FLOOR:
            if is_due:
                held = self._is_as_good(figure.value, goal.value)
                return State.REACHED if held else State.BEHIND
            return State.ON_TRACK if is_on_line else State.BEHIND
        if self._is_as_good(figure.value, goal.value):
            return State.REACHED
        if not self._is_as_good(figure.value, begin):
            return State.WRONG_WAY
        return State.ON_TRACK if is_on_line else State.BEHIND

    def _is_as_good(self, value: Decimal, other: Decimal) -> bool:
        return value >= other if self.better == Better.HIGHER else value <= other

    def is_old(self, today: datetime.date) -> bool:
        """Whether the newest figure is older than the indicator's rhythm."""
        newest = self.newest
        return newest is not None and whole_months_after(newest.day, self.rhythm_months) < today


class Standing:
    """How an indicator stands on a day: what is counted, shown on cards, and owed.

    progress, goal, state: towards the main goal; None while no goal is in force.
    """

    def __init__(self, series: Series, today: datetime.date):
        self.series = series
        self.today = today
        self.newest = series.newest
        self.progress = series.main_progress(today)
        self.goal = self.progress.goal if self.progress else None
        self.state = self.progress.state if self.progress else None
        self.is_due = bool(self.progress) and self.progress.is_due
        self.is_floor = series.path_kind == PathKind.FLOOR
        self.is_old = series.is_old(today)

    @property
    def owed(self) -> list[Progress]:
        """The goals in force, each with its state, for which the city owes a reason."""
        return [progress for progress in self._ways if progress.asks_for_a_reason]

    @property
    def earlier(self) -> list[Progress]:
        """The goals that were due before the one that is counted."""
        return [
            progress for progress in self._ways if progress.is_due and progress.goal != self.goal
        ]

    @property
    def missed(self) -> list[Progress]:
        """Those of them that were not reached or have no figure: the next goal does not make
        anybody forget them."""
        return [progress for progress in self.earlier if progress.asks_for_a_reason]

    @property
    def _ways(self) -> list[Progress]:
        goals = self.series.goals_in_force(self.today)
        return [self.series.progress(goal, self.today) for goal in goals]

    @property
    def source_ids(self) -> list[int]:
        """Where the newest figure and the main goal were taken from, each document once."""
        keys = (fact.source_id for fact in (self.newest, self.goal) if fact)
        return list(dict.fromkeys(key for key in keys if key))


def whole_months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the month's last day stays the last one."""
    later = months_after(day, months)
    is_months_end = (day + datetime.timedelta(days=1)).day == 1
    return Period(later.year, later.month).end if is_months_end else later


@dataclass(frozen=True)
class Speed:
    """The change per year between two values, and the numbers it was made of."""

    begin: Decimal
    end: Decimal
    years: Decimal

    @property
    def per_year(self) -> Decimal:
        """Rounded to one decimal, as the proposal gives it; negative for a loss."""
        return round((self.end - self.begin) / self.years, 1)


def years_between(begin: Period, end: Period | datetime.date) -> Decimal:
    """By days where both are known to the month; else by the numbers of the years, as the
    source itself counts."""
    end_day = end if isinstance(end, datetime.date) else end.end
    is_rough = begin.month is None and not begin.is_fiscal_year
    if isinstance(end, Period):
        is_rough = is_rough or (end.month is None and not end.is_fiscal_year)
    if is_rough:
        return Decimal(end_day.year - begin.year)
    return (end_day - begin.end).days / DAYS_PER_YEAR


def speed(begin: Figure, value: Decimal, end: Period | datetime.date) -> Speed | None:
    """From a figure to a value at a later time; None where no time lies between."""
    years = years_between(begin.period, end)
    return Speed(begin.value, value, years) if years > 0 else None
