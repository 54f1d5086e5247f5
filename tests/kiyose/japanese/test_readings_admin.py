"""The city's dictionary in the admin: who may, what is refused, and the box to try readings."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from kiyose.japanese.furigana.city import city_lexicon
from kiyose.japanese.models import Reading
from kiyose.japanese.viewsets import LONGEST, ReadingViewSet
from tests.staff import client_of, employ

from .reading_aloud import marked

pytestmark = pytest.mark.django_db

LIST = "wagtailsnippets_japanese_reading:list"
ADD = "wagtailsnippets_japanese_reading:add"
TRY = "wagtailsnippets_japanese_reading:try"


@pytest.fixture
def staff(world):
    employ()


@pytest.mark.parametrize(
    ("account", "allowed"),
    [
        ("admin", True),
        ("pr", True),
        ("mirai", True),
        ("department", False),
        ("translator", False),
        ("shokokai", False),
        ("duty", False),
    ],
)
def test_who_keeps_the_dictionary(staff, account, allowed):
    client = client_of(account)
    for name in (LIST, ADD, TRY):
        assert (client.get(reverse(name)).status_code == 200) is allowed, name
    client.post(reverse(ADD), {"surface": "見本町", "reading": "みほんちょう"})
    client.post(reverse(TRY), {"text": "見本町"})
    assert Reading.objects.filter(surface="見本町").exists() is allowed


def test_nobody_without_signing_in(client, world):
    assert client.get(reverse(TRY)).status_code == 302


def try_out(text: str, account: str = "pr"):
    answer = client_of(account).post(reverse(TRY), {"text": text})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser"), answer


def test_the_box_says_how_and_why(staff):
    Reading.objects.create(surface="中里", reading="なかざと")
    page, _answer = try_out("中里で3日、1日の催し。")
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")
    ]
    assert rows == [
        ["中里", "なかざと", "市の辞書"],
        ["3日", "みっか", "日付と助数詞の表"],
        ["1日", "—", "ふりがなを付けない：読み方が二つあり、前後の言葉からは決まらない"],
        ["催し", "もよおし", "Sudachi"],
    ]
    shown = page.select_one(".try-furigana")
    assert shown.get_text() == "中里で3日、1日の催し。"
    assert [rt.string for rt in shown.select("rt")] == ["なかざと", "みっか", "もよお"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('市')</script>",
        "<ruby>清瀬<rt>きよせ</rt></ruby>",
        "</p></section><img src=x onerror=alert(1)>市",
    ],
)
def test_markup_is_text(staff, text):
    page, _answer = try_out(text)
    shown = page.select_one(".try-furigana")
    assert not shown.select("script, img, section")
    assert shown.get_text() == text
    assert page.select_one("textarea").get_text().lstrip("\r\n") == text


def test_symbols_only(staff):
    page, _answer = try_out("（＊〜）！？…")
    assert not page.select("tbody tr")
    assert "漢字がない" in page.get_text()


def test_too_much_is_refused_and_kept(staff):
    text = "市" * 100_000
    page, _answer = try_out(text)
    assert f"{LONGEST:,}文字" in page.get_text()
    assert "100,000文字" in page.get_text()
    assert page.select_one("textarea").get_text().strip() == text
    assert not page.select_one("textarea").has_attr("maxlength")
    assert not page.select(".try-furigana")


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("surface", {"surface": "きよせ", "reading": "きよせ"}),
        ("surface", {"surface": "3日", "reading": "みっか"}),
        ("surface", {"surface": "<b>市</b>", "reading": "し"}),
        ("surface", {"surface": "SDGs推進", "reading": "すいしん"}),
        ("reading", {"surface": "清瀬", "reading": "清瀬"}),
        ("reading", {"surface": "清瀬", "reading": "kiyose"}),
        ("reading", {"surface": "備える", "reading": "そなえ"}),
        ("context", {"surface": "清瀬", "reading": "きよせ", "context": "丁目"}),
        ("context", {"surface": "清瀬", "reading": "きよせ", "context": "～"}),
    ],
)
def test_what_is_no_reading(field, values):
    with pytest.raises(ValidationError) as refused:
        Reading(**values).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_what_people_type_is_understood():
    reading = Reading(surface=" 備える ", reading="ソナエル", context="〜人")
    reading.full_clean()
    assert (reading.surface, reading.reading, reading.context) == ("備える", "そなえる", "～人")


def test_one_reading_for_each_context(staff):
    Reading.objects.create(surface="方", reading="かた", context="の～")
    Reading(surface="方", reading="ほう", context="～が").full_clean()
    with pytest.raises(ValidationError):
        Reading(surface="方", reading="ほう", context="の～").full_clean()


def test_an_edited_reading_is_known_at_once(world, django_capture_on_commit_callbacks):
    assert "したじゅく" not in marked("下宿", city_lexicon())
    with django_capture_on_commit_callbacks(execute=True):
        row = Reading.objects.create(surface="下宿", reading="したじゅく")
    assert marked("下宿", city_lexicon()) == "下宿(したじゅく)"
    with django_capture_on_commit_callbacks(execute=True):
        row.reading = "しもじゅく"
        row.save()
    assert marked("下宿", city_lexicon()) == "下宿(しもじゅく)"
    with django_capture_on_commit_callbacks(execute=True):
        row.delete()
    assert "じゅく" not in marked("下宿", city_lexicon()).replace("げしゅく", "")


def test_setting_up_brings_the_lists_and_keeps_what_staff_corrected(world):
    call_command("setup_site", verbosity=0)
    count = Reading.objects.count()
    assert Reading.objects.get(surface="梅園").reading == "うめぞの"
    Reading.objects.filter(surface="梅園").update(reading="うめその")
    Reading.objects.filter(surface="元町").delete()
    call_command("setup_site", verbosity=0)
    assert Reading.objects.count() == count
    assert Reading.objects.get(surface="梅園").reading == "うめその"
    for row in Reading.objects.all():
        row.full_clean()


def test_the_list_leads_to_the_box(staff):
    page = client_of("pr").get(reverse(LIST))
    assert reverse(TRY) in page.content.decode()
    assert ReadingViewSet.model is Reading
