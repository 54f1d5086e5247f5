"""Jobs in the admin: the list, one job with its progress, and the ways to machine drafts.

People see their own jobs, superusers all. Without a worker the work is done in the requests
themselves, a few seconds each; the page of the job asks for the next ones.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import Translation

from ..machine import drafting
from ..machine.guarded import MachineError
from ..models import TranslationJob
from ..permissions import may_edit, may_start
from . import problems, queue
from .pages import draft_record

Kind, State = TranslationJob.Kind, TranslationJob.State

REFRESH_SECONDS = 4
HIDDEN = gettext_lazy("A page that you may not see")


def jobs_for(user):
    """The jobs that the user may see and stop."""
    jobs = TranslationJob.objects.select_related("user", "page", "target_locale")
    return jobs if user.is_superuser else jobs.filter(user=user)


def job_for(request, pk: int) -> TranslationJob:
    job = get_object_or_404(TranslationJob.objects.select_related("page", "target_locale"), pk=pk)
    if not (request.user.is_superuser or job.user_id == request.user.pk):
        raise PermissionDenied
    return job


def address_of(job: TranslationJob) -> str:
    return reverse("translation_job", args=[job.pk])


def language_of(job: TranslationJob) -> str:
    return job.target_locale.get_display_name() if job.target_locale else "–"


class JobList(BaseListingView):
    """Own jobs, the newest first; superusers see everybody's."""

    model = TranslationJob
    page_title = gettext_lazy("Translation jobs")
    header_icon = "tasks"
    index_url_name = "translation_jobs"
    paginate_by = 30
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": "", "label": gettext_lazy("Translation jobs")},
    ]
    verbose_name_plural = gettext_lazy("Translation jobs")

    def get_queryset(self):
        return jobs_for(self.request.user)

    @cached_property
    def columns(self):
        columns = [
            TitleColumn("page", label=_("Page"), accessor=self.title, get_url=address_of),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("language", label=_("Language"), accessor=language_of),
            Column("state", label=pgettext("job", "State"), accessor=state_of),
            Column(
                "progress", label=_("Pages done"), accessor=lambda job: f"{job.done} / {job.total}"
            ),
        ]
        if self.request.user.is_superuser:
            columns.append(Column("user", label=_("Started by"), accessor="user"))
        return [*columns, DateColumn("created_at", label=_("Created"))]

    def title(self, job) -> str:
        page = self.titles.get(job.page_id)
        title = page.title if page else str(HIDDEN)
        return _("%(title)s and all below it") % {"title": title} if job.with_subtree else title

    @cached_property
    def titles(self) -> dict:
        """Of the shown pages those that the user may see, all at once."""
        return problems.named(self.request.user, [job.page_id for job in self.shown])

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        self.shown = list(context["object_list"])
        return context


def state_of(job: TranslationJob) -> str:
    """The state in a word; one whose worker has died says so, and one between two turns."""
    if job.is_silent:
        return _("Interrupted")
    if job.state == State.WAITING and job.done:
        return _("To be continued")
    return job.get_state_display()


