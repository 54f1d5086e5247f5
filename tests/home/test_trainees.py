"""The trainees' door: the stay and its events, parties, help, the city on one screen, and the
handout that is one sheet whatever is on it."""

from __future__ import annotations

import datetime
import io
from urllib.parse import urlsplit

import pytest
import zxingcpp
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings
from django.utils import translation
from freezegun import freeze_time
from icalendar import Calendar
from PIL import Image

from events.factories import DecisionFactory
from home.factories import HelpLineFactory, TraineesPageFactory
from home.models import HelpLine, HomePage, TraineesPage, TraineesParty
from home.trainees.stay import Stay
from kiyose.translation.factories import translate
from projects.factories import PillarFactory, ProjectPageFactory
from projects.models import ProjectIndexPage
from tests.events.sample import NOON, SATURDAY, Sample, in_english
from tests.events.test_poster import printed
from tests.japanese_left import japanese_left
from tests.queries import LANGUAGES, assert_few
from tests.staff import client_of, employ
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 10, 1)
DAY = datetime.timedelta(days=1)
WORDS = {
    "研修生のみなさんへ": "For Trainees",
    "見本：だれにでもやさしいまちを目指します。": "Sample: kind to everyone.",
    "見本：市民の団体がパーティーを開きます。": "Sample: citizens hold parties.",
}
LONG = "とても長い言葉で書かれた見本の文が続きます。"
BASE = "https://sdgs.example.jp"


class Town(Sample):
    """English events inside and outside of a stay, a party, lines of help, the door itself."""

    def __init__(self):
        super().__init__()
        employ()
        self.pillar = in_english(
            PillarFactory(name="見本の柱", short_name="柱"),
            {"見本の柱": "Sample pillar", "柱": "Pillar"},
        )
        for number, stage in enumerate(("running", "planned", "considered")):
            ProjectPageFactory(
                parent=fresh(self.sections[ProjectIndexPage]),
                slug=f"project-{number}",
                stage=stage,
                pillar=self.pillar,
            )
        self.party = self.in_english(
            "party", "見本：パーティー", "Sample: party", [SATURDAY - 7 * DAY, SATURDAY + 28 * DAY]
        )
        self.weekly = self.event(
            "weekly",
            "見本：毎週の英語の会",
            languages="en",
            sessions=[self.session(SATURDAY, 10, 11, repeats="weekly", until=SATURDAY + 28 * DAY)],
        )
        self.late = self.in_english("late", "見本：来年", "Sample: late", [TODAY + 200 * DAY])
        self.door = TraineesPageFactory(
            parent=HomePage.objects.get(locale__language_code="ja"), show_in_menus=True
        )
        self.door.parties = [TraineesParty(event=self.party, sort_order=0)]
        publish(self.door)
        translate(fresh(self.door), words=WORDS)
        self.ambulance = HelpLineFactory(
            kind="119", number="119", note="", hours="", english_hours="", position=1
        )
        self.advice = in_english(
            HelpLineFactory(kind="7119", number="#7119", position=2),
            {
                "見本：困ったときに": "Sample: in doubt",
                "見本：平日の午前9時から午後5時まで": "Sample: weekdays",
                "見本：平日の午前中": "Sample: in the morning",
            },
        )

    def in_english(self, slug, title, english, days):
        sessions = [self.session(day, 13, 15, venue=self.hall) for day in days]
        page = self.event(slug, title, languages="ja en", fee=0, sessions=sessions)
        translate(page, words={title: english})
        return page


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        yield Town()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.WAGTAILADMIN_BASE_URL = BASE
    with freeze_time(NOON), translation.override("ja"):
        yield


def soup(client, path: str = "", language: str = "en") -> BeautifulSoup:
    return opened(client, f"/{language}/trainees/{path}")


def opened(client, address: str) -> BeautifulSoup:
    found = client.get(address)
    assert found.status_code == 200
    return BeautifulSoup(found.content.decode().replace("<wbr>", ""), "html5lib")


def text(element) -> str:
    return " ".join(element.get_text(" ", strip=True).split()) if element else ""


def titles(page) -> list[str]:
    return [text(title) for title in page.select("#events .stay-event__title")]


# The stay

