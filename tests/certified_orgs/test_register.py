"""The public register: who is in it, what finds whom, and what an address may hold."""

from __future__ import annotations

import datetime
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from certified_orgs.factories import (
    CertificateFactory,
    DistrictFactory,
    SchemeYearFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Certificate,
    CertifiedIndexPage,
    CertifiedOrgPage,
    HolderContact,
    SchemeYear,
    Term,
    YearlyReport,
)
from certified_orgs.standing import Standing
from kiyose.translation.factories import enter_words, start_translation, translate
from tests.editor import text_of
from tests.queries import LANGUAGES, default_division
from tests.world import fresh, in_two_languages

from .holders import profile_for

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


class Holders:
    """One holder in each standing, and some that differ in what can be filtered."""

    def __init__(self):
        self.register = in_two_languages()[CertifiedIndexPage]
        default_division()
        self.scheme = SchemeYearFactory(company_cap=20, group_cap=10)
        self.north = DistrictFactory(key="north", name="見本北町", position=1)
        self.south = DistrictFactory(key="south", name="見本南町", position=2)
        record = start_translation(self.north)
        enter_words(record, {"見本北町": "Sample North"})
        record.save_target()
        self.valid = CertificateFactory(
            name="見本𠮷野﨑商店",
            reading="みほんよしのざき",
            english_name="Sample Zelkova",
            kind="company",
            district=self.north,
        )
        self.overdue = CertificateFactory(
            name="見本ハンカク会",
            reading="みほんはんかくかい",
            english_name="sample half width",
            kind="group",
            district=self.south,
        )
        YearlyReportFactory(
            certificate=self.overdue,
            due_on=TODAY - 40 * DAY,
            overdue_after=TODAY - 10 * DAY,
            not_on_paper_at=timezone.now(),
        )
        self.suspended = CertificateFactory(
            name="見本停止社", reading="", english_name="", state="suspended", district=self.south
        )
        self.lapsed = CertificateFactory(
            name="見本失効社", certified_on=datetime.date(2022, 4, 1), valid_until=TODAY - DAY
        )
        self.expired = CertificateFactory(name="見本満了社", state="expired")
        self.revoked = CertificateFactory(name="見本取消社", state="revoked")
        self.returned = CertificateFactory(name="見本返納社", state="returned")
        self.profile = profile_for(self.valid, self.register, ["8.3", "4"])
        profile_for(self.overdue, self.register, ["13"])
        translate(self.profile, words={self.valid.name: "Sample Zelkova"})

    def number(self, name: str) -> str:
        return getattr(self, name).number


@pytest.fixture(scope="module")
def holders(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Holders()
        transaction.set_rollback(True)


def found(client, query="", language="ja") -> list[str]:
    """The numbers that the register shows, in its order."""
    answer = client.get(f"/{language}/certified/{query}")
    assert answer.status_code == 200
    listing = answer.context["listing"]
    assert listing.rows.paginator.count == len(listing.holders)
    return [holder.certificate.number for holder in listing.holders]


def words_of_page(client, query="", language="ja") -> str:
    return text_of(client.get(f"/{language}/certified/{query}"))


# Who is found

FILTERS = [
    ("", {"valid", "overdue", "suspended"}),
    ("?state=valid", {"valid"}),
    ("?state=report_overdue", {"overdue"}),
    ("?state=suspended", {"suspended"}),
    ("?state=expired", {"expired", "lapsed"}),
    ("?state=revoked&state=returned", {"revoked", "returned"}),
    ("?kind=group", {"overdue"}),
    ("?kind=group&kind=company", {"valid", "overdue", "suspended"}),
    ("?kind=group&state=valid", set()),
    ("?district=south", {"overdue", "suspended"}),
    ("?district=south&kind=company", {"suspended"}),
    ("?goal=8", {"valid"}),
    ("?goal=8&goal=13", {"valid", "overdue"}),
    ("?goal=4&target=8.3", {"valid"}),
    ("?goal=13&target=8.3", set()),
    ("?target=8.4", set()),
    ("?year=2022&state=expired", {"lapsed"}),
    ("?year=2022", set()),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("query", "names"), FILTERS)
def test_conditions_find_the_same_in_every_language(holders, client, query, names, language):
    assert set(found(client, query, language)) == {holders.number(name) for name in names}


@pytest.mark.parametrize(
    "words",
    [
        "吉野崎",
        "𠮷野﨑",
        "よしのざき",
        "ヨシノザキ",
        "ﾖｼﾉｻﾞｷ",
        "みほん 野崎",
        "ＺＥＬＫＯＶＡ",
        "zelkova",
    ],
)
def test_a_name_is_found_however_it_is_typed(holders, client, words):
    assert found(client, f"?q={quote(words)}") == [holders.valid.number]


def test_half_width_kana_find_full_width_ones(holders, client):
    assert found(client, f"?q={quote('ﾊﾝｶｸ')}") == [holders.overdue.number]


def test_a_number_is_found_in_full_width_too(holders, client):
    number = holders.valid.number
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    assert found(client, f"?q={quote(wide)}") == [number]
    assert found(client, f"?q={number.lower()}") == [number]


@pytest.mark.parametrize(
    "write",
    [
        lambda number: number.replace("-", ""),
        lambda number: number.lower().replace("-", " "),
        lambda number: number.replace("-", "−"),
        lambda number: f"認定番号：{number}",
        lambda number: f"https://sdgs.example.jp/verify/{number}/",
    ],
)
def test_a_number_is_found_as_the_check_understands_it(holders, client, write):
    number = holders.valid.number
    assert found(client, f"?q={quote(write(number))}") == [number]


def test_a_name_that_looks_like_a_number_is_found(holders, client):
    Certificate.objects.filter(pk=holders.valid.pk).update(search_key="shop20261")
    assert found(client, "?q=Shop+2026+1") == [holders.valid.number]


def test_dots_between_words_find_nobody_in_particular(holders, client):
    assert found(client, f"?q={quote('見本 ・ よしの')}") == [holders.valid.number]


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "\x00", "a" * 5000, "見本担当"])
def test_odd_words_find_nobody_and_break_nothing(holders, client, words):
    answer = client.get("/ja/certified/", {"q": words})
    assert answer.status_code == 200
    if words != "\x00":
        assert not answer.context["listing"].holders


