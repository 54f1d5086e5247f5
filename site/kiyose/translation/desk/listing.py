"""The desk: every source page, or every snippet of a kind, with its translation's state.

Wagtail's report with what belongs to it: filters, search, order, pages, refreshing, export.
"""

from __future__ import annotations

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.coreutils import get_content_type_label
from wagtail.models import Page, get_page_content_types

from kiyose.pages.languages import html_language, source_language
from kiyose.pages.models import Division
from kiyose.tables.spreadsheets import SpreadsheetReport

from ..permissions import SUBMIT
from ..state import State
from .actions import changes_url, desk_actions, start_url
from .progress import progress_of
from .rows import due_first, page_rows, snippet_rows, states_of
from .scope import kinds_for, languages_for, own_pages

DUE = "due"  # the order of the work

ICONS = {
    State.MISSING: "plus",
    State.STARTED: "edit",
    State.MACHINE: "cogs",
    State.READY: "view",
    State.OUTDATED: "warning",
    State.CURRENT: "check",
}


def divisions(request):
    return Division.objects.filter(locale__language_code=source_language())


class DeskFilters(WagtailFilterSet):
    """``language`` chooses what the rows are (the view does), the others among them."""

    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), empty_label=None, method="as_it_is"
    )
    state = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("translation", "State"), choices=State.choices
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["language"].extra["choices"] = [
            (locale.language_code, locale.get_display_name()) for locale in languages
        ]
        self.filters["language"].extra["initial"] = languages[0].language_code

    def as_it_is(self, rows, name, value):
        return rows


class PageFilters(DeskFilters):
    division = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Division"), field_name="division_id", queryset=divisions, method="of"
    )
    content_type = ContentTypeFilter(
        label=gettext_lazy("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
    )

    def of(self, rows, name, division):
        return rows.filter(division_id=division.pk)


class SourceColumn(Column):
    """The title, which leads to the next step, and below it the translated one."""

    cell_template_name = "translation/desk/source_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {
            "row": instance,
            "source_language": html_language(source_language()),
        }


class StateColumn(Column):
    """In words, with a sign; never by colour alone."""

    cell_template_name = "translation/desk/state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        state = State(instance.state)
        return super().get_cell_context_data(instance, parent_context) | {
            "state": state,
            "icon": ICONS[state],
            "row": instance,
        }


class SinceColumn(Column):
    cell_template_name = "translation/desk/since_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {"row": instance}


