"""Translating many pages: work that goes on behind the pages of the admin."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale, Page

# Between two pages a job writes that it lives. One that has been silent for so long was ended
# with its process (a page takes a second; one that a machine drafts three minutes at most).
SILENCE = datetime.timedelta(minutes=15)


def silent() -> Q:
    """Jobs that wait or run, and that nobody works on any more."""
    return Q(
        state__in=(TranslationJob.State.WAITING, TranslationJob.State.RUNNING),
        touched_at__lt=timezone.now() - SILENCE,
    )


class TranslationJob(models.Model):
    """One piece of work: a page, alone or with all below it, into one language.

    It goes through the pages in the order of the tree. ``after`` is the tree's path of the
    last page that is done, so that whoever takes the job up goes on behind it; what is done is
    never done again. ``claim`` belongs to the process that works on it now: one that lost it
    writes nothing more.
    """

    class Kind(models.TextChoices):
        START = "start", _("Start translations")
        DRAFT = "draft", _("Machine draft")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("job", "Waiting")
        RUNNING = "running", pgettext_lazy("job", "Running")
        FINISHED = "finished", pgettext_lazy("job", "Finished")
        FAILED = "failed", pgettext_lazy("job", "Failed")
        STOPPED = "stopped", pgettext_lazy("job", "Stopped")

    wagtail_reference_index_ignore = True  # a job does not use a page

    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    with_subtree = models.BooleanField(_("with all pages below it"), default=False)
    target_locale = models.ForeignKey(
        Locale, verbose_name=_("language"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    state = models.CharField(
        pgettext_lazy("job", "state"), max_length=8, choices=State, default=State.WAITING
    )
    failure = models.CharField(max_length=20, blank=True, editable=False)  # jobs.problems.TEXTS
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    claim = models.UUIDField(null=True, editable=False)

    total = models.PositiveIntegerField(_("pages in all"), default=0, editable=False)
    done = models.PositiveIntegerField(_("pages done"), default=0, editable=False)
    drafted = models.PositiveIntegerField(_("strings drafted"), default=0, editable=False)
    after = models.CharField(max_length=255, blank=True, editable=False)
    # Pages in a row for which the machine gave no answer at all.
    misses = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("translation job")
        verbose_name_plural = _("translation jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "touched_at"], name="translation_job_state")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs, as far as its state says."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_silent(self) -> bool:
        """Whether the process that worked on it seems to have ended, or nobody took it up."""
        return self.is_active and self.touched_at < timezone.now() - SILENCE


class JobProblem(models.Model):
    """What could not be done: for a page, or for one of its strings (``text``)."""

    wagtail_reference_index_ignore = True

    job = models.ForeignKey(TranslationJob, on_delete=models.CASCADE, related_name="problems")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(max_length=20)  # a key of jobs.problems.TEXTS
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("problem of a translation job")
        verbose_name_plural = _("problems of translation jobs")
        ordering = ["pk"]

    def __str__(self):
        return self.code
