"""The list of applications, and the file of each one."""

from __future__ import annotations

import django_filters
from django.db.models import Q
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ..applying.completeness import missing
from ..kinds import OrgKind, Route
from ..models import CONSENTS, PLEDGES, Application, Round, SchemeYear
from ..moves import NotTheirs
from ..permissions import actor_for, applications_for, is_office, may_decide
from ..scoring import is_below, rounded, totals, with_average
from ..screening import DECIDED_ALONE, is_decided_alone
from ..states import BEFORE_DECISION, ApplicationState, Who, possible_steps
from ..timeline import timeline
from . import acts, notices
from .cases import (
    STATE,
    CaseList,
    CasePolicy,
    CaseView,
    CaseViewSet,
    ConditionFilter,
    day_column,
    shown,
)
from .entry import CorrectView, DiscardView, EnterView, EntryView

APPLICATIONS = CasePolicy(
    Application, applications_for, {"view": is_office, "add": is_office, "decide": may_decide}
)

# Where several rounds are decided one at a time, those wait for their round.
IN_A_BATCH = ("certify", "put_on_waiting_list", "decline")


# What an application in its state still waits for.
CHECK, DECISION = "check", "decision"
WAITS = {
    CHECK: Q(state=ApplicationState.RECEIVED, checked_at=None),
    DECISION: Q(state=ApplicationState.SCREENING) & DECIDED_ALONE,
}


class ApplicationFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=STATE, choices=ApplicationState.choices)
    kind = django_filters.ChoiceFilter(label=_("kind"), choices=OrgKind.choices)
    round = django_filters.ModelChoiceFilter(
        label=_("round of selection"), queryset=Round.objects.select_related("scheme")
    )
    scheme = django_filters.ModelChoiceFilter(
        label=_("fiscal year"), queryset=SchemeYear.objects.all()
    )
    route = django_filters.MultipleChoiceFilter(label=_("received by"), choices=Route.choices)
    waits = ConditionFilter(
        label=_("waits for"),
        choices=[
            (CHECK, _("the formal check, though received")),
            (DECISION, _("a decision of its own")),
        ],
        condition=WAITS.get,
    )

    class Meta:
        model = Application
        fields = ["state", "kind", "round", "scheme", "route"]


class ApplicationList(CaseList):
    filterset_class = ApplicationFilters
    number_fields = ("receipt_number",)
    search_fields = ["search_key"]
    export_filename = "applications"
    add_item_label = _("Enter from paper")
    export_headings = {
        "receipt_number": _("receipt number"),
        "get_kind_display": _("kind"),
        "get_state_display": STATE,
        "get_route_display": _("received by"),
        "submitted_at": _("applied"),
        "received_on": _("received on"),
        "checked_at": _("checked by the window"),
        "shown_average": _("average score"),
    }

    @property
    def sees_scores(self) -> bool:
        return may_decide(self.request.user)

    @property
    def columns(self):
        found = [
            self.title_column(
                "receipt_number",
                label=_("receipt number"),
                accessor=lambda row: row.receipt_number or _("draft from paper"),
                sort_key="receipt_number",
            ),
            Column("name", label=_("name"), sort_key="reading", classname="case-name"),
            Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
            Column("state", label=STATE, accessor="get_state_display", sort_key="state"),
            Column("route", label=_("received by"), accessor="get_route_display"),
            day_column("submitted_at", _("applied")),
            Column(
                "checked_at",
                label=_("checked by the window"),
                accessor=lambda row: _("done") if row.checked_at else _("not yet"),
                sort_key="checked_at",
            ),
            Column("round", label=_("round of selection"), accessor=_round_name),
        ]
        if self.sees_scores:
            found.append(
                Column(
                    "average",
                    label=_("average score"),
                    accessor=lambda row: rounded(row.average),
                    sort_key="average",
                )
            )
        return found

    @property
    def list_export(self):
        names = [
            "receipt_number",
            "name",
            "reading",
            "get_kind_display",
            "get_state_display",
            "get_route_display",
            "submitted_at",
            "received_on",
            "checked_at",
            "round",
        ]
        return [*names, "average"] if self.sees_scores else names

    def get_base_queryset(self):
        found = super().get_base_queryset().select_related("round__scheme", "scheme")
        return with_average(found) if self.sees_scores else found


