"""The changed sentences: shown beside their old translation, entered, ready, reviewed, public."""

from __future__ import annotations

import datetime
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.test.utils.form_data import querydict_from_html
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from home import roles
from kiyose.pages.factories import DivisionFactory
from kiyose.translation import reviews
from kiyose.translation.desk.differences import ADDED, REMOVED, SAME, Part, compared
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.state import State, state_of
from projects.models import ProjectPage
from tests.editor import edit_url, messages_of, text_of
from tests.staff import client_of, employ
from tests.world import fresh, make_page, publish

pytestmark = pytest.mark.django_db

OLD, NEW = "市民が森を守ります。", "市民と学生が森を守ります。"
ENGLISH = "Citizens protect the woods."
LINKED = '<p>森の話です。</p><p><a href="https://example.jp/">くわしく</a></p>'
BODY = [{"type": "paragraph", "value": LINKED, "id": "b0000000-0000-4000-8000-000000000001"}]


class Case:
    """A page whose Japanese has changed in one sentence since it was translated."""

    def __init__(self, world):
        employ()
        self.page = make_page(ProjectPage, slug="woods", title="森の計画", summary=OLD, body=BODY)
        translate(self.page, words={OLD: ENGLISH, "森の計画": "A plan for the woods"})
        self.change(summary=NEW)

    @property
    def record(self) -> Translation:
        return Translation.objects.get(source__object_id=self.page.translation_key)

    @property
    def english(self):
        return self.record.get_target_instance()

    @property
    def url(self) -> str:
        return reverse("translation_desk:changes", args=[self.record.pk])

    def change(self, **words):
        page = fresh(self.page)
        for name, value in words.items():
            setattr(page, name, value)
        publish(page)

    def stored(self, source: str) -> StringTranslation | None:
        return StringTranslation.objects.filter(
            context__object_id=self.page.translation_key, translation_of__data=source
        ).first()


@pytest.fixture(scope="module")
def case(world):
    return Case(world)


def opened(client, case):
    """The page of the changes and what its form would send."""
    with translation.override("ja"):
        answer = client.get(case.url)
    assert answer.status_code == 200
    return answer, querydict_from_html(answer.content.decode(), form_index=_form_index(answer))


def _form_index(answer) -> int:
    from bs4 import BeautifulSoup

    forms = BeautifulSoup(answer.content, "html.parser").find_all("form")
    return next(at for at, form in enumerate(forms) if form.has_attr("data-edit-form"))


def field_of(data) -> str:
    """The name of the one field for a sentence."""
    (name,) = [name for name in data if name.endswith("-text") and not name.startswith("initial")]
    return name


def send(client, case, text: str, action: str = "save", **more):
    _answer, data = opened(client, case)
    data = data.dict() | {field_of(data): text, "action": action} | more
    with translation.override("ja"):
        return client.post(case.url, data)


# What is shown


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        (
            "森を守ります。",
            "川を守ります。",
            [Part(REMOVED, "森を"), Part(SAME, "守ります。")],
            [Part(ADDED, "川を"), Part(SAME, "守ります。")],
        ),
        (
            "Two woods &amp; a river",
            "Three woods &amp; a river",
            [Part(REMOVED, "Two"), Part(SAME, " woods & a river")],
            [Part(ADDED, "Three"), Part(SAME, " woods & a river")],
        ),
        (
            "",
            "<b>新</b>",
            [],
            [Part(ADDED, "<b>", True), Part(ADDED, "新"), Part(ADDED, "</b>", True)],
        ),
        ("a<br/>b", "a<br/>b", [Part(SAME, "a\nb")], [Part(SAME, "a\nb")]),
        ("1 < 2", "1 < 2", [Part(SAME, "1 < 2")], [Part(SAME, "1 < 2")]),
    ],
)
def test_differences(old, new, before, after):
    assert compared(old, new) == (before, after)


def test_exactly_the_changed_sentence_is_shown_with_its_old_translation(case):
    answer, data = opened(client_of("translator"), case)
    sentences = answer.context["sentences"]
    (sentence,) = sentences.to_translate
    assert (sentence.change.old_source, sentence.change.new_source) == (OLD, NEW)
    assert sentence.change.old_translation == ENGLISH
    assert data[field_of(data)].strip() == ""
    text = text_of(answer)
    assert '<del><span class="w-sr-only">削除： </span>' in text
    assert '<ins><span class="w-sr-only">追加： </span>' in text
    assert ENGLISH in text
    # Words that nobody changed are not there.
    assert "A plan for the woods" not in text.partition("<form")[2]


