"""Translation jobs: page by page, told, stopped, taken up again, and only what people may do."""

from __future__ import annotations

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation

from home import roles
from home.models import StandardPage
from kiyose.translation.factories import start_translation
from kiyose.translation.jobs import pages, problems, queue, working
from kiyose.translation.jobs.working import work
from kiyose.translation.models import TranslationJob
from kiyose.translation.models.job import SILENCE
from projects.models import ProjectPage
from tests.editor import messages_of, text_of
from tests.page_types import PAGE_TYPES
from tests.world import fresh, make_page

pytestmark = pytest.mark.django_db

Kind, State = TranslationJob.Kind, TranslationJob.State
LONG_AGO = SILENCE + datetime.timedelta(minutes=1)


class Town:
    """The world, people, and French: only its home page has been started. ``section`` is a
    page with four below it, for jobs that need not be long."""

    def __init__(self, world):
        self.world = world
        self.french = Locale.objects.create(language_code="fr")
        roles.apply()
        accounts = get_user_model().objects
        self.users = {"root": accounts.create_superuser("root", "", "x")}
        for role in roles.ROLES:
            user = accounts.create_user(role.account, "", "x")
            user.groups.add(Group.objects.get(name=role.group))
            self.users[role.account] = user
        self.home = fresh(world.site.home)
        self.section = make_page(StandardPage, slug="section")
        self.children = [
            make_page(StandardPage, parent=fresh(self.section), slug=f"child-{number}")
            for number in range(4)
        ]
        start_translation(self.home, "fr")

    @property
    def tree(self):
        return Page.objects.descendant_of(self.section, inclusive=True).order_by("path")

    def job(self, name="root", page=None, kind=Kind.START, with_subtree=True) -> TranslationJob:
        """A job that waits; nobody works on it (nothing is committed in a test)."""
        page = page or fresh(self.section)
        return queue.put(kind, self.users[name], page, self.french, with_subtree)

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.users[name])
        return client

    def french_pages(self) -> int:
        """How many pages of the section there are in French."""
        keys = self.tree.values("translation_key")
        return Page.objects.filter(locale=self.french, translation_key__in=keys).count()


@pytest.fixture(scope="module")
def town_of_module(world):
    return Town(world)


@pytest.fixture
def town(town_of_module, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    return town_of_module


def codes(job) -> list[str]:
    return list(job.problems.values_list("code", flat=True))


def test_a_whole_tree_is_started(town):
    job = town.job(page=town.home)
    assert (job.state, job.total) == (State.WAITING, 0)
    assert not work(job.pk)
    job.refresh_from_db()
    in_all = Page.objects.descendant_of(town.home, inclusive=True).count()
    assert (job.state, job.done, job.total) == (State.FINISHED, in_all, in_all)
    assert not codes(job)
    assert Page.objects.filter(locale=town.french).count() == in_all
    assert {type(page.specific) for page in Page.objects.filter(locale=town.french)} == set(
        PAGE_TYPES
    )
    assert not Page.objects.filter(locale=town.french, live=True).exists()
    assert work(job.pk) is False, "a finished job is not done again"


def test_turn_by_turn_with_the_progress_in_the_row(town):
    """At least one page a turn, however little time there is; nothing twice."""
    job, seen = town.job(), []
    while work(job.pk, seconds=0):
        job.refresh_from_db()
        assert job.state == State.WAITING
        seen.append((job.done, town.french_pages()))
    total = town.tree.count()
    assert seen == [(number, number) for number in range(1, total)]
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (State.FINISHED, total, total)


def test_queries_of_a_page_do_not_grow_with_the_work(town):
    for number in range(8):
        make_page(StandardPage, parent=fresh(town.section), slug=f"one-of-many-{number}")
    job = town.job()
    counts = []
    left = True
    while left:
        with CaptureQueriesContext(connection) as queries:
            left = work(job.pk, seconds=0)
        counts.append(len(queries))
    # The first two fill caches (types, the locale); a turn's own queries are among them.
    assert len(counts) == 13
    assert max(counts[3:]) - min(counts[3:]) <= 2
    assert max(counts[3:]) < 300


def test_a_page_that_fails_is_told_and_the_others_are_done(town, monkeypatch):
    bad = town.children[1]

    def start(user, page, locale):
        if page.pk == bad.pk:
            Page.objects.filter(pk=bad.pk).update(title="half written")
            raise RuntimeError
        return pages.start(user, page, locale)

    monkeypatch.setattr(working, "start", start)
    job = town.job()
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FINISHED, town.tree.count())
    assert list(job.problems.values_list("page_id", "code")) == [(bad.pk, problems.UNEXPECTED)]
    assert not fresh(bad).has_translation(town.french)
    assert town.french_pages() == town.tree.count() - 1


