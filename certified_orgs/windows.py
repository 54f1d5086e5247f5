"""The windows as visitors read them: who answers the telephone for which kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from kiyose.pages.divisions import divisions
from kiyose.pages.languages import (
    html_language,
    snippets_in_visitors_language,
    visitor_language,
)
from kiyose.pages.models import Division

from .kinds import OrgKind
from .models import SchemeYear
from .scheme import NoScheme, scheme_on


@dataclass(frozen=True)
class Window:
    """``facts`` (numbers, addresses) and ``words`` (names, hours) of the division that looks
    after a kind of organisations, and ``lang`` of the words where it is not the frame's."""

    kind: str
    facts: object
    words: object
    lang: str

    @property
    def kind_label(self) -> str:
        return str(OrgKind(self.kind).label)


def windows(request, scheme: SchemeYear | None = None) -> list[Window]:
    """Those that the settings name, companies first; by the query for divisions that every
    page makes. Without settings there is none."""
    if scheme is None:
        try:
            scheme = scheme_on(timezone.localdate())
        except NoScheme:
            return []
    rows = {row.pk: row for row in divisions(request)}
    named = {OrgKind.COMPANY: scheme.company_window_id, OrgKind.GROUP: scheme.group_window_id}
    return [_window(kind, rows[pk]) for kind, pk in named.items() if pk in rows]


def with_words(division: Division | None) -> Division | None:
    """The division with ``words`` in the language that is on; one query."""
    if division is None:
        return None
    return snippets_in_visitors_language(Division, Q(pk=division.pk))[0]


def city(request) -> list[Window]:
    """The division that decides, for who is to ask the city itself."""
    return [_window("", row) for row in divisions(request) if row.is_default]


def _window(kind: str, row) -> Window:
    language = row.words.language
    lang = "" if language == visitor_language() else html_language(language)
    return Window(kind, row, row.words, lang)