def test_markup_of_a_source_is_shown_and_not_executed(case):
    case.change(summary='<script>alert("x")</script>を見る。')
    answer, _data = opened(client_of("translator"), case)
    assert "<script>alert" not in answer.content.decode()


def test_gone_sentences_and_links_are_told(case):
    body = [dict(BODY[0], value='<p><a href="https://example.jp/new/">くわしく</a></p>')]
    case.change(summary=OLD, body=body)
    answer, _data = opened(client_of("translator"), case)
    sentences = answer.context["sentences"]
    gone = [sentence.change.old_source for sentence in sentences.gone]
    assert len(gone) == 1
    assert "森の話です。" in gone[0]
    links = {s.change.old_source or s.change.new_source for s in sentences.links}
    assert links == {"https://example.jp/", "https://example.jp/new/"}


# What is entered


def test_it_is_saved_as_a_persons_words_and_published(case):
    client = client_of("translator")
    text = "Citizens & students protect the woods."
    answer = send(client, case, text, "publish")
    assert answer.status_code == 302
    stored = case.stored(NEW)
    assert (stored.translation_type, stored.last_translated_by.username) == ("manual", "translator")
    assert case.english.summary == text
    assert case.english.live
    assert not case.record.status.is_outdated
    answer, _data = opened(client, case)
    assert answer.context["sentences"].number == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<div>Citizens</div>", "div"),
        ('<b onclick="x()">Citizens</b>', "id"),
        ('<a id="a9">Citizens</a>', "a9"),
        ("<script>alert(1)</script>", "script"),
        ("a <![ b", "HTML"),
        ("<![x]", "HTML"),
        ("<b>" * 2000, "HTML"),
    ],
)
def test_what_cannot_be_saved_comes_back_with_the_reason_beside_it(case, text, reason):
    answer = send(client_of("translator"), case, text)
    assert answer.status_code == 422
    form = answer.context["sentences"].to_translate[0].form
    assert reason in form.errors["text"][0]
    assert form["text"].value() == text
    assert case.stored(NEW) is None


def test_a_title_that_no_field_holds(case):
    case.change(summary=OLD, title="森の新しい計画")
    answer = send(client_of("translator"), case, "W" * 300)
    assert answer.status_code == 422
    assert "300" in text_of(answer)
    assert case.stored("森の新しい計画") is None


def test_one_wrong_entry_saves_nothing_and_loses_nothing(case):
    case.change(title="森の新しい計画")
    client = client_of("translator")
    _answer, data = opened(client, case)
    names = [name for name in data if name.endswith("-text") and not name.startswith("initial")]
    assert len(names) == 2
    typed = dict(zip(names, ["A new plan", "<div>wrong</div>"], strict=True))
    with translation.override("ja"):
        answer = client.post(case.url, data.dict() | typed | {"action": "publish"})
    assert answer.status_code == 422
    assert {s.form["text"].value() for s in answer.context["sentences"].to_translate} == set(
        typed.values()
    )
    assert not StringTranslation.objects.filter(data="A new plan").exists()


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(case):
    client = client_of("translator")
    _answer, data = opened(client, case)
    send(client_of("pr"), case, "PR was here first.")
    name = field_of(data)
    with translation.override("ja"):
        answer = client.post(case.url, data.dict() | {name: "Mine.", "action": "save"})
    assert answer.status_code == 422
    assert "PR was here first." in text_of(answer)
    assert case.stored(NEW).data == "PR was here first."
    # Pressed again, it is meant.
    again = querydict_from_html(answer.content.decode(), form_index=_form_index(answer))
    client.post(case.url, again.dict() | {"action": "save"})
    assert case.stored(NEW).data == "Mine."


def test_an_untouched_field_leaves_what_others_save_meanwhile(case):
    client = client_of("translator")
    _answer, data = opened(client, case)
    send(client_of("pr"), case, "PR was here.")
    client.post(case.url, data.dict() | {"action": "save"})
    assert case.stored(NEW).data == "PR was here."


