"""What the desk lists: things in the source's language, each with its translation's state.

One query gives all of it, whether there are three rows or three hundred.
"""

from __future__ import annotations

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from wagtail.models import Locale, Page, Site, get_page_models
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from kiyose.pages.languages import source_language
from kiyose.pages.models import SiteIdentity

from ..state import State, with_state

# What waits for work first: the order of the desk.
WORK_FIRST = (
    State.OUTDATED,
    State.READY,
    State.MACHINE,
    State.STARTED,
    State.MISSING,
    State.CURRENT,
)

# Of the translation's status, under its own name.
SAID = ("outdated_since", "machine_since", "ready_at", "reviewed_at", "reviewer_name")


def page_rows(locale: Locale) -> QuerySet:
    """Every public page of the source's tree, and drafts whose translation has been started."""
    pages = Page.objects.filter(locale__language_code=source_language(), depth__gt=1)
    rows = _with_translation(pages, Page, locale, title="draft_title")
    # A page's type keeps its division, so each type is asked; few rows, by their keys.
    divisions = [
        Subquery(model._base_manager.filter(pk=OuterRef("pk")).values("division")[:1])
        for model in get_page_models()
        if hasattr(model, "division")
    ]
    return rows.filter(Q(live=True) | Q(record_id__isnull=False)).annotate(
        division_id=Coalesce(*divisions, Value(default_division_id()), output_field=IntegerField())
    )


def snippet_rows(model: type, locale: Locale) -> QuerySet:
    """The rows of a translated snippet in the source's language."""
    rows = model._default_manager.filter(locale__language_code=source_language())
    return _with_translation(rows, model, locale, title=model.words[0])


def default_division_id() -> int:
    """The division that answers for pages that name none; 0 where nobody has said."""
    root = Site.objects.filter(is_default_site=True)
    identity = SiteIdentity.objects.filter(site__in=root).values_list("default_division", flat=True)
    return identity.first() or 0


def untranslated(segments: QuerySet, locale_id) -> QuerySet:
    """Of strings of sources those that have no valid translation."""
    translations = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=locale_id,
        has_error=False,
    ).exclude(data="")
    return segments.filter(~Exists(translations))


def _with_translation(rows: QuerySet, model: type, locale: Locale, title: str) -> QuerySet:
    """The rows, each with ``target_id``, ``target_title``, ``record_id``, ``state``, ``rank``
    (of its work), ``strings`` and ``strings_left``, and what its status says."""
    targets = model._base_manager.filter(
        translation_key=OuterRef("translation_key"), locale=locale
    ).order_by()
    records = with_state(
        Translation.objects.filter(
            source__object_id=OuterRef("translation_key"), target_locale=locale
        ).order_by()
    )
    rows = rows.annotate(
        target_id=Subquery(targets.values("pk")[:1]),
        target_title=Subquery(targets.values(title)[:1]),
        record_id=Subquery(records.values("pk")[:1]),
        stored_source_id=Subquery(records.values("source")[:1]),
        **{name: Subquery(records.values(f"status__{name}")[:1]) for name in SAID},
    )
    segments = StringSegment.objects.filter(source_id=OuterRef("stored_source_id")).order_by()
    return rows.annotate(
        state=Case(
            When(target_id__isnull=True, then=Value(State.MISSING.value)),
            default=Coalesce(Subquery(records.values("state")[:1]), Value(State.MISSING.value)),
            output_field=CharField(),
        ),
        strings=_number_of(segments),
        strings_left=_number_of(untranslated(segments, locale.pk)),
    ).annotate(
        rank=Case(
            *(When(state=state.value, then=Value(at)) for at, state in enumerate(WORK_FIRST)),
            output_field=IntegerField(),
        )
    )


def _number_of(segments: QuerySet):
    counted = segments.values("source").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def due_first(rows: QuerySet) -> QuerySet:
    """What waits for work first, the longest outdated first of all."""
    return rows.order_by("rank", F("outdated_since").asc(nulls_last=True), "pk")


def states_of(rows: QuerySet) -> dict[State, int]:
    """How many of the rows stand in each state; states without one as 0."""
    found = dict(
        rows.order_by().values("state").annotate(number=Count("pk")).values_list("state", "number")
    )
    return {state: found.get(state.value, 0) for state in WORK_FIRST}
