"""
From a division's draft to a public figure: who may do what, what is understood, and what is
said beside the field.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.test.utils.form_data import querydict_from_html

from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory, SourceFactory
from projects.models import Measurement
from tests.editor import text_of
from tests.imports import someone
from tests.staff import client_of, employ
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

NAMES = "wagtailsnippets_projects_measurement"
FORM = {"status": "final", "section": "", "note": "", "note_en": ""}
OUTSIDERS = ["translator", "shokokai", "katsudo", "iinkai"]


def address(view: str, *args) -> str:
    return reverse(f"{NAMES}:{view}", args=args)


@pytest.fixture
def indicator(world):
    page = IndicatorPageFactory(
        parent=world.site.indicators,
        title="見本の指標",
        slug="sample-indicator",
        baseline=("FY2020", 0),
        goals={"FY2030": 100},
    )
    publish(fresh(page))
    employ()
    return fresh(page)


@pytest.fixture
def source(indicator):
    return SourceFactory()


@pytest.fixture
def enter(indicator, source):
    """``enter(client, button, **values)``: the form for a new figure, filled in and sent."""

    def send(client, button="", **values):
        data = FORM | {"indicator": indicator.pk, "source": source.pk} | values
        return client.post(address("add"), data | ({button: "1"} if button else {}))

    return send


def correct(client, figure, button="", **values):
    """Open the form of a figure, change something, press a button."""
    answer = client.get(address("edit", figure.pk))
    assert answer.status_code == 200
    data = querydict_from_html(answer.content.decode(), form_id="w-editor-form").dict()
    return client.post(
        address("edit", figure.pk), data | values | ({button: "1"} if button else {})
    )


def approve(client, figure):
    state = Measurement.objects.get(pk=figure.pk).current_workflow_task_state
    return client.post(
        address("workflow_action", figure.pk, "approve", state.pk), {"comment": "よい"}
    )


def told(answer) -> str:
    """The messages that the answer leaves for the next page."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def errors_of(answer) -> dict:
    assert answer.status_code == 200
    return answer.context["form"].errors


# The way of a figure


def test_a_department_drafts_and_submits_and_pr_approves(enter, indicator):
    department, pr = client_of("department"), client_of("pr")
    assert enter(department, "action-submit", period="令和6年度", value="1,000").status_code == 302
    figure = Measurement.objects.get(indicator=indicator)
    assert (figure.period, figure.value, figure.live) == ("FY2024", Decimal(1000), False)
    assert figure.entered_by.username == "department"
    assert figure.first_published_at is None
    dashboard = text_of(pr.get(reverse("wagtailadmin_home")))
    assert str(figure) in dashboard
    assert str(figure) not in text_of(client_of("translator").get(reverse("wagtailadmin_home")))

    assert approve(pr, figure).status_code == 302
    figure.refresh_from_db()
    assert figure.live
    assert timezone.now() - figure.first_published_at < datetime.timedelta(minutes=1)
    assert figure.entered_by.username == "department"


def test_what_waits_for_approval_is_changed_by_nobody_but_who_approves(enter, indicator):
    """Else PR would look at one value and approve another."""
    department, pr = client_of("department"), client_of("pr")
    enter(department, "action-submit", period="FY2024", value="5")
    figure = Measurement.objects.get(indicator=indicator)
    correct(department, figure, value="999")
    figure.refresh_from_db()
    assert figure.get_latest_revision_as_object().value == figure.value == 5
    approve(pr, figure)
    correct(department, figure, "action-submit", value="6")
    correct(department, figure, value="888")
    approve(pr, figure)
    figure.refresh_from_db()
    assert (figure.value, figure.live) == (6, True)


@pytest.mark.parametrize("action", ["lock", "unlock"])
def test_a_department_locks_nothing(enter, indicator, action):
    figure = MeasurementFactory(indicator=indicator, locked=action == "unlock")
    client_of("department").post(address(action, figure.pk))
    figure.refresh_from_db()
    assert figure.locked == (action == "unlock")
    client_of("pr").post(address(action, figure.pk))
    figure.refresh_from_db()
    assert figure.locked == (action == "lock")


