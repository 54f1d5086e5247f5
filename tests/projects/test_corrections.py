"""Correcting a public figure keeps its old value, whichever way the new one goes public."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from projects.factories import IndicatorPageFactory, MeasurementFactory
from projects.models import IndicatorPage, Measurement
from projects.upkeep import upkeep_of
from tests.editor import edit_url, text_of
from tests.projects.test_measurement_admin import address, approve, correct
from tests.staff import client_of, employ
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(world):
    """On 1 April 2026 it should stand at 50."""
    page = IndicatorPageFactory(
        parent=world.site.indicators,
        title="見本の指標",
        baseline=("FY2021", 0),
        goals={"FY2029": 100},
    )
    publish(fresh(page))
    employ()
    return fresh(page)


@pytest.fixture
def figure(indicator):
    """A public figure, as the editor makes it: 10, provisional."""
    row = MeasurementFactory(
        indicator=indicator,
        period="FY2024",
        value=10,
        status="provisional",
        live=False,
        first_published_at=None,
        last_published_at=None,
    )
    row.save_revision().publish()
    return Measurement.objects.get(pk=row.pk)


def former(figure) -> list[tuple]:
    """The old values, newest first."""
    rows = Measurement.objects.get(pk=figure.pk).former.all()
    return [(int(row.value), row.status) for row in rows]


def current(figure) -> tuple:
    row = Measurement.objects.get(pk=figure.pk)
    return int(row.value), row.status, row.live


def test_a_new_figure_has_no_former_values(figure):
    assert former(figure) == []


def test_a_correction_in_the_editor_keeps_value_status_and_day(figure):
    published = figure.last_published_at
    correct(client_of("pr"), figure, "action-publish", value="12", status="final")
    assert current(figure) == (12, "final", True)
    assert former(figure) == [(10, "provisional")]
    row = figure.former.get()
    assert row.published_at == published
    assert row.replaced_at > published
    correct(client_of("mirai"), figure, "action-publish", value="13")
    assert former(figure) == [(12, "final"), (10, "provisional")]


def test_the_final_figure_with_the_same_value_is_a_correction_too(figure):
    correct(client_of("pr"), figure, "action-publish", status="final")
    assert former(figure) == [(10, "provisional")]


def test_a_draft_is_no_correction(figure):
    """Nor is the next one: the editor saves by itself."""
    for value in ("11", "12"):
        correct(client_of("department"), figure, value=value)
    assert current(figure) == (10, "provisional", True)
    assert former(figure) == []


def test_a_note_is_no_correction(figure):
    correct(client_of("pr"), figure, "action-publish", note="見本データ")
    assert former(figure) == []


def test_an_approved_correction_keeps_what_was_public(figure):
    correct(client_of("department"), figure, value="11")
    correct(client_of("department"), figure, "action-submit", value="12")
    assert former(figure) == []
    approve(client_of("pr"), figure)
    assert current(figure) == (12, "provisional", True)
    assert former(figure) == [(10, "provisional")]


def test_an_approval_in_the_editor_keeps_it_as_well(figure):
    correct(client_of("department"), figure, "action-submit", value="12")
    approval = {"workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    correct(client_of("pr"), figure, "action-workflow-action", **approval)
    assert current(figure) == (12, "provisional", True)
    assert former(figure) == [(10, "provisional")]


def test_a_rejected_correction_changes_nothing(figure):
    correct(client_of("department"), figure, "action-submit", value="12")
    state = Measurement.objects.get(pk=figure.pk).current_workflow_task_state
    url = address("workflow_action", figure.pk, "reject", state.pk)
    client_of("pr").post(url, {"comment": "確かめてください"})
    assert current(figure) == (10, "provisional", True)
    assert former(figure) == []


def test_what_was_withdrawn_changed_and_published_again_is_kept(figure):
    pr = client_of("pr")
    pr.post(address("unpublish", figure.pk))
    assert current(figure) == (10, "provisional", False)
    # A draft's value goes straight into the row: these were never public.
    correct(pr, figure, value="11")
    correct(pr, figure, "action-publish", value="12")
    assert current(figure) == (12, "provisional", True)
    assert former(figure) == [(10, "provisional")]


def test_what_was_withdrawn_and_comes_back_unchanged_was_not_corrected(figure):
    correct(client_of("pr"), figure, "action-publish", value="12")
    client_of("pr").post(address("unpublish", figure.pk))
    assert former(figure) == [(12, "provisional"), (10, "provisional")]
    correct(client_of("pr"), figure, "action-publish")
    assert current(figure) == (12, "provisional", True)
    assert former(figure) == [(10, "provisional")]


def test_an_old_version_that_is_published_again_is_a_correction(figure):
    first = figure.live_revision_id
    correct(client_of("pr"), figure, "action-publish", value="12")
    Measurement.objects.get(pk=figure.pk).revisions.get(pk=first).publish()
    assert current(figure) == (10, "provisional", True)
    assert former(figure) == [(12, "provisional"), (10, "provisional")]


def test_a_script_that_saves_the_row_keeps_it_too(figure):
    figure.value = 12
    figure.save()
    assert former(figure) == [(10, "provisional")]


# A figure that asks why


def told(answer) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def submitted(figure, value):
    correct(client_of("department"), figure, "action-submit", value=value)


def test_who_approves_a_figure_that_is_behind_is_asked_for_the_reason(indicator, figure):
    submitted(figure, "12")
    answer = approve(client_of("pr"), figure)
    assert edit_url(indicator) in told(answer)
    assert indicator.title in told(answer)


def test_who_publishes_it_in_the_editor_is_asked_as_well(indicator, figure):
    assert edit_url(indicator) in told(
        correct(client_of("pr"), figure, "action-publish", value="12")
    )
    assert edit_url(indicator) not in told(
        correct(client_of("pr"), figure, "action-publish", value="70")
    )


def test_nobody_is_asked_for_a_draft_or_a_rejection(indicator, figure):
    assert edit_url(indicator) not in told(correct(client_of("pr"), figure, value="12"))
    submitted(figure, "12")
    state = Measurement.objects.get(pk=figure.pk).current_workflow_task_state
    url = address("workflow_action", figure.pk, "reject", state.pk)
    assert edit_url(indicator) not in told(client_of("pr").post(url, {"comment": "いいえ"}))


def give_a_reason(indicator, day):
    indicator.response, indicator.response_on = "工事が遅れたためです。", day
    publish(indicator)


def test_a_reason_written_since_the_figure_was_entered_is_enough(indicator, figure):
    today = timezone.localdate()
    give_a_reason(fresh(indicator), today)
    submitted(figure, "12")
    assert edit_url(indicator) not in told(approve(client_of("pr"), figure))
    give_a_reason(fresh(indicator), today - datetime.timedelta(days=1))
    submitted(figure, "13")
    assert edit_url(indicator) in told(approve(client_of("pr"), figure))


def test_a_reason_from_before_the_correction_is_not_enough(indicator, figure):
    """The figure is old, its reason is not; now it is corrected."""
    today = timezone.localdate()
    long_ago = timezone.now() - datetime.timedelta(days=400)
    Measurement.objects.filter(pk=figure.pk).update(entered_at=long_ago)
    give_a_reason(fresh(indicator), today - datetime.timedelta(days=100))
    correct(client_of("pr"), figure, "action-publish", note="見本データ")
    figure.refresh_from_db()
    assert figure.entered_at == long_ago, "a note is no figure"
    told_why = told(correct(client_of("pr"), figure, "action-publish", value="12"))
    assert edit_url(indicator) in told_why
    figure.refresh_from_db()
    assert figure.entered_at.date() > long_ago.date()
    assert figure.entered_by.username == "pr"


@pytest.mark.parametrize("facts", [{"baseline": ("FY2021", 0)}, {}])
def test_a_reason_for_the_missing_figure_is_none_for_the_missed_goal(world, facts):
    employ()
    page = IndicatorPageFactory(parent=world.site.indicators, goals={"FY2024": 100}, **facts)
    give_a_reason(fresh(page), datetime.date(2025, 5, 1))
    late = MeasurementFactory(
        indicator=page, period="FY2024", value=70, live=False, first_published_at=None
    )
    pr = client_of("pr")
    assert edit_url(page) in told(correct(pr, late, "action-publish", value="71"))
    give_a_reason(fresh(page), timezone.localdate())
    assert edit_url(page) not in told(correct(pr, late, "action-publish", value="72"))
    # The figure of the next year is no news about this goal.
    give_a_reason(fresh(page), timezone.localdate() - datetime.timedelta(days=1))
    Measurement.objects.filter(pk=late.pk).update(
        entered_at=timezone.now() - datetime.timedelta(days=5)
    )
    MeasurementFactory(indicator=page, period="FY2025", value=80)
    (upkeep,) = upkeep_of(IndicatorPage.objects.filter(pk=page.pk))
    assert not upkeep.lacks_reason


# Where editors see it


def test_the_editor_of_the_indicator_shows_its_figures_and_asks(indicator, figure):
    MeasurementFactory(
        indicator=indicator, period="FY2023", value=7, live=False, first_published_at=None
    )
    for account in ("department", "pr", "mirai"):
        text = text_of(client_of(account).get(edit_url(indicator)))
        assert "令和6年度（2024年度）" in text
        assert "10 人" in text
        assert "7 人" in text
        assert address("edit", figure.pk) in text
        assert f"{address('add')}?indicator={indicator.pk}" in text
        assert "理由と今後の対応" in text


def test_who_has_no_right_to_figures_sees_only_the_public_ones(world, indicator, figure):
    hidden = MeasurementFactory(
        indicator=indicator, period="FY2023", value=7, live=False, first_published_at=None
    )
    department = get_user_model().objects.get(username="department")
    department.groups.first().permissions.remove(
        *department.groups.first().permissions.filter(content_type__model="measurement")
    )
    text = text_of(client_of("department").get(edit_url(indicator)))
    assert "10 人" in text
    assert "7 人" not in text
    assert address("edit", hidden.pk) not in text
    assert address("edit", figure.pk) not in text
    assert address("add") not in text


def panel_of(account) -> str:
    """What the admin's home page shows of indicators; empty without the panel."""
    home = text_of(client_of(account).get(reverse("wagtailadmin_home")))
    return home.partition("indicators-to-look-after")[2].partition("</section>")[0]


@pytest.mark.parametrize("account", ["department", "pr", "mirai"])
def test_the_home_of_the_admin_names_what_is_to_be_looked_after(indicator, figure, account):
    assert edit_url(indicator) in panel_of(account)


def test_an_indicator_with_a_reason_and_a_new_figure_is_not_named(indicator, figure):
    give_a_reason(fresh(indicator), timezone.localdate())
    this_month = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    MeasurementFactory(indicator=indicator, period=this_month.isoformat(), value=12)
    assert edit_url(indicator) not in panel_of("pr")


@pytest.mark.parametrize("account", ["translator", "shokokai", "katsudo", "iinkai"])
def test_others_are_not_bothered(indicator, figure, account):
    home = text_of(client_of(account).get(reverse("wagtailadmin_home")))
    assert "indicators-to-look-after" not in home
    assert indicator.title not in home


def test_the_home_names_ten_at_most_and_says_how_many_there_are(world, indicator, figure):
    for number in range(12):
        page = IndicatorPageFactory(
            parent=world.site.indicators, title=f"見本の遅れ{number}", goals={"FY2022": 5}
        )
        publish(fresh(page))
    panel = panel_of("pr")
    assert panel.count("title-wrapper") == 10
    assert reverse("indicator_report") in panel
