"""The page of components, and the way to it in the admin."""

from __future__ import annotations

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .components import components


@hooks.register("register_admin_urls")
def addresses():
    """Wagtail asks for the right to enter the admin at each of these."""
    return [path("components/", components, name="components")]


@hooks.register("register_help_menu_item")
def components_in_help():
    return MenuItem(
        _("Components"), reverse_lazy("components"), name="components", icon_name="view", order=900
    )
