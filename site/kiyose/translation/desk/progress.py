"""How far a language is: pages that are up to date, and what is still to be translated."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Coalesce, Length
from wagtail.models import Locale
from wagtail_localize.models import StringSegment

from ..state import State
from .rows import page_rows, states_of, untranslated


@dataclass(frozen=True)
class Progress:
    """Of all public pages of the source's tree, whoever asks."""

    locale: Locale
    states: dict[State, int]
    # Of what has been started; a page that nobody has started is counted as a page.
    characters_left: int

    @property
    def name(self) -> str:
        return self.locale.get_display_name()

    @property
    def pages(self) -> int:
        return sum(self.states.values())

    @property
    def current(self) -> int:
        return self.states[State.CURRENT]

    @property
    def missing(self) -> int:
        return self.states[State.MISSING]

    @property
    def outdated(self) -> int:
        return self.states[State.OUTDATED]

    @property
    def percent(self) -> int:
        """Rounded down: a hundred is everything."""
        return self.current * 100 // self.pages if self.pages else 0


def progress_of(locale: Locale) -> Progress:
    """Two queries, however many pages there are."""
    rows = page_rows(locale).filter(live=True)
    segments = StringSegment.objects.filter(
        source__translations__target_locale=locale,
        source__translations__enabled=True,
        source__object_id__in=rows.filter(record_id__isnull=False).values("translation_key"),
    ).order_by()
    left = untranslated(segments, locale.pk).aggregate(
        characters=Coalesce(Sum(Length("string__data")), 0)
    )
    return Progress(locale, states_of(rows), left["characters"])