STAYS = [
    # typed, first, last, faults, notices
    ("", TODAY, "2027-01-01", [], 0),
    ("from=2026-10-05", "2026-10-05", "2027-01-05", [], 0),
    ("until=2026-10-20", TODAY, "2026-10-20", [], 0),
    ("from=2026-10-05&until=2026-12-20", "2026-10-05", "2026-12-20", [], 0),
    ("from=令和8年10月5日&until=２０２６年１２月", "2026-10-05", "2026-12-31", [], 0),
    ("from=2026-08-01&until=2026-11-01", "2026-08-01", "2026-11-01", [], 0),
    ("from=next week&until=2026-11-01", TODAY, "2026-11-01", ["from"], 0),
    ("from=<b>&until=soon", TODAY, "2027-01-01", ["from", "until"], 0),
    ("from=2026-12-01&until=2026-11-01", "2026-12-01", "2027-03-01", ["until"], 0),
    ("until=2026-09-01", TODAY, "2027-01-01", ["until"], 0),
    ("from=2020-01-01", TODAY, "2027-01-01", ["from"], 0),
    ("from=2026-10-01&until=2099-01-01", TODAY, "2027-11-05", [], 1),
    ("from=9999-12-31&until=99999999999999", TODAY, "2027-01-01", ["from", "until"], 0),
    ("from=2100-12-31", "2100-12-31", "2101-03-31", [], 0),
]


@pytest.mark.parametrize(("typed", "first", "last", "faults", "notices"), STAYS)
def test_what_a_stay_is_understood_as(typed, first, last, faults, notices):
    stay = Stay(QueryDict(typed))
    assert (str(stay.first), str(stay.last)) == (str(first), last)
    assert sorted(stay.faults) == sorted(faults)
    assert len(stay.notices) == notices
    assert stay.begin >= TODAY
    for name in faults:
        assert stay.shown[name] == QueryDict(typed)[name][:40], "as it was typed"


# What is on in English

FULL, PARTY, WEEKLY, LATE = (
    "見本：にんじん掘り",
    "Sample: party",
    "見本：毎週の英語の会",
    "Sample: late",
)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("", [PARTY, WEEKLY, FULL]),
        ("?from=2026-10-18&until=2026-10-25", [WEEKLY, FULL]),
        ("?from=2026-11-01&until=2026-11-30", [WEEKLY, PARTY]),
        ("?from=2026-10-01&until=2027-06-01", [PARTY, WEEKLY, FULL, LATE]),
        ("?from=2026-10-02&until=2026-10-04", []),
    ],
)
def test_only_what_is_in_english_and_during_the_stay(town, client, days, found):
    page = soup(client, days)
    assert titles(page) == found, "the play is in no English"
    assert bool(page.select("#events .empty")) == (not found)
    assert not page.select("#events .field--wrong")
    said = text(page.select_one("#stay-days"))
    assert f"{len(found)} event" in said


def test_a_line_says_day_place_and_how_often_again(town, client):
    party, weekly, _full = soup(client).select("#events .stay-event")
    assert "17 October 2026 (Sat), 13:00\N{NBSP}– 15:00" in party.get_text(" ")
    for words in ("Sample Hall", "Free of charge", "and 1 more time"):
        assert words in text(party), words
    assert "and 4 more times" in text(weekly)
    assert weekly.select_one(".stay-event__title a")["lang"] == "ja"
    assert party.select_one(".stay-event__title a").get("lang") is None
    assert party.select_one("a")["href"] == "/en/events/party/"


def test_a_wrong_day_stays_as_it_was_typed_with_the_reason_beside_it(town, client):
    page = soup(client, "?from=next+week&until=2026-11-01")
    wrong = page.select_one(".stay .field--wrong")
    field = wrong.select_one("input")
    assert (field["name"], field["value"], field["type"]) == ("from", "next week", "text")
    assert "2026-11-03" in text(page.find(id=field["aria-describedby"]))
    assert page.select_one("[name=until]")["value"] == "2026-11-01"
    assert page.select_one(".stay")["method"] == "get"


def test_a_cancelled_event_says_so_and_is_not_on_the_handout(town, client):
    DecisionFactory(event=town.party, day=None, status="cancelled")
    assert "Cancelled" in text(soup(client).select_one("#events .stay-event--off"))
    assert "Cancelled" in text(soup(client).select_one("#parties .stay-event--off"))
    assert "Sample: party" not in text(soup(client, "handout/").select_one(".handout__meet"))


