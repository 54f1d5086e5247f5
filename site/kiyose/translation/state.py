"""In one word: how a translation stands for those who work on it.

The first line that is true counts:

| state | when |
|---|---|
| MISSING | nobody has started it (there is no ``Translation``) |
| READY | a translator says that it is ready for review |
| MACHINE | its working words hold a machine's that nobody has confirmed |
| STARTED | it is not public |
| OUTDATED | it is public, and its source has other words by now |
| CURRENT | it is public and says what its source says |
"""

from __future__ import annotations

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation


class State(TextChoices):
    MISSING = "missing", pgettext_lazy("translation", "Missing")
    READY = "ready", pgettext_lazy("translation", "Ready for review")
    MACHINE = "machine", pgettext_lazy("translation", "Machine draft")
    STARTED = "started", pgettext_lazy("translation", "Started")
    OUTDATED = "outdated", pgettext_lazy("translation", "Out of date")
    CURRENT = "current", pgettext_lazy("translation", "Up to date")


def with_state(translations: QuerySet) -> QuerySet:
    """The translations, each with ``state``: a value of ``State``. No query of its own.

    A snippet's translation is public when its words are; that is when ``made_of`` is known.
    """
    machine = StringTranslation.objects.filter(
        locale_id=OuterRef("target_locale_id"),
        context__object_id=OuterRef("source__object_id"),
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE,
        translation_of__segments__source_id=OuterRef("source_id"),
        translation_of__segments__context=F("context"),
    )
    withdrawn = Page.objects.filter(
        translation_key=OuterRef("source__object_id"),
        locale_id=OuterRef("target_locale_id"),
        live=False,
    )
    return translations.annotate(
        state=Case(
            When(status__ready_at__isnull=False, then=Value(State.READY.value)),
            When(Exists(machine), then=Value(State.MACHINE.value)),
            When(
                Q(status__made_of__isnull=True) | Q(Exists(withdrawn)),
                then=Value(State.STARTED.value),
            ),
            When(status__outdated_since__isnull=False, then=Value(State.OUTDATED.value)),
            default=Value(State.CURRENT.value),
            output_field=CharField(),
        )
    )


def state_of(record: Translation | None) -> State:
    """The state of one translation; MISSING for none."""
    if record is None:
        return State.MISSING
    return State(
        with_state(Translation.objects.filter(pk=record.pk)).values_list("state", flat=True).get()
    )
