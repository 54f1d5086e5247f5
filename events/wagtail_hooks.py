"""What events add to Wagtail: vocabulary and rules, the duty desk, what is kept."""

from __future__ import annotations

from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from kiyose.snippets import SnippetViewSet

from .duty.decide import LOGGED, DecisionLogFormatter
from .duty.desk import DutyDesk, DutyPanel
from .duty.log import DecisionLog
from .duty.scope import desk_address
from .holder_events import EventsOfHolder
from .imports import views as imports
from .models import Decision, EventField, EventPage, FestivalPage, FestivalPart, Venue
from .opendata import EVENTS, EVENTS_RECOMMENDED
from .permissions import SEE_LOG, events_decided_by, festivals_decided_by, may_decide
from .rules import event_problems, festival_problems
from .vocabulary_in_use import vocabulary_in_use_stays


class VenueViewSet(SnippetViewSet):
    model = Venue
    icon = "site"
    list_display = ["name", "reading", "address", "key"]


class EventFieldViewSet(SnippetViewSet):
    model = EventField
    icon = "tag"
    list_display = ["name", "key"]


class FestivalPartViewSet(SnippetViewSet):
    model = FestivalPart
    icon = "pick"
    list_display = ["name", "field", "key"]


@register_snippet
class EventVocabularyGroup(SnippetViewSetGroup):
    items = (VenueViewSet, EventFieldViewSet, FestivalPartViewSet)
    menu_label = gettext_lazy("Event vocabulary")
    menu_icon = "calendar-alt"


@hooks.register("publishing_rule")
def dates_make_sense(page):
    """An event or a festival goes public when people can know when it is."""
    if isinstance(page, EventPage):
        yield from event_problems(page, list(page.sessions.all()))
    elif isinstance(page, FestivalPage):
        yield from festival_problems(page, list(page.days.all()))


# On the profiles of holders


hooks.register("profile_section", EventsOfHolder)


# The duty desk


@hooks.register("register_admin_urls")
def duty_desk():
    return [
        path("duty/", DutyDesk.as_view(), name="duty"),
        path("duty/decisions/", DecisionLog.as_view(), name="duty_log"),
        path(
            "duty/decisions/results/",
            DecisionLog.as_view(results_only=True),
            name="duty_log_results",
        ),
    ]


class DutyMenuItem(MenuItem):
    def is_shown(self, request):
        return may_decide(request.user)


@hooks.register("register_admin_menu_item")
def desk_in_menu():
    return DutyMenuItem(
        gettext_lazy("Duty desk"), reverse_lazy("duty"), name="duty", icon_name="warning", order=90
    )


@hooks.register("construct_homepage_panels")
def next_days_on_the_desk(request, panels):
    if may_decide(request.user):
        panels.append(DutyPanel())


@hooks.register("register_log_actions")
def decisions_in_histories(actions):
    actions.register_action(LOGGED)(DecisionLogFormatter)


@hooks.register("register_page_header_buttons")
def decide_from_the_editor(page, user, view_name, next_url=None):
    yield from _decide_about(page, user)


@hooks.register("register_page_listing_more_buttons")
def decide_from_the_explorer(page, user, next_url=None):
    yield from _decide_about(page, user)


def _decide_about(page, user):
    """To the desk and to the log, from the page that they are about."""
    kinds = {
        EventPage: ("event", events_decided_by),
        FestivalPage: ("festival", festivals_decided_by),
    }
    name, permitted = kinds.get(page.specific_class, (None, None))
    if name is None or not permitted(user).filter(pk=page.pk).exists():
        return
    if page.live:
        address = desk_address(**{name: page.pk})
        yield Button(gettext("Decide on the day"), address, icon_name="warning", priority=70)
    if user.has_perm(SEE_LOG):
        address = f"{reverse('duty_log')}?{name}={page.pk}"
        label = gettext("Decisions of the day")
        yield Button(label, address, icon_name="history", priority=75)


# What is in use, and what was decided about, stays

hooks.register("before_delete_snippet", vocabulary_in_use_stays)


@hooks.register("before_delete_page")
def pages_decided_about_stay(request, page):
    return _refuse_to_delete(request, [page])


@hooks.register("before_bulk_action")
def pages_decided_about_stay_among_others(request, action_type, objects, action):
    if action_type == "delete":
        return _refuse_to_delete(request, [page for page in objects if isinstance(page, Page)])
    return None


def _refuse_to_delete(request, pages):
    """A message and the way back, where there are decisions about a page or one below it."""
    about = Q(pk__in=())
    for page in pages:
        about |= Q(festival__path__startswith=page.path) | Q(event__path__startswith=page.path)
    decisions = Decision.objects.filter(about).select_related("festival", "event")
    titles = {(each.event or each.festival).title for each in decisions}
    if not titles:
        return None
    message = gettext(
        "It was decided on the day about %(titles)s. These decisions are kept, so the page is not "
        "deleted. Unpublish it instead."
    )
    messages.error(request, message % {"titles": ", ".join(f"“{each}”" for each in sorted(titles))})
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


hooks.register("register_admin_urls", imports.addresses)
hooks.register("register_page_header_buttons", imports.buttons)


@hooks.register("open_data")
def events():
    return EVENTS


@hooks.register("open_data")
def events_in_recommended_columns():
    return EVENTS_RECOMMENDED
