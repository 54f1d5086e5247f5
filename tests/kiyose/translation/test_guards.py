"""
Who may start, update and publish translations, and that no Japanese goes live in English.

wagtail-localize asks one global permission; here every view is tried by everybody.
"""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission, Locale, Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from home import roles
from home.models import StandardPage
from kiyose.japanese.script import has_japanese
from kiyose.pages.factories import DivisionFactory
from kiyose.pages.furniture import Furniture
from kiyose.pages.models import Division, SiteIdentity
from kiyose.pages.models.base import CrossLocaleAliasError
from kiyose.pages.publishing import PublishingRuleError
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.models import TranslationJob
from kiyose.translation.publishing import publish_translation
from kiyose.translation.words import missing_translations, untranslated_strings
from projects.factories import PillarFactory, ProjectPageFactory
from projects.listing import ProjectListing
from projects.models import ProjectPage
from tests.editor import edit_url, messages_of, press, text_of
from tests.kiyose.translation import machines
from tests.page_types import PAGE_TYPES, SNIPPETS, factory_of, label
from tests.world import (
    fresh,
    let_the_hour_come,
    make_page,
    publish,
    schedule,
    words_of,
)

pytestmark = pytest.mark.django_db

SECRET = "秘密の草稿"
SECRET_SECTION = "秘密の節"
every_page_type = pytest.mark.parametrize("model", PAGE_TYPES, ids=label)


