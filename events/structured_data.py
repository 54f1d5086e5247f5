"""Events and festivals for search engines, in the vocabulary of schema.org (JSON-LD).

Status as in https://schema.org/EventStatusType. What moved to another place has no status of
its own there: it is scheduled, and its location is the new one.
"""

from __future__ import annotations

import datetime

from django.utils.safestring import SafeString, mark_safe

from kiyose.opendata.formats import json_text
from kiyose.opendata.structured_data import ESCAPES
from kiyose.pages.addresses import absolute, visitor_url
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import html_language
from kiyose.pages.pictures import shared_picture

from .choices import Repeats
from .decisions import Settled, Standing
from .festival import FestivalFacts
from .models import Session, Venue
from .patterns import Occurrence
from .presentation import EventFacts

STATUS = {
    Standing.ON: "EventScheduled",
    Standing.MOVED: "EventScheduled",
    Standing.RESCHEDULED: "EventRescheduled",
    Standing.POSTPONED: "EventPostponed",
    Standing.CANCELLED: "EventCancelled",
}
# ISO 8601, as schema.org asks for it.
EVERY = {Repeats.DAILY: "P1D", Repeats.WEEKLY: "P1W"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def script(data: dict) -> SafeString:
    """What stands between the tags of ``<script type="application/ld+json">``: no browser runs
    it, and nothing in it can end it."""
    return mark_safe(json_text({"@context": "https://schema.org", **data}).translate(ESCAPES))  # noqa: S308


def event_data(facts: EventFacts, furniture: Furniture) -> dict:
    """An event with its times: one with one time, else with a part for each session."""
    page = facts.page
    times = [(each, settled) for each in facts.sessions for settled in each.times]
    single = len(times) == 1 and not times[0][0].is_series
    data = {
        "@type": "Event",
        "@id": furniture.canonical_url,
        **_about(page, furniture, page.description),
        "inLanguage": [html_language(code) for code in page.languages.split()]
        or html_language(furniture.page_language),
        "organizer": _organiser(page.organiser, furniture),
        **_price(page, furniture),
        **_people(page),
    }
    if facts.festival:
        url = absolute(visitor_url(facts.festival, facts.request, facts.festival.language))
        data["superEvent"] = {"@type": "Festival", "name": facts.festival.title, "url": url}
    if single:
        session, settled = times[0]
        return data | _when_and_where(settled, facts.venue_of(settled), page, session.is_in_words)
    if page.first_day:
        data |= {"startDate": page.first_day, "endDate": page.last_day}
    data["eventStatus"] = _status(facts.standing)
    if facts.places:
        data["location"] = [_place(venue, page) for venue in facts.places]
    data["eventSchedule"] = [_schedule(each.session) for each in facts.sessions if each.is_series]
    data["subEvent"] = [
        {"@type": "Event", "name": page.title, "url": furniture.canonical_url}
        | _when_and_where(settled, facts.venue_of(settled), page, each.is_in_words)
        for each, settled in times
        # What a series does as ever, its schedule says.
        if not each.is_series or settled.is_changed
    ]
    return {name: value for name, value in data.items() if value != []}


def festival_data(facts: FestivalFacts, furniture: Furniture) -> dict:
    """A festival with everything of its programme."""
    page = facts.page
    data = {
        "@type": "Festival",
        "@id": furniture.canonical_url,
        **_about(page, furniture),
        "inLanguage": html_language(furniture.page_language),
        "organizer": _organiser(page.run_by, furniture),
        "eventStatus": _status(facts.standing),
        "location": [_place(venue) for venue in facts.places],
        "subEvent": [_entry(entry, facts) for entry in facts.entries],
    }
    if facts.days:
        # What was postponed may come after the other days.
        days = sorted((day.occurrence for day in facts.days), key=lambda each: each.begin)
        data |= {"startDate": _start(days[0]), "endDate": _end(days[-1]) or days[-1].last_day}
        if facts.standing == Standing.RESCHEDULED:
            data["previousStartDate"] = _start(facts.days[0].planned.occurrence)
    return {name: value for name, value in data.items() if value != []}


def _entry(entry, facts: FestivalFacts) -> dict:
    event = entry.event
    url = absolute(visitor_url(event, facts.request, event.language))
    return {"@type": "Event", "name": event.title, "url": url} | _when_and_where(
        entry.settled, entry.venue, event, entry.in_words
    )


def _about(page, furniture: Furniture, description: str = "") -> dict:
    text = description or page.summary
    data = {"name": page.title, "url": furniture.canonical_url}
    if text:
        data["description"] = text
    if picture := shared_picture(page):
        data["image"] = absolute(picture.url)
    data["eventAttendanceMode"] = "https://schema.org/OfflineEventAttendanceMode"
    return data


def _when_and_where(settled: Settled, venue: Venue | None, page, is_in_words: bool) -> dict:
    # Of dates in words only the days to sort by are known; a day is claimed by none of them.
    when = {} if is_in_words and page.dates_note else _dates(settled.occurrence)
    data = {**when, "eventStatus": _status(settled.standing)}
    if settled.standing == Standing.RESCHEDULED:
        data["previousStartDate"] = _start(settled.planned.occurrence)
    if location := _place(venue, page):
        data["location"] = location
    return data


def _status(standing: Standing) -> str:
    return f"https://schema.org/{STATUS[standing]}"


def _dates(occurrence: Occurrence) -> dict:
    data = {"startDate": _start(occurrence)}
    if end := _end(occurrence):
        data["endDate"] = end
    return data


def _start(occurrence: Occurrence) -> datetime.date:
    """A day alone where there is no hour."""
    return occurrence.day if occurrence.is_all_day else occurrence.begin


def _end(occurrence: Occurrence) -> datetime.date | None:
    """None for an open end."""
    return occurrence.last_day if occurrence.is_all_day else occurrence.end


def _schedule(session: Session) -> dict:
    pattern = session.pattern
    data = {
        "@type": "Schedule",
        "repeatFrequency": EVERY[pattern.repeats],
        "startDate": pattern.starts_on,
        "endDate": pattern.last_day,
        "scheduleTimezone": "Asia/Tokyo",
    }
    if pattern.repeats == Repeats.WEEKLY:
        data["byDay"] = f"https://schema.org/{WEEKDAYS[pattern.starts_on.weekday()]}"
    if pattern.starts_at:
        data["startTime"] = f"{pattern.starts_at:%H:%M:%S}"
    if pattern.ends_at:
        data["endTime"] = f"{pattern.ends_at:%H:%M:%S}"
    if left_out := pattern.left_out():
        data["exceptDate"] = left_out
    return data


def _place(venue: Venue | None, page=None) -> dict:
    """A venue of the list, else the place that the page names."""
    if venue is None:
        name, address = getattr(page, "place", ""), getattr(page, "address", "")
        if not (name or address):
            return {}
        place = {"@type": "Place", "name": name or address}
        return place | ({"address": _address(address)} if address else {})
    place = {"@type": "Place", "name": venue.words.name}
    if venue.words.address:
        place["address"] = _address(venue.words.address, venue.postal_code)
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return place


def _address(street: str, postal_code: str = "") -> dict:
    address = {"@type": "PostalAddress", "streetAddress": street, "addressCountry": "JP"}
    return address | ({"postalCode": postal_code} if postal_code else {})


def _organiser(name: str, furniture: Furniture) -> dict:
    """Who the page says, else the city, by the site's name."""
    if name:
        return {"@type": "Organization", "name": name}
    home = furniture.home
    return {
        "@type": "GovernmentOrganization",
        "name": home["title"],
        "url": absolute(home["url"]),
    }


def _price(page, furniture: Furniture) -> dict:
    """Nothing where the page does not say what it costs."""
    if page.fee is None:
        return {}
    offer = {
        "@type": "Offer",
        "price": page.fee,
        "priceCurrency": "JPY",
        "url": furniture.canonical_url,
    }
    if page.apply_from:
        offer["validFrom"] = page.apply_from
    if page.apply_until:
        offer["availabilityEnds"] = page.apply_until
    return {"isAccessibleForFree": page.fee == 0, "offers": offer}


def _people(page) -> dict:
    data = {}
    if page.capacity:
        data["maximumAttendeeCapacity"] = page.capacity
    if page.age_from is not None or page.age_to is not None:
        lowest = page.age_from or 0
        data["typicalAgeRange"] = f"{lowest}-{'' if page.age_to is None else page.age_to}"
    return data
