"""The visitor’s plan: ``/events/plan/``.

Kept in the address (``?pick=12-a1b2c3&pick=…``), which can be shared, and in a cookie of this
browser. ``?add=``, ``?remove=`` and ``?keep=1`` change it and lead to the address of what
has become of it. Whatever an address holds, looking at it changes nothing of one's own plan.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from wagtail.contrib.routable_page.models import path as subpage

from kiyose.pages.addresses import absolute, visitor_url
from kiyose.pages.furniture import Furniture

from ..picks import COOKIE, MOST_PICKS, Picks, keep, own_picks, read


class PlanRoutes:
    """Part of ``EventIndexPage``."""

    @subpage("plan/", name="plan")
    def plan(self, request):
        """What was picked, by day, with what overlaps."""
        own = own_picks(request)
        shown = read(request.GET.getlist("pick"))
        mine = shown if own is None else own
        if "add" in request.GET:
            added = read(request.GET.getlist("add"))
            return self._change(request, mine.with_more(added), added=added.codes)
        if "remove" in request.GET:
            removed = read(request.GET.getlist("remove"))
            return self._change(request, mine.without(removed), removed=removed.codes)
        if "keep" in request.GET and shown:
            return self._change(request, shown)
        if own and "pick" not in request.GET and "removed" not in request.GET:
            return _private(HttpResponseRedirect(_address(self, request, own)))
        return self._show(request, own, shown)

    @subpage("plan/calendar.ics/", name="plan_calendar")
    def plan_calendar(self, request):
        """The picks of the address as a calendar; nothing of the browser's own."""
        from ..calendars import calendar_of_plan

        return calendar_of_plan(request, read(request.GET.getlist("pick")))

    def _change(self, request, picks: Picks, **told):
        """Keep the picks, and lead to their own address. told: what is new about them."""
        if picks.are_too_many:
            told["full"] = "1"
        response = HttpResponseRedirect(_address(self, request, picks, **told))
        if picks:
            keep(response, request, picks)
        else:
            response.delete_cookie(COOKIE, samesite="Lax")
        return _private(response)

    def _show(self, request, own: Picks | None, shown: Picks):
        from ..plan import Plan

        # What shows a state is never kept by caches; here not even by the browser's.
        request.is_of_the_moment = True
        query = _query(pick=shown.codes)
        plan = Plan(shown)
        is_own = own is not None and own.is_same_as(shown)
        list_url = visitor_url(self, request, self.locale.language_code)
        calendar_url = absolute(f"{list_url}plan/calendar.ics{query}")
        context = {
            "plan": plan,
            "own": own,
            "is_own": is_own,
            "told": _told(request, plan),
            "back": _way_back(request, list_url) if is_own else "",
            "list_url": list_url,
            # Where the browser keeps nothing, the address carries the plan on.
            "carried": "" if own else query,
            "query": query,
            "add_all": _query(add=shown.codes),
            "remove_all": _query(remove=shown.codes),
            "remove_unknown": _query(remove=plan.unknown),
            "most": MOST_PICKS,
            "address": f"{list_url}plan/",
            "calendar_url": calendar_url,
            # Calendars know by this scheme that they are to ask again.
            "subscribe_url": f"webcal:{calendar_url.partition(':')[2]}",
            "furniture": Furniture(
                self, request, title=gettext("My plan"), subpath=f"plan/{query}"
            ),
        }
        response = self.render(request, template="events/plan/plan.html", context_overrides=context)
        return _private(response)


def _query(**values) -> str:
    """``?pick=…``, or nothing."""
    query = urlencode(values, doseq=True)
    return f"?{query}" if query else ""


def _address(page, request, picks: Picks, **told) -> str:
    """The address of these picks, for this visitor."""
    url = visitor_url(page, request, page.locale.language_code)
    return f"{url}plan/{_query(pick=picks.codes, **told)}"


def _told(request, plan) -> dict:
    """What has just been added or removed: items, and what takes it back."""
    from ..plan import Plan

    added = set(read(request.GET.getlist("added")))
    removed = read(request.GET.getlist("removed"))
    return {
        "added": [item for item in plan.items if item.pick in added],
        "removed": Plan(removed).items if removed else [],
        "undo": urlencode({"add": removed.codes}, doseq=True),
        "is_full": "full" in request.GET or plan.picks.are_too_many,
    }


def _way_back(request, list_url: str) -> str:
    """The list or page on which the visitor pressed the button; "" where that is not known."""
    came_from = request.headers.get("referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return ""
    parts = urlsplit(came_from)
    if parts.path.startswith(f"{list_url}plan/") or not parts.path.startswith(list_url):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _private(response):
    """For this visitor alone, and not for search engines."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
