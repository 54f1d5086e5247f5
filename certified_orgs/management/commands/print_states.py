"""Prints the states and moves of certification for ``docs/states.md``."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from certified_orgs.states_document import document


class Command(BaseCommand):
    help = "The tables of states and moves, as Markdown: manage.py print_states > docs/states.md"

    def handle(self, *args, **options):
        self.stdout.write(document(), ending="")
