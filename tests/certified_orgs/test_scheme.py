"""Which settings hold, what is still open, and the scheme in outline for the public."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from certified_orgs.factories import CertificateFactory, CriterionFactory, SchemeYearFactory
from certified_orgs.models import CertifiedIndexPage, Criterion, SchemeYear
from certified_orgs.new_year import copy_criteria, one_year_later, settings_for_next_year
from certified_orgs.scheme import (
    NoScheme,
    certificate_name,
    last_day,
    mark_name,
    open_points,
    scheme_on,
)
from certified_orgs.states import TABLES
from certified_orgs.states_document import document
from kiyose.pages.factories import DivisionFactory
from kiyose.translation.factories import enter_words, start_translation
from tests.japanese_left import japanese_left
from tests.queries import LANGUAGES, assert_few, default_division
from tests.world import in_two_languages

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
DRAFT = {"ja": "案（要綱制定前）", "en": "Draft (before the rules are adopted)"}
OPEN = {"validity", "points", "deciding", "places", "report", "measures", "names", "events"}


# Which settings hold


def test_a_year_without_settings_follows_the_latest_one_before_it():
    first = SchemeYearFactory(fiscal_year=2024)
    later = SchemeYearFactory(fiscal_year=2026)
    for day, scheme in {
        "2022-05-01": first,
        "2025-03-31": first,
        "2026-03-31": first,
        "2026-04-01": later,
        "2028-02-29": later,
    }.items():
        assert scheme_on(datetime.date.fromisoformat(day)) == scheme, day


def test_without_any_settings_there_is_no_scheme():
    with pytest.raises(NoScheme):
        scheme_on(datetime.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        ("2026-04-01", 3, "2029-03-31"),
        ("2026-03-31", 1, "2027-03-30"),
        ("2028-02-29", 3, "2031-02-28"),
        ("2028-02-29", 4, "2032-02-28"),
        ("2027-03-01", 1, "2028-02-29"),
    ],
)
def test_the_last_day_is_the_day_before_the_same_date(start, years, end):
    assert last_day(datetime.date.fromisoformat(start), years).isoformat() == end


# A new year


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-03-31", "2027-03-31"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28")],
)
def test_a_year_later(day, later):
    assert one_year_later(datetime.date.fromisoformat(day)).isoformat() == later


def test_a_new_year_begins_as_the_latest_one():
    SchemeYearFactory(fiscal_year=2025, company_cap=3)
    latest = SchemeYearFactory(
        fiscal_year=2026,
        company_cap=7,
        certificate_name="見本の名前",
        opens_on=datetime.date(2026, 6, 1),
        adopted_on=datetime.date(2026, 5, 1),
    )
    draft = settings_for_next_year()
    assert draft.pk is None
    assert (draft.fiscal_year, draft.company_cap) == (2027, 7)
    assert draft.certificate_name == "見本の名前"
    assert draft.opens_on == datetime.date(2027, 6, 1)
    assert draft.report_due_on.year == 2027
    assert draft.adopted_on == datetime.date(2026, 5, 1), "Rules once adopted stay adopted."
    draft.save()
    assert SchemeYear.objects.count() == 3
    latest.refresh_from_db()
    assert latest.fiscal_year == 2026


def test_without_a_year_a_new_one_begins_empty():
    assert settings_for_next_year() is None


def test_criteria_are_copied_in_every_language():
    old, new = SchemeYearFactory(fiscal_year=2026), SchemeYearFactory(fiscal_year=2027)
    for weight in (60, 40):
        record = start_translation(CriterionFactory(scheme=old, weight=weight))
        enter_words(record)
        record.save_target()
    assert copy_criteria(old, new) == 2
    assert Criterion.objects.filter(scheme=old).count() == 4
    for language in LANGUAGES:
        rows = Criterion.objects.filter(locale__language_code=language)
        words = [
            list(rows.filter(scheme=scheme).values_list("name", "weight", "words_ready"))
            for scheme in (old, new)
        ]
        assert words[0] == words[1]
    keys = [
        set(Criterion.objects.filter(scheme=s).values_list("translation_key")) for s in (old, new)
    ]
    assert len(keys[1]) == 2
    assert not keys[0] & keys[1], "Correcting one year's words leaves the other's alone."


# The open points


def test_every_point_that_the_proposal_leaves_open_is_told():
    """Validity, points, the procedure of suspension, the cap, names, preference at events."""
    scheme = SchemeYearFactory(
        validity_years=5,
        pass_mark=71,
        company_cap=13,
        suspend_after_days=41,
        event_preference=False,
    )
    with translation.override("en"):
        points = {point.key: point.setting for point in open_points(scheme)}
    assert points.keys() == OPEN
    assert "5 years" in points["validity"]
    assert "71" in points["points"]
    assert "13" in points["places"]
    assert "41 days" in points["measures"]
    assert points["events"].startswith("None")
    scheme.event_preference = True
    with translation.override("en"):
        assert "preferred" in {p.key: p.setting for p in open_points(scheme)}["events"]


def test_places_are_told_as_they_are_counted():
    scheme = SchemeYearFactory(counting="together", shared_cap=44)
    with translation.override("en"):
        (places,) = [point.setting for point in open_points(scheme) if point.key == "places"]
    assert places.startswith("Both together: 44.")


def test_names_follow_the_readers_language():
    scheme = SchemeYearFactory(certificate_name="見本証", mark_name_en="Sample mark")
    assert certificate_name(scheme, "ja") == "見本証"
    assert mark_name(scheme, "en") == "Sample mark"
    with translation.override("ja"):
        assert certificate_name(scheme) == "見本証"
    with translation.override("en"):
        assert certificate_name(scheme) == scheme.certificate_name_en


# The public page


@pytest.fixture(scope="module")
def set_up(django_db_setup, django_db_blocker):
    """The register in both languages, settings, criteria, windows, holders."""
    with django_db_blocker.unblock(), transaction.atomic():
        in_two_languages()
        default_division()
        window = DivisionFactory(name="見本の窓口", direct_phone="042-000-0005")
        scheme = SchemeYearFactory(
            company_window=window, group_window=window, company_cap=9, pass_mark=63
        )
        for weight in (60, 40):
            record = start_translation(CriterionFactory(scheme=scheme, weight=weight))
            enter_words(record)
            record.save_target()
        for _number in range(2):
            CertificateFactory()
        cache.clear()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def site(set_up) -> SchemeYear:
    return SchemeYear.objects.get()


def page(language: str) -> BeautifulSoup:
    answer = Client().get(f"/{language}/certified/scheme/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_point_is_marked_until_the_rules_are_adopted(site, language):
    facts = page(language).select(".scheme-facts > div")
    marked = [each for each in facts if DRAFT[language] in each.get_text()]
    assert len(marked) == len(OPEN)
    assert DRAFT[language] in page(language).select_one("[aria-labelledby=criteria-heading]").text
    site.adopted_on = timezone.localdate()
    site.save()
    assert DRAFT[language] not in page(language).get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_type_of_the_scheme_is_told_with_the_guideline(site, language):
    text = page(language).select_one("[aria-labelledby=type-heading]").get_text()
    assert "地方公共団体のための地方創生SDGs登録・認証等制度ガイドライン" in text
    ours = page(language).select_one(".scheme-types__ours dt").get_text()
    assert ours.split()[0] == {"ja": "認証", "en": "Certification"}[language]


def test_places_left_today_are_counted(site):
    text = page("ja").select_one(".scheme-facts").get_text(" ")
    assert "企業・店舗：9のうち7" in text


def test_criteria_stand_with_their_weights_and_the_pass_mark(site):
    section = page("en").select_one("[aria-labelledby=criteria-heading]")
    assert [cell.text for cell in section.select("td")] == ["60", "40"]
    assert "63 of 100" in section.get_text()
    assert not japanese_left(str(section)), "Criteria are read in the visitor's language."


@pytest.mark.parametrize(
    ("opens", "closes", "words", "button"),
    [
        (-1, 0, "Applications are being taken.", True),
        (0, 1, "Applications are being taken.", True),
        (1, 9, "Applications are not taken yet.", False),
        (-9, -1, "Applications are closed.", False),
    ],
)
def test_applications_are_offered_while_they_are_taken(site, opens, closes, words, button):
    today = timezone.localdate()
    site.opens_on = today + datetime.timedelta(days=opens)
    site.closes_on = today + datetime.timedelta(days=closes)
    site.save()
    html = page("en")
    assert words in html.get_text()
    assert bool(html.select('a.button[href="/en/certified/apply/"]')) == button


def test_the_rules_for_using_the_mark_stand_here(site):
    register = CertifiedIndexPage.objects.get(locale__language_code="ja")
    register.rules_of_use = [
        ("heading", "見本の決まり"),
        ("paragraph", "<p>見本のとおりに使います。</p>"),
    ]
    register.save_revision().publish()
    assert "見本のとおりに使います。" in page("ja").main.get_text()
    assert "見本の決まり" in [heading.get_text() for heading in page("ja").select("h2")]


def test_each_kind_finds_its_window(site):
    windows = page("ja").select(".scheme-windows > div")
    assert [each.h3.get_text() for each in windows] == ["企業・店舗", "市民活動団体等"]
    assert windows[0].select_one("a")["href"] == "tel:042-000-0005"


def test_one_upload_changes_the_mark(site):
    assert page("ja").select_one(".scheme-mark img")["src"].endswith("certification-mark.png")
    site.mark_artwork = "certification_mark/own.png"
    site.save()
    html = page("ja").select_one(".scheme-mark")
    assert html.img["src"].endswith("certification_mark/own.png")
    assert "仮の図" not in html.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_costs_no_more_than_any_page(site, language):
    assert_few(f"/{language}/certified/scheme/")


def test_the_page_is_valid_html_and_leaves_no_japanese_in_english(site, html_checker):
    pages = {
        each: Client().get(f"/{each}/certified/scheme/").content.decode() for each in LANGUAGES
    }
    faults = html_checker(pages)
    assert not faults, "\n".join(faults)


def test_without_settings_the_page_says_so(site):
    Criterion.objects.all().delete()
    SchemeYear.objects.all().delete()
    assert "制度の設定はまだありません" in page("ja").get_text()


# The tables of states in docs


def test_the_printed_states_are_those_of_the_code():
    written = (ROOT / "docs/states.md").read_text(encoding="utf-8")
    assert written == document(), "Run: manage.py print_states > docs/states.md"


def test_every_move_is_printed():
    lines = [line for line in document().splitlines() if line.startswith("| ")]
    headings = 2 * len(TABLES)
    assert len(lines) - headings == sum(len(steps) for _states, steps in TABLES.values())
