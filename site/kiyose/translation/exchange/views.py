"""Files of translations in the admin: take some away, bring them back.

Every address asks anew whether the person may edit the translated page; what a file says about
itself gives no right. A spreadsheet is previewed and confirmed (``kiyose.tables.views``); a PO
file comes from wagtail-localize's editor and is taken at once, or refused as a whole.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from kiyose.tables.problems import Problem, TableError, listed
from kiyose.tables.reading import MAX_BYTES, MAX_LINES, Row, too_large
from kiyose.tables.views import MAX_PROBLEMS, FileForm, ImportView, said
from kiyose.translation.permissions import may_edit

from . import po
from .batches import BatchForm, Member, is_in_use, languages_of, may_edit_some, members_of, running
from .keys import key_of
from .rows import SentencePlan, SheetImport, read_rows
from .saving import save_words
from .sentences import sentences_of
from .workbooks import MEDIA_TYPE, workbook_of

SHOWN_DONE = 50  # pages that the address after an import names


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("spreadsheet"),
        help_text=gettext_lazy("The Excel file (.xlsx) that was downloaded here, filled in."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    clean_file = FileForm.clean_file


class FilesView(ImportView):
    """Spreadsheets, to take away and to bring back. ``locale``: of the translations; ``record``:
    the one translation that this is about, if it is about one."""

    importer = SheetImport
    template_name = "translation/exchange/files.html"
    header_icon = "table"
    locale: Locale
    record: Translation | None = None

    def dispatch(self, request, *args, **kwargs):
        self.find(**kwargs)
        if why_not := self.why_not():
            messages.error(request, why_not)
            return redirect("wagtailadmin_home")
        # Past the check of ImportView, which asks for rights over a model.
        return super(ImportView, self).dispatch(request)

    def find(self, **kwargs) -> None:
        """Set what this is about. Raises Http404 or PermissionDenied."""
        raise NotImplementedError

    def why_not(self) -> str:
        """Why there are no files of this (any more), in a sentence; else empty."""
        return "" if is_in_use(self.locale) else not_in_use(self.locale)

    def get(self, request):
        return self._choose()

    def _preview(self):
        form = WorkbookForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._choose(form)
        upload = form.cleaned_data["file"]
        notes: list[str] = []
        try:
            rows, faults = read_rows(upload.read(), self.locale, notes)
            importer = self._importer(upload.name, {}, SheetImport.columns)
            plan = importer.plan(rows, faults)
            plan.notes = notes
            return self._show(importer, plan, _written(plan, rows))
        except TableError as error:
            return self._choose(form, error.problems)

    def _importer(self, file_name, options, columns) -> SheetImport:
        return SheetImport(self.request.user, file_name, self.locale, self.record)

    def _choose(self, form=None, problems: list[Problem] = ()):
        return self._page(
            form=form or WorkbookForm(),
            problems=problems[:MAX_PROBLEMS],
            problems_in_all=len(problems),
            max_lines=MAX_LINES,
            **self.choices(),
        )

    def choices(self) -> dict:
        """What else the first step shows."""
        return {}

    def _page(self, **context):
        info = get_language_info(self.locale.language_code)
        context |= {
            "locale": self.locale,
            "direction": "rtl" if info["bidi"] else "ltr",
            "record": self.record,
        }
        return self.render_to_response(self.get_context_data(**context))

    @property
    def _salt(self) -> str:
        about = self.record.pk if self.record else ""
        return f"{super()._salt}.{self.locale.pk}.{about}"

    def saved(self, importer: SheetImport, plan: SentencePlan):
        messages.success(
            self.request,
            _("Imported: %(what)s. Nothing is public yet: look at the pages, and publish them.")
            % {"what": said(plan)},
        )
        return redirect(self.after(plan))

    def after(self, plan: SentencePlan) -> str:
        """Where to go when all is saved."""
        return self.request.path

    def download(self, members: list[Member], name: str, only_open: bool) -> HttpResponse:
        return workbook_response(self.request, members, self.locale, name, only_open=only_open)

    def get_breadcrumbs_items(self):
        return [
            *super(ImportView, self).get_breadcrumbs_items(),
            {"url": reverse("translation_files"), "label": _("Translations as files")},
            {"url": "", "label": self.get_page_title()},
        ]


def _written(plan: SentencePlan, rows: list[Row]) -> list[Row]:
    """The rows that are written, each with the key of the sentence that it was found to be.

    Only they travel to the confirmation: what stands beside them in the file decides with them
    what a row without a key means, and is not there any more.
    """
    sentences = {step.line: step.sentence for step in plan.steps}
    return [
        Row(row.line, row.cells | {"key": str(key_of(sentences[row.line]))})
        for row in rows
        if row.line in sentences
    ]


class BatchView(FilesView):
    """Spreadsheets of many pages in one language."""

    def find(self, language: str) -> None:
        self.locale = get_object_or_404(Locale, language_code=language)
        if not may_edit_some(self.request.user, self.locale):
            raise PermissionDenied

    @cached_property
    def members(self) -> list[Member]:
        return members_of(self.request.user, running(self.locale))

    def get(self, request):
        if "download" not in request.GET:
            return super().get(request)
        return self._download()

    def _download(self):
        chosen = self._chosen(BatchForm(self.request.GET, self.members))
        only_open = "only_open" in self.request.GET
        counted = self._counted(chosen)
        strings = sum(left if only_open else of for of, left in counted.values())
        problem = ""
        if not strings:
            problem = _("There is nothing to translate in what you have chosen.")
        elif strings > MAX_LINES:
            problem = _(
                "What you have chosen has %(count)s sentences; a spreadsheet holds %(most)s. "
                "Choose fewer pages."
            ) % {"count": f"{strings:,}", "most": f"{MAX_LINES:,}"}
        if problem:
            messages.error(self.request, problem)
            return self._choose()
        return self.download(chosen, self.locale.language_code, only_open)

    def choices(self) -> dict:
        form = BatchForm(self.request.GET, self.members)
        chosen = self._chosen(form)
        counted = self._counted(chosen)
        return {
            "batch": form,
            "filtered_by": [
                (name, value) for name in form.fields for value in self.request.GET.getlist(name)
            ],
            "only_open": "only_open" in self.request.GET,
            "rows": [(member, *counted[member.record.pk]) for member in chosen],
            "strings": sum(of for of, _left in counted.values()),
            "left": sum(left for _of, left in counted.values()),
        }

    def _chosen(self, form: BatchForm) -> list[Member]:
        """What the form chooses; of that the single ones, where some are named."""
        numbers = set(self.request.GET.getlist("record"))
        return [m for m in form.chosen() if not numbers or str(m.record.pk) in numbers]

    @staticmethod
    def _counted(members: list[Member]) -> dict[int, tuple[int, int]]:
        """By translation: sentences in all, and those that are to be done."""
        found = sentences_of(member.record for member in members)
        return {pk: (len(rows), sum(s.is_to_do for s in rows)) for pk, rows in found.items()}

    def after(self, plan: SentencePlan) -> str:
        pages = [("record", member.record.pk) for member, _steps in plan.pages[:SHOWN_DONE]]
        return f"{self.request.path}?{urlencode(pages)}"

    def get_page_title(self):
        return _("Spreadsheets: %(language)s") % {"language": self.locale.get_display_name()}


class RecordView(FilesView):
    """The spreadsheet and the PO file of one translation."""

    def find(self, record: int) -> None:
        self.record = record_for(self.request.user, record)
        self.locale = self.record.target_locale

    def why_not(self) -> str:
        return super().why_not() or ("" if self.record.enabled else stopped())

    @cached_property
    def member(self) -> Member:
        # Its target may be edited through a task of a workflow, which no list knows of.
        [record] = running().filter(pk=self.record.pk)
        found = members_of(self.request.user, [record])
        return found[0] if found else Member(record, target_of(record), None)

    def get(self, request):
        if "download" not in request.GET:
            return super().get(request)
        name = f"{file_name(self.record)}-{self.locale.language_code}"
        return self.download([self.member], name, "only_open" in request.GET)

    def choices(self) -> dict:
        sentences = sentences_of([self.record])[self.record.pk]
        return {
            "member": self.member,
            "strings": len(sentences),
            "left": sum(s.is_to_do for s in sentences),
            "edit_url": self.record.get_target_instance_edit_url(),
            "has_more_below": self.member.is_page and not self.member.target.is_leaf(),
        }

    def after(self, plan: SentencePlan) -> str:
        return self.record.get_target_instance_edit_url()

    def get_page_title(self):
        return _("As a file: “%(title)s”, %(language)s") % {
            "title": self.member.title,
            "language": self.locale.get_display_name(),
        }


class LanguagesView(WagtailAdminTemplateMixin, TemplateView):
    """The languages of which the person may have files."""

    template_name = "translation/exchange/languages.html"
    header_icon = "table"

    def get_context_data(self, **kwargs):
        locales = languages_of(self.request.user)
        if not locales:
            raise PermissionDenied
        return super().get_context_data(locales=locales, **kwargs)

    def get_page_title(self):
        return _("Translations as files")

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": "", "label": self.get_page_title()},
        ]


def of_page(request, page: int):
    """From a translated page to its files. The explorer knows pages, and no translations."""
    page = get_object_or_404(Page, pk=page)
    if not may_edit(request.user, page):
        raise PermissionDenied
    record = running(page.locale).filter(source__object_id=page.translation_key).first()
    if record is not None:
        return redirect("translation_file", record.pk)
    messages.error(
        request,
        _("“%(title)s” is not being translated from another page, so there is no file for it.")
        % {"title": page.get_admin_display_title()},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def record_for(user, pk: int) -> Translation:
    """A translation whose target the person may edit. Http404 if there is none any more."""
    records = Translation.objects.select_related("source__specific_content_type", "target_locale")
    record = get_object_or_404(records, pk=pk)
    target = target_of(record)
    if not may_edit(user, target):
        raise PermissionDenied
    return record


def not_in_use(locale: Locale) -> str:
    message = _("“%(code)s” is not a language of this site any more. Nothing was changed.")
    return message % {"code": locale.language_code}


def stopped() -> str:
    return _("This translation has been stopped: its page is edited by hand, without files.")


def target_of(record: Translation):
    """The translated page or snippet; Http404 if it has been deleted."""
    model = record.source.specific_content_type.model_class()
    if model is None:
        raise Http404
    return get_object_or_404(
        model, translation_key=record.source.object_id, locale_id=record.target_locale_id
    )


def file_name(record: Translation) -> str:
    """In letters that every computer can write: the slug, or the kind and the number."""
    target = target_of(record)
    return getattr(target, "slug", "") or f"{target._meta.model_name}-{target.pk}"


def workbook_response(
    request, members: list[Member], locale: Locale, name: str, *, only_open: bool
) -> HttpResponse:
    """The spreadsheet as a download; the day is in its name."""
    data = workbook_of(
        members,
        locale,
        # A draft has an address that leads nowhere yet.
        lambda page: (page.live and page.get_full_url(request)) or "",
        only_open=only_open,
    )
    return attachment(data, f"{name}-{timezone.localdate():%Y%m%d}.xlsx", MEDIA_TYPE)


def attachment(data: bytes | str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def download_po(request, translation_id: int):
    """In the place of wagtail-localize's."""
    record = record_for(request.user, translation_id)
    name = f"{file_name(record)}-{record.target_locale.language_code}.po"
    return attachment(po.po_of(record), name, po.MEDIA_TYPE)