def test_the_day_of_approval_stays_when_the_figure_is_corrected(enter, indicator):
    pr = client_of("pr")
    enter(pr, "action-publish", period="FY2024", value="10")
    figure = Measurement.objects.get(indicator=indicator)
    approved = figure.first_published_at
    correct(pr, figure, "action-publish", value="11")
    figure.refresh_from_db()
    assert (figure.value, figure.first_published_at) == (11, approved)
    assert figure.last_published_at > approved


def test_pr_and_mirai_publish_directly(enter, indicator):
    for account, period in (("pr", "FY2023"), ("mirai", "FY2024")):
        answer = enter(client_of(account), "action-publish", period=period, value="5")
        assert answer.status_code == 302
        assert Measurement.objects.get(indicator=indicator, period=period).live


def test_a_department_cannot_publish(enter, indicator):
    enter(client_of("department"), "action-publish", period="FY2024", value="5")
    assert not Measurement.objects.filter(indicator=indicator, live=True).exists()
    figure = MeasurementFactory(indicator=indicator, period="FY2023")
    correct(client_of("department"), figure, "action-publish", value="99")
    figure.refresh_from_db()
    assert figure.value == 10
    assert client_of("department").post(address("unpublish", figure.pk)).status_code == 302
    figure.refresh_from_db()
    assert figure.live


def test_a_department_does_not_approve_its_own_figure(enter, indicator):
    department = client_of("department")
    enter(department, "action-submit", period="FY2024", value="5")
    figure = Measurement.objects.get(indicator=indicator)
    approve(department, figure)
    figure.refresh_from_db()
    assert not figure.live
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("account", OUTSIDERS)
def test_others_see_nothing_of_it(indicator, account):
    figure = MeasurementFactory(
        indicator=indicator, live=False, first_published_at=None, note="内緒"
    )
    figure.save_revision()
    client = client_of(account)
    views = [address("list"), address("list_results"), address("add")]
    views += [
        address(name, figure.pk)
        for name in ("edit", "delete", "history", "usage", "unpublish", "workflow_history")
    ]
    views.append(address("revisions_revert", figure.pk, figure.latest_revision_id))
    for url in views:
        answer = client.get(url)
        assert answer.status_code in (302, 403, 404), (account, url)
        assert "内緒" not in text_of(answer)
    client.post(address("delete", figure.pk))
    assert Measurement.objects.filter(pk=figure.pk).exists()
    home = text_of(client.get(reverse("wagtailadmin_home")))
    assert address("list") not in home
    assert str(figure) not in home


def test_figures_of_others_are_nobody_elses(world, enter, indicator):
    """Who may edit one indicator, and figures, may not touch those of another."""
    actions = ("add", "change", "delete", "publish", "view", "lock", "unlock")
    rights = [f"projects.{action}_measurement" for action in actions]
    mine = IndicatorPageFactory(parent=world.site.indicators, title="見本の別の指標")
    client = someone("elsewhere", *rights, edits=mine)
    enter(client_of("department"), "action-submit", period="FY2024", value="5", note="内緒")
    figure = Measurement.objects.get()
    state, revision = figure.current_workflow_task_state, figure.latest_revision_id
    names = ["edit", "delete", "usage", "history", "history_results", "unpublish", "lock"]
    names += ["unlock", "workflow_history", "confirm_workflow_cancellation"]
    views = [address(name, figure.pk) for name in names]
    views += [
        address("revisions_revert", figure.pk, revision),
        address("revisions_compare", figure.pk, "live", "latest"),
        address("workflow_action", figure.pk, "approve", state.pk),
        address("workflow_history_detail", figure.pk, state.workflow_state_id),
        reverse("wagtail_bulk_action", args=["projects", "measurement", "delete"])
        + f"?id={figure.pk}",
    ]
    before = Measurement.objects.values().get()
    for url in views:
        for answer in (client.get(url), client.post(url, {"value": "7", "action-publish": "1"})):
            assert answer.status_code in (302, 405), url
            assert "内緒" not in text_of(answer), url
    assert Measurement.objects.values().get() == before
    assert indicator.title not in text_of(client.get(address("list")))
    assert enter(client, indicator=mine.pk, period="FY2024", value="5").status_code == 302
    own = Measurement.objects.get(indicator=mine)
    assert client.get(address("edit", own.pk)).status_code == 200
    assert client.get(address("edit", own.pk + 99)).status_code == 404


