"""Measures in the admin: proposed, told to the holder, heard, confirmed or dropped. All of it is
for 未来創造課 alone."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from .. import letters, proposals
from ..models import Proposal
from ..permissions import actor_for, may_decide, proposals_for
from ..states import ProposalState, possible_steps
from ..timeline import timeline
from .acts import NoQuestions
from .cases import (
    STATE,
    ActView,
    CaseList,
    CasePolicy,
    CaseView,
    CaseViewSet,
    ConditionFilter,
    day_column,
)
from .from_paper import ReceivedForm
from .letters import TellingView, printed
from .rulings import RulingForm, reason_field

PROPOSALS = CasePolicy(Proposal, proposals_for, {"view": may_decide})
# Of what became of them the holder is told.
TOLD = Q(state=ProposalState.CONFIRMED) | Q(state=ProposalState.DROPPED, notified_on__isnull=False)


class ProposalFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=STATE, choices=ProposalState.choices)
    measure = django_filters.ChoiceFilter(
        label=gettext_lazy("measure considered"), choices=Proposal.Measure.choices
    )
    waits = ConditionFilter(
        label=gettext_lazy("waits for"),
        choices=[("decision", gettext_lazy("a decision"))],
        condition=lambda _decision: proposals.may_be_confirmed(timezone.localdate()),
    )

    class Meta:
        model = Proposal
        fields = ["state", "measure"]


class ProposalList(CaseList):
    filterset_class = ProposalFilters
    key_field = "certificate__search_key"
    number_fields = ("certificate__number",)
    search_fields = ["certificate__search_key"]
    export_filename = "measures"
    list_export = ["certificate.number", "get_measure_display", "get_state_display", "notified_on"]
    export_headings = {
        "certificate.number": gettext_lazy("certificate number"),
        "get_measure_display": gettext_lazy("measure considered"),
        "get_state_display": STATE,
    }

    @property
    def columns(self):
        return [
            self.title_column(
                "measure",
                label=_("measure considered"),
                accessor="get_measure_display",
                sort_key="measure",
            ),
            Column("number", label=_("certificate number"), accessor="certificate.number"),
            Column("name", label=_("name"), accessor="certificate.name"),
            Column("state", label=STATE, accessor="get_state_display", sort_key="state"),
            day_column("proposed_at", _("proposed")),
            day_column("statement_due_on", _("statement until")),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("certificate")


class ProposalView(CaseView):
    template_name = "certified_orgs/admin/proposal.html"
    header_icon = "warning"

    def get_cases(self):
        return super().get_cases().select_related("certificate", "report")

    def get_context_data(self, **kwargs):
        proposal = self.object
        return super().get_context_data(**kwargs) | {
            "attachments": proposal.attachments.all(),
            "decisions": proposal.decisions.select_related("decided_by"),
            "timeline": timeline(proposal),
            "actions": list(self.actions()),
            "report_url": proposal.report and reverse("reports:file", args=[proposal.report.pk]),
        }

    def actions(self):
        """Labels and addresses: steps of the table of states, and papers to print."""
        proposal = self.object
        actor = actor_for(self.request.user, proposal.certificate.kind)
        for step in possible_steps(proposal, actor.who):
            yield step.label, reverse(f"proposals:{step.name}", args=[proposal.pk])
        if proposal.state == ProposalState.NOTIFIED:
            yield _("Print the notice"), reverse("proposals:hearing", args=[proposal.pk])
        if Proposal.objects.filter(TOLD, pk=proposal.pk).exists():
            yield _("Print the notice"), reverse("proposals:notice", args=[proposal.pk])


class ProposalAct(ActView):
    @property
    def actor(self):
        return actor_for(self.request.user, self.object.certificate.kind)


class NotifyView(TellingView, ProposalAct):
    page_title = gettext_lazy("Notify the holder")
    form_class = NoQuestions
    intro = gettext_lazy(
        "The holder gets the notice of an opportunity to make a statement, with a private link "
        "and the last day for it. The measure cannot be confirmed before that day is over or the "
        "statement has come."
    )
    said = gettext_lazy("The day of the notice is recorded.")

    def act(self, form):
        return proposals.notify(self.object, self.actor)


class HearForm(ReceivedForm):
    field_order = ("received_on", "statement", "files")
    statement = reason_field(label=gettext_lazy("statement of the holder"), max_length=4000)


class HearView(ProposalAct):
    page_title = gettext_lazy("Record the statement")
    form_class = HearForm
    intro = gettext_lazy("As it came on paper, by FAX, or spoken at the office.")

    def act(self, form):
        said = form.cleaned_data
        proposals.hear(
            self.object, self.actor, said["statement"], said["received_on"], said["files"]
        )
        return _("The statement is recorded.")


class ConfirmView(TellingView, ProposalAct):
    page_title = gettext_lazy("Confirm")
    form_class = RulingForm
    said = gettext_lazy("The measure is in force.")

    @property
    def intro(self):
        return _("%(measure)s of %(certificate)s. The holder reads the reason in the notice.") % {
            "measure": self.object.get_measure_display(),
            "certificate": self.object.certificate,
        }

    def act(self, form):
        return proposals.confirm(self.object, self.actor, form.ruling)


class DropForm(forms.Form):
    reason = reason_field()


class DropView(TellingView, ProposalAct):
    page_title = gettext_lazy("Drop")
    form_class = DropForm
    intro = gettext_lazy("Nothing comes of it. Who was notified is told.")
    said = gettext_lazy("The proposal is dropped.")

    def act(self, form):
        return proposals.drop(self.object, self.actor, form.cleaned_data["reason"])

    def answer(self, done):
        if done is not None:
            return super().answer(done)
        messages.success(self.request, self.said)
        return redirect(self.get_success_url())


class HearingView(ProposalAct):
    """弁明の機会の付与通知書, printed with a new link."""

    page_title = gettext_lazy("Print the notice")
    form_class = NoQuestions
    intro = gettext_lazy("The notice brings a new private link; earlier ones stop working.")

    def get_cases(self):
        return super().get_cases().filter(state=ProposalState.NOTIFIED)

    def act(self, form):
        proposals.check_ground(self.object)
        return letters.of_hearing(self.object)

    def answer(self, done):
        return printed(self.request, done, self.file_url)


class NoticeView(CaseView):
    """認定停止通知書 or 認定取消通知書, or the letter that nothing comes of it."""

    def get_cases(self):
        return super().get_cases().filter(TOLD)

    def get(self, request, *args, **kwargs):
        proposal = self.object
        if proposal.state == ProposalState.DROPPED:
            letter = letters.of_drop(proposal)
        else:
            letter = letters.of_measure(proposal, proposal.decisions.last())
        return printed(request, letter, self.file_url)


class ProposalViewSet(CaseViewSet):
    model = Proposal
    name = "proposals"
    url_prefix = "certification/proposals"
    icon = "warning"
    menu_label = gettext_lazy("Measures")
    permission_policy = PROPOSALS
    index_view_class = ProposalList
    file_view_class = ProposalView

    def get_urlpatterns(self):
        views = {
            "notify": NotifyView,
            "hear": HearView,
            "confirm": ConfirmView,
            "drop": DropView,
            "hearing": HearingView,
            "notice": NoticeView,
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(f"<int:pk>/{name}/", self.construct_view(view), name=name)
                for name, view in views.items()
            ),
        ]


# On the file of a certificate


class ProposeForm(forms.Form):
    measure = forms.ChoiceField(
        label=gettext_lazy("measure considered"),
        choices=Proposal.Measure.choices,
        widget=forms.RadioSelect,
    )
    reason = reason_field(
        max_length=1000, help_text=gettext_lazy("The holder reads exactly this in the notice.")
    )


class ProposeView(ActView):
    """By hand: false statements, misuse of the mark."""

    permission_required = "decide"
    page_title = gettext_lazy("Propose a measure")
    form_class = ProposeForm
    intro = gettext_lazy("Missing reports are proposed by the system. Nothing happens yet.")

    def act(self, form):
        said = form.cleaned_data
        self.proposal = proposals.propose(self.object, said["measure"], said["reason"])
        return _("The measure is proposed. Next, notify the holder.")

    def get_success_url(self):
        return reverse("proposals:file", args=[self.proposal.pk])
