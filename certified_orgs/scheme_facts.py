"""What a page tells the public about the scheme of a day. Templates read its properties."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils.functional import cached_property

from kiyose.pages.languages import snippets_in_visitors_language

from . import places
from .artwork import MarkArtwork, mark_artwork
from .models import Criterion, SchemeYear
from .scheme import OpenPoint, certificate_name, mark_name, open_points
from .windows import Window


class SchemeFacts:
    """The settings of one year for a visitor.

    windows: those of the scheme.
    """

    def __init__(self, scheme: SchemeYear, today: datetime.date, windows: list[Window]):
        self.scheme = scheme
        self.today = today
        self.windows = windows

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

    @cached_property
    def criteria(self) -> list[Criterion]:
        """With ``words`` for the visitor."""
        return snippets_in_visitors_language(Criterion, Q(scheme=self.scheme))
