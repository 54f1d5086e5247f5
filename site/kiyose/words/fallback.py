"""Interface words that a language does not have are English, not Japanese.

Django takes what is missing in a catalogue from the default language, which is Japanese here:
a reader of Arabic would meet Japanese buttons. The words in the code are English, and English
they stay where nobody has translated them; variants of Japanese still fall back to Japanese.
(Django has no setting for it: the one method that adds the fallback is wrapped.)
"""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation


def fall_back_to_english() -> None:
    """Put our rule in the place of Django's. Harmless when called twice."""
    add_fallback = DjangoTranslation._add_fallback
    if hasattr(add_fallback, "__wrapped__"):
        return

    @wraps(add_fallback)
    def add_fallback_to_variants(self, *args, **kwargs):
        if self.language().split("-")[0] == settings.LANGUAGE_CODE.split("-")[0]:
            add_fallback(self, *args, **kwargs)

    DjangoTranslation._add_fallback = add_fallback_to_variants
