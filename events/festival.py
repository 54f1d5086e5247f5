"""An edition of a festival as its page shows it: its days, its programme, what is where."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from kiyose.pages.languages import in_visitors_language_at_once, source_language
from kiyose.pages.pictures import with_files
from kiyose.pages.visibility import public

from .announcements import Announcement, Subject, announcements_for
from .decisions import Decisions, Planned, Settled, Standing
from .exhibitors import Exhibitors
from .festival_rows import load_rows
from .models import FestivalPage, FestivalPart, Venue
from .patterns import Occurrence
from .presentation import source_of
from .schedule import Entry, Programme, public_events, venues
from .times import is_over
from .visitors import VisitorsCounted, visitors_counted

# Some of a programme may be before or after the days of the festival themselves.
AROUND = datetime.timedelta(days=31)
# A decision about one event or one venue is about no day as a whole.
NO_EVENT = 0


@dataclass(frozen=True)
class PartShown:
    """A part of the festival: when and where it is. part: with ``name`` in the visitor's
    language; venue: with ``words``."""

    part: FestivalPart
    first_day: datetime.date
    last_day: datetime.date
    venue: Venue | None


@dataclass
class Group:
    """Some of the programme: that of one part, by days. part: None for what is in none."""

    part: PartShown | None
    days: dict[datetime.date, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    @property
    def by_day(self) -> list[tuple[datetime.date, list[Entry]]]:
        return sorted(self.days.items())


class FestivalFacts:
    """What stands on the page of one edition. Every property that asks the database asks once."""

    def __init__(self, page: FestivalPage, request):
        request.is_of_the_moment = True
        self.page = page
        self.request = request
        self.now = timezone.now()
        self.today = timezone.localdate()
        load_rows(page)
        self._load_pictures()
        self.exhibitors = Exhibitors(page)

    def _load_pictures(self) -> None:
        """The picture of the page and the plan of the venue: one query for both."""
        names = [name for name in ("picture", "venue_plan") if getattr(self.page, f"{name}_id")]
        if "venue_plan" not in names:
            return  # the page's own picture is loaded where it is shown
        images = with_files(getattr(self.page, f"{name}_id") for name in names)
        for name in names:
            image = images.get(getattr(self.page, f"{name}_id"))
            if image:
                setattr(self.page, name, image)

    @cached_property
    def source(self) -> Page:
        return source_of(self.page, self.request)

    @cached_property
    def _venues(self) -> dict[int, Venue]:
        return venues()

    # Its days

    @cached_property
    def days(self) -> list[Settled]:
        """The days on which it is open, each with what was decided about all of it."""
        return [
            self._decisions.settle(
                Planned(
                    NO_EVENT,
                    self.source.path,
                    Occurrence(day.date, day.date, day.opens_at, day.closes_at),
                )
            )
            for day in sorted(self.page.days.all(), key=lambda day: day.date)
        ]

    @cached_property
    def _decisions(self) -> Decisions:
        return Decisions(min(self._first_day - AROUND, self.today))

    @property
    def _first_day(self) -> datetime.date:
        return min((day.date for day in self.page.days.all()), default=self.today)

    @property
    def _last_day(self) -> datetime.date:
        return max((day.date for day in self.page.days.all()), default=self.today)

    @property
    def is_over(self) -> bool:
        return bool(self.days) and all(is_over(settled, self.now) for settled in self.days)

    @property
    def was_cancelled(self) -> bool:
        """Whether none of its days took place."""
        return self.standing == Standing.CANCELLED

    @property
    def standing(self) -> Standing:
        """What holds for all of its days that are to come: one word, ``ON`` where they differ."""
        days = [settled for settled in self.days if not is_over(settled, self.now)] or self.days
        standings = {settled.standing for settled in days}
        return standings.pop() if len(standings) == 1 else Standing.ON

    @property
    def announcements(self) -> list[Announcement]:
        """What must be known now, as long as it is not over."""
        if self.is_over:
            return []
        sessions = [entry.session for entry in self.entries]
        times = [*self.days, *(entry.settled for entry in self.entries)]
        subject = Subject(self.page, self.source.path, sessions, times)
        return announcements_for(self.request, subject, self._decisions)

    # Its programme

    @cached_property
    def parts(self) -> list[PartShown]:
        return [
            PartShown(row.part, row.first_day, row.last_day, self._venues.get(row.venue_id))
            for row in self.page.parts.all()
        ]

    @cached_property
    def entries(self) -> list[Entry]:
        """Every time of every public event below it, in order. Two queries besides decisions
        and venues, which the page asks for anyway."""
        programme = Programme(
            self._first_day - AROUND,
            self._last_day + AROUND,
            public_events().filter(path__startswith=self.source.path),
            decisions=self._decisions,
        )
        return programme.entries(programme.times(), self._venues)

    @cached_property
    def programme(self) -> list[Group]:
        """By part, in the order of the parts, and by day; what is in none comes last."""
        groups = [Group(part) for part in self.parts]
        without = Group(None)
        for entry in self.entries:
            group = next((each for each in groups if self._is_of(entry, each.part)), without)
            group.days[entry.occurrence.day].append(entry)
        return [group for group in (*groups, without) if group.days]

    @staticmethod
    def _is_of(entry: Entry, shown: PartShown) -> bool:
        """A part has its programme through its field."""
        return entry.event.field_id == shown.part.field_id

    @cached_property
    def places(self) -> list[Venue]:
        """Every venue of its parts and of its programme, in the order of their names."""
        used = {part.venue.pk for part in self.parts if part.venue}
        used |= {entry.venue.pk for entry in self.entries if entry.venue}
        return [venue for key, venue in self._venues.items() if key in used]

    # Around it

    @cached_property
    def visitors(self) -> VisitorsCounted | None:
        """Nobody has been counted before it is over."""
        return visitors_counted(self.page, self.request) if self.is_over else None

    @cached_property
    def editions(self) -> list[FestivalPage]:
        """The other public editions of the series in the visitor's language, newest first."""
        rows = FestivalPage.objects.filter(
            locale__language_code=source_language(), series=self.page.series
        ).exclude(translation_key=self.page.translation_key)
        return in_visitors_language_at_once(public(rows).order_by("-first_day", "-pk"))

    @property
    def past_editions(self) -> list[FestivalPage]:
        """The archive: those before today."""
        return [page for page in self.editions if page.last_day and page.last_day < self.today]

    @property
    def next_edition(self) -> FestivalPage | None:
        """The one to go to from a page that is over."""
        coming = [page for page in self.editions if page.last_day and page.last_day >= self.today]
        return coming[-1] if coming else None
