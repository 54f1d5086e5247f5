"""The glossary in the admin: terms with their translations, suggested and agreed."""

from __future__ import annotations

import django_filters
from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.models import Locale
from wagtail.snippets.views.snippets import IndexView

from kiyose.snippets import SnippetViewSet
from kiyose.tables.spreadsheets import HarmlessSpreadsheets
from kiyose.tables.views import ImportView, OffersImport

from ..models import GlossaryTerm
from .term_import import ALSO, BETWEEN, TRANSLATION, TermImport, columns


class TermImportView(ImportView):
    importer = TermImport


class TermForm(WagtailAdminModelForm):
    """A term with its translations."""

    def is_valid(self):
        """Whether all is right, and no translation is in the language of the term itself."""
        valid = super().is_valid()
        own = self.cleaned_data.get("locale")
        for form in self.formsets["translations"].forms:
            if own and form.is_valid() and form.cleaned_data.get("locale") == own:
                form.add_error("locale", _("This is the language of the term itself."))
                valid = False
        return valid


def other_locales(request):
    """The languages into which terms are translated."""
    return Locale.objects.exclude(language_code=settings.LANGUAGE_CODE).order_by("language_code")


class TermFilters(WagtailFilterSet):
    lacks = django_filters.ModelChoiceFilter(
        label=_("without a translation into"), queryset=other_locales, method="without"
    )

    class Meta:
        model = GlossaryTerm
        fields = ["live", "has_unpublished_changes", "locale"]

    def without(self, terms, name, locale):
        return terms.exclude(translations__locale=locale)


def translations_in_words(term: GlossaryTerm) -> str:
    return " / ".join(row.translation for row in term.translations.all())


class TermListView(HarmlessSpreadsheets, OffersImport, IndexView):
    """The table that it gives out is the one that the import takes."""

    import_view = "glossary_import"
    importer = TermImport
    export_filename = "glossary"

    @cached_property
    def list_export(self):
        return [column.field for column in columns()]

    def get_heading(self, queryset, field):
        return next(column.name for column in columns() if column.field == field)

    def to_row_dict(self, item):
        row = {"term": item.term, "reading": item.reading, "note": item.note}
        for words in item.translations.all():
            row[TRANSLATION + words.locale.language_code] = words.translation
            row[ALSO + words.locale.language_code] = BETWEEN.join(words.accepted_forms)
        return {field: row.get(field, "") for field in self.list_export}


class GlossaryViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = TermListView
    filterset_class = TermFilters
    list_display = [
        "term",
        "reading",
        Column("translations", label=_("translations"), accessor=translations_in_words),
        Column("note", label=_("note")),
        LiveStatusTagColumn(),
    ]
    search_fields = ["term", "reading", "note", "key", "translations__translation"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("term"),
                    FieldPanel("reading"),
                    FieldPanel("note", widget=forms.Textarea(attrs={"rows": 3})),
                ],
                pgettext_lazy("glossary", "Term"),
            ),
            InlinePanel(
                "translations",
                [
                    FieldRowPanel([FieldPanel("locale"), FieldPanel("translation")]),
                    FieldPanel("also_accepted", widget=forms.Textarea(attrs={"rows": 2})),
                ],
                heading=_("Translations"),
                label=_("Translation"),
            ),
            FieldPanel("locale"),
        ],
        base_form_class=TermForm,
    )

    def get_queryset(self, request):
        return GlossaryTerm.objects.prefetch_related("translations__locale")

    def register_chooser_viewset(self):
        """No page refers to a term."""
