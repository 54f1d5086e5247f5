"""Divisions in the admin, the rule of pictures, the words for our log entries, and what the
editor's form needs beside Wagtail's own scripts."""

from __future__ import annotations

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.fields import StreamField
from wagtail.log_actions import LogFormatter
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from kiyose.snippets import SnippetViewSet

from .blocks import body_problems
from .models import Division, PicturedPage
from .pictures import picture_problems
from .publishing import SCHEDULE_REFUSED, Problem


@register_snippet
class DivisionViewSet(SnippetViewSet):
    model = Division
    icon = "group"
    add_to_admin_menu = True
    menu_label = _("Divisions")
    list_display = ["name", "department", "direct_phone"]
    list_per_page = 50


@hooks.register("publishing_rule")
def pictures_are_described(page):
    if isinstance(page, PicturedPage):
        yield from picture_problems(page.picture_id, page.picture_alt)


@hooks.register("publishing_rule")
def bodies_are_described(page):
    """As the blocks' own forms ask; a bulk publication or a script asks no form."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            for message in body_problems(field.value_from_object(page)):
                yield Problem(message, field.name)


@hooks.register("construct_page_chooser_queryset")
def drafts_are_not_chosen_by_everybody(pages, request):
    """Who links to a page finds the public ones, and the drafts only of their own sections."""
    if request.user.is_superuser:
        return pages
    found = Q(live=True)
    for given in page_permission_policy.get_cached_permissions_for_user(request.user):
        found |= Q(path__startswith=given.page.path)
    return pages.filter(found)


@hooks.register("insert_editor_js")
def one_save_at_a_time():
    address = versioned_static("pages/one_save_at_a_time.js")
    return format_html('<script src="{}"></script>', address)


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(SCHEDULE_REFUSED)
    class ScheduleRefused(LogFormatter):
        label = _("Scheduled publication refused")

        def format_message(self, log_entry):
            return _("Not published at its time: %(reasons)s") % {
                "reasons": " ".join(log_entry.data.get("reasons", []))
            }
