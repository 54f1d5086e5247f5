"""Whether a plan of the city is in force on a day.

Fiscal years begin on 1 April and end on 31 March. The first line that applies decides:

| what the source says            | on the day                 | the plan        |
|---------------------------------|----------------------------|-----------------|
| the next plan starts on a day   | that day has come          | has ended       |
| a last fiscal year              | its 31 March has passed    | has ended       |
| a first fiscal year             | its 1 April is still ahead | has not begun   |
| that it is made anew every year |                            | is rolling      |
| any year, or that day           |                            | is in force     |
| nothing                         |                            | gives no years  |

A first year without a last one says that the plan has begun, and no more; the years that
stand beside the word say so too.
"""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from kiyose.japanese.periods import Period

from .models import Plan


class PlanStatus(models.TextChoices):
    NOT_BEGUN = "not_begun", pgettext_lazy("of a plan", "Not begun")
    IN_FORCE = "in_force", pgettext_lazy("of a plan", "In force")
    ROLLING = "rolling", pgettext_lazy("of a plan", "In force, made anew every year")
    ENDED = "ended", pgettext_lazy("of a plan", "Ended")
    NO_YEARS = "no_years", pgettext_lazy("of a plan", "The source gives no years")


def status_on(plan: Plan, day: datetime.date) -> PlanStatus:
    """What the table above says of a plan on a day in Japan."""
    first, last, next_starts = plan.first_fiscal_year, plan.last_fiscal_year, plan.next_starts
    if next_starts and next_starts <= day:
        return PlanStatus.ENDED
    if last and _fiscal_year(last).end < day:
        return PlanStatus.ENDED
    if first and _fiscal_year(first - 1).end >= day:
        return PlanStatus.NOT_BEGUN
    if plan.rolls_every_year:
        return PlanStatus.ROLLING
    return PlanStatus.IN_FORCE if first or last or next_starts else PlanStatus.NO_YEARS


def _fiscal_year(year: int) -> Period:
    return Period(year, is_fiscal_year=True)
