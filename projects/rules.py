"""When an indicator may go public, and what a new figure must be: in one screen.

Whether things go well is a formula's business (``progress``). It can only be trusted where
baseline and goals do not contradict each other, so that is asked before the public sees them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date
from kiyose.japanese.periods import Period
from kiyose.pages.publishing import Problem
from kiyose.translation.sources import is_source

# The page type asks these rules in its form, so its classes are looked up when they are asked.
from . import models


@dataclass(frozen=True)
class GoalProblem(Problem):
    """A problem of one goal: of which row in the list, and of which field of it."""

    row: int = 0
    cell: str = "value"


def indicator_problems(page, goals: list) -> Iterator[Problem]:
    """What keeps an indicator from going public. goals: its goals, in the order of the form.

    Asked of originals only: the facts of a translation are those of its original.
    """
    if not is_source(page):
        return
    if not page.unit.strip():
        yield Problem(_("Say in which unit the figures are, for example 人 or %."), "unit")
    if not page.better:
        yield Problem(_("Say which way is good; the state depends on it."), "better")
    yield from baseline_problems(page)
    yield from goal_problems(page, goals)
    if page.response.strip() and not page.response_on:
        yield Problem(_("Say on which day this was written."), "response_on")
    if page.response_on and page.response_on > timezone.localdate():
        # A day to come would count as an answer to figures that nobody knows yet.
        yield Problem(_("This day is still to come. Give the day of writing."), "response_on")
    if page.response_on and not page.response.strip():
        yield Problem(_("There is a date, but no reason yet."), "response")


def baseline_problems(page) -> Iterator[Problem]:
    """Each kind of beginning asks for other things."""
    kind, value = page.baseline_kind, page.baseline_value
    if page.path_kind == models.PathKind.FLOOR and kind != models.BaselineKind.MEASURED:
        message = _("What is to be kept must have been measured: choose “Measured”.")
        yield Problem(message, "baseline_kind")
    if kind == models.BaselineKind.NONE:
        if value is not None:
            message = _("A baseline has a value only where it was measured, or begins at zero.")
            yield Problem(message, "baseline_value")
        return
    if not page.baseline_period:
        yield Problem(_("Say when the baseline was true."), "baseline_period")
    elif (end := Period.from_code(page.baseline_period).end) > timezone.localdate():
        message = _("This period is not over before %(day)s, so it cannot be the baseline.")
        shown = {"day": format_date(end, translation.get_language())}
        yield Problem(message % shown, "baseline_period")
    if not page.baseline_source_id:
        yield Problem(_("Say where the baseline is taken from."), "baseline_source")
    if kind == models.BaselineKind.MEASURED and value is None:
        yield Problem(_("Give the value that was measured."), "baseline_value")
    if kind == models.BaselineKind.ZERO:
        if value:
            message = _("A running total begins at zero; leave the value empty.")
            yield Problem(message, "baseline_value")
        if not page.cumulative:
            message = _("Only a running total begins at zero: tick “running total” as well.")
            yield Problem(message, "baseline_kind")


def goal_problems(page, goals: list) -> Iterator[Problem]:
    """Whether there is a goal in force, and whether each makes sense after the baseline."""
    today = timezone.localdate()
    in_force = [
        (row, goal)
        for row, goal in enumerate(goals)
        if goal.replaced_on is None or goal.replaced_on > today
    ]
    # One that is only to be replaced later would leave the indicator without a goal then.
    if all(goal.replaced_on for goal in goals):
        yield Problem(_("An indicator needs at least one goal that is in force."), "goals")
    yield from _day_problems(goals)
    days: set[datetime.date] = set()
    for row, goal in in_force:
        if goal.due_date in days:
            message = _("The goal for %(goal)s is due on the same day as another one in force.")
            yield GoalProblem(_of(goal, message), "goals", row, "due")
        days.add(goal.due_date)
    begin = _baseline_of(page)
    for row, goal in enumerate(goals):
        if begin and goal.due_date <= begin[0].end:
            message = _("The goal for %(goal)s is due before the way to it begins.")
            yield GoalProblem(_of(goal, message), "goals", row, "period")
    if begin and page.better:
        for row, goal in in_force:
            message = _side_problem(page, begin[1], goal.value)
            if message:
                yield GoalProblem(_of(goal, message), "goals", row)


def _day_problems(goals: list) -> Iterator[Problem]:
    """Whether the days of each goal fit together."""
    for row, goal in enumerate(goals):
        period = Period.from_code(goal.period)
        # Figures of the period decide: on another day there might be none of them.
        if goal.due and not period.begin <= goal.due <= period.end:
            message = _("The goal for %(goal)s is not due within that time. Check this day.")
            yield GoalProblem(_of(goal, message), "goals", row, "due")
        # Else a goal that was missed could be taken out of sight afterwards.
        elif goal.replaced_on and goal.replaced_on > goal.due_date:
            message = _(
                "The goal for %(goal)s was due before this day: it has been reached or missed, "
                "and stays. Leave this empty."
            )
            yield GoalProblem(_of(goal, message), "goals", row, "replaced_on")


def _baseline_of(page) -> tuple | None:
    """Period and value of a complete baseline."""
    if page.baseline_kind == models.BaselineKind.NONE or not page.baseline_period:
        return None
    if page.baseline_kind == models.BaselineKind.ZERO:
        return Period.from_code(page.baseline_period), 0
    if page.baseline_value is None:
        return None
    return Period.from_code(page.baseline_period), page.baseline_value


def _side_problem(page, begin, value) -> str:
    """On which side of the baseline a goal may be; empty if it is there."""
    is_better = value > begin if page.better == models.Better.HIGHER else value < begin
    if page.path_kind == models.PathKind.FLOOR:
        if is_better:
            return _(
                "The goal for %(goal)s is better than the baseline, so it is to be reached: "
                "choose “To reach”."
            )
    elif value == begin:
        return _(
            "The goal for %(goal)s is the same as the baseline. If that is to be kept, choose "
            "“To keep”."
        )
    elif not is_better:
        return _(
            "The goal for %(goal)s is worse than the baseline. Check the values and which way is "
            "good; if change for the worse is allowed, choose “To keep”."
        )
    return ""


def _of(goal, message: str) -> str:
    return message % {"goal": Period.from_code(goal.period).label(translation.get_language())}


def figure_problems(figure, indicator, period: Period) -> Iterator[Problem]:
    """What keeps a figure, new or corrected, from being entered for this period."""
    # By its last day: 2025-03-31 and 令和6年度 would be two figures for one point of the line.
    same = models.Measurement.objects.filter(indicator=indicator, period_end=period.end)
    yield from period_problems(figure, indicator, period, same.exclude(pk=figure.pk).first())


def period_problems(figure, indicator, period: Period, other) -> Iterator[Problem]:
    """The same for who knows whether there is another figure with that last day."""
    language = translation.get_language()
    if period.end > timezone.localdate():
        message = _("This period is not over before %(day)s. A figure can be entered after that.")
        yield Problem(message % {"day": format_date(period.end, language)}, "period")
    if other:
        message = _("There is a figure for this period already (%(period)s): correct that one.")
        yield Problem(message % {"period": other.when.label(language)}, "period")
    begin = _baseline_of(indicator)
    # A figure that was public before may have become the baseline of a new plan.
    if begin and begin[0].end == period.end and not figure.first_published_at:
        message = _(
            "This is when the baseline was true (%(period)s). If that is wrong, correct it on the "
            "page of the indicator."
        )
        yield Problem(message % {"period": begin[0].label(language)}, "period")
