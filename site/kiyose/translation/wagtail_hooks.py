"""Puts our guarded views in the place of wagtail-localize's, and our rules among the rules."""

from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail_localize.machine_translators import get_machine_translator

from . import reviews, views
from .jobs import views as jobs
from .lifecycle import SLUG_TAKEN
from .permissions import SUBMIT, may_edit_translations, may_start
from .words import translation_problems

# Before wagtail-localize, whose views stand under the same addresses.
FIRST = -100

hooks.register("publishing_rule", translation_problems)
hooks.register("publishing_rule", reviews.review_problems)
hooks.register("before_edit_page", views.publish_from_editor, order=FIRST)


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
        path(
            "localize/translate/<int:translation_id>/machine_translate/",
            jobs.machine_translate,
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


@hooks.register("register_admin_urls")
def translation_jobs():
    return [
        path("translation/jobs/", jobs.JobList.as_view(), name="translation_jobs"),
        path(
            "translation/jobs/results/",
            jobs.JobList.as_view(results_only=True),
            name="translation_jobs_results",
        ),
        path("translation/jobs/<int:pk>/", jobs.JobPage.as_view(), name="translation_job"),
        path("translation/jobs/<int:pk>/stop/", jobs.stop, name="translation_job_stop"),
        path("translation/jobs/<int:pk>/go-on/", jobs.go_on, name="translation_job_go_on"),
        path("translation/jobs/<int:pk>/again/", jobs.begin_again, name="translation_job_again"),
        path(
            "translation/machine-draft/<int:page_id>/",
            jobs.DraftView.as_view(),
            name="machine_draft",
        ),
    ]


@hooks.register("register_reports_menu_item")
def jobs_menu_item():
    return JobsMenuItem(
        _("Translation jobs"), reverse("translation_jobs"), icon_name="tasks", order=1100
    )


class JobsMenuItem(MenuItem):
    """For those who may start jobs."""

    def is_shown(self, request):
        if request.user.has_perm(SUBMIT):
            return True
        return get_machine_translator() is not None and may_edit_translations(request.user)


def machine_draft_button(page, user, view_name=None, next_url=None):
    """Beside "Translate this page", where machine drafts are switched on."""
    if get_machine_translator() is not None and not page.is_root() and may_start(user, page):
        yield Button(
            _("Machine draft"),
            jobs.draft_address(page),
            priority=61,
            icon_name="wagtail-localize-language",
        )


hooks.register("register_page_header_buttons", machine_draft_button)
hooks.register("register_page_listing_more_buttons", machine_draft_button)


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
