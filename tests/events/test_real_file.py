"""The city's own file: every line becomes a sensible draft, once."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from wagtail.models import PageLogEntry

from events.factories import VenueFactory
from events.models import EventIndexPage, EventPage, ImportedEvent
from kiyose.tables.importing import IMPORTED
from tests.staff import client_of
from tests.world import fresh

from .tables import (
    REAL_FILE,
    drafts,
    imported,
    kinds_of,
    latest,
    lines_of,
    preview_of,
    publish_all,
    sessions_of,
)

pytestmark = pytest.mark.django_db

DAY, TIME = datetime.date, datetime.time
DATA = REAL_FILE.read_bytes()


@pytest.fixture
def staff(town):
    with translation.override("ja"):
        yield client_of("department")


@pytest.fixture(scope="module")
def looked(town, django_db_blocker):
    """The preview that a department has seen."""
    with django_db_blocker.unblock(), translation.override("ja"):
        preview = preview_of(client_of("department"), DATA)
        assert not EventPage.objects.exists(), "nothing is saved by looking"
        return preview


@pytest.fixture(scope="module")
def real(looked, django_db_blocker):
    """What it became, by NO."""
    with django_db_blocker.unblock(), transaction.atomic():
        imported(client_of("department"), DATA)
        return {row.number: row.page for row in ImportedEvent.objects.all()}


def test_every_line_of_the_real_file_becomes_a_draft(looked, real):
    assert kinds_of(looked) == ["new"] * 15
    pages = drafts()
    assert len(pages) == 15
    assert not any(page.live for page in pages)
    assert len({page.slug for page in pages}) == 15
    assert {page.owner.username for page in pages} == {"department"}
    assert {page.get_parent().specific_class for page in pages} == {EventIndexPage}


def test_a_single_day(real):
    page = latest(real["7"])
    assert page.title == "令和3年度 認知症家族会ゆりの会"
    assert sessions_of(page) == [(DAY(2022, 2, 16), None, TIME(14), TIME(15, 30), "once")]
    assert (page.application, page.how_to_apply) == ("none", "直接お越し下さい。")
    assert (page.fee, page.capacity) == (0, None)
    assert page.contact_phone == "042-497-2082"
    assert page.website.startswith("https://www.city.kiyose.lg.jp/")
    assert page.description.startswith("認知症の方を介護するご家族")
    assert "\n\n皆さんで" in page.description


def test_several_days_with_hours_are_every_day(real):
    assert sessions_of(latest(real["36"])) == [
        (DAY(2022, 1, 28), DAY(2022, 2, 3), TIME(9), TIME(16), "daily")
    ]


def test_every_week(real):
    page = latest(real["3"])
    assert sessions_of(page) == [
        (DAY(2021, 4, 7), DAY(2022, 3, 30), TIME(10), TIME(10, 30), "weekly")
    ]
    assert page.dates_note.startswith("長期間イベント(期間中毎週水曜日開催)")
    assert page.address == "中里四丁目1301番地"


def test_a_plain_date_among_the_notes_is_the_date(real):
    page = latest(real["40"])
    assert sessions_of(page) == [(DAY(2022, 2, 1), None, TIME(10, 30), TIME(12), "once")]
    assert page.dates_note == ""


def test_a_fuzzy_date_stays_in_words(real):
    page = latest(real["41"])
    assert sessions_of(page) == [(DAY(2022, 3, 11), DAY(2022, 3, 31), None, None, "words")]
    assert page.dates_note == "2022年3月中旬から下旬"


def test_the_venue_is_that_of_the_meeting_place(real):
    """By its whole name, or as the beginning of the text, which is kept."""
    (whole,), (begins,) = latest(real["1"]).sessions.all(), latest(real["7"]).sessions.all()
    assert (whole.venue.key, begins.venue.key) == ("kenko", "gakushu")
    assert latest(real["7"]).place == "生涯学習センター6階　講座室1"
    assert latest(real["7"]).address == "", "that of the venue is the venue's"
    (none,) = latest(real["37"]).sessions.all()
    assert (none.venue, latest(real["37"]).place) == (None, "新庁舎またはアミューホール")


def test_how_to_apply_is_understood_and_kept(real):
    page = latest(real["4"])
    assert page.application == "needed"
    assert page.how_to_apply.startswith("下記の関連リンク先")
    assert page.apply_until == DAY(2022, 1, 28)
    assert page.capacity == 6


def test_fields_by_name_and_what_is_no_field_is_said(looked, real):
    remarks = {step.form.number: step.remark for step in looked.context["plan"].steps}
    assert "申請" in remarks["38"]
    keys = {number: (field := latest(page).field) and field.key for number, page in real.items()}
    assert keys["36"] == "culture"
    assert keys["5"] == "health", "the first one of 健康・福祉、スポーツ"
    assert keys["38"] is None


def test_the_fiscal_year_is_that_of_the_dates(real):
    assert set(ImportedEvent.objects.values_list("source", "fiscal_year")) == {("kiyose", 2021)}


def test_columns_that_are_not_taken_over_are_said(looked):
    notes = " ".join(looked.context["plan"].notes)
    assert "都道府県コード又は市区町村コード" in notes


def test_a_line_in_the_history_of_each_page_names_file_and_line(real):
    log = PageLogEntry.objects.get(page=real["36"].pk, action=IMPORTED)
    assert log.data == {"file": "events.csv", "line": 2}
    assert log.user.username == "department"
    assert log.revision == fresh(real["36"]).latest_revision


@pytest.mark.parametrize("published", [False, True])
def test_the_same_file_again_changes_nothing(real, staff, published):
    if published:
        publish_all()
    before = [page.latest_revision_id for page in EventPage.objects.order_by("path")]
    answer = preview_of(staff, DATA)
    assert kinds_of(answer) == ["unchanged"] * 15
    assert not answer.context["plan"].does_something
    assert [page.latest_revision_id for page in EventPage.objects.order_by("path")] == before


@pytest.mark.parametrize("name", ["events", "events-recommended"])
def test_the_real_file_is_published_exported_and_imported_again_without_change(real, staff, name):
    publish_all()
    exported = Client().get(f"/opendata/{name}.csv").content
    assert len(lines_of(exported)) == 15
    answer = preview_of(staff, exported)
    assert kinds_of(answer) == ["unchanged"] * 15
    assert kinds_of(preview_of(staff, DATA)) == ["unchanged"] * 15


def test_what_is_exported_says_what_the_real_file_says(real):
    """All that stands in the file, but for NO, telephone numbers, and what we add."""
    publish_all()
    ours = {
        (line["名称"], line["開始日"] or line["日時備考"]): line
        for line in lines_of(Client().get("/opendata/events.csv").content)
    }
    kept = ("名称", "説明", "開始時刻", "終了時刻", "集合場所", "定員", "料金(基本)", "申込期限日")
    kept = (*kept, "アクセス方法", "主催団体", "連絡先名称", "備考")
    for line in lines_of(DATA):
        day = line["開始日"] or line["日時備考"].replace("2022/2/1", "2022-02-01")
        exported = ours[line["名称"], day]
        assert {name: exported[name] for name in kept} == {
            name: line[name].strip().replace("\r\n", "\n") for name in kept
        }
        if line["住所町名"]:
            assert (exported["住所町名"], exported["住所丁目以下"]) == (
                line["住所町名"],
                line["住所丁目以下"],
            )


def test_what_staff_have_added_stays_when_the_file_comes_again(real, staff):
    page = latest(real["5"])
    page.reading, page.application, page.summary = "すーぱーどっじぼーる", "first-come", "見本"
    (session,) = page.sessions.all()
    session.venue = VenueFactory(name="見本の体育館")
    page.sessions = [session]
    page.save_revision()
    assert kinds_of(preview_of(staff, DATA)) == ["unchanged"] * 15


def test_the_days_by_which_staff_sort_the_same_words_stay(real, staff):
    page = latest(real["41"])
    (session,) = page.sessions.all()
    session.starts_on = DAY(2022, 3, 19)
    page.sessions = [session]
    page.save_revision()
    assert kinds_of(preview_of(staff, DATA)) == ["unchanged"] * 15


def test_what_staff_made_of_the_same_days_stays(real, staff):
    page = latest(real["36"])
    (session,) = page.sessions.all()
    session.repeats = "once"
    page.sessions = [session]
    page.save_revision()
    assert kinds_of(preview_of(staff, DATA)) == ["unchanged"] * 15
