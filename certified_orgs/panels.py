"""What waits for an office user, on the admin's home page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from .permissions import (
    applications_for,
    applications_to_score,
    certificates_for,
    changes_for,
    is_office,
    is_reviewer,
    may_decide,
    proposals_for,
    reminders_for,
    reports_for,
    rounds_for,
)
from .proposals import may_be_confirmed
from .states import ApplicationState, ChangeState, ProposalState, ReportState
from .viewsets import applications, rounds
from .viewsets.certificates import TO_BE_PRINTED, to_be_lifted
from .viewsets.reports import TO_LOOK_FOR, lateness_is
from .viewsets.scoring import unscored_by


def concerns(user) -> bool:
    """Whether there is a desk for the user here."""
    return is_office(user) or is_reviewer(user)


@dataclass(frozen=True)
class Line:
    """What waits, as a condition on the rows of a list (None: all of them), and the query by
    which the list's own filters show the same rows."""

    label: str
    condition: Q | None = None
    query: str = ""


@dataclass(frozen=True)
class Pile:
    """Lines about the rows of one list of the admin, which one query counts."""

    viewset: str
    rows: QuerySet
    lines: list[Line]

    def counted(self) -> list[dict]:
        """Label, count and address of each line."""
        counts = self.rows.order_by().aggregate(
            **{
                f"line_{at}": Count("pk", filter=line.condition, distinct=True)
                for at, line in enumerate(self.lines)
            }
        )
        index = reverse(f"{self.viewset}:index")
        return [
            {
                "label": line.label,
                "count": counts[f"line_{at}"],
                "url": f"{index}?{line.query}" if line.query else index,
            }
            for at, line in enumerate(self.lines)
        ]


class DeskPanel(Component):
    """Counts with links; what is done disappears."""

    name = "certification_desk"
    template_name = "certified_orgs/admin/desk_panel.html"
    order = 150

    def get_context_data(self, parent_context):
        piles = piles_of(parent_context["request"].user)
        lines = [line for pile in piles for line in pile.counted()]
        return {"lines": [line for line in lines if line["count"]]}


def piles_of(user) -> list[Pile]:
    """All that may wait for the user, in the order of the work."""
    piles = []
    if is_office(user):
        piles.append(_applications(user))
    if is_reviewer(user):
        piles.append(_scoring(user))
    if may_decide(user):
        piles += [_rounds(user), _certificates(user)]
    if is_office(user):
        piles += _life(user)
    if may_decide(user):
        piles.append(_measures(user))
    return piles


def _in_state(label: str, *states: str) -> Line:
    return Line(label, Q(state__in=states), "&".join(f"state={state}" for state in states))


def _applications(user) -> Pile:
    state, waits = ApplicationState, applications.WAITS
    lines = [
        _in_state(_("New applications"), state.SUBMITTED),
        Line(
            _("Received, formal check missing"),
            waits[applications.CHECK],
            f"waits={applications.CHECK}",
        ),
        _in_state(_("Asked, without an answer yet"), state.INCOMPLETE, state.QUESTIONED),
        # Those of others nobody sees.
        _in_state(_("Your drafts from paper"), state.DRAFT),
    ]
    if may_decide(user):
        lines += [
            _in_state(_("Received, to be screened"), state.RECEIVED),
            Line(
                _("To decide one by one"),
                waits[applications.DECISION],
                f"waits={applications.DECISION}",
            ),
            _in_state(_("On the waiting list"), state.WAITING),
        ]
    return Pile("applications", applications_for(user), lines)


def _scoring(user) -> Pile:
    line = Line(_("To score"), unscored_by(user), "mine=missing")
    return Pile("scoring", applications_to_score(user), [line])


def _rounds(user) -> Pile:
    line = Line(_("Rounds to decide"), rounds.to_decide(), "waits=decision")
    return Pile("rounds", rounds_for(user), [line])


def _certificates(user) -> Pile:
    lines = [
        Line(_("Certificates to print"), TO_BE_PRINTED, "printing=waits"),
        Line(
            _("Suspended, and the missing report is accepted"),
            to_be_lifted(),
            "suspension=settled",
        ),
    ]
    return Pile("certificates", certificates_for(user), lines)


def _life(user) -> list[Pile]:
    """Of certificates: for the window of their kind, and for who decides."""
    reports = [
        _in_state(_("Yearly reports to read"), ReportState.SUBMITTED),
        Line(
            _("Late reports to look for among the papers"),
            lateness_is(TO_LOOK_FOR),
            f"lateness={TO_LOOK_FOR}",
        ),
    ]
    changes = [_in_state(_("Notifications of holders"), ChangeState.SUBMITTED)]
    return [
        Pile("reports", reports_for(user), reports),
        Pile("changes", changes_for(user), changes),
        Pile("letters", reminders_for(user), [Line(_("Letters to print"))]),
    ]


def _measures(user) -> Pile:
    lines = [
        _in_state(_("Proposed measures: notify the holder"), ProposalState.PROPOSED),
        Line(_("Measures to decide"), may_be_confirmed(timezone.localdate()), "waits=decision"),
    ]
    return Pile("proposals", proposals_for(user), lines)
