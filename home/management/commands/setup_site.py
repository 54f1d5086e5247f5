"""Brings a database to the state that every Kiyose site starts from. Safe to run again."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Locale, Page, Site, Task, Workflow

from home import roles
from home.demonstration.loader import Loader
from home.models import HomePage
from kiyose.japanese.furigana import lists
from kiyose.pages.models import SiteIdentity
from kiyose.translation.currency import adopt_public_ones
from sdgs import vocabulary
from sdgs.models import Mark, MarkLabel

# How Kiyose reads the names of its towns, houses and divisions. Another city brings its own.
READINGS = Path(roles.__file__).with_name("readings.csv")


class Command(BaseCommand):
    help = "Languages, home page and sections, groups and permissions, approval workflow."

    @transaction.atomic
    def handle(self, *args, **options):
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            Locale.objects.get_or_create(language_code=code)
        vocabulary.load(Mark, MarkLabel)
        for words in (lists.COMMON, READINGS):
            lists.add_missing(words)
        home = self.home_page()
        Loader().sections(home)
        self.site(home)
        roles.apply()
        adopt_public_ones()
        self.stdout.write("The site is set up: languages, pages, roles.")

    def home_page(self) -> HomePage:
        home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if home is None:
            self.remove_what_wagtail_brings()
            home = Loader().home(Page.get_first_root_node())
        return home

    def remove_what_wagtail_brings(self) -> None:
        """Its welcome page, and its groups and workflow, whose work our roles do."""
        root = Page.get_first_root_node()
        root.get_children().exact_type(Page).filter(slug="home").delete()
        Workflow.objects.filter(name="Moderators approval").delete()
        Task.objects.filter(name="Moderators approval").delete()
        Group.objects.filter(name__in=["Editors", "Moderators"]).delete()

    def site(self, home: HomePage) -> None:
        """One site at BASE_URL, which may have changed since the last time."""
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site, _created = Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "hostname": address.hostname,
                "port": address.port or (443 if address.scheme == "https" else 80),
                "root_page": Page.objects.get(pk=home.pk),
                "site_name": home.title,
            },
        )
        SiteIdentity.for_site(site)
