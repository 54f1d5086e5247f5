"""Loads the demonstration: projects, indicators, certificates, events, standing pages, articles,
staff accounts."""

from __future__ import annotations

import os
import secrets

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from certified_orgs.models import SchemeYear
from events.models import EventPage
from home.demonstration import samples
from home.demonstration.accounts import create_accounts
from home.demonstration.loader import Loader
from home.models import HelpLine, HomePage
from kiyose.pages.models import SiteIdentity
from kiyose.translation.easy.strings import EASY_JAPANESE
from projects.models import IndicatorPage, ProjectPage

CITY_CODE = "132217"


class Command(BaseCommand):
    help = "Demonstration content and accounts. Password: DEMO_PASSWORD, or a random one."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Where there is a project already, add only what an older demonstration lacks.",
        )

    @transaction.atomic
    def handle(self, *args, **options):
        if not ProjectPage.objects.exists():
            self.load(self.everything)
        elif not options["if_empty"]:
            raise CommandError(
                "There are projects already. The demonstration is for an empty site."
            )
        else:
            self.complete()

    def complete(self) -> None:
        """Add what an earlier version's demonstration lacks, if it still is one.

        Its accounts tell: going live closes them (``remove_samples``).
        """
        if not samples.sample_accounts().exists():
            return
        if not IndicatorPage.objects.exists():
            self.load(Loader.progress)
            self.stdout.write("The demonstration has indicators, plans and programmes now.")
        if not SchemeYear.objects.exists():
            self.load(Loader.certification)
            self.stdout.write("The demonstration has certificates now.")
        if not EventPage.objects.exists():
            self.load(self.accounts_and_events)
            self.stdout.write("The demonstration has events now.")
        if not HelpLine.objects.exists():
            self.load(Loader.trainees)
            self.stdout.write("The demonstration has parties and emergency numbers now.")
        if not Page.objects.filter(locale__language_code=EASY_JAPANESE).exists():
            self.load(Loader.easy_japanese)
            self.stdout.write("The demonstration has pages in easy Japanese now.")

    def load(self, what) -> None:
        """what: takes a loader and the home page."""
        call_command("setup_site", stdout=self.stdout)
        with disable_reference_index_auto_update():
            what(Loader(), HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE))
        # Once, and not at each of hundreds of savings.
        call_command("rebuild_references_index", verbosity=0)

    def everything(self, loader: Loader, home: HomePage) -> None:
        loader.demonstration(home)
        identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
        identity.city_code = CITY_CODE
        identity.default_division = loader.snippet("divisions", "mirai")
        identity.save()
        self.accounts()
        loader.progress(home)
        loader.certification(home)
        loader.events(home)
        loader.trainees(home)
        loader.easy_japanese(home)

    def accounts_and_events(self, loader: Loader, home: HomePage) -> None:
        """With the account of the officer on duty, whom an older demonstration does not know."""
        self.accounts()
        loader.events(home)

    def accounts(self):
        chosen = os.environ.get("DEMO_PASSWORD")
        password = chosen or secrets.token_urlsafe(9)
        made = create_accounts(password)
        for name, role in made:
            self.stdout.write(f"  {name:<12} {role}")
        shown = "as set in DEMO_PASSWORD" if chosen else f"{password}   (shown only now)"
        if made:
            self.stdout.write(f"Password of these demonstration accounts: {shown}")
