"""Events from a table: what a line means, what comes again, and what is refused and why."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission, Page

from events.factories import EventPageFactory
from events.imports.event_import import MOST_WRITTEN, EventImport
from events.models import EventIndexPage, EventPage, ImportedEvent
from tests.imports import confirm, problems_of, someone, steps_of, upload
from tests.kiyose.test_tables import workbook
from tests.staff import client_of
from tests.world import fresh, publish

from .tables import (
    OPTIONS,
    REAL_FILE,
    URL,
    drafts,
    imported,
    kinds_of,
    latest,
    lines_of,
    preview_of,
    publish_all,
    sessions_of,
    table,
)

pytestmark = pytest.mark.django_db

DAY, TIME = datetime.date, datetime.time


@pytest.fixture
def staff(town):
    with translation.override("ja"):
        yield client_of("department")


def one(**cells) -> dict:
    return {"NO": "1", "名称": "見本の会"} | cells


# A line that comes again


def test_a_change_is_a_draft_of_the_page_that_the_public_does_not_see(staff):
    imported(staff, table(one(開始日="2022-05-01", 定員="20")))
    publish_all()
    answer = imported_change = preview_of(staff, table(one(開始日="2022-05-02", 定員="30人")))
    ((line, kind, changes),) = steps_of(imported_change)
    assert (line, kind) == (2, "changed")
    assert ("20", "30") in changes
    confirm(staff, URL, answer)
    (page,) = EventPage.objects.all()
    assert (page.capacity, page.sessions.get().starts_on) == (20, DAY(2022, 5, 1))
    assert page.has_unpublished_changes
    draft = latest(page)
    assert (draft.capacity, sessions_of(draft)) == (
        30,
        [(DAY(2022, 5, 2), None, None, None, "once")],
    )
    assert draft.sessions.all()[0].key == page.sessions.get().key


def test_another_year_and_another_source_are_other_events(staff):
    data = table(one(開始日="2022-05-01"))
    imported(staff, data)
    imported(staff, data, source="another")
    imported(staff, data, fiscal_year="2020")
    imported(staff, table(one(開始日="2023-05-01")))
    assert EventPage.objects.count() == 4


def test_excel_takes_zeros_from_numbers_and_writes_days_and_hours_its_own_way(staff):
    imported(staff, table(one(NO="0000000001", 開始日="2022-05-01", 開始時刻="09:00")))
    publish_all()
    again = table(one(NO="1", 開始日="2022/5/1", 開始時刻="9:00:00"))
    assert kinds_of(preview_of(staff, again)) == ["unchanged"]


def test_a_line_of_our_own_data_changes_its_session(staff, town):
    page = EventPageFactory(
        parent=fresh(EventIndexPage.objects.get()),
        slug="two",
        title="見本の二回",
        capacity=5,
        sessions=[
            {"starts_on": DAY(2022, 5, 1), "starts_at": TIME(10), "ends_at": TIME(12)},
            {
                "starts_on": DAY(2022, 5, 3),
                "until": DAY(2022, 5, 4),
                "starts_at": TIME(22),
                "ends_at": TIME(5),
            },
        ],
    )
    publish(fresh(page))
    lines = lines_of(Client().get("/opendata/events.csv").content)
    assert kinds_of(preview_of(staff, table(*lines))) == ["unchanged"] * 2
    lines[1] |= {"開始時刻": "21:00"}
    lines[0] |= {"定員": "8"}
    answer = imported(staff, table(*lines))
    draft = latest(page)
    assert draft.capacity == 8
    assert sessions_of(draft) == [
        (DAY(2022, 5, 1), None, TIME(10), TIME(12), "once"),
        (DAY(2022, 5, 3), DAY(2022, 5, 4), TIME(21), TIME(5), "once"),
    ]
    assert draft.revisions.filter(user__username="department").count() == 1, "one for both lines"
    assert answer.url == reverse("wagtailadmin_explore", args=[page.get_parent().pk])


def test_a_draft_that_differs_from_the_public_page_is_not_undone(staff, town):
    page = EventPageFactory(parent=fresh(EventIndexPage.objects.get()))
    publish(fresh(page))
    lines = lines_of(Client().get("/opendata/events.csv").content)
    draft = latest(page)
    draft.title = "見本の新しい題"
    draft.save_revision()
    assert kinds_of(preview_of(staff, table(*lines))) == ["unchanged"]
    imported(staff, table(lines[0] | {"定員": "7"}))
    assert (latest(page).title, latest(page).capacity) == ("見本の新しい題", 7)


def test_two_lines_of_one_event_must_not_contradict_each_other(staff, town):
    page = EventPageFactory(
        parent=fresh(EventIndexPage.objects.get()),
        sessions=[{"starts_on": DAY(2022, 5, day)} for day in (1, 2)],
    )
    publish(fresh(page))
    lines = lines_of(Client().get("/opendata/events.csv").content)
    lines[0] |= {"定員": "7"}
    lines[1] |= {"定員": "8"}
    answer = upload(staff, URL, table(*lines), **OPTIONS)
    assert [line for line, *_ in problems_of(answer)] == [3]


@pytest.mark.parametrize("number", ["P999999-abcdef", "P1-abcdef"])
def test_a_number_of_ours_that_nothing_has_is_refused(staff, number):
    answer = upload(staff, URL, table(one(NO=number)), **OPTIONS)
    ((line, column, typed, _message),) = problems_of(answer)
    assert (line, column, typed) == (2, "NO", number)


# Forms of files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_that_excel_writes(staff, encoding):
    text = REAL_FILE.read_text("utf-8-sig")
    answer = preview_of(staff, text.encode(encoding))
    assert kinds_of(answer) == ["new"] * 15


@pytest.mark.parametrize("columns", ["base", "recommended"])
def test_from_an_excel_file(staff, columns):
    names = {"base": ("名称", "開始時刻"), "recommended": ("イベント名", "開始時間")}[columns]
    data = workbook(
        ["NO", names[0], "開始日", names[1]],
        [36, "見本の会", datetime.datetime(2022, 5, 1), datetime.time(9, 30)],
    )
    imported(staff, data, "events.xlsx")
    (page,) = drafts()
    assert (page.title, sessions_of(page)) == (
        "見本の会",
        [(DAY(2022, 5, 1), None, TIME(9, 30), None, "once")],
    )
    assert ImportedEvent.objects.get().number == "36"


def test_columns_that_nobody_knows_are_left_out_and_said(staff):
    data = "NO,名称,独自の列,開始日\n1,見本の会,=秘密,2022/5/1\n".encode()
    answer = preview_of(staff, data)
    assert any("独自の列" in note for note in answer.context["plan"].notes)
    confirm(staff, URL, answer)
    assert [page.title for page in drafts()] == ["見本の会"]


def test_the_recommended_columns_are_known_by_their_header(staff):
    line = {
        "NO": "5",
        "イベント名": "見本の会",
        "イベント名_カナ": "ミホンノカイ",
        "開始日": "2022-05-01",
        "場所名称": "生涯学習センター",
        "方書": "6階",
        "住所": "東京都清瀬市元町1-2-11",
        "主催者": "見本の課",
        "参加申込方法": "必要(抽選)",
        "参加申込終了日": "2022-04-20",
        "緯度": "35.7",
    }
    answer = preview_of(staff, table(line, columns="recommended"))
    assert any("緯度" in note for note in answer.context["plan"].notes)
    confirm(staff, URL, answer)
    (page,) = drafts()
    (session,) = page.sessions.all()
    assert (page.reading, page.organiser, page.application) == (
        "みほんのかい",
        "見本の課",
        "lottery",
    )
    assert (session.venue.key, page.place, page.address) == ("gakushu", "6階", "")
    assert page.apply_until == DAY(2022, 4, 20)


# What single cells may say


@pytest.mark.parametrize(
    ("cells", "session", "note"),
    [
        (
            {"開始日": "2022-05-02", "終了日": "2022-05-30",
             "日時備考": "毎週水曜日（祝日を除く）"},
            (DAY(2022, 5, 4), DAY(2022, 5, 30), None, None, "weekly"),
            "",
        ),
        (
            {"開始日": "2022-05-02", "終了日": "2022-05-30", "開始時刻": "10:00",
             "日時備考": "毎週月・水曜日"},
            (DAY(2022, 5, 2), DAY(2022, 5, 30), None, None, "words"),
            "毎週月・水曜日\n10:00～",
        ),
        (
            {"開始日": "2022-05-02", "終了日": "2022-05-30", "日時備考": "毎月第2土曜日"},
            (DAY(2022, 5, 2), DAY(2022, 5, 30), None, None, "words"),
            "毎月第2土曜日",
        ),
        (
            {"開始日": "2022-05-02", "終了日": "2022-05-03",
             "開始時刻": "22:00", "終了時刻": "5:00"},
            (DAY(2022, 5, 2), DAY(2022, 5, 3), TIME(22), TIME(5), "once"),
            "",
        ),
        (
            {"開始日": "2022-05-02", "終了日": "2022-05-03"},
            (DAY(2022, 5, 2), DAY(2022, 5, 3), None, None, "once"),
            "",
        ),
        ({"終了日": "令和4年5月2日"}, (DAY(2022, 5, 2), None, None, None, "once"), ""),
        (
            {"日時備考": "2022年3月中旬", "開始時刻": "午後1時"},
            (DAY(2022, 3, 11), DAY(2022, 3, 20), None, None, "words"),
            "2022年3月中旬\n13:00～",
        ),
        ({"日時備考": "未定"}, None, "未定"),
    ],
)  # fmt: skip
def test_when(staff, cells, session, note):
    data = table(one(**cells))
    imported(staff, data)
    (page,) = drafts()
    assert sessions_of(page) == ([session] if session else [])
    assert page.dates_note == note
    assert kinds_of(preview_of(staff, data)) == ["unchanged"]


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("料金(基本)", "無料", "fee", 0),
        ("料金(基本)", "１，０００円", "fee", 1000),
        ("料金(基本)", "500円から", "fee_note", "500円から"),
        ("定員", "先着２０名", "capacity", 20),
        ("定員", "各回20名", "remarks", "定員: 各回20名"),
        ("外国語対応", "日本語、英語", "languages", "ja en"),
        ("外国語対応", "英語、手話", "remarks", "外国語対応: 英語、手話"),
        ("申込方法", "不要", "application", "none"),
        ("申込方法", "必要（先着順）\n電話で", "application", "first-come"),
        ("申込方法", "電話で", "how_to_apply", "電話で"),
        ("連絡先電話番号", "（０４２）４９７－２０７７", "contact_phone", "042-497-2077"),
        ("住所町名", "元町", "address", "元町"),
        ("主催団体", "見本の会", "organiser", "見本の会"),
        ("その他関係団体", "見本の団体", "partners", "見本の団体"),
        ("URL", "example.jp/a", "website", "https://example.jp/a"),
        ("名称(カナ)", "ミホン", "reading", "みほん"),
    ],
)
def test_a_cell(staff, column, text, field, value):
    data = table(one(開始日="2022-05-01", **{column: text}))
    imported(staff, data)
    (page,) = drafts()
    assert getattr(page, field) == value
    assert kinds_of(preview_of(staff, data)) == ["unchanged"]
    publish_all()
    exported = Client().get("/opendata/events.csv").content
    assert kinds_of(preview_of(staff, exported)) == ["unchanged"]


def test_an_address_elsewhere_keeps_its_city(staff):
    parts = {
        "住所都道府県": "埼玉県",
        "住所市区町村": "新座市",
        "住所町名": "見本",
        "建物名等": "見本館",
    }
    imported(staff, table(one(開始日="2022-05-01", **parts)))
    (page,) = drafts()
    assert page.address == "埼玉県新座市見本 見本館"
    publish_all()
    (line,) = lines_of(Client().get("/opendata/events.csv").content)
    assert {name: line[name] for name in parts} == parts


def test_the_apostrophe_that_keeps_spreadsheets_from_calculating_is_not_taken_over(staff):
    imported(staff, table(one(名称="'=見本の会", 説明="'普通の引用")))
    (page,) = drafts()
    assert (page.title, page.description) == ("=見本の会", "'普通の引用")
    assert kinds_of(preview_of(staff, table(one(名称="'=見本の会")))) == ["unchanged"]


def test_a_cancelled_one_needs_a_decision(staff):
    answer = preview_of(staff, table(one(開始日="2022-05-01", 状態="中止")))
    assert "中止" in answer.context["plan"].steps[0].remark


# Bad input


@pytest.mark.parametrize(
    ("cells", "column", "typed"),
    [
        ({"開始日": "2022-02-30"}, "開始日", "2022-02-30"),
        ({"開始日": "2022-05-02", "終了日": "2022-05-01"}, "終了日", "2022-05-01"),
        (
            {"開始日": "2022-05-02", "開始時刻": "12:00", "終了時刻": "11:00"},
            "終了時刻",
            "11:00",
        ),
        ({"開始日": "2022-05-02", "開始時刻": "25:00"}, "開始時刻", "25:00"),
        ({"開始日": "2020-05-02", "終了日": "2024-05-01"}, "終了日", "2024-05-01"),
        ({"名称": ""}, "名称", ""),
        ({"NO": ""}, "NO", ""),
        ({"URL": "javascript:alert(1)"}, "URL", "javascript:alert(1)"),
        ({"連絡先電話番号": "電話"}, "連絡先電話番号", "電話"),
        ({"連絡先メールアドレス": "a@"}, "連絡先メールアドレス", "a@"),
        ({"名称(カナ)": "漢字"}, "名称(カナ)", "漢字"),
        ({"名称": "あ" * 300}, "名称", "あ" * 100),
        ({"説明": "あ" * 5001}, "説明", "あ" * 100),
        ({"日時備考": "あ" * 501}, "日時備考", "あ" * 100),
        ({"説明": "=1+1"}, "説明", "=1+1"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_column(staff, cells, column, typed):
    good = {"NO": "2", "名称": "見本"}
    answer = upload(staff, URL, table(good, one(**cells)), **OPTIONS)
    ((line, found, shown, message),) = problems_of(answer)
    assert (line, found, shown) == (3, column, typed)
    assert message
    assert not EventPage.objects.exists(), "all or nothing"


def test_a_number_twice(staff):
    answer = upload(staff, URL, table(one(NO="01"), one(NO="1")), **OPTIONS)
    ((line, column, _typed, _message),) = problems_of(answer)
    assert (line, column) == (3, "NO")


def test_ragged_lines(staff):
    data = REAL_FILE.read_bytes() + b"0000000050,132217,x\r\n"
    answer = upload(staff, URL, data, **OPTIONS)
    ((line, *_),) = problems_of(answer)
    assert line == 17


def test_what_is_no_table_of_events(staff):
    answer = upload(staff, URL, "a,b\n1,2\n", **OPTIONS)
    assert {column for _line, column, *_ in problems_of(answer)} >= {"NO", "名称"}


def test_ten_thousand_lines_are_refused_before_any_is_looked_at(staff, monkeypatch):
    monkeypatch.setattr(EventImport, "prepare", lambda *_: pytest.fail("A line was looked at"))
    data = table(*({"NO": str(number), "名称": "見本"} for number in range(10_000)))
    ((_line, _column, _typed, message),) = problems_of(upload(staff, URL, data, **OPTIONS))
    assert "1,000" in message


def test_only_so_many_are_written_at_a_time(staff):
    data = table(*({"NO": str(number), "名称": "見本"} for number in range(MOST_WRITTEN + 1)))
    ((_line, _column, _typed, message),) = problems_of(upload(staff, URL, data, **OPTIONS))
    assert str(MOST_WRITTEN) in message


@pytest.mark.parametrize(
    "options", [{"source": ""}, {"source": "a b"}, {"fiscal_year": "1066"}, {"fiscal_year": "x"}]
)
def test_options_that_make_no_sense(staff, options):
    answer = upload(staff, URL, table(one()), **OPTIONS | options)
    assert "plan" not in answer.context
    assert answer.context["form"].errors.keys() == options.keys()


def test_somebody_else_imports_the_same_in_between(staff):
    preview = preview_of(staff, table(one()))
    imported(staff, table(one()))
    again = confirm(staff, URL, preview)
    assert again.status_code == 200
    assert kinds_of(again) == ["unchanged"]
    assert EventPage.objects.count() == 1


def test_the_number_of_queries_of_a_preview_does_not_grow_with_the_lines(staff):
    def queries(count: int) -> int:
        data = table(
            *({"NO": str(n), "名称": "見本", "集合場所": "健康センター"} for n in range(count))
        )
        preview_of(staff, data)
        with CaptureQueriesContext(connection) as captured:
            preview_of(staff, data)
        return len(captured)

    assert queries(2) == queries(40)


# Who may


MAY = {"admin", "pr", "mirai", "department"}
ROLES = ("admin", "pr", "mirai", "department", "translator", "shokokai", "katsudo", "iinkai")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_import(staff, role):
    client = client_of(role)
    assert (client.get(URL).status_code == 200) == (role in MAY)
    answer = upload(client, URL, table(one()), **OPTIONS)
    assert ("plan" in (answer.context or {})) == (role in MAY)
    preview = preview_of(staff, table(one()))
    confirm(client, URL, preview)
    assert not EventPage.objects.exists() or role == "department", "a preview is one's own"


def test_nobody_without_signing_in(town):
    assert Client().get(URL).status_code == 302


def test_the_list_of_events_offers_it(staff, town):
    index = EventIndexPage.objects.get()
    address = reverse("wagtailadmin_explore", args=[index.pk])
    assert URL in staff.get(address).content.decode()
    home = reverse("wagtailadmin_explore", args=[town.site.home.pk])
    assert URL not in client_of("pr").get(home).content.decode()


def test_a_page_that_one_may_not_edit_is_not_changed_by_a_file(staff, town):
    """Whoever may only add pages changes those of nobody else."""
    imported(client_of("pr"), table(one(定員="5")))
    index = EventIndexPage.objects.get()
    writer = someone("writer", edits=None)
    GroupPagePermission.objects.create(
        group=writer.user.groups.get(),
        page_id=index.pk,
        permission=Permission.objects.get(
            content_type__app_label="wagtailcore", codename="add_page"
        ),
    )
    assert kinds_of(preview_of(writer, table(one(定員="5")))) == ["unchanged"]
    answer = upload(writer, URL, table(one(定員="6")), **OPTIONS)
    assert [line for line, *_ in problems_of(answer)] == [2]


def test_a_locked_page_is_not_changed_by_a_file(staff):
    imported(staff, table(one(定員="5")))
    Page.objects.filter(pk=EventPage.objects.get().pk).update(locked=True)
    answer = upload(staff, URL, table(one(定員="6")), **OPTIONS)
    assert [line for line, *_ in problems_of(answer)] == [2]


def test_the_table_to_fill_in_is_taken_back(staff):
    data = staff.get(URL + "?template").content
    assert kinds_of(preview_of(staff, data)) == ["new"]
