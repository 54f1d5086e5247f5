"""Takes every 見本 away before the site goes live."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home.demonstration import sample_certificates, samples


class Command(BaseCommand):
    help = "Removes what the demonstration made up (all that begins with 見本 or Sample)."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")
        parser.add_argument("--no-input", action="store_true", help="Do not ask first.")

    @transaction.atomic
    def handle(self, *args, **options):
        found = {
            "Pages": list(samples.sample_pages()),
            "Parts of": list(samples.pages_with_samples()),
            "Measurements": list(samples.sample_measurements()),
            "Programmes": list(samples.sample_programmes()),
            "Measures": list(samples.sample_measures()),
            "Sources": list(samples.sample_sources()),
            "Certificates": list(sample_certificates.sample_certificates()),
            "Applications": list(sample_certificates.sample_applications()),
            "Rounds of selection": list(sample_certificates.sample_rounds()),
            "Settings of": list(sample_certificates.sample_years()),
            "Venues": list(samples.sample_venues()),
            "Lines of help": list(samples.sample_help_lines()),
            "Contact of": list(samples.sample_divisions()),
            "Reviews of": list(samples.sample_reviews()),
            "Accounts": list(samples.sample_accounts()),
        }
        for kind, things in found.items():
            for thing in things:
                self.stdout.write(f"{kind}: {thing}")
        if not any(found.values()):
            self.stdout.write("There are no samples.")
        if options["dry_run"] or not any(found.values()):
            return
        self.check_somebody_stays(found["Accounts"])
        if not options["no_input"] and input("Remove all this? Type yes: ") != "yes":
            raise CommandError("Nothing was removed.")
        kept = [page for page in reversed(found["Pages"]) if not samples.remove_page(page)]
        kept += sample_certificates.remove()
        kept += [venue for venue in found["Venues"] if not samples.remove_venue(venue)]
        for thing in [*found["Measurements"], *found["Programmes"], *found["Lines of help"]]:
            thing.delete()
        samples.remove_measures(found["Measures"])
        # Both anew: some have gone with their pages, and what nobody has read is public no more.
        for status in samples.sample_reviews():
            samples.take_back_review(status)
        for page in samples.pages_with_samples():
            samples.remove_from(page)
        kept += [source for source in found["Sources"] if not samples.remove_source(source)]
        for thing in kept:
            self.stdout.write(f"Kept, because something real rests on it: {thing}")
        for division in found["Contact of"]:
            samples.empty_contact(division)
        for account in found["Accounts"]:
            account.is_active = False
            account.save(update_fields=["is_active"])
        self.stdout.write("The samples are gone.")

    def check_somebody_stays(self, going) -> None:
        """Without an administrator of the city's own nobody could go on."""
        staying = get_user_model().objects.filter(is_active=True, is_superuser=True)
        if not staying.exclude(pk__in=[account.pk for account in going]).exists():
            raise CommandError(
                "Make an administrator of your own first: manage.py createsuperuser. "
                "The demonstration's accounts are about to be closed."
            )