class DeskView(SpreadsheetReport):
    """A list of one kind of things in one language."""

    template_name = "translation/desk/desk.html"
    results_template_name = "translation/desk/desk_results.html"
    page_title = gettext_lazy("Translation desk")
    header_icon = "wagtail-localize-language"
    is_searchable = True
    # By title as it stands: Japanese has no spaces by which an index could cut it.
    search_backend_name = None
    default_ordering = DUE
    export_filename = "translations"
    table_classname = "listing desk"
    list_export = (
        "title_of_row",
        "target_title",
        "kind_of_row",
        "division_of_row",
        "state_of_row",
        "outdated_since",
        "strings",
        "strings_left",
        "reviewed_at",
        "reviewer_name",
    )
    export_headings = {
        "title_of_row": gettext_lazy("Title"),
        "target_title": gettext_lazy("Translated title"),
        "kind_of_row": gettext_lazy("Type"),
        "division_of_row": gettext_lazy("Division"),
        "state_of_row": pgettext_lazy("translation", "State"),
        "outdated_since": gettext_lazy("Out of date since"),
        "strings": gettext_lazy("Strings"),
        "strings_left": gettext_lazy("Strings still to translate"),
        "reviewed_at": gettext_lazy("Reviewed on"),
        "reviewer_name": gettext_lazy("Reviewer"),
    }

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.languages = []
        if request.user.is_authenticated:
            self.languages = languages_for(request.user)

    def dispatch(self, request, *args, **kwargs):
        if not self.languages:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def locale(self):
        """The language asked for, if it is one of the user's; else the first of them."""
        asked = self.request.GET.get("language")
        known = {locale.language_code: locale for locale in self.languages}
        return known.get(asked, self.languages[0])

    @cached_property
    def kinds(self) -> list[type]:
        return kinds_for(self.request.user)

    @cached_property
    def starts(self) -> bool:
        return self.request.user.has_perm(SUBMIT)

    # Which rows, in which order

    def all_rows(self):
        """What the user may see here, whatever the filters say."""
        raise NotImplementedError

    def get_base_queryset(self):
        return self.all_rows()

    def order_queryset(self, queryset):
        name = self.ordering.lstrip("-")
        if name == DUE:
            return due_first(queryset)
        # What has no value stands last, whichever way.
        field = F(name)
        down = self.ordering.startswith("-")
        ordered = field.desc(nulls_last=True) if down else field.asc(nulls_last=True)
        return queryset.order_by(ordered, "pk")

    def get_valid_orderings(self):
        return [DUE, *super().get_valid_orderings()]

    def get_filterset_kwargs(self):
        data = self.request.GET.copy()
        data["language"] = self.locale.language_code
        return super().get_filterset_kwargs() | {"data": data, "languages": self.languages}

    @cached_property
    def counted(self) -> dict[State, int]:
        """How many rows of what is looked for stand in each state."""
        data = self.request.GET.copy()
        data.pop("state", None)
        data["language"] = self.locale.language_code
        kwargs = self.get_filterset_kwargs() | {"data": data}
        filters = self.filterset_class(**kwargs)
        rows = self.all_rows()
        if filters.is_valid():
            rows = filters.filter_queryset(rows)
        return states_of(self.search_queryset(rows))

    # What is shown

    def url_of(self, row) -> str:
        """The next step with this row; "" where the user has none."""
        if row.record_id and row.target_id:
            return changes_url(row.record_id)
        if row.target_id:  # written on its own, with no translation to speak of
            return ""
        return start_url(row) if self.starts else ""

    def tabs(self) -> list[dict]:
        """A link for each state, with its number; pressed, all states come back."""
        chosen = self.request.GET.getlist("state")
        everything = {"label": _("All"), "count": sum(self.counted.values()), "state": ""}
        found = [everything] + [
            {"label": state.label, "count": count, "state": state.value, "icon": ICONS[state]}
            for state, count in self.counted.items()
        ]
        for tab in found:
            tab["url"] = self._address(state=tab["state"])
            tab["is_chosen"] = chosen == [tab["state"]] if tab["state"] else not chosen
        return found

    def _address(self, **changed) -> str:
        """This list with the filters as they are, but for these."""
        query = self.request.GET.copy()
        for name in (self.page_kwarg, "export", "_w_filter_fragment"):
            query.pop(name, None)
        for name, value in changed.items():
            query.pop(name, None)
            if value:
                query[name] = value
        text = query.urlencode()
        return f"{self.index_url}?{text}" if text else self.index_url

    def kind_links(self) -> list[dict]:
        """A link for pages and for each kind of snippet."""
        query = f"?language={self.locale.language_code}"
        links = []
        for model in self.kinds:
            if model is Page:
                label, url = _("Pages"), reverse("translation_desk:pages")
            else:
                label = capfirst(model._meta.verbose_name_plural)
                names = model._meta.app_label, model._meta.model_name
                url = reverse("translation_desk:snippets", args=names)
            links.append({"label": label, "url": url + query, "is_chosen": model is self.model})
        return links

    def language_links(self) -> list[dict]:
        return [
            {
                "label": locale.get_display_name(),
                "lang": html_language(locale.language_code),
                "url": self._address(language=locale.language_code),
                "is_chosen": locale == self.locale,
            }
            for locale in self.languages
        ]

    @cached_property
    def header_more_buttons(self):
        buttons = [*super().header_more_buttons, *desk_actions(self.locale, self.request.user)]
        due = self._address(ordering=None)
        return [*buttons, Button(_("Order: what waits first"), due, icon_name="order-down")]

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        context |= {"tabs": self.tabs(), "locale": self.locale}
        if not self.results_only:
            context |= {
                "kind_links": self.kind_links(),
                "language_links": self.language_links(),
                "progress": progress_of(self.locale),
            }
        return context

    def decorate_paginated_queryset(self, object_list):
        """Give the rows of this page their words."""
        names = dict(divisions(self.request).values_list("pk", "name"))
        rows = list(object_list)
        for row in rows:
            row.title_of_row = str(row)
            row.next_url = self.url_of(row)
            row.language_of_target = html_language(self.locale.language_code)
            row.kind_of_row = self.kind_of(row)
            row.division_of_row = names.get(getattr(row, "division_id", None), "")
            row.state_of_row = State(row.state).label
            row.days = (
                (timezone.localdate() - timezone.localdate(row.outdated_since)).days
                if row.outdated_since
                else None
            )
        return rows

    def kind_of(self, row) -> str:
        return capfirst(row._meta.verbose_name)


class PagesView(DeskView):
    model = Page
    filterset_class = PageFilters
    index_url_name = "translation_desk:pages"
    index_results_url_name = "translation_desk:pages_results"
    search_fields = ["title", "target_title"]
    verbose_name_plural = gettext_lazy("pages")

    @property
    def columns(self):
        return [
            SourceColumn("title", label=_("Page"), sort_key="title", width="40%"),
            StateColumn("state", label=_("State of the translation"), sort_key="rank"),
            SinceColumn("since", label=_("Out of date since"), sort_key="outdated_since"),
            Column("strings_left", label=_("Strings left"), sort_key="strings_left"),
            Column("kind_of_row", label=_("Type")),
            Column("division_of_row", label=_("Division")),
        ]

    def all_rows(self):
        rows = page_rows(self.locale).select_related("content_type")
        return rows.filter(own_pages(self.request.user, self.locale))

    def kind_of(self, row):
        return get_content_type_label(row.cached_content_type)


class SnippetsView(DeskView):
    index_url_name = "translation_desk:snippets"
    index_results_url_name = "translation_desk:snippets_results"
    filterset_class = DeskFilters

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.languages:
            return
        wanted = kwargs["app_label"], kwargs["model_name"]
        for model in self.kinds:
            if model is not Page and (model._meta.app_label, model._meta.model_name) == wanted:
                self.model = model
                return
        raise Http404

    @property
    def verbose_name_plural(self):
        return self.model._meta.verbose_name_plural

    @property
    def search_fields(self):
        return [*self.model.words[:1], "target_title"]

    @cached_property
    def index_url(self):
        return reverse(self.index_url_name, kwargs=self.kwargs)

    @cached_property
    def index_results_url(self):
        return reverse(self.index_results_url_name, kwargs=self.kwargs)

    @property
    def columns(self):
        return [
            SourceColumn(
                "title",
                label=capfirst(self.model._meta.verbose_name),
                sort_key=self.model.words[0],
                width="50%",
            ),
            StateColumn("state", label=_("State of the translation"), sort_key="rank"),
            SinceColumn("since", label=_("Out of date since"), sort_key="outdated_since"),
            Column("strings_left", label=_("Strings left"), sort_key="strings_left"),
        ]

    def all_rows(self):
        return snippet_rows(self.model, self.locale)
