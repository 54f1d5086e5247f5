"""変更届, 再交付, 承継 and 返納 in the admin."""

from __future__ import annotations

import django_filters
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from .. import attachments, changes, letters, moves
from ..holder_forms import ChangeForm
from ..kinds import OrgKind, Route
from ..models import ChangeRequest
from ..permissions import actor_for, changes_for, is_office, may_decide
from ..routes.holder import labelled
from ..states import ChangeState, possible_steps
from ..timeline import timeline
from .acts import NoQuestions
from .cases import STATE, ActView, CaseList, CasePolicy, CaseView, CaseViewSet, day_column
from .from_paper import FromPaperForm
from .letters import LinkView, TellingView
from .reports import SendBackForm

CHANGES = CasePolicy(ChangeRequest, changes_for, {"view": is_office, "decide": may_decide})


class ChangeFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=STATE, choices=ChangeState.choices)
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("form"), choices=ChangeRequest.Kind.choices
    )
    holder = django_filters.ChoiceFilter(
        label=gettext_lazy("kind"), choices=OrgKind.choices, field_name="certificate__kind"
    )

    class Meta:
        model = ChangeRequest
        fields = ["state", "kind"]


class ChangeList(CaseList):
    filterset_class = ChangeFilters
    key_field = "certificate__search_key"
    number_fields = ("certificate__number",)
    search_fields = ["certificate__search_key"]
    export_filename = "changes"
    list_export = [
        "certificate.number",
        "certificate.name",
        "get_kind_display",
        "get_state_display",
        "effective_on",
        "received_on",
    ]
    export_headings = {
        "certificate.number": gettext_lazy("certificate number"),
        "certificate.name": gettext_lazy("name"),
        "get_kind_display": gettext_lazy("form"),
        "get_state_display": STATE,
    }

    @property
    def columns(self):
        return [
            self.title_column("kind", label=_("form"), accessor="get_kind_display"),
            Column("number", label=_("certificate number"), accessor="certificate.number"),
            Column("name", label=_("name"), accessor="certificate.name"),
            Column("state", label=STATE, accessor="get_state_display", sort_key="state"),
            day_column("effective_on", _("from which day")),
            day_column("received_on", _("received on")),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("certificate")


class ChangeView(CaseView):
    template_name = "certified_orgs/admin/change.html"
    header_icon = "edit"

    def get_cases(self):
        return super().get_cases().select_related("certificate", "entered_by")

    def get_context_data(self, **kwargs):
        change = self.object
        now = change.former_values or changes.current_values(change.certificate)
        before = dict(labelled({name: now.get(name, "") for name in change.values}))
        return super().get_context_data(**kwargs) | {
            "rows": [(label, before[label], value) for label, value in labelled(change.values)],
            "attachments": change.attachments.all(),
            "timeline": timeline(change),
            "actions": list(self.actions()),
        }

    def actions(self):
        """Labels and addresses: those of the table of states that are the user's."""
        actor = actor_for(self.request.user, self.object.certificate.kind)
        possible = {step.name: step.label for step in possible_steps(self.object, actor.who)}
        for name in ACTS:
            if name in possible:
                yield possible[name], reverse(f"changes:{name}", args=[self.object.pk])


class ChangeAct(ActView):
    @property
    def actor(self) -> moves.Actor:
        return actor_for(self.request.user, self.object.certificate.kind)


class AcceptView(TellingView, ChangeAct):
    """未来創造課 accepts, and with that it is carried out."""

    permission_required = "decide"
    page_title = gettext_lazy("Accept")
    form_class = NoQuestions
    intro = gettext_lazy(
        "What the holder told us is carried out at once: details change, a returned certificate "
        "ends, a reissue or a new name puts the certificate on the list to be printed."
    )
    said = gettext_lazy("Accepted and carried out.")

    def answer(self, done):
        profile = self.object.certificate.pages.exists()
        if profile and {"name", "english_name", "website"} & self.object.values.keys():
            messages.warning(
                self.request,
                _("The profile in the register has a title and links of its own: change them too."),
            )
        return super().answer(done)

    def act(self, form):
        changes.accept(self.object, self.actor)
        letter = letters.of_change_accepted(self.object)
        letters.send(letter)
        return letter


class SendBackView(TellingView, ChangeAct):
    page_title = gettext_lazy("Send back")
    form_class = SendBackForm
    said = gettext_lazy("The form is sent back.")

    def act(self, form):
        return changes.send_back(self.object, self.actor, form.cleaned_data["note"])


class WithdrawView(ChangeAct):
    page_title = gettext_lazy("Withdraw")
    form_class = NoQuestions
    intro = gettext_lazy("Only where the holder has said so.")

    def act(self, form):
        moves.make(self.object, "withdraw", self.actor, closed_at=timezone.now())
        return _("The form is withdrawn.")


ACTS = {"accept": AcceptView, "send_back": SendBackView, "withdraw": WithdrawView}


class ChangeViewSet(CaseViewSet):
    model = ChangeRequest
    name = "changes"
    url_prefix = "certification/changes"
    icon = "edit"
    menu_label = pgettext_lazy("of certificates", "Changes")
    permission_policy = CHANGES
    index_view_class = ChangeList
    file_view_class = ChangeView

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            *(
                path(f"<int:pk>/{name.replace('_', '-')}/", self.construct_view(view), name=name)
                for name, view in ACTS.items()
            ),
        ]


# On the file of a certificate


class PaperChangeForm(FromPaperForm, ChangeForm):
    """A short form as it came on paper, by FAX or by telephone."""

    confirmed = None


class EnterChangeView(ActView):
    """代行入力 of a short form; kind: in the address."""

    form_class = PaperChangeForm
    submit_button_label = gettext_lazy("Submit for the holder")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in changes.FORMS or not self.object.is_in_force:
            raise Http404

    @property
    def page_title(self):
        return ChangeRequest.Kind(self.kind).label

    @property
    def intro(self):
        return changes.FORMS[self.kind].explains

    def get_form(self, form_class=None):
        sent = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        form = PaperChangeForm(self.object, self.kind, *sent)
        form.initial |= {"route": Route.PAPER, "received_on": timezone.localdate()}
        return form

    def act(self, form):
        said = form.cleaned_data
        self.change = changes.submit(
            self.object,
            self.kind,
            values=form.values,
            reason=said["reason"],
            effective_on=said.get("effective_on"),
            route=said["route"],
            received_on=said["received_on"],
            user=self.request.user,
        )
        attachments.add_all(self.change, said["files"], user=self.request.user, is_scan=True)
        return _("The form is entered. The deciding division accepts it or sends it back.")

    def get_success_url(self):
        return reverse("changes:file", args=[self.change.pk])


class ChangeLinkView(LinkView):
    """The link to all short forms."""

    def get_cases(self):
        return super().get_cases().filter(contact__isnull=False)

    def write(self):
        return letters.of_changes(self.contact)