def test_the_list_and_the_calendar_behind_it_have_the_same_days(town, client):
    DecisionFactory(
        event=town.late,
        day=TODAY + 200 * DAY,
        status="postponed",
        postponed_to=datetime.date(2026, 11, 10),
    )
    days = "?from=2026-11-01&until=2026-11-30"
    assert set(titles(soup(client, days))) == {WEEKLY, PARTY, LATE}
    first, second = soup(client, days).select(".stay__more a")
    listed = opened(client, first["href"].partition("#")[0])
    assert {text(each) for each in listed.select(".entry__title")} == {WEEKLY, PARTY, LATE}
    found = client.get(second["href"])
    assert found["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(b"".join(found.streaming_content))
    # Before the title of what was postponed stands that it was.
    assert {str(entry["SUMMARY"]).rpartition("] ")[2] for entry in calendar.walk("VEVENT")} == {
        WEEKLY,
        PARTY,
        LATE,
    }


# Parties


def test_the_parties_are_those_of_the_page_in_every_language(town, client):
    for language, title, words in (
        ("ja", "見本：パーティー", "見本：市民の団体"),
        ("en", "Sample: party", "Sample: citizens hold parties."),
    ):
        section = soup(client, language=language).select_one("#parties")
        assert words in text(section)
        assert [text(each) for each in section.select(".stay-event__title")] == [title, title]
    town.party.unpublish()
    section = soup(client).select_one("#parties")
    assert not section.select(".stay-event")
    assert section.select_one(".empty")


# Help

NUMBERS = [
    # typed, kept
    ("119", "119"),
    ("＃７１１９", "#7119"),
    ("# 7119", "#7119"),
    ("０４２-000-0000", "042-000-0000"),
    ("+81 42 000 0000", "+81 42 000 0000"),
    ("1", None),
    ("call us", None),
    ("#71190", None),
]


@pytest.mark.parametrize(("typed", "kept"), NUMBERS)
def test_numbers_as_people_type_them(typed, kept):
    field = HelpLine._meta.get_field("number").formfield()
    if kept is None:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == kept


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"number": "", "website": ""}, "number"),
        ({"kind": "other", "name": ""}, "name"),
        ({"kind": "other", "name": "見本の窓口"}, None),
        ({"number": "", "website": "https://example.jp/"}, None),
    ],
)
def test_a_line_says_how_to_reach_whom(values, at):
    line = HelpLineFactory.build(**values)
    if at is None:
        line.clean()
        return
    with pytest.raises(ValidationError) as raised:
        line.clean()
    assert at in raised.value.message_dict


def test_numbers_are_links_with_their_hours_beside_them(town, client):
    ambulance, advice = soup(client).select("#help .help__line")
    assert ambulance.select_one("a")["href"] == "tel:119"
    assert "Ambulance and fire" in text(ambulance), "a name before anybody has translated it"
    assert not ambulance.select(".help__hours, .help__note"), "what is empty is not shown"
    assert advice.select_one("a")["href"] == "tel:%237119"
    assert "In English Sample: in the morning" in text(advice.select_one(".help__hours"))
    assert "help__line--urgent" in ambulance["class"]
    assert "help__line--urgent" not in advice["class"]


def test_without_numbers_there_is_no_section_and_staff_are_told(town, client):
    HelpLine.objects.all().delete()
    page = soup(client)
    assert not page.select("#help, [href='#help']")
    assert not soup(client, "handout/").select(".handout__help")
    editor = client_of("pr").get(f"/admin/pages/{town.door.pk}/edit/").content.decode()
    hint = BeautifulSoup(editor, "html5lib").select_one(".help-warning")
    for kind in HelpLine.EXPECTED:
        assert str(kind.label) in text(hint)


@pytest.mark.parametrize(
    ("account", "may"), [("pr", True), ("mirai", True), ("department", False), ("shokokai", False)]
)
def test_who_keeps_the_numbers(town, account, may):
    client = client_of(account)
    assert (client.get("/admin/snippets/home/helpline/add/").status_code == 200) == may
    address = f"/admin/snippets/home/helpline/edit/{town.ambulance.pk}/"
    assert (client.get(address).status_code == 200) == may


# One screen, and the ways to it


def test_pillars_projects_and_goals_are_counted(town, client):
    section = soup(client).select_one("#glance")
    assert "Sample: kind to everyone." in text(section)
    assert "Sample pillar 3 projects" in text(section.select_one(".glance__pillars"))
    assert [text(each) for each in section.select(".glance__count")] == ["17", "3", "0"]
    assert "1 is running" in text(section)
    for link in section.select("a"):
        assert client.get(link["href"]).status_code == 200


def test_it_is_one_tap_from_the_home_page_and_in_the_menu(town, client):
    for language in LANGUAGES:
        home = BeautifulSoup(client.get(f"/{language}/").content, "html5lib")
        address = f"/{language}/trainees/"
        assert home.select_one(f".menu a[href='{address}']")
        assert bool(home.select_one(f"main a[href='{address}']")) == (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "?from=2026-10-05&until=2026-12-20", "handout/"])
def test_fifteen_queries(town, language, path):
    assert_few(f"/{language}/trainees/{path}")