@pytest.mark.parametrize("account", [*OUTSIDERS, "department"])
def test_nobody_chooses_figures(indicator, account):
    """Wagtail's choosers show drafts to everybody who can sign in."""
    client = client_of(account)
    for way in ("", "results/", "chosen/1/", "create/"):
        url = f"/admin/snippets/choose/projects/measurement/{way}"
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("account", ["department", "pr", "mirai"])
def test_the_list_shows_what_one_looks_for(indicator, account):
    MeasurementFactory(indicator=indicator, period="FY2024", value=Decimal("1234.5"))
    MeasurementFactory(
        indicator=indicator, period="FY2023", live=False, first_published_at=None, value=7
    )
    client = client_of(account)
    text = text_of(client.get(address("list")))
    assert "見本の指標" in text
    assert "1,234.5 人" in text
    assert "令和5年度（2023年度）" in text
    assert "下書き" in text
    assert reverse("measurement_import") in text
    only_live = text_of(client.get(address("list"), {"live": "true"}))
    assert "1,234.5 人" in only_live
    assert "7 人" not in only_live
    found = client.get(address("list"), {"q": "見本の指標"})
    assert len(found.context["object_list"]) == 2


# The form


def test_the_link_of_an_indicator_chooses_it(indicator):
    answer = client_of("department").get(address("add"), {"indicator": indicator.pk})
    assert f'value="{indicator.pk}" selected' in answer.content.decode()
    assert "単位" in text_of(answer) or "Unit" in text_of(answer)


@pytest.mark.parametrize("nonsense", ["", "x", "0", "8" * 400, "<b>", "1 OR 1"])
def test_a_senseless_link_chooses_nothing(indicator, nonsense):
    answer = client_of("department").get(address("add"), {"indicator": nonsense})
    assert answer.status_code == 200
    assert f'value="{indicator.pk}" selected' not in answer.content.decode()


def test_only_originals_are_offered(indicator):
    english = translate(indicator)
    answer = client_of("pr").get(address("add"))
    offered = answer.context["form"].fields["indicator"].queryset
    assert indicator in offered
    assert english not in offered


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("７５", 75),
        ("1,000", 1000),
        ("▲28.6", Decimal("-28.6")),
        ("75人", 75),
        ("　７５ 人 ", 75),
        ("0", 0),
    ],
)
def test_numbers_are_understood_as_a_person_would(enter, indicator, typed, value):
    assert enter(client_of("department"), period="FY2024", value=typed).status_code == 302
    assert Measurement.objects.get(indicator=indicator).value == value


@pytest.mark.parametrize("typed", ["７５％", "75%", "75円", "たくさん", "1,00", "1.2.3", "--5"])
def test_what_is_no_number_of_the_unit_is_explained(enter, indicator, typed):
    answer = enter(client_of("department"), period="FY2024", value=typed)
    assert errors_of(answer)["value"]
    assert typed in text_of(answer), "what was typed is not lost"
    assert not Measurement.objects.filter(indicator=indicator).exists()


def test_percent_is_understood_where_it_is_the_unit(enter, indicator):
    indicator.unit = "%"
    indicator.save()
    assert enter(client_of("department"), period="FY2024", value="７５％").status_code == 302
    assert Measurement.objects.get(indicator=indicator).value == 75


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("令和6年度", "FY2024"),
        ("２０２４年度", "FY2024"),
        ("R6.3.31", "2024-03-31"),
        ("2024年8月", "2024-08"),
        ("平成22年", "2010"),  # before the baseline: history
    ],
)
def test_periods_are_understood(enter, indicator, typed, code):
    assert enter(client_of("department"), period=typed, value="5").status_code == 302
    assert Measurement.objects.get(indicator=indicator).period == code


