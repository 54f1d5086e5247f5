"""Yearly reports in the admin: a list, the file of each, and what the office does with it."""

from __future__ import annotations

import django_filters
from django import forms
from django.db import transaction
from django.db.models import Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from .. import attachments, letters, moves, yearly_reports
from ..holder_forms import ReportForm, activities_form
from ..kinds import OrgKind, Route
from ..models import YearlyReport
from ..permissions import actor_for, is_office, reports_for
from ..standing import MISSING
from ..states import IN_FORCE, ReportState
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
from .from_paper import FromPaperForm
from .letters import LinkView, TellingView
from .rulings import reason_field

REPORTS = CasePolicy(YearlyReport, reports_for, {"view": is_office})

# How late a report is, for the office.
LATE, TO_LOOK_FOR, PUBLIC = "late", "to_look_for", "public"
LATENESS = (
    (LATE, gettext_lazy("late, in the days of grace")),
    (TO_LOOK_FOR, gettext_lazy("after grace: look among the papers")),
    (PUBLIC, gettext_lazy("overdue in public")),
)


def lateness_is(value: str) -> Q:
    """A condition that agrees with ``lateness_of``: late in that way today. Of who has ended,
    no report is asked."""
    today = timezone.localdate()
    missing = Q(state__in=MISSING, certificate__state__in=IN_FORCE)
    return {
        LATE: missing & Q(due_on__lt=today, overdue_after__gte=today),
        TO_LOOK_FOR: missing & Q(overdue_after__lt=today, not_on_paper_at=None),
        PUBLIC: missing & Q(overdue_after__lt=today, not_on_paper_at__isnull=False),
    }[value]


def lateness_of(report: YearlyReport) -> str:
    """How late a report is, in words; "" for one that is not."""
    today = timezone.localdate()
    is_asked_for = report.state in MISSING and report.certificate.is_in_force
    if not is_asked_for or report.due_on >= today:
        return ""
    if report.overdue_after >= today:
        return str(dict(LATENESS)[LATE])
    return str(dict(LATENESS)[PUBLIC if report.not_on_paper_at else TO_LOOK_FOR])


class ReportFilters(WagtailFilterSet):
    fiscal_year = django_filters.ChoiceFilter(
        label=gettext_lazy("fiscal year"),
        choices=lambda: [
            (year, year)
            for year in YearlyReport.objects.order_by("-fiscal_year")
            .values_list("fiscal_year", flat=True)
            .distinct()
        ],
    )
    state = django_filters.MultipleChoiceFilter(label=STATE, choices=ReportState.choices)
    lateness = ConditionFilter(
        label=gettext_lazy("how late"), choices=LATENESS, condition=lateness_is
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("kind"), choices=OrgKind.choices, field_name="certificate__kind"
    )

    class Meta:
        model = YearlyReport
        fields = ["fiscal_year", "state"]


