"""An event of our open data as a line: every fact of ``columns.FACTS`` as it is written."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from kiyose.japanese.times import format_clock, parse_time
from kiyose.opendata.dataset import Kind, Record
from kiyose.opendata.formats import cell
from kiyose.pages.fields import DayFormField
from kiyose.pages.languages import source_language
from kiyose.tables.spreadsheets import as_meant

from ..choices import Repeats
from ..decisions import Standing
from ..patterns import Pattern
from .columns import FACTS
from .dates import note_text
from .places import CITY, PREFECTURE, room_in, split_address, whole_address
from .words import application_text, audience_text, katakana, languages_text

# 状態, in the words of municipal notices.
STATUS = {
    Standing.ON: "開催",
    Standing.MOVED: "場所変更",
    Standing.RESCHEDULED: "日程変更",
    Standing.POSTPONED: "順延",
    Standing.CANCELLED: "中止",
}
PARTLY = "一部"


def cells_of(record: Record, session: Record) -> Record:
    """The values of one line by their keys. record, session: as in ``events.opendata``."""

    def said(name: str, of: Record | None = record) -> str:
        return ((of or {}).get(name) or {}).get(source_language()) or ""

    venue = session["venue"] or {}
    venue_name = said("name", venue)
    # Where exactly, and the address, belong to the place that was published.
    place, own_address = ("", "") if session["is_moved"] else (said("place"), said("address"))
    address = own_address or said("address", venue)
    in_words = session["repeats"] == Repeats.IN_WORDS
    pattern = Pattern(
        session["starts_on"], session["until"], session["starts_at"], session["ends_at"],
        Repeats(session["repeats"]), session["except_holidays"],
    )  # fmt: skip
    return {
        "no": session["no"],
        "city_code": record["city_code"],
        "our_prefecture": PREFECTURE,
        "our_city": CITY,
        "title": said("title"),
        "kana": katakana(record["reading"] or ""),
        "reading": record["reading"],
        "title_en": (record["title"] or {}).get("en"),
        **{name: said(name) for name in ("subtitle", "summary", "description")},
        "field": said("name", record["field"]),
        "website": record["website"] or said("url"),
        "status": status_text(session["standings"]),
        # Days that only sort say more than is known.
        "starts_on": None if in_words else session["starts_on"],
        "until": None if in_words else session["until"],
        "starts_at": session["starts_at"],
        "ends_at": session["ends_at"],
        "dates_note": note_text(pattern, said("dates_note")),
        "venue": venue_name,
        "place": place,
        "place_name": venue_name or place,
        "room": room_in(place, venue_name) if venue_name else "",
        "postal_code": None if own_address else venue.get("postal_code"),
        **split_address(address),
        "address": whole_address(address),
        "latitude": venue.get("latitude"),
        "longitude": venue.get("longitude"),
        "organiser": said("organiser"),
        "partners": said("partners"),
        "audience_note": audience_text(
            said("audience_note"), record["audiences"], record["age_from"], record["age_to"]
        ),
        "capacity": record["capacity"],
        "fee": record["fee"],
        "fee_note": said("fee_note"),
        "languages": languages_text(record["languages"]),
        "apply_until": record["apply_until"],
        "apply_until_time": record["apply_until_time"],
        "how_to_apply": application_text(record["application"] or "", said("how_to_apply")),
        "access": said("access") or said("access", venue),
        "parking": said("parking", venue),
        "bicycles": said("bicycles", venue),
        "contact_name": said("contact_name"),
        **{name: record[name] for name in ("contact_phone", "contact_extension", "contact_email")},
        "remarks": said("remarks"),
    }


def status_text(standings: list[str]) -> str:
    """One word for a session; 一部中止 where only some of its days are cancelled."""
    changed = [each for each in STATUS if each in standings and each != Standing.ON]
    if not changed:
        return STATUS[Standing.ON]
    worst = STATUS[changed[-1]]
    return worst if len(standings) == 1 else f"{PARTLY}{worst}"


def texts_of(record: Record, session: Record) -> dict[str, str]:
    """The same as somebody reads it in the file."""
    return {key: normal(key, cell(value)) for key, value in cells_of(record, session).items()}


def normal(key: str, text: str) -> str:
    """A cell without what is only there for spreadsheets, or what they change by themselves:
    2022/1/28 is 2022-01-28, and 9:00 is 09:00. What cannot be read stays, for the form to say
    why."""
    text = as_meant(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    kind = FACTS[key].kind if key in FACTS else Kind.TEXT
    try:
        if text and kind == Kind.DATE:
            return DayFormField().clean(text).isoformat()
        if text and kind == Kind.TIME:
            return format_clock(parse_time(text))
    except (ValueError, ValidationError):
        return text
    return text
