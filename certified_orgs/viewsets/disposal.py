"""廃棄の決裁 in the admin: what is due is listed, and a decision records what of it may go.

Erased is by command only (``manage.py dispose``).
"""

from __future__ import annotations

from django import forms
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from kiyose.pages.fields import DayFormField

from .. import retention
from ..models import DisposalDecision
from ..permissions import disposals_for, may_decide
from .cases import CaseList, CasePolicy, CaseView, CaseViewSet, day_column
from .rulings import A_DAY

DISPOSAL = CasePolicy(DisposalDecision, disposals_for, {"view": may_decide, "add": may_decide})


class DisposalList(CaseList):
    is_searchable = False
    add_item_label = gettext_lazy("What is due, and a new decision")

    @property
    def columns(self):
        return [
            self.title_column(
                "document_number", label=_("document number (文書番号)"), sort_key="document_number"
            ),
            day_column("approved_on", _("approved on (決裁日)")),
            Column("count", label=_("records"), accessor=lambda row: len(row.items)),
            day_column("carried_out_at", _("carried out")),
        ]


class DisposalView(CaseView):
    template_name = "certified_orgs/admin/disposal.html"
    header_icon = "bin"

    def get_context_data(self, **kwargs):
        listed = {tuple(item) for item in self.object.items}
        due = {item.key: item for item in retention.due(timezone.localdate())}
        return super().get_context_data(**kwargs) | {
            "waiting": [due[key] for key in sorted(listed) if key in due],
            "count": len(listed),
        }


class DisposalForm(forms.ModelForm):
    """The paper of the decision, and what it is about."""

    approved_on = DayFormField(
        label=gettext_lazy("approved on (決裁日)"), help_text=A_DAY, widget=forms.TextInput
    )
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("records"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = DisposalDecision
        fields = ["approved_on", "document_number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.due = {f"{item.key[0]}:{item.key[1]}": item for item in _due()}
        self.fields["chosen"].choices = [
            (
                key,
                f"{item.record_class.label}: {item.name} ({item.completed_on} → {item.due_on})",
            )
            for key, item in self.due.items()
        ]
        self.fields["chosen"].initial = list(self.due)

    def clean_approved_on(self):
        day = self.cleaned_data["approved_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day of approval is still to come."))
        return day

    def save(self, commit=True):
        self.instance.items = [list(self.due[key].key) for key in self.cleaned_data["chosen"]]
        return super().save(commit)


def _due() -> list[retention.Item]:
    return retention.due(timezone.localdate())


class AddView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """What is due today; and the decision, once it is made on paper."""

    model = None
    permission_required = "add"
    template_name = "certified_orgs/admin/disposal_new.html"
    page_title = gettext_lazy("Records whose time is over")
    header_icon = "bin"
    index_url_name = None
    file_url_name = None
    form_class = DisposalForm

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Disposal")},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form):
        form.instance.recorded_by = self.request.user
        decision = form.save()
        messages.success(
            self.request,
            _("The decision is recorded. Nothing is erased until the command runs: %(command)s")
            % {"command": f"manage.py dispose --decision {decision.document_number}"},
        )
        return redirect(reverse(self.file_url_name, args=[decision.pk]))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.get_full_path(),
            "media": context["form"].media,
            "classes": retention.CLASSES,
            "submit_button_label": _("Record the decision"),
        }


class DisposalViewSet(CaseViewSet):
    model = DisposalDecision
    name = "disposal"
    url_prefix = "certification/disposal"
    icon = "bin"
    menu_label = gettext_lazy("Disposal")
    permission_policy = DISPOSAL
    index_view_class = DisposalList
    file_view_class = DisposalView

    def get_urlpatterns(self):
        return [
            path("new/", self.construct_view(AddView), name="add"),
            *super().get_urlpatterns(),
        ]
