"""Which languages have words of their own."""

from django.conf import settings


def languages_with_words() -> list[str]:
    """
    All languages of the site, without the variants of another one of them: `ja-easy` reads
    the words of `ja`.
    """
    codes = [code for code, _name in settings.LANGUAGES]
    return [code for code in codes if "-" not in code or code.partition("-")[0] not in codes]
