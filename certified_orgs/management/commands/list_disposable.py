"""Lists the records whose time is over. Nothing is erased."""

from __future__ import annotations

import datetime

from django.core.management.base import BaseCommand
from django.utils import timezone

from certified_orgs import retention


class Command(BaseCommand):
    help = "Lists the records whose time is over, by class and number. Nothing is erased."

    def add_arguments(self, parser):
        parser.add_argument(
            "--on",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="As of this day instead of today.",
        )

    def handle(self, *args, **options):
        items = retention.due(options["on"] or timezone.localdate())
        for item in items:
            self.stdout.write(
                f"{item.record_class.key}: {item.name}, completed on {item.completed_on}, "
                f"disposable since {item.due_on}"
            )
        if not items:
            self.stdout.write("There is nothing to dispose of.")
