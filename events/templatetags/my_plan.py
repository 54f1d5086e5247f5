"""The way into the visitor's plan, beside each session of a list or a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.utils.functional import cached_property

from kiyose.pages.addresses import visitor_url
from kiyose.pages.languages import source_language, visitor_language

from .. import words_for_standing
from ..decisions import Settled
from ..models import EventIndexPage
from ..picks import Picks, own_picks, pick_of, read

register = template.Library()


class VisitorsPlan:
    """What one request says of the visitor's plan. Asked for once per request; no query."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def address(self) -> str:
        """Where the plan is, for this visitor; "" where the list of events is not public.

        The list is a section, so it is among the rows that routing has left.
        """
        pages = [
            row
            for row in getattr(self.request, "_frame_rows", ())
            if row.live
            and not row.private
            and row.content_type.model_class() is EventIndexPage
            and row.language in (visitor_language(), source_language())
        ]
        pages.sort(key=lambda row: row.language != visitor_language())
        return f"{visitor_url(pages[0], self.request, pages[0].language)}plan/" if pages else ""

    @cached_property
    def kept(self) -> Picks | None:
        """What the browser keeps; None where it keeps nothing."""
        return own_picks(self.request)

    @cached_property
    def picks(self) -> Picks:
        """As the browser keeps them; where it keeps none, as the address carries them."""
        return read(self.request.GET.getlist("pick")) if self.kept is None else self.kept

    def address_with(self, pick) -> str:
        """The address that adds a pick. It carries the plan where the browser does not."""
        carried = self.picks.codes if self.kept is None else []
        return f"{self.address}?{urlencode({'add': pick, 'pick': carried}, doseq=True)}"


def plan_of(request) -> VisitorsPlan:
    if not hasattr(request, "_visitors_plan"):
        plan = request._visitors_plan = VisitorsPlan(request)
        # The answer tells what is in this visitor's plan.
        request.is_of_the_moment = True
        request.is_of_one_visitor = plan.kept is not None
    return request._visitors_plan


@dataclass(frozen=True)
class PlanLink:
    """event: in the visitor's language, for the link's name."""

    url: str
    is_picked: bool
    event: object


@register.simple_tag(takes_context=True)
def plan_link(context, session, event=None) -> PlanLink | None:
    """The link for ``events/parts/plan_button.html``. session: of a source page, or of
    ``schedule.sessions_of``; event: in the visitor's language, else that of the ``entry`` or
    the ``page`` shown. None where there is no plan."""
    plan = plan_of(context["request"])
    if not plan.address:
        return None
    if not event:
        event = context["entry"].event if "entry" in context else context["page"]
    pick = pick_of(session)
    if pick in plan.picks:
        return PlanLink(f"{plan.address}#pick-{pick}", True, event)
    return PlanLink(plan.address_with(pick), False, event)


@register.simple_tag
def said_of_change(entry) -> list[str]:
    """``{% said_of_change entry as sentences %}``: the day that was planned and that of now, and
    when more will be known. The place of now is shown anyway."""
    change = words_for_standing.say_change(entry.settled, None)
    return [*change, *words_for_standing.say_next(entry.settled)]


@register.filter
def decision_note(settled: Settled) -> words_for_standing.Note:
    """``{{ settled|decision_note }}``: with ``text`` and ``language``."""
    return words_for_standing.note_of(settled.decision)
