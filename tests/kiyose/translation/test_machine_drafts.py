"""Machine drafts: asked of whom, marked as what, and what becomes of a service that fails,
hangs or answers nonsense."""

from __future__ import annotations

import pytest
import requests
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue

from events.models import EventPage
from home import roles
from home.models import ArticlePage, StandardPage
from kiyose.pages.factories import DivisionFactory
from kiyose.translation import reviews
from kiyose.translation.factories import start_translation
from kiyose.translation.jobs import hooks as jobs_hooks
from kiyose.translation.jobs import problems, queue
from kiyose.translation.jobs.working import MOST_MISSES, work
from kiyose.translation.machine import drafting, guarded
from kiyose.translation.machine.answers import Fault
from kiyose.translation.machine.guarded import MachineError
from kiyose.translation.machine.people import Reason
from kiyose.translation.models import TranslationJob, TranslationStatus
from kiyose.translation.publishing import publish_translation
from kiyose.translation.state import State, state_of
from projects.models import ProjectPage
from tests.editor import edit_url, messages_of, text_of
from tests.kiyose.translation.machines import GUARDED, Fake, Hanging, english, setting
from tests.page_types import PAGE_TYPES, label
from tests.world import fresh, make_page

pytestmark = pytest.mark.django_db

Kind, JobState = TranslationJob.Kind, TranslationJob.State


@pytest.fixture
def service(settings):
    """``service("Failing")`` switches machine drafts on, with one of the fakes."""

    def use(name: str):
        settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = setting(name)
        return get_machine_translator()

    Fake.asked, Fake.calls = [], 0
    yield use
    Hanging.released.set()
    for thread in list(guarded._hanging):
        thread.join()
    Hanging.released.clear()


@pytest.fixture(scope="module")
def users(world):
    roles.apply()
    accounts = get_user_model().objects
    found = {"root": accounts.create_superuser("root", "", "x")}
    for role in roles.ROLES:
        found[role.account] = accounts.create_user(role.account, "", "x")
        found[role.account].groups.add(Group.objects.get(name=role.group))
    return found


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def page(world):
    """A page of which nothing is translated yet, with words of several kinds."""
    return make_page(
        ProjectPage,
        slug="to-draft",
        title="けやき通りの緑",
        summary="みんなで木を育てます。",
        why="十一月三日に植えます。",
        picture_alt="木を植える人たち",
    )


@pytest.fixture
def record(page):
    return start_translation(page)


def strings_of(record) -> dict[str, StringTranslation]:
    """The translations of a record by their field."""
    rows = StringTranslation.objects.filter(
        context__object_id=record.source.object_id, locale=record.target_locale
    )
    return {row.context.path: row for row in rows.select_related("context")}


def press(client, record):
    return client.post(reverse("wagtail_localize:machine_translate", args=[record.pk]))


# A draft


def test_a_draft_is_a_machines_until_a_person_confirms(record, users, service):
    service("Working")
    target = record.get_target_instance()
    before = (target.title, target.latest_revision_id)
    made = drafting.draft(record, users["pr"])
    assert made.left == [(Reason.DATE, "十一月三日に植えます。")]
    rows = strings_of(record)
    assert set(rows) == {"title", "summary", "picture_alt"}
    assert made.taken == 3
    for row in rows.values():
        assert row.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE
        assert (row.tool_name, row.has_error, row.last_translated_by) == (
            "Fake",
            False,
            users["pr"],
        )
    assert state_of(record) == State.MACHINE
    target = record.get_target_instance()
    assert (target.title, target.latest_revision_id, target.live) == (*before, False)
    assert "十一月三日に植えます。" not in Fake.asked, "what is left to people is not even sent"

    # What a person saves is the person's.
    client = client_of(users["translator"])
    segment = StringSegment.objects.get(source=record.source, context__path="title")
    save = reverse("wagtail_localize:edit_string_translation", args=[record.pk, segment.pk])
    client.put(save, "value=Green+avenue", content_type="application/x-www-form-urlencoded")
    title = strings_of(record)["title"]
    manual = StringTranslation.TRANSLATION_TYPE_MANUAL
    assert (title.data, title.translation_type, title.tool_name) == ("Green avenue", manual, "")
    editor = text_of(client.get(edit_url(target)))
    assert "機械翻訳（未確認）" in editor


def test_a_draft_takes_back_that_it_is_ready(record, users, service):
    service("Working")
    # Said before the machine was asked; a source published meanwhile would do the same.
    TranslationStatus.objects.filter(translation=record).update(ready_at=timezone.now())
    assert drafting.draft(record, users["pr"]).taken
    assert not TranslationStatus.objects.get(translation=record).is_ready


