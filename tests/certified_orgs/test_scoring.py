"""Scoring: of a hundred by weight, by appointed reviewers, without any contact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from certified_orgs import scoring
from certified_orgs.factories import (
    ApplicationFactory,
    CriterionFactory,
    RoundFactory,
    SchemeYearFactory,
)
from certified_orgs.models import Application, Criterion, Round, Score
from tests.certified_orgs.desk import account, is_refused, names_in, page, press, score, text
from tests.staff import client_of, employ

pytestmark = pytest.mark.django_db

PRIVATE = [
    "見本 代表",
    "見本 担当",
    "見本市見本町1-1",
    "042-000-0009",
    "shop@example.jp",
    "204-0000",
]


@pytest.fixture
def selection(world):
    """A round with two criteria, of weight 30 and 10, which department and pr review."""
    employ()
    scheme = SchemeYearFactory()
    CriterionFactory(scheme=scheme, name="見本の広がり", weight=30, position=1)
    CriterionFactory(scheme=scheme, name="見本の工夫", weight=10, position=2)
    selection = RoundFactory(scheme=scheme)
    selection.reviewers.set([account("department"), account("pr")])
    return selection


@pytest.fixture
def shop(selection):
    return ApplicationFactory(name="見本の店", state="screening", round=selection)


def filled(*points, remark="") -> dict:
    """The form of a reviewer."""
    values = {}
    for criterion, given_points in zip(Criterion.objects.order_by("position"), points, strict=True):
        values[f"points_{criterion.pk}"] = given_points
        values[f"remark_{criterion.pk}"] = remark
    return values


def average(application):
    return with_average(application).average


def with_average(application, reviewer=None):
    found = Application.objects.filter(pk=application.pk)
    return scoring.with_average(found, reviewer).get()


# The sum


@pytest.mark.parametrize(
    ("points", "total"), [((5, 5), 100), ((0, 0), 0), ((5, 0), 75), ((0, 5), 25), ((3, 2), 55)]
)
def test_points_count_by_weight_of_a_hundred(shop, points, total):
    score(shop, "department", *points)
    assert average(shop) == pytest.approx(total)
    ((_reviewer, shown, _scores),) = scoring.totals(shop)
    assert shown == total


def test_the_average_is_that_of_the_reviewers(shop):
    score(shop, "department", 5, 5)
    score(shop, "pr", 0, 5)
    assert average(shop) == pytest.approx((100 + 25) / 2)
    assert with_average(shop, account("pr")).average == pytest.approx(25)


def test_without_scores_there_is_no_average(shop):
    assert average(shop) is None
    assert not scoring.is_below(None, shop.scheme)


@pytest.mark.parametrize(("total", "below"), [(59.94, True), (59.95, False), (60.0, False)])
def test_the_pass_mark_is_judged_as_it_is_shown(shop, total, below):
    assert scoring.is_below(total, shop.scheme) is below


@given(st.floats(min_value=0, max_value=100))
def test_what_is_shown_is_of_a_hundred(total):
    assert Decimal(0) <= scoring.rounded(total) <= Decimal(100)


# Who sees what


def test_a_reviewer_lists_what_they_were_appointed_to(shop):
    ApplicationFactory(state="screening", round=RoundFactory(name="別の回"))
    ApplicationFactory(state="received")
    assert names_in(page("department", "scoring:index")) == {"見本の店"}


def test_a_reviewer_sees_no_contact(shop):
    shop.comments.create(text="見本のメモ", by=account("shokokai"))
    score(shop, "pr", 1, 1)
    shown = text(page("department", "scoring:file", shop.pk))
    assert "見本の活動です。" in shown
    for private in [*PRIVATE, "見本のメモ"]:
        assert private not in shown
        assert private not in text(page("department", "scoring:index"))
    assert is_refused(page("department", "applications:file", shop.pk))


def test_a_reviewer_sees_only_their_own_scores(shop):
    press("pr", "scoring:file", shop.pk, **filled(5, 5, remark="見本の所見"))
    shown = text(page("department", "scoring:file", shop.pk))
    assert "見本の所見" not in shown
    assert "100.0" not in text(page("department", "scoring:index"))
    assert "100.0" in text(page("pr", "scoring:index"))


@pytest.mark.parametrize("who", ["translator", "iinkai", "shokokai", "katsudo"])
def test_who_is_not_appointed_scores_nothing(shop, who):
    assert is_refused(page(who, "scoring:index"))
    assert is_refused(page(who, "scoring:file", shop.pk))
    assert is_refused(press(who, "scoring:file", shop.pk, **filled(5, 5)))
    assert not Score.objects.exists()


def test_the_menu_shows_scoring_to_whom_it_concerns(shop):
    for who, shown in {"department": True, "mirai": True, "translator": False}.items():
        home = text(client_of(who).get(reverse("wagtailadmin_home")))
        assert (reverse("scoring:index") in home) is shown, who


def test_who_decides_sees_all_scores_and_the_marker(shop):
    score(shop, "pr", 1, 1)
    score(shop, "department", 2, 2)
    listed = text(page("mirai", "scoring:index"))
    assert "30.0" in listed
    assert "基準点" in listed
    shown = text(page("mirai", "applications:file", shop.pk))
    for said in ("30.0", "20.0", "40.0", "基準点"):
        assert said in shown
    assert page("mirai", "scoring:file", shop.pk).status_code == 404
    assert "30.0" in text(page("mirai", "applications:index"))


def test_a_window_sees_no_score(shop):
    score(shop, "pr", 1, 1)
    assert "20.0" not in text(page("shokokai", "applications:file", shop.pk))
    assert "20.0" not in text(page("shokokai", "applications:index"))
    assert "20.0" not in text(page("shokokai", "applications:index", export="csv"))


# The form


def test_a_score_is_kept_and_can_be_changed(shop):
    press("department", "scoring:file", shop.pk, **filled(5, 0, remark="見本の所見"))
    press("department", "scoring:file", shop.pk, **filled(4, 0))
    assert Score.objects.count() == 2
    assert average(shop) == pytest.approx(60)
    shown = page("department", "scoring:file", shop.pk)
    assert shown.context["form"].rows[0]["points"].initial == 4


@pytest.mark.parametrize("points", [(6, 0), (-1, 0), ("", 0), ("多い", 0)])
def test_points_beyond_the_scale_are_refused(shop, points):
    answer = press("department", "scoring:file", shop.pk, **filled(*points, remark="残る所見"))
    assert answer.status_code == 200
    assert "残る所見" in text(answer)
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("who", "kind", "consents", "status"),
    [
        ("shokokai", "company", True, 200),
        ("shokokai", "company", False, 404),
        ("shokokai", "group", True, 404),
        ("katsudo", "group", True, 200),
        ("pr", "group", False, 200),
    ],
)
def test_a_window_that_reviews_sees_its_own_kind_only(selection, who, kind, consents, status):
    selection.reviewers.add(account(who))
    application = ApplicationFactory(
        state="screening", round=selection, kind=kind, consents_to_window=consents
    )
    assert page(who, "scoring:file", application.pk).status_code == status
    assert press(who, "scoring:file", application.pk, **filled(5, 5)).status_code in (302, status)
    assert Score.objects.exists() == (status == 200)
    listed = page(who, "scoring:index").context["object_list"]
    assert (application in listed) == (status == 200)


def test_after_the_round_a_score_comes_too_late_but_is_not_lost(shop):
    Application.objects.update(state="declined")
    Round.objects.update(decided_at=timezone.now())
    assert page("department", "scoring:file", shop.pk).status_code == 404
    answer = press("department", "scoring:file", shop.pk, **filled(5, 5, remark="残る所見"))
    assert answer.status_code == 200
    assert "残る所見" in text(answer)
    assert not Score.objects.exists()