@pytest.mark.parametrize(
    "query",
    [
        "?state=x",
        "?state=unknown",
        "?kind=x",
        "?goal=99",
        "?target=8",
        "?district=west",
        "?year=99999999999999999999",
        "?year=-1",
        "?page=99999999999",
    ],
)
def test_what_is_not_known_is_ignored_and_said(holders, client, query):
    answer = client.get(f"/ja/certified/{query}")
    assert answer.context["listing"].notices
    assert len(answer.context["listing"].holders) == 3
    assert answer.context["listing"].notices[0] in text_of(answer)


def test_the_order_is_that_of_the_readings(holders, client):
    order = [holders.overdue, holders.valid, holders.suspended]
    assert found(client) == [one.number for one in order], "without a reading: by the name"


def test_in_english_the_order_is_that_of_the_english_names(holders, client):
    order = [holders.overdue, holders.valid, holders.suspended]
    assert found(client, language="en") == [one.number for one in order]
    Certificate.objects.filter(pk=holders.overdue.pk).update(english_name="Zz")
    assert found(client, language="en")[0] == holders.valid.number


# What is said of each


def card(client, certificate, query="", language="ja"):
    page = BeautifulSoup(client.get(f"/{language}/certified/{query}").content, "html5lib")
    (found_card,) = [
        one for one in page.select("article.card") if certificate.number in one.get_text()
    ]
    return found_card


def test_a_holder_without_a_profile_is_in_the_register(holders, client):
    shown = card(client, holders.suspended)
    assert holders.suspended.name in shown.get_text()
    assert shown.select_one(".holder-state--suspended")
    assert f"/verify/{holders.suspended.number}/" in shown.a["href"]


def test_a_profile_is_linked_in_the_visitors_language(holders, client):
    english = card(client, holders.valid, language="en")
    assert english.a["href"] == f"/en/certified/{holders.valid.number.lower()}/"
    assert english.a.get_text(strip=True) == "Sample Zelkova"
    assert "lang" not in english.a.attrs
    assert holders.valid.name in english.get_text()
    assert [mark.get_text(strip=True) for mark in english.select(".mark__tile")] == ["8", "4"]
    untranslated = card(client, holders.overdue, language="en")
    assert untranslated.a["href"].startswith("/en/certified/")
    assert "In Japanese" in untranslated.get_text()


def test_a_name_that_is_only_japanese_says_so_in_english(holders, client):
    assert card(client, holders.suspended, language="en").a["lang"] == "ja"


def test_districts_stand_in_the_visitors_language(holders, client):
    assert "Sample North" in card(client, holders.valid, language="en").get_text()
    assert "見本北町" in card(client, holders.valid).get_text()


def test_what_has_ended_says_when(holders, client):
    shown = card(client, holders.lapsed, "?state=expired")
    assert shown.select_one(".holder-state--expired"), "nobody has to wait for the clock"
    last = TODAY - DAY
    assert f"{last.year}年{last.month}月{last.day}日" in shown.get_text()


