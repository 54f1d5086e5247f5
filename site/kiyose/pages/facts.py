"""Facts and words: which fields are the same in every language, and which are translated.

Dates, states, money, marks and the like are *facts*: true once, shared by every
translation. Titles and sentences are *words*: translated. Each model says which is
which in two tuples, ``facts`` and ``words`` (a system check sees that no field is
forgotten). wagtail-localize would guess from the field's type; what it is told
here is derived from ``facts``. How facts travel: ``kiyose.translation.facts``.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import classproperty
from wagtail_localize.fields import SynchronizedField


def source_rows() -> dict[str, str]:
    """For ``limit_choices_to`` of foreign keys to translated snippets: a fact keeps the
    row of the source language, whichever language the page is in."""
    return {"locale__language_code": settings.LANGUAGE_CODE}


class SharedFacts(models.Model):
    """A translatable model that declares its facts and its words."""

    facts: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[tuple[str, ...]] = ()
    # Of the words those that say when, how much, or what to do in an emergency: no machine
    # translates them (kiyose.translation.machine).
    never_by_machine: ClassVar[tuple[str, ...]] = ()
    # Whether all of it announces something, so that no machine translates any of it.
    is_announcement = False

    class Meta:
        abstract = True

    @classproperty
    def override_translatable_fields(cls):  # noqa: N805 (a class property)
        """What wagtail-localize must not offer for translation. Slugs are the same in
        every tree, so that an address differs between languages only in its prefix."""
        same_everywhere = cls.facts
        if any(field.name == "slug" for field in cls._meta.get_fields()):
            same_everywhere = ("slug", *cls.facts)
        return [SynchronizedField(name, overridable=False) for name in same_everywhere]
