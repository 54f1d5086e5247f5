"""What reviewers think of an application, as points of 100.

A reviewer gives 0 to 5 points for each criterion. Points count by the weights of the
criteria, and the whole is a hundred whatever the weights add up to. With the same formula
over the scores of several reviewers comes their average.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import F, FloatField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from kiyose.pages.facts import source_rows

from .models import Application, Criterion, SchemeYear, Score

TENTH = Decimal("0.1")

# Of the scores that are grouped.
OF_A_HUNDRED = (
    Cast(Sum(F("points") * F("criterion__weight")), FloatField())
    * 100.0
    / (Criterion.MOST_POINTS * Sum("criterion__weight"))
)


def criteria_of(scheme: SchemeYear) -> QuerySet[Criterion]:
    """What is scored in a year."""
    return Criterion.objects.filter(scheme=scheme, **source_rows())


def with_average(applications: QuerySet[Application], reviewer=None) -> QuerySet[Application]:
    """The applications with ``average``: of all reviewers, or what one of them gave; None
    where there is no score yet."""
    scores = Score.objects.filter(application=OuterRef("pk"))
    if reviewer is not None:
        scores = scores.filter(reviewer=reviewer)
    grouped = scores.order_by().values("application").annotate(total=OF_A_HUNDRED)
    return applications.annotate(average=Subquery(grouped.values("total")[:1]))


def rounded(total: float | None) -> Decimal | None:
    """As it is shown: one digit behind the point."""
    if total is None:
        return None
    return Decimal(total).quantize(TENTH, rounding=ROUND_HALF_UP)


def is_below(total: float | None, scheme: SchemeYear) -> bool:
    """Whether the total, as it is shown, misses the pass mark."""
    return total is not None and rounded(total) < scheme.pass_mark


def totals(application: Application) -> list[tuple[object, Decimal]]:
    """Each reviewer with their total, in the order of their names."""
    by_reviewer: dict = {}
    rows = Score.objects.filter(application=application).select_related("criterion", "reviewer")
    for row in rows.order_by("reviewer__username", "criterion__position", "criterion"):
        by_reviewer.setdefault(row.reviewer, []).append(row)
    return [(reviewer, rounded(_total(scores)), scores) for reviewer, scores in by_reviewer.items()]


def _total(scores: list[Score]) -> float:
    weights = sum(score.criterion.weight for score in scores)
    points = sum(score.points * score.criterion.weight for score in scores)
    return 100 * points / (Criterion.MOST_POINTS * weights)


@transaction.atomic
def give(application: Application, reviewer, points: dict[Criterion, tuple[int, str]]) -> None:
    """Keep a reviewer's points and remark for each criterion, in place of earlier ones."""
    for criterion, (given, remark) in points.items():
        Score.objects.update_or_create(
            application=application,
            criterion=criterion,
            reviewer=reviewer,
            defaults={"points": given, "remark": remark},
        )
