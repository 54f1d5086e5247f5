"""The work of a job: page after page, each in a transaction of its own.

A page that fails is told and the next one is begun. After each page the row says how far the
work is, and asks whether it may go on: somebody may have stopped the job, or another process
may have taken it up.
"""

from __future__ import annotations

import logging
import time
import uuid

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from ..machine import drafting
from ..models import JobProblem, TranslationJob
from . import problems
from .pages import Done, draft, start
from .queue import State, claim

logger = logging.getLogger(__name__)

# Pages in a row without any answer of the machine, after which nobody asks it any more.
MOST_MISSES = 3


class _EndedError(Exception):
    """The job cannot go on. ``code``: why (problems.TEXTS)."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class _LostError(Exception):
    """Somebody has stopped the job, or taken it over."""


def work(job_pk: int, seconds: float | None = None, in_a_request: bool = False) -> bool:
    """Work on a job, at least one page and about as long as said (None: to its end).

    Gives whether something is left to do. Nothing happens if the job is not to be taken.
    """
    token = claim(job_pk)
    if token is None:
        return False
    try:
        is_left = _Turn(job_pk, token, in_a_request).work(seconds)
    except _LostError:
        return False
    except _EndedError as ended:
        _end(job_pk, token, State.FAILED, ended.code)
    except Exception:
        logger.exception("Translation job %s failed.", job_pk)
        _end(job_pk, token, State.FAILED, problems.UNEXPECTED)
    else:
        if is_left:
            _write(job_pk, token, state=State.WAITING, claim=None)
            return True
        _end(job_pk, token, State.FINISHED)
    return False


def _write(job_pk: int, token: uuid.UUID, **values) -> bool:
    """Write into the job's row, if it is still this process that works on it."""
    mine = TranslationJob.objects.filter(pk=job_pk, claim=token, state=State.RUNNING)
    return bool(mine.update(touched_at=timezone.now(), **values))


def _end(job_pk: int, token: uuid.UUID, state: str, failure: str = "") -> None:
    _write(job_pk, token, state=state, failure=failure, finished_at=timezone.now())


class _Turn:
    """One turn of work on a job that has been claimed."""

    def __init__(self, job_pk: int, token: uuid.UUID, in_a_request: bool):
        self.token = token
        self.job = TranslationJob.objects.select_related("page", "target_locale").get(pk=job_pk)
        self.seconds = drafting.REQUEST_SECONDS if in_a_request else drafting.WORKER_SECONDS

    def work(self, seconds: float | None) -> bool:
        began = time.monotonic()
        remaining = self.remaining()
        self.write(total=self.job.done + len(remaining))
        for number, (page_pk, path) in enumerate(remaining, 1):
            done = self.page(page_pk)
            misses = self.job.misses = self.job.misses + 1 if done.missed else 0
            self.note(page_pk, path, done)
            if misses >= min(MOST_MISSES, self.job.done + len(remaining)):
                raise _EndedError(done.problems[0][0])
            if seconds is not None and time.monotonic() - began >= seconds:
                return number < len(remaining)
        return False

    def remaining(self) -> list[tuple[int, str]]:
        """(number, path) of the pages that are still to be looked at, parents first."""
        if self.job.page is None:
            raise _EndedError(problems.PAGE_GONE)
        if self.job.target_locale is None:
            raise _EndedError(problems.LANGUAGE_GONE)
        root = self.job.page
        pages = Page.objects.filter(alias_of__isnull=True, locale_id=root.locale_id)
        if self.job.with_subtree:
            pages = pages.descendant_of(root, inclusive=True)
        else:
            pages = pages.filter(pk=root.pk)
        pages = pages.filter(path__gt=self.job.after)
        return list(pages.order_by("path").values_list("pk", "path"))

    def page(self, page_pk: int) -> Done:
        """Do what is to be done with one page; what fails is told of this page alone."""
        user = get_user_model().objects.filter(pk=self.job.user_id, is_active=True).first()
        if user is None:
            raise _EndedError(problems.USER_GONE)
        page = Page.objects.filter(pk=page_pk).first()
        if page is None:
            return Done()  # deleted since the list was made
        try:
            if self.job.kind == TranslationJob.Kind.START:
                return start(user, page.specific, self.job.target_locale)
            return draft(user, page.specific, self.job.target_locale, self.seconds)
        except Exception:
            logger.exception("Translation job %s failed at page %s.", self.job.pk, page_pk)
            return Done([(problems.UNEXPECTED, "")])

    @transaction.atomic
    def note(self, page_pk: int, path: str, done: Done) -> None:
        self.write(
            after=path,
            done=F("done") + 1,
            drafted=F("drafted") + done.drafted,
            misses=self.job.misses,
        )
        page_id = page_pk if Page.objects.filter(pk=page_pk).exists() else None
        JobProblem.objects.bulk_create(
            JobProblem(job_id=self.job.pk, page_id=page_id, code=code, text=text)
            for code, text in done.problems
        )

    def write(self, **values) -> None:
        if not _write(self.job.pk, self.token, **values):
            raise _LostError
