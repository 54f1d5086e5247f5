"""Goes on with translation jobs that nobody works on. Safe to run at any time, and twice."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db.models import Q

from kiyose.translation.jobs import queue
from kiyose.translation.jobs.working import work
from kiyose.translation.models import TranslationJob
from kiyose.translation.models.job import silent


class Command(BaseCommand):
    help = (
        "Goes on with translation jobs: where there is no worker with all that wait, else with "
        "those whose worker has ended before its time."
    )

    def handle(self, *args, **options):
        if queue.runs_at_once():
            for job in self.jobs(Q(state=TranslationJob.State.WAITING) | silent()):
                while work(job.pk, queue.SECONDS_OF_A_WORKER):
                    pass
                self.tell(job)
        else:
            for job in self.jobs(silent()):
                queue.revive(job)
                self.tell(job)

    def jobs(self, which: Q):
        return list(TranslationJob.objects.filter(which).order_by("pk"))

    def tell(self, job: TranslationJob) -> None:
        job.refresh_from_db()
        self.stdout.write(f"translation job {job.pk}: {job.state}, {job.done} of {job.total}")
