"""What a reader is told about a translation: out of date, a machine's, reviewed.

Facts are today's on every page, so only its words can be old. A page in the language it was
written in says nothing and asks nothing; of a translated one the status comes with the query
that loads the page. What is missing altogether is served in its own language, which the page's
frame says (``kiyose.pages``).
"""

from __future__ import annotations

from django.db.models import F, QuerySet, Subquery
from django.utils.functional import cached_property

from kiyose.pages.divisions import divisions
from kiyose.pages.languages import source_language

from .models import TranslationStatus

# What of the status is told, and the language of the source; on a page under these names.
TOLD = {
    f"translation_{name}": name
    for name in (
        *("outdated_since", "machine_since"),
        *("reviewed_at", "reviewing_division_id", "reviewed_digest", "published_digest"),
    )
}
ORIGINAL = "translation_original"


def statuses(page) -> QuerySet:
    """The status of the page's translation: one row, or none."""
    return TranslationStatus.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale_id=page.locale_id,
    ).annotate(original=F("translation__source__locale__language_code"))


def status_with(page) -> dict[str, Subquery]:
    """For the query that loads a page: its status under the names of ``TOLD``. Nothing for a
    page in the language in which pages are first written."""
    if page.locale.language_code == source_language():
        return {}
    names = TOLD | {ORIGINAL: "original"}
    return {name: Subquery(statuses(page).values(field)[:1]) for name, field in names.items()}


def status_of(page) -> TranslationStatus | None:
    """The status as it came with the page; asked for where the page came by another way (a
    preview). None for a page that is no translation."""
    if not hasattr(page, ORIGINAL):
        return statuses(page).defer("made_of").first()
    original = getattr(page, ORIGINAL)
    if original is None:
        return None
    status = TranslationStatus(**{field: getattr(page, name) for name, field in TOLD.items()})
    status.original = original
    return status


class TranslationNotice:
    """Above the words of a page: whether they can be relied on. Empty where they can.

    furniture: of the page that is shown (``kiyose.pages.furniture``).
    """

    template_name = "translation/notice.html"

    def __init__(self, furniture):
        self.furniture = furniture

    @cached_property
    def status(self) -> TranslationStatus | None:
        """How the page's translation stands; None for a page that is none."""
        page, request = self.furniture.page, self.furniture.request
        if page.locale.language_code == source_language():
            return None
        # Above the words and at the foot the same.
        if not hasattr(request, "_translation_status"):
            request._translation_status = status_of(page)
        return request._translation_status

    @property
    def is_needed(self) -> bool:
        return self.status is not None and (self.status.is_outdated or self.status.is_machine)

    @property
    def original(self):
        """The page as it was first written, if the public may see it: a ``LanguageLink``."""
        links = {link.code: link for link in self.furniture.alternates}
        return links.get(self.status.original)


class ReviewLine(TranslationNotice):
    """At the foot of a page: when its words were reviewed, and which division answers for it.
    Never by whom: a reviewer may be a volunteer."""

    template_name = "translation/reviewed.html"

    @property
    def is_needed(self) -> bool:
        return self.status is not None and self.status.is_reviewed

    @cached_property
    def division(self):
        """The division as the reader calls it, or None."""
        key = self.status.reviewing_division_id
        return next((row.words for row in divisions(self.furniture.request) if row.pk == key), None)