def test_a_text_whose_sentence_is_gone_is_given_back(case):
    client = client_of("translator")
    _answer, data = opened(client, case)
    case.change(summary="また変わりました。")
    typed = data.dict() | {field_of(data): "Citizens and students.", "action": "publish"}
    with translation.override("ja"):
        answer = client.post(case.url, typed)
    assert answer.status_code == 409
    assert "Citizens and students." in text_of(answer)
    assert case.english.summary == ENGLISH  # nothing was published


def test_an_emptied_field_takes_the_translation_back(case):
    client = client_of("translator")
    send(client, case, "Something.")
    assert send(client, case, "").status_code == 302
    assert case.stored(NEW) is None


def test_a_text_that_no_parser_reads_is_still_shown(case):
    send(client_of("translator"), case, "Something.")
    StringTranslation.objects.filter(pk=case.stored(NEW).pk).update(data="<![x]", has_error=True)
    answer, data = opened(client_of("translator"), case)
    assert data[field_of(data)].strip() == "<![x]"
    assert "文でもタグでもないHTML" in text_of(answer)


def test_what_is_called_ready_is_so_until_its_words_change(case):
    send(client_of("translator"), case, "Citizens.", "ready")
    assert send(client_of("translator"), case, "Citizens.").status_code == 302
    assert state_of(case.record) == State.READY  # nothing was changed
    send(client_of("translator"), case, "Other citizens.")
    assert state_of(case.record) != State.READY


def test_a_machines_words_become_a_persons_when_they_are_checked(case):
    client = client_of("translator")
    send(client, case, "Machine words.")
    StringTranslation.objects.filter(pk=case.stored(NEW).pk).update(translation_type="machine")
    answer, data = opened(client, case)
    assert "機械翻訳・未確認" in text_of(answer)
    client.post(case.url, data.dict() | {"action": "save"})
    assert case.stored(NEW).translation_type == "machine"
    box = field_of(data).replace("-text", "-checked")
    client.post(case.url, data.dict() | {box: "on", "action": "save"})
    assert (case.stored(NEW).translation_type, case.stored(NEW).data) == (
        "manual",
        "Machine words.",
    )


def test_publishing_says_what_is_missing(case):
    client = client_of("translator")
    answer = send(client, case, "", "publish")
    with translation.override("ja"):
        assert "学生" in messages_of(client, answer)
    assert case.english.summary == ENGLISH


def test_a_translation_written_by_hand_has_no_fields(case):
    Translation.objects.filter(pk=case.record.pk).update(enabled=False)
    client = client_of("translator")
    answer, data = opened(client, case)
    assert "直接書かれて" in text_of(answer)
    assert not [name for name in data if name.endswith("-text")]
    answer = client.post(case.url, {"action": "publish"})
    assert answer.status_code == 409
    assert case.english.summary == ENGLISH


def test_stopped_while_the_form_is_open_it_gives_back_what_was_typed(case):
    client = client_of("translator")
    _answer, data = opened(client, case)
    Translation.objects.filter(pk=case.record.pk).update(enabled=False)
    answer = client.post(case.url, data.dict() | {field_of(data): "Typed.", "action": "save"})
    assert answer.status_code == 409
    assert answer.context["orphans"] == ["Typed."]
    assert "Typed." in text_of(answer)
    assert case.stored(NEW) is None


# Ready, reviewed


def test_ready_tells_the_reviewers_and_nobody_else(case, django_capture_on_commit_callbacks):
    for account in ("translator", "pr", "mirai", "department", "admin"):
        get_user_model().objects.filter(username=account).update(email=f"{account}@example.jp")
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client_of("translator"), case, "Citizens.", "ready")
    assert answer.status_code == 302
    assert state_of(case.record) == State.READY
    assert {to for message in mail.outbox for to in message.to} == {
        "pr@example.jp",
        "mirai@example.jp",
        "admin@example.jp",
    }
    assert case.url in mail.outbox[0].body


def test_ready_is_refused_while_a_string_is_missing(case):
    client = client_of("translator")
    answer = send(client, case, "", "ready")
    assert state_of(case.record) == State.OUTDATED
    with translation.override("ja"):
        assert "学生" in messages_of(client, answer)


