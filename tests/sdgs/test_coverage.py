"""Mark coverage: programmes and pages, two figures that are never mixed."""

from __future__ import annotations

import datetime
from io import BytesIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from home.factories import ArticlePageFactory
from home.models import ArticlePage
from kiyose.pages.factories import DivisionFactory
from kiyose.pages.models import Division
from kiyose.translation.factories import enter_words, start_translation, translate
from projects.models import ProjectPage
from sdgs.coverage import marked_types, page_coverage
from sdgs.factories import MeasureFactory, ProgrammeFactory
from sdgs.models import PageMark, Programme
from tests.editor import text_of
from tests.page_types import MARKED_PAGE_TYPES
from tests.queries import assert_few
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db

PUBLIC = "/ja/sdgs/coverage/"
REPORT = "/admin/reports/mark-coverage/"


@pytest.fixture
def programmes(world):
    """Two divisions; of five programmes three carry marks."""
    mirai, kyodo = DivisionFactory(name="見本未来課"), DivisionFactory(name="見本協働課")
    return [
        ProgrammeFactory(number="1", name="二つの目標", division=mirai, marks=["8", "8.3", "17"]),
        ProgrammeFactory(number="2", name="一つの目標", division=mirai, marks=["8.1"]),
        ProgrammeFactory(number="3", name="印なし甲", division=mirai),
        ProgrammeFactory(number="4", name="協働の事業", division=kyodo, marks=["17.17"]),
        ProgrammeFactory(number="5", name="印なし乙", name_en="Sample B", division=kyodo),
    ]


def shown(client, url=PUBLIC):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.context["programmes"]


# Programmes


def test_programmes_are_counted_in_all_by_division_and_by_goal(programmes, client):
    figures = shown(client)
    assert (figures.all.count, figures.all.total) == (3, 5)
    divisions = {share.of.name: (share.count, share.total) for share in figures.by_division}
    assert divisions == {"見本未来課": (2, 3), "見本協働課": (1, 2)}
    goals = {share.of.code: share.count for share in figures.by_goal}
    # The goal and its target on one programme count once; one programme counts for two goals.
    assert {code: n for code, n in goals.items() if n} == {"8": 2, "17": 2}
    assert len(goals) == 17
    assert sum(goals.values()) > figures.all.count


def test_the_unmarked_are_listed_under_their_divisions(programmes, client):
    text = text_of(client.get(PUBLIC))
    groups = {
        group["division"].name: [line.name.text for line in group["programmes"]]
        for group in shown(client).unmarked
    }
    assert groups == {"見本未来課": ["印なし甲"], "見本協働課": ["印なし乙"]}
    assert "印なし甲" in text
    assert "協働の事業" not in text, "Only the unmarked ones are named."


def test_readers_of_english_get_the_english_name_or_a_marked_japanese_one(programmes, client):
    record = start_translation(Division.objects.get(name="見本協働課"))
    enter_words(record, {"見本協働課": "Sample Division"})
    record.save_target()
    html = client.get("/en/sdgs/coverage/").content.decode()
    assert "Sample B" in html
    assert "印なし乙" not in html
    assert '<span lang="ja">印なし甲</span>' in html
    assert "Sample Division" in html


def test_the_state_of_the_list_is_its_newest_change(programmes, client):
    Programme.objects.update(updated_at=timezone.now() - datetime.timedelta(days=400))
    newest = timezone.make_aware(datetime.datetime(2026, 5, 7, 12))
    Programme.objects.filter(number="2").update(updated_at=newest)
    assert shown(client).updated_at == newest
    assert "2026年5月7日(木)" in text_of(client.get(PUBLIC))


def test_taking_a_line_away_is_a_change_of_the_list(programmes, client, admin_client):
    Programme.objects.update(updated_at=timezone.now() - datetime.timedelta(days=400))
    unmarked = programmes[2]
    admin_client.post(reverse(unmarked.snippet_viewset.get_url_name("delete"), args=[unmarked.pk]))
    assert shown(client).all.rest == 1
    assert timezone.now() - shown(client).updated_at < datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("today", "said"),
    [("2026-03-31", "It is due on 31 March 2026"), ("2026-04-01", "It was due on 31 March 2026")],
)
def test_the_goal_is_what_the_city_has_written_and_due_on_its_day(world, client, today, said):
    page = fresh(world.site.sdgs)
    page.coverage_goal, page.coverage_due = "見本：すべての事業に", datetime.date(2026, 3, 31)
    publish(page)
    with freeze_time(f"{today} 12:00+09:00"):
        assert said in text_of(client.get(PUBLIC.replace("/ja/", "/en/")))
        assert "見本：すべての事業に" in text_of(client.get(PUBLIC))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_a_list_there_is_no_figure(world, client, language):
    answer = client.get(f"/{language}/sdgs/coverage/")
    text = text_of(answer)
    with translation.override(language):
        assert gettext("The city’s list of programmes has not been imported yet") in text
    assert answer.context["programmes"].updated_at is None
    assert 'id="divisions-heading"' not in text
    assert 'id="unmarked"' not in text


