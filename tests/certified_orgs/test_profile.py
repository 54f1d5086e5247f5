"""The profile of a holder: words from the page, everything else from the register today."""

from __future__ import annotations

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from certified_orgs import decisions
from certified_orgs.factories import (
    CertificateFactory,
    CertifiedOrgPageFactory,
    DistrictFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Certificate,
    CertifiedIndexPage,
    CertifiedOrgPage,
    HolderContact,
    ProfileLink,
    ProfileProject,
    ReportActivity,
    Term,
)
from certified_orgs.moves import Actor
from certified_orgs.routes import RESERVED_SLUGS
from certified_orgs.states import CertificateState, Who
from kiyose.translation.factories import translate
from projects.factories import ProjectPageFactory
from projects.models import ProjectIndexPage
from sdgs.models import Mark
from tests.editor import text_of
from tests.queries import LANGUAGES, assert_few, default_division
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, publish

from .holders import profile_for

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
DECIDER = Actor(Who.DECIDER)
RULING = decisions.Ruling("見本の理由", TODAY, TODAY, "見本第1号")


class Shop:
    """A holder with everything that a profile can show, in both languages."""

    def __init__(self):
        self.sections = in_two_languages()
        self.register = self.sections[CertifiedIndexPage]
        default_division()
        employ()
        self.certificate = CertificateFactory(
            name="見本商店",
            reading="みほんしょうてん",
            english_name="Sample Shop",
            district=DistrictFactory(name="見本町"),
            certified_on=datetime.date(2024, 11, 3),
            valid_until=TODAY + 400 * DAY,
        )
        Term.objects.filter(certificate=self.certificate).update(ends_on="2026-11-02")
        Term.objects.create(
            certificate=self.certificate,
            starts_on=datetime.date(2026, 11, 3),
            ends_on=TODAY + 400 * DAY,
        )
        self.projects = [
            self._project("second", "見本の取組二"),
            self._project("first", "見本の取組一"),
        ]
        self.page = profile_for(
            self.certificate,
            self.register,
            ["12", "8.3"],
            why="見本：捨てるパンを減らすためです。",
            what_we_do="見本：パンを焼いています。",
            hopes="見本：学校と組みたいです。",
        )
        self.page.links = [
            ProfileLink(kind="website", url="https://example.jp/shop"),
            ProfileLink(kind="instagram", url="https://example.com/mihon"),
        ]
        self.page.related_projects = [
            ProfileProject(project=one, sort_order=order) for order, one in enumerate(self.projects)
        ]
        publish(self.page)
        self.page = fresh(self.page)
        translate(
            self.page, words={"見本商店": "Sample Shop", "見本：学校と組みたいです。": "Schools."}
        )
        self.report = self._report(
            2024, "accepted", "見本：二千二十四年の報告", "Sample report of 2024"
        )
        self._report(2025, "accepted", "見本：二千二十五年の報告", "")
        self._report(2026, "submitted", "見本：まだ秘密の報告", "A secret report")
        self.url = self.page.url

    def _project(self, slug, title):
        page = ProjectPageFactory(
            parent=fresh(self.sections[ProjectIndexPage]), slug=slug, title=title, stage="running"
        )
        publish(page)
        return fresh(page)

    def _report(self, year, state, summary, summary_en):
        accepted = timezone.make_aware(datetime.datetime(year + 1, 5, 3, 12))
        report = YearlyReportFactory(
            certificate=self.certificate,
            fiscal_year=year,
            state=state,
            accepted_at=accepted if state == "accepted" else None,
            summary=summary,
            summary_en=summary_en,
        )
        ReportActivity.objects.create(
            report=report,
            mark=Mark.objects.get(name="12"),
            activity=f"見本：{summary}の活動",
            figure="1240.5",
            unit="kg",
        )
        return report


