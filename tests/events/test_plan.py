"""My plan: picked without an account and without JavaScript, kept, shared, and warned about."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import freezegun
import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from events.factories import DecisionFactory
from events.picks import COOKIE, MOST_PICKS, read
from events.templatetags.my_plan import plan_of
from kiyose.pages.frame import load_frame
from kiyose.pages.middleware import OfTheMomentMiddleware
from tests.queries import LANGUAGES, queries_of

from .programme import BEFORE, DAY, SATURDAY, SUNDAY, Programme, at, code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_week_before():
    with freezegun.freeze_time(BEFORE):
        yield


@pytest.fixture(scope="module")
def programme(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), freezegun.freeze_time(BEFORE):
        yield Programme()
        transaction.set_rollback(True)


def query(*events, name="pick") -> str:
    return "&".join(f"{name}={code(event)}" for event in events)


def plan_at(client, rest: str = "", language: str = "ja", **headers) -> BeautifulSoup:
    answer = client.get(f"/{language}/events/plan/{rest}", **headers)
    assert answer.status_code == 200, answer
    return BeautifulSoup(answer.content, "html.parser")


def picked(answer) -> list[str]:
    """The picks of the address that an answer leads to."""
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query).get("pick", [])


def titles(page) -> list[str]:
    return [title.get_text() for title in page.select(".plan-day .plan-line__title")]


def text(page, selector: str) -> str:
    return " ".join(" ".join(each.get_text().split()) for each in page.select(selector))


# Picking


def test_a_plan_is_made_by_links_alone(programme, client):
    """Each link leads to the address of the whole plan, and the browser keeps it."""
    first = client.get(f"/ja/events/plan/?{query(programme.harvest, name='add')}")
    assert picked(first) == [code(programme.harvest)]
    second = client.get(f"/ja/events/plan/?{query(programme.late, name='add')}")
    assert picked(second) == [code(programme.harvest), code(programme.late)]
    again = client.get(f"/ja/events/plan/?{query(programme.late, name='add')}")
    assert picked(again) == picked(second)
    assert picked(client.get("/ja/events/plan/")) == picked(second)
    page = plan_at(client, f"?{urlsplit(second['Location']).query}")
    assert "「見本の夜の会」を予定に入れました" in text(page, ".plan-told")
    assert titles(page) == ["見本の収穫", "見本の夜の会"]
    assert not page.select(".plan-shared")


def test_a_pick_is_taken_out_and_put_back(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.harvest, programme.late, name='add')}")
    page = plan_at(client, f"?{query(programme.harvest, programme.late)}")
    (link,) = page.select(f".plan-line__remove a[href$='remove={code(programme.late)}']")
    assert "見本の夜の会" in link.get_text()
    removed = client.get(link["href"])
    assert picked(removed) == [code(programme.harvest)]
    page = plan_at(client, f"?{urlsplit(removed['Location']).query}")
    assert "「見本の夜の会」を予定から外しました" in text(page, ".plan-told")
    undo = client.get(page.select_one(".plan-told a")["href"])
    assert set(picked(undo)) == {code(programme.harvest), code(programme.late)}


def test_the_last_pick_leaves_no_cookie(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.harvest, name='add')}")
    removed = client.get(f"/ja/events/plan/?{query(programme.harvest, name='remove')}")
    assert picked(removed) == []
    assert removed.cookies[COOKIE]["max-age"] == 0
    assert "予定にはまだ何も入っていません" in plan_at(client, "").get_text()


@pytest.mark.parametrize(("url", "secure"), [("http", ""), ("https", True)])
def test_the_cookie_holds_numbers_and_keys_and_is_sent_here_only(programme, client, url, secure):
    answer = client.get(
        f"/ja/events/plan/?{query(programme.harvest, programme.late, name='add')}",
        secure=url == "https",
    )
    cookie = answer.cookies[COOKIE]
    assert cookie.value == f"{code(programme.harvest)}.{code(programme.late)}"
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Lax", True, secure)
    assert cookie["max-age"] == 365 * 24 * 60 * 60


def test_the_plan_is_nobody_elses_to_keep_or_find(programme, client):
    for rest in ("", f"?{query(programme.harvest)}", f"?{query(programme.harvest, name='add')}"):
        answer = client.get(f"/ja/events/plan/{rest}")
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
    page = plan_at(client, f"?{query(programme.harvest)}")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


# Shared addresses


def test_a_shared_plan_never_overwrites_ones_own(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.harvest, name='add')}")
    before = client.cookies[COOKIE].value
    page = plan_at(client, f"?{query(programme.late)}")
    assert client.cookies[COOKIE].value == before
    assert "あなたの予定ではありません" in text(page, ".plan-shared")
    assert not page.select(".plan-line__remove")
    back, keep, add = (link["href"] for link in page.select(".plan-shared a"))
    assert picked(client.get(back)) == [code(programme.harvest)]
    assert picked(client.get(add)) == [code(programme.harvest), code(programme.late)]
    assert picked(client.get(keep)) == [code(programme.late)]
    assert client.cookies[COOKIE].value == code(programme.late)


def test_a_plan_that_came_with_an_address_can_be_kept(programme, client):
    page = plan_at(client, f"?{query(programme.late)}")
    assert COOKIE not in client.cookies
    (keep,) = page.select(".plan-shared a")
    assert picked(client.get(keep["href"])) == [code(programme.late)]
    assert picked(client.get("/ja/events/plan/")) == [code(programme.late)]


def test_an_empty_address_takes_no_plan_away(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.harvest, name='add')}")
    assert picked(client.get("/ja/events/plan/?keep=1")) == [code(programme.harvest)]
    assert client.cookies[COOKIE].value == code(programme.harvest)


def test_ones_own_plan_in_another_order_is_ones_own(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.harvest, programme.late, name='add')}")
    assert not plan_at(client, f"?{query(programme.late, programme.harvest)}").select(
        ".plan-shared"
    )


def test_without_cookies_the_address_carries_the_plan(programme):
    """Each visit of a new client: a browser that keeps nothing."""
    page = plan_at(Client(), f"?{query(programme.harvest)}")
    more = page.select_one(f"a[href*='/ja/events/?{query(programme.harvest)}']")
    assert more.get_text() == "ほかのイベントを探す"
    (title,) = page.select(".plan-day .plan-line__title a")
    assert title["href"].endswith(f"/harvest/?{query(programme.harvest)}")
    both = Client().get(
        f"/ja/events/plan/?{query(programme.late, name='add')}&{query(programme.harvest)}"
    )
    assert picked(both) == [code(programme.harvest), code(programme.late)]
    page = plan_at(Client(), f"?{query(programme.harvest, programme.late)}")
    link = page.select_one(f"a[href*='remove={code(programme.late)}']")
    assert picked(Client().get(link["href"])) == [code(programme.harvest)]
    removed = f"?{query(programme.harvest)}&{query(programme.late, name='removed')}"
    undo = plan_at(Client(), removed).select_one(".plan-told a")["href"]
    assert picked(Client().get(undo)) == [code(programme.harvest), code(programme.late)]


def test_the_address_and_the_other_language_keep_the_picks(programme, client):
    page = plan_at(client, f"?{query(programme.harvest)}")
    share = page.select_one(".plan-share__address a")
    assert share["href"] == share.get_text()
    assert share["href"].endswith(f"/ja/events/plan/?{query(programme.harvest)}")
    english = page.select_one("a[hreflang=en]")["href"]
    assert titles(plan_at(client, english.split("/plan/")[1], "en")) == ["Sample harvest"]


def test_the_way_back_leads_to_the_page_of_the_button(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.harvest, name='add')}")

    def ways(referer: str) -> list[str]:
        page = plan_at(client, f"?{query(programme.harvest)}", headers={"referer": referer})
        return [link["href"] for link in page.select("main > article > .plan-ways a")]

    assert ways("http://testserver/ja/events/?goal=2")[0] == "/ja/events/?goal=2"
    for elsewhere in (
        "http://elsewhere.example.jp/ja/events/",
        "http://testserver/ja/events/plan/?pick=1-a",
        "http://testserver/admin/",
        "javascript:alert(1)//ja/events/",
        "",
    ):
        assert ways(elsewhere)[0] == "/ja/events/"


# What is shown


def test_days_stand_in_order_with_what_has_begun_under_today(programme, client):
    page = plan_at(client, f"?{query(programme.late, programme.harvest, programme.photographs)}")
    days = [day.get_text() for day in page.select(".plan-day h2")]
    assert days == ["2026年10月20日(火)", "2026年10月24日(土)"]
    assert titles(page) == ["見本の写真展", "見本の収穫", "見本の夜の会"]
    times = [each.get_text() for each in page.select(".plan-line__time")]
    assert times[1:] == ["10:00–12:00", "18:00–19:00"]


def test_what_is_over_stands_apart(programme, client):
    page = plan_at(client, f"?{query(programme.over, programme.late)}")
    assert titles(page) == ["見本の夜の会"]
    assert "見本の終わった会" in text(page, ".plan-over")


def test_words_are_the_visitors(programme, client):
    page = plan_at(client, f"?{query(programme.harvest, programme.concert)}", "en")
    assert titles(page) == ["Sample harvest", "見本の演奏"]
    first, second = page.select(".plan-day .plan-line__title a")
    assert (first.get("lang"), second.get("lang")) == (None, "ja")
    assert "Sample Hall" in text(page, ".plan-line__place")
    assert (
        "“Sample harvest” (10:00–12:00) and “見本の演奏” (11:00–13:00) are at the same time."
        in (text(page, ".plan-clashes"))
    )


def test_a_series_shows_its_next_times_and_those_beside_other_picks(programme, client):
    with transaction.atomic():
        weekly = programme.event(
            "weekly",
            "見本の教室",
            at(
                "14:00",
                "15:00",
                SATURDAY - 21 * DAY,
                until=SATURDAY + 140 * DAY,
                repeats="weekly",
                except_holidays=True,
            ),
        )
        far = programme.event("far", "見本の遠い会", at("14:30", "16:00", SATURDAY + 126 * DAY))
        page = plan_at(client, f"?{query(weekly, far)}")
        transaction.set_rollback(True)
    days = [day["aria-labelledby"] for day in page.select(".plan-day")]
    assert days == [f"day-{SATURDAY + weeks * 7 * DAY}" for weeks in (0, 1, 2, 3, 18)]
    assert "毎週土曜日" in text(page, ".plan-line--whole") or "毎週" in text(
        page, ".plan-line--whole"
    )
    assert "「見本の教室」（14:00–15:00）と「見本の遠い会」（14:30–16:00）は時間が重なります" in (
        text(page, ".plan-clashes")
    )


def test_dates_in_words_are_said_in_words(programme, client):
    with transaction.atomic():
        vague = programme.event(
            "vague",
            "見本の種まき",
            at("", until=SATURDAY + 10 * DAY, repeats="words"),
            dates_note="見本：下旬",
        )
        page = plan_at(client, f"?{query(vague)}")
        transaction.set_rollback(True)
    assert not titles(page)
    assert "見本：下旬" in text(page, ".plan-line--whole")


# Overlaps


def test_an_overlap_is_named_at_the_top_and_beside_both(programme, client):
    page = plan_at(client, f"?{query(programme.concert, programme.harvest, programme.late)}")
    (warning,) = page.select(".plan-clashes li")
    assert "「見本の収穫」（10:00–12:00）と「見本の演奏」（11:00–13:00）は時間が重なります。" in (
        text(warning, "span")
    )
    beside = {
        line.select_one("h3").get_text(): text(line, ".plan-line__clash")
        for line in page.select(".plan-line")
    }
    assert "見本の演奏" in beside["見本の収穫"]
    assert "見本の収穫" in beside["見本の演奏"]
    assert beside["見本の夜の会"] == ""


def test_an_open_end_may_overlap(programme, client):
    page = plan_at(client, f"?{query(programme.talk, programme.late)}")
    assert "「見本の話」（13:00–）は終わりの時刻が決まっていません" in text(page, ".plan-clashes")
    assert len(page.select(".plan-line__clash--possible")) == 2


def test_little_time_between_two_venues_is_noted(programme, client):
    page = plan_at(client, f"?{query(programme.harvest, programme.puppets)}")
    assert "始まるまで、5分しかありません" in text(page, ".plan-clashes")
    # The concert ends when the talk begins, which names no venue: nobody knows.
    assert not plan_at(client, f"?{query(programme.concert, programme.talk)}").select(
        ".plan-clashes"
    )


def test_what_does_not_take_place_is_in_nobodys_way(programme, client):
    with transaction.atomic():
        DecisionFactory(
            event=programme.concert, day=SATURDAY, status="cancelled", note="見本：大雨のため"
        )
        page = plan_at(client, f"?{query(programme.concert, programme.harvest)}")
        english = plan_at(client, f"?{query(programme.concert)}", "en")
        transaction.set_rollback(True)
    assert not page.select(".plan-clashes")
    assert "中止" in text(page, ".plan-line--off")
    assert page.select(".plan-line--off .plan-line__title")[0].get_text() == "見本の演奏"
    assert text(page, ".plan-line__told") == "見本：大雨のため"
    assert english.select_one(".plan-line__told")["lang"] == "ja"


def test_what_is_postponed_overlaps_where_it_is_now(programme, client):
    with transaction.atomic():
        sunday = programme.event("sunday", "見本の日曜", at("10:30", "11:30", SUNDAY))
        DecisionFactory(
            event=programme.harvest, day=SATURDAY, status="postponed", postponed_to=SUNDAY
        )
        page = plan_at(client, f"?{query(programme.concert, programme.harvest, sunday)}")
        transaction.set_rollback(True)
    assert "当初の日時：2026年10月24日(土)" in text(page, ".plan-line__told")
    (warning,) = page.select(".plan-clashes li")
    assert "見本の日曜" in warning.get_text()
    assert "10月25日" in warning.get_text()


# Bad input


@pytest.mark.parametrize("what", ["draft", "private", "unknown", "other key", "deleted page"])
def test_what_is_not_public_and_what_is_not_there_look_alike(programme, client, what):
    """The same page but for the code itself, by the same queries."""
    odd = {
        "draft": code(programme.draft),
        "private": code(programme.private),
        "unknown": "999999-abcdef",
        "other key": f"{programme.harvest.pk}-zzzzzz",
        "deleted page": f"{programme.festival.pk}-abcdef",
    }[what]
    url = f"/ja/events/plan/?{query(programme.late)}&pick="
    page = plan_at(client, f"?{query(programme.late)}&pick={odd}")
    expected = plan_at(client, f"?{query(programme.late)}&pick=888888-aaaaaa")
    assert str(page).replace(odd, "X") == str(expected).replace("888888-aaaaaa", "X")
    assert "選ばれたもののうち1件は" in text(page, ".notice")
    assert len(queries_of(url + odd)) == len(queries_of(f"{url}888888-aaaaaa"))


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "x",
        "1",
        "1-",
        "-a",
        "1-a-b",
        "０-ａ",
        "1-" + "a" * 9,
        "9" * 400 + "-a",
        "%00-a",
        "1-<b>",
    ],
)
def test_odd_codes_are_left_out_with_a_notice(programme, client, odd):
    page = plan_at(client, f"?{query(programme.late)}&pick={odd}")
    assert titles(page) == ["見本の夜の会"]
    assert "予定として読み取れない" in text(page, ".notice")
    for name in ("add", "remove", "added", "removed", "keep"):
        assert client.get(f"/ja/events/plan/?{name}={odd}").status_code in (200, 302)


def test_ten_thousand_picks_are_bounded_work(programme, client):
    many = "&".join(f"pick={number}-abcdef" for number in range(1, 10_000))
    page = plan_at(client, f"?{query(programme.late)}&{many}")
    assert titles(page) == ["見本の夜の会"]
    assert f"{MOST_PICKS}件まで" in text(page, ".notice")
    added = client.get(f"/ja/events/plan/?{many.replace('pick', 'add')}")
    assert len(picked(added)) == MOST_PICKS
    assert len(added.cookies[COOKIE].value) < 2_000
    full = client.get(f"/ja/events/plan/?{query(programme.late, name='add')}")
    assert code(programme.late) not in picked(full)
    assert "full=1" in full["Location"]
    # Django itself refuses what has more fields than any form of the site.
    assert client.get(f"/ja/events/plan/?{many}&{many}").status_code == 400


def test_a_cookie_that_somebody_wrote_is_read_with_care(programme):
    for odd in ("", "x", "....", "1-a.<script>", "9" * 4_000):
        client = Client()
        client.cookies[COOKIE] = odd
        assert client.get("/ja/events/plan/").status_code in (200, 302)
        answer = client.get(f"/ja/events/plan/?{query(programme.late, name='add')}")
        assert code(programme.late) in picked(answer)


def test_what_is_gone_can_be_taken_out(programme, client):
    client.get(f"/ja/events/plan/?{query(programme.late, programme.draft, name='add')}")
    page = plan_at(client, f"?{query(programme.late, programme.draft)}")
    link = next(link for link in page.select(".notice a") if "予定から外す" in link.get_text())
    assert picked(client.get(link["href"])) == [code(programme.late)]


def test_codes_are_read_in_order_and_once():
    picks = read(["2-b", "1-a", "2-b", "x", "03-a"])
    assert picks.codes == ["2-b", "1-a"]
    assert picks.are_unclear
    assert not picks.are_too_many


# Queries


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_plan_asks_as_often_as_a_small_one(programme, language):
    with transaction.atomic():
        few = queries_of(f"/{language}/events/plan/?{query(programme.harvest)}")
        events = [
            programme.event(f"one-{number}", f"見本{number}", at("10:00", "12:00"))
            for number in range(MOST_PICKS)
        ]
        many = queries_of(f"/{language}/events/plan/?{query(*events)}")
        transaction.set_rollback(True)
    assert len(many) == len(few)
    assert len(many) <= 15


def test_every_state_of_the_page_asks_little(programme):
    picks = query(programme.harvest, programme.concert)
    for rest in ("", f"?{picks}", f"?{picks}&{query(programme.late, name='removed')}"):
        assert len(queries_of(f"/en/events/plan/{rest}")) <= 15, rest
    assert len(queries_of("/en/events/plan/")) < len(queries_of(f"/en/events/plan/?{picks}"))


# The button


def test_the_button_says_which_event_and_when(programme, client, rf):

    def button(cookies: dict, get: str = "") -> BeautifulSoup:
        request = rf.get(f"/ja/events/{get}")
        request.COOKIES = cookies
        load_frame(request, Q(pk=programme.index.pk))
        context = Context(
            {
                "request": request,
                "event": programme.harvest,
                "session": programme.harvest.sessions.first(),
            }
        )
        template = Template('{% include "events/parts/plan_button.html" %}')
        with translation.override("ja"):
            return BeautifulSoup(template.render(context), "html.parser").a, request

    link, request = button({})
    assert link.get_text().strip().startswith("わたしの予定に入れる")
    assert "見本の収穫" in link.get_text()
    assert "2026年10月24日(土)" in link.get_text()
    assert link["href"] == f"/ja/events/plan/?add={code(programme.harvest)}"
    assert request.is_of_the_moment
    assert not request.is_of_one_visitor
    link, request = button({COOKIE: code(programme.harvest)})
    assert "わたしの予定に入っています" in link.get_text()
    assert link["href"] == f"/ja/events/plan/#pick-{code(programme.harvest)}"
    assert request.is_of_one_visitor
    carried, _request = button({}, f"?{query(programme.late)}")
    assert carried["href"].endswith(f"?add={code(programme.harvest)}&{query(programme.late)}")


def test_a_page_that_knows_the_plan_is_kept_for_nobody_else(rf):
    """What the button says of the request, the middleware says to caches."""
    for cookies, expected in (({}, "no-cache"), ({COOKIE: "1-a"}, "private, no-cache")):
        request = rf.get("/ja/events/")
        request.COOKIES = cookies
        plan_of(request)
        answer = OfTheMomentMiddleware(lambda request: HttpResponse())(request)
        assert answer["Cache-Control"] == expected
        assert answer.has_header("Vary") == bool(cookies)
