"""What all lists and files of cases in the admin share: who may see them, and how one thing
is done to one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import django_filters
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from kiyose.japanese.dates import local_date
from kiyose.japanese.names import search_key
from kiyose.pages.languages import language_names
from kiyose.tables.spreadsheets import HarmlessSpreadsheets

from ..moves import MoveRefused

# Of a case; an indicator's is a different word in Japanese.
STATE = pgettext_lazy("case", "state")

Asks = Callable[[object], bool]


class CasePolicy(BasePermissionPolicy):
    """Wagtail's questions, answered by ``permissions.py``.

    rows: the cases that a user may open; actions: who may do what at all, by Wagtail's
    names (``view``, ``add``, ``change``). What is not named nobody may.
    """

    def __init__(self, model, rows: Callable, actions: Mapping[str, Asks]):
        super().__init__(model)
        self.rows, self.actions = rows, actions

    def user_has_permission(self, user, action):
        return action in self.actions and self.actions[action](user)

    def user_has_permission_for_instance(self, user, action, instance):
        may = self.user_has_permission(user, action)
        return may and self.rows(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        may = self.user_has_any_permission(user, actions)
        return self.rows(user) if may else self.model._default_manager.none()

    def users_with_any_permission(self, actions):
        people = get_user_model().objects.filter(is_active=True)
        may = [user.pk for user in people if self.user_has_any_permission(user, actions)]
        return people.filter(pk__in=may)


def shown(row, names) -> list[tuple[str, object]]:
    """Labels and values of these fields of a row, in words."""
    pairs = []
    for name in names:
        field, value = row._meta.get_field(name), getattr(row, name)
        if name == "language":
            value = language_names().get(value, value)
        elif field.choices:
            value = getattr(row, f"get_{name}_display")()
        pairs.append((field.verbose_name, value))
    return pairs


class ConditionFilter(django_filters.ChoiceFilter):
    """A choice among conditions. ``choices`` are names and labels, as ever; ``condition`` makes
    the condition of a name, anew for each request, since days pass."""

    def __init__(self, *args, condition: Callable[[str], Q], **kwargs):
        super().__init__(*args, **kwargs)
        self.condition = condition

    def filter(self, queryset, value):
        return queryset.filter(self.condition(value)) if value else queryset


def day_column(name: str, label: str) -> Column:
    """A column of days, each in full: the office counts by them."""
    return Column(name, label=label, accessor=lambda row: _day(getattr(row, name)), sort_key=name)


def _day(value) -> str:
    return local_date(value).isoformat() if value else "–"


class CaseList(HarmlessSpreadsheets, IndexView):
    """A list that shows, finds and exports only what its user may open."""

    template_name = "certified_orgs/admin/list.html"
    table_classname = "listing cases"
    is_searchable = True
    file_url_name = None
    # By them a search looks beside names: ``name__icontains`` would miss half-width kana.
    number_fields: tuple[str, ...] = ()
    key_field = "search_key"

    def get_base_queryset(self):
        return self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.any_permission_required
        )

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        found = queryset.filter(**{f"{self.key_field}__contains": search_key(self.search_query)})
        for field in self.number_fields:
            found |= queryset.filter(**{f"{field}__icontains": self.search_query.strip()})
        return found

    def title_column(self, name: str, **kwargs) -> TitleColumn:
        """The column that leads to the file."""
        return TitleColumn(
            name,
            get_url=lambda row: reverse(self.file_url_name, args=[row.pk]),
            **kwargs,
        )


class CaseViewSet(ModelViewSet):
    """A list and the file of each case. Nothing is edited or deleted by Wagtail's own views:
    they would write names into its log."""

    add_to_reference_index = False
    copy_view_enabled = False
    file_view_class: type = None

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(file_url_name=self.get_url_name("file"), **kwargs)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.construct_view(self.file_view_class), name="file"),
        ]

    def register_admin_url_finder(self):
        """Nothing of a case is edited where Wagtail would lead to."""

    def register_permissions(self):
        """``home/roles.py`` gives them; nobody ticks them by hand."""


@method_decorator(never_cache, name="dispatch")
class CaseView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about one case that the user may open; any other is not found."""

    model = None
    permission_required = "view"
    index_url_name = None
    file_url_name = None
    header_icon = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(self.get_cases(), pk=kwargs["pk"])

    def get_cases(self):
        return self.permission_policy.instances_user_has_permission_for(self.request.user, "view")

    @property
    def file_url(self) -> str:
        return reverse(self.file_url_name, args=[self.object.pk])

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        plural = capfirst(self.model._meta.verbose_name_plural)
        items = [{"url": reverse(self.index_url_name), "label": plural}]
        if self.page_title:
            items.append({"url": self.file_url, "label": str(self.object)})
            items.append({"url": "", "label": self.get_page_title()})
        else:
            items.append({"url": "", "label": str(self.object)})
        return [*self.breadcrumbs_items, *items]

    def get_header_title(self):
        return f"{self.get_page_title()}: {self.object}" if self.page_title else str(self.object)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"object": self.object}


class ActView(CaseView, FormView):
    """A form that does one thing to a case. What cannot be done is said above the form, which
    keeps all that was typed."""

    template_name = "certified_orgs/admin/act.html"
    submit_button_label = ""
    intro = ""
    # How what ``act`` returns is said.
    say = staticmethod(messages.success)

    def act(self, form) -> str:
        """Do it, with the valid form. Returns what is said afterwards. May raise
        MoveRefused: then nothing is changed."""
        raise NotImplementedError

    def get_success_url(self):
        return self.file_url

    def form_valid(self, form):
        try:
            with transaction.atomic():
                done = self.act(form)
        except MoveRefused as refusal:
            self.object.refresh_from_db()
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.answer(done)

    def form_invalid(self, form):
        """A browser sends a chosen file once: who has to send again must know it."""
        files = [file.name for file in self.request.FILES.getlist("files")]
        if files:
            messages.warning(
                self.request,
                _("Choose the files again, they were not kept: %(names)s")
                % {"names": _(", ").join(files)},
            )
        return super().form_invalid(form)

    def answer(self, done):
        """The response to what ``act`` returned: back to the file, with a message."""
        self.say(self.request, done)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.get_full_path(),
            "media": context["form"].media,
            "intro": self.intro,
            # Beside the heading it would stand outside of a narrow screen.
            "header_icon": "",
            "page_subtitle": self.get_page_title(),
            "submit_button_label": self.submit_button_label or self.get_page_title(),
        }
