"""Jobs and machine drafts in the admin: addresses, the menu, buttons of pages and of the desk."""

from __future__ import annotations

from django.conf import settings
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail_localize.machine_translators import get_machine_translator

from ..machine.drafting import is_offered
from ..permissions import SUBMIT, may_edit_translations, may_start
from . import views

# Before wagtail-localize, one of whose views stands under the same address.
FIRST = -100
ICON = "wagtail-localize-language"


@hooks.register("register_admin_urls", order=FIRST)
def addresses():
    jobs = "translation/jobs/"
    return [
        path("localize/translate/<int:translation_id>/machine_translate/", views.machine_translate),
        path(jobs, views.JobList.as_view(), name="translation_jobs"),
        path(
            f"{jobs}results/",
            views.JobList.as_view(results_only=True),
            name="translation_jobs_results",
        ),
        path(f"{jobs}<int:pk>/", views.JobPage.as_view(), name="translation_job"),
        path(f"{jobs}<int:pk>/stop/", views.stop, name="translation_job_stop"),
        path(f"{jobs}<int:pk>/go-on/", views.go_on, name="translation_job_go_on"),
        path(f"{jobs}<int:pk>/again/", views.begin_again, name="translation_job_again"),
        path(
            "translation/machine-draft/<int:page_id>/",
            views.DraftView.as_view(),
            name="machine_draft",
        ),
    ]


class JobsMenuItem(MenuItem):
    """For those who may start jobs."""

    def is_shown(self, request):
        if request.user.has_perm(SUBMIT):
            return True
        return get_machine_translator() is not None and may_edit_translations(request.user)


@hooks.register("register_reports_menu_item")
def jobs_menu_item():
    address = reverse("translation_jobs")
    return JobsMenuItem(_("Translation jobs"), address, icon_name="tasks", order=1100)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def button_of_page(page, user, view_name=None, next_url=None):
    """Beside "Translate this page", where machine drafts are switched on."""
    if get_machine_translator() is not None and not page.is_root() and may_start(user, page):
        yield Button(_("Machine draft"), views.draft_address(page), priority=61, icon_name=ICON)


@hooks.register("translation_action")
def button_of_translation(record, user):
    """Beside a page's translation, on the desk; whoever sees it may edit the translation."""
    if not (record.enabled and is_offered(record.source.locale, record.target_locale)):
        return
    source = record.source.get_source_instance()
    if isinstance(source, Page):
        address = views.draft_address(source, record.target_locale)
        yield Button(_("Machine draft"), address, priority=60, icon_name=ICON)


@hooks.register("translation_desk_action")
def buttons_of_desk(locale, user):
    """In the head of the desk: the jobs, and a draft of all that is missing in its language."""
    yield Button(_("Translation jobs"), reverse("translation_jobs"), priority=70, icon_name="tasks")
    home = Page.objects.filter(depth=2, locale__language_code=settings.LANGUAGE_CODE).first()
    if home and is_offered(home.locale, locale) and locale in views.locales_for(user, home):
        yield Button(
            _("Machine draft"), views.draft_address(home, locale), priority=71, icon_name=ICON
        )
