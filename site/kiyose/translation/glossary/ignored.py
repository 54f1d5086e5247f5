"""Translations that say a term otherwise than the glossary.

Read from what translators have entered, string by string, as wagtail-localize keeps it; strings
that their source does not have any more, and translations that are written by hand, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..plain import without_tags
from .matching import Found, Glossary


@dataclass
class Ignored:
    """A translated string, and the terms that it says otherwise. title, address: of the page
    (or snippet) it stands in, once ``with_places`` has read them."""

    pk: int
    key: UUID
    kind: int
    locale: Locale
    path: str
    source: str
    translation: str
    terms: list[Found]
    title: str = field(default="")
    address: str = field(default="")


def current_strings() -> QuerySet[StringTranslation]:
    """The translated strings that count today."""
    return StringTranslation.objects.filter(
        Exists(
            StringSegment.objects.filter(
                string_id=OuterRef("translation_of_id"), context_id=OuterRef("context_id")
            )
        ),
        Exists(
            Translation.objects.filter(
                source__object_id=OuterRef("context__object_id"),
                target_locale_id=OuterRef("locale_id"),
                enabled=True,
            )
        ),
    )


def editable_strings(user) -> QuerySet[StringTranslation]:
    """Those of translations that the user may edit, page by page."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    kinds = [model for model in get_snippet_models() if user_can_edit_snippet_type(user, model)]
    types = [kind.pk for kind in ContentType.objects.get_for_models(*kinds).values()]
    return current_strings().filter(
        Exists(
            pages.order_by().filter(
                translation_key=OuterRef("context__object_id"), locale_id=OuterRef("locale_id")
            )
        )
        | Q(context__object__content_type__in=types)
    )


def ignored_among(strings: QuerySet[StringTranslation]) -> Iterator[Ignored]:
    """Of these strings, those that ignore the glossary; in a number of queries that only
    grows with the number of languages."""
    locales = Locale.objects.in_bulk()
    glossaries: dict[tuple[int, int], Glossary] = {}
    rows = strings.order_by("locale_id", "context__object_id", "pk").values_list(
        "pk",
        "context__object_id",
        "context__object__content_type_id",
        "locale_id",
        "translation_of__locale_id",
        "context__path",
        "translation_of__data",
        "data",
    )
    for pk, key, kind, locale_id, source_id, path, source, translation in rows:
        if not translation.strip() or source_id not in locales:
            continue
        pair = source_id, locale_id
        if pair not in glossaries:
            codes = (locales[each].language_code for each in pair)
            glossaries[pair] = Glossary(*codes)
        terms = glossaries[pair].ignored_in(source, translation)
        if terms:
            yield Ignored(
                pk,
                key,
                kind,
                locales[locale_id],
                path,
                without_tags(source),
                without_tags(translation),
                terms,
            )


def ignored_in_translation(record: Translation) -> list[Ignored]:
    """The strings of one translation that ignore the glossary."""
    return list(
        ignored_among(
            current_strings().filter(
                context__object_id=record.source.object_id, locale_id=record.target_locale_id
            )
        )
    )


def with_places(rows: Iterable[Ignored]) -> list[Ignored]:
    """The rows with the titles of the pages and the addresses of their editors; one query
    for pages and one for each kind of snippet."""
    rows = list(rows)
    by_kind = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    for kind, of_kind in by_kind.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        known = {
            (each.translation_key, each.locale_id): each
            for each in model._default_manager.filter(
                translation_key__in={row.key for row in of_kind}
            )
        }
        for row in of_kind:
            if each := known.get((row.key, row.locale.pk)):
                row.title, row.address = _title(each), _editor(each)
    return rows


def _title(instance) -> str:
    return instance.get_admin_display_title() if isinstance(instance, Page) else str(instance)


def _editor(instance) -> str:
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk])
