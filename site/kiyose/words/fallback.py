"""Interface words that a language does not have are English, not Japanese.

Django takes what is missing in a catalogue from the default language, which is Japanese here:
a reader of Arabic would meet Japanese buttons. The words in the code are English, and English
they stay where nobody has translated them; variants of Japanese still fall back to Japanese.
Where lines run from right to left the English stands between marks that keep its own
direction, or its full stops and numbers would jump to the other end.

(Django has no setting for it: the one method that adds the fallback is wrapped.)
"""

from __future__ import annotations

from functools import wraps
from gettext import NullTranslations

from django.conf import settings
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

# Unicode's "left-to-right isolate", and its end.
FROM_LEFT, END = "\u2066", "\u2069"


class EnglishFromTheLeft(NullTranslations):
    """The words of the code as they are, kept together among words from right to left."""

    def gettext(self, message):
        # Django asks for words with a context as "context\x04words", and throws away an answer
        # in which the context still stands.
        return _kept_together(message.rpartition(CONTEXT_SEPARATOR)[2])

    def ngettext(self, singular, plural, number):
        return _kept_together(super().ngettext(singular, plural, number))


def _kept_together(message: str) -> str:
    words = message.strip()
    # A space at the end stands between these words and the next ones.
    return message.replace(words, f"{FROM_LEFT}{words}{END}", 1) if words else message


def fall_back_to_english() -> None:
    """Put our rule in the place of Django's. Harmless when called twice."""
    add_fallback = DjangoTranslation._add_fallback
    if hasattr(add_fallback, "__wrapped__"):
        return

    @wraps(add_fallback)
    def add_our_fallback(self, *args, **kwargs):
        language = self.language().split("-")[0]
        if language == settings.LANGUAGE_CODE.split("-")[0]:
            add_fallback(self, *args, **kwargs)
        elif language in settings.LANGUAGES_BIDI:
            self.add_fallback(EnglishFromTheLeft())

    DjangoTranslation._add_fallback = add_our_fallback
