"""Who does what in the demonstration, and on which days: all counted from the day of loading.

Whatever the day, the window for applications is open, the last report was due two to three
months ago (so it is overdue where it is missing), and no certificate older than its three
years is in force.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, field
from itertools import count

from django.contrib.auth import get_user_model

from certified_orgs.decisions import Ruling
from certified_orgs.kinds import OrgKind
from certified_orgs.models import SchemeYear
from certified_orgs.moves import Actor
from certified_orgs.states import Who
from kiyose.japanese.periods import fiscal_year_of

from ..measurements import morning_of

WINDOWS = {OrgKind.COMPANY: "shokokai", OrgKind.GROUP: "katsudo"}
DECIDER, REVIEWER = "mirai", "department"

# At least; the due date is the last day of a month.
DAYS_SINCE_A_REPORT_WAS_DUE = 66
WINDOW_OPENED, WINDOW_CLOSES = 100, 45


@dataclass
class Office:
    """loader: says which day it is, and loads snippets and pages."""

    loader: object
    this_year: SchemeYear = field(init=False)
    last_year: SchemeYear = field(init=False)

    def __post_init__(self):
        self.today = self.loader.today
        self.fiscal_year = fiscal_year_of(self.today)
        names = [*WINDOWS.values(), DECIDER, REVIEWER]
        users = get_user_model().objects.filter(username__in=names)
        self.users = {user.username: user for user in users}
        self._papers = count(1)

    # Days

    def ago(self, days: int) -> datetime.date:
        return self.today - datetime.timedelta(days=days)

    @property
    def report_was_due(self) -> datetime.date:
        """The last due date of reports: in this fiscal year or in the one before."""
        day = self.ago(DAYS_SINCE_A_REPORT_WAS_DUE - 1)
        return day.replace(day=1) - datetime.timedelta(days=1)

    def report_due_in(self, fiscal_year: int) -> datetime.date:
        """The same month's last day in a fiscal year."""
        month = self.report_was_due.month
        year = fiscal_year if month >= 4 else fiscal_year + 1
        return datetime.date(year, month, calendar.monthrange(year, month)[1])

    @staticmethod
    def at(day: datetime.date) -> datetime.datetime:
        return morning_of(day)

    # People

    def window(self, kind: str) -> Actor:
        return Actor(Who.WINDOW, self.users.get(WINDOWS[OrgKind(kind)]))

    @property
    def decider(self) -> Actor:
        return Actor(Who.DECIDER, self.users.get(DECIDER))

    def ruling(self, reason: str, day: datetime.date) -> Ruling:
        """A paper that was approved and entered on the day."""
        drafted_on = day - datetime.timedelta(days=7)
        number = f"見本第{next(self._papers)}号"
        return Ruling(reason, drafted_on, day, number, self.at(day))
