"""The Atom feed (RFC 4287) of coming events: one entry each, new again when a time changes."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from kiyose.pages.addresses import absolute, language_links, visitor_url
from kiyose.pages.frame import frame_of
from kiyose.pages.furniture import Furniture
from kiyose.pages.languages import html_language, visitor_language

from .calendars import EPOCH, YEAR, plain
from .schedule import Entry, entries_between, public_events
from .words_for_standing import say_standing, titled
from .words_for_times import say

# The latest changes; a reader that asks daily misses none.
MOST_ENTRIES = 100
# Of an event with many times, those that come next.
TIMES_SAID = 10


class EventAtomFeed(Atom1Feed):
    """Names the feed in the other languages, and the language of each entry."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for language, url in self.feed["alternates"]:
            attributes = {"rel": "alternate", "hreflang": language, "href": url}
            handler.addQuickElement("link", "", attributes | {"type": self.content_type_alone})

    @property
    def content_type_alone(self) -> str:
        return self.content_type.split(";")[0]

    def item_attributes(self, item):
        attributes = super().item_attributes(item)
        return attributes | ({"xml:lang": item["language"]} if item["language"] else {})


def feed_of_events(page, request) -> HttpResponse:
    """page: the list of events, in any language."""
    here = visitor_url(page, request, page.locale.language_code)
    links = language_links(_translations(page, request), request)
    feed = EventAtomFeed(
        title=page.title,
        link=absolute(here),
        description=page.summary,
        subtitle=page.summary or None,
        language=html_language(visitor_language()),
        feed_url=absolute(f"{here}feed/"),
        # Every entry has an author then (RFC 4287, 4.1.1), also without an organiser.
        author_name=Furniture(page, request).home["title"],
        alternates=[
            (link.hreflang, absolute(f"{link.url}feed/"))
            for link in links
            if link.has_own_tag and not link.current
        ],
    )
    for entry in sorted(_entries(request), key=lambda entry: entry["updateddate"], reverse=True)[
        :MOST_ENTRIES
    ]:
        feed.add_item(**entry)
    content = feed.writeString("utf-8").encode()
    etag = quote_etag(sha256(content).hexdigest())
    response = HttpResponse(
        content,
        content_type=feed.content_type,
        headers={"ETag": etag, "Cache-Control": "no-cache"},
    )
    return get_conditional_response(request, etag=etag, response=response)


def _translations(page, request) -> list:
    return [
        row
        for row in frame_of(request, page)
        if row.translation_key == page.translation_key and row.live and not row.private
    ]


def _entries(request) -> Iterable[dict]:
    """An entry for each event that is still to come, for ``add_item``."""
    today = timezone.localdate()
    published = dict(public_events().values_list("pk", "last_published_at"))
    coming = [
        entry
        for entry in entries_between(today, today + YEAR)
        if entry.occurrence.last_day >= today
    ]
    # Sorting keeps the order of each event's times.
    coming.sort(key=lambda entry: entry.session.page_id)
    for number, times in groupby(coming, key=lambda entry: entry.session.page_id):
        yield _entry(list(times), published[number], request)


def _entry(times: list[Entry], published: datetime.datetime | None, request) -> dict:
    """times: those of one event, in order; published: its source page."""
    event = times[0].event
    decided = [time.settled.decision.made_at for time in times if time.settled.decision]
    changes = [change for change in (published, event.last_published_at, *decided) if change]
    said = [line for time in times[:TIMES_SAID] for line in _say(time)]
    return {
        "title": plain(titled(event.title, times[0].settled)),
        "link": absolute(visitor_url(event, request, event.language)),
        # The summary of Django's feeds is HTML.
        "description": format_html_join(
            "", "<p>{}</p>", ((plain(part),) for part in (*said, event.summary) if part)
        ),
        # The same for ever; another one in each language, whose readers are others.
        "unique_id": f"urn:uuid:{uuid.uuid5(event.translation_key, visitor_language())}",
        "pubdate": event.first_published_at,
        "updateddate": max(changes, default=EPOCH),
        "author_name": plain(event.organiser) or None,
        "language": "" if event.language == visitor_language() else html_language(event.language),
    }


def _say(time: Entry) -> list[str]:
    """When, where, and what was decided."""
    if time.in_words:
        return [time.event.dates_note, *say_standing(time.settled, time.venue)]
    when = say(time.occurrence, visitor_language())
    where = time.venue.words.name if time.venue else time.event.place
    sentence = _("%(when)s, %(where)s") % {"when": when, "where": where} if where else when
    return [sentence, *say_standing(time.settled, time.venue)]
