"""When an indicator may go public: asked of the page, and said beside the field."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kiyose.pages.publishing import PublishingRuleError, problems_of
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, SourceFactory
from projects.rules import GoalProblem
from tests.editor import edit_url, open_form, press, text_of
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TOMORROW = TODAY + datetime.timedelta(days=1)
BEFORE_DUE = datetime.date(2025, 6, 1)  # a day on which no goal of these tests was due


@pytest.fixture
def page(world):
    """Nothing is wrong with it: from 10 in 2020 to 20 in 2025 and 30 in 2030."""
    page = IndicatorPageFactory(
        parent=world.site.indicators,
        title="見本の指標",
        baseline=("FY2020", 10),
        goals={"FY2025": 20, "FY2030": 30},
    )
    publish(fresh(page))
    return fresh(page)


def goals(page, *changes: dict) -> None:
    """Change the goals of the page one after another, unsaved."""
    rows = list(page.goals.all())
    for row, values in zip(rows, changes, strict=False):
        for name, value in values.items():
            setattr(row, name, value)
    page.goals = rows


def set_values(page, values: dict) -> None:
    for name, value in values.items():
        setattr(page, name, value)


def places(page) -> list:
    """Where something is wrong: a field, or a row and a field of it."""
    return [
        (problem.row, problem.cell) if isinstance(problem, GoalProblem) else problem.field
        for problem in problems_of(page)
    ]


ZERO = {"baseline_kind": "zero", "baseline_value": None, "cumulative": True}
FLOOR = {"path_kind": "floor"}
LOWER = {"better": "lower"}

FINE = {
    "a measured baseline": ({}, ()),
    "no baseline": ({"baseline_kind": "none", "baseline_value": None}, ()),
    "from zero": (ZERO, ()),
    "from zero, written out": (ZERO | {"baseline_value": Decimal(0)}, ()),
    "to keep": (FLOOR, ({"value": 10}, {"value": 5})),
    "to keep, the lower the better": (FLOOR | LOWER, ()),
    "down": (LOWER, ({"value": 5}, {"value": -1})),
    "from below zero": ({"baseline_value": Decimal("-28.6")}, ({"value": -10}, {"value": 0})),
    "a reason with its day": ({"response": "雨のため", "response_on": TODAY}, ()),
    "a replaced goal may be anything": ({}, ({"value": 1, "replaced_on": BEFORE_DUE}, {})),
    "replaced on the day it was due": (
        {},
        ({"replaced_on": datetime.date(2026, 3, 31)}, {}),
    ),
    "due within its year": ({}, ({"due": datetime.date(2025, 12, 31)}, {})),
    "due with its year": ({}, ({"due": datetime.date(2025, 4, 1)}, {})),
    "a baseline of today": (
        {"baseline_period": TODAY.isoformat()},
        ({"period": "FY2035"}, {"period": "FY2036"}),
    ),
    "a goal to be replaced tomorrow": ({}, ({}, {"replaced_on": TOMORROW})),
    "a replaced goal on the same day": (
        {},
        ({"period": "FY2030", "replaced_on": BEFORE_DUE}, {}),
    ),
}

FAULTS = {
    "no unit": ({"unit": " "}, (), ["unit"]),
    "no direction": ({"better": ""}, (), ["better"]),
    "no goal in force": (
        {},
        ({"replaced_on": BEFORE_DUE}, {"replaced_on": BEFORE_DUE}),
        ["goals"],
    ),
    "no goal in force from tomorrow": (
        {},
        ({"replaced_on": BEFORE_DUE}, {"replaced_on": TOMORROW}),
        ["goals"],
    ),
    "a missed goal taken out of sight": (
        {},
        ({"replaced_on": datetime.date(2026, 4, 1)}, {}),
        [(0, "replaced_on")],
    ),
    "due after its year": ({}, ({"due": datetime.date(2026, 5, 31)}, {}), [(0, "due")]),
    "due before its year": ({}, ({"due": datetime.date(2025, 3, 31)}, {}), [(0, "due")]),
    "measured, but not yet": (
        {"baseline_period": TOMORROW.isoformat()},
        ({"period": "FY2035"}, {"period": "FY2036"}),
        ["baseline_period"],
    ),
    "measured, but when": ({"baseline_period": ""}, (), ["baseline_period"]),
    "measured, but what": ({"baseline_value": None}, (), ["baseline_value"]),
    "measured, but who says so": ({"baseline_source": None}, (), ["baseline_source"]),
    "no baseline, but a value": ({"baseline_kind": "none"}, (), ["baseline_value"]),
    "from zero, but not a total": (ZERO | {"cumulative": False}, (), ["baseline_kind"]),
    "from zero, but from ten": (ZERO | {"baseline_value": Decimal(10)}, (), ["baseline_value"]),
    "from zero, but when": (ZERO | {"baseline_period": ""}, (), ["baseline_period"]),
    "from zero, but who says so": (ZERO | {"baseline_source": None}, (), ["baseline_source"]),
    "a goal equal to the baseline": ({}, ({"value": 10},), [(0, "value")]),
    "a goal equal to zero": (ZERO, ({"value": 0},), [(0, "value")]),
    "a goal on the wrong side": ({}, ({}, {"value": 9}), [(1, "value")]),
    "both on the wrong side": (LOWER, (), [(0, "value"), (1, "value")]),
    "to keep, but better": (FLOOR, ({"value": 5}, {"value": 11}), [(1, "value")]),
    "to keep without a baseline": (
        FLOOR | {"baseline_kind": "none", "baseline_value": None},
        ({"value": 5}, {"value": 5}),
        ["baseline_kind"],
    ),
    "a goal before the baseline": ({}, ({"period": "FY2019"},), [(0, "period")]),
    "a goal due on the baseline's day": ({}, ({"period": "FY2020"},), [(0, "period")]),
    "two goals in force for one day": ({}, ({"period": "2031-03-31"},), [(1, "due")]),
    "a reason without a day": ({"response": "雨のため"}, (), ["response_on"]),
    "a reason from tomorrow": (
        {"response": "雨のため", "response_on": TOMORROW},
        (),
        ["response_on"],
    ),
    "a day without a reason": ({"response_on": TODAY}, (), ["response"]),
}


@pytest.mark.parametrize(("values", "changes"), FINE.values(), ids=FINE)
def test_what_makes_sense_goes_public(page, values, changes):
    set_values(page, values)
    goals(page, *changes)
    assert places(page) == []
    publish(page)


@pytest.mark.parametrize(("values", "changes", "wrong"), FAULTS.values(), ids=FAULTS)
def test_what_does_not_is_refused(page, values, changes, wrong):
    set_values(page, values)
    goals(page, *changes)
    assert places(page) == wrong
    revision = page.save_revision(clean=False)
    with pytest.raises(PublishingRuleError):
        revision.publish()


def test_an_indicator_without_any_goal_is_refused(page):
    page.goals = []
    assert places(page) == ["goals"]


def test_a_translation_follows_the_facts_of_its_original(page):
    english = translate(page)
    english.goals = []
    assert places(english) == []


def test_a_draft_may_be_unfinished(page, admin_client):
    answer = press(admin_client, edit_url(page), unit="", better="", baseline_period="")
    assert answer.status_code == 302
    assert fresh(page).unit == "人"


# In the editor


def publish_in_editor(client, page, **changes):
    return press(client, edit_url(page), "action-publish", **changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"baseline_period": ""}, "baseline_period"),
        ({"baseline_source": ""}, "baseline_source"),
        ({"baseline_kind": "zero"}, "baseline_kind"),
        ({"unit": ""}, "unit"),
        ({"response": "雨のため"}, "response_on"),
        ({"path_kind": "floor", "baseline_kind": "none", "baseline_value": ""}, "baseline_kind"),
        ({"baseline_value": "75％"}, "baseline_value"),
        ({"response": "雨のため", "response_on": "いつか"}, "response_on"),
        ({"rhythm_months": "0"}, "rhythm_months"),
        ({"rhythm_months": "40000"}, "rhythm_months"),
    ],
)
def test_the_reason_stands_beside_the_field(page, admin_client, changes, field):
    answer = publish_in_editor(admin_client, page, **changes)
    assert answer.status_code == 200
    assert len(answer.context["form"].errors[field]) == 1


@pytest.mark.parametrize(
    ("cell", "typed", "place"),
    [
        ("value", "10", "value"),
        ("value", "９", "value"),
        ("value", "20％", "value"),
        ("value", "", "value"),
        ("period", "令和元年度", "period"),
        ("period", "いつか", "period"),
        ("period", "2031-03-31", None),
        ("due", "2031-03-31", "due"),
        ("due", "令和8年2月30日", "due"),
        ("due", "令和8年3月", "due"),
        ("due", "9999-12-31", "due"),
        ("replaced_on", "2026-04-01", "replaced_on"),
    ],
)
def test_or_in_the_row_of_the_goal(page, admin_client, cell, typed, place):
    answer = publish_in_editor(admin_client, page, **{f"goals-0-{cell}": typed})
    assert answer.status_code == 200
    rows = answer.context["form"].formsets["goals"].forms
    wrong = rows[0] if place else rows[1]
    assert list(wrong.errors) == [place or "due"]
    message = text_of(answer)
    assert wrong.errors[place or "due"][0] in message
    assert [g.value for g in fresh(page).goals.all()] == [20, 30]


def test_the_unit_may_stand_behind_a_goal_and_the_baseline(page, admin_client):
    answer = publish_in_editor(
        admin_client,
        page,
        unit="％",
        **{"goals-0-value": "２５％", "goals-1-value": "▲1,000 %", "baseline_value": "１０％"},
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].formsets["goals"].forms[1].errors) == ["value"]
    answer = publish_in_editor(
        admin_client, page, unit="％", **{"goals-0-value": "２５％", "baseline_value": "▲28.6％"}
    )
    assert answer.status_code == 302
    assert fresh(page).goals.first().value == 25
    assert fresh(page).baseline_value == Decimal("-28.6")


@pytest.mark.parametrize("typed", ["令和7年12月31日", "２０２５/12/31", "R7.12.31", "2025-12-31"])
def test_days_are_understood_as_a_person_would(page, admin_client, typed):
    answer = publish_in_editor(admin_client, page, **{"goals-0-due": typed})
    assert answer.status_code == 302
    assert fresh(page).goals.first().due == datetime.date(2025, 12, 31)


def test_the_last_goal_is_not_taken_away(page, admin_client):
    deleted = {"goals-0-DELETE": "on", "goals-1-DELETE": "on"}
    answer = publish_in_editor(admin_client, page, **deleted)
    assert answer.status_code == 200
    told = answer.context["form"].formsets["goals"].non_form_errors()
    assert len(told) == 1
    assert told[0] in text_of(answer)
    assert fresh(page).goals.count() == 2


def test_a_new_goal_takes_the_place_of_an_old_one(page, admin_client):
    """The old one stays, with the day on which it was replaced."""
    data = open_form(admin_client, edit_url(page)).dict() | {
        "goals-TOTAL_FORMS": "3",
        "goals-1-replaced_on": TODAY.isoformat(),
        "goals-2-period": "令和12年度",
        "goals-2-value": "40",
        "goals-2-source": str(SourceFactory().pk),
        "goals-2-section": "",
        "goals-2-due": "",
        "goals-2-replaced_on": "",
        "goals-2-ORDER": "3",
        "goals-2-id": "",
        "action-publish": "1",
    }
    answer = admin_client.post(edit_url(page), data)
    assert answer.status_code == 302
    in_force = [(g.period, int(g.value)) for g in fresh(page).goals.all() if not g.replaced_on]
    assert in_force == [("FY2025", 20), ("FY2030", 40)]
    assert fresh(page).goals.count() == 3


def test_the_message_of_another_route_names_the_goal(page):
    goals(page, {"value": 10})
    revision = page.save_revision(clean=False)
    with pytest.raises(ValidationError) as refused:
        revision.publish()
    assert "2025" in str(refused.value)
