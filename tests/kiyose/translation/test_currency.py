"""Whether a translation still says what its source says."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from kiyose.pages.factories import DivisionFactory
from kiyose.pages.publishing import PublishingRuleError
from kiyose.translation import reviews
from kiyose.translation.currency import changes, words_of
from kiyose.translation.factories import enter_words, start_translation, translate
from kiyose.translation.models import TranslationStatus
from kiyose.translation.publishing import publish_translation
from kiyose.translation.state import State, state_of, with_state
from projects.models import ProjectPage
from tests.page_types import PAGE_TYPES, label
from tests.values import set_another_value
from tests.world import fresh, make_publishable, publish

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": "はじめに", "id": "a0000000-0000-4000-8000-000000000001"},
    {
        "type": "paragraph",
        "value": '<p>一つ目の文です。</p><p>二つ目の文です。</p><p><a href="https://example.jp/">三つ目</a></p>',
        "id": "a0000000-0000-4000-8000-000000000002",
    },
]


def record_of(page, language="en") -> Translation:
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code=language
    )


def change_words(page, **words):
    page = fresh(page)
    for name, value in words.items():
        setattr(page, name, value)
    publish(page)
    return fresh(page)


@pytest.fixture
def page(world):
    """A public project with a body, translated into English and public there."""
    page = world.page(ProjectPage)
    page = change_words(page, body=BODY)
    translate(page)
    return fresh(page)


def test_fresh_translation_is_current(page):
    status = record_of(page).status
    assert (status.is_outdated, status.is_machine, status.is_reviewed) == (False, False, False)
    assert state_of(record_of(page)) == State.CURRENT
    assert changes(record_of(page)) == []


def test_changed_words_make_it_out_of_date_since_their_publication(page):
    page = change_words(page, summary="新しい概要です。")
    record = record_of(page)
    assert record.status.outdated_since == page.last_published_at
    assert state_of(record) == State.OUTDATED
    (change,) = changes(record)
    assert (change.path, change.new_source) == ("summary", "新しい概要です。")
    assert change.old_translation.startswith("Words")
    assert change.translation == ""

    # A second change does not move the day, and the readers' page is as it was.
    since = record.status.outdated_since
    change_words(page, summary="もっと新しい概要です。")
    assert record_of(page).status.outdated_since == since


def test_one_sentence_of_a_paragraph_is_told_apart(page):
    body = [dict(block) for block in BODY]
    body[1]["value"] = body[1]["value"].replace("二つ目の文です", "二つ目の新しい文です")
    page = change_words(page, body=body)
    assert [(c.old_source, c.new_source) for c in changes(record_of(page))] == [
        ("二つ目の文です。", "二つ目の新しい文です。")
    ]


def test_inserted_removed_and_relinked(page):
    body = [dict(block) for block in BODY]
    body[1]["value"] = (
        "<p>まえがきです。</p><p>一つ目の文です。</p>"
        '<p><a href="https://example.jp/new/">三つ目</a></p>'
    )
    page = change_words(page, body=body)
    found = [(c.old_source, c.new_source) for c in changes(record_of(page))]
    assert ("", "まえがきです。") in found
    assert ("二つ目の文です。", "") in found
    assert ("https://example.jp/", "") in found
    assert ("", "https://example.jp/new/") in found
    assert len(found) == 4


def test_taking_the_change_back_or_publishing_anew_ends_it(page):
    summary = page.summary
    page = change_words(page, summary="新しい概要です。")
    assert record_of(page).status.is_outdated
    page = change_words(page, summary=summary)
    assert not record_of(page).status.is_outdated

    page = change_words(page, summary="別の概要です。")
    record = record_of(page)
    with pytest.raises(PublishingRuleError):
        publish_translation(record)
    enter_words(record)
    publish_translation(record)
    assert not record_of(page).status.is_outdated


def test_draft_changes_nothing(page):
    page.summary = "まだ下書きです。"
    page.save_revision()
    assert not record_of(page).status.is_outdated
    assert changes(record_of(page)) == []


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_changed_fact_makes_nothing_out_of_date(world, model):
    page = fresh(world.page(model))
    for name in model.facts:
        if name not in {"certificate"}:
            set_another_value(page, name)
    make_publishable(page)
    publish(page)
    records = Translation.objects.filter(source__object_id=page.translation_key)
    assert [record.status.outdated_since for record in records] == [None]


def test_translation_of_a_snippet(db):
    division = DivisionFactory(name="見本課")
    translate_snippet = start_translation(division)
    enter_words(translate_snippet)
    translate_snippet.save_target()
    assert state_of(record_of(division)) == State.CURRENT
    division.name = "見本新課"
    division.save()
    assert state_of(record_of(division)) == State.OUTDATED
    record = record_of(division)
    enter_words(record)
    record.save_target()
    assert state_of(record_of(division)) == State.CURRENT


def test_fact_of_a_snippet_does_not_make_it_current(db):
    division = DivisionFactory(name="見本課", direct_phone="042-000-0000")
    record = start_translation(division)
    enter_words(record)
    record.save_target()
    division.name, division.direct_phone = "見本新課", "042-000-0001"
    division.save()
    assert record.get_target_instance().direct_phone == "042-000-0001"
    enter_words(record)
    division.direct_phone = "042-000-0002"
    division.save()
    # The new words are entered, but the public row has the old ones.
    assert state_of(record_of(division)) == State.OUTDATED


def test_a_snippet_whose_words_are_the_sources_again_is_not_public(db):
    division = DivisionFactory(name="見本課")
    record = start_translation(division)
    enter_words(record)
    record.save_target()
    division.name = "見本新課"
    division.save()
    record.save_target()  # the library puts the source's words where there are none
    assert not record.get_target_instance().words_ready
    assert state_of(record_of(division)) == State.STARTED
    status = record_of(division).status
    assert (status.made_of, status.outdated_since, status.published_digest) == (None, None, "")
    enter_words(record)
    record.save_target()
    assert state_of(record_of(division)) == State.CURRENT


def test_a_translation_is_the_source_of_another(page):
    """Easy English, say, from English: it is out of date when the English words are others."""
    english = record_of(page).get_target_instance()
    Locale.objects.get_or_create(language_code="ja-easy")
    further = TranslationSource.objects.create(
        object_id=english.translation_key,
        specific_content_type=english.content_type,
        locale=english.locale,
        object_repr=english.title,
        content_json=english.to_json(),
        last_updated_at=timezone.now(),
    )
    chained = Translation.objects.create(
        source=further, target_locale=Locale.objects.get(language_code="ja-easy")
    )
    status = chained.status
    status.made_of = words_of(english)
    status.save()

    page = change_words(page, summary="新しい概要です。")
    assert not Translation.objects.get(pk=chained.pk).status.is_outdated
    record = record_of(page)
    enter_words(record, {"新しい概要です。": "A new summary."})
    publish_translation(record)
    assert Translation.objects.get(pk=chained.pk).status.is_outdated


# What people say


def test_ready_until_the_source_changes(page, django_user_model):
    user = django_user_model.objects.create(username="translator")
    page = change_words(page, summary="新しい概要です。")
    record = record_of(page)
    with pytest.raises(ValidationError):
        reviews.mark_ready(record, user)
    enter_words(record)
    reviews.mark_ready(record, user)
    assert state_of(record) == State.READY
    change_words(page, summary="また違う概要です。")
    assert state_of(record) == State.OUTDATED


def test_machine_words_until_a_person_confirms(page, django_user_model):
    user = django_user_model.objects.create(username="reviewer")
    page = change_words(page, summary="新しい概要です。")
    record = record_of(page)
    enter_words(record)
    StringTranslation.objects.filter(
        context__path="summary", translation_of__data="新しい概要です。"
    ).update(translation_type="machine")
    assert state_of(record) == State.MACHINE
    publish_translation(record)
    status = record_of(page).status
    assert status.is_machine
    assert not status.is_reviewed

    reviews.confirm(record, user, "見本 花子", DivisionFactory())
    status = record_of(page).status
    assert (status.is_machine, status.is_reviewed) == (False, True)
    assert state_of(record) == State.CURRENT


def test_review_belongs_to_the_words(page, django_user_model):
    user = django_user_model.objects.create(username="reviewer")
    record = record_of(page)
    reviews.confirm(record, user, "見本 花子", DivisionFactory())
    assert record_of(page).status.is_reviewed
    page = change_words(page, summary="新しい概要です。")
    # Readers still see the words that were reviewed.
    assert record_of(page).status.is_reviewed
    enter_words(record)
    publish_translation(record)
    assert not record_of(page).status.is_reviewed


@pytest.mark.parametrize(
    ("name", "days", "field"), [(" ", 0, "reviewer_name"), ("見本 花子", 2, "reviewed_at")]
)
def test_review_is_refused(page, django_user_model, name, days, field):
    user = django_user_model.objects.create(username="reviewer")
    on = timezone.now() + datetime.timedelta(days=days)
    with pytest.raises(ValidationError) as error:
        reviews.confirm(record_of(page), user, name, DivisionFactory(), on)
    assert field in error.value.message_dict
    assert record_of(page).status.reviewed_at is None


def test_easy_japanese_is_public_only_when_reviewed(world, django_user_model):
    user = django_user_model.objects.create(username="reviewer")
    home = fresh(world.site.home)
    record = start_translation(home, "ja-easy")
    enter_words(record)
    with pytest.raises(PublishingRuleError) as error:
        publish_translation(record)
    assert len(error.value.problems) == 1
    reviews.confirm(record, user, "見本 花子", DivisionFactory())
    publish_translation(record)
    assert record.get_target_instance().live
    assert record_of(home, "ja-easy").status.is_reviewed


def test_words_that_nobody_has_read_are_not_reviewed(page, django_user_model):
    user = django_user_model.objects.create(username="reviewer")
    record = record_of(page)
    read = reviews.working_digest(record)
    enter_words(record, every="Other words")
    with pytest.raises(ValidationError):
        reviews.confirm(record, user, "見本 花子", DivisionFactory(), read=read)
    assert record_of(page).status.reviewed_at is None
    read = reviews.working_digest(record)
    reviews.confirm(record, user, "見本 花子", DivisionFactory(), read=read)
    assert record_of(page).status.reviewed_at


def _publish_source(page, record, user):
    publish(fresh(page))


def _publish_it(page, record, user):
    publish_translation(record)


def _mark_ready(page, record, user):
    reviews.mark_ready(record, user)


def _withdraw_ready(page, record, user):
    reviews.withdraw_ready(record, user)


def _confirm(page, record, user):
    reviews.confirm(record, user, "見本 花子", DivisionFactory())


@pytest.mark.parametrize(
    "write", [_publish_source, _publish_it, _mark_ready, _withdraw_ready, _confirm]
)
def test_who_writes_a_status_locks_it_first(page, django_user_model, write):
    """SQLite has no locks to look at, so it is looked at who asks for one."""
    user = django_user_model.objects.create(username="reviewer")
    asked = []
    locked = QuerySet.select_for_update

    def ask(rows, *args, **kwargs):
        asked.append(rows.model)
        return locked(rows, *args, **kwargs)

    with mock.patch.object(QuerySet, "select_for_update", ask):
        write(page, record_of(page), user)
    assert TranslationStatus in asked


# Translations of before, and scripts


def test_translations_of_before_are_adopted(page):
    record = record_of(page)
    record.status.delete()
    call_command("check_translations")
    assert not record_of(page).status.is_outdated
    assert record_of(page).status.made_of
    # A script that writes rows directly sends no signal; the command finds it.
    ProjectPage.objects.filter(pk=page.pk).update(summary="直接に書いた概要です。")
    assert not record_of(page).status.is_outdated
    call_command("check_translations")
    assert record_of(page).status.is_outdated


def test_states_of_many_in_one_query(page, django_assert_num_queries):
    with django_assert_num_queries(1):
        states = {record.pk: record.state for record in with_state(Translation.objects.all())}
    assert states[record_of(page).pk] == State.CURRENT
    assert len(states) > 1
    assert states == {record.pk: state_of(record) for record in Translation.objects.all()}
