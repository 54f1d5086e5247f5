"""Which languages have words of their own."""

from django.conf import settings


def languages_with_words() -> list[str]:
    """
    All languages of the site, without the variants of another one of them: `ja-easy` reads
    the words of `ja`.
    """
    codes = [code for code, _name in settings.LANGUAGES]
    return [code for code in codes if "-" not in code or code.partition("-")[0] not in codes]


def variants() -> list[str]:
    """The languages that read the words of another one. A variant may say some of them
    otherwise: what its catalogue lacks is the other language's."""
    return [code for code, _name in settings.LANGUAGES if code not in languages_with_words()]
