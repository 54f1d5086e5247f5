"""Rounds of selection: made, filled with received applications, scored, and decided in one
batch. All of it for who decides."""

from __future__ import annotations

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.button import HeaderButton

from .. import decisions, places, screening
from ..applicant_mail import tell_about_decision
from ..models import Application, Round
from ..moves import Actor
from ..permissions import actor_for, applications_for, may_decide, rounds_for
from ..scheme import NoScheme, scheme_on
from ..scoring import is_below, rounded, with_average
from ..states import ApplicationState, step
from .cases import (
    ActView,
    CaseList,
    CasePolicy,
    CaseView,
    CaseViewSet,
    ConditionFilter,
    day_column,
)
from .rulings import PaperForm, rank_field, reason_field

CERTIFY, WAIT, DECLINE = "certify", "put_on_waiting_list", "decline"


class RoundForm(WagtailAdminModelForm):
    class Meta:
        model = Round
        fields = ["scheme", "name", "reviewers"]
        widgets = {"reviewers": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.filter(is_active=True).order_by("username")
        self.fields["reviewers"].queryset = people

    def clean_scheme(self):
        """Applications are scored by the criteria of their own year."""
        scheme, applications = self.cleaned_data["scheme"], Application.objects.none()
        if self.instance.pk:
            applications = self.instance.applications.exclude(scheme=scheme)
        if applications.exists():
            raise forms.ValidationError(
                _("Applications of another year are in this round, so its year stays.")
            )
        return scheme


def to_decide() -> Q:
    """A condition: not decided yet, and there is something in screening."""
    ready = Application.objects.filter(round=OuterRef("pk"), state=ApplicationState.SCREENING)
    return Q(Exists(ready), decided_at=None)


class RoundFilters(WagtailFilterSet):
    waits = ConditionFilter(
        label=gettext_lazy("waits for"),
        choices=[("decision", gettext_lazy("a decision"))],
        condition=lambda _decision: to_decide(),
    )

    class Meta:
        model = Round
        fields = []


class RoundList(CaseList):
    """Nothing to search: there are one or two a year."""

    filterset_class = RoundFilters
    is_searchable = False

    @property
    def columns(self):
        return [
            self.title_column("name", label=_("name"), sort_key="name"),
            Column("scheme", label=_("fiscal year"), sort_key="scheme__fiscal_year"),
            Column("size", label=_("applications")),
            Column("people", label=_("reviewers")),
            day_column("decided_at", _("decided")),
        ]

    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .select_related("scheme")
            .annotate(
                size=Count("applications", distinct=True), people=Count("reviewers", distinct=True)
            )
        )


def ranked(selection: Round):
    """The applications of the round, the best average first, those without one last."""
    found = with_average(selection.applications.select_related("scheme"))
    return found.annotate(judges=Count("scores__reviewer", distinct=True)).order_by(
        F("average").desc(nulls_last=True), "receipt_number"
    )


def with_ranks(applications, scheme) -> list[dict]:
    """Rows of the table; equal scores share a rank."""
    rows, rank, before = [], 0, None
    for at, application in enumerate(applications, 1):
        score = rounded(application.average)
        if score is None:
            rank = None
        elif score != before:
            rank, before = at, score
        rows.append(
            {
                "application": application,
                "rank": rank,
                "score": score,
                "is_below": is_below(application.average, scheme),
            }
        )
    return rows


def places_today() -> list[places.Count]:
    """By the settings of today: whatever year the round is of, they hold when it is decided."""
    return places.counts(scheme_on(timezone.localdate()))


class RoundView(CaseView):
    template_name = "certified_orgs/admin/round.html"
    header_icon = "list-ol"

    def get_cases(self):
        return super().get_cases().select_related("scheme")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "rows": with_ranks(ranked(self.object), self.object.scheme),
            "places": places_today(),
            "reviewers": self.object.reviewers.order_by("username"),
            "to_take": received_for(self.object, self.request.user).count(),
        }

    @property
    def header_buttons(self):
        address = reverse("rounds:edit", args=[self.object.pk])
        return [HeaderButton(_("Change the round"), url=address, icon_name="edit")]


def received_for(selection: Round, user):
    """What could be taken into the round."""
    return applications_for(user).filter(
        scheme=selection.scheme_id, state=ApplicationState.RECEIVED
    )


class RoundAct(ActView):
    @property
    def actor(self) -> Actor:
        return actor_for(self.request.user, kind="")

    def get_cases(self):
        return super().get_cases().select_related("scheme")


class ApplicationChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, application):
        checked = _("checked") if application.checked_at else _("not checked yet")
        return f"{application} ({application.get_kind_display()}, {checked})"