class Office:
    """The people of the town hall, and what they try to get at."""

    def __init__(self, world):
        roles.apply()
        accounts = get_user_model().objects
        self.users = {"superuser": accounts.create_superuser("root", "", "x")}
        for role in roles.ROLES:
            user = accounts.create_user(role.account, "", "x")
            user.groups.add(Group.objects.get(name=role.group))
            self.users[role.account] = user
        enter = Permission.objects.get(codename="access_admin")
        submit = Permission.objects.get(codename="submit_translation")
        # Wagtail-localize's own idea of a translator: one global permission, no page.
        self.users["only_submits"] = accounts.create_user("only_submits", "", "x")
        self.users["only_submits"].user_permissions.add(enter, submit)
        self.users["plain"] = accounts.create_user("plain", "", "x")
        self.users["plain"].user_permissions.add(enter)
        # Drafts in both languages and starts translations, but publishes nothing.
        drafters = Group.objects.create(name="drafters")
        drafters.permissions.add(enter, submit)
        for home in (world.site.home, world.english_home):
            GroupPagePermission.objects.create(
                group=drafters, page=home, permission=Permission.objects.get(codename="change_page")
            )
        self.users["drafter"] = accounts.create_user("drafter", "", "x")
        self.users["drafter"].groups.add(drafters)

        self.secret = ProjectPageFactory(
            parent=world.site.projects, title=SECRET, slug="secret", live=False
        )
        self.secret.save_revision()
        self.section = factory_of(StandardPage)(
            parent=fresh(world.site.home), title=SECRET_SECTION, slug="section", live=False
        )
        self.section.save_revision()
        self.child = factory_of(StandardPage)(
            parent=fresh(self.section), title=SECRET, slug="child", live=False
        )
        self.child.save_revision()
        self.waiting = ProjectPageFactory(
            parent=world.site.projects, title="待っている草稿", slug="waiting"
        )
        publish(fresh(self.waiting))
        self.record = start_translation(fresh(self.waiting))
        enter_words(self.record)
        self.division = DivisionFactory(name=SECRET)
        self.job = TranslationJob.objects.create(
            kind=TranslationJob.Kind.START,
            state=TranslationJob.State.STOPPED,
            user=self.users["pr"],
            page=Page.objects.get(pk=self.secret.pk),
            target_locale=english_locale(),
        )

    def client(self, name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(self.users[name])
        return client

    @property
    def english(self):
        return self.record.get_target_instance()


@pytest.fixture(scope="module")
def office(world):
    return Office(world)


# The actions: what is asked, and of whom it is accepted. Everybody else is refused.


def submit_url(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def english_locale():
    return Locale.objects.get(language_code="en")


def open_submit_page(client, office):
    return client.get(submit_url(office.secret))


def submit_page(client, office):
    return client.post(submit_url(office.secret), {"locales": [english_locale().pk]})


def submit_with_subtree(client, office):
    data = {"locales": [english_locale().pk], "include_subtree": "on"}
    with TestCase.captureOnCommitCallbacks(execute=True):  # the job begins with the commit
        return client.post(submit_url(office.section), data)


def snippet_url(office):
    return reverse(
        "wagtail_localize:submit_snippet_translation",
        args=["pages", "division", office.division.pk],
    )


def open_submit_snippet(client, office):
    return client.get(snippet_url(office))


def submit_snippet(client, office):
    return client.post(snippet_url(office), {"locales": [english_locale().pk]})


def update_url(office):
    return reverse("wagtail_localize:update_translations", args=[office.record.source_id])


def open_update(client, office):
    return client.get(update_url(office))


def update(client, office):
    return client.post(update_url(office), {"publish_translations": ""})


def update_and_publish(client, office):
    return client.post(update_url(office), {"publish_translations": "on"})


def publish_in_translators_editor(client, office):
    return client.post(edit_url(office.english), {"action": "publish"})


def open_convert_to_alias(client, office):
    return client.get(reverse("wagtail_localize:convert_to_alias", args=[office.english.pk]))


def convert_to_alias(client, office):
    return client.post(reverse("wagtail_localize:convert_to_alias", args=[office.english.pk]))


def open_report(client, office):
    return client.get(reverse("wagtail_localize:translations_report"))


def list_snippets(client, office):
    return client.get(reverse("wagtail_localize:snippets_api_listing", args=["pages", "division"]))


def read_snippet(client, office):
    args = ["pages", "division", office.division.pk]
    return client.get(reverse("wagtail_localize:snippets_api_detail", args=args))


def edit_string(client, office):
    segment = StringSegment.objects.filter(source=office.record.source).first()
    url = reverse("wagtail_localize:edit_string_translation", args=[office.record.pk, segment.pk])
    return client.put(url, "value=Typed", content_type="application/x-www-form-urlencoded")


def upload_po(client, office):
    url = reverse("wagtail_localize:upload_pofile", args=[office.record.pk])
    po = SimpleUploadedFile("words.po", str(office.record.export_po()).encode())
    return client.post(f"{url}?next=/admin/pages/", {"file": po, "next": "/admin/pages/"})


def download_po(client, office):
    return client.get(reverse("wagtail_localize:download_pofile", args=[office.record.pk]))


def open_files(client, office):
    return client.get(reverse("translation_file", args=[office.record.pk]))


def download_sheet(client, office):
    return client.get(f"{reverse('translation_file', args=[office.record.pk])}?download=1")


def upload_sheet(client, office):
    url = reverse("translation_file", args=[office.record.pk])
    return client.post(url, {"file": SimpleUploadedFile("words.xlsx", b"no workbook")})


def open_batch(client, office):
    return client.get(reverse("translation_files_in", args=["en"]))


def download_batch(client, office):
    return client.get(f"{reverse('translation_files_in', args=['en'])}?download=1")


def files_from_explorer(client, office):
    return client.get(reverse("translation_file_of_page", args=[office.english.pk]))


def list_languages_of_files(client, office):
    return client.get(reverse("translation_files"))


def stop(client, office):
    url = reverse("wagtail_localize:stop_translation", args=[office.record.pk])
    return client.post(f"{url}?next=/admin/pages/", {"next": "/admin/pages/"})


def open_jobs(client, office):
    return client.get(reverse("translation_jobs"))


def open_job(client, office):
    return client.get(reverse("translation_job", args=[office.job.pk]))


def stop_job(client, office):
    return client.post(reverse("translation_job_stop", args=[office.job.pk]))


def go_on_with_job(client, office):
    return client.post(reverse("translation_job_go_on", args=[office.job.pk]))


def begin_job_again(client, office):
    return client.post(reverse("translation_job_again", args=[office.job.pk]))


with_machine = override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=machines.setting("Working"))


@with_machine
def open_machine_draft(client, office):
    return client.get(reverse("machine_draft", args=[office.waiting.pk]))


@with_machine
def ask_for_machine_draft(client, office):
    url = reverse("machine_draft", args=[office.waiting.pk])
    return client.post(url, {"locale": english_locale().pk})


@with_machine
def press_machine_button(client, office):
    return client.post(reverse("wagtail_localize:machine_translate", args=[office.record.pk]))


PUBLISHERS = {"superuser", "pr", "mirai"}
OWNERS = {"superuser", "pr"}  # of the job
EVERYBODY = {role.account for role in roles.ROLES} | {
    "superuser",
    "only_submits",
    "plain",
    "drafter",
}

ACCEPTED = {
    open_submit_page: PUBLISHERS | {"drafter"},
    submit_page: PUBLISHERS | {"drafter"},
    submit_with_subtree: PUBLISHERS | {"drafter"},
    open_submit_snippet: PUBLISHERS,
    submit_snippet: PUBLISHERS,
    open_update: PUBLISHERS | {"drafter"},
    update: PUBLISHERS | {"drafter"},
    update_and_publish: PUBLISHERS | {"drafter"},
    publish_in_translators_editor: PUBLISHERS | {"translator"},
    open_convert_to_alias: set(),
    convert_to_alias: set(),
    open_report: EVERYBODY,
    list_snippets: PUBLISHERS,
    read_snippet: PUBLISHERS,
    edit_string: PUBLISHERS | {"translator", "drafter"},
    upload_po: PUBLISHERS | {"translator", "drafter"},
    download_po: PUBLISHERS | {"translator", "drafter"},
    open_files: PUBLISHERS | {"translator", "drafter"},
    download_sheet: PUBLISHERS | {"translator", "drafter"},
    upload_sheet: PUBLISHERS | {"translator", "drafter"},
    open_batch: PUBLISHERS | {"translator", "drafter"},
    download_batch: PUBLISHERS | {"translator", "drafter"},
    files_from_explorer: PUBLISHERS | {"translator", "drafter"},
    list_languages_of_files: PUBLISHERS | {"translator", "drafter"},
    stop: PUBLISHERS | {"translator", "drafter"},
    open_jobs: EVERYBODY,
    open_job: OWNERS,
    stop_job: OWNERS,
    go_on_with_job: OWNERS,
    begin_job_again: OWNERS,
    open_machine_draft: PUBLISHERS | {"translator", "drafter"},
    ask_for_machine_draft: PUBLISHERS | {"translator", "drafter"},
    press_machine_button: PUBLISHERS | {"translator", "drafter"},
}
PEOPLE = [*sorted(EVERYBODY), "anonymous"]


def outcome(answer) -> str:
    """What an answer of the admin comes to."""
    if answer.status_code == 302:
        if answer.url.startswith(reverse("wagtailadmin_login")):
            return "sign in first"
        if answer.url == reverse("wagtailadmin_home"):
            return "refused"
        return "accepted"
    names = {200: "accepted", 201: "accepted", 403: "refused", 404: "not there"}
    return names.get(answer.status_code, str(answer.status_code))


def expected(action, name: str) -> str:
    if name == "anonymous":
        return "sign in first"
    if name in ACCEPTED[action]:
        return "accepted"
    return "not there" if action in (open_convert_to_alias, convert_to_alias) else "refused"


def test_the_table_names_everybody(office):
    assert set(office.users) == EVERYBODY


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("action", ACCEPTED, ids=lambda action: action.__name__)
def test_who_may_do_what(office, action, name):
    client = office.client(name)
    rows = Page.objects.count(), Translation.objects.count(), Division.objects.count()
    words_before = words_of(office.english)
    strings_before = StringTranslation.objects.values_list("data", flat=True).order_by("pk")
    strings_before = list(strings_before)

    answer = action(client, office)

    assert outcome(answer) == expected(action, name)
    if expected(action, name) == "accepted":
        return
    text = text_of(answer) + messages_text(client, answer)
    assert SECRET not in text
    assert "待っている草稿" not in text
    assert rows == (Page.objects.count(), Translation.objects.count(), Division.objects.count())
    assert words_of(office.english) == words_before
    now = list(StringTranslation.objects.values_list("data", flat=True).order_by("pk"))
    assert now == strings_before
    assert Translation.objects.get(pk=office.record.pk).enabled
    assert not office.english.alias_of_id


def messages_text(client, answer) -> str:
    return messages_of(client, answer) if answer.status_code == 302 else ""


@pytest.mark.parametrize("name", ["superuser", "pr", "mirai", "drafter"])
def test_a_submitted_page_becomes_a_draft(office, name):
    submit_page(office.client(name), office)
    english = office.secret.get_translation(english_locale())
    assert not english.live


@pytest.mark.parametrize("name", ["superuser", "pr"])
def test_a_submitted_subtree_becomes_drafts(office, name):
    submit_with_subtree(office.client(name), office)
    for page in (office.section, office.child):
        assert not page.get_translation(english_locale()).live


def test_of_a_subtree_only_what_the_user_may_edit_is_submitted(office, world):
    """Permission on a page is not permission on what stands below it in another's name."""
    group = Group.objects.create(name="only the child's sibling")
    group.permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="submit_translation"),
    )
    # Somebody who may add below the section edits only pages of their own.
    for codename in ("add_page",):
        GroupPagePermission.objects.create(
            group=group,
            page=office.section,
            permission=Permission.objects.get(codename=codename),
        )
    user = office.users["plain"]
    user.groups.add(group)
    Page.objects.filter(pk=office.section.pk).update(owner=user)
    client = office.client("plain")
    assert outcome(submit_with_subtree(client, office)) == "accepted"
    assert office.section.has_translation(english_locale())
    assert not office.child.has_translation(english_locale())


