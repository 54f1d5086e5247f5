"""When a string was translated, as wagtail-localize's editor says it below each string.

Its own comment writes the date in English and in UTC, whatever the language of the admin.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation


def comment_of(string: StringTranslation) -> str:
    """How and on which day the string was translated, in the language of the admin."""
    date = date_format(timezone.localtime(string.updated_at))
    if string.tool_name:
        text = _("Translated with {tool_name} on {date}")
        return text.format(tool_name=string.tool_name, date=date)
    if string.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return _("Machine translated on {date}").format(date=date)
    return _("Translated manually on {date}").format(date=date)


def connect() -> None:
    """In the place of the library's: it knows no setting and no hook for this."""
    StringTranslation.get_comment = comment_of
