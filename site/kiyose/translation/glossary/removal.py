"""What goes with a language that is removed from the site."""

from __future__ import annotations

from wagtail.models import Locale

from ..models import GlossaryTerm, GlossaryTranslation


def goes_with(locale: Locale) -> dict[str, int]:
    """How many translations of terms, and how many terms written in this language."""
    return {
        "translations": GlossaryTranslation.objects.filter(locale=locale).count(),
        "terms": GlossaryTerm.objects.filter(locale=locale).count(),
    }