def test_a_draft_that_is_published_says_so_until_it_is_confirmed(record, users, service):
    service("Working")
    drafting.draft(record, users["pr"])
    segment = StringSegment.objects.get(source=record.source, context__path="why")
    StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=record.target_locale,
        data="Planting",
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
    )
    publish_translation(record)
    record.status.refresh_from_db()
    assert record.status.is_machine
    reviews.confirm(record, users["pr"], "Sample Reviewer", DivisionFactory())
    record.status.refresh_from_db()
    assert not record.status.is_machine
    assert state_of(record) == State.CURRENT
    kinds = {row.translation_type for row in strings_of(record).values()}
    assert kinds == {StringTranslation.TRANSLATION_TYPE_MANUAL}


def test_words_of_people_stay_also_those_entered_meanwhile(record, users, service, monkeypatch):
    translator = service("Working")
    segments = {row.context.path: row for row in drafting.missing_segments(record)}

    def enter(path, data, **more):
        StringTranslation.objects.create(
            translation_of=segments[path].string,
            context=segments[path].context,
            locale=record.target_locale,
            data=data,
            **more,
        )

    enter("title", "By a person", translation_type="manual")
    enter("picture_alt", "<b>broken", translation_type="manual", has_error=True)
    answers = type(translator).answers

    def slow(self, *args):
        enter("summary", "Meanwhile", translation_type="manual")
        return answers(self, *args)

    monkeypatch.setattr(type(translator), "answers", slow)
    drafting.draft(record, users["pr"])
    rows = strings_of(record)
    assert {path: row.data for path, row in rows.items()} == {
        "title": "By a person",
        "picture_alt": "<b>broken",
        "summary": "Meanwhile",
    }


def test_twice_asks_for_nothing_more(record, users, service):
    service("Working")
    drafting.draft(record, users["pr"])
    calls = Fake.calls
    again = drafting.draft(record, users["pr"])
    assert (again.taken, again.left) == (0, [(Reason.DATE, "十一月三日に植えます。")])
    assert Fake.calls == calls


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_no_declared_field_of_any_type_is_sent(world, users, service, model):
    service("Working")
    page = world.page(model)
    for name in model.never_by_machine:
        setattr(page, name, "けやき")
    page.save()
    StringTranslation.objects.filter(context__object_id=page.translation_key).delete()
    record = world.record(model)
    record.source.update_from_db()
    if drafting.refusal(record):
        assert page.is_announcement
        return
    made = drafting.draft(record, users["pr"])
    fields = [text for reason, text in made.left if reason == Reason.FIELD]
    assert fields == ["けやき"] * len(model.never_by_machine)
    assert "けやき" not in Fake.asked


# Who is not asked at all


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_parent(page):
    restrict(page.get_parent())


def withdraw(page):
    page.unpublish()


def write_by_hand(page):
    Translation.objects.filter(source__object_id=page.translation_key).update(enabled=False)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (restrict, drafting.NOT_PUBLIC),
        (restrict_parent, drafting.NOT_PUBLIC),
        (withdraw, drafting.NOT_PUBLIC),
        (write_by_hand, drafting.BY_HAND),
    ],
)
def test_what_is_not_public_stays_in_the_house(record, users, service, page, change, code):
    service("Working")
    change(fresh(page))
    job = queue.put(Kind.DRAFT, users["root"], page, record.target_locale)
    work(job.pk)
    assert list(job.problems.values_list("code", flat=True)) == [code]
    assert not Fake.asked
    assert not strings_of(record)


def test_notices_are_left_to_people(world, users, service):
    service("Working")
    english = Locale.objects.get(language_code="en")
    for kind, code in ((ArticlePage.Kind.NOTICE, [drafting.ANNOUNCEMENT]), ("report", [])):
        article = make_page(ArticlePage, slug=f"article-{kind}", title="緑のまち", summary="")
        article.kind = kind
        article.save()
        job = queue.put(Kind.DRAFT, users["root"], article, english)
        work(job.pk)
        assert list(job.problems.filter(text="").values_list("code", flat=True)) == code
        assert fresh(article).has_translation(english) == (not code)


def test_easy_japanese_is_never_a_machines(world, users, service):
    translator = service("Working")
    japanese = Locale.objects.get(language_code="ja")
    easy, _created = Locale.objects.get_or_create(language_code="ja-easy")
    assert not translator.can_translate(japanese, easy)
    record = start_translation(fresh(world.site.home), "ja-easy")
    assert press(client_of(users["root"]), record).status_code == 404
    assert drafting.refusal(record) == drafting.NOT_OFFERED


