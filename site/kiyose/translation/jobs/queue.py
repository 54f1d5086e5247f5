"""Making, stopping and taking up jobs.

One that waits or runs keeps others away from its pages in its language. A job belongs to
whoever has claimed it last, so that a worker that was taken for dead does no harm.
"""

from __future__ import annotations

import uuid
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from wagtail.models import Locale, Page

from ..models import TranslationJob
from ..models.job import silent
from .problems import SILENT

State = TranslationJob.State
ACTIVE = (State.WAITING, State.RUNNING)

# How long a job works before others get their turn. A request gives its answer then; the rest
# is done by the next one, or by ``manage.py run_translation_jobs``.
SECONDS_IN_A_REQUEST = 8
SECONDS_OF_A_WORKER = 60


class AlreadyRunningError(Exception):
    """Another job works on some of the same pages, in the same language."""

    def __init__(self, job: TranslationJob):
        super().__init__(_("Another job is at work on these pages in this language."))
        self.job = job


@transaction.atomic
def put(kind, user, page: Page, locale: Locale, with_subtree: bool = False) -> TranslationJob:
    """Make a job and have it worked on once this transaction is committed.

    Raises AlreadyRunningError. The caller has checked that the user may do this at all; each
    page is checked again when its turn comes.
    """
    _refuse_if_busy(page, locale, with_subtree)
    job = TranslationJob.objects.create(
        kind=kind, user=user, page_id=page.pk, target_locale=locale, with_subtree=with_subtree
    )
    transaction.on_commit(partial(work_on.enqueue, job.pk))
    return job


@transaction.atomic
def begin_again(job: TranslationJob, user) -> bool:
    """Begin an ended job anew, with what is missing by now, as this user's: their rights count.

    Returns whether there was anything to begin. Raises AlreadyRunningError.
    """
    if job.is_active or job.page is None or job.target_locale is None:
        return False
    _refuse_if_busy(job.page, job.target_locale, job.with_subtree)
    job.problems.all().delete()
    TranslationJob.objects.filter(pk=job.pk).update(
        user=user,
        state=State.WAITING,
        failure="",
        claim=None,
        touched_at=timezone.now(),
        started_at=None,
        finished_at=None,
        done=0,
        total=0,
        drafted=0,
        misses=0,
        after="",
    )
    transaction.on_commit(partial(work_on.enqueue, job.pk))
    return True


def go_on(job: TranslationJob) -> None:
    """Have a job that waits, or whose worker has died, worked on now."""
    work_on.enqueue(job.pk)


def revive(job: TranslationJob) -> None:
    """Put a job whose worker has died back among those that wait, and have it worked on."""
    dead = TranslationJob.objects.filter(silent(), pk=job.pk)
    if dead.update(state=State.WAITING, claim=None, touched_at=timezone.now()):
        work_on.enqueue(job.pk)


def stop(job: TranslationJob) -> None:
    """End a job; the page that is being worked on is still finished."""
    TranslationJob.objects.filter(pk=job.pk, state__in=ACTIVE).update(
        state=State.STOPPED, finished_at=timezone.now()
    )


def _refuse_if_busy(page: Page, locale: Locale, with_subtree: bool) -> None:
    # Until this transaction ends, nobody else makes a job in this language.
    Locale.objects.select_for_update().get(pk=locale.pk)
    overlaps = Q(page__path=page.path) | Q(with_subtree=True, page__path__in=_paths_above(page))
    if with_subtree:
        overlaps |= Q(page__path__startswith=page.path)
    jobs = TranslationJob.objects.filter(overlaps, target_locale=locale)
    busy = jobs.filter(state__in=ACTIVE).exclude(silent()).first()
    if busy is not None:
        raise AlreadyRunningError(busy)
    # The dead make way. Others keep waiting: somebody may still take them up.
    jobs.filter(silent()).update(
        state=State.FAILED, failure=SILENT, claim=None, finished_at=timezone.now()
    )


def _paths_above(page: Page) -> list[str]:
    return [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]


def claim(job_pk: int) -> uuid.UUID | None:
    """Take a job that waits or whose worker has died; None: there is nothing to take."""
    token, now = uuid.uuid4(), timezone.now()
    taken = TranslationJob.objects.filter(
        Q(state=State.WAITING) | Q(pk__in=TranslationJob.objects.filter(silent()).values("pk")),
        pk=job_pk,
    ).update(
        state=State.RUNNING, claim=token, touched_at=now, started_at=Coalesce(F("started_at"), now)
    )
    return token if taken else None


def runs_at_once() -> bool:
    """Whether tasks are done where they are put: in the request, without a worker."""
    return isinstance(task_backends["default"], ImmediateBackend)


@task()
def work_on(job_pk: int) -> None:
    """The task: a turn of work, and another one if something is left and a worker is there."""
    from .working import work

    at_once = runs_at_once()
    seconds = SECONDS_IN_A_REQUEST if at_once else SECONDS_OF_A_WORKER
    is_left = work(job_pk, seconds, in_a_request=at_once)
    if is_left and not at_once:
        work_on.enqueue(job_pk)
