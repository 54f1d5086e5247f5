"""What the glossary adds to the admin."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import report
from .viewset import GlossaryViewSet, TermImportView

register_snippet(GlossaryViewSet)
hooks.register("register_admin_urls", report.addresses)
hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("register_admin_urls")
def import_of_terms():
    return [path("glossary/import/", TermImportView.as_view(), name="glossary_import")]
