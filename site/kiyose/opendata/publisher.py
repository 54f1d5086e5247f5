"""Who publishes the data, under which licence, and how to name them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from kiyose.pages.addresses import absolute
from kiyose.pages.languages import language_tags
from kiyose.pages.models import Division, SiteIdentity

from .dataset import Dataset
from .versions import Versions, pages_in_every_language, snippets_in_every_language, words

LICENCE = "CC BY 4.0"
LICENCE_CODE = "CC-BY-4.0"  # as SPDX writes it
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


def publisher_for(request) -> Publisher:
    """Asked for once per request and remembered on it."""
    if not hasattr(request, "_publisher"):
        request._publisher = Publisher(request)
    return request._publisher


class Publisher:
    """The city, as far as its site knows it: its site's name, its code and its divisions."""

    def __init__(self, request):
        self.site = Site.find_for_request(request)

    @cached_property
    def _identity(self) -> SiteIdentity | None:
        return SiteIdentity.objects.filter(site=self.site).first()

    @property
    def city_code(self) -> str:
        return self._identity.city_code if self._identity else ""

    @cached_property
    def site_name(self) -> dict[str, str | None]:
        """The title of the home page in every language."""
        root = Page.objects.filter(pk=self.site.root_page_id if self.site else None)
        homes = Page.objects.filter(translation_key__in=root.values("translation_key"))
        found = pages_in_every_language(homes)
        return words(found[0].versions if found else None, "title")

    @cached_property
    def _divisions(self) -> dict[int, Versions]:
        return snippets_in_every_language(Division)

    def division(self, number: int | None = None) -> dict[str, str | None]:
        """The name of the division that answers: the one named, else the default one."""
        if number is None and self._identity:
            number = self._identity.default_division_id
        return words(self._divisions.get(number), "name")

    def attribution(self, dataset: Dataset) -> dict[str, str]:
        """How to name the source, in every language."""
        found = {}
        for code in language_tags():
            with translation.override(code):
                name = self.site_name[code] or self.site_name[settings.LANGUAGE_CODE] or ""
                found[code] = attribution(name, dataset.title)
        return found


def attribution(site_name: str, title: str) -> str:
    """How to name the source, in the active language."""
    return _("Source: %(site)s, “%(dataset)s”, %(address)s, %(licence)s") % {
        "site": site_name,
        "dataset": title,
        "address": absolute(reverse("open_data")),
        "licence": LICENCE,
    }