def test_what_the_library_keeps_to_itself_is_told(town, monkeypatch):
    """It swallows what kept it from making the page, and leaves a record without a page."""
    from django.core.exceptions import ValidationError

    def refuse(self, *args, **kwargs):
        raise ValidationError("no")

    monkeypatch.setattr(Translation, "save_target", refuse)
    job = town.job(with_subtree=False)
    work(job.pk)
    assert codes(job) == [problems.CANNOT_START]
    assert not Translation.objects.filter(
        target_locale=town.french, source__object_id=town.section.translation_key
    ).exists()


def test_again_goes_on_with_what_is_missing(town, monkeypatch):
    job = town.job()
    work(job.pk, seconds=0)
    queue.stop(job)
    job.refresh_from_db()
    assert queue.begin_again(job, town.users["root"])
    before = Translation.objects.filter(target_locale=town.french).latest("pk")
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FINISHED, town.tree.count())
    assert Translation.objects.filter(pk=before.pk).exists()
    assert town.french_pages() == town.tree.count()


# Stopped, taken over, dead


def test_a_stopped_job_ends_at_the_next_page(town, monkeypatch):
    job = town.job()

    def start(user, page, locale):
        queue.stop(job)
        return pages.start(user, page, locale)

    monkeypatch.setattr(working, "start", start)
    assert not work(job.pk)
    job.refresh_from_db()
    assert job.state == State.STOPPED
    assert town.french_pages() == 1
    assert not work(job.pk)


def test_one_job_is_not_worked_on_twice(town, monkeypatch):
    job = town.job()
    inside = []

    def start(user, page, locale):
        inside.append(work(job.pk))  # another worker, at the same time
        return pages.start(user, page, locale)

    monkeypatch.setattr(working, "start", start)
    work(job.pk)
    job.refresh_from_db()
    assert not any(inside)
    assert job.done == town.tree.count()


def test_a_dead_worker_is_recognised_and_its_work_taken_up(town, capsys):
    job = town.job()
    work(job.pk, seconds=0)
    # As if it had died with its second page.
    TranslationJob.objects.filter(pk=job.pk).update(
        state=State.RUNNING, claim="0" * 32, touched_at=timezone.now()
    )
    call_command("run_translation_jobs")
    job.refresh_from_db()
    assert job.state == State.RUNNING, "it may still live"
    TranslationJob.objects.filter(pk=job.pk).update(touched_at=timezone.now() - LONG_AGO)
    job.refresh_from_db()
    assert job.is_silent
    answer = town.client("root").get(reverse("translation_job", args=[job.pk]))
    assert "data-goes-on" not in text_of(answer)
    assert reverse("translation_job_go_on", args=[job.pk]) in text_of(answer)
    call_command("run_translation_jobs")
    assert f"translation job {job.pk}: finished" in capsys.readouterr().out
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FINISHED, town.tree.count())


def test_a_worker_taken_for_dead_writes_nothing_more(town, monkeypatch):
    job = town.job()

    def start(user, page, locale):
        TranslationJob.objects.filter(pk=job.pk).update(claim="0" * 32)
        return pages.start(user, page, locale)

    monkeypatch.setattr(working, "start", start)
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.RUNNING, 0)


def test_two_jobs_for_the_same_pages_and_language(town):
    first, section, child = town.job(), fresh(town.section), fresh(town.children[0])
    for page, with_subtree in ((section, True), (child, False), (child, True), (town.home, True)):
        with pytest.raises(queue.AlreadyRunningError) as busy:
            town.job(page=page, with_subtree=with_subtree)
        assert busy.value.job == first
    queue.put(Kind.START, town.users["root"], section, Locale.objects.get(language_code="en"))
    town.job(page=town.home, with_subtree=False)
    queue.stop(first)
    town.job(with_subtree=False)
    town.job(page=child, with_subtree=False)
    with pytest.raises(queue.AlreadyRunningError):
        town.job()
    first.refresh_from_db()
    with pytest.raises(queue.AlreadyRunningError):
        queue.begin_again(first, town.users["root"])


