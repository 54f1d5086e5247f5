from django.conf import settings
from django.core.management.base import BaseCommand

from kiyose.words.catalogues import catalogue_path
from kiyose.words.filling import fill_catalogue
from kiyose.words.languages import languages_with_words
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
