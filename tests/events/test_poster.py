"""The poster of an event: one sheet A4 in the language of the page, that leads to the page."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

import pytest
import segno
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db import transaction
from freezegun import freeze_time

from certified_orgs.qr import code_of
from events.factories import DecisionFactory
from events.models import EventPage
from kiyose.translation.factories import translate
from tests.certified_orgs.test_qr import QUIET
from tests.queries import LANGUAGES, assert_few

from .sample import NOON, SATURDAY, SUNDAY, Sample

pytestmark = pytest.mark.django_db
A4 = {"width": 794, "height": 1123}
LONG = "見本：地元の農家と研究所の研修生と小学生がいっしょにつくる落ち葉たい肥の教室"
MARKS = ["2.1", "3.3", "4.7", "11.6", "12.3", "13.3", "17.17"]


class Posters(Sample):
    """Events whose words fill the sheet more and less."""

    def __init__(self):
        super().__init__()
        translate(self.festival, words={"見本まつり": "Sample Festival"})
        translate(self.full, words={"見本：にんじん掘り": "Sample: digging carrots"})
        self.short = self.event("short", "見本", sessions=[self.session(SATURDAY, 10, 11)])
        self.long = self.event(
            "long",
            LONG * 3,
            parent=self.festival,
            sessions=[self._weekly(number) for number in range(12)],
            marks=MARKS,
            subtitle="見本：とても長い副題" * 9,
            dates_note="見本：雨の日は休みます。" * 12,
            place="見本：とても長い場所の名前" * 9,
            summary="見本：二文の要約です。" * 15,
            **FULL_OF_FACTS,
        )
        translate(self.long, words={LONG * 3: "Sample: a very long title of a class " * 6})

    def _weekly(self, number: int) -> dict:
        return self.session(
            SATURDAY + datetime.timedelta(days=number),
            9,
            10,
            venue=self.hall if number % 2 else self.plaza,
            repeats="weekly",
            until=datetime.date(2027, 3, 31),
            except_holidays=True,
        )


FULL_OF_FACTS = {
    "fee": 1500,
    "capacity": 40,
    "application": "lottery",
    "apply_until": datetime.date(2026, 10, 10),
    "languages": "ja en zh ko vi ne",
    "sign_language": True,
    "organiser": "見本：長い名前の実行委員会と長い名前の協議会",
    "contact_name": "見本：長い名前の係",
    "contact_phone": "042-000-0009",
    "contact_hours": "見本：平日の午前8時30分から午後5時15分まで",
}


@pytest.fixture(scope="module")
def posters(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        yield Posters()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://sdgs.example.jp"
    with freeze_time(NOON):
        yield


def answer(client, page, language="ja"):
    found = client.get(page.url.replace("/ja/", f"/{language}/", 1) + "poster/")
    assert found.status_code == 200
    return found


def sheet(client, page, language="ja"):
    html = answer(client, page, language).content.decode().replace("<wbr>", "")
    return BeautifulSoup(html, "html5lib").select_one(".sheet")


def text(element) -> str:
    return element.get_text(" ", strip=True) if element else ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            [
                *("見本：にんじん掘り", "見本まつり", "2026年10月25日(日) 午前10時～午後0時"),
                *("見本プラザ", "見本の正門", "1,500円", "40人", "抽選", "手話通訳あり"),
                *("申込締切 2026年10月10日(土) 午後5時", "見本部会", "042-000-0009"),
            ],
        ),
        (
            "en",
            [
                *("Sample: digging carrots", "25 October 2026 (Sun), 10:00\N{NBSP}– 12:00"),
                *("Sample Plaza", "1,500 yen", "40 people", "By lottery", "Japanese, English"),
                *("Apply until 10 October 2026 (Sat) 17:00", "042-000-0009"),
            ],
        ),
    ],
)
def test_what_it_says_in_each_language(posters, client, language, said):
    shown = text(sheet(client, posters.full, language))
    for words in said:
        assert words in shown, words
    page = BeautifulSoup(answer(client, posters.full, language).content, "html5lib")
    assert page.html["lang"] == language


def test_marks_as_tiles_and_names(posters, client):
    (mark,) = sheet(client, posters.full).select(".sheet__marks li")
    assert text(mark.select_one(".mark__tile")) == "2"
    assert "ターゲット2.1" in text(mark)
    assert text(mark.select_one(".mark__name"))
    bare = posters.event("bare", "見本：なし", marks=[], why="", no_mark_applies=True)
    assert not sheet(client, bare).select(".sheet__marks, .un-notice")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_leads_to_the_short_address(posters, client, language):
    shown = sheet(client, posters.full, language)
    address = f"https://sdgs.example.jp/p/{posters.full.pk}/"
    assert address in text(shown.select_one(".sheet__address"))
    code = shown.select_one(".qr")
    assert code["role"] == "img"
    assert code["aria-label"]
    expected = code_of(address)
    assert list(expected.matrix) == list(segno.make(address, error="m", micro=False).matrix)
    side = expected.symbol_size(border=QUIET)[0]
    assert code.svg["viewbox" if code.svg.get("viewbox") else "viewBox"] == f"0 0 {side} {side}"
    dark = expected.svg_inline(
        omitsize=True, svgclass=None, lineclass=None, border=QUIET, dark="#000", light="#fff"
    )
    assert code.select("path")[-1]["d"] in dark
    # The short address opens the event in the language of the reader.
    opened = client.get(urlsplit(address).path, headers={"accept-language": language})
    assert opened.url.startswith(f"/{language}/events/festival/full/")


def test_it_is_linked_not_indexed_and_needs_no_style_or_script(posters, client):
    assert "poster/" in client.get(posters.full.url).content.decode()
    found = answer(client, posters.full)
    html = found.content.decode()
    assert found["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert "style=" not in html
    assert "<script" not in html
    assert found["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("cancelled", {"ja": "中止", "en": "Cancelled"}),
        ("postponed", {"ja": "順延", "en": "Postponed"}),
        ("moved", {"ja": "場所変更", "en": "Moved to another place"}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_decided_is_printed_large(posters, client, status, words, language):
    assert sheet(client, posters.full, language).select_one(".sheet__standing") is None
    values = {"moved_to": posters.hall} if status == "moved" else {}
    DecisionFactory(event=posters.full, day=SUNDAY, status=status, **values)
    shown = sheet(client, posters.full, language)
    assert text(shown.select_one(".sheet__standing")) == words[language]
    if status == "moved":
        assert {"ja": "見本ホール", "en": "Sample Hall"}[language] in text(shown)
    else:
        assert shown.select_one(".sheet__off")


def test_a_new_day_is_printed_as_the_day(posters, client):
    DecisionFactory(
        event=posters.full,
        day=SUNDAY,
        status="postponed",
        postponed_to=SUNDAY + datetime.timedelta(days=7),
    )
    shown = sheet(client, posters.full)
    assert "2026年11月1日(日)" in text(shown.select_one(".sheet__when"))
    assert "2026年10月25日" not in text(shown)
    assert not shown.select(".sheet__off")


def test_one_cancelled_time_of_several_says_so_beside_it(posters, client):
    page = posters.event(
        "twice",
        "見本：二回",
        sessions=[posters.session(SATURDAY, 10, 11), posters.session(SUNDAY, 10, 11)],
    )
    DecisionFactory(event=page, day=SUNDAY, status="cancelled")
    shown = sheet(client, page)
    assert shown.select_one(".sheet__standing") is None
    first, second = shown.select(".sheet__times li")
    assert not first.select(".sheet__off, .sheet__chip")
    assert text(second.select_one(".sheet__chip")) == "中止"


def test_a_cancelled_day_of_a_series_says_so_below_it(posters, client):
    session = posters.session(SATURDAY, 10, 11, repeats="weekly")
    page = posters.event(
        "weekly", "見本：毎週", sessions=[session | {"until": datetime.date(2026, 11, 21)}]
    )
    DecisionFactory(event=page, day=SATURDAY + datetime.timedelta(weeks=1), status="cancelled")
    shown = sheet(client, page)
    assert shown.select_one(".sheet__standing") is None
    series, cancelled = shown.select(".sheet__times li")
    assert not series.select(".sheet__off, .sheet__chip")
    assert "2026年10月31日(土)" in text(cancelled)
    assert text(cancelled.select_one(".sheet__chip")) == "中止"


def test_no_more_times_than_have_room_and_it_says_how_many_are_left(posters, client):
    when = sheet(client, posters.long).select_one(".sheet__when")
    assert len(when.select("li")) == 6
    assert text(when.select_one(".sheet__more")) == "ほか6回"


def test_what_has_more_words_is_set_smaller(posters, client):
    sizes = ["full", "large", "medium", "small", "smallest"]
    found = [
        next(size for size in sizes if f"sheet--{size}" in sheet(client, page)["class"])
        for page in (posters.short, posters.full, posters.long)
    ]
    assert found[0] == "full"
    assert [sizes.index(size) for size in found] == sorted(sizes.index(size) for size in found)
    assert found[2] in ("small", "smallest")


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifteen_queries(posters, language):
    assert_few(posters.full.url.replace("/ja/", f"/{language}/", 1) + "poster/")


# On paper

PAGES = [(name, language) for name in ("short", "full", "long") for language in LANGUAGES]


def printed(browser, html: str):
    """The page in a browser without a server: style sheets come from the source."""
    context = browser.new_context(viewport=A4, java_script_enabled=True)
    page = context.new_page()

    def serve(route):
        path = urlsplit(route.request.url).path
        if path == "/":
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")
        file = finders.find(path.removeprefix("/static/"))
        return route.fulfill(path=file) if file else route.abort()

    page.route("**/*", serve)
    page.goto("http://testserver/")
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_one_sheet_whatever_is_on_it(posters, client, browser, name, language):
    event = getattr(posters, name)
    DecisionFactory(event=EventPage.objects.get(pk=event.pk), day=None, status="cancelled")
    page = printed(browser, answer(client, event, language).content.decode())
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") == 1, "more than one sheet"
    cut_off = page.evaluate(
        """() => {
            const frame = document.querySelector(".sheet__frame");
            const words = document.querySelector(".sheet__words").getBoundingClientRect();
            const foot = document.querySelector(".sheet__foot").getBoundingClientRect();
            const below = frame.scrollHeight > frame.clientHeight + 1;
            return below || frame.scrollWidth > frame.clientWidth || words.bottom > foot.top + 1;
        }"""
    )
    page.context.close()
    assert not cut_off
