"""Carries out decisions on disposal (廃棄の決裁)."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certified_orgs import retention
from certified_orgs.models import DisposalDecision


class Command(BaseCommand):
    help = "Erases what recorded decisions list, as far as it still is due."

    def add_arguments(self, parser):
        parser.add_argument(
            "--decision",
            metavar="DOCUMENT_NUMBER",
            help="Only this one; otherwise all that are not carried out.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *args, **options):
        decisions = DisposalDecision.objects.order_by("approved_on", "pk")
        if number := options["decision"]:
            decisions = decisions.filter(document_number=number)
            if not decisions:
                raise CommandError(f"No decision with the document number {number} is recorded.")
        else:
            decisions = decisions.filter(carried_out_at=None)
        for decision in decisions:
            items = retention.dispose(decision, timezone.localdate(), dry_run=options["dry_run"])
            for item in items:
                self.stdout.write(f"{item.record_class.key}: {item.name}")
            self.stdout.write(f"{decision}: {len(items)}")
        if not decisions:
            self.stdout.write("No decision waits to be carried out.")