def _round_name(application: Application) -> str:
    return application.round.name if application.round else ""


class FileView(CaseView):
    """Everything that the user may see about one application, and what they may do now."""

    template_name = "certified_orgs/admin/application.html"
    header_icon = "doc-full-inverse"

    def get_cases(self):
        return super().get_cases().select_related("round", "scheme", "district", "renews")

    def get_context_data(self, **kwargs):
        application, user = self.object, self.request.user
        decides = may_decide(user)
        context = {
            "actions": self.get_actions(),
            "waits_for_its_round": self.waits_for_its_round,
            "public": shown(application, acts.PUBLIC_SHOWN),
            "private": shown(application, acts.PRIVATE_SHOWN),
            "pledges": shown(application, PLEDGES),
            "consents": shown(application, CONSENTS),
            "marks": application.marks.select_related("mark"),
            "checks": application.checks.select_related("criterion"),
            "attachments": application.attachments.all(),
            "questions": application.questions.select_related("asked_by"),
            "comments": application.comments.select_related("by"),
            "decisions": application.decisions.select_related("decided_by"),
            "timeline": timeline(application),
            "printable": notices.printable(application, user),
            "sees_scores": decides,
            "is_draft": application.state == ApplicationState.DRAFT,
            "missing": missing(application) if application.state in BEFORE_DECISION else [],
            "may_check": application.checked_at is None
            and application.state in BEFORE_DECISION
            and self.who is not None,
        }
        if decides:
            average = with_average(Application.objects.filter(pk=application.pk)).get().average
            context |= {
                "totals": totals(application),
                "average": rounded(average),
                "is_below": is_below(average, application.scheme),
            }
        return super().get_context_data(**kwargs) | context

    @property
    def who(self) -> Who | None:
        """In which capacity the user may act, if any."""
        try:
            return actor_for(self.request.user, self.object.kind).who
        except NotTheirs:
            return None

    @property
    def waits_for_its_round(self) -> bool:
        return self.object.state == ApplicationState.SCREENING and not is_decided_alone(self.object)

    @property
    def not_offered(self) -> tuple[str, ...]:
        """What the table has, and this application has not, by name."""
        if self.waits_for_its_round:
            return IN_A_BATCH
        return ("put_on_waiting_list",) if self.object.renews_id else ()

    def get_actions(self) -> list[dict]:
        """The steps of the table that are the user's now, each with its address."""
        if self.who is None or self.object.state == ApplicationState.DRAFT:
            return []
        return [
            {"step": step, "url": reverse(f"applications:{step.name}", args=[self.object.pk])}
            for step in possible_steps(self.object, self.who)
            if step.name not in self.not_offered
        ]


class ApplicationViewSet(CaseViewSet):
    model = Application
    name = "applications"
    url_prefix = "certification/applications"
    icon = "doc-full-inverse"
    menu_label = _("Applications")
    permission_policy = APPLICATIONS
    index_view_class = ApplicationList
    file_view_class = FileView

    def get_urlpatterns(self):
        case = "<int:pk>"
        views = {
            "add": ("new/", EnterView),
            "entry": (f"{case}/entry/", EntryView),
            "discard": (f"{case}/discard/", DiscardView),
            "check": (f"{case}/check/", acts.CheckView),
            "comment": (f"{case}/comment/", acts.CommentView),
            "complete": (f"{case}/complete/", CorrectView),
            **{
                name: (f"{case}/{name.replace('_', '-')}/", view)
                for name, view in acts.STEPS.items()
            },
            **{name: (f"{case}/{address}", view) for name, address, view in notices.PRINTED},
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(address, self.construct_view(view), name=name)
                for name, (address, view) in views.items()
            ),
        ]
