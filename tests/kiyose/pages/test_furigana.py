"""Furigana on public pages: the reader's choice, two variants that never mix, what stays plain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from home.models import StandardPage
from kiyose.japanese.furigana import sudachi
from kiyose.japanese.models import Reading
from kiyose.pages.furigana import rendering
from kiyose.pages.models import Division, PageReading
from tests.editor import edit_url, press
from tests.page_types import PAGE_TYPES, label
from tests.queries import default_division
from tests.staff import client_of, employ
from tests.world import publish

pytestmark = pytest.mark.django_db

# What pages hide from those who do not read, or say in other words, has no furigana.
PLAIN = "title, meta, script, option, textarea, svg, pre, code, .sr"


def reader(choice: str = "on") -> Client:
    client = Client()
    client.cookies["furigana"] = choice
    return client


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def words(page) -> str:
    """The text of a page without its furigana."""
    for furigana in page.select("rt, rp"):
        furigana.decompose()
    return " ".join(page.get_text().split())


# The choice


def test_the_address_sets_the_choice_and_the_cookie_keeps_it(client, world):
    page = world.page(StandardPage)
    assert not soup(client.get(page.url)).select("ruby")
    answer = client.get(f"{page.url}?furigana=on")
    assert soup(answer).select("ruby")
    cookie = answer.cookies["furigana"]
    assert (cookie.value, cookie["samesite"], cookie["path"]) == ("on", "Lax", "/")
    assert int(cookie["max-age"]) > 300 * 24 * 60 * 60
    for address in (page.url, "/ja/", "/ja/nothing/", "/opendata/?lang=ja"):
        assert soup(client.get(address)).select("ruby"), address
    assert not soup(client.get(f"{page.url}?furigana=off")).select("ruby")
    assert not soup(client.get("/ja/")).select("ruby")


@pytest.mark.parametrize("asked", ["", "ON", "1", "<script>", "on%00"])
def test_anything_else_is_no_choice(client, world, asked):
    answer = client.get(f"/ja/?furigana={asked}")
    assert answer.status_code == 200
    assert "furigana" not in answer.cookies
    assert not soup(answer).select("ruby")


def test_a_redirect_keeps_the_choice(client, world):
    number = world.page(StandardPage).pk
    answer = client.get(f"/p/{number}/?furigana=on", headers={"accept-language": "ja"})
    assert answer.status_code == 302
    assert "furigana" not in answer.url
    assert soup(client.get(answer.url)).select("ruby")


def test_no_link_of_the_page_carries_the_choice_along(client, world):
    html = client.get("/ja/projects/?furigana=on&goal=8").content.decode()
    assert "furigana=" not in html
    assert 'rel="canonical"' in html


# The control


def test_the_control_is_a_button_with_a_state_that_keeps_the_rest_of_the_address(client, world):
    page = soup(client.get("/ja/projects/?goal=8&goal=13&stage=running"))
    form = page.select_one("header .furigana-control")
    button = form.select_one("button")
    assert (button["name"], button["value"], button["aria-pressed"]) == ("furigana", "on", "false")
    assert button.get_text(strip=True) == "ふりがな"
    assert (form["method"], form.get("action")) == ("get", None)  # the address it is at
    kept = [(field["name"], field["value"]) for field in form.select("input")]
    assert kept == [("goal", "8"), ("goal", "13"), ("stage", "running")]
    button = soup(reader().get("/ja/")).select_one(".furigana-control button")
    assert (button["value"], button["aria-pressed"]) == ("off", "true")


def test_what_the_address_says_is_written_as_text(client, world):
    answer = client.get("/ja/", {'"><script>': '"><script>alert(1)</script>'})
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/en/", "/en/nothing/", "/opendata/?lang=en"])
def test_pages_in_other_languages_know_nothing_of_it(world, address):
    with translation.override("ja"):
        plain, asked = Client().get(address), reader().get(address)
    for answer in (plain, asked):
        assert not soup(answer).select(".furigana-control, ruby, .with-furigana")
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_japanese_page_in_an_english_frame_has_none(world):
    page = world.page(StandardPage)
    world.translation(StandardPage).unpublish()
    with translation.override("ja"):
        answer = reader().get(page.url.replace("/ja/", "/en/", 1))
    assert soup(answer).select('[lang="ja"]')
    assert not soup(answer).select("ruby")


# Every page


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_every_page_type(world, model):
    """Ruby over its words; without them it is the same page, and what is not text has none."""
    url = "/ja/" if model.__name__ == "HomePage" else world.page(model).url
    plain, furigana = soup(Client().get(url)), soup(reader().get(url))
    assert furigana.select("header ruby")
    assert furigana.select("main ruby")
    for element in furigana.select(PLAIN):
        assert not element.select("ruby, ruby-text")
    for data in furigana.select('script[type="application/ld+json"]'):
        assert "ruby" not in json.dumps(json.loads(data.string))
    for page in (plain, furigana):
        for own in page.select(".furigana-control, .page-foot__furigana"):
            own.decompose()
    assert words(furigana) == words(plain)
    assert [tag.attrs for tag in furigana.select("main a, main input")] == [
        tag.attrs for tag in plain.select("main a, main input")
    ]


@pytest.mark.parametrize("path", ["events/calendar.ics", "events/feed/"])
def test_what_is_no_page_stays_as_it_is(world, path):
    plain, asked = (client.get(f"/ja/{path}") for client in (Client(), reader()))
    assert asked.status_code == 200
    bodies = [re.sub(rb"\d", b"", answer.getvalue()) for answer in (plain, asked)]  # the time
    assert bodies[0] == bodies[1]
    assert b"<ruby" not in bodies[1]
    assert "Cookie" not in asked.headers.get("Vary", "")


def test_open_data_and_the_admin(world):
    assert "ruby" not in reader().get("/opendata/projects.json").content.decode()
    employ()
    client = client_of("pr")
    client.cookies["furigana"] = "on"
    answer = client.get("/admin/?furigana=on")
    assert "<ruby>" not in answer.content.decode()
    assert "furigana" not in answer.cookies
    assert not soup(Client().get("/admin/login/?furigana=on")).select("ruby")


def test_menu_labels_and_buttons_too(world):
    page = soup(reader().get("/ja/projects/"))
    for part in (".menu__list a ruby", "label ruby, legend ruby", "button ruby", "footer ruby"):
        assert page.select(part), part


# Two variants


def test_two_readers_never_get_each_others_page(world):
    """Behind a cache on the way: it keeps answers by the address and the headers of the visit
    that Vary names, and gives the next visitor what it has."""
    kept: list[tuple[dict[str, str], bytes]] = []

    def visit(**headers: str) -> bytes:
        for asked, content in kept:
            if all(headers.get(name, "") == value for name, value in asked.items()):
                return content
        answer = Client(headers=headers).get("/ja/projects/")
        named = [name.strip().lower() for name in answer.headers.get("Vary", "").split(",")]
        kept.append(({name: headers.get(name, "") for name in named if name}, answer.content))
        return answer.content

    plain = visit()
    furigana = visit(cookie="furigana=on")
    assert b"<ruby>" in furigana
    assert b"<ruby>" not in plain
    assert visit(cookie="furigana=off") == plain
    assert (visit(), visit(cookie="furigana=on")) == (plain, furigana)


def test_the_answer_that_sets_the_choice_is_kept_by_nobody(client, world):
    answer = client.get("/ja/projects/?furigana=on")
    assert {"private", "no-cache"} <= set(answer.headers["Cache-Control"].split(", "))
    assert "private" not in reader().get("/ja/projects/").headers.get("Cache-Control", "")


def test_the_length_is_that_of_the_page_with_furigana(world):
    answer = reader().get("/ja/")
    assert int(answer.headers["Content-Length"]) == len(answer.content)


# Remembered


def test_a_second_visit_reads_nothing(world, monkeypatch):
    url = world.page(StandardPage).url
    first = reader().get(url).content
    monkeypatch.setattr(sudachi, "tokenizer", lambda: pytest.fail("read again"))
    assert reader().get(url).content == first


def test_a_form_with_its_token_is_remembered_too(world, monkeypatch):
    url = "/ja/certified/apply/"
    first = reader().get(url)
    assert b"csrfmiddlewaretoken" in first.content
    monkeypatch.setattr(sudachi, "tokenizer", lambda: pytest.fail("read again"))
    again = reader().get(url)
    assert soup(first).select("ruby")
    assert soup(again).select("ruby")


def test_the_key_holds_all_of_the_program_that_reads(monkeypatch):
    hashed = set()
    monkeypatch.setattr(Path, "read_bytes", lambda file: hashed.add(file.name) or b"")
    rendering._rules.__wrapped__()
    assert {"reading.py", "counters.py", "sudachi.py", "script.py", "names.py"} <= hashed


def test_an_edited_reading_shows_at_once(world, django_capture_on_commit_callbacks):
    page = world.page(StandardPage)
    page.title = "見本の下宿"
    publish(page)
    assert "したじゅく" not in reader().get(page.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        Reading.objects.create(surface="下宿", reading="したじゅく")
    assert "したじゅく" in reader().get(page.url).content.decode()


def queries(client: Client, url: str) -> int:
    client.get(url)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def test_two_queries_at_most_and_none_without(world):
    default_division()
    url = world.page(StandardPage).url
    plain = queries(Client(), url)
    assert queries(reader("off"), url) == plain
    assert queries(reader(), url) <= plain + 2
    with CaptureQueriesContext(connection) as asked:
        Client().get(url)
    assert not any("reading" in query["sql"].lower().split("from")[-1][:40] for query in asked)


# One page's own readings


def test_readings_of_one_page(world):
    page = world.page(StandardPage)
    Reading.objects.create(surface="中里", reading="なかざと")
    page.title = "見本の中里"
    page.page_readings = [PageReading(surface="中里", reading="なかさと")]
    publish(page)
    html = soup(reader().get(page.url))
    assert [rt.get_text() for rt in html.select("main h1 rt")][-1] == "なかさと"
    # Elsewhere on the site the city's dictionary holds.
    assert "なかさと" not in reader().get("/ja/").content.decode()


def test_the_editor_writes_them_and_explains_what_is_wrong(world):
    employ()
    page = world.page(StandardPage)
    page.page_readings = []
    publish(page)
    rows = {
        "page_readings-TOTAL_FORMS": "1",
        "page_readings-0-surface": "中里",
        "page_readings-0-reading": "ナカサト",
        "page_readings-0-ORDER": "1",
    }
    answer = press(client_of("pr"), edit_url(page), "action-publish", **rows)
    assert answer.status_code == 302
    rows_now = PageReading.objects.filter(page_id=page.pk).values_list("surface", "reading")
    assert list(rows_now) == [("中里", "なかさと")]
    wrong = {"page_readings-0-surface": "なかさと"}
    answer = press(client_of("pr"), edit_url(page), **wrong)
    assert answer.status_code == 200
    assert "漢字のある言葉" in answer.content.decode()


# A wrong reading


def test_whom_to_tell_of_a_wrong_reading(world):
    default_division()
    Division.objects.update(email="sample@example.jp")
    page = world.page(StandardPage)
    assert not soup(Client().get(page.url)).select(".page-foot__furigana")
    foot = soup(reader().get(page.url)).select_one(".page-foot__furigana")
    mail = foot.select_one('a[href^="mailto:"]')["href"]
    assert mail.startswith("mailto:sample@example.jp?")
    assert str(page.pk) in mail


# Where something else is broken


def test_a_page_is_shown_without_furigana_rather_than_not_at_all(world, monkeypatch, caplog):
    from kiyose.pages.furigana import middleware

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(middleware, "with_furigana", broken)
    answer = reader().get("/ja/")
    assert answer.status_code == 200
    assert not soup(answer).select("ruby")
    assert "without furigana" in caplog.text


def test_the_box_of_the_admin_is_no_public_page(world):
    assert Client().get(reverse("wagtailsnippets_japanese_reading:try")).status_code == 302
