"""What events add to Wagtail: vocabulary and rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .imports import views as imports
from .models import EventField, EventPage, FestivalPage, FestivalPart, Venue
from .opendata import EVENTS, EVENTS_RECOMMENDED
from .rules import event_problems, festival_problems


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


hooks.register("register_admin_urls", imports.addresses)
hooks.register("register_page_header_buttons", imports.buttons)


@hooks.register("open_data")
def events():
    return EVENTS


@hooks.register("open_data")
def events_in_recommended_columns():
    return EVENTS_RECOMMENDED
