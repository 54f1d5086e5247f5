"""The committee drafts what stands below its own edition, PR approves it, and that is all."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from events.factories import EventPageFactory, FestivalPageFactory
from events.models import EventIndexPage, EventPage, FestivalPage
from home import roles
from projects.factories import ProjectPageFactory
from tests.editor import add_url, edit_url, open_form, press, text_of
from tests.staff import client_of, employ
from tests.world import fresh, in_two_languages, publish

pytestmark = pytest.mark.django_db

DAY = datetime.date(2030, 10, 26)


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The committee's edition with an event of its programme, and all that is not its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        site = in_two_languages()
        employ()
        index = site[EventIndexPage]
        committee = Group.objects.get(name="実行委員会")
        other = Group.objects.create(name="前の実行委員会")
        days = {"days": [DAY]}
        own = FestivalPageFactory(
            parent=index, slug="own", title="こちらのまつり", committee=committee, **days
        )
        past = FestivalPageFactory(
            parent=fresh(index), slug="past", title="前のまつり", committee=other, **days
        )
        found = {
            "index": index,
            "own": own,
            "programme": EventPageFactory(
                parent=own, slug="programme", title="こちらの催し", live=False
            ),
            "public": EventPageFactory(parent=fresh(own), slug="public", title="公開の催し"),
            "past": past,
            "past_event": EventPageFactory(
                parent=past, slug="theirs", title="あちらの下書き", live=False
            ),
            "alone": EventPageFactory(
                parent=fresh(index), slug="alone", title="単独の下書き", live=False
            ),
            "project": ProjectPageFactory(
                parent=Page.objects.get(slug="projects", locale__language_code="ja").specific,
                slug="secret",
                title="事業の下書き",
                live=False,
            ),
        }
        for page in found.values():
            if not page.live:
                fresh(page).save_revision()
        yield {name: page.pk for name, page in found.items()}
        transaction.set_rollback(True)


@pytest.fixture
def iinkai(pages):
    return client_of("iinkai")


def page_of(pages, name) -> Page:
    return Page.objects.get(pk=pages[name]).specific


def permissions(account: str, page: Page):
    return page.permissions_for_user(get_user_model().objects.get(username=account))


def is_refused(answer) -> bool:
    """403, or Wagtail's way back to the admin's home page."""
    return answer.status_code == 403 or (
        answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")
    )


def new_event(client, parent, button="", **values):
    """Fill in the form of a new event below a page."""
    url = add_url(EventPage, parent)
    data = open_form(client, url)
    entered = {
        "title": "見本の催し",
        "slug": "new-event",
        "sessions-TOTAL_FORMS": "1",
        "sessions-0-repeats": "once",
        "sessions-0-starts_on": "令和12年10月26日",
        "sessions-0-starts_at": "午後1時半",
        "sessions-0-ORDER": "1",
        **values,
    }
    for name, value in entered.items():
        data[name] = value
    if button:
        data[button] = "1"
    return client.post(url, data.dict())


def test_a_draft_below_the_own_edition(pages, iinkai):
    answer = new_event(iinkai, page_of(pages, "own"))
    assert answer.status_code == 302
    event = EventPage.objects.get(slug="new-event")
    assert not event.live
    assert event.owner.username == "iinkai"
    [session] = event.get_latest_revision_as_object().sessions.all()
    assert (session.starts_on, session.starts_at) == (DAY, datetime.time(13, 30))


def test_pressing_publish_publishes_nothing(pages, iinkai):
    new_event(iinkai, page_of(pages, "own"), "action-publish")
    assert not EventPage.objects.filter(slug="new-event", live=True).exists()


def test_submitted_it_waits_for_pr_who_publishes_it(pages, iinkai):
    answer = new_event(iinkai, page_of(pages, "own"), "action-submit", no_mark_applies="on")
    assert answer.status_code == 302
    event = EventPage.objects.get(slug="new-event")
    state = event.current_workflow_task_state
    assert state.task.name == roles.APPROVAL[0]
    pr = client_of("pr")
    assert "見本の催し" in text_of(pr.get(reverse("wagtailadmin_home")))
    approve = reverse("wagtailadmin_pages:workflow_action", args=[event.pk, "approve", state.pk])
    assert is_refused(iinkai.post(approve, {"comment": ""}))
    event.refresh_from_db()
    assert not event.live
    pr.post(approve, {"comment": "よい"})
    event.refresh_from_db()
    assert event.live


def test_the_draft_of_a_colleague_is_edited_and_thrown_away(pages, iinkai):
    page = page_of(pages, "programme")
    assert press(iinkai, edit_url(page), title="別の題").status_code == 302
    assert page_of(pages, "programme").get_latest_revision_as_object().title == "別の題"
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert iinkai.post(delete).status_code == 302
    assert not Page.objects.filter(pk=page.pk).exists()


def test_what_is_public_is_changed_as_a_draft_only(pages, iinkai):
    page = page_of(pages, "public")
    press(iinkai, edit_url(page), "action-publish", title="勝手な題")
    assert page_of(pages, "public").title == "公開の催し"
    for view in ("delete", "unpublish"):
        assert is_refused(iinkai.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk])))
    assert page_of(pages, "public").live


@pytest.mark.parametrize("name", ["own", "past", "index", "alone", "past_event", "project"])
@pytest.mark.parametrize(
    "view", ["edit", "delete", "unpublish", "copy", "move", "history", "view_draft"]
)
def test_nothing_else_is_opened(pages, iinkai, name, view):
    url = reverse(f"wagtailadmin_pages:{view}", args=[pages[name]])
    before = page_of(pages, name)
    for answer in (iinkai.get(url), iinkai.post(url, {"title": "x"})):
        assert is_refused(answer), (name, view, answer.status_code)
    after = page_of(pages, name)
    assert (after.title, after.live, after.path) == (before.title, before.live, before.path)


@pytest.mark.parametrize("name", ["past", "index", "project", "public"])
def test_nothing_is_added_elsewhere(pages, iinkai, name):
    assert is_refused(iinkai.get(add_url(EventPage, page_of(pages, name))))


def test_no_edition_is_added(pages, iinkai):
    for name in ("own", "index"):
        assert is_refused(iinkai.get(add_url(FestivalPage, page_of(pages, name))))


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_nothing_is_done_to_many_at_once(pages, iinkai, action):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    numbers = [pages[name] for name in ("own", "past", "past_event", "alone", "public")]
    before = list(Page.objects.order_by("pk").values_list("pk", "live", "path"))
    query = "&".join(f"id={number}" for number in numbers)
    iinkai.post(f"{url}?{query}", {"chooser": pages["own"], "include_descendants": "on"})
    assert list(Page.objects.order_by("pk").values_list("pk", "live", "path")) == before


def test_a_draft_is_moved_or_copied_to_no_other_edition(pages, iinkai):
    past = pages["past"]
    move = reverse("wagtailadmin_pages:move_confirm", args=[pages["programme"], past])
    iinkai.post(move)
    assert page_of(pages, "programme").get_parent().pk == pages["own"]
    copy = reverse("wagtailadmin_pages:copy", args=[pages["programme"]])
    values = {"new_title": "写し", "new_slug": "a-copy", "new_parent_page": past}
    iinkai.post(copy, values)
    assert not Page.objects.filter(slug="a-copy").exists()
    iinkai.post(copy, values | {"new_parent_page": pages["own"]})
    assert Page.objects.get(slug="a-copy").get_parent().pk == pages["own"]


def test_the_explorer_shows_the_own_drafts_and_no_others(pages, iinkai):
    explore = [
        text_of(iinkai.get(reverse("wagtailadmin_explore", args=[pages[name]])))
        for name in ("own", "index")
    ]
    assert "こちらの催し" in explore[0]
    search = text_of(iinkai.get(reverse("wagtailadmin_pages:search"), {"q": "下書き"}))
    home = text_of(iinkai.get(reverse("wagtailadmin_home")))
    for page in (*explore, home, search):
        for title in ("あちらの下書き", "単独の下書き", "事業の下書き"):
            assert title not in page, title


def chooser(client, view: str, *args, **query) -> str:
    """What the window in which a page is chosen shows."""
    answer = client.get(reverse(f"wagtailadmin_{view}", args=args), query)
    assert answer.status_code == 200
    is_window = answer["content-type"] == "application/json"
    return answer.json()["html"] if is_window else text_of(answer)


def test_a_page_chooser_shows_no_drafts_of_others(pages, iinkai):
    shown = {
        name: chooser(iinkai, "choose_page_child", pages[name]) for name in ("index", "past", "own")
    }
    assert "こちらの催し" in shown["own"]
    assert "前のまつり" in shown["index"]
    found = chooser(iinkai, "choose_page_search", q="下書き")
    for page in (*shown.values(), found):
        assert not [title for title in ("単独の下書き", "あちらの下書き") if title in page]
    assert "事業の下書き" not in found
    assert "単独の下書き" in chooser(client_of("pr"), "choose_page_child", pages["index"])


# Wagtail's own questions about an edition


QUESTIONS = (
    *("can_edit", "can_delete", "can_move", "can_copy", "can_publish", "can_unpublish"),
    *("can_lock", "can_unlock", "can_set_view_restrictions", "can_reorder_children"),
    *("can_publish_subpage", "can_unschedule"),
)


def test_of_its_edition_the_committee_may_only_add_below(pages):
    tester = permissions("iinkai", page_of(pages, "own"))
    assert tester.can_add_subpage()
    assert [name for name in QUESTIONS if getattr(tester, name)()] == []


@pytest.mark.parametrize("account", ["pr", "mirai", "department", "admin", "translator"])
def test_for_everybody_else_an_edition_is_as_any_page(pages, account):
    """Whatever Wagtail says of an event beside it, it says of an edition."""
    edition, beside = page_of(pages, "past"), page_of(pages, "own")
    plain = Page.permissions_for_user
    user = get_user_model().objects.get(username=account)
    for page in (edition, beside):
        ours = page.permissions_for_user(user)
        from wagtail.models import PagePermissionTester

        theirs = PagePermissionTester(user, page)
        for name in (*QUESTIONS, "can_add_subpage"):
            assert getattr(ours, name)() == getattr(theirs, name)(), (account, name)
    assert plain


def test_a_group_that_is_no_committee_keeps_what_it_was_given(pages):
    """Somebody may be given a single edition by hand, as any page."""
    group = Group.objects.create(name="お手伝い")
    helper = get_user_model().objects.create_user("helper")
    helper.groups.add(group)
    edition = page_of(pages, "own")
    for codename in ("change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=edition, permission=Permission.objects.get(codename=codename)
        )
    tester = permissions("helper", edition)
    assert tester.can_edit()
    assert tester.can_publish()
    publish(fresh(edition))
    assert permissions("helper", edition).can_edit(), "saving the edition took it back"


def test_who_approves_opens_an_edition_also_without_pages_of_their_own(pages):
    edition = page_of(pages, "own")
    edition.save_revision()
    edition.get_workflow().start(edition, None)
    approver = get_user_model().objects.create_user("approver")
    group = Group.objects.create(name="確認だけ")
    approver.groups.add(group)
    edition.current_workflow_task.specific.groups.add(group)
    assert permissions("approver", page_of(pages, "own")).can_edit()


def test_a_draft_with_another_committee_opens_nothing(pages):
    edition = page_of(pages, "own")
    edition.committee = None
    edition.save_revision()
    draft = page_of(pages, "own").get_latest_revision_as_object()
    assert draft.committee is None
    assert not permissions("iinkai", draft).can_edit()


def test_a_committee_that_is_replaced_no_longer_may(pages):
    edition = page_of(pages, "own")
    edition.committee = Group.objects.get(name="前の実行委員会")
    publish(edition)
    tester = permissions("iinkai", page_of(pages, "own"))
    assert not tester.can_add_subpage()
    assert not permissions("iinkai", page_of(pages, "programme")).can_edit()
    holder = get_user_model().objects.create_user("successor")
    holder.groups.add(edition.committee)
    assert permissions("successor", page_of(pages, "own")).can_add_subpage()


def test_the_table_of_roles_gives_the_same(pages):
    committee = Group.objects.get(name="実行委員会")
    rows = GroupPagePermission.objects.filter(group=committee)
    before = sorted(rows.values_list("page_id", "permission__codename"))
    assert before == [(pages["own"], "add_page"), (pages["own"], "change_page")]
    roles.apply()
    assert sorted(rows.values_list("page_id", "permission__codename")) == before