def confirm(client, case, **changed):
    url = reverse("translation_desk:confirm", args=[case.record.pk])
    form = {
        "reviewer_name": "見本 花子",
        "division": DivisionFactory(name="見本課").pk,
        "reviewed_at": timezone.localdate().isoformat(),
        "publish": "on",
        "words": reviews.working_digest(case.record),
    }
    with translation.override("ja"):
        return client.post(url, form | changed)


def test_a_review_is_entered_and_published(case):
    send(client_of("translator"), case, "Citizens.", "ready")
    day = timezone.localdate() - datetime.timedelta(days=3)
    answer = confirm(client_of("pr"), case, reviewed_at=day.isoformat())
    assert answer.status_code == 302
    status = case.record.status
    assert (status.reviewer_name, status.reviewing_division.name) == ("見本 花子", "見本課")
    assert timezone.localdate(status.reviewed_at) == day
    assert status.reviewed_by.username == "pr"
    assert status.is_reviewed
    assert case.english.summary == "Citizens."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reviewer_name", "  "),
        ("division", ""),
        ("reviewed_at", "2999-01-01"),
        ("reviewed_at", "きのう"),
    ],
)
def test_a_wrong_review_comes_back_filled_in(case, field, value):
    send(client_of("translator"), case, "Citizens.")
    answer = confirm(client_of("pr"), case, **{field: value})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert case.record.status.reviewed_at is None


def test_words_changed_since_the_page_was_opened_are_read_again(case):
    send(client_of("translator"), case, "Citizens.")
    StringTranslation.objects.filter(pk=case.stored(NEW).pk).update(translation_type="machine")
    url = reverse("translation_desk:confirm", args=[case.record.pk])
    read = client_of("pr").get(url).context["form"]["words"].value()
    StringTranslation.objects.filter(pk=case.stored(NEW).pk).update(data="Nobody has read it.")
    for words in (read, ""):
        answer = confirm(client_of("pr"), case, words=words)
        assert answer.status_code == 200
        form = answer.context["form"]
        assert form.non_field_errors()
        assert case.record.status.reviewed_at is None
        assert case.stored(NEW).translation_type == "machine"
        assert case.english.summary == ENGLISH
    again = confirm(client_of("pr"), case, words=form["words"].value())
    assert again.status_code == 302
    assert case.english.summary == "Nobody has read it."


def test_a_review_and_its_publication_together_or_neither(case):
    """Words that no field holds: typed in an older version, say."""
    send(client_of("translator"), case, "Citizens.")
    title = case.stored("森の計画")
    StringTranslation.objects.filter(pk=title.pk).update(data="W" * 300)
    answer = confirm(client_of("pr"), case)
    assert answer.status_code == 200
    assert "300" in " ".join(answer.context["form"].non_field_errors())
    assert case.record.status.reviewed_at is None
    assert case.english.summary == ENGLISH
    # The buttons that publish say the same.
    client = client_of("pr")
    for url in (case.url, edit_url(case.english)):
        with translation.override("ja"):
            assert "300" in messages_of(client, client.post(url, {"action": "publish"}))
    assert case.english.summary == ENGLISH


def test_what_is_missing_cannot_be_reviewed(case):
    answer = confirm(client_of("pr"), case)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert answer.context["form"]["reviewer_name"].value() == "見本 花子"


def test_easy_japanese_is_published_by_its_review(world, case):
    record = start_translation(fresh(world.site.home), "ja-easy")
    roles.apply()  # to the tree that has just begun
    enter_words(record)
    url = reverse("translation_desk:changes", args=[record.pk])
    client = client_of("pr")
    client.post(url, {"action": "publish"})
    assert not record.get_target_instance().live
    with translation.override("ja"):
        assert "先に確認を記録" in text_of(client.get(url))
    client.post(
        reverse("translation_desk:confirm", args=[record.pk]),
        {
            "reviewer_name": "見本 花子",
            "division": DivisionFactory().pk,
            "reviewed_at": timezone.localdate().isoformat(),
            "publish": "on",
            "words": reviews.working_digest(record),
        },
    )
    assert record.get_target_instance().live


