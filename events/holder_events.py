"""On the profile of a certified holder: the events and festivals that it takes part in."""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from certified_orgs.models import CertifiedOrgPage
from kiyose.pages.languages import in_visitors_language_at_once, source_language
from kiyose.pages.visibility import public

from .cards import tell_times

# The newest past ones; a holder that came every year would fill its profile with them.
MOST_PAST = 12


class EventsOfHolder:
    """The public events and festivals that name the holder's certificate among their
    exhibitors. Three queries, one where nothing is to come."""

    template_name = "events/holder_events.html"

    def __init__(self, page: CertifiedOrgPage, request):
        self.page = page
        self.request = request
        self.today = timezone.localdate()

    @cached_property
    def _pages(self) -> list[Page]:
        """Events and festivals alike, by one query: each with its days, the earliest first."""
        certificate = self.page.certificate_id
        if certificate is None:
            return []
        takes_part = Q(eventpage__exhibitors__certificate=certificate)
        takes_part |= Q(festivalpage__exhibitors__certificate=certificate)
        days = {
            name: Coalesce(F(f"eventpage__{name}"), F(f"festivalpage__{name}"))
            for name in ("first_day", "last_day")
        }
        source = Page.objects.filter(locale__language_code=source_language())
        rows = public(source.filter(takes_part)).annotate(**days).distinct()
        return in_visitors_language_at_once(rows.order_by("first_day", "path"), **days)

    @cached_property
    def coming(self) -> list[Page]:
        """Those that are not over, the next first; events with ``times``."""
        found = [page for page in self._pages if page.last_day and page.last_day >= self.today]
        if found:
            tell_times(found, self.request)
        return found

    @property
    def past(self) -> list[Page]:
        """Those that are over, the newest first."""
        found = [page for page in self._pages if page.last_day and page.last_day < self.today]
        return found[::-1][:MOST_PAST]