class TakeForm(forms.Form):
    applications = ApplicationChoices(
        label=gettext_lazy("received applications"), queryset=Application.objects.none()
    )

    def __init__(self, *args, applications, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = applications
        self.fields["applications"].initial = applications


class TakeView(RoundAct):
    page_title = gettext_lazy("Take in applications")
    submit_button_label = gettext_lazy("Begin screening")
    form_class = TakeForm

    def get_form_kwargs(self):
        applications = received_for(self.object, self.request.user)
        return super().get_form_kwargs() | {"applications": applications}

    def act(self, form):
        chosen = list(form.cleaned_data["applications"])
        screening.take_into_round(chosen, self.object, self.actor)
        return _("In screening now: %(count)s.") % {"count": len(chosen)}


class BatchForm(PaperForm):
    """An outcome, a reason and, for the waiting list, a rank, for each application; one paper
    for all."""

    common_reason = reason_field(
        required=False,
        label=gettext_lazy("reason for all that have none of their own"),
        help_text=gettext_lazy(
            "For what is certified. Who is not certified, or waits, is told a reason of their own."
        ),
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            pk = row["application"].pk
            self.fields[f"outcome_{pk}"] = forms.ChoiceField(
                label=_("outcome"),
                choices=[("", _("choose")), *_outcomes(row["application"])],
            )
            self.fields[f"rank_{pk}"] = rank_field(required=False)
            self.fields[f"reason_{pk}"] = forms.CharField(
                label=_("reason"),
                required=False,
                max_length=2000,
                widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
            )

    @property
    def table(self) -> list[dict]:
        return [row | self._fields_of(row["application"]) for row in self.rows]

    def _fields_of(self, application) -> dict:
        pk = application.pk
        return {
            "outcome": self[f"outcome_{pk}"],
            "rank_field": self[f"rank_{pk}"],
            "reason": self[f"reason_{pk}"],
        }

    def clean(self):
        cleaned = super().clean()
        seen = {}
        for row in self.rows:
            pk = row["application"].pk
            outcome, rank = cleaned.get(f"outcome_{pk}"), cleaned.get(f"rank_{pk}")
            if outcome == WAIT and f"rank_{pk}" not in self.errors:
                if rank is None:
                    self.add_error(f"rank_{pk}", _("Who waits needs a rank."))
                elif rank in seen:
                    self.add_error(f"rank_{pk}", _("Two cannot have the same rank."))
                seen[rank] = pk
            if outcome and not self._reason(cleaned, pk, outcome):
                self.add_error(f"reason_{pk}", _("Write down why."))
        return cleaned

    @staticmethod
    def _reason(cleaned, pk, outcome) -> str:
        own = cleaned.get(f"reason_{pk}", "")
        return own or (cleaned.get("common_reason", "") if outcome == CERTIFY else "")

    @property
    def outcomes(self) -> list[decisions.Outcome]:
        values = self.cleaned_data
        return [
            decisions.Outcome(
                application,
                values[f"outcome_{application.pk}"],
                self._reason(values, application.pk, values[f"outcome_{application.pk}"]),
                values[f"rank_{application.pk}"],
            )
            for application in (row["application"] for row in self.rows)
        ]

    @property
    def ruling(self) -> decisions.Ruling:
        """The common paper; each outcome has its own reason."""
        values = self.cleaned_data
        return decisions.Ruling(
            values["common_reason"],
            values["drafted_on"],
            values["approved_on"],
            values["document_number"],
        )


def _outcomes(application: Application) -> list[tuple[str, str]]:
    """What can be decided: a renewal does not wait."""
    names = (CERTIFY, DECLINE) if application.renews_id else (CERTIFY, WAIT, DECLINE)
    return [(name, step(application, name).label) for name in names]


class DecideView(RoundAct):
    """The whole round by one paper: all or nothing."""

    template_name = "certified_orgs/admin/decide.html"
    page_title = gettext_lazy("Decide the round")
    submit_button_label = gettext_lazy("Decide all of them")
    form_class = BatchForm

    def get_form_kwargs(self):
        # Those that wait for an answer are decided on their own file later.
        ready = ranked(self.object).filter(state=ApplicationState.SCREENING)
        return super().get_form_kwargs() | {"rows": with_ranks(ready, self.object.scheme)}

    def act(self, form):
        if not form.rows:
            raise screening.NotNow(_("There is nothing in screening in this round."))
        decisions.decide_round(self.object, form.outcomes, self.actor, form.ruling)
        for outcome in form.outcomes:
            tell_about_decision(Application.objects.get(pk=outcome.application.pk))
        return _("Decided: %(count)s applications, %(certified)s of them certified.") % {
            "count": len(form.rows),
            "certified": sum(outcome.step == CERTIFY for outcome in form.outcomes),
        }

    def get_context_data(self, **kwargs):
        questioned = self.object.applications.filter(state=ApplicationState.QUESTIONED)
        return super().get_context_data(**kwargs) | {
            "places": places_today(),
            "questioned": questioned,
        }


class AddRoundView(CreateView):
    """Of this year, unless another one is chosen."""

    def get_initial(self):
        try:
            return {"scheme": scheme_on(timezone.localdate())}
        except NoScheme:
            return {}


class RoundEditView(EditView):
    def get_success_url(self):
        return reverse("rounds:file", args=[self.object.pk])


class RoundViewSet(CaseViewSet):
    model = Round
    name = "rounds"
    url_prefix = "certification/rounds"
    icon = "list-ol"
    menu_label = gettext_lazy("Rounds of selection")
    permission_policy = CasePolicy(
        Round, rounds_for, {"view": may_decide, "add": may_decide, "change": may_decide}
    )
    index_view_class = RoundList
    file_view_class = RoundView
    add_view_class = AddRoundView
    edit_view_class = RoundEditView

    def get_form_class(self, for_update=False):
        return RoundForm

    def get_common_view_kwargs(self, **kwargs):
        # There is no history to look at: the log has the names of rounds, which is all.
        return super().get_common_view_kwargs(
            **kwargs, history_url_name=None, usage_url_name=None, delete_url_name=None
        )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/edit/", self.edit_view, name="edit"),
            path("<int:pk>/take-in/", self.construct_view(TakeView), name="take"),
            path("<int:pk>/decide/", self.construct_view(DecideView), name="decide"),
        ]
