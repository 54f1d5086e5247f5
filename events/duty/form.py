"""The one form of the desk, and what a decision must be."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.pages.facts import source_rows
from kiyose.pages.fields import DayFormField
from kiyose.pages.publishing import Problem

from ..choices import Status
from ..models import Decision, Venue
from ..models.fields import ClockFormField
from ..patterns import moment
from ..schedule import Entry
from .scope import Scope

# What is put off for longer is a new event.
LATEST = datetime.timedelta(days=366)


def decision_problems(decision: Decision, scope: Scope, entries: list[Entry]) -> Iterator[Problem]:
    """What is wrong with a decision that is about to be made. entries: what it changes."""
    now, today = timezone.now(), timezone.localdate()
    if scope.day and scope.day < today:
        yield Problem(_("That day is over."))
    elif not entries and not scope.is_open():
        yield Problem(_("Nothing takes place there, so there is nothing to decide."))
    if decision.status == Status.POSTPONED:
        yield from _new_day_problems(decision, today)
    if decision.status == Status.MOVED:
        if not decision.moved_to:
            yield Problem(_("To which venue? Choose it."), "moved_to")
        elif entries and all(entry.settled.venue_id == decision.moved_to_id for entry in entries):
            yield Problem(_("That is where it is already."), "moved_to")
    if decision.next_decision_at and decision.next_decision_at <= now:
        yield Problem(_("That time is over. Give a later one, or the day as well."), "next_time")
    elif decision.next_decision_at and decision.next_decision_at > now + LATEST:
        yield Problem(_("That is more than a year ahead."), "next_day")


def _new_day_problems(decision: Decision, today: datetime.date) -> Iterator[Problem]:
    if decision.day is None and decision.postponed_to:
        message = _("A new day can be given for one day only. Choose the day above first.")
        yield Problem(message, "postponed_to")
    elif decision.postponed_to is None:
        if decision.next_decision_at is None:
            message = _("To which day? If it is not known yet, say when it will be decided.")
            yield Problem(message, "postponed_to")
    elif decision.postponed_to <= max(decision.day, today):
        message = _("The new day must be later than the old one, and not be over.")
        yield Problem(message, "postponed_to")
    elif decision.postponed_to > decision.day + LATEST:
        yield Problem(_("That is more than a year later."), "postponed_to")


class StatusSelect(forms.RadioSelect):
    template_name = "events/admin/status.html"


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DecisionForm(forms.ModelForm):
    """What is decided about a scope.

    What does not belong to the chosen status is left out: on the screen it is hidden, so it
    may hold what was typed for another one.
    """

    postponed_to = DayFormField(label=gettext_lazy("New day"), required=False, widget=_day_input())
    next_day = DayFormField(
        label=gettext_lazy("day of the next decision"),
        required=False,
        widget=_day_input(),
        help_text=gettext_lazy("Empty: today."),
    )
    next_time = ClockFormField(
        label=gettext_lazy("time of the next decision"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    class Meta:
        model = Decision
        fields = ["status", "postponed_to", "moved_to", "note", "note_en"]
        widgets = {"status": StatusSelect, "moved_to": forms.Select}
        error_messages = {"status": {"required": gettext_lazy("What is decided? Choose one.")}}

    def __init__(self, *args, scope: Scope, entries: list[Entry], **kwargs):
        super().__init__(*args, instance=scope.decision(), **kwargs)
        self.scope, self.entries = scope, entries
        self.fields["status"].choices = Status.choices  # without the empty one
        venues = Venue.objects.filter(**source_rows())
        self.fields["moved_to"].queryset = venues.exclude(
            pk=scope.venue.pk if scope.venue else None
        )
        self.fields["moved_to"].empty_label = _("Choose a venue")

    def clean(self):
        values = super().clean()
        if values.get("status") != Status.POSTPONED:
            values["postponed_to"] = None
            self.errors.pop("postponed_to", None)
        if values.get("status") != Status.MOVED:
            values["moved_to"] = None
            self.errors.pop("moved_to", None)
        return values

    def _post_clean(self):
        super()._post_clean()
        decision = self.instance
        decision.next_decision_at = self._next_decision_at()
        for problem in decision_problems(decision, self.scope, self.entries):
            if problem.field not in self.errors:
                self.add_error(
                    None if problem.field == "__all__" else problem.field, problem.message
                )

    def _next_decision_at(self) -> datetime.datetime | None:
        day, time = self.cleaned_data.get("next_day"), self.cleaned_data.get("next_time")
        if time is None:
            if day and "next_time" not in self.errors:
                self.add_error("next_time", _("At what time?"))
            return None
        return moment(day or timezone.localdate(), time)
