"""Scoring: appointed reviewers give points, without seeing whom to call or where to go."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets import AdminAutoHeightTextInput

from .. import scoring, screening
from ..models import Application, Criterion, Score
from ..permissions import (
    applications_appointed_to,
    applications_to_score,
    is_reviewer,
    may_decide,
    was_appointed,
)
from ..states import ApplicationState
from .cases import ActView, CaseList, CasePolicy, CaseViewSet

POINTS = [(points, str(points)) for points in range(Criterion.MOST_POINTS + 1)]


def to_be_scored(user):
    """What a reviewer scores; who decides sees what all of them have."""
    if not may_decide(user):
        return applications_to_score(user)
    return Application.objects.filter(
        round__isnull=False, state__in=(ApplicationState.SCREENING, ApplicationState.QUESTIONED)
    )


def scores_or_decides(user) -> bool:
    return may_decide(user) or is_reviewer(user)


def unscored_by(user) -> Q:
    """A condition: the reviewer has given no points yet."""
    given = Score.objects.filter(application=OuterRef("pk"), reviewer=user.pk)
    return ~Q(Exists(given)) & Q(pk__in=applications_to_score(user))


class ScoringFilters(WagtailFilterSet):
    mine = django_filters.ChoiceFilter(
        label=gettext_lazy("your score"),
        choices=[("missing", gettext_lazy("not scored yet"))],
        method="without_mine",
    )

    class Meta:
        model = Application
        fields = []

    def without_mine(self, applications, name, value):
        return applications.filter(unscored_by(self.request.user))


class ScoringList(CaseList):
    """A reviewer's own totals; for who decides, the average of all."""

    filterset_class = ScoringFilters
    number_fields = ("receipt_number",)
    search_fields = ["search_key"]
    default_ordering = "receipt_number"
    page_title = gettext_lazy("Scoring")

    @property
    def sees_all(self) -> bool:
        return may_decide(self.request.user)

    @property
    def columns(self):
        label = _("average score") if self.sees_all else _("your score")
        return [
            TitleColumn(
                "receipt_number",
                label=_("receipt number"),
                get_url=self._address,
                sort_key="receipt_number",
            ),
            Column("name", label=_("name"), sort_key="reading", classname="case-name"),
            Column("kind", label=_("kind"), accessor="get_kind_display", sort_key="kind"),
            Column("round", label=_("round of selection"), accessor="round.name"),
            Column("average", label=label, accessor=self._shown, sort_key="average"),
        ]

    def _address(self, row):
        """The file for who decides, unless they were appointed as well."""
        if self.sees_all and row.pk not in self._mine:
            return reverse("applications:file", args=[row.pk])
        return reverse(self.file_url_name, args=[row.pk])

    @property
    def _mine(self) -> set[int]:
        if not hasattr(self, "_mine_found"):
            mine = applications_to_score(self.request.user)
            self._mine_found = set(mine.values_list("pk", flat=True))
        return self._mine_found

    def _shown(self, row) -> str:
        if row.average is None:
            return _("not scored yet")
        shown = str(scoring.rounded(row.average))
        if self.sees_all and scoring.is_below(row.average, row.scheme):
            return _("%(score)s (below the pass mark of %(mark)s)") % {
                "score": shown,
                "mark": row.scheme.pass_mark,
            }
        return shown

    def get_base_queryset(self):
        found = super().get_base_queryset().select_related("round", "scheme")
        return scoring.with_average(found, None if self.sees_all else self.request.user)


class ScoreForm(forms.Form):
    """Points and a remark for each criterion."""

    def __init__(self, *args, criteria, given, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            points, remark = given.get(criterion.pk, (None, ""))
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=_("points"),
                help_text=criterion.description,
                choices=POINTS,
                coerce=int,
                widget=forms.RadioSelect,
                initial=points,
            )
            self.fields[f"remark_{criterion.pk}"] = forms.CharField(
                label=_("remark"),
                required=False,
                max_length=500,
                initial=remark,
                widget=AdminAutoHeightTextInput,
            )

    @property
    def rows(self) -> list[dict]:
        return [
            {
                "criterion": criterion,
                "points": self[f"points_{criterion.pk}"],
                "remark": self[f"remark_{criterion.pk}"],
            }
            for criterion in self.criteria
        ]

    @property
    def points(self) -> dict[Criterion, tuple[int, str]]:
        values = self.cleaned_data
        return {
            criterion: (values[f"points_{criterion.pk}"], values[f"remark_{criterion.pk}"])
            for criterion in self.criteria
        }


class ScoreView(ActView):
    """An application without any contact, and the reviewer's own points for it."""

    template_name = "certified_orgs/admin/score.html"
    permission_required = "score"
    page_title = gettext_lazy("Score")
    submit_button_label = gettext_lazy("Keep the score")
    form_class = ScoreForm

    def get_cases(self):
        """To be sent, a form needs no more than the appointment: if the round was decided
        meanwhile, that is said, and the remarks are still there."""
        mine = applications_to_score(self.request.user)
        if self.request.method == "POST":
            mine = applications_appointed_to(self.request.user)
        return mine.select_related("scheme", "round")

    def get_form_kwargs(self):
        mine = self.object.scores.filter(reviewer=self.request.user)
        return super().get_form_kwargs() | {
            "criteria": list(scoring.criteria_of(self.object.scheme)),
            "given": {row.criterion_id: (row.points, row.remark) for row in mine},
        }

    def act(self, form):
        mine = applications_to_score(self.request.user)
        # The row stays as it is until the score is written.
        if not mine.filter(pk=self.object.pk).select_for_update(of=("self",)).exists():
            raise screening.NotNow(
                _("This application is not in screening any more. Nothing was changed.")
            )
        scoring.give(self.object, self.request.user, form.points)
        own = scoring.with_average(
            Application.objects.filter(pk=self.object.pk), self.request.user
        ).get()
        return _("Your score is kept: %(score)s of 100.") % {"score": scoring.rounded(own.average)}

    def get_success_url(self):
        return reverse(self.index_url_name)

    def get_breadcrumbs_items(self):
        index = {"url": reverse(self.index_url_name), "label": _("Scoring")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "marks": self.object.marks.select_related("mark"),
            "checks": self.object.checks.exclude(answer="").select_related("criterion"),
        }


class ScoringViewSet(CaseViewSet):
    model = Application
    name = "scoring"
    url_prefix = "certification/scoring"
    icon = "tick-inverse"
    menu_label = gettext_lazy("Scoring")
    permission_policy = CasePolicy(
        Application, to_be_scored, {"view": scores_or_decides, "score": was_appointed}
    )
    index_view_class = ScoringList
    file_view_class = ScoreView
