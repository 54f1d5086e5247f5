"""Loads the demonstration: all projects, standing pages, articles, staff accounts."""

from __future__ import annotations

import os
import secrets

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.models import Site

from home.demonstration.accounts import create_accounts
from home.demonstration.loader import Loader
from home.models import HomePage
from kiyose.pages.models import SiteIdentity
from projects.models import ProjectPage

CITY_CODE = "132217"


class Command(BaseCommand):
    help = "Demonstration content and accounts. Password: DEMO_PASSWORD, or a random one."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where there is a project already."
        )

    @transaction.atomic
    def handle(self, *args, **options):
        if ProjectPage.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(
                "There are projects already. The demonstration is for an empty site."
            )
        call_command("setup_site", stdout=self.stdout)
        loader = Loader()
        home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
        loader.demonstration(home)
        identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
        identity.city_code = CITY_CODE
        identity.default_division = loader.snippets("divisions")["mirai"]
        identity.save()
        self.accounts()

    def accounts(self):
        chosen = os.environ.get("DEMO_PASSWORD")
        password = chosen or secrets.token_urlsafe(9)
        for name, role in create_accounts(password):
            self.stdout.write(f"  {name:<12} {role}")
        shown = "as set in DEMO_PASSWORD" if chosen else f"{password}   (shown only now)"
        self.stdout.write(f"Password of all demonstration accounts: {shown}")
