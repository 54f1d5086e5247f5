"""Puts our guarded views in the place of wagtail-localize's, and our rules among the rules."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from . import notices, reviews, views
from .desk import hooks as desk_hooks  # noqa: F401  registers the desk
from .easy import hooks as easy_hooks  # noqa: F401  registers the checks of easy Japanese
from .exchange import hooks as exchange_hooks  # noqa: F401  registers PO files and sheets
from .glossary import hooks as glossary_hooks  # noqa: F401  registers the glossary
from .jobs import hooks as jobs_hooks  # noqa: F401  registers jobs and machine drafts
from .lifecycle import SLUG_TAKEN
from .words import translation_problems

# Before wagtail-localize, whose views stand under the same addresses.
FIRST = -100

hooks.register("publishing_rule", translation_problems)
hooks.register("publishing_rule", reviews.review_problems)
hooks.register("page_annotations", notices.status_with)
hooks.register("page_notice", notices.TranslationNotice)
hooks.register("page_foot_line", notices.ReviewLine)
hooks.register("before_edit_page", views.publish_from_editor, order=FIRST)
hooks.register("before_edit_snippet", views.publish_from_editor, order=FIRST)


@hooks.register("register_admin_urls", order=FIRST)
def guarded_views():
    return [
        path("localize/submit/page/<int:page_id>/", views.SubmitPageTranslationView.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            views.SubmitSnippetTranslationView.as_view(),
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            views.UpdateTranslationsView.as_view(),
        ),
        path("localize/page/<int:page_id>/convert_to_alias/", views.no_alias),
        path("localize/reports/translations/", views.TranslationsReportView.as_view()),
        path(
            "localize/reports/translations/results/",
            views.TranslationsReportView.as_view(results_only=True),
        ),
        path(
            "localize/api/snippets/<slug:app_label>/<slug:model_name>/",
            views.SnippetViewSet.as_view({"get": "list"}),
        ),
        path(
            "localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/",
            views.SnippetViewSet.as_view({"get": "retrieve"}),
        ),
    ]


@hooks.register("construct_page_action_menu")
def no_button_for_aliases(menu_items, request, context):
    menu_items[:] = [item for item in menu_items if item.name != "localize-convert-to-alias"]


@hooks.register("register_log_actions")
def log_actions(actions):
    @actions.register_action(SLUG_TAKEN)
    class SlugTaken(LogFormatter):
        label = _("Address kept: the new one is taken")

        def format_message(self, log_entry):
            return _("The original is now called “%(slug)s”, which another page has here.") % {
                "slug": log_entry.data.get("slug", "")
            }

    @actions.register_action(reviews.READY)
    class Ready(LogFormatter):
        label = _("Translation ready for review")
        message = _("Translation ready for review")

    @actions.register_action(reviews.NOT_READY)
    class NotReady(LogFormatter):
        label = _("Translation not ready for review after all")
        message = _("Translation not ready for review after all")

    @actions.register_action(reviews.REVIEWED)
    class Reviewed(LogFormatter):
        label = _("Translation reviewed")

        def format_message(self, log_entry):
            return _("Reviewed by %(name)s") % {"name": log_entry.data.get("reviewer", "")}
