"""The register from inside: every certificate with its contact, its life and its papers."""

from __future__ import annotations

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from kiyose.pages.languages import source_language

from .. import letters, proposals
from ..changes import FORMS
from ..kinds import OrgKind
from ..models import PRIVATE_DETAILS, Certificate, HolderContact, Proposal
from ..permissions import (
    actor_for,
    applications_for,
    certificates_for,
    changes_for,
    is_office,
    may_decide,
    proposals_for,
    reports_for,
)
from ..standing import MAY_BE_SHOWN, standing_of, with_standing
from ..states import MEASURES, CertificateState, ProposalState, ReportState
from ..timeline import timeline
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
from .changes import ChangeLinkView, EnterChangeView
from .letters import TellingView, printed
from .proposals import ProposeView
from .rulings import RulingForm

# It waits for an original: certified, renewed, or changed since the last one.
TO_BE_PRINTED = Q(state=CertificateState.VALID, to_print_since__isnull=False)


def to_be_lifted() -> Q:
    """It was suspended for a report which is accepted by now."""
    settled = Proposal.objects.filter(
        certificate=OuterRef("pk"),
        measure=Proposal.Measure.SUSPEND,
        state=ProposalState.CONFIRMED,
        report__state=ReportState.ACCEPTED,
    )
    return Q(Exists(settled), state=CertificateState.SUSPENDED)


class CertificateFilters(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=STATE, choices=CertificateState.choices)
    kind = django_filters.ChoiceFilter(label=gettext_lazy("kind"), choices=OrgKind.choices)
    printing = ConditionFilter(
        label=gettext_lazy("printing"),
        choices=[("waits", gettext_lazy("To be printed"))],
        condition=lambda _waits: TO_BE_PRINTED,
    )
    suspension = ConditionFilter(
        label=gettext_lazy("suspension"),
        choices=[("settled", gettext_lazy("The missing report is accepted"))],
        condition=lambda _settled: to_be_lifted(),
    )

    class Meta:
        model = Certificate
        fields = ["state", "kind", "fiscal_year"]


class CertificateList(CaseList):
    filterset_class = CertificateFilters
    number_fields = ("number",)
    search_fields = ["search_key"]
    export_filename = "certificates"
    list_export = [
        "number",
        "name",
        "reading",
        "get_kind_display",
        "get_state_display",
        "certified_on",
        "valid_until",
        "ended_on",
    ]
    export_headings = {
        "get_kind_display": gettext_lazy("kind"),
        "get_state_display": STATE,
    }

    @property
    def columns(self):
        return [
            self.title_column("number", label=_("certificate number"), sort_key="number"),
            Column("name", label=_("name"), sort_key="reading", classname="case-name"),
            Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
            Column("state", label=STATE, accessor=lambda row: standing_of(row).label),
            day_column("certified_on", _("certified on")),
            day_column("valid_until", _("valid until")),
        ]

    def get_base_queryset(self):
        return with_standing(super().get_base_queryset())


class CertificateView(CaseView):
    template_name = "certified_orgs/admin/certificate.html"
    header_icon = "success"

    def get_cases(self):
        return with_standing(super().get_cases().select_related("district", "application"))

    def get_context_data(self, **kwargs):
        certificate, user = self.object, self.request.user
        # That a certificate is suspended everybody may know, and why the city alone.
        secret = () if may_decide(user) else MEASURES
        applications = applications_for(user).filter(pk__in=certificate.terms.values("application"))
        contact = HolderContact.objects.filter(certificate=certificate).first()
        return super().get_context_data(**kwargs) | {
            "standing": standing_of(certificate).label,
            "contact": shown(contact, PRIVATE_DETAILS) if contact else [],
            "applications": applications,
            "terms": certificate.terms.all(),
            "decisions": certificate.decisions.exclude(step__in=secret).select_related(
                "decided_by"
            ),
            "attachments": certificate.attachments.all(),
            "reports": _linked("reports", reports_for(user).filter(certificate=certificate)),
            "changes": _linked("changes", changes_for(user).filter(certificate=certificate)),
            "proposals": _linked("proposals", proposals_for(user).filter(certificate=certificate)),
            "timeline": timeline(certificate, *applications, without_reason=secret),
            "profile": _profile(certificate, user),
            "may_print": may_decide(user) and standing_of(certificate) in MAY_BE_SHOWN,
            "change_forms": _change_forms(certificate),
            "may_propose": may_decide(user) and certificate.is_in_force,
            "may_reinstate": may_decide(user) and certificate.state == CertificateState.SUSPENDED,
            "was_lifted": may_decide(user) and certificate.decisions.filter(step="reinstate"),
        }


def _change_forms(certificate: Certificate) -> list[dict]:
    """The short forms that can be entered from paper."""
    if not certificate.is_in_force:
        return []
    return [
        {
            "label": kind.label,
            "url": reverse("certificates:enter_change", args=[certificate.pk, kind.value]),
        }
        for kind in FORMS
    ]


def _profile(certificate: Certificate, user) -> dict | None:
    """The profile of the holder: to be edited by who may, else to be looked at."""
    page = certificate.pages.filter(locale__language_code=source_language()).first()
    if page is None:
        return None
    if page.permissions_for_user(user).can_edit():
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    else:
        address = page.get_url() if page.live else ""
    return {"label": str(page), "state": page.status_string, "address": address}


def _linked(viewset: str, cases) -> list[dict]:
    """Cases with their state and the address of their file."""
    return [
        {
            "label": str(case),
            "state": case.get_state_display(),
            "address": reverse(f"{viewset}:file", args=[case.pk]),
        }
        for case in cases
    ]


class ReinstateView(TellingView):
    """The suspension is lifted, and the holder is told."""

    permission_required = "decide"
    page_title = gettext_lazy("Lift the suspension")
    form_class = RulingForm
    intro = gettext_lazy("The holder reads the reason in the notice.")
    said = gettext_lazy("The suspension is lifted.")

    def act(self, form):
        actor = actor_for(self.request.user, self.object.kind)
        return proposals.lift(self.object, actor, form.ruling)


class LiftedView(CaseView):
    """認定停止解除通知書."""

    permission_required = "decide"

    def get_cases(self):
        return super().get_cases().filter(decisions__step="reinstate").distinct()

    def get(self, request, *args, **kwargs):
        decision = self.object.decisions.filter(step="reinstate").last()
        return printed(request, letters.of_lifting(self.object, decision), self.file_url)


class CertificateViewSet(CaseViewSet):
    model = Certificate
    name = "certificates"
    url_prefix = "certification/certificates"
    icon = "success"
    menu_label = gettext_lazy("Certificates")
    permission_policy = CasePolicy(
        Certificate, certificates_for, {"view": is_office, "decide": may_decide}
    )
    index_view_class = CertificateList
    file_view_class = CertificateView

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/reinstate/", self.construct_view(ReinstateView), name="reinstate"),
            path("<int:pk>/lifted/", self.construct_view(LiftedView), name="lifted"),
            path("<int:pk>/propose/", self.construct_view(ProposeView), name="propose"),
            path("<int:pk>/link/", self.construct_view(ChangeLinkView), name="link"),
            path(
                "<int:pk>/changes/<str:kind>/",
                self.construct_view(EnterChangeView),
                name="enter_change",
            ),
        ]