@require_POST
def upload_po(request, translation_id: int):
    """In the place of wagtail-localize's: all of the file, or a page with what is wrong."""
    record = record_for(request.user, translation_id)
    target = target_of(record)
    back = _next(request) or record.get_target_instance_edit_url()
    problems = []
    upload = request.FILES.get("file")
    if upload is None:
        problems = [Problem(_("Choose a PO file."))]
    elif upload.size > MAX_BYTES:
        problems = [Problem(too_large())]
    elif not is_in_use(record.target_locale):
        problems = [Problem(not_in_use(record.target_locale))]
    elif not record.enabled:
        problems = [Problem(stopped())]
    elif isinstance(target, Page) and target.locked and target.locked_by_id != request.user.pk:
        problems = [Problem(_("This page is locked by somebody else."))]
    else:
        try:
            _import_po(request, record, upload)
            return redirect(back)
        except TableError as error:
            problems = error.problems
        except IntegrityError:
            # At the same moment somebody translated a sentence that had no translation yet.
            problems = [Problem(_("Somebody else has just changed the same."))]
    return render(
        request,
        "translation/exchange/po_problems.html",
        {
            "record": record,
            "problems": problems[:MAX_PROBLEMS],
            "problems_in_all": len(problems),
            "file_name": upload.name if upload else "",
            "next": back,
            "page_title": _("PO file: nothing was imported"),
        },
    )


@transaction.atomic
def _import_po(request, record: Translation, upload) -> None:
    taken = po.read_po(upload.read(), record)
    save_words(taken.words, request.user, file_name=upload.name, tool="PO")
    changed = len(taken.words)
    counts = (
        [ngettext("%(count)d sentence", "%(count)d sentences", changed) % {"count": changed}]
        if changed
        else []
    )
    if taken.unchanged:
        counts.append(
            ngettext("%(count)d unchanged", "%(count)d unchanged", taken.unchanged)
            % {"count": taken.unchanged}
        )
    sentences = [
        _("Imported from the PO file: %(what)s.") % {"what": listed(counts) or _("nothing")},
        *taken.notes,
    ]
    messages.success(request, " ".join(sentences))


def _next(request) -> str:
    url = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if allowed else ""
