"""What the list, the month and the timetable of events have in common: conditions from the
address, and what meets them.

Values of one name mean *or*, different names mean *and*
(``?field=farming&field=culture&free=yes``). What is not known is ignored with a notice.
Conditions are facts, so they are asked of the source tree and answer alike in every language.
The visitor's plan (``?pick=``) is carried along.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_

from django.core.paginator import Page as ListPage
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiyose.japanese.dates import format_date, format_month
from kiyose.pages.languages import (
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    source_language,
    visitor_language,
)
from kiyose.pages.listing import page_of
from kiyose.pages.pictures import load_pictures
from kiyose.pages.visibility import public
from projects.listing import chosen_conditions
from sdgs.filters import goals_to_choose, known_goals
from sdgs.models import PageMark

from .announcements import announcements_for
from .choices import Audience, Language, Repeats
from .decision_words import is_public
from .decisions import Decisions, decisions_from_today
from .models import Decision, EventField, EventPage, FestivalPage, Session, Venue
from .models.fields import has_code
from .patterns import DAY
from .picks import read
from .schedule import Entry, Programme, Time, public_events, venues
from .spans import AskedSpan, Span, has_free_day, shortcuts, year_until

YES = "yes"


@dataclass(frozen=True)
class Chip:
    """A condition chosen. thing: what its words belong to, for their language; query: the
    address without it."""

    kind: str
    text: str
    thing: object
    query: str


@dataclass(frozen=True)
class Shortcut:
    """A span of days that one tap chooses."""

    text: str
    query: str
    is_chosen: bool
    span: Span


class EventListing:
    """The conditions of one request, and the events that meet them."""

    def __init__(self, request):
        self.request = request
        request.is_of_the_moment = True
        self.today = timezone.localdate()
        self.notices: list[str] = []
        self.asked_span = AskedSpan(request.GET, self.today)
        self.notices += self.asked_span.notices
        if self.asked_span.faults:
            self.notices.append(_("One of the days is not as it should be; see “Days”."))
        self.options = {
            "when": list(self._spans),
            "year": [str(year) for year in self.past_years],
            "field": [field.key for field in self.fields.values()],
            "goal": known_goals(),
            "venue": [venue.key for venue in self.venues_to_choose],
            "audience": list(Audience.values),
            "language": list(Language.values),
            "festival": [festival.slug for festival in self.festivals],
            "free": [YES],
            "weekend": [YES],
        }
        self.chosen = chosen_conditions(request.GET, self.options, self.notices)

    # What can be chosen

    @cached_property
    def fields(self) -> dict[int, EventField]:
        """By the number of the source row, each with ``words`` for the visitor."""
        return {row.pk: row for row in snippets_in_visitors_language(EventField)}

    @cached_property
    def venues(self) -> dict[int, Venue]:
        """Each with ``is_used``."""
        return venues(is_used=_is_used())

    @property
    def venues_to_choose(self) -> list[Venue]:
        """Those where something public is, or was moved to."""
        return [venue for venue in self.venues.values() if venue.is_used]

    @cached_property
    def festivals(self) -> list[FestivalPage]:
        """Every public festival, the newest first, in the visitor's language."""
        rows = FestivalPage.objects.filter(locale__language_code=source_language())
        return in_visitors_language_at_once(public(rows).order_by("-first_day", "path"))

    @property
    def goals(self):
        return goals_to_choose()

    @property
    def audiences(self):
        return Audience.choices

    @property
    def languages(self):
        return Language.choices

    @property
    def other_languages_chosen(self) -> list[str]:
        """Those besides English, which has a box of its own."""
        return [code for code in self.chosen["language"] if code != Language.EN]

    @cached_property
    def years(self) -> list[int]:
        """The years in which anything begins or ends. One query."""
        pairs = public_events().order_by().values_list("first_day__year", "last_day__year")
        return sorted({year for pair in pairs.distinct() for year in pair if year})

    @property
    def past_years(self) -> list[int]:
        """Those of which something is over, the newest first."""
        today = self.today
        return [year for year in reversed(self.years) if year_until(year, today).first < today]

    @property
    def past_year_links(self) -> list[dict]:
        """The archive, year by year; other conditions stay."""
        return [
            {
                "text": format_month(year, None, visitor_language()),
                "query": self.query("from", "to", "when", year=year),
                "is_chosen": year == self.archive_year,
            }
            for year in self.past_years
        ]

    @cached_property
    def _spans(self) -> dict[str, Span]:
        return shortcuts(self.today)

    # What was chosen

    @cached_property
    def span(self) -> Span | None:
        """The days asked for; None: whatever comes."""
        if self.asked_span.span:
            return self.asked_span.span
        if self.chosen["when"]:
            return self._spans[self.chosen["when"][0]]
        if self.chosen["year"]:
            return year_until(int(self.chosen["year"][0]), self.today)
        return None

    @property
    def archive_year(self) -> int | None:
        year = self.chosen["year"]
        is_chosen = year and not self.asked_span.span and not self.chosen["when"]
        return int(year[0]) if is_chosen else None

    @property
    def is_filtered(self) -> bool:
        return bool(self.span or any(self.chosen.values()))

    @property
    def is_the_default(self) -> bool:
        """Nothing was asked for: what comes next, from today on."""
        return not self.is_filtered

    @cached_property
    def picks(self) -> list[str]:
        """The visitor's plan, as the address carries it."""
        return read(self.request.GET.getlist("pick")).codes

    @cached_property
    def conditions(self) -> QueryDict:
        """What of the address is understood: the same view, from its beginning."""
        kept = QueryDict(mutable=True)
        span = self.asked_span.span
        if span:
            kept["from"] = span.first.isoformat()
            if span.last:
                kept["to"] = span.last.isoformat()
        for name, values in self.chosen.items():
            if values and not (span and name in ("when", "year")):
                kept.setlist(name, values)
        kept.setlist("pick", self.picks)
        return kept

    def query(self, *without: str, **values) -> str:
        """``?…`` with these conditions, but for some names, and with other values of some.
        ``from_`` stands for ``from``."""
        kept = self.conditions.copy()
        for name in without:
            kept.pop(name, None)
        for name, value in values.items():
            kept[name.rstrip("_")] = str(value)
        text = kept.urlencode()
        return f"?{text}" if text else ""

    @property
    def query_for_views(self) -> str:
        """For the other ways to look at the same: their addresses with these conditions."""
        return self.query()

    @property
    def query_for_nothing(self) -> str:
        """All conditions cleared; the plan stays."""
        return self.query(*self.options, "from", "to") or self.request.path

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries along."""
        return [("pick", pick) for pick in self.picks]

    @property
    def first_typed(self) -> str:
        return self._typed("from", self.span.first if self.span else None)

    @property
    def last_typed(self) -> str:
        return self._typed("to", self.span.last if self.span else None)

    def _typed(self, name: str, understood: datetime.date | None) -> str:
        """A fault stays as it was typed; what was understood is written as browsers want it."""
        if name in self.asked_span.faults:
            return self.asked_span.typed[name]
        return understood.isoformat() if understood else ""

    @cached_property
    def shortcuts(self) -> list[Shortcut]:
        words = {
            "today": pgettext("day", "Today"),
            "weekend": _("This weekend"),
            "next-weekend": _("Next weekend"),
        }
        others = ("from", "to", "year", "when")
        return [
            Shortcut(words[when], self.query(*others, when=when), self.span == span, span)
            for when, span in self._spans.items()
        ]

    @property
    def field_shortcuts(self) -> list[Chip]:
        """The fields as links, until one is chosen."""
        if self.chosen["field"]:
            return []
        return [
            Chip("", row.words.name, row.words, self.query(field=row.key))
            for row in self.fields.values()
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """The conditions chosen, each with the address without it."""
        span, chips = self.span, []
        if span:
            text, spans = say_span(span), ("from", "to", "when", "year")
            if self.archive_year:
                text = format_month(self.archive_year, None, visitor_language())
            chips.append(Chip(_("Days"), text, "", self.query(*spans)))
        fields = {row.key: row.words for row in self.fields.values()}
        places = {row.key: row.words for row in self.venues.values()}
        editions = {page.slug: page for page in self.festivals}
        goals = {label.code: label for label in self.goals}
        named = {
            "field": (pgettext("of events", "Field"), lambda key: (fields[key].name, fields[key])),
            "goal": (_("Goal"), lambda key: (f"{key} {goals[key].text}", goals[key])),
            "venue": (_("Venue"), lambda key: (places[key].name, places[key])),
            "audience": (_("For whom"), lambda code: (Audience(code).label, "")),
            "language": (_("Spoken"), lambda code: (Language(code).label, "")),
            "festival": (_("Festival"), lambda slug: (editions[slug].title, editions[slug])),
            "free": (_("Fee"), lambda _yes: (_("Free of charge"), "")),
            "weekend": (_("Weekdays"), lambda _yes: (_("Saturdays, Sundays and holidays"), "")),
        }
        for name, (kind, words) in named.items():
            for value in self.chosen[name]:
                text, thing = words(value)
                chips.append(Chip(kind, text, thing, self._without(name, value)))
        return chips

    def _without(self, name: str, value: str) -> str:
        kept = self.conditions.copy()
        kept.setlist(name, [other for other in kept.getlist(name) if other != value])
        return f"?{kept.urlencode()}"

    # What is found

    @cached_property
    def events(self) -> QuerySet[EventPage]:
        """The events that meet the conditions, whenever they are."""
        chosen, rows = self.chosen, public_events()
        if chosen["field"]:
            rows = rows.filter(field__key__in=chosen["field"])
        if chosen["goal"]:
            marked = PageMark.objects.filter(tag__goal_number__in=chosen["goal"])
            rows = rows.filter(pk__in=marked.values("content_object"))
        for name, codes in (("audiences", "audience"), ("languages", "language")):
            if chosen[codes]:
                rows = rows.filter(reduce(or_, (has_code(name, code) for code in chosen[codes])))
        if chosen["free"]:
            rows = rows.filter(fee=0)
        if chosen["festival"]:
            rows = rows.filter(_is_in_programme(chosen["festival"]))
        return rows

    def programme(self, first: datetime.date, last: datetime.date) -> Programme:
        """What meets the conditions between two days."""
        decisions = decisions_from_today(self.request) if first >= self.today else Decisions(first)
        return Programme(first, last, self.events, self._at_the_venues(decisions), decisions)

    @cached_property
    def _venue_numbers(self) -> set[int]:
        return {pk for pk, row in self.venues.items() if row.key in self.chosen["venue"]}

    def _at_the_venues(self, decisions: Decisions) -> Q:
        """The sessions at the venues chosen; all, where something was moved to one of them."""
        wanted = self._venue_numbers
        if not wanted or any(row.moved_to_id in wanted for row in decisions.rows):
            return Q()
        return Q(venue__in=wanted)

    def is_wanted(self, time: Time) -> bool:
        """The conditions that a time has to meet as it is settled now."""
        settled, venues_wanted = time.settled, self._venue_numbers
        if venues_wanted and not venues_wanted & {settled.venue_id, settled.planned.venue_id}:
            return False
        if self.chosen["weekend"] and not time.in_words:
            return has_free_day(settled.occurrence.day, settled.occurrence.last_day)
        return True

    def shown(self, programme: Programme, times) -> list[Entry]:
        """Times as the visitor reads them, each event with ``field_words``."""
        entries = programme.entries(times, self.venues)
        for entry in entries:
            field = self.fields.get(entry.event.field_id)
            entry.event.field_words = field.words if field else None
        return entries

    # What stands around it

    @property
    def announcements(self) -> list:
        return announcements_for(self.request)

    @cached_property
    def coming_festivals(self) -> list[FestivalPage]:
        """Those that are not over, the next one first, with their pictures."""
        coming = [page for page in self.festivals if page.last_day and page.last_day >= self.today]
        coming.sort(key=lambda page: page.first_day)
        load_pictures(coming)
        return coming

    @property
    def past_festivals(self) -> list[FestivalPage]:
        return [page for page in self.festivals if page.last_day and page.last_day < self.today]


class EventList(EventListing):
    """The list: every event once, at its next time within the days asked for."""

    @cached_property
    def _programme(self) -> Programme:
        span = self.span or Span(self.today)
        return self.programme(span.first, span.end)

    @cached_property
    def found(self) -> list[Time]:
        """The next time of each event, by day; what stands only in words after the days of
        its month."""
        times = self._programme.next_times(self.is_wanted).values()
        return sorted(times, key=self._order)

    def _order(self, time: Time) -> tuple:
        day = self.day_of(time)
        return (day.year, day.month, time.in_words, day, *time.order)

    def day_of(self, time: Time | Entry) -> datetime.date:
        """The day under which the list shows it."""
        return time.day_between(self._programme.first, self._programme.last)

    @cached_property
    def rows(self) -> ListPage:
        """One screenful of the times found."""
        return page_of(self.found, self.request, self.notices)

    @cached_property
    def groups(self) -> list[dict]:
        """The screenful by days: the day (None for dates in words), its heading, and entries
        with how often the event takes place later."""
        entries = self.shown(self._programme, self.rows)
        groups = []
        for (day, heading), of_day in groupby(entries, self._heading):
            of_day = [{"entry": entry, "more": self._later(entry)} for entry in of_day]
            groups.append(
                {"day": day, "heading": heading, "note": self._nearness(day)} | {"entries": of_day}
            )
        return groups

    def _heading(self, entry: Entry) -> tuple[datetime.date | None, str]:
        day, language = self.day_of(entry), visitor_language()
        if entry.in_words:
            # No month either: the days of what is said in words are for sorting only.
            return None, _("Without an exact date")
        return day, format_date(day, language)

    def _nearness(self, day: datetime.date | None) -> str:
        return {
            self.today: pgettext("day", "Today"),
            self.today + DAY: pgettext("day", "Tomorrow"),
        }.get(day, "")

    @cached_property
    def _sessions_of_events(self) -> dict[int, list[Session]]:
        found: dict[int, list[Session]] = defaultdict(list)
        for session in self._programme.sessions:
            found[session.page_id].append(session)
        return found

    def _later(self, entry: Entry) -> int:
        """How many more times the same event takes place within the days asked for."""
        programme = self._programme
        times = (
            Time(session, programme.decisions.settle(planned))
            for session in self._sessions_of_events[entry.session.page_id]
            if session.repeats != Repeats.IN_WORDS
            for planned in programme.planned_times(session)
        )
        wanted = sum(1 for time in times if self.day_of(time) and self.is_wanted(time))
        return max(wanted - 1, 0) if not entry.in_words else wanted


def _is_in_programme(slugs: list[str]) -> Exists:
    """A condition on events: below one of these festivals."""
    # The path of a page begins with the path of its parent.
    return Exists(
        FestivalPage.objects.annotate(
            event_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        ).filter(
            slug__in=slugs,
            locale__language_code=source_language(),
            event_path__startswith=F("path"),
        )
    )


def _is_used() -> Exists:
    """A condition on venues."""
    there = public_events().order_by().filter(sessions__venue=OuterRef("pk"))
    moved = Decision.objects.filter(is_public(), moved_to=OuterRef("pk"))
    return Exists(there) | Exists(moved)


def say_span(span: Span) -> str:
    """The days as people write them."""
    language = visitor_language()
    first = format_date(span.first, language)
    if span.last is None:
        return _("from %(day)s") % {"day": first}
    if span.last == span.first:
        return first
    last = format_date(span.last, language)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
