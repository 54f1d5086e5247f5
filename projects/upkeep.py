"""What indicators ask of who looks after them: a reason, a newer figure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import IndicatorPage
from .progress import Progress, Series, Standing, State
from .series import load_series, public_measurements, series_of


class Upkeep:
    """An indicator's page, how it stands, and what follows for who looks after it.

    newest_entered: the day on which the newest public figure was entered.
    """

    def __init__(self, page: IndicatorPage, series: Series, newest_entered: datetime.date | None):
        self.page = page
        self.newest_entered = newest_entered
        self.standing = Standing(series, timezone.localdate())

    @property
    def lacks_reason(self) -> bool:
        """Whether the city owes a reason: there is none, or it is older than what it is owed
        for. One that was written together with the figure is not older than it."""
        owed, page = self.standing.owed, self.page
        if not owed:
            return False
        if not page.response.strip() or page.response_on is None:
            return True
        return page.response_on < max(self._owed_since(progress) for progress in owed)

    def _owed_since(self, progress: Progress) -> datetime.date:
        """The day on which the figure was entered. For a goal that is due, that day too: what
        was written while its figure was missing does not answer for the figure."""
        if not progress.is_due:
            return self.newest_entered
        if progress.figure and progress.figure == self.standing.newest:
            return max(progress.goal.due, self.newest_entered)
        return progress.goal.due

    @property
    def asked_for(self) -> list[str]:
        """What staff are asked for, in words; nothing where all is well."""
        words = [
            (self.lacks_reason, _("Reason and what comes next")),
            (self.standing.is_old or self.standing.state == State.DUE, _("A newer figure")),
        ]
        return [word for is_missing, word in words if is_missing]


def upkeep_of(pages: QuerySet[IndicatorPage]) -> list[Upkeep]:
    """What these pages of the source tree ask for, in their order. Two queries."""
    newest = public_measurements().filter(indicator=OuterRef("pk")).order_by("-period_end")
    rows = list(pages.annotate(newest_entered_at=Subquery(newest.values("entered_at")[:1])))
    series = load_series(IndicatorPage.objects.filter(pk__in=[page.pk for page in rows]))
    return [
        Upkeep(
            page,
            series.get(page.translation_key) or series_of(page, ()),
            page.newest_entered_at and timezone.localdate(page.newest_entered_at),
        )
        for page in rows
    ]


def upkeep_of_page(page: IndicatorPage, measurements: Iterable) -> Upkeep:
    """What a page asks for as it is in memory. measurements: the public ones, in any order."""
    measurements = list(measurements)
    newest = max(measurements, key=lambda row: row.period_end, default=None)
    return Upkeep(
        page,
        series_of(page, measurements),
        newest and timezone.localdate(newest.entered_at),
    )
