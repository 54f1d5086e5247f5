"""The scheme's settings: years, criteria, districts. For 未来創造課 alone (home/roles.py)."""

from __future__ import annotations

from django.db.models import Sum
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
)

from kiyose.pages.facts import source_rows
from kiyose.snippets import SnippetViewSet

from .. import places
from ..accounts import is_kept_by_others
from ..models import Criterion, District, Pool, SchemeYear, SelfCheck
from ..new_year import copy_criteria, settings_for_next_year
from ..scheme import scheme_on

FULL_WEIGHT = 100


# Years


def warn_of_holders_beyond_the_cap(request, scheme: SchemeYear) -> None:
    """A cap may be lowered below the holders; who does so is told what it means."""
    for count in places.counts(scheme):
        if count.taken > count.cap:
            messages.warning(
                request,
                _(
                    "%(pool)s: %(taken)d certificates are in force, more than the %(cap)d places "
                    "of %(year)s. The holders keep theirs; nobody can be added until there are "
                    "fewer."
                )
                % {
                    "pool": count.label,
                    "taken": count.taken,
                    "cap": count.cap,
                    "year": scheme,
                },
            )


def warn_of_weights(request, scheme: SchemeYear) -> None:
    """Points are counted of 100, so the weights of a year should add up to that."""
    weights = Criterion.objects.filter(scheme=scheme, **source_rows())
    total = weights.aggregate(total=Sum("weight"))["total"] or 0
    if total != FULL_WEIGHT:
        messages.warning(
            request,
            _("The weights of the criteria of %(year)s add up to %(total)d, not to 100.")
            % {"year": scheme, "total": total},
        )


class SavesAYear:
    """Saving settings makes the places agree with those that hold today."""

    def save_instance(self):
        scheme = super().save_instance()
        places.arrange(scheme_on(timezone.localdate()))
        return scheme

    def save_action(self):
        response = super().save_action()
        warn_of_holders_beyond_the_cap(self.request, self.object)
        warn_of_weights(self.request, self.object)
        return response


class AddYearView(SavesAYear, generic.CreateView):
    """Begins with the latest year's settings, artwork and criteria."""

    def get_initial_form_instance(self):
        return settings_for_next_year()

    def save_instance(self):
        latest = SchemeYear.objects.first()
        scheme = super().save_instance()
        copied = copy_criteria(latest, scheme) if latest else 0
        if copied:
            messages.info(
                self.request,
                ngettext(
                    "%(count)d criterion was taken over from %(year)s.",
                    "%(count)d criteria were taken over from %(year)s.",
                    copied,
                )
                % {"count": copied, "year": latest},
            )
        return scheme


class EditYearView(SavesAYear, generic.EditView):
    pass


class DeleteYearView(generic.DeleteView):
    """Of a year that was a mistake: nothing goes by its settings."""

    def form_valid(self, form):
        is_todays = self.object == scheme_on(timezone.localdate())
        if is_todays or is_kept_by_others(self.object):
            messages.error(
                self.request,
                _("The scheme goes by the settings of this year, so it stays."),
            )
            return redirect(self.get_success_url())
        return super().form_valid(form)


def applications_from_until(scheme: SchemeYear) -> str:
    return f"{scheme.opens_on} – {scheme.closes_on}"


def report_due_on(scheme: SchemeYear) -> str:
    return f"{scheme.report_due_on}"


def rules_adopted(scheme: SchemeYear) -> str:
    return (
        f"{scheme.adopted_on}" if scheme.adopted_on else _("Draft (before the rules are adopted)")
    )


def caps_in_words(scheme: SchemeYear) -> str:
    caps = places.caps(scheme).items()
    return " · ".join(f"{Pool(pool).label} {cap}" for pool, cap in caps)


class SchemeYearViewSet(ModelViewSet):
    model = SchemeYear
    icon = "cog"
    menu_label = gettext_lazy("Settings of the scheme")
    add_view_class = AddYearView
    edit_view_class = EditYearView
    delete_view_class = DeleteYearView
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("window", label=gettext_lazy("Applications"), accessor=applications_from_until),
        Column("caps", label=gettext_lazy("Places"), accessor=caps_in_words),
        Column("report", label=gettext_lazy("yearly report due on"), accessor=report_due_on),
        Column("rules", label=gettext_lazy("rules adopted on"), accessor=rules_adopted),
    ]


# Criteria and districts


def criteria_in_use_stay(request, snippets):
    """For ``before_delete_snippet``: what scores or answers rest on is not deleted."""
    criteria = [each for each in snippets if isinstance(each, Criterion)]
    keeping = [each for each in criteria if _has_scores_or_answers(each)]
    if not keeping:
        return None
    messages.error(
        request,
        _(
            "Applications have been answered or scored by these criteria, so they stay: "
            "%(criteria)s. Nothing has been deleted."
        )
        % {"criteria": ", ".join(map(str, keeping))},
    )
    return redirect(Criterion.snippet_viewset.get_url_name("list"))


def districts_in_use_stay(request, snippets):
    """For ``before_delete_snippet``: where somebody is registered."""
    districts = [each for each in snippets if isinstance(each, District)]
    keeping = [each for each in districts if is_kept_by_others(each)]
    if not keeping:
        return None
    messages.error(
        request,
        _(
            "Organisations are registered in these districts, so they stay: %(districts)s. "
            "Nothing has been deleted."
        )
        % {"districts": ", ".join(map(str, keeping))},
    )
    return redirect(District.snippet_viewset.get_url_name("list"))


def _has_scores_or_answers(criterion: Criterion) -> bool:
    """By the scores of its year, or by an answer of an applicant."""
    return (
        Criterion.any_scored(scheme=criterion.scheme_id)
        or SelfCheck.objects.filter(criterion__translation_key=criterion.translation_key).exists()
    )


class SourceRowsList(IndexView):
    """Each row once, in the language in which it is written; translations by the filter."""

    def get_base_queryset(self):
        rows = super().get_base_queryset()
        return rows if self.request.GET.get("locale") else rows.filter(**source_rows())


class SavesACriterion:
    def save_action(self):
        response = super().save_action()
        warn_of_weights(self.request, self.object.scheme)
        return response


class AddCriterionView(SavesACriterion, CreateView):
    """For the latest year, unless another one is chosen."""

    def get_initial(self):
        return {"scheme": SchemeYear.objects.first(), **super().get_initial()}


class EditCriterionView(SavesACriterion, EditView):
    pass


class DeleteCriterionView(DeleteView):
    def form_valid(self, form):
        scheme = self.object.scheme
        response = super().form_valid(form)
        warn_of_weights(self.request, scheme)
        return response


class CriterionViewSet(SnippetViewSet):
    model = Criterion
    icon = "list-ol"
    menu_label = gettext_lazy("Criteria of the screening")
    menu_item_is_registered = True
    index_view_class = SourceRowsList
    add_view_class = AddCriterionView
    edit_view_class = EditCriterionView
    delete_view_class = DeleteCriterionView
    copy_view_enabled = False
    list_display = ["name", "scheme", "weight", "position"]
    list_filter = ["scheme"]


class DistrictViewSet(SnippetViewSet):
    model = District
    icon = "site"
    menu_label = gettext_lazy("Districts")
    menu_item_is_registered = True
    index_view_class = SourceRowsList
    copy_view_enabled = False
    list_display = ["name", "reading", "key", "position"]
