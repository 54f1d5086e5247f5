"""The import in the admin: choose a file, see what would happen, confirm.

Nothing is kept on the server between the steps. What was previewed travels in a field that
is signed, bound to the user and to this import, and good for an hour; confirming plans it
anew, and saves only if that gives what was seen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from .columns import Column
from .importing import Kind, Plan, TableImport
from .problems import Problem, TableError, listed
from .reading import MAX_BYTES, Row, read, too_large

MAX_AGE = 60 * 60
MAX_FIELD = 2 * 1024 * 1024  # Django takes 2.5 MB of fields
MAX_PROBLEMS = 1_000


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("CSV (UTF-8 or Shift_JIS) or Excel (.xlsx)."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def __init__(self, *args, options: dict[str, forms.Field], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= options
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,.tsv,.xlsx"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file


class ImportView(WagtailAdminTemplateMixin, View):
    """One address for all three steps. ``importer``: what is imported."""

    importer: type[TableImport] = TableImport
    template_name = "tables/import.html"
    header_icon = "upload"
    template_kind = "CSV"  # of the table to fill in

    def dispatch(self, request, *args, **kwargs):
        if not self.importer.may(request.user, *self.importer.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._template_file() if "template" in request.GET else self._choose()

    def post(self, request):
        return self._confirm() if "previewed" in request.POST else self._preview()

    # The three steps

    def _choose(self, form: FileForm | None = None, problems: list[Problem] = ()):
        return self._page(
            form=form or FileForm(options=self.option_fields),
            problems=problems[:MAX_PROBLEMS],
            problems_in_all=len(problems),
            max_lines=self.importer.max_lines,
        )

    def _preview(self):
        form = FileForm(self.request.POST, self.request.FILES, options=self.option_fields)
        if not form.is_valid():
            return self._choose(form)
        upload = form.cleaned_data.pop("file")
        try:
            table = read(
                upload.read(),
                self.importer.columns,
                self.importer.max_lines,
                self.importer.other_columns,
                self.importer.takes_unknown_columns,
            )
            importer = self._importer(upload.name, form.cleaned_data, table.columns)
            plan = importer.plan(table.rows)
            plan.notes = table.notes + plan.notes
            return self._show(importer, plan, table.rows)
        except TableError as error:
            return self._choose(form, error.problems)

    def _confirm(self):
        try:
            seen = self._seen(self.request.POST["previewed"])
        except signing.BadSignature:
            messages.error(
                self.request,
                _("What was previewed cannot be read. Nothing was saved; choose the file again."),
            )
            return self._choose()
        importer = self._importer_of(seen)
        rows = [Row(line, cells) for line, cells in seen["rows"]]
        try:
            return self._save_if_as_seen(importer, rows, seen)
        except TableError as error:
            self._say_why(_("Something has changed since the preview."))
            return self._choose(problems=error.problems)
        except IntegrityError:
            # Somebody else saved the same at the same moment.
            importer = self._importer_of(seen)
            self._say_why(_("Somebody else has just changed the same."))
            return self._show(importer, importer.plan(rows), rows)

    @transaction.atomic
    def _save_if_as_seen(self, importer: TableImport, rows: list[Row], seen: dict):
        plan = importer.plan(rows)
        if plan.digests != seen["digests"]:
            self._say_why(_("Something has changed since the preview."))
            for step, digest in zip_longest(plan.steps, seen["digests"][: len(plan.steps)]):
                step.is_other = step.digest != digest
            return self._show(importer, plan, rows)
        if seen["is_old"]:
            self._say_why(_("The preview is more than an hour old."))
            return self._show(importer, plan, rows)
        importer.save(plan)
        return self.saved(importer, plan)

    def saved(self, importer: TableImport, plan: Plan):
        """What is said and shown when all of it has been saved."""
        messages.success(self.request, _("Imported: %(what)s.") % {"what": said(plan)})
        return redirect(self._list_url() or self.request.path)

    # What travels from the preview to the confirmation

    @property
    def _salt(self) -> str:
        return f"kiyose.tables.{self.importer.name}.{self.request.user.pk}"

    def _signed(self, importer: TableImport, plan: Plan, rows: list[Row]) -> str:
        signed = signing.dumps(
            {
                "file": importer.file_name,
                "options": importer.options,
                "columns": self._column_sets.index(importer.columns),
                "rows": [(row.line, row.cells) for row in rows],
                "digests": plan.digests,
            },
            salt=self._salt,
            compress=True,
        )
        if len(signed) > MAX_FIELD:
            raise TableError([Problem(too_large())])
        return signed

    def _seen(self, signed: str) -> dict:
        """What was previewed; ``is_old`` where that was too long ago."""
        try:
            return signing.loads(signed, salt=self._salt, max_age=MAX_AGE) | {"is_old": False}
        except signing.SignatureExpired:
            return signing.loads(signed, salt=self._salt) | {"is_old": True}

    def _say_why(self, reason: str) -> None:
        message = _("%(reason)s Nothing was saved; please look at it again.")
        messages.warning(self.request, message % {"reason": reason})

    # The page

    @cached_property
    def option_fields(self) -> dict[str, forms.Field]:
        return self.importer.option_fields(self.request.user)

    @property
    def _column_sets(self) -> list[Sequence[Column]]:
        return [self.importer.columns, *self.importer.other_columns]

    def _importer(
        self, file_name: str, options: dict[str, bool | str], columns: Sequence[Column]
    ) -> TableImport:
        """The import with what this user may choose, whatever was sent."""
        if any(chosen and name not in self.option_fields for name, chosen in options.items()):
            raise PermissionDenied
        importer = self.importer(self.request.user, file_name, **options)
        importer.columns = columns
        return importer

    def _importer_of(self, seen: dict) -> TableImport:
        """The import as it was previewed."""
        return self._importer(seen["file"], seen["options"], self._column_sets[seen["columns"]])

    def _show(self, importer: TableImport, plan: Plan, rows: list[Row]):
        return self._page(
            plan=plan,
            said=said(plan),
            file_name=importer.file_name,
            what=importer.model._meta.verbose_name,
            chosen=[
                self._in_words(name, value) for name, value in importer.options.items() if value
            ],
            previewed=self._signed(importer, plan, rows),
        )

    def _in_words(self, name: str, value: bool | str) -> str:
        option = self.option_fields[name]
        if value is True:
            return option.label
        said = dict(getattr(option, "choices", ())).get(value, value)
        return f"{option.label}: {said}"

    def _page(self, **context):
        # Not the class itself: a template would call it.
        context |= {
            "explanation": self.importer.explanation,
            "columns": self.importer.columns,
            "takes_unknown_columns": self.importer.takes_unknown_columns,
            "template_kind": self.template_kind,
        }
        return self.render_to_response(self.get_context_data(**context))

    def _template_file(self):
        """The header and a line that shows how it is meant, for Excel (hence the mark at the
        beginning)."""
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(column.name for column in self.importer.columns)
        lines.writerow(column.example for column in self.importer.columns)
        response = HttpResponse(
            text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
        )
        name = f"{self.importer.name}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def get_page_title(self):
        return self.importer.title

    def get_breadcrumbs_items(self):
        plural = self.importer.model._meta.verbose_name_plural
        url = self._list_url()
        return [
            *super().get_breadcrumbs_items(),
            *([{"url": url, "label": plural}] if url else []),
            {"url": "", "label": self.importer.title},
        ]

    def _list_url(self) -> str | None:
        """The list of the model in the admin, where it has one."""
        viewset = getattr(self.importer.model, "snippet_viewset", None)
        return reverse(viewset.get_url_name("list")) if viewset else None


def said(plan: Plan) -> str:
    """The counts in words."""
    return listed(_counted(kind, count) for kind, count in plan.counts)


def _counted(kind: Kind, count: int) -> str:
    text = {
        Kind.NEW: ngettext("%(count)d new", "%(count)d new", count),
        Kind.CHANGED: ngettext("%(count)d changed", "%(count)d changed", count),
        Kind.UNCHANGED: ngettext("%(count)d unchanged", "%(count)d unchanged", count),
        Kind.REMOVED: ngettext("%(count)d removed", "%(count)d removed", count),
        Kind.ABSENT: ngettext(
            "%(count)d not in the file, kept", "%(count)d not in the file, kept", count
        ),
    }[kind]
    return text % {"count": count}


class OffersImport:
    """For the list view of a snippet: a button to its import, for who may import.

    ``import_view``: the name of its address; ``importer``: what it imports.
    """

    import_view: ClassVar[str]
    importer: ClassVar[type[TableImport]]

    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if not self.importer.may(self.request.user, *self.importer.permissions):
            return buttons
        button = HeaderButton(
            _("Import"), url=reverse(self.import_view), icon_name="upload", priority=20
        )
        return [*buttons, button]