def test_the_dead_make_way_on_their_pages_alone(town):
    child, sibling = (fresh(page) for page in town.children[:2])
    on_child = town.job(page=child, with_subtree=False)
    on_sibling = town.job(page=sibling, with_subtree=False)
    TranslationJob.objects.update(touched_at=timezone.now() - LONG_AGO)
    queue.stop(town.job(page=child))
    on_child.refresh_from_db()
    on_sibling.refresh_from_db()
    assert (on_child.state, on_child.failure) == (State.FAILED, problems.SILENT)
    assert on_sibling.state == State.WAITING
    town.job()
    on_sibling.refresh_from_db()
    assert on_sibling.state == State.FAILED


def test_a_job_that_cannot_begin_again_stays_as_it_is(town):
    """It changes hands only when it begins."""
    job = town.job("pr")
    again = reverse("translation_job_again", args=[job.pk])
    client = town.client("root")
    nothing = gettext("There is nothing to begin: it is at work, or its page is gone.")
    assert nothing in messages_of(client, client.post(again))
    queue.stop(job)
    in_its_way = town.job("mirai")
    assert "同じ言語" in messages_of(client, client.post(again))
    job.refresh_from_db()
    assert (job.state, job.user) == (State.STOPPED, town.users["pr"])
    queue.stop(in_its_way)
    client.post(again)
    job.refresh_from_db()
    assert (job.state, job.user) == (State.WAITING, town.users["root"])


def test_the_worker_gives_others_their_turn(town, monkeypatch, django_capture_on_commit_callbacks):
    """With a database worker a long job is put at the end of the queue again and again."""
    turns = []
    monkeypatch.setattr(queue, "SECONDS_OF_A_WORKER", 0)
    monkeypatch.setattr(queue, "runs_at_once", lambda: False)
    monkeypatch.setattr(type(queue.work_on), "enqueue", lambda self, pk: turns.append(pk))
    with django_capture_on_commit_callbacks(execute=True):
        job = town.job()
    while turns:
        queue.work_on.call(turns.pop())
        assert len(turns) <= 1
    job.refresh_from_db()
    assert job.state == State.FINISHED


# Rights and what changes meanwhile


def test_each_page_is_asked_when_its_turn_comes(town, monkeypatch):
    """Somebody loses the right to one section while the job runs."""
    group, taken_away = Group.objects.get(name="広報"), town.children[2]

    def start(user, page, locale):
        if page.pk == taken_away.pk:
            GroupPagePermission.objects.filter(group=group).delete()
        return pages.start(user, page, locale)

    monkeypatch.setattr(working, "start", start)
    job = town.job("pr")
    work(job.pk)
    done_before = town.tree.filter(path__lt=taken_away.path).count()
    assert town.french_pages() == done_before == 3
    assert set(codes(job)) == {problems.NOT_ALLOWED}
    assert job.problems.count() == town.tree.count() - done_before


@pytest.mark.parametrize("name", ["department", "translator", "duty"])
def test_without_the_permission_nothing_is_started(town, name):
    job = town.job(name)
    work(job.pk)
    assert town.french_pages() == 0
    assert set(codes(job)) == {problems.NOT_ALLOWED}


def lose_user(town, job):
    get_user_model().objects.filter(pk=job.user_id).update(is_active=False)


def delete_user(town, job):
    TranslationJob.objects.filter(pk=job.pk).update(user=None)


def delete_page(town, job):
    Page.objects.get(pk=job.page_id).delete()


def remove_language(town, job):
    for page in Page.objects.filter(locale=town.french):
        page.delete()
    Locale.objects.get(pk=town.french.pk).delete()


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (lose_user, problems.USER_GONE),
        (delete_user, problems.USER_GONE),
        (delete_page, problems.PAGE_GONE),
        (remove_language, problems.LANGUAGE_GONE),
    ],
)
def test_what_is_gone_when_the_work_begins(town, change, failure):
    page = make_page(StandardPage, slug="soon-gone")
    job = town.job("pr", page=page)
    change(town, job)
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure) == (State.FAILED, failure)
    answer = town.client("root").get(reverse("translation_job", args=[job.pk]))
    assert str(problems.TEXTS[failure]) in text_of(answer)
    assert town.client("root").get(reverse("translation_jobs")).status_code == 200
    again = town.client("root").post(reverse("translation_job_again", args=[job.pk]))
    assert again.status_code == 302