@pytest.mark.parametrize(("name", "published"), [("pr", True), ("drafter", False)])
def test_update_publishes_for_those_who_may_publish(office, name, published):
    client = office.client(name)
    answer = update_and_publish(client, office)
    assert office.english.live is published
    if not published:
        assert office.english.title in messages_of(client, answer)


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_the_report_shows_titles_to_those_who_may_edit(office, name):
    text = text_of(open_report(office.client(name), office))
    may_see = PUBLISHERS | {"translator", "drafter", "department"}
    assert ("待っている草稿" in text) is (name in may_see)


def test_the_translator_publishes_what_is_complete(office):
    client = office.client("translator")
    publish_in_translators_editor(client, office)
    assert office.english.live
    assert not has_japanese(office.english.title)


def test_a_drafter_cannot_publish_through_the_translators_editor(office):
    assert outcome(publish_in_translators_editor(office.client("drafter"), office)) == "refused"
    assert not office.english.live


# No Japanese in an English live page, by any button


@pytest.fixture
def draft(world):
    """A translation just started: every word of it is still Japanese."""
    page = make_page(ProjectPage, slug="just-started", title="始めたばかり", why="理由です。")
    record = start_translation(page)
    assert has_japanese(record.get_target_instance().title)
    return record


def stop_translating(record) -> None:
    record.enabled = False
    record.save(update_fields=["enabled"])


