from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kiyose.words.catalogues import catalogue_path
from kiyose.words.checking import check_catalogue
from kiyose.words.languages import languages_with_words, variants
from kiyose.words.packages import DOMAINS, admin_languages, words_for_us
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
        for folder in settings.LOCALE_PATHS[1:]:
            faults += self.faults_of_packages(folder)
        for fault in faults:
            self.stderr.write(fault.replace(f"{settings.ROOT}/", ""))
        if faults:
            raise CommandError(f"{len(faults)} faults in the interface words (make messages)")
        self.stdout.write(f"{len(words)} interface words are complete")

    @staticmethod
    def faults_of_packages(folder: Path) -> list[str]:
        """Words of packages that staff would read in English, or that no package says now."""
        return [
            fault
            for language in admin_languages()
            for domain in DOMAINS
            for path in [catalogue_path(folder, language, domain)]
            for fault in check_catalogue(path, words_for_us(path, language, domain))
        ]
