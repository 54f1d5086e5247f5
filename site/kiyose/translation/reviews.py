"""Ready for review, reviewed: what people say about a translation.

A translator says that it is ready. A reviewer (who need not have an account) has read it;
whoever may publish it enters the name, the division that answers, and the day. The review
belongs to these very words: after the next change of them the page is not reviewed any more.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from kiyose.pages.publishing import Problem

from .currency import digest_of, locked_status, machine_strings, status_of, words_of
from .sources import translation_record
from .words import missing_problem, missing_translations, untranslated_strings

READY, NOT_READY, REVIEWED = (
    "translation.ready",
    "translation.not_ready",
    "translation.reviewed",
)


def needs_review_before_publication(language_code: str) -> bool:
    """Whether pages of this language need a review to become public (easy Japanese: the
    guideline of the Immigration Services Agency wants a person to confirm it)."""
    return language_code in settings.TRANSLATION_REVIEW_REQUIRED


def working_instance(record: Translation):
    """The translation as it would be published now, unsaved."""
    if record.enabled:
        return record.source.get_ephemeral_translated_instance(record.target_locale, fallback=True)
    target = record.get_target_instance()
    return target.get_latest_revision_as_object() if isinstance(target, Page) else target


def working_digest(record: Translation) -> str:
    """A fingerprint of the words that would be published now."""
    return digest_of(words_of(working_instance(record)))


def _refuse_incomplete(record: Translation) -> None:
    if record.enabled:
        missing = missing_translations(record)
    else:
        missing = untranslated_strings(working_instance(record))
    if missing:
        raise ValidationError(str(missing_problem(missing).message))


@transaction.atomic
def mark_ready(record: Translation, user) -> None:
    """Say that the working words are ready for review.

    Raises ValidationError if strings are missing. The caller checks that the user may edit.
    """
    _refuse_incomplete(record)
    status = locked_status(record)
    status.ready_at, status.ready_by = timezone.now(), user
    status.save()
    log(instance=record.get_target_instance(), action=READY, user=user)


@transaction.atomic
def withdraw_ready(record: Translation, user=None) -> None:
    """Take "ready for review" back: somebody says so, or has changed the words."""
    status = locked_status(record)
    if status.is_ready:
        status.ready_at = status.ready_by = None
        status.save()
        log(instance=record.get_target_instance(), action=NOT_READY, user=user)


@transaction.atomic
def confirm(
    record: Translation,
    user,
    name: str,
    division,
    on: datetime.datetime | None = None,
    read: str | None = None,
) -> None:
    """Enter that somebody has read the working words and stands for them.

    user: who enters it; name: of the reviewer; division: the source row of the division that
    answers; on: when (now); read: the ``working_digest`` of the words that were read (those of
    now). Machine strings are the reviewer's from then on. Raises ValidationError for an empty
    name, a day in the future, words that have changed since they were read, or strings that are
    missing. The caller checks that the user may publish the page.
    """
    now = timezone.now()
    if not name.strip():
        raise ValidationError({"reviewer_name": _("Enter the name of the reviewer.")})
    if on is not None and timezone.localdate(on) > timezone.localdate(now):
        raise ValidationError({"reviewed_at": _("The day of the review is in the future.")})
    status = locked_status(record)
    digest = working_digest(record)
    if read is not None and read != digest:
        raise ValidationError(
            _("The words have changed since you opened this page. Read them again.")
        )
    _refuse_incomplete(record)
    keys = list(machine_strings(record).values_list("pk", flat=True))
    StringTranslation.objects.filter(pk__in=keys).update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        last_translated_by=user,
        updated_at=now,
    )
    status.reviewed_at, status.reviewed_by = on or now, user
    status.reviewer_name, status.reviewing_division = name.strip(), division
    status.reviewed_digest = digest
    status.ready_at = status.ready_by = None
    if status.is_reviewed:
        status.machine_since = None
    status.save()
    log(
        instance=record.get_target_instance(),
        action=REVIEWED,
        user=user,
        data={"reviewer": status.reviewer_name},
    )


def review_problems(page):
    """The publishing rule of languages that need a review."""
    if not needs_review_before_publication(page.locale.language_code):
        return
    record = translation_record(page)
    if record is None:
        return
    if status_of(record).reviewed_digest != digest_of(words_of(page)):
        yield Problem(_("Nobody has reviewed these words yet. Enter who has read them, and when."))
