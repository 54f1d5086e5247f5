"""What easy Japanese adds to the admin: addresses, and a button in the header of its pages."""

from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from .strings import is_easy_japanese
from .views import ChecksView, CheckView


@hooks.register("register_admin_urls")
def addresses_of_checks():
    return [
        path("easy/<int:page_id>/", ChecksView.as_view(), name="easy_checks"),
        path("easy/<int:page_id>/check/", CheckView.as_view(), name="easy_check"),
    ]


def button_of_checks(page, user, view_name=None, next_url=None):
    if is_easy_japanese(page) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Check easy Japanese"),
            reverse("easy_checks", args=[page.pk]),
            icon_name="glasses",
            priority=65,
        )


hooks.register("register_page_header_buttons", button_of_checks)