@pytest.fixture(scope="module")
def shop(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Shop()
        transaction.set_rollback(True)


def profile(client, shop, language="ja") -> BeautifulSoup:
    answer = client.get(shop.url.replace("/ja/", f"/{language}/"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html5lib")


def state_shown(page: BeautifulSoup) -> set[str]:
    found = {name for tag in page.select(".holder-state") for name in tag["class"]}
    return {name.removeprefix("holder-state--") for name in found if "--" in name}


def test_everything_stands_on_it(shop, client):
    page = profile(client, shop)
    text = page.main.get_text(" ", strip=True)
    assert page.h1.get_text(strip=True) == "見本商店"
    for words in (
        "みほんしょうてん",
        shop.certificate.number,
        "2024年11月3日(日・祝)",
        "令和6年度（2024年度）",
        "2026年11月3日(火・祝)",
        "有効期限",
        "企業・店舗",
        "見本町",
        "見本：捨てるパンを減らすためです。",
        "見本：パンを焼いています。",
        "見本：学校と組みたいです。",
        "品質を保証するものではありません",
        "1,240.5kg",
        "公開日",
    ):
        assert words in text, words
    assert state_shown(page) == {"valid"}
    assert [tile.text for tile in page.select(".page-marks .mark__tile")] == ["12", "8"]


def test_in_english(shop, client):
    page = profile(client, shop, "en")
    assert page.h1.get_text(strip=True) == "Sample Shop"
    assert page.title.get_text(strip=True).startswith("Sample Shop")
    text = page.main.get_text(" ", strip=True)
    for words in ("Schools.", "3 November 2024 (Sun, holiday)", "Company or shop", "Valid"):
        assert words in text
    assert page.find(string="見本商店").parent["lang"] == "ja"


def test_untranslated_it_still_has_its_english_name(shop, client):
    shop.page.get_translations().get().specific.unpublish()
    page = profile(client, shop, "en")
    assert page.h1.span.get_text(strip=True) == "Sample Shop"
    assert (page.h1["lang"], page.h1.span["lang"]) == ("ja", "en")


def test_only_accepted_reports_the_newest_first(shop, client):
    page = profile(client, shop)
    years = [heading.get_text(strip=True) for heading in page.select(".report h3")]
    assert years == ["令和7年度（2025年度）", "令和6年度（2024年度）"]
    html = client.get(shop.url).content.decode()
    assert "秘密" not in html
    assert "2026年5月3日(日・祝)に市が受理" in page.get_text()


def test_summaries_are_in_english_where_the_holder_wrote_them(shop, client):
    newest, older = profile(client, shop, "en").select(".report")
    assert older.select_one(".prose").get_text(strip=True) == "Sample report of 2024"
    assert "lang" not in older.select_one(".prose").attrs
    assert newest.select_one(".prose")["lang"] == "ja"
    assert "A secret report" not in client.get(shop.url.replace("/ja/", "/en/")).content.decode()


def test_projects_stand_once_each_in_the_order_chosen(shop, client):
    def titles():
        lists = profile(client, shop).select("section[aria-labelledby=projects-heading] a")
        return [link.get_text(strip=True) for link in lists]

    assert titles() == ["見本の取組二", "見本の取組一"]
    fresh(shop.projects[0]).unpublish()
    assert titles() == ["見本の取組一"]
    PageViewRestriction.objects.create(
        page=shop.projects[1], restriction_type=PageViewRestriction.LOGIN
    )
    assert titles() == []


def test_renewals_stand_there_the_last_one_first(shop, client):
    Term.objects.create(
        certificate=shop.certificate,
        starts_on=datetime.date(2029, 11, 3),
        ends_on=datetime.date(2032, 11, 2),
    )
    row = profile(client, shop).find("th", string="更新").parent
    assert [day["datetime"] for day in row.select("time")] == ["2029-11-03", "2026-11-03"]


def test_links_lead_out_without_a_recommendation(shop, client):
    links = profile(client, shop).select("section[aria-labelledby=links-heading] a")
    assert [link["href"] for link in links] == [
        "https://example.jp/shop",
        "https://example.com/mihon",
    ]
    assert all({"nofollow", "external"} <= set(link["rel"]) for link in links)
    assert all("外部のサイト" in link.get_text() for link in links)


def test_the_number_leads_to_its_check(shop, client):
    assert profile(client, shop, "en").select(
        f'a[href="/verify/{shop.certificate.number}/?lang=en"]'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_holder_finds_the_kit_while_the_mark_may_be_shown(shop, client, language):
    kit = f"/{language}/certified/kit/{shop.certificate.number}/"
    assert profile(client, shop, language).select(f'a[href="{kit}"]')
    assert client.get(kit).status_code == 200
    decisions.suspend(Certificate.objects.get(pk=shop.certificate.pk), DECIDER, RULING)
    assert not profile(client, shop, language).select('a[href*="/kit/"]')


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_contact_in_any_language_or_version(shop, client, language):
    HolderContact.objects.update(
        representative="秘密太郎",
        contact_name="秘密花子",
        email="s@secret.example",
        address="秘密1-1",
        phone="042-999-9999",
    )
    html = client.get(shop.url.replace("/ja/", f"/{language}/")).content.decode()
    main = html[html.index("<article>") : html.index("</article>\n    ", html.index("<h2"))]
    for secret in ("秘密", "secret.example", "999-9999"):
        assert secret not in html
    assert "mailto:" not in main
    kept = json.dumps([revision.content for revision in fresh(shop.page).revisions.all()])
    assert "secret" not in kept


# The state


@pytest.mark.parametrize(
    ("change", "shown", "words"),
    [
        (
            lambda c: decisions.suspend(c, DECIDER, RULING),
            "suspended",
            "から認定が停止されています",
        ),
        (lambda c: decisions.revoke(c, DECIDER, RULING), "revoked", "に認定が取り消されました"),
        (
            lambda c: decisions.take_back(c, DECIDER, "見本の理由", TODAY),
            "returned",
            "に認定証が返納されました",
        ),
        (lambda c: decisions.expire(c), "expired", "に有効期間が満了しました"),
    ],
    ids=["suspended", "revoked", "returned", "expired"],
)
def test_a_state_shows_at_once_and_the_page_stays(shop, client, change, shown, words):
    published = fresh(shop.page).last_published_at
    change(Certificate.objects.get(pk=shop.certificate.pk))
    for language in LANGUAGES:
        assert state_shown(profile(client, shop, language)) == {shown}
    text = profile(client, shop).main.get_text()
    assert words in text
    assert ("現在は認定を受けていません" in text) == (shown != "suspended")
    assert fresh(shop.page).last_published_at == published, "nobody published anything"


def test_a_term_that_is_over_does_not_wait_for_the_clock(shop, client):
    Certificate.objects.filter(pk=shop.certificate.pk).update(valid_until=TODAY - DAY)
    page = profile(client, shop)
    assert state_shown(page) == {"expired"}
    assert "に有効期間が満了しました" in page.get_text()


def test_a_missing_report_shows_only_when_the_public_may_know(shop, client):
    late = YearlyReportFactory(
        certificate=shop.certificate,
        fiscal_year=2023,
        due_on=TODAY - 40 * DAY,
        overdue_after=TODAY - 10 * DAY,
    )
    page = profile(client, shop)
    assert state_shown(page) == {"valid"}, "the window has not looked among the papers"
    assert "令和5年度" not in page.get_text()
    late.not_on_paper_at = timezone.now()
    late.save()
    page = profile(client, shop)
    assert state_shown(page) == {"report_overdue"}
    assert "令和5年度（2023年度）の年間報告書が、猶予期間を過ぎても" in page.get_text()


def test_no_version_of_the_page_holds_a_state(shop):
    for revision in fresh(shop.page).revisions.all():
        assert revision.content["certificate"] == shop.certificate.pk
        assert not {"state", "name", "valid_until", "ended_on"} & set(revision.content)
        assert not any(state in revision.content.values() for state in CertificateState.values)


def test_goal_pages_say_what_a_certificate_is_worth(shop, client):
    def card():
        page = BeautifulSoup(client.get("/ja/sdgs/12/").content, "html5lib")
        return page.select_one(".card--holder")

    assert card().select_one(".holder-state--valid")
    decisions.revoke(Certificate.objects.get(pk=shop.certificate.pk), DECIDER, RULING)
    assert card().select_one(".holder-state--revoked")
    assert "見本商店" in card().a.get_text()


# Names and addresses


def test_name_and_title_are_the_registers(shop, client):
    Certificate.objects.filter(pk=shop.certificate.pk).update(name="見本新商店")
    page = profile(client, shop)
    assert page.h1.get_text(strip=True) == "見本新商店"
    assert page.title.get_text(strip=True).startswith("見本新商店")


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_no_profile_takes_an_address_of_the_register(shop, slug):
    with pytest.raises(ValidationError) as refused:
        CertifiedOrgPageFactory(
            parent=fresh(shop.register), certificate=CertificateFactory(), slug=slug
        )
    assert slug in refused.value.message_dict["slug"][0]


def test_every_route_of_the_register_is_reserved():
    firsts = {
        str(route.pattern).split("/")[0]
        for route in CertifiedIndexPage.get_subpage_urls()
        if str(route.pattern)
    }
    assert firsts <= RESERVED_SLUGS, "add the new ones to RESERVED_SLUGS"


def test_a_certificate_has_one_profile_in_each_language(shop):
    with pytest.raises(ValidationError):
        profile_for(shop.certificate, shop.register)


@pytest.mark.parametrize("alias", ["", "on"])
def test_profiles_are_not_copied_with_a_page_above_them(shop, alias):
    """The database would refuse it, after half of the tree."""
    count = Page.objects.count()
    for page in (fresh(shop.register), fresh(shop.register).get_parent()):
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        form = {
            "new_title": "写し",
            "new_slug": "copy",
            "new_parent_page": page.get_parent().pk,
            "copy_subpages": "on",
            "alias": alias,
        }
        answer = client_of("admin").post(address, form, follow=True)
        assert answer.redirect_chain[0][0] == address
        assert "何もコピーしていません" in answer.content.decode()
        assert Page.objects.count() == count


def test_a_profile_is_not_copied(shop):
    page = CertifiedOrgPage.objects.first()
    answer = client_of("admin").get(reverse("wagtailadmin_pages:copy", args=[page.pk]), follow=True)
    assert "この認定証の紹介ページは、もうあります" in answer.content.decode()


def test_who_publishes_under_another_title_is_told(shop):
    page = fresh(shop.page)
    page.title = "別の題"
    page.save_revision()
    staff = client_of("mirai")
    answer = staff.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {
            "title": "別の題",
            "slug": page.slug,
            "certificate": page.certificate_id,
            "page_marks": "12, 8.3",
            "why": "見本",
            "action-publish": "1",
            **{
                f"{name}-{part}": "0"
                for name in ("links", "related_projects", "page_readings", "comments")
                for part in ("TOTAL_FORMS", "INITIAL_FORMS")
            },
        },
        follow=True,
    )
    assert fresh(page).title == "別の題"
    assert "タイトルが名簿の名称「見本商店」で始まっていません" in text_of(answer)


def test_a_profile_without_a_certificate_can_be_previewed(shop, rf):
    page = CertifiedOrgPage(title="見本の下書き", slug="draft", locale=shop.register.locale)
    page.path, page.depth = f"{shop.register.path}0099", shop.register.depth + 1
    page.set_url_path(shop.register)
    answer = page.serve(rf.get("/ja/certified/draft/"))
    answer.render()
    assert answer.context_data["holder"] is None
    assert "見本の下書き" in answer.content.decode()


# How often it asks


@pytest.mark.parametrize("language", LANGUAGES)
def test_queries_of_a_full_profile(shop, language):
    assert_few(shop.url.replace("/ja/", f"/{language}/"))


@pytest.mark.parametrize("state", ["suspended", "overdue"])
def test_queries_of_a_profile_with_a_banner(shop, state):
    if state == "suspended":
        decisions.suspend(Certificate.objects.get(pk=shop.certificate.pk), DECIDER, RULING)
    else:
        YearlyReportFactory(
            certificate=shop.certificate,
            fiscal_year=2023,
            due_on=TODAY - 40 * DAY,
            overdue_after=TODAY - 10 * DAY,
            not_on_paper_at=timezone.now(),
        )
    assert_few(shop.url)
