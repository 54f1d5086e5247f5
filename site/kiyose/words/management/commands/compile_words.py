from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from kiyose.words.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles the interface words (.po to .mo) where they changed; needs no gettext."
    requires_system_checks = []

    def handle(self, **options):
        for folder in settings.LOCALE_PATHS:
            for path in compile_catalogues(Path(folder)):
                self.stdout.write(f"Compiled {path.relative_to(folder)}")
