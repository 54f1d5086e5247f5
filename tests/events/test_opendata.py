"""Events as open data: a row for each session, in columns that others have laid down."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from events.factories import (
    DecisionFactory,
    EventFieldFactory,
    EventPageFactory,
    FestivalPageFactory,
    VenueFactory,
)
from events.imports.columns import FACTS
from events.models import EventIndexPage, Session
from events.opendata import extent
from kiyose.opendata.dataset import datasets
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import enter_words, start_translation, translate
from tests.japanese_left import japanese_left
from tests.queries import assert_few, default_division
from tests.world import fresh, in_two_languages, publish

from .tables import lines_of

pytestmark = pytest.mark.django_db

DAY, TIME = datetime.date, datetime.time
BASE = "http://127.0.0.1:8000"
FILES = ["events", "events-recommended"]
SECRET = "秘密"
BASE_REGISTRY = (
    "NO,都道府県コード又は市区町村コード,名称,名称(カナ),名称(英字),名称(通称),サブタイトル,概要,"
    "説明,サブイベント,イベント種類,URL,画像URL,状態,対象となる産業,ステージ,開始日,終了日,"
    "開始時刻,終了時刻,日時備考,場所名称,集合場所,郵便番号,住所都道府県,住所市区町村,住所町名,"
    "住所丁目以下,建物名等,緯度,経度,主催団体,共催団体,その他関係団体,対象者,定員,料金(基本),"
    "料金(詳細),外国語対応,申込期限日,申込期限時刻,申込方法,アクセス方法,駐車場情報,駐輪場情報,"
    "連絡先名称,連絡先電話番号,連絡先内線番号,連絡先メールアドレス,備考"
)
RECOMMENDED = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,"
    "イベント名_英語,開始日,終了日,開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),"
    "連絡先名称,連絡先電話番号,連絡先内線番号,主催者,場所名称,住所,方書,緯度,経度,アクセス方法,"
    "駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考"
)


class Programme:
    """A festival with a full event, one of every kind of session, and secrets that must not out."""

    def __init__(self):
        index = in_two_languages()[EventIndexPage]
        default_division()
        identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
        identity.city_code = "132217"
        identity.save()
        self.hall = VenueFactory(
            key="hall",
            name="見本会館",
            postal_code="204-0000",
            address="中里五丁目842番地",
            latitude="35.785300",
            longitude="139.526500",
            access="見本駅から歩いて5分",
            parking="10台",
        )
        record = start_translation(self.hall)
        enter_words(record)
        record.save_target()
        self.square = VenueFactory(key="square", name="見本広場", address="元町1-2-11")
        field = EventFieldFactory(key="farming", name="農業")
        festival = FestivalPageFactory(parent=fresh(index), slug="festival")
        publish(fresh(festival))
        translate(fresh(festival))
        self.full = EventPageFactory(
            parent=fresh(festival),
            slug="full",
            title="=見本の会",
            reading="みほんのかい",
            field=field,
            place="見本会館2階",
            summary="",
            description="一行目\n二行目",
            fee=500,
            capacity=20,
            application="lottery",
            how_to_apply="電話で",
            apply_until=DAY(2026, 10, 1),
            languages="ja en",
            audiences="children parents",
            age_from=6,
            contact_phone="042-000-0000",
            sessions=[
                {
                    "key": "aaaaaa",
                    "starts_on": DAY(2026, 10, 24),
                    "starts_at": TIME(10),
                    "ends_at": TIME(12, 30),
                    "venue": self.hall,
                },
                {
                    "key": "bbbbbb",
                    "starts_on": DAY(2026, 10, 25),
                    "starts_at": TIME(10),
                    "venue": self.hall,
                },
            ],
        )
        publish(fresh(self.full))
        translate(self.full, words={"=見本の会": "Sample meeting"})
        self.weekly = EventPageFactory(
            parent=fresh(index),
            slug="weekly",
            title="見本の毎週",
            sessions=[
                {
                    "key": "cccccc",
                    "starts_on": DAY(2026, 10, 7),
                    "until": DAY(2026, 11, 25),
                    "repeats": "weekly",
                    "starts_at": TIME(9),
                    "except_holidays": True,
                    "venue": self.square,
                }
            ],
        )
        self.in_words = EventPageFactory(
            parent=fresh(index),
            slug="in-words",
            title="見本の時期",
            dates_note="2026年3月中旬から下旬",
            sessions=[
                {
                    "key": "dddddd",
                    "starts_on": DAY(2026, 3, 11),
                    "until": DAY(2026, 3, 31),
                    "repeats": "words",
                }
            ],
        )
        for page in (self.weekly, self.in_words):
            publish(fresh(page))
        EventPageFactory(parent=fresh(index), slug="draft", title=f"{SECRET}の下書き", live=False)
        private = EventPageFactory(parent=fresh(index), slug="private", title=f"{SECRET}の会")
        PageViewRestriction.objects.create(page=private, restriction_type="login")
        changed = fresh(self.weekly)
        changed.title = f"{SECRET}の新しい題"
        changed.save_revision()
        self.index = index


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Programme()
        transaction.set_rollback(True)


def lines(name: str = "events") -> dict[str, dict[str, str]]:
    """The rows of the file by the key of the session."""
    rows = lines_of(Client().get(f"/opendata/{name}.csv").content)
    return {row["NO"].partition("-")[2]: row for row in rows}


def records() -> dict[str, dict]:
    found = json.loads(Client().get("/opendata/events.json").content)["records"]
    return {record["title"]["ja"]: record for record in found}


# Columns


@pytest.mark.parametrize(
    ("name", "header"), list(zip(FILES, [BASE_REGISTRY, RECOMMENDED], strict=True))
)
def test_the_columns_are_exactly_those_and_in_that_order(programme, name, header):
    content = Client().get(f"/opendata/{name}.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == header.split(",")


def test_the_real_file_has_just_these_columns():
    from .tables import REAL_FILE

    assert REAL_FILE.read_text("utf-8-sig").splitlines()[0] == BASE_REGISTRY


# Rows


def test_everything_that_is_known_of_an_event(programme):
    row = lines()["aaaaaa"]
    assert {name: text for name, text in row.items() if text} == {
        "NO": f"P{programme.full.pk}-aaaaaa",
        "都道府県コード又は市区町村コード": "132217",
        "名称": "'=見本の会",
        "名称(カナ)": "ミホンノカイ",
        "名称(英字)": "Sample meeting",
        "説明": "一行目\n二行目",
        "イベント種類": "農業",
        "URL": f"{BASE}/ja/events/festival/full/",
        "状態": "開催",
        "開始日": "2026-10-24",
        "終了日": "2026-10-24",
        "開始時刻": "10:00",
        "終了時刻": "12:30",
        "場所名称": "見本会館",
        "集合場所": "見本会館2階",
        "郵便番号": "204-0000",
        "住所都道府県": "東京都",
        "住所市区町村": "清瀬市",
        "住所町名": "中里",
        "住所丁目以下": "五丁目842番地",
        "緯度": "35.7853",
        "経度": "139.5265",
        "定員": "20",
        "料金(基本)": "500",
        "外国語対応": "日本語、英語",
        "申込期限日": "2026-10-01",
        "申込方法": "必要(抽選)\n電話で",
        "アクセス方法": "見本駅から歩いて5分",
        "駐車場情報": "10台",
        "連絡先電話番号": "042-000-0000",
        "対象者": row["対象者"],
    }
    assert "保護者" in row["対象者"]
    assert row["対象者"].endswith("6歳～")


def test_the_same_in_the_recommended_columns(programme):
    row = lines("events-recommended")["aaaaaa"]
    assert (row["イベント名_英語"], row["開始時間"]) == ("Sample meeting", "10:00")
    assert (row["場所名称"], row["方書"]) == ("見本会館", "2階")
    assert row["住所"] == "東京都清瀬市中里五丁目842番地"
    assert (row["都道府県名"], row["市区町村名"]) == ("東京都", "清瀬市")
    assert (row["緯度"], row["経度"]) == ("35.7853", "139.5265")


def test_a_row_for_each_session_with_a_number_of_its_own(programme):
    rows = lines_of(Client().get("/opendata/events.csv").content)
    assert len({row["NO"] for row in rows}) == len(rows) == Session.objects.filter(
        page__live=True, page__slug__in=["full", "weekly", "in-words"],
        page__locale__language_code="ja",
    ).count()  # fmt: skip


def test_a_series_says_how_it_repeats(programme):
    row = lines()["cccccc"]
    assert (row["開始日"], row["終了日"]) == ("2026-10-07", "2026-11-25")
    assert row["日時備考"] == "毎週水曜日(祝日を除く)"


def test_dates_in_words_have_no_days_that_nobody_has_said(programme):
    row = lines()["dddddd"]
    assert (row["開始日"], row["終了日"]) == ("", "")
    assert row["日時備考"] == "2026年3月中旬から下旬"


# What was decided


DECISIONS = [
    ({"status": "cancelled"}, "中止", "2026-10-25", "見本会館"),
    ({"status": "postponed"}, "順延", "2026-10-25", "見本会館"),
    (
        {"status": "postponed", "postponed_to": DAY(2026, 10, 31)},
        "日程変更",
        "2026-10-31",
        "見本会館",
    ),
    ({"status": "moved"}, "場所変更", "2026-10-25", "見本広場"),
]


@pytest.mark.parametrize(("values", "status", "day", "venue"), DECISIONS)
@pytest.mark.parametrize("about", ["event", "day", "venue"])
def test_a_decision_is_in_the_data_at_once(programme, values, status, day, venue, about):
    made_at = datetime.datetime(2026, 10, 20, tzinfo=datetime.UTC)
    what = {"event": programme.full, "day": None, "venue": programme.hall}[about]
    if values["status"] == "moved":
        values = values | {"moved_to": programme.square}
    DecisionFactory(
        day=DAY(2026, 10, 25), made_at=made_at, **values, **({about: what} if what else {})
    )
    row = lines()["bbbbbb"]
    assert (row["状態"], row["開始日"], row["場所名称"]) == (status, day, venue)
    assert lines()["aaaaaa"]["状態"] == "開催"
    if status == "場所変更":
        assert row["集合場所"] == "", "the room was one of the other place"
        assert row["住所丁目以下"] == "1-2-11"


def test_one_day_of_a_series_that_is_cancelled(programme):
    made_at = datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC)
    DecisionFactory(event=programme.weekly, day=DAY(2026, 10, 14), made_at=made_at)
    assert lines()["cccccc"]["状態"] == "一部中止"
    (session,) = records()["見本の毎週"]["sessions"]
    assert session["changes"] == [
        {"day": "2026-10-14", "standing": "cancelled", "now_on": "2026-10-14"}
    ]
    DecisionFactory(event=programme.weekly, day=None, made_at=made_at)
    assert lines()["cccccc"]["状態"] == "中止"


# JSON


def test_the_json_has_every_language_and_what_no_column_has(programme):
    record = records()["=見本の会"]
    assert record["title"] == {"ja": "=見本の会", "en": "Sample meeting"}
    assert record["url"]["en"] == f"{BASE}/en/events/festival/full/"
    assert record["festival"]["number"]
    assert record["field"]["key"] == "farming"
    assert record["languages"] == ["ja", "en"]
    first = record["sessions"][0]
    session = Session.objects.get(key="aaaaaa", page=programme.full)
    assert first["uid"] == str(session.uid(programme.full.translation_key))
    assert (first["starts_at"], first["venue"]["key"]) == ("10:00", "hall")
    assert first["venue"]["name"]["en"]


# What is not public


@pytest.mark.parametrize("name", ["events.csv", "events.json", "events-recommended.csv"])
def test_no_draft_and_nothing_private(programme, name):
    text = Client().get(f"/opendata/{name}").content.decode()
    assert "見本の毎週" in text
    assert SECRET not in text


# The catalogue


def test_rows_and_time_in_the_catalogue(programme):
    rows = lines_of(Client().get("/opendata/events.csv").content)
    assert extent().rows == len(rows)
    before = extent().updated
    decision = DecisionFactory(event=programme.full)
    assert extent().updated == decision.made_at > before


def test_the_catalogue_explains_every_column_in_english_too(programme):
    for name in FILES:
        dataset = datasets()[name]
        assert all(str(column.holds) for column in dataset.columns)
    assert not japanese_left(Client().get("/opendata/?lang=en").content.decode())
    assert_few("/opendata/?lang=en")


def test_every_fact_is_in_some_column():
    from events.imports.columns import BASE_REGISTRY, COMMITTEE, RECOMMENDED

    used = {key for pairs in (BASE_REGISTRY, RECOMMENDED, COMMITTEE) for _name, key in pairs}
    assert used - {None} == set(FACTS)


@pytest.mark.parametrize("name", ["events.csv", "events.json"])
def test_the_number_of_queries_does_not_grow(programme, name):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            Client().get(f"/opendata/{name}")
        return len(captured)

    queries()
    before = queries()
    for _number in range(12):
        page = EventPageFactory(
            parent=fresh(programme.index),
            sessions=[{"starts_on": DAY(2026, 5, 1), "venue": programme.hall}] * 2,
        )
        DecisionFactory(event=page, day=DAY(2026, 5, 1))
    assert queries() == before
