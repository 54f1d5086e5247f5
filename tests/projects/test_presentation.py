"""A project's facts in the visitor's language."""

from __future__ import annotations

import pytest

from projects.models import ProjectFigure
from projects.presentation import date_of

Kind = ProjectFigure.Kind


@pytest.mark.parametrize(
    ("kind", "year", "month", "shown"),
    [
        (Kind.GOAL, 2030, None, "2030年"),
        (Kind.MEASURED, 2019, 8, "2019年8月"),
        (Kind.PLANNED_COST, 2023, None, "令和5年度（2023年度）"),
        (Kind.PLANNED_GRANT, 2024, None, "令和6年度（2024年度）"),
        (Kind.PLANNED_COST, None, None, ""),
    ],
)
def test_money_is_planned_by_fiscal_years(kind, year, month, shown):
    assert date_of(ProjectFigure(kind=kind, year=year, month=month), "ja") == shown
