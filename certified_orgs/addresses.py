"""Whole addresses to write into mails, onto paper and into open data: the check of a
certificate, the holder's kit, and whatever else stands below the register."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from kiyose.pages.addresses import absolute, reframed

from .models import CertifiedIndexPage


def verify_address(number: str) -> str:
    """What is printed: it opens in the reader's language, for as long as the site stands."""
    return absolute(reverse("verify", args=[number]))


def kit_address(number: str, language: str) -> str:
    """The holder's kit; "" where the register is not published."""
    return below_register(f"kit/{number}/", language)


def below_register(path: str, language: str) -> str:
    """The address of something below the register, in that language; "" where the register
    is not published."""
    pages = {
        page.locale.language_code: page
        for page in CertifiedIndexPage.objects.live().select_related("locale")
    }
    page = pages.get(language) or pages.get(settings.LANGUAGE_CODE)
    if page is None:
        return ""
    url = reframed(page.get_url(), page.locale.language_code, language)
    return absolute(f"{url}{path}")