def test_a_page_deleted_while_the_job_runs(town, monkeypatch):
    gone = town.children[-1]

    def start(user, page, locale):
        Page.objects.filter(pk=gone.pk).exists() and gone.delete()
        return pages.start(user, page, locale)

    monkeypatch.setattr(working, "start", start)
    job = town.job()
    total = town.tree.count()
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (State.FINISHED, total, total)


# The pages of the admin


def test_the_form_hands_a_subtree_to_a_job(town, monkeypatch, django_capture_on_commit_callbacks):
    """Without a worker the request does a few seconds of it, and the job's page the rest."""
    monkeypatch.setattr(queue, "SECONDS_IN_A_REQUEST", 0)
    client = town.client("pr")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("wagtail_localize:submit_page_translation", args=[town.section.pk]),
            {"locales": [town.french.pk], "include_subtree": "on"},
        )
    job = TranslationJob.objects.get()
    address = reverse("translation_job", args=[job.pk])
    assert answer.url == address
    shown = text_of(client.get(address))
    total = town.tree.count()
    assert f'max="{total}" value="1"' in shown
    assert "data-goes-on" in shown
    assert re.search(r"<noscript><meta http-equiv=.refresh. content=.\d+.>", shown)
    assert "http-equiv" not in text_of(client.get(f"{address}?still"))
    for done in range(2, total + 1):
        assert client.post(reverse("translation_job_go_on", args=[job.pk])).url == address
        job.refresh_from_db()
        assert job.done == done
    shown = text_of(client.get(address))
    assert f'max="{total}" value="{total}"' in shown
    assert "http-equiv" not in shown
    assert job.state == State.FINISHED


def test_the_form_says_that_somebody_is_at_work(town, django_capture_on_commit_callbacks):
    job = town.job("mirai")
    client = town.client("pr")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("wagtail_localize:submit_page_translation", args=[town.section.pk]),
            {"locales": [town.french.pk], "include_subtree": "on"},
        )
    assert TranslationJob.objects.get() == job
    assert "同じ言語" in messages_of(client, answer)


MAY = [("pr", 200, 302), ("root", 200, 302), ("mirai", 302, 302), ("translator", 302, 302)]


@pytest.mark.parametrize(("name", "sees", "acts"), MAY)
@pytest.mark.parametrize("act", ["stop", "go_on", "again"])
def test_a_job_is_its_owners(town, name, sees, acts, act, monkeypatch):
    monkeypatch.setattr(queue, "SECONDS_IN_A_REQUEST", 0)
    job = town.job("pr")
    if act == "again":
        queue.stop(job)
    before = TranslationJob.objects.filter(pk=job.pk).values().get()
    client = town.client(name)
    answer = client.get(reverse("translation_job", args=[job.pk]))
    assert answer.status_code == sees
    listed = text_of(client.get(reverse("translation_jobs")))
    assert (reverse("translation_job", args=[job.pk]) in listed) == (sees == 200)
    address = reverse(f"translation_job_{act}", args=[job.pk])
    assert client.get(address).status_code in (302, 405)
    assert client.post(address).status_code == acts
    after = TranslationJob.objects.filter(pk=job.pk).values().get()
    assert (before != after) == (sees == 200), "somebody else's job is left alone"


def test_titles_are_shown_to_those_who_may_see_the_page(town):
    secret = make_page(StandardPage, slug="secret", title="秘密の計画")
    secret.unpublish()
    public = town.world.page(ProjectPage)
    public.draft_title = "秘密の新しい題"
    public.save(update_fields=["draft_title"])
    job = town.job("translator")
    for page in (secret, public):
        job.problems.create(page=page, code=problems.NOT_ALLOWED)
        job.problems.create(page=page, code="date", text=f"本文{page.pk}")
    for name, sees in (("translator", False), ("root", True)):
        shown = text_of(town.client(name).get(reverse("translation_job", args=[job.pk])))
        assert ("秘密の計画" in shown) == sees
        assert (f"本文{secret.pk}" in shown) == sees
        assert (public.draft_title in shown) == sees
        assert (public.title in shown) != sees
        assert f"本文{public.pk}" in shown


def test_the_list_asks_no_more_for_more_jobs(town):
    def queries() -> int:
        client = town.client("root")
        client.get(reverse("translation_jobs"))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("translation_jobs")).status_code == 200
        return len(found)

    queue.stop(town.job())
    few = queries()
    for _number in range(8):
        queue.stop(town.job("pr"))
    assert queries() == few
