"""Where files of translations are found in the admin."""

from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from . import views
from .batches import may_edit_some

# Before wagtail-localize, whose views stand under the same addresses.
FIRST = -100


@hooks.register("register_admin_urls", order=FIRST)
def addresses():
    files = "translations/files"
    return [
        path("localize/translate/<int:translation_id>/pofile/download/", views.download_po),
        path("localize/translate/<int:translation_id>/pofile/upload/", views.upload_po),
        path(f"{files}/", views.LanguagesView.as_view(), name="translation_files"),
        path(
            f"{files}/page/<int:page>/",
            views.of_page,
            name="translation_file_of_page",
        ),
        path(
            f"{files}/one/<int:record>/",
            views.RecordView.as_view(),
            name="translation_file",
        ),
        path(
            f"{files}/in/<slug:language>/",
            views.BatchView.as_view(),
            name="translation_files_in",
        ),
    ]


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def buttons_of_page(page, user, view_name=None, next_url=None):
    """For pages in other languages than the default: whether one has been translated from
    another page would cost a query for each row of a list. Its language costs none, for
    Wagtail's lists read the locales of all rows at once."""
    if page.locale.is_default or not page.permissions_for_user(user).can_edit():
        return
    yield Button(
        _("Translate in a spreadsheet"),
        reverse("translation_file_of_page", args=[page.pk]),
        icon_name="table",
        priority=61,
    )


@hooks.register("translation_action")
def buttons_of_translation(record, user):
    """Beside a translation, in the desk and in the editor."""
    if not record.enabled:
        return
    yield Button(
        _("As a spreadsheet or PO file"),
        reverse("translation_file", args=[record.pk]),
        icon_name="table",
        priority=50,
    )


@hooks.register("translation_desk_action")
def buttons_of_desk(locale, user):
    """In the head of the desk."""
    if not may_edit_some(user, locale):
        return
    url = reverse("translation_files_in", args=[locale.language_code])
    yield Button(_("Spreadsheets"), url, icon_name="table", priority=50)