def is_live(record) -> bool:
    return Page.objects.get(pk=record.get_target_instance().pk).live


@every_page_type
def test_every_page_type_is_published_when_its_words_are_complete(world, model):
    english = world.translation(model)
    assert english.live
    assert untranslated_strings(english) == []
    shown = [value for name, value in words_of(english).items() if name in model.words]
    assert not any(has_japanese(value) for value in shown)


@every_page_type
def test_every_page_type_is_refused_while_a_word_is_missing(world, model):
    record = world.record(model)
    before = words_of(world.translation(model))
    StringTranslation.objects.filter(
        context__object_id=record.source.object_id, context__path="title"
    ).delete()
    with pytest.raises(PublishingRuleError) as refused:
        publish_translation(record)
    assert world.page(model).title in str(refused.value)
    assert words_of(world.translation(model)) == before
    assert world.translation(model).live


def test_the_translators_button_says_what_is_missing(world, draft, admin_client):
    english = draft.get_target_instance()
    answer = admin_client.post(edit_url(english), {"action": "publish"})
    assert answer.status_code == 302
    told = messages_of(admin_client, answer)
    assert "始めたばかり" in told
    assert not is_live(draft)


def test_an_empty_translation_is_none(world, draft, admin_client):
    enter_words(draft)
    first = StringTranslation.objects.filter(context__path="title").order_by("-pk").first()
    first.data = ""
    first.save()
    assert missing_translations(draft) == ["始めたばかり"]
    admin_client.post(edit_url(draft.get_target_instance()), {"action": "publish"})
    assert not is_live(draft)


def test_a_translation_of_spaces_is_none(world, draft):
    enter_words(draft)
    first = StringTranslation.objects.filter(context__path="title").order_by("-pk").first()
    first.data = "  "
    first.save()
    assert missing_translations(draft) == ["始めたばかり"]


def test_a_word_that_is_the_same_in_both_languages_is_confirmed_by_the_translator(world, draft):
    enter_words(draft, {"始めたばかり": "SDGs"})
    publish_translation(draft)
    assert draft.get_target_instance().title == "SDGs"