def test_more_events_ask_no_more_often(town):
    before = assert_few("/en/trainees/")
    for number in range(25):
        town.in_english(
            f"more-{number}",
            f"見本：催し{number}",
            f"Sample: {number}",
            [TODAY + (number + 1) * DAY],
        )
    assert assert_few("/en/trainees/") == before


def test_no_unmarked_japanese_though_not_all_is_translated(town, client):
    for path in ("", "?from=x&until=2020-01-01", "handout/"):
        html = client.get(f"/en/trainees/{path}").content.decode()
        assert japanese_left(html) == []
        assert WEEKLY in html.replace("<wbr>", ""), "there was something to mark"


def test_without_a_translation_the_japanese_page_answers_in_the_visitors_frame(town, client):
    TraineesPage.objects.get(locale__language_code="en").unpublish()
    for path in ("", "handout/"):
        page = soup(client, path)
        assert text(page.h1) == "研修生のみなさんへ"
        assert page.h1["lang"] == "ja"
        assert japanese_left(str(page.body)) == []
    codes = soup(client, "handout/").select(".handout__address")
    assert all("/en" in text(each) for each in codes)


# The handout


def codes_on(page) -> list[str]:
    """What a phone reads on the printed sheet, in the order of the sheet."""
    picture = Image.open(io.BytesIO(page.locator(".sheet").screenshot()))
    picture = picture.resize((picture.width * 2, picture.height * 2))
    read = zxingcpp.read_barcodes(picture)
    return [each.text for each in sorted(read, key=lambda each: each.position.top_left.x)]


CUT_OFF = """() => {
    const frame = document.querySelector(".sheet__frame");
    const words = document.querySelector(".sheet__words").getBoundingClientRect();
    const foot = document.querySelector(".sheet__foot").getBoundingClientRect();
    return frame.scrollHeight > frame.clientHeight + 1
        || frame.scrollWidth > frame.clientWidth
        || words.bottom > foot.top + 1;
}"""


def make_longest(town) -> None:
    """As much of everything as the editors may write."""
    page = fresh(town.door)
    page.title = (LONG * 12)[:250]
    page.summary = (LONG * 20)[:200]
    page.promise = page.about_parties = (LONG * 20)[:300]
    publish(page)
    english = "Sample words of a considerable length for everybody "
    translate(
        fresh(page),
        words={
            page.title: (english * 5)[:250],
            page.summary: (english * 4)[:200],
            page.promise: (english * 6)[:300],
        },
    )
    for number in range(6):
        PillarFactory(key=f"long-{number}", name=(LONG * 3)[:60], short_name="柱")
        HelpLineFactory(
            kind="other",
            number="+81 42 000 0000",
            website="https://example.jp/" + "mihon/" * 20,
            position=number + 3,
            name=(LONG * 4)[:60],
            note=(LONG * 8)[:160],
            hours=(LONG * 8)[:100],
            english_hours=(LONG * 8)[:100],
        )
        town.event(
            f"long-{number}",
            (LONG * 12)[:250],
            languages="en",
            sessions=[town.session(TODAY + (number + 2) * DAY, 10, 11)],
        )


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["usual", "longest"])
def test_one_sheet_whose_codes_open_that_language(
    town, client, browser, words, language, direction
):
    if words == "longest":
        make_longest(town)
    html = client.get(f"/{language}/trainees/handout/").content.decode()
    assert 'dir="ltr"' in html
    page = printed(browser, html.replace('dir="ltr"', f'dir="{direction}"', 1))
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, "more than one sheet"
    cut_off, read = page.evaluate(CUT_OFF), codes_on(page)
    page.context.close()
    assert not cut_off
    here = f"{BASE}/{language}/"
    expected = [f"{here}trainees/", f"{here}events/", f"{here}sdgs/", here]
    assert read == (expected if direction == "ltr" else expected[::-1])
    with override_settings(ALLOWED_HOSTS=["*"]):
        for address in read:
            opened = client.get(urlsplit(address).path)
            assert opened.status_code == 200
            assert f'<html lang="{language}"' in opened.content.decode()


def test_the_sheet_says_of_which_day_it_is_and_is_not_indexed(town, client):
    found = client.get("/en/trainees/handout/")
    assert found["X-Robots-Tag"] == "noindex"
    html = found.content.decode()
    assert "As of 1 October 2026 (Thu)" in html
    assert "style=" not in html
    assert "<script" not in html
    page = soup(client)
    sheets = [link["href"] for link in page.select(".handout-way__sheets a")]
    assert set(sheets) == {"/ja/trainees/handout/", "/en/trainees/handout/"}
