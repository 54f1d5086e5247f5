"""What a page tells the public about the scheme of a day. Templates read its properties."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property

from kiyose.pages.languages import snippets_in_visitors_language
from kiyose.pages.models import Division

from . import places
from .artwork import MarkArtwork, mark_artwork
from .kinds import OrgKind
from .models import Criterion, SchemeYear
from .scheme import OpenPoint, certificate_name, mark_name, open_points


@dataclass(frozen=True)
class Window:
    """Where organisations of a kind go. division: with ``words`` for the visitor, or None."""

    kind: str
    label: str
    division: Division | None


class SchemeFacts:
    """The settings of one year for a visitor.

    divisions: all of them, as ``kiyose.pages.divisions`` gives them.
    """

    def __init__(self, scheme: SchemeYear, today: datetime.date, divisions: list[Division]):
        self.scheme = scheme
        self.today = today
        self._divisions = {division.pk: division for division in divisions}

    @property
    def is_open(self) -> bool:
        return self.scheme.accepts_applications(self.today)

    @property
    def is_still_to_open(self) -> bool:
        return self.today < self.scheme.opens_on

    @property
    def certificate_name(self) -> str:
        return certificate_name(self.scheme)

    @property
    def mark_name(self) -> str:
        return mark_name(self.scheme)

    @cached_property
    def mark(self) -> MarkArtwork:
        return mark_artwork(self.scheme)

    @cached_property
    def places(self) -> list[places.Count]:
        return places.counts(self.scheme)

    @cached_property
    def open_points(self) -> list[OpenPoint]:
        return open_points(self.scheme)

    @property
    def windows(self) -> list[Window]:
        named = {
            OrgKind.COMPANY: self.scheme.company_window_id,
            OrgKind.GROUP: self.scheme.group_window_id,
        }
        return [
            Window(kind, kind.label, self._divisions.get(key)) for kind, key in named.items()
        ]

    @cached_property
    def criteria(self) -> list[Criterion]:
        """With ``words`` for the visitor."""
        return snippets_in_visitors_language(Criterion, Q(scheme=self.scheme))