@pytest.mark.parametrize("typed", ["きのう", "2024-13", "2024-02-30", "R99999", "1800年"])
def test_what_is_no_period_is_explained(enter, indicator, typed):
    answer = enter(client_of("department"), period=typed, value="5")
    assert errors_of(answer)["period"]
    assert typed in text_of(answer)


@pytest.mark.parametrize("button", ["", "action-submit"])
def test_a_figure_without_a_period_is_not_kept(enter, indicator, button):
    answer = enter(client_of("department"), button, period="", value="5")
    assert errors_of(answer)["period"]


def test_a_period_that_is_not_over_yet_is_refused(enter, indicator):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for period in (f"FY{tomorrow.year}", tomorrow.isoformat()):
        answer = enter(client_of("department"), period=period, value="5")
        assert errors_of(answer)["period"]
    today = timezone.localdate().isoformat()
    assert enter(client_of("department"), period=today, value="5").status_code == 302


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("typed", ["令和6年度", "2025-03-31", "2025年3月"])
def test_two_figures_for_one_period_are_refused(enter, indicator, is_live, typed):
    values = {} if is_live else {"live": False, "first_published_at": None}
    MeasurementFactory(indicator=indicator, period="FY2024", **values)
    answer = enter(client_of("department"), period=typed, value="5")
    assert len(errors_of(answer)["period"]) == 1
    assert "令和6年度（2024年度）" in errors_of(answer)["period"][0]
    assert Measurement.objects.filter(indicator=indicator).count() == 1


@pytest.mark.parametrize("typed", ["令和2年度", "2021-03-31"])
def test_the_day_of_the_baseline_has_its_value(enter, indicator, typed):
    answer = enter(client_of("department"), period=typed, value="5")
    assert "令和2年度（2020年度）" in errors_of(answer)["period"][0]
    assert not Measurement.objects.filter(indicator=indicator).exists()


def test_a_public_figure_that_became_a_baseline_can_be_corrected(indicator):
    figure = MeasurementFactory(indicator=indicator, period="FY2020", value=4)
    assert correct(client_of("pr"), figure, "action-publish", value="5").status_code == 302
    figure.refresh_from_db()
    assert figure.value == 5


def test_another_indicator_may_have_a_figure_for_the_period(world, enter, indicator):
    other = IndicatorPageFactory(parent=world.site.indicators)
    MeasurementFactory(indicator=other, period="FY2024")
    assert enter(client_of("department"), period="FY2024", value="5").status_code == 302


def test_a_slip_in_the_period_of_a_draft_can_be_put_right(enter, indicator):
    """The editor saves by itself while one still types."""
    department = client_of("department")
    enter(department, period="FY2023", value="5")
    figure = Measurement.objects.get(indicator=indicator)
    assert correct(department, figure, "action-submit", period="FY2024").status_code == 302
    figure.refresh_from_db()
    assert (figure.period, figure.period_end) == ("FY2024", datetime.date(2025, 3, 31))


def test_a_fiscal_year_is_shown_as_the_city_writes_it(enter, indicator):
    """Not as the code that is kept; what is shown is understood when it is sent back."""
    department = client_of("department")
    enter(department, period="R6年度", value="5")
    figure = Measurement.objects.get(indicator=indicator)
    assert 'value="令和6年度（2024年度）"' in text_of(department.get(address("edit", figure.pk)))
    correct(department, figure, value="6")
    figure.refresh_from_db()
    assert (figure.period, figure.value) == ("FY2024", 6)


