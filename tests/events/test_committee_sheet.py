"""The committee's Excel sheet: given out, filled in, and drafted below its own edition only."""

from __future__ import annotations

import datetime
import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from events.factories import EventPageFactory, FestivalPageFactory
from events.imports.columns import COMMITTEE
from events.imports.committee import workbook
from events.models import EventIndexPage, EventPage, ImportedEvent
from tests.imports import confirm, problems_of, steps_of, upload
from tests.staff import client_of
from tests.world import fresh, publish

from .tables import sessions_of, table

pytestmark = pytest.mark.django_db

URL = "/admin/events/programme/import/"
DAY, TIME = datetime.date, datetime.time


class Editions:
    """One edition of the committee, and one of others."""

    def __init__(self):
        index = EventIndexPage.objects.get()
        committee = Group.objects.get(name="実行委員会")
        self.own = FestivalPageFactory(
            parent=fresh(index), slug="own", title="見本のまつり", committee=committee
        )
        self.other = FestivalPageFactory(parent=fresh(index), slug="other", title="他のまつり")
        for page in (self.own, self.other):
            publish(fresh(page))


@pytest.fixture(scope="module")
def editions(town, django_db_blocker):
    with django_db_blocker.unblock():
        return Editions()


@pytest.fixture
def iinkai(editions):
    with translation.override("ja"):
        yield client_of("iinkai")


def filled(*lines: dict) -> bytes:
    """The sheet as the site gives it out, filled in."""
    book = load_workbook(io.BytesIO(workbook()))
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, line in enumerate(lines, 2):
        for name, value in line.items():
            sheet.cell(number, places[name], value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


LINE = {
    "番号": 1,
    "イベント名": "見本の野菜市",
    "ふりがな": "みほんのやさいいち",
    "開始日": datetime.date(2026, 10, 24),
    "開始時刻": datetime.time(10),
    "終了時刻": datetime.time(12, 30),
    "会場": "生涯学習センター",
    "くわしい場所": "1階",
    "分野": "文化・芸術",
    "申込": "必要(先着順)",
    "申込方法": "電話で",
    "申込締切日": "令和8年10月16日",
    "参加費": "無料",
    "定員": 20,
    "話せることば": "日本語、英語",
    "持ち物": "袋",
    "受付時間": "平日9時～17時",
}


def preview_of(client, data, page, name="programme.xlsx"):
    answer = upload(client, URL, data, name, edition=str(page.pk))
    assert "plan" in answer.context, problems_of(answer)
    return answer


def test_from_the_sheet_to_a_draft_below_the_edition(iinkai, editions):
    answer = preview_of(iinkai, filled(LINE), editions.own)
    assert [step[1] for step in steps_of(answer)] == ["new"]
    assert confirm(iinkai, URL, answer).url == reverse(
        "wagtailadmin_explore", args=[editions.own.pk]
    )
    (page,) = EventPage.objects.all()
    assert not page.live
    assert page.get_parent().pk == editions.own.pk
    draft = page.get_latest_revision_as_object()
    assert sessions_of(draft) == [(DAY(2026, 10, 24), None, TIME(10), TIME(12, 30), "once")]
    (session,) = draft.sessions.all()
    assert (session.venue.key, draft.place, draft.field.key) == ("gakushu", "1階", "culture")
    assert (draft.application, draft.how_to_apply) == ("first-come", "電話で")
    assert draft.apply_until == DAY(2026, 10, 16)
    assert (draft.fee, draft.capacity, draft.languages) == (0, 20, "ja en")
    assert (draft.what_to_bring, draft.contact_hours) == ("袋", "平日9時～17時")
    assert draft.owner.username == "iinkai"


def test_the_same_sheet_again_changes_nothing_and_a_corrected_one_its_draft(iinkai, editions):
    confirm(iinkai, URL, preview_of(iinkai, filled(LINE), editions.own))
    again = preview_of(iinkai, filled(LINE), editions.own)
    assert [step[1] for step in steps_of(again)] == ["unchanged"]
    changed = preview_of(iinkai, filled(LINE | {"定員": 30}), editions.own)
    assert steps_of(changed) == [(2, "changed", [("20", "30")])]
    confirm(iinkai, URL, changed)
    (page,) = EventPage.objects.all()
    assert page.get_latest_revision_as_object().capacity == 30


def test_the_number_counts_within_its_edition(editions):
    with translation.override("ja"):
        pr = client_of("pr")
        for page in (editions.own, editions.other):
            confirm(pr, URL, preview_of(pr, filled(LINE), page))
    assert EventPage.objects.count() == 2
    assert set(ImportedEvent.objects.values_list("number", flat=True)) == {"1"}


# The sheet


def test_the_sheet_offers_what_can_be_chosen(iinkai):
    answer = iinkai.get(URL + "?template")
    assert "spreadsheet" in answer.headers["Content-Type"]
    assert 'filename="programme.xlsx"' in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert names == [name for name, _key in COMMITTEE]
    rules = {}
    for rule in sheet.data_validations.dataValidation:
        (cells,) = rule.sqref.ranges
        sheet_name, area = rule.formula1.split("!")
        values = [cell.value for (cell,) in book[sheet_name.strip("'")][area.replace("$", "")]]
        assert (cells.min_row, rule.type) == (2, "list")
        rules[names[cells.min_col - 1]] = values
    assert {name: set(values) for name, values in rules.items()} == {
        "会場": {"健康センター", "生涯学習センター"},
        "分野": {"文化・芸術", "健康・福祉"},
        "申込": {"不要", "必要", "必要(先着順)", "必要(抽選)"},
    }


def test_a_second_sheet_explains_every_column(iinkai):
    sheet = load_workbook(io.BytesIO(workbook())).worksheets[1]
    explained = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in explained] == [name for name, _key in COMMITTEE]
    assert all(row[2] for row in explained)
    assert [row[0] for row in explained if row[1]] == ["番号", "イベント名"]
    assert any("生涯学習センター" in (row[4] or "") for row in explained)