def test_when_all_carry_a_mark_nothing_is_listed_as_unmarked(world, client):
    ProgrammeFactory(marks=["8"])
    text = text_of(client.get(PUBLIC))
    with translation.override("ja"):
        assert gettext("Every programme on the list carries a mark.") in text
    assert 'id="unmarked"' not in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_few_queries_and_no_more_for_ten_times_the_programmes(world, language):
    divisions = [DivisionFactory() for _number in range(8)]

    def add(count):
        for number in range(count):
            ProgrammeFactory(division=divisions[number % 8], marks=["8.3"] if number % 3 else [])

    add(40)
    with_forty = assert_few(f"/{language}/sdgs/coverage/")
    add(360)
    assert assert_few(f"/{language}/sdgs/coverage/") == with_forty


# Pages


def shares() -> dict:
    found = page_coverage()
    return {
        str(share.of): (share.count, share.none_applies, share.rest, share.total)
        for share in found.by_type
    }


def name(model) -> str:
    return str(model._meta.verbose_name_plural)


def test_every_type_that_carries_marks_is_counted(world):
    assert set(marked_types()) == set(MARKED_PAGE_TYPES)
    assert set(shares()) == {name(model) for model in MARKED_PAGE_TYPES}


def test_pages_with_a_mark_with_none_and_with_neither(world):
    before = shares()[name(ArticlePage)]
    news = world.site.news
    ArticlePageFactory(parent=news, marks=["8", "17"])
    ArticlePageFactory(parent=news, marks=[], no_mark_applies=True, why="")
    # As a page from before the rule: nothing publishes it like this any more.
    neither = ArticlePageFactory(parent=news)
    PageMark.objects.filter(content_object=neither.pk).delete()
    after = shares()[name(ArticlePage)]
    assert tuple(new - old for new, old in zip(after, before, strict=True)) == (1, 1, 1, 3)


def test_translations_drafts_and_private_pages_do_not_count(world):
    before = shares()[name(ProjectPage)]
    page = make_page(ProjectPage, slug="one-more")
    more = (before[0] + 1, *before[1:3], before[3] + 1)
    assert shares()[name(ProjectPage)] == more
    translate(page)
    assert shares()[name(ProjectPage)] == more
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert shares()[name(ProjectPage)] == before
    restriction.delete()
    fresh(page).unpublish()
    assert shares()[name(ProjectPage)] == before


def test_the_two_figures_are_never_added(programmes, client):
    answer = client.get(PUBLIC)
    pages = answer.context["pages"].all
    assert shown(client).all.total == 5
    assert pages.total == page_coverage().all.total != 5
    assert answer.content.decode().index('id="pages"') > answer.content.decode().index(
        'id="unmarked"'
    )


# The admin


def someone(*permissions) -> Client:
    user = get_user_model().objects.create_user("someone", "s@example.jp", "x")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *permissions])
    )
    client = Client()
    client.force_login(user)
    return client


def listed(answer) -> list[str]:
    return [programme.number for programme in answer.context["object_list"]]


def test_the_report_begins_with_the_unmarked_and_says_how_many(programmes, admin_client):
    answer = admin_client.get(REPORT)
    assert listed(answer) == ["3", "5", "1", "2", "4"]
    coverage = answer.context["coverage"]
    assert (coverage.all.count, coverage.all.total) == (3, 5)
    totals = BeautifulSoup(answer.content, "html.parser").select("details table")
    assert [cell.text for cell in totals[0].select("tbody td")] == [
        cell
        for share in coverage.by_division
        for cell in (share.of.name, str(share.count), str(share.total))
    ]
    assert len(totals[1].select("tbody tr")) == 17
    assert answer.context["in_selection"] is None


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"marked": "no"}, ["3", "5"]),
        ({"marked": "yes"}, ["1", "2", "4"]),
        ({"goal": "8"}, ["1", "2"]),
        ({"goal": "17", "marked": "yes"}, ["1", "4"]),
        ({"goal": "1"}, []),
        ({"division": "見本協働課"}, ["5", "4"]),
    ],
)
def test_the_reports_filters(programmes, admin_client, asked, numbers):
    asked = dict(asked)
    if "division" in asked:
        asked["division"] = Division.objects.get(name=asked["division"]).pk
    answer = admin_client.get(REPORT, asked)
    assert listed(answer) == numbers
    selection = answer.context["in_selection"]
    assert selection.total == len(numbers)
    assert selection.count == len([number for number in numbers if number in "124"])
    assert listed(admin_client.get(f"{REPORT}results/", asked)) == numbers


