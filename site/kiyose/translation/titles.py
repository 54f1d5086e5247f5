"""The explorer calls a draft by its new title, whichever way the title was entered.

wagtail-localize does so as well, but it writes the string as it is: HTML ("A &amp; B"), and as
long as somebody has typed it, which PostgreSQL refuses.
"""

from __future__ import annotations

from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, post_save_string_translation
from wagtail_localize.strings import StringValue

LONGEST = Page._meta.get_field("draft_title").max_length


def name_draft(translation_key, locale_id: int, title: str) -> None:
    """title: the string. Nothing happens to what is no page. Raises what the parser of HTML
    raises."""
    text = StringValue(title).render_text()[:LONGEST]
    Page.objects.filter(translation_key=translation_key, locale_id=locale_id).update(
        draft_title=text
    )


def note_title(sender, instance, raw=False, **kwargs):
    if not raw and instance.context.path == "title":
        name_draft(instance.context.object_id, instance.locale_id, instance.data)


def connect() -> None:
    """In the place of the library's receiver."""
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)
    post_save.connect(note_title, sender=StringTranslation, dispatch_uid="translation.note_title")