# A service that fails, hangs, answers nonsense


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Failing", MachineError.FAILS),
        ("Silly", MachineError.FAILS),
        ("Hanging", MachineError.HANGS),
    ],
)
def test_without_an_answer_nothing_is_written(record, users, service, name, code, monkeypatch):
    monkeypatch.setattr(guarded, "CALL_SECONDS", 0.01)
    service(name)
    with pytest.raises(MachineError) as error:
        drafting.draft(record, users["pr"])
    assert error.value.code == code
    assert not strings_of(record)
    client = client_of(users["translator"])
    job = queue.put(
        Kind.DRAFT, users["translator"], record.source.get_source_instance(), record.target_locale
    )
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.FAILED, code)
    shown = text_of(client.get(reverse("translation_job", args=[job.pk])))
    assert str(problems.TEXTS[code]) in shown


def test_a_call_that_fails_after_others_takes_those_with_it(record, users, service, monkeypatch):
    """A page has no half of a draft."""
    translator = service("Working")
    monkeypatch.setattr(guarded, "STRINGS_A_CALL", 1)
    inner = type(translator.translator)
    works = inner.translate

    def second_fails(self, source_locale, target_locale, strings):
        if Fake.calls:
            raise ConnectionError
        return works(self, source_locale, target_locale, strings)

    monkeypatch.setattr(inner, "translate", second_fails)
    with pytest.raises(MachineError):
        drafting.draft(record, users["pr"])
    assert Fake.calls == 1
    assert not strings_of(record)


def test_time_is_for_all_calls_together(record, users, service, monkeypatch):
    service("Slow")
    monkeypatch.setattr(guarded, "STRINGS_A_CALL", 1)
    with pytest.raises(MachineError) as error:
        drafting.draft(record, users["pr"], seconds=0.07)
    assert error.value.code == MachineError.HANGS
    assert Fake.calls <= 2
    assert not strings_of(record)


def test_calls_that_hang_do_not_pile_up(record, users, service, monkeypatch):
    monkeypatch.setattr(guarded, "CALL_SECONDS", 0.01)
    service("Hanging")
    for _number in range(guarded.MOST_HANGING + 3):
        with pytest.raises(MachineError):
            drafting.draft(record, users["pr"])
    assert Fake.calls == guarded.MOST_HANGING


def test_nonsense_is_not_taken_and_told_by_string(record, users, service):
    service("Nonsense")
    made = drafting.draft(record, users["pr"])
    assert made.taken == 0
    assert not strings_of(record)
    faults = {text: code for code, text in made.left}
    assert faults["けやき通りの緑"] == Fault.EMPTY
    assert faults["みんなで木を育てます。"] == Fault.TAGS
    assert len(faults) == 4


def test_of_half_nonsense_the_other_half_is_taken(record, users, service):
    service("HalfNonsense")
    made = drafting.draft(record, users["pr"])
    assert made.taken == 2
    assert [code for code, _text in made.left] == [Reason.DATE, Fault.JAPANESE]


class Answer:
    """What ``requests`` gives back, as far as the libraries' classes look at it."""

    def __init__(self, status: int, data):
        self.status_code, self.data = status, data

    def json(self):
        if isinstance(self.data, Exception):
            raise self.data
        return self.data

    def raise_for_status(self):
        if self.status_code >= 400:
            raise requests.HTTPError(str(self.status_code))


DEEPL = {"CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator"}
LIBRE = {"CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator"}
SERVICES = [
    DEEPL | {"OPTIONS": {"AUTH_KEY": "secret-key:fx"}},
    LIBRE | {"OPTIONS": {"LIBRETRANSLATE_URL": "http://127.0.0.1:5000", "API_KEY": "secret-key"}},
]


