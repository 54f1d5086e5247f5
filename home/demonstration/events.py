"""The sample festival with its programme, other events, and an archive of real ones.

Days are written so that they are always ahead (``content/pages/events/``):

* ``2022-02-05``: that day, for what is over;
* ``weekend 0 sun``: a day of the week that ends with this weekend; 1 is the next one;
* ``festival 2 sat``: the same, counted from the festival's first weekend, which is 1;
* ``day -10``: that many days from the day of loading;
* ``august 31``: the next one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from certified_orgs.models import CertifiedOrgPage
from events.imports.event_import import usual_source
from events.models import (
    Decision,
    EventExhibitor,
    EventIndexPage,
    EventPage,
    FestivalDay,
    FestivalExhibitor,
    FestivalPage,
    FestivalPartDays,
    ImportedEvent,
    Session,
)
from events.patterns import moment
from kiyose.japanese.periods import fiscal_year_of
from projects.models import IndicatorPage

from ..roles import ROLES
from .files import names, read

FOLDER = "pages/events"
COMMITTEE, ON_DUTY = "iinkai", "duty"
WEEKS_AHEAD = 3
# In the week that ends with a weekend, from its Saturday.
WEEKDAYS = {"mon": -5, "tue": -4, "wed": -3, "thu": -2, "fri": -1, "sat": 0, "sun": 1}
SATURDAY = 5

DAYS = ("apply_from", "apply_until")
CODES = ("audiences", "languages", "accessibility", "diets", "allergens")


def load(loader, home) -> None:
    """All of it, below the list of events of that home page."""
    for kind in ("event_fields", "festival_parts", "venues"):
        for item in read("snippets")[kind]:
            loader.snippet(kind, item["key"])
    index = home.get_children().type(EventIndexPage).get()
    programme = Programme(loader, Days(loader.today))
    # The newest edition first: a visitor who goes through the tree meets it first.
    for name in reversed(names(f"{FOLDER}/festivals")):
        programme.festival(name, index)
    for folder in ("alone", "archive"):
        for name in names(f"{FOLDER}/{folder}"):
            programme.event(name, index)
    programme.decide()


@dataclass(frozen=True)
class Days:
    """today: the day of loading."""

    today: datetime.date

    def weekend(self, number: int) -> datetime.date:
        """The Saturday of a weekend; 0 is this one, on a Sunday too."""
        is_sunday = self.today.weekday() == SATURDAY + 1
        ahead = -1 if is_sunday else SATURDAY - self.today.weekday()
        return self.today + datetime.timedelta(days=ahead, weeks=number)

    def festival(self, number: int) -> datetime.date:
        """The Saturday of its first or second weekend, neither of them at the turn of a year."""
        first = self.weekend(WEEKS_AHEAD)
        while any(self._is_new_year(first + datetime.timedelta(days=day)) for day in (0, 1, 7, 8)):
            first += datetime.timedelta(weeks=1)
        return first + datetime.timedelta(weeks=number - 1)

    @staticmethod
    def _is_new_year(day: datetime.date) -> bool:
        """Whether offices are closed (12月29日 to 1月3日)."""
        return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)

    def day(self, said: str | datetime.date) -> datetime.date:
        """The day that a content file means."""
        if isinstance(said, datetime.date):
            return said
        kind, number, *weekday = said.split()
        if kind == "day":
            return self.today + datetime.timedelta(days=int(number))
        if kind == "august":
            has_gone = self.today > datetime.date(self.today.year, 8, 31)
            return datetime.date(self.today.year + has_gone, 8, int(number))
        saturday = {"weekend": self.weekend, "festival": self.festival}[kind](int(number))
        return saturday + datetime.timedelta(days=WEEKDAYS[weekday[0]])


def clock(said: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(said) if said else None


@dataclass(frozen=True)
class Programme:
    """loader: has the vocabulary, and makes pages; days: tell when everything is."""

    loader: object
    days: Days

    # Pages

    def festival(self, name: str, index) -> None:
        """An edition, and below it the events in the folder of its name."""
        content = read(name)
        page = FestivalPage(locale=self.loader.source, slug=content["slug"], live=False)
        facts = dict(content["facts"])
        plan = facts.pop("venue_plan", None)
        pairs = self.loader.write(page, name, content | {"facts": self._festival_facts(facts)})
        if plan:
            page.venue_plan = self.loader.image(plan, read("pictures")[plan])
        page = index.add_child(instance=page)
        self.loader.publish(page, pairs)
        for each in names(f"{name}"):
            self.event(each, page, content.get("for_all_events", {}))

    def event(self, name: str, parent, shared: dict | None = None) -> None:
        """shared: words and facts of all events of an edition."""
        own, shared = read(name), shared or {}
        content = shared | own | {"facts": shared.get("facts", {}) | own["facts"]}
        page = EventPage(locale=self.loader.source, slug=own["slug"], live=False)
        content["facts"] = self._event_facts(content["facts"])
        pairs = self.loader.write(page, name, content)
        page = parent.add_child(instance=page)
        self.loader.publish(page, pairs)
        if "line_of_the_citys_file" in content:
            self._remember_line(page, content["line_of_the_citys_file"])

    def _remember_line(self, page: EventPage, number: int) -> None:
        """As if it had been imported, so that importing the city's file makes no second one."""
        session = page.sessions.get()
        ImportedEvent.objects.create(
            source=usual_source(),
            fiscal_year=fiscal_year_of(session.starts_on),
            number=str(number),
            page=page,
            session_key=session.key,
        )

    # Facts

    def _festival_facts(self, facts: dict) -> dict:
        facts = dict(facts)
        facts["days"] = [
            FestivalDay(
                sort_order=order,
                date=self.days.day(line["day"]),
                opens_at=clock(line.get("at")),
                closes_at=clock(line.get("to")),
            )
            for order, line in enumerate(facts["days"])
        ]
        facts["parts"] = [
            FestivalPartDays(
                sort_order=order,
                part=self.loader.snippet("festival_parts", line["part"]),
                first_day=self.days.day(line["day"]),
                last_day=self.days.day(line["until"]),
                venue=self._venue(line),
            )
            for order, line in enumerate(facts["parts"])
        ]
        if facts.pop("has_committee", False):
            (role,) = [role for role in ROLES if role.account == COMMITTEE]
            facts["committee"] = Group.objects.get(name=role.group)
        facts["visitors_indicator"] = IndicatorPage.objects.filter(
            slug=facts["visitors_indicator"], locale=self.loader.source
        ).first()
        # The visitors of what is still to come will be a figure of its own fiscal year.
        fiscal_year = fiscal_year_of(facts["days"][0].date)
        facts.setdefault("visitors_period", f"FY{fiscal_year}")
        facts["exhibitors"] = self._exhibitors(FestivalExhibitor, facts.get("exhibitors", []))
        return facts

    def _event_facts(self, facts: dict) -> dict:
        facts = dict(facts)
        facts["sessions"] = [
            self._session(order, line) for order, line in enumerate(facts["sessions"])
        ]
        for name in DAYS:
            if name in facts:
                facts[name] = self.days.day(facts[name])
        for name in CODES:
            if name in facts:
                facts[name] = " ".join(facts[name])
        if "apply_until_time" in facts:
            facts["apply_until_time"] = clock(facts["apply_until_time"])
        facts["exhibitors"] = self._exhibitors(EventExhibitor, facts.get("exhibitors", []))
        return facts

    def _session(self, order: int, line: dict) -> Session:
        return Session(
            sort_order=order,
            starts_on=self.days.day(line["day"]),
            until=self.days.day(line["until"]) if "until" in line else None,
            repeats=line.get("repeats", "once"),
            starts_at=clock(line.get("at")),
            ends_at=clock(line.get("to")),
            except_holidays=line.get("except_holidays", False),
            venue=self._venue(line),
        )

    def _venue(self, line: dict):
        return self.loader.snippet("venues", line["venue"]) if "venue" in line else None

    def _exhibitors(self, model, lines: list[dict]) -> list:
        """Holders by the address of their profile, others by name; a holder that this
        demonstration does not have is left out."""
        rows = []
        for line in lines:
            values = {"booth": line.get("booth", "")}
            if "holder" in line:
                profile = CertifiedOrgPage.objects.filter(
                    slug=line["holder"], locale=self.loader.source
                ).first()
                if profile is None:
                    continue
                values["certificate"] = profile.certificate
            else:
                values |= {"name": line["name"]["ja"], "english_name": line["name"]["en"]}
            rows.append(model(sort_order=len(rows), **values))
        return rows

    # Decisions of the day

    def decide(self) -> None:
        """As the officer on duty decides: at once, without publishing anything."""
        user = get_user_model().objects.filter(username=ON_DUTY).first()
        events = {page.slug: page for page in EventPage.objects.filter(locale=self.loader.source)}
        for item in read("decisions"):
            following = item.get("next_decision")
            Decision.objects.create(
                event=events[item["event"]],
                day=self.days.day(item["day"]),
                status=item["status"],
                moved_to=self._venue({"venue": item["moved_to"]} if "moved_to" in item else {}),
                next_decision_at=following
                and moment(self.days.day(following["day"]), clock(following["at"])),
                note=item["note"]["ja"],
                note_en=item["note"]["en"],
                made_at=timezone.now() - datetime.timedelta(hours=item["hours_ago"]),
                made_by=user,
            )
