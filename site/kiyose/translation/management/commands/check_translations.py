"""Compares every translation with its source. Safe to run at any time."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from kiyose.translation.currency import check_all


class Command(BaseCommand):
    help = "Which translations are out of date? Needed after scripts that write rows directly."

    def handle(self, *args, **options):
        self.stdout.write(f"Translations that are out of date: {check_all()}")
