from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kiyose.words.catalogues import catalogue_path
from kiyose.words.checking import check_catalogue
from kiyose.words.languages import languages_with_words, variants
from kiyose.words.sources import find_words


class Command(BaseCommand):
    help = "Fails when interface words are missing, unfinished or left over in a language."
    requires_system_checks = []

    def handle(self, **options):
        words = find_words(settings.ROOT)
        catalogues = [(language, False) for language in languages_with_words()]
        catalogues += [(language, True) for language in variants()]
        faults = [
            fault
            for language, is_partial in catalogues
            for fault in check_catalogue(
                catalogue_path(settings.LOCALE_PATHS[0], language), words, is_partial
            )
        ]
        for fault in faults:
            self.stderr.write(fault.replace(f"{settings.ROOT}/", ""))
        if faults:
            raise CommandError(f"{len(faults)} faults in the interface words (make messages)")
        self.stdout.write(f"{len(words)} interface words are complete")