def test_an_empty_sheet_is_said_to_be_empty(iinkai, editions):
    answer = upload(iinkai, URL, workbook(), "programme.xlsx", edition=str(editions.own.pk))
    assert len(problems_of(answer)) == 1


def test_what_is_no_way_to_apply_is_refused(iinkai, editions):
    data = filled(LINE | {"申込": "たぶん"})
    answer = upload(iinkai, URL, data, "programme.xlsx", edition=str(editions.own.pk))
    ((line, column, typed, _message),) = problems_of(answer)
    assert (line, column, typed) == (2, "申込", "たぶん")


def test_a_place_that_is_no_venue_stays_in_words(iinkai, editions):
    answer = preview_of(iinkai, filled(LINE | {"会場": "見本の畑"}), editions.own)
    assert "見本の畑" in answer.context["plan"].steps[0].remark
    confirm(iinkai, URL, answer)
    draft = EventPage.objects.get().get_latest_revision_as_object()
    assert (draft.place, draft.sessions.all()[0].venue) == ("見本の畑 1階", None)


# Whose edition


MAY = {
    "admin": {"own", "other"},
    "pr": {"own", "other"},
    "mirai": {"own", "other"},
    "department": {"own", "other"},
    "iinkai": {"own"},
}
ROLES = ("admin", "pr", "mirai", "department", "translator", "shokokai", "katsudo", "iinkai")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("edition", ["own", "other"])
def test_who_may_import_into_which_edition(editions, role, edition):
    client, page = client_of(role), getattr(editions, edition)
    assert (client.get(URL).status_code == 200) == (role in MAY)
    assert (client.get(URL + "?template").status_code == 200) == (role in MAY)
    answer = upload(client, URL, filled(LINE), "programme.xlsx", edition=str(page.pk))
    is_theirs = edition in MAY.get(role, ())
    assert ("plan" in (answer.context or {})) == is_theirs
    if is_theirs:
        confirm(client, URL, answer)
    assert EventPage.objects.count() == is_theirs


def test_nobody_without_signing_in(editions):
    assert Client().get(URL).status_code == 302


def test_who_is_no_longer_the_committee_cannot_confirm(iinkai, editions):
    answer = preview_of(iinkai, filled(LINE), editions.own)
    page = fresh(editions.own)
    page.committee = None
    publish(page)
    assert confirm(iinkai, URL, answer).status_code in (302, 403)
    assert not EventPage.objects.exists()


@pytest.mark.parametrize("where", ["own", "other"])
def test_an_event_of_another_edition_is_not_known_by_its_number(iinkai, editions, where):
    event = EventPageFactory(parent=fresh(getattr(editions, where)), slug="event")
    publish(fresh(event))
    key = fresh(event).sessions.get().key
    data = table(
        {"番号": f"P{event.pk}-{key}", "イベント名": "見本の新しい題"}, columns="committee"
    )
    answer = upload(iinkai, URL, data, edition=str(editions.own.pk))
    if where == "own":
        confirm(iinkai, URL, answer)
        assert fresh(event).get_latest_revision_as_object().title == "見本の新しい題"
    else:
        ((line, column, *_),) = problems_of(answer)
        assert (line, column) == (2, "番号")


def test_the_edition_offers_the_import_and_is_chosen_already(iinkai, editions):
    listing = iinkai.get(reverse("wagtailadmin_explore", args=[editions.own.pk]))
    address = f"{URL}?edition={editions.own.pk}"
    assert address in listing.content.decode()
    form = iinkai.get(address).context["form"]
    assert str(form["edition"].value()) == str(editions.own.pk)