def test_indicator_and_period_of_a_public_figure_are_fixed(world, indicator):
    other = IndicatorPageFactory(parent=world.site.indicators)
    figure = MeasurementFactory(indicator=indicator, period="FY2024")
    pr = client_of("pr")
    form = pr.get(address("edit", figure.pk)).context["form"]
    assert form.fields["period"].disabled
    assert form.fields["indicator"].disabled
    correct(pr, figure, "action-publish", period="FY2023", indicator=other.pk, value="12")
    figure.refresh_from_db()
    assert (figure.period, figure.indicator_id, figure.value) == ("FY2024", indicator.pk, 12)


@pytest.mark.parametrize("is_in_the_editor", [True, False])
def test_an_early_draft_does_not_move_a_public_figure(world, enter, indicator, is_in_the_editor):
    other = IndicatorPageFactory(parent=world.site.indicators)
    department, pr = client_of("department"), client_of("pr")
    enter(department, period="FY2023", value="5", indicator=other.pk)
    figure = Measurement.objects.get()
    slip = figure.latest_revision
    correct(department, figure, "action-submit", period="FY2024", indicator=indicator.pk, value="6")
    approve(pr, figure)
    if is_in_the_editor:
        url = address("revisions_revert", figure.pk, slip.pk)
        data = querydict_from_html(pr.get(url).content.decode(), form_id="w-editor-form").dict()
        pr.post(url, data | {"action-publish": "1"})
    else:
        slip.refresh_from_db()
        slip.publish()
    figure.refresh_from_db()
    assert (figure.period, figure.indicator_id, figure.value) == ("FY2024", indicator.pk, 5)
    assert figure.period_end == datetime.date(2025, 3, 31)


def test_a_figure_cannot_be_scheduled(indicator):
    figure = MeasurementFactory(indicator=indicator)
    later = (timezone.localtime() + datetime.timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    pr = client_of("pr")
    assert "go_live_at" not in pr.get(address("edit", figure.pk)).context["form"].fields
    correct(pr, figure, "action-publish", value="12", go_live_at=later, expire_at=later)
    figure.refresh_from_db()
    assert (figure.value, figure.go_live_at, figure.expire_at) == (12, None, None)


# What has been public is not lost


@pytest.mark.parametrize("account", ["department", "pr", "mirai", "admin"])
@pytest.mark.parametrize("is_live", [True, False])
def test_nobody_deletes_a_figure_that_has_been_public(indicator, account, is_live):
    figure = MeasurementFactory(indicator=indicator, live=is_live)
    draft = MeasurementFactory(
        indicator=indicator, period="FY2023", live=False, first_published_at=None
    )
    client = client_of(account)
    answer = client.post(address("delete", figure.pk))
    assert str(figure) in told(answer)
    many = reverse("wagtail_bulk_action", args=["projects", "measurement", "delete"])
    answer = client.post(f"{many}?id={figure.pk}&id={draft.pk}")
    assert str(figure) in told(answer)
    assert Measurement.objects.filter(pk__in=[figure.pk, draft.pk]).count() == 2


@pytest.mark.parametrize("account", ["department", "pr", "mirai"])
def test_a_draft_that_was_never_public_is_deleted(indicator, account):
    figure = MeasurementFactory(indicator=indicator, live=False, first_published_at=None)
    assert client_of(account).post(address("delete", figure.pk)).status_code == 302
    assert not Measurement.objects.filter(pk=figure.pk).exists()


def test_a_page_with_figures_is_not_deleted(world, indicator):
    MeasurementFactory(indicator=indicator)
    client = client_of("admin")
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    for page in (indicator, world.site.indicators):  # alone, and with what it stands below
        url = reverse("wagtailadmin_pages:delete", args=[page.pk])
        for answer in (
            client.get(url),
            client.post(url),
            client.post(f"{many}?id={page.pk}", {"wagtail_site_name": "きよせSDGs"}),
        ):
            assert answer.status_code == 302
            assert "見本の指標" in told(answer)
    assert fresh(indicator).live


def test_a_page_without_figures_is_deleted(indicator):
    url = reverse("wagtailadmin_pages:delete", args=[indicator.pk])
    assert client_of("pr").post(url).status_code == 302
    assert not type(indicator).objects.filter(pk=indicator.pk).exists()