def test_the_export_is_text_that_excel_reads_and_never_runs(programmes, admin_client):
    Programme.objects.filter(number="3").update(name='=HYPERLINK("x")', name_en="@SUM(1)")
    answer = admin_client.get(REPORT, {"export": "csv", "marked": "no"})
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "'=HYPERLINK" in lines[1]
    assert "'@SUM(1)" in lines[1]
    answer = admin_client.get(REPORT, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 6
    cell = sheet["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")
    assert sheet["G4"].value == "8, 8.3, 17"


def test_the_report_and_its_export_say_which_pages_are_about_a_programme(
    programmes, admin_client, world
):
    page = make_page(ProjectPage, title="見せない草稿")
    page.unpublish()
    programmes[2].pages.add(page, world.site.projects)
    wanted = ", ".join(sorted((str(page.pk), str(world.site.projects.pk)), key=int))
    html = admin_client.get(REPORT).content.decode()
    assert wanted in html
    assert "見せない草稿" not in html
    answer = admin_client.get(REPORT, {"export": "csv"})
    assert wanted in b"".join(answer.streaming_content).decode()


def test_the_report_is_for_those_who_may_see_programmes(programmes):
    stranger = someone()
    for address in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv", f"{REPORT}?export=xlsx"):
        answer = stranger.get(address)
        assert answer.status_code == 302
        assert "印なし" not in answer.content.decode()
    assert REPORT not in stranger.get("/admin/").content.decode()
    get_user_model().objects.all().delete()
    reader = someone("view_programme")
    text = text_of(reader.get(REPORT))
    assert "印なし甲" in text
    assert "/programme/edit/" not in text


@pytest.mark.parametrize("verb", ["list", "add", "edit", "delete"])
@pytest.mark.parametrize("model", ["Programme", "Plan", "Measure"])
def test_strangers_do_not_reach_the_lists(programmes, model, verb):
    measure = MeasureFactory()
    row = {"Programme": programmes[0], "Plan": measure.plan, "Measure": measure}[model]
    arguments = [row.pk] if verb in ("edit", "delete") else []
    answer = someone().get(reverse(row.snippet_viewset.get_url_name(verb), args=arguments))
    assert answer.status_code == 302
    assert answer.url == "/admin/"


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"q": "なし"}, {"3", "5"}),
        ({"q": "sample"}, {"5"}),
        ({"marked": "no"}, {"3", "5"}),
        ({"marked": "yes", "q": "目標"}, {"1", "2"}),
        ({"measure": True}, {"2"}),
    ],
)
def test_the_list_of_programmes_is_searched_and_filtered(programmes, admin_client, asked, numbers):
    measure = MeasureFactory()
    Programme.objects.filter(number="2").update(measure=measure)
    asked = dict(asked)
    if "measure" in asked:
        asked["measure"] = measure.pk
    address = reverse(Programme.snippet_viewset.get_url_name("list"))
    assert set(listed(admin_client.get(address, asked))) == numbers


def form(programme, pages=(), **changes) -> dict:
    data = {
        "number": programme.number,
        "name": programme.name,
        "name_en": programme.name_en,
        "division": programme.division_id,
        "measure": "",
        "marks": ", ".join(programme.mark_codes),
        "page_links-TOTAL_FORMS": len(pages),
        "page_links-INITIAL_FORMS": 0,
        "page_links-MIN_NUM_FORMS": 0,
        "page_links-MAX_NUM_FORMS": 1000,
    }
    for place, page in enumerate(pages):
        data |= {
            f"page_links-{place}-page": page.pk,
            f"page_links-{place}-id": "",
            f"page_links-{place}-DELETE": "",
        }
    return data | changes


def test_a_programme_is_given_marks_and_pages(programmes, admin_client, world):
    programme = programmes[2]
    address = reverse(Programme.snippet_viewset.get_url_name("edit"), args=[programme.pk])
    page = world.page(ProjectPage)
    answer = admin_client.post(address, form(programme, [page], marks="17、8．3"))
    assert answer.status_code == 302, answer.context["form"].errors
    programme = Programme.objects.get(pk=programme.pk)
    assert programme.mark_codes == ["8.3", "17"]
    assert [linked.pk for linked in programme.pages.all()] == [page.pk]
    assert 'value="8.3, 17"' in admin_client.get(address).content.decode()
    answer = admin_client.post(address, form(programme, marks=""))
    assert Programme.objects.get(pk=programme.pk).mark_codes == []


@pytest.mark.parametrize("marks", ["99", "8.3, 雇用", "8, 8"])
def test_a_wrong_mark_is_said_beside_the_field(programmes, admin_client, marks):
    programme = programmes[0]
    address = reverse(Programme.snippet_viewset.get_url_name("edit"), args=[programme.pk])
    answer = admin_client.post(address, form(programme, marks=marks))
    assert answer.status_code == 200
    assert "marks" in answer.context["form"].errors
    assert f'value="{marks}"' in answer.content.decode()
    assert Programme.objects.get(pk=programme.pk).mark_codes == ["8", "8.3", "17"]


def test_a_translation_is_not_linked_to_a_programme(programmes, admin_client, world):
    programme = programmes[0]
    address = reverse(Programme.snippet_viewset.get_url_name("edit"), args=[programme.pk])
    answer = admin_client.post(address, form(programme, [world.translation(ProjectPage)]))
    assert answer.status_code == 200
    assert not Programme.objects.get(pk=programme.pk).pages.exists()
