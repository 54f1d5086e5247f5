"""Opens and reminds of reports, proposes measures, writes down what has expired."""

from __future__ import annotations

import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certified_orgs import clock


class Command(BaseCommand):
    help = "Does what the day brings for certificates. Safe to run daily, or twice a day."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")
        parser.add_argument(
            "--on",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="As of this day instead of today; a day to come needs --dry-run.",
        )

    def handle(self, *args, **options):
        today = options["on"] or timezone.localdate()
        if today > timezone.localdate() and not options["dry_run"]:
            raise CommandError("A day to come can only be looked at: add --dry-run.")
        failures = clock.run(today, self.stdout.write, dry_run=options["dry_run"])
        if failures:
            raise CommandError(f"{failures} failed; the rest is done.")
