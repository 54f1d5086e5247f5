"""Measurements from a table: seen before they are saved, all or none, the way of the form."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from freezegun import freeze_time
from wagtail.models import (
    GroupApprovalTask,
    ModelLogEntry,
    Workflow,
    WorkflowContentType,
    WorkflowState,
    WorkflowTask,
)

from kiyose.tables.importing import IMPORTED
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory, SourceFactory
from projects.measurement_import import MeasurementImport
from projects.models import IndicatorGoal, IndicatorPage, Measurement
from tests.editor import messages_of, text_of
from tests.imports import confirm, problems_of, someone, steps_of, upload
from tests.kiyose.test_tables import workbook
from tests.page_types import parent_for
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

HEADER = "指標,日付・年度,値,区分,出典,章・節,注記,注記（英語）\n"
URL = "/admin/measurements/import/"
MAY = ("projects.add_measurement", "projects.change_measurement")


class Place:
    """Two indicators, a source, and what the tests write about them."""

    def __init__(self, world):
        self.index = parent_for(IndicatorPage)
        self.founders = self.add("founders", "創業した人", "人")
        self.green = self.add("green", "緑地の面積", "ha")
        self.source = SourceFactory(key="report", title="見本の報告")

    def add(self, slug, title, unit):
        page = IndicatorPageFactory(parent=fresh(self.index), slug=slug, title=title, unit=unit)
        publish(fresh(page))
        return fresh(page)


@pytest.fixture(scope="module")
def built(world, django_db_blocker):
    with django_db_blocker.unblock():
        return Place(world)


@pytest.fixture
def place(built):
    with translation.override("ja"):
        yield built


@pytest.fixture
def staff(place):
    """A division: drafts."""
    return someone("division", *MAY, edits=place.index)


@pytest.fixture
def publisher(place):
    return someone("publisher", *MAY, "projects.publish_measurement", edits=place.index)


@pytest.fixture
def workflow(place):
    workflow = Workflow.objects.create(name="確認")
    task = GroupApprovalTask.objects.create(name="確認")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(
        workflow=workflow,
        content_type=Measurement(indicator=place.founders).get_content_type(),
    )
    return workflow


def line(
    indicator="founders", period="令和6年度", value="10", status="確定", source="report", *more
):
    section, note, note_en = [*more, "", "", ""][:3]
    return f"{indicator},{period},{value},{status},{source},{section},{note},{note_en}\n"


def imported(client, table: str, **options):
    preview = upload(client, URL, table, **options)
    assert "plan" in preview.context, problems_of(preview)
    answer = confirm(client, URL, preview)
    assert answer.status_code == 302
    return preview


# From file to table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_from_excel_to_figures(place, publisher, encoding):
    table = (
        HEADER + line(value='"１,０００人"', status="速報") + line("緑地の面積", "R2.3.31", "▲28.6")
    )
    preview = upload(publisher, URL, table.encode(encoding), publish="on")
    assert steps_of(preview)[1][:2] == (3, "new")
    assert not Measurement.objects.exists()
    confirm(publisher, URL, preview)
    found = {(m.indicator_id, m.period, m.value, m.status) for m in Measurement.objects.all()}
    assert found == {
        (place.founders.pk, "FY2024", Decimal(1000), "provisional"),
        (place.green.pk, "2020-03-31", Decimal("-28.6"), "final"),
    }


def test_from_an_excel_file_with_numbers_and_dates(place, publisher):
    header = ["indicator", "period", "value", "status", "source"]
    day = datetime.datetime(2025, 3, 31)
    table = workbook(
        header,
        ["founders", 2024, 20.0, "final", "見本の報告"],
        [place.green.pk, day, 0.5, "確定", "report"],
    )
    preview = upload(publisher, URL, table, "table.xlsx", publish="on")
    confirm(publisher, URL, preview)
    assert set(Measurement.objects.values_list("period", "value", "section")) == {
        ("2024", 20, ""),
        ("2025-03-31", Decimal("0.5"), ""),
    }


def test_an_indicator_is_known_by_its_names_in_every_language(place, publisher):
    english = translate(fresh(place.founders))
    table = (
        HEADER
        + line(str(english.pk))
        + line(f"{place.green.pk}")
        + line("ＦＯＵＮＤＥＲＳ", "2010")
    )
    imported(publisher, table)
    assert Measurement.objects.filter(indicator=place.founders).count() == 2
    assert Measurement.objects.filter(indicator=place.green).count() == 1


def test_the_template_can_be_downloaded_and_filled_in(place, staff):
    answer = staff.get(f"{URL}?template")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    header, example = answer.content.decode("utf-8-sig").splitlines()
    assert header == HEADER.strip()
    assert len(example.split(",")) >= 8
    assert "attachment" in answer.headers["Content-Disposition"]


def test_columns_are_called_as_in_the_form(place):
    for column in MeasurementImport.columns:
        assert column.ja == str(Measurement._meta.get_field(column.field).verbose_name)


def test_the_page_explains_every_column(place, staff):
    text = text_of(staff.get(URL))
    assert str(MeasurementImport.explanation) in text
    for name in HEADER.strip().split(","):
        assert name in text


# The way of a figure


def test_what_was_imported_is_told_in_japanese(place, publisher):
    preview = upload(publisher, URL, HEADER + line(), publish="on")
    answer = confirm(publisher, URL, preview)
    assert "取り込みました：追加1件" in messages_of(publisher, answer)


def test_who_may_not_publish_submits_drafts(place, staff, workflow):
    imported(staff, HEADER + line() + line("green"))
    figures = Measurement.objects.all()
    assert [figure.live for figure in figures] == [False, False]
    assert {figure.entered_by for figure in figures} == {staff.user}
    states = WorkflowState.objects.filter(status="in_progress")
    assert [state.requested_by for state in states] == [staff.user] * 2


def test_who_approves_gets_one_mail_when_all_is_saved(
    place, staff, workflow, django_capture_on_commit_callbacks
):
    approver = someone("approver").user
    workflow.workflow_tasks.get().task.specific.groups.add(approver.groups.get())
    with django_capture_on_commit_callbacks(execute=True):
        imported(staff, HEADER + line() + line("green"))
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert sent.to == [approver.email]
    assert "2" in sent.subject
    assert "/admin/snippets/projects/measurement/" in sent.body


def test_what_is_submitted_by_itself_has_a_mail_of_its_own(place, workflow):
    approver = someone("approver").user
    workflow.workflow_tasks.get().task.specific.groups.add(approver.groups.get())
    figure = MeasurementFactory(indicator=place.founders, live=False)
    figure.save_revision()
    workflow.start(figure, None)
    assert {tuple(sent.to) for sent in mail.outbox} == {(approver.email,)}


def test_without_an_approval_the_drafts_stay(place, staff):
    imported(staff, HEADER + line())
    assert not Measurement.objects.get().live


def test_publishing_at_once_leaves_a_trace(place, publisher):
    imported(publisher, HEADER + line(), publish="on")
    figure = Measurement.objects.get()
    assert figure.live
    assert figure.live_revision.user == publisher.user
    log = ModelLogEntry.objects.for_instance(figure)
    assert {entry.action for entry in log} == {IMPORTED, "wagtail.publish"}
    assert {entry.user for entry in log} == {publisher.user}
    entry = log.get(action=IMPORTED)
    assert entry.data == {"file": "table.csv", "line": 2}
    assert entry.revision == figure.live_revision
    with translation.override("en"):
        assert "table.csv" in str(entry.message)


def test_who_may_not_publish_is_not_asked_and_not_heard(place, staff):
    assert "publish" not in staff.get(URL).context["form"].fields
    preview = upload(staff, URL, HEADER + line(), publish="on")
    confirm(staff, URL, preview)
    assert not Measurement.objects.get().live


@pytest.mark.parametrize("publish_at_once", [True, False])
def test_who_publishes_figures_is_told_which_of_them_ask_for_a_reason(
    place, publisher, publish_at_once
):
    """The goals of both are 100 and due on 31 March 2026: the first is missed, the second held."""
    IndicatorGoal.objects.update(period="FY2025", value=100)
    table = HEADER + line(period="令和7年度") + line("green", period="令和7年度", value="100")
    preview = upload(publisher, URL, table, **({"publish": "on"} if publish_at_once else {}))
    said = str([*get_messages(confirm(publisher, URL, preview).wsgi_request)])
    assert ("理由を書いてほしい指標が1件あります：創業した人。" in said) == publish_at_once
    assert "緑地の面積" not in said


def test_nobody_is_led_to_a_report_that_is_not_theirs(place, publisher):
    IndicatorGoal.objects.update(period="FY2025", value=100)
    rights = (*MAY, "projects.publish_measurement")
    of_one = someone("of-one", *rights, edits=place.founders)
    for client, sees_it, period in ((publisher, True, "令和7年度"), (of_one, False, "令和6年度")):
        preview = upload(client, URL, HEADER + line(period=period), publish="on")
        said = str([*get_messages(confirm(client, URL, preview).wsgi_request)])
        assert "理由を書いてほしい指標が1件あります" in said
        assert (reverse("indicator_report") in said) == sees_it
        assert (client.get(reverse("indicator_report")).status_code == 200) == sees_it


def test_the_day_of_the_baseline_has_its_value(place, staff):
    IndicatorPage.objects.filter(pk=place.founders.pk).update(
        baseline_kind="measured", baseline_period="2025-03", baseline_value=3
    )
    answer = upload(staff, URL, HEADER + line(period="令和6年度") + line(period="令和7年度"))
    ((number, column, typed, message),) = problems_of(answer)
    assert (number, column, typed) == (2, "日付・年度", "令和6年度")
    assert "2025年3月" in message


def test_a_correction_keeps_the_former_value(place, publisher):
    figure = MeasurementFactory(indicator=place.founders, value=8, source=place.source)
    same = MeasurementFactory(indicator=place.green, value=10, source=place.source)
    preview = imported(publisher, HEADER + line() + line("green", value="10.0"), publish="on")
    assert steps_of(preview) == [(2, "changed", [("8 人", "10 人")]), (3, "unchanged", [])]
    figure.refresh_from_db()
    assert figure.value == 10
    assert [former.value for former in figure.former.all()] == [8]
    assert not ModelLogEntry.objects.for_instance(same).exists()


def test_who_publishes_over_a_draft_is_told(place, publisher):
    figure = MeasurementFactory(indicator=place.founders, value=8, source=place.source)
    table = HEADER + line()
    assert "下書き" not in remark_of(upload(publisher, URL, table, publish="on"))
    figure.value = 9
    figure.save_revision()
    assert "下書き" in remark_of(upload(publisher, URL, table, publish="on"))


def remark_of(preview) -> str:
    (step,) = preview.context["plan"].steps
    return step.remark


def test_a_correction_by_a_division_changes_nothing_in_public(place, staff):
    figure = MeasurementFactory(indicator=place.founders, value=8, source=place.source)
    imported(staff, HEADER + line())
    figure.refresh_from_db()
    assert (figure.value, figure.live, figure.has_unpublished_changes) == (8, True, True)
    assert figure.get_latest_revision_as_object().value == 10
    assert steps_of(upload(staff, URL, HEADER + line())) == [(2, "unchanged", [])]


def test_a_draft_becomes_public_as_it_is(place, staff, publisher):
    imported(staff, HEADER + line())
    preview = imported(publisher, HEADER + line(), publish="on")
    assert steps_of(preview) == [(2, "changed", [])]
    assert Measurement.objects.get().live


def test_what_waits_for_approval_is_decided_first(place, staff, publisher, workflow):
    imported(staff, HEADER + line())
    for client, table, options in (
        (staff, HEADER + line(value="11"), {}),
        (publisher, HEADER + line(), {"publish": "on"}),
    ):
        ((number, column, _typed, message),) = problems_of(upload(client, URL, table, **options))
        assert (number, column) == (2, "")
        assert message
    assert steps_of(upload(staff, URL, HEADER + line())) == [(2, "unchanged", [])]


def test_what_was_sent_back_is_submitted_again(place, staff, workflow):
    imported(staff, HEADER + line())
    state = WorkflowState.objects.get()
    state.current_task_state.reject(user=staff.user)
    imported(staff, HEADER + line(value="11"))
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_a_column_that_is_not_there_changes_nothing(place, publisher):
    figure = MeasurementFactory(indicator=place.founders, source=place.source, note="見本")
    header = "指標,日付・年度,値,区分,出典\n"
    imported(publisher, f"{header}founders,令和6年度,11,確定,report\n", publish="on")
    figure.refresh_from_db()
    assert (figure.value, figure.note) == (11, "見本")


# What is refused


@pytest.mark.parametrize(
    ("values", "column", "word"),
    [
        ({"indicator": "nobody"}, "指標", "nobody"),
        ({"indicator": ""}, "指標", ""),
        ({"period": "いつか"}, "日付・年度", "いつか"),
        ({"period": "2999"}, "日付・年度", "2999"),
        ({"period": "2099"}, "日付・年度", "2099年12月31日"),
        ({"value": "多数"}, "値", "多数"),
        ({"value": "10ha"}, "値", "ha"),
        ({"value": "1" * 20}, "値", ""),
        ({"value": ""}, "値", ""),
        ({"status": "たぶん"}, "区分", "速報"),
        ({"status": ""}, "区分", ""),
        ({"source": "うわさ"}, "出典", "うわさ"),
    ],
)
def test_what_a_person_would_not_understand(place, publisher, values, column, word):
    answer = upload(publisher, URL, HEADER + line("green") + line(**values), publish="on")
    ((number, name, typed, message),) = problems_of(answer)
    assert (number, name, typed) == (3, column, next(iter(values.values())))
    assert word in message
    shown = text_of(answer)
    assert typed in shown
    assert message in shown
    assert not Measurement.objects.exists()


def test_cells_that_are_too_long(place, publisher):
    table = HEADER + line("founders", "2010", "1", "確定", "report", "箇" * 31, "備" * 201)
    found = problems_of(upload(publisher, URL, table))
    assert [(number, column) for number, column, *_ in found] == [(2, "章・節"), (2, "注記")]


@pytest.mark.parametrize("period", ["令和6年度", "2025-03-31"])
def test_two_lines_for_one_figure(place, publisher, period):
    answer = upload(publisher, URL, HEADER + line() + line("green") + line(period=period))
    ((number, column, typed, message),) = problems_of(answer)
    assert (number, column, typed) == (4, "日付・年度", period)
    assert "2" in message


def test_another_name_for_the_period_of_a_figure(place, publisher):
    MeasurementFactory(indicator=place.founders, period="FY2024", source=place.source)
    ((number, column, *_),) = problems_of(
        upload(publisher, URL, HEADER + line(period="2025-03-31"))
    )
    assert (number, column) == (2, "日付・年度")


def test_an_unclear_name(place, publisher):
    place.add("founders-2", "創業した人", "人")
    ((number, column, *_),) = problems_of(upload(publisher, URL, HEADER + line("創業した人")))
    assert (number, column) == (2, "指標")


@pytest.mark.parametrize(
    "table",
    ["", "何か\n1\n", HEADER, HEADER + "a,b\n", "%PDF", HEADER + line(value="=1+1")],
)
def test_what_is_no_table_is_explained(place, publisher, table):
    answer = upload(publisher, URL, table)
    assert answer.status_code == 200
    assert answer.context["problems"] or answer.context["form"].errors
    assert not Measurement.objects.exists()


def test_ten_thousand_lines_are_refused_as_a_whole(place, publisher):
    answer = upload(publisher, URL, years(10_000))
    ((number, _column, _typed, message),) = problems_of(answer)
    assert number == MeasurementImport.max_lines + 2
    assert f"{MeasurementImport.max_lines}" in message
    assert not Measurement.objects.exists()


# The preview and its confirmation


def test_all_or_nothing(place, publisher, monkeypatch):
    preview = upload(publisher, URL, HEADER + line() + line("green"), publish="on")
    save = Measurement.save

    def fail_at_the_second(self, *args, **kwargs):
        if self.indicator_id == place.green.pk:
            raise RuntimeError("the disk is full")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Measurement, "save", fail_at_the_second)
    with pytest.raises(RuntimeError):
        confirm(publisher, URL, preview)
    assert not Measurement.objects.exists()


def test_what_changed_meanwhile_is_shown_again(place, publisher):
    preview = upload(publisher, URL, HEADER + line() + line("green"), publish="on")
    MeasurementFactory(indicator=place.green, value=3, source=place.source)
    again = confirm(publisher, URL, preview)
    assert [(step[0], step[1]) for step in steps_of(again)] == [(2, "new"), (3, "changed")]
    assert [step.is_other for step in again.context["plan"].steps] == [False, True]
    assert Measurement.objects.count() == 1
    assert confirm(publisher, URL, again).status_code == 302
    assert Measurement.objects.count() == 2


def test_what_became_impossible_meanwhile_is_explained(place, publisher):
    preview = upload(publisher, URL, HEADER + line())
    page = fresh(place.founders)
    page.slug, page.title = "others", "ほかの人"
    publish(page)
    answer = confirm(publisher, URL, preview)
    assert [(number, column) for number, column, *_ in problems_of(answer)] == [(2, "指標")]


def test_an_old_preview_is_looked_at_again(place, publisher):
    preview = upload(publisher, URL, HEADER + line())
    with freeze_time(datetime.datetime.now() + datetime.timedelta(hours=2)):
        again = confirm(publisher, URL, preview)
        assert not Measurement.objects.exists()
        assert confirm(publisher, URL, again).status_code == 302


@pytest.mark.parametrize("change", [lambda t: t[:-2] + "xx", lambda t: "", lambda t: t[5:]])
def test_a_preview_that_was_tampered_with(place, publisher, change):
    preview = upload(publisher, URL, HEADER + line())
    answer = publisher.post(URL, {"previewed": change(preview.context["previewed"])})
    assert "form" in answer.context
    assert not Measurement.objects.exists()


def test_the_preview_of_somebody_else(place, staff, publisher):
    preview = upload(publisher, URL, HEADER + line(), publish="on")
    confirm(staff, URL, preview)
    assert not Measurement.objects.exists()


def test_a_right_that_was_taken_away_meanwhile(place, publisher):
    preview = upload(publisher, URL, HEADER + line(), publish="on")
    publisher.user.groups.get().permissions.remove(
        *publisher.user.groups.get().permissions.filter(codename="publish_measurement")
    )
    answer = confirm(publisher, URL, preview)
    assert messages_of(publisher, answer) or answer.status_code == 302
    assert not Measurement.objects.exists()


# Who may


@pytest.mark.parametrize("permissions", [(), MAY[:1], MAY[1:]])
def test_who_may_not_add_and_change_sees_nothing(place, publisher, permissions):
    client = someone("nobody", *permissions, edits=place.index)
    preview = upload(publisher, URL, HEADER + line())
    for answer in (
        client.get(URL),
        client.get(f"{URL}?template"),
        upload(client, URL, HEADER + line()),
        confirm(client, URL, preview),
    ):
        assert answer.status_code == 302
        assert answer.url == reverse("wagtailadmin_home")
    assert not Measurement.objects.exists()


def test_without_signing_in_there_is_nothing(place):
    for answer in (Client().get(URL), upload(Client(), URL, HEADER + line())):
        assert "login" in answer.url


def test_indicators_of_others_are_not_known(place):
    client = someone("elsewhere", *MAY, edits=place.green)
    ((number, column, _typed, message),) = problems_of(upload(client, URL, HEADER + line()))
    assert (number, column) == (2, "指標")
    assert place.founders.title not in message
    assert steps_of(upload(client, URL, HEADER + line("green")))[0][1] == "new"


# How much it asks


def queries(action) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def years(count: int) -> str:
    return HEADER + "".join(line(period=f"{1951 + n}-01-01") for n in range(count))


def test_a_preview_asks_the_same_for_every_length(place, publisher):
    upload(publisher, URL, years(1))
    few, many = (queries(lambda n=n: upload(publisher, URL, years(n))) for n in (2, 40))
    assert few == many


def test_saving_asks_a_bounded_number_for_each_line(place, publisher):
    imported(publisher, years(1), publish="on")
    previews = [upload(publisher, URL, years(n), publish="on") for n in (12, 42)]
    asked = []
    for preview in previews:
        asked.append(queries(lambda p=preview: confirm(publisher, URL, p)))
        Measurement.objects.all().delete()
        imported(publisher, years(1), publish="on")
    assert (asked[1] - asked[0]) / 30 <= 45


def test_the_signature_says_what_it_is_for(place, publisher):
    preview = upload(publisher, URL, HEADER + line())
    with pytest.raises(signing.BadSignature):
        signing.loads(preview.context["previewed"])