def test_update_and_publish_leaves_the_live_page_while_a_word_is_missing(world, admin_client):
    model = ProjectPage
    page, before = world.page(model), words_of(world.translation(model))
    page.why = "新しい理由です。"
    publish(page)
    record = world.record(model)
    url = reverse("wagtail_localize:update_translations", args=[record.source_id])
    answer = admin_client.post(url, {"publish_translations": "on"})
    assert words_of(world.translation(model)) == before
    assert "新しい理由です。" in messages_of(admin_client, answer)


def test_update_and_publish_publishes_what_is_complete(world, admin_client):
    model = ProjectPage
    page = world.page(model)
    page.why = "新しい理由です。"
    publish(page)
    record = world.record(model)
    url = reverse("wagtail_localize:update_translations", args=[record.source_id])
    admin_client.post(url, {"publish_translations": ""})
    enter_words(world.record(model), {"新しい理由です。": "A new reason."})
    admin_client.post(url, {"publish_translations": "on"})
    assert world.translation(model).why == "A new reason."


def test_bulk_publishing_a_draft_full_of_japanese(world, draft, admin_client):
    english = draft.get_target_instance()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin_client.post(f"{url}?id={english.pk}", {"include_descendants": ""})
    assert answer.status_code == 302
    assert "始めたばかり" in messages_of(admin_client, answer)
    assert not is_live(draft)


def test_scheduling_a_draft_full_of_japanese(world, draft):
    with pytest.raises(PublishingRuleError):
        schedule(draft.get_target_instance())
    revision = draft.get_target_instance().get_latest_revision()
    let_the_hour_come(revision)
    call_command("publish_scheduled")
    assert not is_live(draft)


def test_approving_a_draft_full_of_japanese(world, draft, admin_client, admin_user):
    roles.apply()
    english = draft.get_target_instance()
    english.get_workflow().start(english, admin_user)
    state = fresh(english).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[english.pk, "approve", state.pk])
    answer = admin_client.post(url)
    assert answer.status_code == 302
    assert "始めたばかり" in messages_of(admin_client, answer)
    assert not is_live(draft)


def test_stopping_the_translation_and_publishing_in_the_normal_editor(world, draft, admin_client):
    stop_translating(draft)
    english = draft.get_target_instance()
    answer = press(admin_client, edit_url(english), "action-publish", summary="English summary")
    assert answer.status_code == 200
    assert "始めたばかり" in text_of(answer)
    assert "English summary" in text_of(answer), "what was typed is not lost"
    assert not is_live(draft)


