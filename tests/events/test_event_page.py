"""The page of an event: all that the model has, and what was decided about it, first."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from freezegun import freeze_time
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from events.factories import DecisionFactory
from events.models import EventPage, Session
from kiyose.translation.factories import translate
from tests.queries import LANGUAGES, assert_few, queries_of
from tests.world import fresh, publish

from .sample import NOON, SATURDAY, SUNDAY, Sample

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
OPEN = "申し込みを受け付けています（2026年10月10日(土) 午後5時まで）。"


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freeze_time(NOON):
        made = Sample()
        translate(made.festival, words={"見本まつり": "Sample Festival"})
        translate(
            made.full,
            words={"見本：にんじん掘り": "Sample: digging carrots", "見本係": "Sample desk"},
        )
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _noon():
    with freeze_time(NOON):
        yield


def seen(client, page, language="ja") -> BeautifulSoup:
    answer = client.get(page.url.replace("/ja/", f"/{language}/", 1))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode().replace("<wbr>", ""), "html5lib")


def facts(page) -> dict[str, str]:
    """Each row of the lists of facts: what it is called, and what it says."""
    return {
        row.dt.get_text(" ", strip=True): row.dd.get_text(" ", strip=True)
        for row in page.select(".event-facts > div")
    }


def section(page, name: str):
    return page.select_one(f"section[aria-labelledby={name}-heading]")


def text(element) -> str:
    return element.get_text(" ", strip=True) if element else ""


# Everything the model has


def test_every_fact_in_japanese(sample, client):
    page = seen(client, sample.full)
    assert facts(page) == {
        "対象": "小・中学生、保護者・介護者 見本：大人といっしょに",
        "対象年齢": "3歳から12歳まで",
        "料金": "1,500円 見本：保険料を含む",
        "定員": "40人",
        "申し込み": "抽選",
        "申込開始": "2026年9月20日(日)",
        "申込締切": "2026年10月10日(土) 午後5時",
        "申込方法": "見本：電話で",
        "How to apply in English": "Sample: write to us in English.",
        "持ち物": "見本：軍手",
        "話せる言語": "日本語、英語",
        "手話": "手話通訳があります。",
        "バリアフリー": "段差のない入口 エレベーター",
        "備考": "見本：にんじんケーキ",
        "ウェブページ": "https://example.jp/mihon/ （外部のサイト）",
        "用意のある食事": "ハラール食",
        "申告のあったアレルゲン": "卵、乳",
        "主催": "見本部会",
        "共催・協力": "見本委員会",
        "連絡先": "見本係 042-000-0009 内線12 見本：平日の午前中 mihon@example.jp",
    }
    remarks = [text(row.dd) for row in page.select(".event-facts > div") if text(row.dt) == "備考"]
    assert remarks == ["見本：雨のときは屋内で", "見本：にんじんケーキ"]
    assert text(page.select_one(".event-subtitle")) == "見本の副題"
    assert text(page.select_one(".event-reading")) == "みほんにんじんほり"
    assert text(page.select_one(".page-head__kind .kind")).endswith("農業")
    assert "見本の説明です。" in text(section(page, "about"))


def test_the_same_in_english(sample, client):
    page = seen(client, sample.full, "en")
    found = facts(page)
    assert page.h1.get_text() == "Sample: digging carrots"
    assert found["Ages"] == "3 to 12 years"
    assert found["Fee"].startswith("1,500 yen")
    assert found["Application"] == "By lottery"
    assert found["Applications close on"] == "10 October 2026 (Sat) 17:00"
    assert found["Languages spoken"] == "Japanese, English"
    assert found["Contact"].startswith("Sample desk 042-000-0009")
    assert text(page.select_one(".page-head__kind .kind")).endswith("Farming")
    assert page.select_one(".event-reading") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_apply_in_english_is_marked_as_english_on_the_japanese_page(
    sample, client, language
):
    row = next(
        row
        for row in seen(client, sample.full, language).select(".event-facts > div")
        if "in English" in text(row.dt)
    )
    expected = {"ja": "en", "en": None}[language]
    assert (row.dt.span.get("lang"), row.dd.get("lang")) == (expected, expected)


def test_food_says_that_only_what_is_declared_is_listed(sample, client):
    assert "申告のあったものだけ" in text(section(seen(client, sample.full), "food"))
    fed = sample.event("fed", "見本：試食", diets="vegan")
    food = section(seen(client, fed), "food")
    assert "申告はありません" in text(food)
    assert "書いていないものも" in text(food)
    assert section(seen(client, sample.play), "food") is None


def test_the_telephone_is_a_link_with_its_hours_beside(sample, client):
    contact = seen(client, sample.full).select_one(".event-contact")
    assert contact.a["href"] == "tel:042-000-0009"
    assert text(contact.select_one(".event-contact__hours")) == "見本：平日の午前中"
    # Without a contact of its own the division answers.
    organised = sample.event("organised", "見本：主催だけ", organiser="見本の会")
    line = section(seen(client, organised), "organiser").select_one(".contact-line")
    assert line.select_one("a.tel")["href"] == "tel:042-000-0001"
    assert "午前9時から午後5時" in text(line.select_one(".contact-line__hours"))
    # Where not even an organiser is known, the contact at the foot of the page is enough.
    page = seen(client, sample.play)
    assert section(page, "organiser") is None
    assert page.select_one(".contact a[href='tel:042-000-0001']")


def test_the_venue_with_reading_address_and_maps(sample, client):
    place = seen(client, sample.full).select_one(".venue")
    assert text(place.h3) == "見本プラザ"
    assert text(place.select_one(".venue__reading")) == "みほんぷらざ"
    for words in (
        "204-0000",
        "見本町1-1",
        "見本駅から歩いて5分",
        "見本駐車場20台",
        "見本駐輪場100台",
    ):
        assert words in text(place)
    geo, web = (link["href"] for link in place.select(".venue__maps a"))
    assert geo.startswith("geo:35.7857,139.5264?q=35.7857,139.5264(")
    assert web == (
        "https://www.openstreetmap.org/?mlat=35.7857&mlon=139.5264#map=18/35.7857/139.5264"
    )
    where = text(section(seen(client, sample.full), "where"))
    assert "見本の正門" in where
    assert "車では来られません" in where
    english = seen(client, sample.full, "en").select_one(".venue")
    assert text(english.h3) == "Sample Plaza"
    assert english.select_one(".venue__reading") is None


def test_a_place_that_is_no_venue_of_the_list(sample, client):
    page = sample.event(
        "grove",
        "見本：梅まつり",
        sessions=[{"starts_on": SATURDAY}],
        place="見本の梅林",
        address="見本町2",
    )
    place = seen(client, page).select_one(".venue")
    assert text(place) == "見本の梅林 見本町2"
    assert not place.select(".venue__maps")


def test_an_event_without_any_of_it_has_no_empty_parts(sample, client):
    page = sample.event("bare", "見本：何もない", marks=[], why="", no_mark_applies=True)
    shown = seen(client, page)
    for name in ("where", "food", "exhibitors", "others", "about"):
        assert section(shown, name) is None, name
    assert facts(shown) == {}
    assert "該当なし" in text(shown.select_one(".page-marks"))


def test_marks_with_why(sample, client):
    marks = seen(client, sample.full).select_one(".page-marks")
    assert "飢餓" in text(marks) or "ターゲット2.1" in text(marks)
    assert "見本：食べ物のことだからです。" in text(marks)


# When


def times(page) -> list[str]:
    return [text(element) for element in page.select(".times__when")]


def test_inside_a_festival_it_leads_there_first(sample, client):
    for language, title in (("ja", "見本まつり"), ("en", "Sample Festival")):
        page = seen(client, sample.full, language)
        link = page.select_one(".event-festival a")
        assert (link["href"], text(link)) == (f"/{language}/events/festival/", title)
        assert link.find_next("h1") is not None
    alone = sample.event("alone", "見本：ひとつ")
    assert seen(client, alone).select_one(".event-festival") is None


def test_a_private_festival_is_not_named(sample, client):
    title = sample.festival.title
    assert title in client.get(sample.full.url).content.decode()
    fresh(sample.festival).unpublish()
    page = client.get(sample.full.url)
    assert BeautifulSoup(page.content, "html5lib").select_one(".event-festival") is None


def test_one_time_in_words(sample, client):
    assert times(seen(client, sample.full)) == ["2026年10月25日(日) 午前10時～午後0時"]
    # The space before the dash does not break: no line begins with it.
    (english,) = times(seen(client, sample.full, "en"))
    assert english == "25 October 2026 (Sun), 10:00\N{NBSP}– 12:00"


def weekly(sample, **values):
    first = datetime.date(2026, 9, 15)  # a Tuesday
    series = {"repeats": "weekly", "until": datetime.date(2026, 11, 24), "except_holidays": True}
    return sample.event(
        "weekly",
        "見本：火曜の体操",
        sessions=[sample.session(first, 10, 11, **series), sample.session(SUNDAY, 13, 14)],
        **values,
    )


def test_a_series_in_words_with_its_next_dates(sample, client):
    page = seen(client, weekly(sample))
    assert times(page) == [
        "2026年9月15日(火)～2026年11月24日(火)、毎週火曜日 午前10時～午前11時、祝日を除く",
        "2026年10月25日(日) 午後1時～午後2時",
    ]
    coming = [text(item) for item in page.select(".times__next li")]
    assert coming == [f"2026年10月{day}日(火) 午前10時～午前11時" for day in (6, 13, 20, 27)]
    assert "2026年11月24日(火) まで続きます" in text(page.select_one(".times__more"))


def test_a_series_names_its_last_dates_without_more(sample, client):
    page = weekly(sample)
    with freeze_time("2026-11-12T03:00:00Z"):
        shown = seen(client, page)
    # 3 November is a holiday, and 24 November an ordinary Tuesday.
    coming = [text(item) for item in shown.select(".times__next li")]
    assert coming == [f"2026年11月{day}日(火) 午前10時～午前11時" for day in (17, 24)]
    assert shown.select_one(".times__more") is None


def test_a_change_far_ahead_is_named_beside_the_next_dates(sample, client):
    page = weekly(sample)
    DecisionFactory(event=page, day=datetime.date(2026, 11, 17), status="cancelled")
    changed = seen(client, page).select(".times__next li")[-1]
    assert "2026年11月17日(火)" in text(changed)
    assert changed.select_one(".event-state--cancelled")
    assert "times__off" in changed["class"]


def test_dates_in_words_stand_for_the_days_that_sort_them(sample, client):
    page = sample.event(
        "fuzzy",
        "見本：春まつり",
        sessions=[{"starts_on": SUNDAY, "until": SUNDAY + 10 * DAY, "repeats": "words"}],
        dates_note="見本：2026年10月下旬",
    )
    shown = seen(client, page)
    assert "2026年10月下旬" in text(section(shown, "when"))
    assert times(shown) == []
    assert "2026年10月25日" not in text(section(shown, "when"))
    # A plan can hold it, a calendar cannot.
    assert shown.select_one(".plan-button")
    assert not shown.select('.event-ways a[href$="calendar.ics"]')


def test_nobody_is_invited_to_what_is_cancelled(sample, client):
    assert section(seen(client, sample.full), "when").select_one(".plan-button")
    DecisionFactory(event=sample.play, day=SATURDAY, status="cancelled")
    page = seen(client, sample.play)
    assert section(page, "when").select_one(".plan-button") is None
    # What is decided about the page itself needs not say its name and lead to it again.
    assert page.select_one(".announcement .event-state--cancelled")
    assert page.select_one(".announcement a") is None


def test_each_time_says_where_if_there_are_several_venues(sample, client):
    page = sample.event(
        "two-places",
        "見本：ふたつの会場",
        sessions=[sample.session(SATURDAY, 10, 11), sample.session(SUNDAY, 10, 11, sample.hall)],
    )
    shown = seen(client, page)
    links = [(text(link), link["href"]) for link in shown.select(".times__venue a")]
    assert [name for name, _href in links] == ["見本プラザ", "見本ホール"]
    for _name, href in links:
        assert shown.select_one(href), "the link leads to the venue on the page"
    assert not seen(client, sample.full).select(".times__venue")


# What was decided


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cancellation_is_said_in_every_language_at_once(sample, client, language):
    DecisionFactory(event=sample.full, day=SUNDAY, status="cancelled")
    page = seen(client, sample.full, language)
    assert section(page, "when").select_one(".event-state--cancelled")
    assert page.select_one(".times__when.times__off")


def test_the_whole_day_of_a_festival_counts_for_its_events(sample, client):
    DecisionFactory(festival=sample.festival, day=SUNDAY, status="cancelled")
    assert section(seen(client, sample.full), "when").select_one(".event-state--cancelled")
    assert not section(seen(client, sample.play), "when").select(".event-state")


def test_a_new_day_stands_there_with_the_old_one(sample, client):
    DecisionFactory(
        event=sample.full, day=SUNDAY, status="postponed", postponed_to=SUNDAY + 7 * DAY
    )
    when = section(seen(client, sample.full), "when")
    assert times(when) == ["2026年11月1日(日) 午前10時～午後0時"]
    assert "2026年10月25日(日)" in text(when.select_one(".times__before"))


def test_a_new_place_is_the_place(sample, client):
    DecisionFactory(event=sample.full, day=SUNDAY, status="moved", moved_to=sample.hall)
    page = seen(client, sample.full)
    assert [text(venue) for venue in page.select(".venue h3")] == ["見本ホール"]
    assert section(page, "when").select_one(".event-state--moved")


def over(page) -> str:
    return text(page.select_one(".notice--ended"))


def test_an_event_that_is_over_says_so(sample, client):
    with freeze_time("2026-10-25T02:59:00Z"):  # a minute before noon in Tokyo
        assert over(seen(client, sample.full)) == ""
        assert seen(client, sample.full).select('a[href$="calendar.ics"]')
    with freeze_time("2026-10-25T03:01:00Z"):
        page = seen(client, sample.full)
        assert "終了しました" in over(page)
        assert not page.select('a[href$="calendar.ics"]')
        assert not page.select(".applying")


def test_what_was_cancelled_is_not_just_over(sample, client):
    DecisionFactory(event=sample.full, day=SUNDAY, status="cancelled")
    with freeze_time("2026-10-26T03:00:00Z"):
        assert "開催されませんでした" in over(seen(client, sample.full))


def test_what_waits_for_a_new_day_is_not_over(sample, client):
    DecisionFactory(event=sample.full, day=SUNDAY, status="postponed")
    with freeze_time("2026-10-27T03:00:00Z"):
        page = seen(client, sample.full)
        assert over(page) == ""
        assert section(page, "when").select_one(".event-state--postponed")


def test_no_cache_keeps_it(sample, client):
    assert client.get(sample.full.url)["Cache-Control"] == "no-cache"


# Applications


@pytest.mark.parametrize(
    ("at", "said", "state"),
    [
        ("2026-09-19T14:59:00Z", "2026年9月20日(日)から申し込めます。", "to-come"),
        (
            "2026-09-19T15:00:00Z",
            "申し込みを受け付けています（2026年10月10日(土) 午後5時まで）。",
            "open",
        ),
        (
            "2026-10-10T07:59:00Z",
            "申し込みを受け付けています（2026年10月10日(土) 午後5時まで）。",
            "open",
        ),
        ("2026-10-10T08:00:00Z", "受付は終わりました。", "closed"),
    ],
)
def test_whether_one_can_apply_now(sample, client, at, said, state):
    with freeze_time(at):
        notice = seen(client, sample.full).select_one(".applying")
    assert text(notice) == said
    assert f"applying--{state}" in notice["class"]


def test_without_a_time_the_last_day_counts_to_its_end(sample, client):
    page = sample.event(
        "until",
        "見本：申込",
        application="first-come",
        apply_until=datetime.date(2026, 10, 10),
    )
    with freeze_time("2026-10-10T14:59:00Z"):
        assert seen(client, page).select_one(".applying--open")
    with freeze_time("2026-10-10T15:00:00Z"):
        assert seen(client, page).select_one(".applying--closed")


def test_where_nobody_needs_to_apply_nothing_is_open_or_closed(sample, client):
    page = sample.event(
        "walk-in", "見本：自由", application="none", apply_until=datetime.date(2026, 10, 10)
    )
    shown = seen(client, page)
    assert shown.select_one(".applying") is None
    assert facts(shown) == {"申し込み": "申込不要"}


@pytest.mark.parametrize(
    ("ages", "said"),
    [((3, None), "3歳以上"), ((None, 12), "12歳まで"), ((6, 6), "6歳"), ((0, 2), "0歳から2歳まで")],
)
def test_ages(sample, client, ages, said):
    page = sample.event("ages", "見本：年齢", age_from=ages[0], age_to=ages[1])
    assert facts(seen(client, page))["対象年齢"] == said


def test_free_of_charge_is_said_and_nothing_else_is_claimed(sample, client):
    free = seen(client, sample.event("free", "見本：無料", fee=0))
    assert facts(free)["料金"] == "無料"
    assert "無料" in text(free.select_one(".page-head__kind"))
    assert "料金" not in facts(seen(client, sample.play))


# Around it


def test_other_events_of_the_festival(sample, client):
    hidden = sample.event("hidden", "見本：非公開", parent=sample.festival)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    sample.event("elsewhere", "見本：よそ")
    others = section(seen(client, sample.full), "others")
    assert [text(link) for link in others.select("li a")] == ["見本：朗読劇"]
    assert "2026年10月24日(土) 午後2時～午後3時" in text(others)
    DecisionFactory(event=sample.play, day=SATURDAY, status="cancelled")
    assert section(seen(client, sample.full), "others").select_one(".event-state--cancelled")
    assert section(seen(client, sample.event("one", "見本：単独")), "others") is None


def test_ways_to_calendar_and_poster(sample, client):
    for language in LANGUAGES:
        page = seen(client, sample.full, language)
        links = {link["href"] for link in section(page, "when").select(".event-ways a")}
        assert links == {
            f"/{language}/events/festival/full/calendar.ics",
            f"/{language}/events/festival/full/poster/",
        }


def test_the_preview_shows_what_is_not_saved(sample, client, admin_user):
    draft = fresh(sample.full)
    draft.sessions = [Session(starts_on=SATURDAY, starts_at=datetime.time(9))]
    draft.title = "見本：まだ下書き"
    answer = draft.make_preview_request()
    page = BeautifulSoup(answer.render().content.decode().replace("<wbr>", ""), "html5lib")
    assert text(page.h1) == "見本：まだ下書き"
    assert times(page) == ["2026年10月24日(土) 午前9時から"]


def test_the_preview_of_a_page_that_was_never_saved(sample):
    page = EventPage(title="見本：新しい", slug="new", locale=sample.index.locale)
    parent = fresh(sample.festival)
    page.depth, page.path = parent.depth + 1, f"{parent.path}9999"
    page.set_url_path(parent)
    page.sessions = [Session(starts_on=SATURDAY)]
    answer = page.make_preview_request()
    assert answer.status_code == 200
    assert "2026年10月24日(土)" in answer.render().content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifteen_queries_with_all_that_a_page_can_have(sample, language):
    image = get_image_model().objects.create(title="見本", file=get_test_image_file())
    page = fresh(sample.full)
    page.picture, page.picture_alt = image, "見本の絵"
    page.save(clean=False)
    DecisionFactory(event=sample.full, day=SUNDAY, status="moved", moved_to=sample.hall)
    assert_few(sample.full.url.replace("/ja/", f"/{language}/", 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifteen_queries_while_venues_and_days_are_decided_about(sample, language):
    image = get_image_model().objects.create(title="見本", file=get_test_image_file())
    page = fresh(sample.full)
    page.picture, page.picture_alt = image, "見本の絵"
    page.save(clean=False)
    DecisionFactory(venue=sample.plaza, day=SUNDAY, status="cancelled", note="見本の理由")
    DecisionFactory(day=SUNDAY, status="on", next_decision_at="2026-10-24T20:00:00Z")
    DecisionFactory(festival=sample.festival, day=SATURDAY, status="postponed")
    for place in (sample.full, sample.festival):
        address = place.url.replace("/ja/", f"/{language}/", 1)
        assert_few(address)
    for below in (f"{sample.full.url}poster/", f"{sample.festival.url}timetable/"):
        assert_few(below.replace("/ja/", f"/{language}/", 1))
    for view in ("", "calendar/", "timetable/", "feed/", "calendar.ics"):
        assert_few(f"/{language}/events/{view}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_queries_for_a_festival_of_many_events(sample, language):
    address = sample.full.url.replace("/ja/", f"/{language}/", 1)
    few = len(queries_of(address))
    for number in range(8):
        sample.event(f"more-{number}", f"見本{number}", parent=sample.festival)
    assert len(queries_of(address)) == few


def test_published_with_more_sessions_it_is_found_again(sample, client):
    page = fresh(sample.full)
    page.sessions = [*page.sessions.all(), Session(**sample.session(SATURDAY, 8, 9), sort_order=9)]
    publish(page)
    assert len(times(seen(client, page, "en"))) == 2, "facts are the same in every language"
