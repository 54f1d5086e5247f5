"""What a job does with one page. Each gives the problems it met: (code, string or nothing)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.operations import TranslationCreator

from ..machine import drafting
from ..machine.guarded import MachineError
from ..permissions import may_edit, may_start
from . import problems

CANNOT_BE_MADE = (problems.NOT_ALLOWED, problems.PARENT_FIRST, problems.CANNOT_START)


@dataclass
class Done:
    """What became of one page. missed: the machine gave no answer at all."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    drafted: int = 0
    missed: bool = False


class _CannotStartError(Exception):
    pass


def start(user, page: Page, locale: Locale) -> Done:
    """Start the page's translation; nothing to do where there is one.

    page: of the source tree, specific. All of it or nothing.
    """
    if page.has_translation(locale):
        return Done()
    if not may_start(user, page):
        return Done([(problems.NOT_ALLOWED, "")])
    parent = page.get_parent()
    if not parent.is_root() and not parent.has_translation(locale):
        return Done([(problems.PARENT_FIRST, "")])
    try:
        with transaction.atomic():
            TranslationCreator(user, [locale]).create_translations(page)
            # The library keeps to itself what kept it from making the page.
            if not page.has_translation(locale):
                raise _CannotStartError
    except _CannotStartError:
        return Done([(problems.CANNOT_START, "")])
    return Done()


def draft(user, page: Page, locale: Locale, seconds: float) -> Done:
    """Let the machine draft what is missing; a translation is started where there is none."""
    refusal = drafting.refusal_of(page)
    if refusal is not None:
        return Done([(refusal, "")])
    started = start(user, page, locale)
    if started.problems:
        return started
    record = Translation.objects.filter(
        source__object_id=page.translation_key,
        source__locale_id=page.locale_id,
        target_locale=locale,
    ).first()
    if record is None:
        return Done([(drafting.BY_HAND, "")])
    try:
        made = draft_record(record, user, seconds)
    except PermissionDenied:
        return Done([(problems.NOT_ALLOWED, "")])
    except MachineError as error:
        return Done([(error.code, "")], missed=True)
    return made


def draft_record(record: Translation, user, seconds: float) -> Done:
    """Draft a translation that has been started.

    Raises PermissionDenied if the user may not edit it, MachineError if no answer came.
    """
    if not may_edit(user, record.get_target_instance()):
        raise PermissionDenied
    refusal = drafting.refusal(record)
    if refusal is not None:
        return Done([(refusal, "")])
    made = drafting.draft(record, user, seconds)
    return Done(problems=made.left, drafted=made.taken)
