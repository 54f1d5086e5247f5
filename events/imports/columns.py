"""Which column of which set of columns means what: one table for each set, for both ways.

A set is a line of pairs: the name of the column, and what it means, by a key of ``FACTS``.
None: nothing here answers to it; it stays empty, and is left out when a file is read. To
swap or to add a set see docs/adding.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiyose.opendata.dataset import Column as DataColumn
from kiyose.opendata.dataset import Kind
from kiyose.tables.columns import Column

COLUMNS_LANGUAGE = "ja"
Pairs = tuple[tuple[str, str | None], ...]

# Kiyose's own columns, those of the base registry (facts/kiyose_events_2022.csv).
BASE_REGISTRY: Pairs = (
    ("NO", "no"), ("都道府県コード又は市区町村コード", "city_code"),
    ("名称", "title"), ("名称(カナ)", "kana"), ("名称(英字)", "title_en"), ("名称(通称)", None),
    ("サブタイトル", "subtitle"), ("概要", "summary"), ("説明", "description"),
    ("サブイベント", None), ("イベント種類", "field"), ("URL", "website"), ("画像URL", None),
    ("状態", "status"), ("対象となる産業", None), ("ステージ", None),
    ("開始日", "starts_on"), ("終了日", "until"),
    ("開始時刻", "starts_at"), ("終了時刻", "ends_at"), ("日時備考", "dates_note"),
    ("場所名称", "venue"), ("集合場所", "place"), ("郵便番号", "postal_code"),
    ("住所都道府県", "prefecture"), ("住所市区町村", "city"),
    ("住所町名", "town"), ("住所丁目以下", "block"), ("建物名等", "building"),
    ("緯度", "latitude"), ("経度", "longitude"),
    ("主催団体", "organiser"), ("共催団体", "partners"), ("その他関係団体", "other_partners"),
    ("対象者", "audience_note"), ("定員", "capacity"),
    ("料金(基本)", "fee"), ("料金(詳細)", "fee_note"), ("外国語対応", "languages"),
    ("申込期限日", "apply_until"), ("申込期限時刻", "apply_until_time"),
    ("申込方法", "how_to_apply"), ("アクセス方法", "access"),
    ("駐車場情報", "parking"), ("駐輪場情報", "bicycles"),
    ("連絡先名称", "contact_name"), ("連絡先電話番号", "contact_phone"),
    ("連絡先内線番号", "contact_extension"), ("連絡先メールアドレス", "contact_email"),
    ("備考", "remarks"),
)  # fmt: skip

# The 32 columns of the recommended dataset (推奨データセット「イベント一覧」).
RECOMMENDED: Pairs = (
    ("都道府県コード又は市区町村コード", "city_code"), ("NO", "no"),
    ("都道府県名", "our_prefecture"), ("市区町村名", "our_city"),
    ("イベント名", "title"), ("イベント名_カナ", "kana"), ("イベント名_英語", "title_en"),
    ("開始日", "starts_on"), ("終了日", "until"),
    ("開始時間", "starts_at"), ("終了時間", "ends_at"), ("開始日時特記事項", "dates_note"),
    ("説明", "description"), ("料金(基本)", "fee"), ("料金(詳細)", "fee_note"),
    ("連絡先名称", "contact_name"), ("連絡先電話番号", "contact_phone"),
    ("連絡先内線番号", "contact_extension"), ("主催者", "organiser"),
    ("場所名称", "place_name"), ("住所", "address"), ("方書", "room"),
    ("緯度", "latitude"), ("経度", "longitude"), ("アクセス方法", "access"),
    ("駐車場情報", "parking"), ("定員", "capacity"),
    ("参加申込終了日", "apply_until"), ("参加申込終了時間", "apply_until_time"),
    ("参加申込方法", "how_to_apply"), ("URL", "website"), ("備考", "remarks"),
)  # fmt: skip

# The committee's own sheet, in the words of its members.
COMMITTEE: Pairs = (
    ("番号", "no"), ("イベント名", "title"), ("ふりがな", "reading"), ("サブタイトル", "subtitle"),
    ("ひとことで", "summary"), ("説明", "description"), ("分野", "field"),
    ("開始日", "starts_on"), ("終了日", "until"),
    ("開始時刻", "starts_at"), ("終了時刻", "ends_at"), ("日時の補足", "dates_note"),
    ("会場", "place_name"), ("くわしい場所", "room"),
    ("対象", "audience_note"), ("定員", "capacity"),
    ("参加費", "fee"), ("参加費の補足", "fee_note"), ("話せることば", "languages"),
    ("申込", "application"), ("申込開始日", "apply_from"), ("申込締切日", "apply_until"),
    ("申込方法", "how_to_apply"), ("申込方法（英語）", "apply_in_english"),
    ("持ち物", "what_to_bring"), ("主催", "organiser"), ("共催・協力", "partners"),
    ("問い合わせ先", "contact_name"), ("電話番号", "contact_phone"),
    ("受付時間", "contact_hours"), ("メール", "contact_email"), ("ウェブページ", "website"),
    ("備考", "remarks"),
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """about: what it says, for who reads the data and who fills in a table; example: for the
    table; is_imported: whether a file can change it."""

    about: str | Promise
    kind: Kind = Kind.TEXT
    example: str = ""
    is_imported: bool = True


FACTS = {
    "no": Fact(
        _("Tells the lines apart. Ours are P, the page number and the key of the session."),
        Kind.CODE,
        "1",
    ),
    "city_code": Fact(_("Code of the city"), Kind.CODE, "132217", is_imported=False),
    "our_prefecture": Fact(_("Prefecture of the city that publishes"), is_imported=False),
    "our_city": Fact(_("City that publishes"), is_imported=False),
    "title": Fact(_("Name of the event"), example="見本のイベント"),
    "reading": Fact(_("How the name is read, in hiragana"), example="みほんのいべんと"),
    "kana": Fact(_("How the name is read, in katakana"), example="ミホンノイベント"),
    "title_en": Fact(_("Name in English, once it is translated"), is_imported=False),
    "subtitle": Fact(_("Subtitle")),
    "summary": Fact(_("One or two sentences")),
    "description": Fact(_("What it is")),
    "field": Fact(_("Field of the event, by its name")),
    "website": Fact(_("Web page of the event"), Kind.ADDRESS),
    "status": Fact(
        _(
            "Whether it takes place, by the last decision: on, moved to another place, on"
            " another day, postponed or cancelled; of a series also a part of it"
        ),
        is_imported=False,
    ),
    "starts_on": Fact(_("First day"), Kind.DATE, "2026-10-24"),
    "until": Fact(_("Last day"), Kind.DATE, "2026-10-24"),
    "starts_at": Fact(_("Begins at; empty for the whole day"), Kind.TIME, "10:00"),
    "ends_at": Fact(_("Ends at; empty for an open end"), Kind.TIME, "12:30"),
    "dates_note": Fact(
        _("Days in words, how it repeats (every week on a weekday), or a note"),
        example="毎週水曜日",
    ),
    "venue": Fact(_("Venue, by its name in the list of venues")),
    "place_name": Fact(_("Venue, or another place by its name")),
    "place": Fact(_("Where exactly, or where people meet")),
    "room": Fact(_("Building, floor or room")),
    "postal_code": Fact(_("Postal code of the venue"), Kind.CODE, is_imported=False),
    "prefecture": Fact(_("Prefecture"), example="東京都"),
    "city": Fact(_("City"), example="清瀬市"),
    "town": Fact(_("Part of the city")),
    "block": Fact(_("Block and number")),
    "building": Fact(_("Name of the building")),
    "address": Fact(_("Address with prefecture and city")),
    "latitude": Fact(_("Latitude of the venue"), Kind.NUMBER, is_imported=False),
    "longitude": Fact(_("Longitude of the venue"), Kind.NUMBER, is_imported=False),
    "organiser": Fact(_("Who holds it")),
    "partners": Fact(_("Who holds it together with them")),
    "other_partners": Fact(_("Who else has to do with it")),
    "audience_note": Fact(_("For whom it is")),
    "capacity": Fact(_("For how many people there is room"), Kind.NUMBER, "20"),
    "fee": Fact(_("Fee in yen; 0: free"), Kind.NUMBER, "500"),
    "fee_note": Fact(_("More about the fee")),
    "languages": Fact(_("Languages in which visitors are answered"), example="日本語、英語"),
    "application": Fact(_("Whether one has to apply, and who gets a place"), example="先着順"),
    "apply_from": Fact(_("First day of applications"), Kind.DATE),
    "apply_until": Fact(_("Last day of applications"), Kind.DATE, "2026-10-16"),
    "apply_until_time": Fact(_("Applications close at"), Kind.TIME),
    "how_to_apply": Fact(_("Whether one has to apply, and how")),
    "apply_in_english": Fact(_("How to apply, in English")),
    "what_to_bring": Fact(_("What to bring")),
    "access": Fact(_("How to get there")),
    "parking": Fact(_("Car park of the venue"), is_imported=False),
    "bicycles": Fact(_("Bicycle park of the venue"), is_imported=False),
    "contact_name": Fact(_("Whom to ask")),
    "contact_phone": Fact(_("Telephone number"), example="042-000-0000"),
    "contact_extension": Fact(_("Extension")),
    "contact_hours": Fact(_("When the telephone is answered"), example="平日9時～17時"),
    "contact_email": Fact(_("Mail address")),
    "remarks": Fact(_("Remarks")),
}
NOT_FILLED = _("Not filled here")
REQUIRED = ("no", "title")


def data_columns(pairs: Pairs) -> tuple[DataColumn, ...]:
    """The columns of a file that we give out."""
    return tuple(
        DataColumn(name, FACTS[key].about, FACTS[key].kind, language=COLUMNS_LANGUAGE)
        if key
        else DataColumn(name, NOT_FILLED, language=COLUMNS_LANGUAGE)
        for name, key in pairs
    )


def table_columns(pairs: Pairs) -> tuple[Column, ...]:
    """The columns of a file that we take; of what nothing answers to, the name is the key."""
    return tuple(
        Column(
            field=key or name,
            ja=name,
            en=name,
            about=FACTS[key].about if key in FACTS and FACTS[key].is_imported else NOT_TAKEN_OVER,
            example=FACTS[key].example if key in FACTS and FACTS[key].is_imported else "",
            required=key in REQUIRED,
        )
        for name, key in pairs
    )


NOT_TAKEN_OVER = _("Known, but not taken over")


def is_taken_over(key: str) -> bool:
    return key in FACTS and FACTS[key].is_imported