def test_scheduling_in_the_normal_editor(world, draft, admin_client):
    stop_translating(draft)
    english = draft.get_target_instance()
    tomorrow = (timezone.localtime() + datetime.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    answer = press(admin_client, edit_url(english), "action-publish", go_live_at=tomorrow)
    assert answer.status_code == 200
    assert not english.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_scheduling_japanese_for_a_page_that_is_live(world, admin_client):
    """Wagtail schedules a live page without saving its row: the form must have asked before."""
    stop_translating(world.record(ProjectPage))
    english = world.translation(ProjectPage)
    japanese = world.page(ProjectPage).title
    tomorrow = (timezone.localtime() + datetime.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    answer = press(
        admin_client, edit_url(english), "action-publish", title=japanese, go_live_at=tomorrow
    )
    assert answer.status_code == 200
    assert not english.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_submitting_japanese_to_moderation(world, draft, admin_client):
    roles.apply()
    stop_translating(draft)
    english = draft.get_target_instance()
    answer = press(admin_client, edit_url(english), "action-submit")
    assert answer.status_code == 200
    assert fresh(english).current_workflow_state is None


def test_after_stopping_words_written_by_hand_go_public(world, draft, admin_client):
    """“SDGs” may be the same word in both languages; Japanese is not."""
    stop_translating(draft)
    english = draft.get_target_instance()
    answer = press(
        admin_client,
        edit_url(english),
        "action-publish",
        title="Just started",
        summary="A summary",
        why="A reason",
        picture_alt="A picture",
    )
    assert answer.status_code == 302
    assert is_live(draft)


def test_a_draft_in_japanese_can_be_saved_in_the_normal_editor(world, draft, admin_client):
    stop_translating(draft)
    answer = press(admin_client, edit_url(draft.get_target_instance()), summary="Half done")
    assert answer.status_code == 302


def test_saving_the_live_row_in_python(world):
    english = world.translation(ProjectPage)
    english.title = world.page(ProjectPage).title
    with pytest.raises(PublishingRuleError):
        english.save()


def test_wagtail_localizes_own_save_does_not_write_japanese_into_the_live_row(world):
    """``save_target(publish=False)`` writes the live row before it makes the draft."""
    record = world.record(ProjectPage)
    before = words_of(world.translation(ProjectPage))
    StringTranslation.objects.filter(context__object_id=record.source.object_id).delete()
    with pytest.raises(PublishingRuleError):
        record.save_target(publish=False)
    assert words_of(world.translation(ProjectPage)) == before


def test_wagtail_localizes_own_publishing(world, django_capture_on_commit_callbacks):
    record = world.record(ProjectPage)
    before = words_of(world.translation(ProjectPage))
    StringTranslation.objects.filter(context__object_id=record.source.object_id).delete()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(PublishingRuleError):
        record.save_target(publish=True)
    assert words_of(world.translation(ProjectPage)) == before


def test_an_old_version_in_japanese_cannot_be_brought_back(world, draft):
    """The first revision of a translation is Japanese; "revert" must not publish it."""
    first = draft.get_target_instance().get_latest_revision()
    enter_words(draft)
    publish_translation(draft)
    assert is_live(draft)
    with pytest.raises(PublishingRuleError):
        first.publish()
    assert not has_japanese(draft.get_target_instance().title)


def test_no_alias_is_made_across_languages(world):
    parent = make_page(StandardPage, slug="only-japanese")
    child = make_page(StandardPage, parent=parent, slug="child-of-only-japanese")
    count = Page.objects.count()
    with pytest.raises(CrossLocaleAliasError):
        child.copy_for_translation(english_locale(), copy_parents=True)
    with pytest.raises(CrossLocaleAliasError):
        parent.copy_for_translation(english_locale(), alias=True)
    with pytest.raises(CrossLocaleAliasError):
        parent.create_alias(
            parent=world.english_home, update_slug="alias", update_locale=english_locale()
        )
    assert Page.objects.count() == count


def test_an_alias_in_the_same_language_is_still_possible(world):
    page = world.page(StandardPage)
    alias = page.create_alias(parent=page.get_parent(), update_slug="alias")
    assert alias.alias_of_id == page.pk


def test_submitting_below_an_untranslated_parent_says_so(world, admin_client):
    parent = make_page(StandardPage, slug="only-japanese", title="訳のない親")
    child = make_page(StandardPage, parent=parent, slug="child")
    count = Page.objects.count()
    answer = admin_client.post(submit_url(child), {"locales": [english_locale().pk]})
    assert answer.status_code == 200
    assert "訳のない親" in text_of(answer)
    assert Page.objects.count() == count
    assert not Translation.objects.filter(source__object_id=child.translation_key).exists()


def test_a_submitted_subtree_leaves_live_translations_alone(
    world, admin_client, settings, django_capture_on_commit_callbacks
):
    """wagtail-localize's own walk starts them anew, over what people wrote."""
    parent = make_page(StandardPage, slug="parent")
    child = make_page(StandardPage, parent=parent, slug="child")
    for page in (parent, child):
        translate(fresh(page))
    changed = fresh(child)
    changed.summary = "新しい要約"
    publish(changed)
    # The child's English is written by hand by now.
    stopped = Translation.objects.get(source__object_id=child.translation_key)
    stop_translating(stopped)
    english_child = fresh(child).get_translation(english_locale()).specific
    english_child.summary = "Written by hand"
    publish(english_child)
    english_child = fresh(english_child)
    before = words_of(english_child)
    # A further language, so that the form takes the parent once more, with both asked for.
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    french = Locale.objects.create(language_code="fr")
    translate(fresh(world.site.home), "fr")
    Page.objects.filter(pk=fresh(parent).get_translation(english_locale()).pk).update(
        alias_of=parent.pk  # the form offers a language again where it finds an alias
    )
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(
            submit_url(parent),
            {"locales": [english_locale().pk, french.pk], "include_subtree": "on"},
        )
    assert answer.status_code == 302
    assert words_of(fresh(english_child)) == before
    stopped.refresh_from_db()
    assert not stopped.enabled
    assert fresh(child).has_translation(french)


def test_a_translation_of_a_withdrawn_page_cannot_be_published(world):
    record = world.record(ProjectPage)
    world.page(ProjectPage).unpublish()
    with pytest.raises(PublishingRuleError):
        publish_translation(record)
    stop_translating(record)
    with pytest.raises(PublishingRuleError):
        publish(world.translation(ProjectPage))
    assert not world.translation(ProjectPage).live


def test_a_translation_of_a_page_that_was_never_public_cannot_be_published(world):
    page = ProjectPageFactory(parent=world.site.projects, slug="never", live=False)
    page.save_revision()
    record = start_translation(page)
    enter_words(record)
    with pytest.raises(PublishingRuleError):
        publish_translation(record)


def test_publishing_again_after_the_source_came_back(world):
    record = world.record(ProjectPage)
    world.page(ProjectPage).unpublish()
    publish(world.page(ProjectPage))
    publish_translation(record)
    assert world.translation(ProjectPage).live


# Snippets


@pytest.mark.parametrize("model", SNIPPETS, ids=label)
def test_a_snippets_translation_counts_when_every_word_is_translated(world, model):
    record = start_translation(factory_of(model)())
    assert not record.get_target_instance().words_ready
    enter_words(record)
    record.save_target()
    assert record.get_target_instance().words_ready


@pytest.mark.parametrize("model", SNIPPETS, ids=label)
def test_publishing_an_unfinished_snippet_in_the_translators_editor(world, model, admin_client):
    record = start_translation(factory_of(model)())
    enter_words(record)
    StringTranslation.objects.filter(context__object_id=record.source.object_id).first().delete()
    english = record.get_target_instance()
    url = reverse(
        f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:edit", args=[english.pk]
    )
    assert admin_client.post(url, {"action": "publish"}).status_code == 302
    assert not record.get_target_instance().words_ready


def test_publishing_an_unfinished_snippet_leaves_what_is_public(world, admin_client):
    """wagtail-localize's editor would fill it with Japanese, and readers would lose all of it."""
    division = DivisionFactory(name="見本課")
    record = start_translation(division)
    enter_words(record, {"見本課": "Sample Division"})
    record.save_target()
    division.name = "見本新課"
    division.save()
    url = reverse("wagtailsnippets_pages_division:edit", args=[record.get_target_instance().pk])
    answer = admin_client.post(url, {"action": "publish"})
    assert "見本新課" in messages_of(admin_client, answer)
    english = record.get_target_instance()
    assert (english.name, english.words_ready) == ("Sample Division", True)
    enter_words(record, {"見本新課": "New Sample Division"})
    admin_client.post(url, {"action": "publish"})
    assert record.get_target_instance().name == "New Sample Division"


def test_until_then_readers_get_the_japanese_row_marked(world, rf):
    division = DivisionFactory(name="見本課")
    record = start_translation(division)
    english_page = world.translation(ProjectPage)
    english_page.division = division
    with translation.override("en"):
        shown = Furniture(english_page, rf.get("/en/")).division
        assert shown["words"].name == "見本課"
        assert shown["lang"] == "ja"
        enter_words(record, {"見本課": "Sample Division"})
        record.save_target()
        shown = Furniture(english_page, rf.get("/en/")).division
        assert shown["words"].name == "Sample Division"
        assert shown["lang"] == ""
        assert shown["facts"].pk == division.pk


def test_the_filters_of_projects_show_unfinished_snippets_in_japanese(world, rf):
    division, pillar = DivisionFactory(name="見本課"), PillarFactory(short_name="見本の柱")
    for row in (division, pillar):
        start_translation(row)
    with translation.override("en"):
        listing = ProjectListing(rf.get("/en/projects/"))
        words = {row.pk: row.words for row in listing.divisions}
        assert words[division.pk].locale.language_code == "ja"
        shown = {row.key: row for row in listing.pillars}
        assert shown[pillar.key].locale.language_code == "ja"


def test_the_default_division_is_shown_in_english_when_it_is_ready(world, rf):
    division = DivisionFactory(name="見本課")
    record = start_translation(division)
    enter_words(record, {"見本課": "Sample Division"})
    record.save_target()
    identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
    identity.default_division = division
    identity.save()
    english = world.translation(ProjectPage)
    english.division = None
    with translation.override("en"):
        assert Furniture(english, rf.get("/en/")).division["words"].name == "Sample Division"


def test_the_editor_offers_no_alias(world, admin_client):
    """The button of wagtail-localize that would turn a translation into an alias is gone."""
    stop_translating(world.record(ProjectPage))
    answer = admin_client.get(edit_url(world.translation(ProjectPage)))
    assert "localize-convert-to-alias" not in text_of(answer)
    assert "localize-restart-translation" in text_of(answer)