class JobPage(WagtailAdminTemplateMixin, TemplateView):
    """One job: how far it is, and what could not be done. Refreshes itself as long as it runs
    (``?still`` does not, for those whom that disturbs)."""

    template_name = "translation/jobs/job.html"
    header_icon = "tasks"

    def get_page_title(self):
        return self.job.get_kind_display()

    def get_page_subtitle(self):
        return language_of(self.job)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation_jobs"), "label": _("Translation jobs")},
            {"url": "", "label": self.get_header_title()},
        ]

    def get(self, request, pk):
        self.job = job_for(request, pk)
        response = super().get(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def get_context_data(self, **kwargs):
        job = self.job
        at_once = queue.runs_at_once()
        refreshes = job.is_active and not job.is_silent and "still" not in self.request.GET
        found = problems.shown_to(self.request.user, job)
        return super().get_context_data(**kwargs) | {
            "job": job,
            "state": state_of(job),
            "page_of_job": problems.named(self.request.user, [job.page_id]).get(job.page_id),
            "language": language_of(job),
            "failure": problems.TEXTS.get(job.failure, ""),
            "refresh_seconds": REFRESH_SECONDS if refreshes else None,
            "goes_on_here": at_once and job.state == State.WAITING,
            "problems": found,
            "problems_in_all": job.problems.count(),
            "most_shown": problems.MOST_SHOWN,
            "translated_page": self.translated_page,
            "may_begin_again": not job.is_active and job.page and job.target_locale,
        }

    @property
    def translated_page(self) -> Page | None:
        """The translation of the job's page, for those who may edit it."""
        if self.job.page is None or self.job.target_locale is None:
            return None
        page = self.job.page.get_translation_or_none(self.job.target_locale)
        return page if page and may_edit(self.request.user, page) else None


@require_POST
def stop(request, pk):
    """Stop a job; what it has done stays."""
    job = job_for(request, pk)
    queue.stop(job)
    messages.success(request, _("The job is stopped. What it has done stays."))
    return redirect(address_of(job))


@require_POST
def go_on(request, pk):
    """Work on one that waits, or that was interrupted."""
    job = job_for(request, pk)
    if job.is_silent:
        queue.revive(job)
    else:
        queue.go_on(job)
    return redirect(address_of(job))


@require_POST
def begin_again(request, pk):
    """Begin an ended job anew: what is done by now is not done again."""
    job = job_for(request, pk)
    try:
        if not queue.begin_again(job, request.user):
            messages.error(
                request, _("There is nothing to begin: it is at work, or its page is gone.")
            )
    except queue.AlreadyRunningError as error:
        messages.error(request, str(error))
        if request.user.is_superuser or error.job.user_id == request.user.pk:
            return redirect(address_of(error.job))
    return redirect(address_of(job))


# Machine drafts


class DraftForm(forms.Form):
    """Into which language, and how much."""

    locale = forms.ModelChoiceField(
        label=gettext_lazy("Language"), queryset=Locale.objects.none(), empty_label=None
    )
    with_subtree = forms.BooleanField(label="", required=False)

    def __init__(self, *args, locales, below: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locale"].queryset = Locale.objects.filter(pk__in=[each.pk for each in locales])
        self.fields["locale"].label_from_instance = lambda locale: locale.get_display_name()
        self.fields["with_subtree"].label = ngettext(
            "With the %(n)d page below it", "With the %(n)d pages below it", below
        ) % {"n": below}
        if not below:
            del self.fields["with_subtree"]


class DraftView(WagtailAdminTemplateMixin, FormView):
    """A machine draft of a page, with or without all below it: of what is missing."""

    template_name = "translation/machine/draft.html"
    form_class = DraftForm
    page_title = gettext_lazy("Machine draft")
    header_icon = "wagtail-localize-language"

    def dispatch(self, request, page_id):
        if get_machine_translator() is None:
            raise Http404
        self.page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=page_id).specific
        self.locales = locales_for(request.user, self.page)
        if not self.locales and not may_start(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request)

    def get_page_subtitle(self):
        # Whoever may edit a translation alone does not see the draft of the original.
        page = self.page
        return page.get_admin_display_title() if may_edit(self.request.user, page) else page.title

    def get_breadcrumbs_items(self):
        explorer = reverse("wagtailadmin_explore", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": explorer, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_form_kwargs(self):
        below = self.page.get_descendant_count()
        return super().get_form_kwargs() | {"locales": self.locales, "below": below}

    def get_initial(self):
        wanted = self.request.GET.get("locale")
        return {"locale": next((x for x in self.locales if x.language_code == wanted), None)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "service": get_machine_translator().display_name,
            "refusal": problems.TEXTS.get(drafting.refusal_of(self.page)),
            "has_languages": bool(self.locales),
        }

    def form_valid(self, form):
        return put_or_explain(
            self.request,
            Kind.DRAFT,
            self.page,
            form.cleaned_data["locale"],
            form.cleaned_data.get("with_subtree", False),
        )


def locales_for(user, page: Page) -> list[Locale]:
    """The languages into which this user may have this page drafted."""
    translations = {each.locale_id: each for each in page.get_translations()}
    starts = may_start(user, page)
    return [
        locale
        for locale in Locale.objects.exclude(pk=page.locale_id).order_by("pk")
        if drafting.is_offered(page.locale, locale)
        and (may_edit(user, translations[locale.pk]) if locale.pk in translations else starts)
    ]


def put_or_explain(request, kind, page, locale, with_subtree):
    """Make a job and lead to it; or say which one is in its way."""
    try:
        job = queue.put(kind, request.user, page, locale, with_subtree)
    except queue.AlreadyRunningError as error:
        messages.error(request, str(error))
        job = error.job
        if not (request.user.is_superuser or job.user_id == request.user.pk):
            return redirect("wagtailadmin_explore", page.pk)
    return redirect(address_of(job))


@require_POST
def machine_translate(request, translation_id):
    """The button of wagtail-localize's editor: a draft of this translation alone."""
    record = get_object_or_404(Translation, pk=translation_id)
    target = record.get_target_instance()
    if not may_edit(request.user, target):
        raise PermissionDenied
    if not drafting.is_offered(record.source.locale, record.target_locale):
        raise Http404
    next_url = get_valid_next_url_from_request(request) or reverse_lazy("wagtailadmin_home")
    if isinstance(target, Page):
        return _draft_page(request, record, next_url)
    try:
        done = draft_record(record, request.user, drafting.REQUEST_SECONDS)
    except MachineError as error:
        messages.error(request, str(problems.TEXTS[error.code]))
    else:
        tell(request, done.drafted, done.problems)
    return redirect(next_url)


def _draft_page(request, record: Translation, next_url: str):
    """By a job, so that a slow service keeps nobody waiting; back to the editor if it is done."""
    source = record.source.get_source_instance()
    try:
        job = queue.put(Kind.DRAFT, request.user, source, record.target_locale)
    except queue.AlreadyRunningError as error:
        messages.error(request, str(error))
        return redirect(next_url)
    job.refresh_from_db()
    if job.state != State.FINISHED:
        return redirect(address_of(job))
    tell(request, job.drafted, list(job.problems.values_list("code", "text")), address_of(job))
    return redirect(next_url)


def tell(request, drafted: int, left: list[tuple[str, str]], more: str = "") -> None:
    """Say what has been drafted, and what has not."""
    whole = [code for code, text in left if not text]
    if whole:
        messages.error(request, " ".join(str(problems.TEXTS[code]) for code in whole))
        return
    said = [
        ngettext(
            "%(n)d string has been drafted by the machine. Nobody has reviewed it.",
            "%(n)d strings have been drafted by the machine. Nobody has reviewed them.",
            drafted,
        )
        % {"n": drafted}
        if drafted
        else _("The machine has drafted nothing.")
    ]
    if left:
        said.append(
            ngettext("%(n)d is left to people.", "%(n)d are left to people.", len(left))
            % {"n": len(left)}
        )
    buttons = [messages.button(more, _("Which, and why"))] if left and more else None
    messages.success(request, " ".join(said), buttons=buttons)


def draft_address(page: Page, locale: Locale | None = None) -> str:
    """Where a machine draft of a page is asked for."""
    address = reverse("machine_draft", args=[page.pk])
    return f"{address}?{urlencode({'locale': locale.language_code})}" if locale else address
