"""The imports of events in the admin."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from kiyose.tables.views import ImportView, said

from ..models import EventIndexPage, FestivalPage
from .committee import CommitteeImport, workbook
from .event_import import EventImport

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EventImportView(ImportView):
    importer = EventImport

    def saved(self, importer, plan):
        """Back to the list of pages in which the drafts are."""
        messages.success(
            self.request,
            _("Imported as drafts: %(what)s. Nothing has been published.") % {"what": said(plan)},
        )
        return redirect("wagtailadmin_explore", importer.parent.pk)

    def _list_url(self):
        return reverse("wagtailadmin_explore", args=[self.importer.places(self.request.user)[0].pk])


class CommitteeImportView(EventImportView):
    importer = CommitteeImport
    template_kind = "Excel"

    @cached_property
    def option_fields(self):
        """The edition from whose list of pages the user comes is chosen already."""
        fields = self.importer.option_fields(self.request.user)
        fields["edition"].initial = self.request.GET.get("edition")
        return fields

    def _template_file(self):
        response = HttpResponse(workbook(), content_type=EXCEL)
        name = f"{self.importer.name}.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def addresses():
    return [
        path("events/import/", EventImportView.as_view(), name="event_import"),
        path(
            "events/programme/import/", CommitteeImportView.as_view(), name="event_programme_import"
        ),
    ]


def buttons(page, user, view_name, next_url=None):
    """In the menu of the list of events and of an edition, for who may add events there."""
    if isinstance(page, EventIndexPage):
        importer, url = EventImport, reverse("event_import")
    elif isinstance(page, FestivalPage):
        importer = CommitteeImport
        url = f"{reverse('event_programme_import')}?edition={page.pk}"
    else:
        return
    if page in importer.places(user):
        yield Button(importer.title, url=url, icon_name="upload", priority=80)
