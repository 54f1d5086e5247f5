"""How an indicator stands today, and whether staff have something to do about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import IndicatorPage
from .progress import Progress, Series, State
from .series import load_series, public_measurements, series_of


@dataclass(frozen=True)
class Standing:
    """An indicator's page, its series, and what follows for who looks after it.

    newest_entered: the day on which the newest public figure was entered.
    """

    page: IndicatorPage
    series: Series
    newest_entered: datetime.date | None
    today: datetime.date

    @property
    def progress(self) -> Progress | None:
        return self.series.main_progress(self.today)

    @property
    def state(self) -> State | None:
        return self.progress.state if self.progress else None

    @property
    def is_old(self) -> bool:
        return self.series.is_old(self.today)

    @property
    def lacks_reason(self) -> bool:
        """Whether the city owes a reason: there is none, or it was written about an earlier
        figure. One that was written together with the figure is not older than it."""
        progress, page = self.progress, self.page
        if progress is None or not progress.asks_for_a_reason:
            return False
        if not page.response.strip() or page.response_on is None:
            return True
        since = progress.goal.due if progress.state == State.DUE else self.newest_entered
        return page.response_on < since

    @property
    def asked_for(self) -> list[str]:
        """What staff are asked for, in words; nothing where all is well."""
        words = [
            (self.lacks_reason, _("Reason and what comes next")),
            (self.is_old or self.state == State.DUE, _("A newer figure")),
        ]
        return [word for is_missing, word in words if is_missing]


def standings(pages: QuerySet[IndicatorPage]) -> list[Standing]:
    """How these pages of the source tree stand, in their order. Two queries."""
    newest = public_measurements().filter(indicator=OuterRef("pk")).order_by("-period_end")
    rows = list(pages.annotate(newest_entered_at=Subquery(newest.values("entered_at")[:1])))
    series = load_series(IndicatorPage.objects.filter(pk__in=[page.pk for page in rows]))
    return [
        Standing(
            page,
            series.get(page.translation_key) or series_of(page, ()),
            page.newest_entered_at and timezone.localdate(page.newest_entered_at),
            timezone.localdate(),
        )
        for page in rows
    ]


def standing_of(page: IndicatorPage, measurements: Iterable) -> Standing:
    """How a page stands as it is in memory. measurements: the public ones, in any order."""
    measurements = list(measurements)
    newest = max(measurements, key=lambda row: row.period_end, default=None)
    return Standing(
        page,
        series_of(page, measurements),
        newest and timezone.localdate(newest.entered_at),
        timezone.localdate(),
    )
