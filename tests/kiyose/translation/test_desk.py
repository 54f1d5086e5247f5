"""The translator's desk: what is listed for whom, in which state and order, and at what cost."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from home import roles
from kiyose.pages.factories import DivisionFactory
from kiyose.translation import reviews
from kiyose.translation.desk import progress, rows
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.models import TranslationStatus
from kiyose.translation.state import State
from projects.models import ProjectPage
from tests.bulk import clone, translate_clones, update_statistics
from tests.editor import text_of
from tests.queries import default_division
from tests.staff import client_of, employ
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db

DESK = "/admin/translation/"


def record_of(page, language="en") -> Translation:
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code=language
    )


def change(page, **words):
    page = fresh(page)
    for name, value in words.items():
        setattr(page, name, value)
    publish(page)


class Desk:
    """Projects in every state, of two divisions."""

    def __init__(self, world):
        employ()
        default_division()
        self.own = DivisionFactory(name="見本の課")
        self.pages = {}
        for state in State:
            page = make_page(
                ProjectPage, slug=f"a-{state.value}", title=f"見本の計画 {state.value}"
            )
            page.division = self.own if state in (State.OUTDATED, State.MISSING) else None
            publish(page)
            self.pages[state] = fresh(page)
        user = get_user_model().objects.get(username="translator")
        for state in (State.OUTDATED, State.CURRENT, State.READY):
            translate(self.pages[state])
        change(self.pages[State.OUTDATED], summary="変わった概要です。")
        start_translation(self.pages[State.STARTED])
        reviews.mark_ready(record_of(self.pages[State.READY]), user)
        machine = start_translation(self.pages[State.MACHINE])
        enter_words(machine)
        StringTranslation.objects.filter(
            context__object_id=machine.source.object_id, context__path="title"
        ).update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)


@pytest.fixture(scope="module")
def desk(world):
    return Desk(world)


def listed(account: str, query: str = "", address: str = DESK) -> list:
    """The rows of the list, as the page has them."""
    with translation.override("ja"):
        answer = client_of(account).get(f"{address}{query}")
    assert answer.status_code == 200
    return list(answer.context["object_list"])


def titles(account: str, query: str = "") -> list[str]:
    return [row.title for row in listed(account, query)]


def name(state: State) -> str:
    return f"見本の計画 {state.value}"


@pytest.mark.parametrize("state", State)
def test_each_state_has_its_rows_and_its_number(desk, state):
    found = listed("pr", f"?state={state.value}")
    assert name(state) in [row.title for row in found]
    assert {row.state for row in found} == {state.value}
    answer = client_of("pr").get(DESK)
    tab = next(tab for tab in answer.context["tabs"] if tab["state"] == state.value)
    assert tab["count"] == len(found)


def test_what_waits_for_work_comes_first(desk):
    states = [row.state for row in listed("pr")]
    assert states == sorted(states, key=lambda state: rows.WORK_FIRST.index(State(state)))
    # The longest outdated first of all.
    other = desk.pages[State.CURRENT]
    change(other, summary="これも変わりました。")
    day = timezone.now() - datetime.timedelta(days=40)
    TranslationStatus.objects.filter(translation=record_of(other)).update(outdated_since=day)
    first, second, *_others = listed("pr")
    assert [first.title, second.title] == [name(State.CURRENT), name(State.OUTDATED)]
    assert first.days == 40
    assert titles("pr", "?ordering=-outdated_since")[0] == name(State.OUTDATED)


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("?q=outdated", State.OUTDATED, State.CURRENT),
        ("?division={own}", State.MISSING, State.CURRENT),
        ("?division={default}", State.CURRENT, State.MISSING),
        ("?content_type={project}", State.CURRENT, None),
        ("?state=ready&state=machine", State.READY, State.OUTDATED),
    ],
)
def test_filters_and_search(desk, query, found, not_found):
    project = desk.pages[State.CURRENT].content_type_id
    query = query.format(own=desk.own.pk, default=rows.default_division_id(), project=project)
    shown = titles("pr", query)
    assert name(found) in shown
    if not_found:
        assert name(not_found) not in shown
    else:
        assert {row.kind_of_row for row in listed("pr", query)} == {"取り組み"}


def test_it_is_found_by_its_translated_title(desk):
    english = record_of(desk.pages[State.CURRENT]).get_target_instance()
    Page.objects.filter(pk=english.pk).update(draft_title="Zelkova avenue")
    assert titles("translator", "?q=zelkova") == [name(State.CURRENT)]
    # The title of the original's draft is not for everybody who sees the desk.
    Page.objects.filter(pk=desk.pages[State.CURRENT].pk).update(draft_title="Himitsu")
    assert titles("translator", "?q=himitsu") == []


def test_a_translator_sees_what_has_been_started(desk):
    shown = titles("translator")
    assert name(State.STARTED) in shown
    assert name(State.MISSING) not in shown
    assert name(State.MISSING) in titles("pr")


def test_an_editor_of_one_section_sees_that_section_only(desk, world):
    group = Group.objects.create(name="translators of projects")
    section = fresh(world.site.projects).get_translation(Locale.objects.get(language_code="en"))
    GroupPagePermission.objects.create(
        group=group, page=section, permission=Permission.objects.get(codename="change_page")
    )
    user = get_user_model().objects.create_user("projects only", "", "x")
    user.groups.add(group, Group.objects.create(name="admin"))
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)
    answer = client.get(DESK)
    keys = {row.translation_key for row in answer.context["object_list"]}
    below = section.get_descendants(inclusive=True).values_list("translation_key", flat=True)
    assert keys == set(below)
    # And no tab but that of the pages.
    assert [link["label"] for link in answer.context["kind_links"]] == ["ページ"]


@pytest.mark.parametrize(
    ("account", "shown"), [("translator", True), ("pr", True), ("department", False)]
)
def test_the_menu_and_the_home_page(desk, account, shown):
    with translation.override("ja"):
        text = text_of(client_of(account).get(reverse("wagtailadmin_home")))
    assert (f'"{DESK}"' in text) is shown
    assert ("翻訳の進み具合" in text) is shown
    assert ("確認待ちの翻訳" in text) is shown
    assert (name(State.READY) in text) is shown


def test_easy_japanese_is_a_language_of_its_own(desk, world):
    start_translation(world.site.home, "ja-easy")
    roles.apply()  # to the tree that has just begun
    states = {row.pk: row.state for row in listed("pr", "?language=ja-easy")}
    assert states[desk.pages[State.CURRENT].pk] == State.MISSING
    assert states[world.site.home.pk] == State.STARTED
    # Nobody is shown a language that is not theirs; the first of theirs instead.
    assert listed("translator", "?language=xx")[0].state == State.OUTDATED


def test_progress_counts_pages_and_what_is_left(desk):
    english = Locale.objects.get(language_code="en")
    before = progress.progress_of(english)
    public = Page.objects.filter(locale__language_code="ja", live=True, depth__gt=1).count()
    assert before.pages == public
    assert before.states[State.CURRENT] == before.current
    # The new summary, and every string of the page that has only been started.
    assert before.characters_left > len("変わった概要です。")
    record = record_of(desk.pages[State.OUTDATED])
    enter_words(record)
    after = progress.progress_of(english)
    assert before.characters_left - after.characters_left == len("変わった概要です。")
    with translation.override("ja"):
        text = text_of(client_of("pr").get(DESK))
    assert f"{public}ページのうち{before.current}ページが最新" in text
    assert f'<progress max="{public}" value="{before.current}"' in text


def test_a_draft_is_no_public_page(desk):
    page = make_page(ProjectPage, slug="only-a-draft", title="まだ下書き")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert "まだ下書き" not in titles("pr")
    start_translation(fresh(page))
    assert "まだ下書き" in titles("pr")


def test_snippets_have_a_list_of_their_kind(desk):
    record = start_translation(desk.own)
    enter_words(record)
    record.save_target()
    address = reverse("translation_desk:snippets", args=["pages", "division"])
    states = {str(row): row.state for row in listed("pr", address=address)}
    assert states["見本の課"] == State.CURRENT
    desk.own.name = "見本の新しい課"
    desk.own.save()
    first = listed("pr", address=address)[0]
    assert (str(first), first.state) == ("見本の新しい課", State.OUTDATED)
    assert client_of("translator").get(address).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export(desk, form):
    with translation.override("ja"):
        answer = client_of("pr").get(f"{DESK}?state=outdated&export={form}")
    data = answer.getvalue()
    if form == "csv":
        table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(data)).active
        table = [list(row) for row in sheet.iter_rows(values_only=True)]
    head, row = table
    found = dict(zip(head, row, strict=True))
    assert found["題名"] == name(State.OUTDATED)
    assert found["翻訳の状態"] == "要更新"
    assert found["担当課"] == "見本の課"
    assert str(found["訳されていない文の数"]) == "1"


def queries_of(account: str, address: str) -> int:
    client = client_of(account)
    client.get(address)  # permissions and sessions are warm
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("address", [DESK, f"{DESK}results/", "/admin/"])
def test_three_hundred_rows_cost_no_more_queries(desk, address):
    page = desk.pages[State.CURRENT]
    few = queries_of("pr", address)
    numbers = clone(page, 300)
    english = record_of(page).get_target_instance()
    translate_clones(fresh(english), numbers)
    if connection.vendor == "postgresql":
        update_statistics()
    assert len(titles("pr", "?q=current")) == 50  # the first page of them
    assert queries_of("pr", address) <= few + 1  # pages of the list are counted
