"""The desk itself: one screen, one button. For a phone in the rain, without JavaScript."""

from __future__ import annotations

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..decision_words import with_words
from ..permissions import SEE_LOG, decisions_seen_by, may_decide, may_decide_all
from ..schedule import Entry
from .choices import day_choices, festival_choices
from .decide import decide
from .form import DecisionForm
from .scope import NotUnderstoodError, Scope, affected, desk_address, scope_from

MOST_DECISIONS = 3


class Affected:
    """What a decision would change, for the eye: the events, each once, by venue.

    scope: to narrow it to one of them.
    """

    def __init__(self, scope: Scope, entries: list[Entry]):
        self.scope, self.entries = scope, entries
        self.count = len({entry.event.pk for entry in entries})

    @property
    def now(self) -> list[tuple[str, int]]:
        """What had been decided already: each state, and of how many events."""
        events = defaultdict(set)
        for entry in self.entries:
            if entry.settled.is_changed:
                events[entry.settled.standing.label].add(entry.event.pk)
        return [(label, len(found)) for label, found in events.items()]

    @property
    def venues(self) -> list[dict]:
        """Each venue with its events, and where it is decided about it alone."""
        found = defaultdict(list)
        for entry in self.entries:
            found[entry.venue].append(entry)
        narrows = self.scope.day and not self.scope.venue and not self.scope.event
        return [
            {
                "venue": venue,
                "url": self.scope.narrowed(venue=venue).url if venue and narrows else "",
                "rows": self._rows(entries),
            }
            for venue, entries in found.items()
        ]

    def _rows(self, entries: list[Entry]) -> list[dict]:
        """Each event once, with its first time and how many more there are."""
        by_event = defaultdict(list)
        for entry in entries:
            by_event[entry.session.page_id].append(entry)
        return [
            {"entry": times[0], "more": len(times) - 1, "url": self._url(times[0])}
            for times in by_event.values()
        ]

    def _url(self, entry: Entry) -> str:
        """Where it is decided about this event alone."""
        day = self.scope.day or entry.occurrence.day
        if self.scope.event and self.scope.day == day:
            return ""
        return desk_address(event=entry.session.page_id, day=day)


@method_decorator(never_cache, name="dispatch")
class DutyDesk(WagtailAdminTemplateMixin, TemplateView):
    """``?festival=``, ``?event=``, ``?venue=``, ``?day=`` choose what it is about."""

    page_title = gettext_lazy("Duty desk")
    header_icon = "warning"
    template_name = "events/admin/duty.html"

    def dispatch(self, request, *args, **kwargs):
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**self._chosen(request.GET)))

    def post(self, request, *args, **kwargs):
        chosen = self._chosen(request.POST, request.POST)
        form = chosen.get("form")
        if form is None:
            chosen.setdefault("problem", _("Nothing is chosen. Choose what it is about."))
            return self.render_to_response(self.get_context_data(**chosen))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**chosen))
        decision, is_new = decide(form.instance, request.user)
        self._say(decision, chosen["affected"].count, is_new)
        return redirect(chosen["scope"].url)

    def _chosen(self, query, data=None) -> dict:
        """The scope that the query names, what it changes and the form; or what is wrong."""
        try:
            scope = scope_from(query, self.request.user)
        except NotUnderstoodError as error:
            return {"problem": str(error)}
        except Http404:
            return {"problem": _("That is not there any more. Choose again.")}
        if scope is None:
            return {}
        entries = affected(scope)
        form = DecisionForm(data, scope=scope, entries=entries)
        return {"scope": scope, "affected": Affected(scope, entries), "form": form}

    def _say(self, decision, count: int, is_new: bool) -> None:
        what = {"status": decision.get_status_display(), "about": str(_scope_of(decision))}
        if not is_new:
            messages.info(self.request, _("Already decided: %(status)s (%(about)s)") % what)
            return
        message = ngettext(
            "Decided and public: %(status)s (%(about)s), %(count)d event",
            "Decided and public: %(status)s (%(about)s), %(count)d events",
            count,
        )
        messages.success(self.request, message % (what | {"count": count}))

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, scope = self.request.user, context.get("scope")
        made = decisions_seen_by(user)
        if scope is None:
            context |= {"festivals": festival_choices(user), "days": day_choices(user)}
        else:
            same = {name: getattr(scope, name) for name in ("festival", "event", "venue", "day")}
            made = made.filter(**{name: part for name, part in same.items() if part})
        context["decisions"] = with_words(made.order_by("-made_at", "-pk")[:MOST_DECISIONS])
        context["sees_all"] = may_decide_all(user)
        context["sees_log"] = user.has_perm(SEE_LOG)
        context["log_url"] = reverse("duty_log")
        return context


def _scope_of(decision) -> Scope:
    return Scope(decision.festival, decision.event, decision.venue, decision.day)


class DutyPanel(Component):
    """On the admin's home page: straight to the next days."""

    name = "duty"
    template_name = "events/admin/duty_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"festivals": festival_choices(parent_context["request"].user)}
