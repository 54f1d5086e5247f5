from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from kiyose.words.catalogues import catalogue_path
from kiyose.words.filling import fill_catalogue
from kiyose.words.languages import languages_with_words
from kiyose.words.packages import DOMAINS, admin_languages, words_for_us
from kiyose.words.sources import find_words


class Command(BaseCommand):
    help = "Brings the catalogues of interface words up to the code."
    requires_system_checks = []

    def handle(self, **options):
        words = find_words(settings.ROOT)
        for language in languages_with_words():
            path = catalogue_path(settings.LOCALE_PATHS[0], language)
            fill_catalogue(path, language, words)
            self.stdout.write(f"{path.relative_to(settings.ROOT)}: {len(words)} words")
        for folder in settings.LOCALE_PATHS[1:]:
            self.collect_of_packages(folder)

    def collect_of_packages(self, folder: Path) -> None:
        """What the packages do not say in the languages of the admin."""
        for language in admin_languages():
            for domain in DOMAINS:
                path = catalogue_path(folder, language, domain)
                words = words_for_us(path, language, domain)
                fill_catalogue(path, language, words)
                self.stdout.write(f"{path.relative_to(settings.ROOT)}: {len(words)} words")