def test_an_unpublished_or_private_profile_is_not_linked(holders, client):
    holders.profile.unpublish()
    assert "/verify/" in card(client, holders.valid).a["href"]
    assert found(client, "?goal=8") == [], "its marks are not public either"
    page = CertifiedOrgPage.objects.get(certificate=holders.overdue)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "/verify/" in card(client, holders.overdue).a["href"]
    assert found(client, "?goal=13") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_contact_is_in_the_register(holders, client, language):
    HolderContact.objects.update(
        representative="秘密太郎",
        contact_name="秘密花子",
        address="秘密1-1",
        email="s@secret.example",
        phone="042-999-9999",
    )
    every_state = "?" + urlencode([("state", s.value) for s in Standing if s != Standing.UNKNOWN])
    html = client.get(f"/{language}/certified/{every_state}").content.decode()
    assert html.count('class="card ') == 7
    for secret in ("秘密", "secret.example", "999-9999"):
        assert secret not in html


# Around the list


def test_places_left_are_counted_on_certificates_in_force(holders, client):
    places = {
        one.pool: (one.cap, one.left)
        for one in client.get("/ja/certified/").context["listing"].places
    }
    # valid, suspended and the lapsed one, of which the clock has not heard yet; one group
    assert places == {"company": (20, 17), "group": (10, 9)}
    assert "残り17枠" in words_of_page(client)
    assert "17 places left" in words_of_page(client, language="en")


def test_the_list_stands_before_everything_about_the_scheme(holders, client):
    html = client.get("/ja/certified/").content.decode()
    order = [html.index(f'id="{name}"') for name in ("results", "check", "scheme", "papers")]
    assert order == sorted(order)


def test_open_points_are_a_draft_until_the_rules_are_adopted(holders, client):
    assert "案（要綱制定前）" in words_of_page(client)
    SchemeYear.objects.update(adopted_on=TODAY)
    assert "案" not in words_of_page(client).replace("案内", "")


def test_the_application_is_linked_only_while_applications_are_taken(holders, client):
    link = 'href="/ja/certified/apply/"'
    assert link in client.get("/ja/certified/").content.decode()
    SchemeYear.objects.update(opens_on=TODAY + DAY, closes_on=TODAY + 9 * DAY)
    answer = client.get("/ja/certified/")
    assert link not in answer.content.decode()
    assert 'href="/ja/certified/forms/"' in answer.content.decode()
    assert "今日は申請を受け付けていません" in text_of(answer)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "ja",
            [
                "品質を保証するものではありません",
                "宣言",
                "登録",
                "認証",
                "登録・認証等制度ガイドライン",
            ],
        ),
        ("en", ["does not vouch for the quality of goods or services", "宣言", "登録", "認証"]),
    ],
)
def test_what_the_certificate_is_and_is_not(holders, client, language, sentences):
    text = words_of_page(client, language=language)
    for sentence in sentences:
        assert sentence in text


def test_a_number_is_checked_by_a_plain_form(holders, client):
    page = BeautifulSoup(client.get("/en/certified/").content, "html5lib")
    form = page.select_one("#check form")
    assert (form["method"], form["action"]) == ("get", "/verify/")
    assert form.select_one("input[name=number]")
    assert not page.select("script")


def test_the_state_filter_counts_every_certificate(holders, client):
    counts = client.get("/ja/certified/?kind=group").context["listing"].counts
    assert counts == {
        "valid": 1,
        "report_overdue": 1,
        "suspended": 1,
        "expired": 2,
        "revoked": 1,
        "returned": 1,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_search_says_what_to_do(holders, client, language):
    text = words_of_page(client, "?kind=group&state=revoked", language)
    assert ("条件に合う企業・団体はありません" if language == "ja" else "No holder meets") in text
    hint = "状態を選んだときだけ" if language == "ja" else "only when you choose their state"
    assert hint in words_of_page(client, f"?q={quote('見本満了社')}", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_register_without_anybody(holders, client, language):
    for page in CertifiedOrgPage.objects.filter(locale__language_code="ja"):
        fresh(page).delete()
    YearlyReport.objects.all().delete()
    Term.objects.all().delete()
    Certificate.objects.all().delete()
    answer = client.get(f"/{language}/certified/")
    expected = "まだありません" if language == "ja" else "Nobody holds the certificate yet"
    assert expected in text_of(answer)


def test_a_site_without_a_scheme_has_a_register(holders, client):
    SchemeYear.objects.all().delete()
    answer = client.get("/ja/certified/")
    assert answer.status_code == 200
    assert not answer.context["listing"].places
    assert "/apply/" not in answer.content.decode()