def test_a_snippet_has_the_same(case):
    division = DivisionFactory(name="見本課")
    record = start_translation(division)
    url = reverse("translation_desk:changes", args=[record.pk])
    client = client_of("pr")
    with translation.override("ja"):
        answer = client.post(url, {"action": "publish"})
        assert "見本課" in messages_of(client, answer)
    assert not record.get_target_instance().words_ready
    enter_words(record, {"見本課": "Sample Division"})
    client.post(url, {"action": "publish"})
    assert record.get_target_instance().name == "Sample Division"
    assert record.get_target_instance().words_ready


# In wagtail-localize's own editor


def test_the_bar_above_the_editor(case):
    def links(record, user):
        return [Button(f"見本の操作 {user} {record.pk}", "/admin/sample/", priority=50)]

    with hooks.register_temporarily("translation_action", links), translation.override("ja"):
        text = text_of(client_of("translator").get(edit_url(case.english)))
    assert "元のページに1件の変更があります" in text
    assert f'href="{case.url}"' in text
    assert reverse("translation_desk:ready", args=[case.record.pk]) in text
    assert f"見本の操作 translator {case.record.pk}" in text
    assert "js-translation-editor" in text


LINK_TARGETS = [
    ("https://example.jp/en/", True),
    ("../certified/", True),
    ("mailto:a@example.jp", True),
    ("javascript:alert(1)", False),
    ("java\tscript:alert(1)", False),
    ("data:text/html,x", False),
]


@pytest.mark.parametrize(("address", "accepted"), LINK_TARGETS)
def test_a_link_leads_to_no_script(case, address, accepted):
    segment = OverridableSegment.objects.get(source=case.record.source)
    url = reverse("wagtail_localize:edit_override", args=[case.record.pk, segment.pk])
    answer = client_of("translator").put(
        url, f"value={address}", content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code < 300) is accepted
    assert SegmentOverride.objects.exists() is accepted


def put_string(case, path: str, value: str):
    segment = StringSegment.objects.get(source=case.record.source, context__path=path)
    url = reverse("wagtail_localize:edit_string_translation", args=[case.record.pk, segment.pk])
    body = urlencode({"value": value})
    return client_of("translator").put(url, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("value", ["W" * 300, "a<br>b", "<![x]", "a <![ b", "<b>" * 2000])
def test_a_title_that_cannot_stand_in_its_field_is_refused(case, value):
    answer = put_string(case, "title", value)
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert case.stored("森の計画").data == "A plan for the woods"
    assert case.english.draft_title == "A plan for the woods"


def test_the_explorer_calls_a_draft_by_its_title_as_text(case):
    assert put_string(case, "title", "Woods & <b>rivers</b>").status_code == 200
    assert case.english.draft_title == "Woods & rivers"


@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_string_changed_in_the_editor_is_not_ready_any_more(case, method):
    send(client_of("translator"), case, "Citizens.", "ready")
    segment = StringSegment.objects.get(source=case.record.source, context__path="summary")
    url = reverse("wagtail_localize:edit_string_translation", args=[case.record.pk, segment.pk])
    getattr(client_of("translator"), method)(
        url, "value=Other", content_type="application/x-www-form-urlencoded"
    )
    assert not case.record.status.is_ready


def test_a_link_changed_in_the_editor_is_not_ready_any_more(case):
    send(client_of("translator"), case, "Citizens.", "ready")
    segment = OverridableSegment.objects.get(source=case.record.source)
    url = reverse("wagtail_localize:edit_override", args=[case.record.pk, segment.pk])
    client_of("translator").put(
        url, "value=https://example.jp/en/", content_type="application/x-www-form-urlencoded"
    )
    assert not case.record.status.is_ready


@pytest.mark.parametrize("name", ["edit_string_translation", "edit_override"])
def test_a_request_without_a_value_is_refused(case, name):
    model = StringSegment if "string" in name else OverridableSegment
    segment = model.objects.filter(source=case.record.source).first()
    url = reverse(f"wagtail_localize:{name}", args=[case.record.pk, segment.pk])
    before = [list(rows.objects.values()) for rows in (StringTranslation, SegmentOverride)]
    answer = client_of("translator").put(
        url, "x=1", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    assert before == [list(rows.objects.values()) for rows in (StringTranslation, SegmentOverride)]
