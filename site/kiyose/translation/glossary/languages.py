"""Into which languages terms are translated, and what the columns of tables are called."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language_info
from wagtail.models import Locale

# What our columns are called in Japanese; a language beside these by its own name.
IN_JAPANESE = {"en": "英語", "ja-easy": "やさしい日本語", "ar": "アラビア語"}
IN_ENGLISH = {"en": "English", "ja-easy": "easy Japanese"}


def target_languages() -> list[str]:
    """The codes of the languages that the site can have, without that of its pages."""
    return [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def names_of(code: str) -> tuple[str, str]:
    """What a language is called in Japanese and in English."""
    own = dict(settings.LANGUAGES).get(code, code)
    try:
        english = get_language_info(code)["name"]
    except KeyError:
        english = own
    return IN_JAPANESE.get(code, own), IN_ENGLISH.get(code, english)


def locales() -> dict[str, Locale]:
    """The languages that the site has, by their codes."""
    return {locale.language_code: locale for locale in Locale.objects.all()}