class ReportList(CaseList):
    filterset_class = ReportFilters
    key_field = "certificate__search_key"
    number_fields = ("certificate__number",)
    search_fields = ["certificate__search_key"]
    export_filename = "yearly_reports"
    list_export = [
        "certificate.number",
        "certificate.name",
        "fiscal_year",
        "get_state_display",
        "due_on",
        "received_on",
    ]
    export_headings = {
        "certificate.number": gettext_lazy("certificate number"),
        "certificate.name": gettext_lazy("name"),
        "get_state_display": STATE,
    }

    @property
    def columns(self):
        return [
            self.title_column(
                "number",
                label=_("certificate number"),
                accessor="certificate.number",
                sort_key="certificate__number",
            ),
            Column("name", label=_("name"), accessor="certificate.name"),
            Column("fiscal_year", label=_("fiscal year"), sort_key="fiscal_year"),
            Column("state", label=STATE, accessor="get_state_display", sort_key="state"),
            day_column("due_on", _("due on")),
            Column("lateness", label=_("how late"), accessor=lateness_of),
            day_column("received_on", _("received on")),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("certificate")


class ReportView(CaseView):
    """Everything about one report, and what can be done with it now."""

    template_name = "certified_orgs/admin/report.html"
    header_icon = "form"

    def get_cases(self):
        return super().get_cases().select_related("certificate", "not_on_paper_by", "entered_by")

    def get_context_data(self, **kwargs):
        report = self.object
        return super().get_context_data(**kwargs) | {
            "activities": report.activities.select_related("mark"),
            "attachments": report.attachments.all(),
            "reminders": report.reminders.all(),
            "timeline": timeline(report),
            "lateness": lateness_of(report),
            "actions": list(self.actions()),
        }

    def actions(self):
        """Labels and addresses."""
        report = self.object
        if report.state == ReportState.SUBMITTED:
            yield _("Accept"), self.address("accept")
            yield _("Send back"), self.address("send_back")
        if report.state in MISSING:
            yield _("Enter from paper"), self.address("enter")
            if report.certificate.is_in_force:
                yield _("New private link, by mail or letter"), self.address("link")
            if lateness_of(report) == str(dict(LATENESS)[TO_LOOK_FOR]):
                yield _("Not received on paper either"), self.address("not_on_paper")

    def address(self, name: str) -> str:
        return reverse(f"reports:{name}", args=[self.object.pk])


class ReportAct(ActView):
    """Something that the office does with a report."""

    @property
    def actor(self) -> moves.Actor:
        return actor_for(self.request.user, self.object.certificate.kind)


class AcceptView(TellingView, ReportAct):
    page_title = gettext_lazy("Accept")
    form_class = NoQuestions
    intro = gettext_lazy(
        "Summary, activities and figures are shown in the public register then. Files are not."
    )

    said = gettext_lazy("The report is accepted.")

    def act(self, form):
        return yearly_reports.accept(self.object, self.actor)


class SendBackForm(forms.Form):
    note = reason_field(
        label=gettext_lazy("what is asked for"),
        help_text=gettext_lazy("The holder reads exactly this, with a new link."),
    )


class SendBackView(TellingView, ReportAct):
    page_title = gettext_lazy("Send back")
    form_class = SendBackForm
    said = gettext_lazy("The report is sent back.")

    def act(self, form):
        return yearly_reports.send_back(self.object, self.actor, form.cleaned_data["note"])


class NotOnPaperForm(forms.Form):
    looked = forms.BooleanField(
        label=gettext_lazy(
            "We have looked among paper, FAX and mail: the report has not been received."
        )
    )


class NotOnPaperView(ReportAct):
    page_title = gettext_lazy("Not received on paper either")
    form_class = NotOnPaperForm
    intro = gettext_lazy(
        "From now on the public register says that the report is overdue, and after some more "
        "time the system proposes a suspension."
    )

    def act(self, form):
        yearly_reports.note_not_on_paper(self.object, self.request.user)
        return _("It is recorded.")


class ReportLinkView(LinkView):
    def get_cases(self):
        return super().get_cases().filter(state__in=MISSING)

    def write(self):
        note = yearly_reports.note_of(self.object)
        if note:
            return letters.of_report_sent_back(self.object, note)
        return letters.of_report(self.object)


class PaperReportForm(FromPaperForm, ReportForm):
    """The report as it came on paper, with how it came and its scan."""

    field_order = ("route", "received_on", "summary", "summary_en", "files")


class EnterView(ReportAct):
    """代行入力: submitted at once; nobody but the officer saw a draft."""

    page_title = gettext_lazy("Enter from paper")
    submit_button_label = gettext_lazy("Submit for the holder")
    template_name = "certified_orgs/admin/report_entry.html"
    form_class = PaperReportForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.activities = activities_form(self.object, more=2)

    def get_cases(self):
        return super().get_cases().filter(state__in=MISSING).select_related("certificate")

    def get_initial(self):
        return {"route": Route.PAPER, "received_on": timezone.localdate()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.object}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"activities": self.activities}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        self.activities = activities_form(self.object, request.POST)
        if form.is_valid() & self.activities.is_valid():
            return self.form_valid(form)
        return self.form_invalid(form)

    def act(self, form):
        said = form.cleaned_data
        with transaction.atomic():
            yearly_reports.lock_unsent(self.object)
            YearlyReport.objects.filter(pk=self.object.pk).update(
                summary=said["summary"], summary_en=said["summary_en"]
            )
            self.object.refresh_from_db()
            yearly_reports.set_activities(self.object, self.activities.rows())
            yearly_reports.submit(
                self.object, self.actor, route=said["route"], received_on=said["received_on"]
            )
            attachments.add_all(self.object, said["files"], user=self.request.user, is_scan=True)
        return _("The report is submitted. Somebody accepts it or sends it back.")


class ReportViewSet(CaseViewSet):
    model = YearlyReport
    name = "reports"
    url_prefix = "certification/reports"
    icon = "form"
    menu_label = gettext_lazy("Yearly reports")
    permission_policy = REPORTS
    index_view_class = ReportList
    file_view_class = ReportView

    def get_urlpatterns(self):
        views = {
            "accept": AcceptView,
            "send_back": SendBackView,
            "not_on_paper": NotOnPaperView,
            "link": ReportLinkView,
            "enter": EnterView,
        }
        return [
            *super().get_urlpatterns(),
            *(
                path(f"<int:pk>/{name.replace('_', '-')}/", self.construct_view(view), name=name)
                for name, view in views.items()
            ),
        ]
