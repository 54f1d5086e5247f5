"""Where the desk joins the admin (loaded by ``kiyose.translation.wagtail_hooks``)."""

from __future__ import annotations

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import guards, urls
from .panels import panels_for
from .scope import languages_for

# Before wagtail-localize, whose views stand under the same addresses.
FIRST = -100


@hooks.register("register_admin_urls", order=FIRST)
def guarded_views():
    translation = "localize/translate/<int:translation_id>/"
    return [
        path(f"{translation}strings/<int:string_segment_id>/edit/", guards.edit_string),
        path(f"{translation}overrides/<int:overridable_segment_id>/edit/", guards.edit_link),
    ]


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("translation/", include(urls))]


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_for(request.user))


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return DeskMenuItem(
        _("Translation desk"),
        reverse("translation_desk:pages"),
        name="translation-desk",
        icon_name="wagtail-localize-language",
        order=250,
    )


@hooks.register("construct_homepage_panels")
def desk_panels(request, panels):
    panels.extend(panels_for(request.user))