@pytest.mark.parametrize("options", SERVICES, ids=["DeepL", "LibreTranslate"])
@pytest.mark.parametrize(
    "answer",
    [
        Answer(403, {"message": "Forbidden"}),
        Answer(500, ValueError("no JSON")),
        Answer(200, {"translations": [], "translatedText": []}),
        Answer(200, ["nonsense"]),
        Answer(200, None),
        requests.ConnectionError("secret-key"),
        requests.Timeout(),
    ],
    ids=["403", "500", "too few", "a list", "null", "no connection", "timeout"],
)
def test_the_libraries_own_services(record, users, settings, monkeypatch, caplog, options, answer):
    """Neither looks whether the answer is one; the key stays out of the log."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": GUARDED, "OPTIONS": options}

    def post(*args, **kwargs):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(requests, "post", post)
    with pytest.raises(MachineError) as error:
        drafting.draft(record, users["pr"])
    assert error.value.code == MachineError.FAILS
    assert not strings_of(record)
    assert "gave no usable answer" in caplog.text
    assert "secret-key" not in caplog.text


def test_a_service_of_the_libraries_that_answers(record, users, settings, monkeypatch):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {"CLASS": GUARDED, "OPTIONS": SERVICES[0]}

    def post(url, parameters, **kwargs):
        assert url == "https://api-free.deepl.com/v2/translate"
        return Answer(200, {"translations": [{"text": english(t)} for t in parameters["text"]]})

    monkeypatch.setattr(requests, "post", post)
    assert drafting.draft(record, users["pr"]).taken == 3
    assert {row.tool_name for row in strings_of(record).values()} == {"DeepL"}


def test_wagtail_localizes_own_call_gets_checked_answers_only(world, service):
    """Whoever asks the translator of the setting gets no nonsense and no dates."""
    japanese, english = (Locale.objects.get(language_code=code) for code in ("ja", "en"))
    strings = [StringValue("緑のまち"), StringValue("十一月三日"), StringValue("木と花")]
    assert set(service("Working").translate(japanese, english, strings)) == {
        strings[0],
        strings[2],
    }
    assert service("Nonsense").translate(japanese, english, strings) == {}


def test_a_job_gives_a_dead_service_up(world, users, service, monkeypatch):
    """Three pages without an answer, not a hundred and fifty."""
    service("Failing")
    section = make_page(StandardPage, slug="section")
    for number in range(6):
        make_page(StandardPage, parent=fresh(section), slug=f"child-{number}", title="緑")
    english = Locale.objects.get(language_code="en")
    job = queue.put(Kind.DRAFT, users["root"], fresh(section), english, True)
    while work(job.pk, seconds=0):
        pass
    job.refresh_from_db()
    assert (job.state, job.failure, job.done) == (
        JobState.FAILED,
        MachineError.FAILS,
        MOST_MISSES,
    )


# In the admin


def test_a_tree_is_started_and_drafted(world, users, service):
    service("Working")
    section = make_page(StandardPage, slug="section", title="緑のまち", summary="")
    make_page(StandardPage, parent=fresh(section), slug="child", title="木と花", summary="５００円")
    english = Locale.objects.get(language_code="en")
    job = queue.put(Kind.DRAFT, users["pr"], fresh(section), english, True)
    work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.FINISHED, 2)
    assert job.drafted >= 2
    child = Page.objects.get(slug="child", locale=english)
    assert child.draft_title != "木と花"
    assert not child.live
    assert (Reason.FEE, "５００円") in job.problems.values_list("code", "text")


BUTTON = [("root", 302), ("pr", 302), ("mirai", 302), ("translator", 302), ("department", None)]


@pytest.mark.parametrize(("name", "status"), BUTTON)
def test_the_button_of_the_editor(
    record, users, service, name, status, django_capture_on_commit_callbacks
):
    service("Working")
    client = client_of(users[name])
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(client, record)
    if status is None:
        assert answer.url == reverse("wagtailadmin_home")
        assert not strings_of(record)
    else:
        assert len(strings_of(record)) == 3
        assert TranslationJob.objects.get().user == users[name]


def test_the_button_says_what_is_left(record, users, service, monkeypatch):
    service("Working")
    # As outside of a test, where the job's transaction ends before the answer is given.
    monkeypatch.setattr(queue.transaction, "on_commit", lambda work: work())
    client = client_of(users["translator"])
    url = reverse("wagtail_localize:machine_translate", args=[record.pk])
    answer = client.post(url, {"next": edit_url(record.get_target_instance())})
    said = messages_of(client, answer)
    assert "機械翻訳で3件の下訳を作りました" in said
    assert reverse("translation_job", args=[TranslationJob.objects.get().pk]) in said


def test_a_snippet_is_drafted_at_once(users, service):
    service("Working")
    record = start_translation(DivisionFactory(name="見本の課", opening_hours="朝から夕方まで"))
    assert press(client_of(users["root"]), record).status_code == 302
    assert set(strings_of(record)) == {"name", "department", "floor_and_window"}
    assert not record.get_target_instance().words_ready


FORM = [("root", 200), ("pr", 200), ("translator", 200), ("department", 302), ("duty", 302)]


@pytest.mark.parametrize(("name", "status"), FORM)
def test_who_may_ask_for_drafts(record, page, users, service, name, status):
    service("Working")
    answer = client_of(users[name]).get(reverse("machine_draft", args=[page.pk]))
    assert answer.status_code == status
    if status == 200:
        assert "English" in text_of(answer)
        assert "Fake" in text_of(answer)


@pytest.mark.parametrize(("name", "told"), [("pr", True), ("translator", False)])
def test_the_title_of_a_draft_is_told_to_those_who_may_edit_it(
    record, page, users, service, name, told
):
    service("Working")
    type(page).objects.filter(pk=page.pk).update(draft_title="秘密の新しい題")
    answer = client_of(users[name]).get(reverse("machine_draft", args=[page.pk]))
    assert answer.status_code == 200
    assert ("秘密の新しい題" in text_of(answer)) == told


def test_a_language_that_is_not_offered_is_refused(record, page, users, service):
    service("Working")
    easy, _created = Locale.objects.get_or_create(language_code="ja-easy")
    address = reverse("machine_draft", args=[page.pk])
    for locale in (easy.pk, page.locale_id, 0, "x"):
        answer = client_of(users["pr"]).post(address, {"locale": locale})
        assert answer.status_code == 200
    assert not TranslationJob.objects.exists()


def test_a_translator_drafts_only_what_has_been_started(world, page, users, service):
    service("Working")
    answer = client_of(users["translator"]).get(reverse("machine_draft", args=[page.pk]))
    assert answer.status_code == 302


def buttons(hook, *arguments) -> set[str]:
    return {
        button.url
        for registered in hooks.get_hooks(hook)
        if registered.__module__ == jobs_hooks.__name__
        for button in registered(*arguments)
    }


def test_the_ways_to_a_draft(world, record, page, users, service):
    service("Working")
    client = client_of(users["pr"])
    assert reverse("machine_draft", args=[page.pk]) in text_of(client.get(edit_url(page)))
    address = reverse("machine_draft", args=[page.pk])
    assert buttons("translation_action", record, users["translator"]) == {f"{address}?locale=en"}
    everything = reverse("machine_draft", args=[world.site.home.pk])
    assert buttons("translation_desk_action", record.target_locale, users["translator"]) == {
        reverse("translation_jobs"),
        f"{everything}?locale=en",
    }
    assert buttons("translation_desk_action", record.target_locale, users["department"]) == {
        reverse("translation_jobs")
    }
    record.enabled = False
    assert not buttons("translation_action", record, users["translator"])


def test_switched_off_nothing_offers_it(record, page, users):
    assert get_machine_translator() is None
    assert not buttons("translation_action", record, users["root"])
    assert buttons("translation_desk_action", record.target_locale, users["root"]) == {
        reverse("translation_jobs")
    }
    client = client_of(users["pr"])
    assert press(client, record).status_code == 404
    assert client.get(reverse("machine_draft", args=[page.pk])).status_code == 404
    address = reverse("machine_draft", args=[page.pk])
    assert address not in text_of(client.get(edit_url(page)))


def test_updating_translations_drafts_and_publishes_nothing(
    world, users, service, django_capture_on_commit_callbacks
):
    """“Publish immediately” with “Use machine translation” would let a machine speak to readers
    unread."""
    service("Working")
    record = world.record(ProjectPage)
    changed = world.page(ProjectPage)
    changed.summary = "木と花を育てます"
    changed.save_revision().publish()
    before = world.translation(ProjectPage).summary
    client = client_of(users["pr"])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("wagtail_localize:update_translations", args=[record.source_id]),
            {"publish_translations": "on", "use_machine_translation": "on"},
        )
    assert answer.url == reverse("translation_jobs")
    assert world.translation(ProjectPage).summary == before
    summary = StringTranslation.objects.get(
        context__object_id=record.source.object_id,
        context__path="summary",
        translation_of__data="木と花を育てます",
    )
    assert summary.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE


def test_dates_of_events_are_not_sent_whatever_they_say(world, users, service):
    service("Working")
    record = world.record(EventPage)
    StringTranslation.objects.filter(context__object_id=record.source.object_id).delete()
    event = world.page(EventPage)
    event.dates_note, event.fee_note = "花の咲くころ", "お気持ちで"
    event.save()
    record.source.update_from_db()
    drafting.draft(record, users["pr"])
    assert not {"花の咲くころ", "お気持ちで"} & set(Fake.asked)
