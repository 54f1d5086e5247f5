"""Whether a plan is in force, at the borders of its years."""

from __future__ import annotations

import datetime

import pytest

from sdgs.models import Plan
from sdgs.plans import PlanStatus, status_on


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


YEARS = {"first_fiscal_year": 2023, "last_fiscal_year": 2025}
ROLLING = {"rolls_every_year": True}
NEXT = {"next_starts": day("2026-04-01")}


@pytest.mark.parametrize(
    ("facts", "on", "status"),
    [
        (YEARS, "2023-03-31", PlanStatus.NOT_BEGUN),
        (YEARS, "2023-04-01", PlanStatus.IN_FORCE),
        (YEARS, "2026-03-31", PlanStatus.IN_FORCE),
        (YEARS, "2026-04-01", PlanStatus.ENDED),
        ({"first_fiscal_year": 2023}, "2023-03-31", PlanStatus.NOT_BEGUN),
        ({"first_fiscal_year": 2023}, "2099-04-01", PlanStatus.IN_FORCE),
        ({"last_fiscal_year": 2025}, "2026-03-31", PlanStatus.IN_FORCE),
        ({"last_fiscal_year": 2025}, "2026-04-01", PlanStatus.ENDED),
        (NEXT, "2026-03-31", PlanStatus.IN_FORCE),
        (NEXT, "2026-04-01", PlanStatus.ENDED),
        (ROLLING, "2026-04-01", PlanStatus.ROLLING),
        (ROLLING | {"first_fiscal_year": 2023}, "2023-03-31", PlanStatus.NOT_BEGUN),
        (ROLLING | {"first_fiscal_year": 2023}, "2023-04-01", PlanStatus.ROLLING),
        # The long-term plan: made anew every year, until the next one begins.
        (ROLLING | NEXT, "2026-03-31", PlanStatus.ROLLING),
        (ROLLING | NEXT, "2026-04-01", PlanStatus.ENDED),
        # Whichever comes first ends it.
        (YEARS | {"next_starts": day("2025-10-01")}, "2025-10-01", PlanStatus.ENDED),
        (YEARS | {"next_starts": day("2026-10-01")}, "2026-04-01", PlanStatus.ENDED),
        ({}, "2026-04-01", PlanStatus.NO_YEARS),
    ],
)
def test_the_status_of_a_plan_follows_from_the_day(facts, on, status):
    assert status_on(Plan(name="見本の計画", **facts), day(on)) is status
