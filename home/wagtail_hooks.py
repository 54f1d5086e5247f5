"""What ``home`` adds to Wagtail: help and emergency numbers, the page of components."""

from __future__ import annotations

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from kiyose.snippets import SnippetViewSet

from .components import components
from .models import HelpLine


@register_snippet
class HelpLineViewSet(SnippetViewSet):
    """Among the settings: numbers that are entered once and then stand for years."""

    model = HelpLine
    icon = "warning"
    list_display = ["kind", "number", "website", "name", "english_hours"]
    add_to_settings_menu = True


@hooks.register("register_admin_urls")
def addresses():
    """Wagtail asks for the right to enter the admin at each of these."""
    return [path("components/", components, name="components")]


@hooks.register("register_help_menu_item")
def components_in_help():
    return MenuItem(
        _("Components"), reverse_lazy("components"), name="components", icon_name="view", order=900
    )
