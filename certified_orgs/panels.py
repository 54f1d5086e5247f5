"""What waits for an office user, on the admin's home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from .models import Score
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
from .screening import decided_alone
from .states import ApplicationState, ChangeState, ProposalState, ReportState
from .viewsets.certificates import to_be_lifted, to_be_printed
from .viewsets.reports import TO_LOOK_FOR, with_lateness


def concerns(user) -> bool:
    """Whether there is a desk for the user here."""
    return is_office(user) or is_reviewer(user)


class DeskPanel(Component):
    """Counts with links; what is done disappears."""

    name = "certification_desk"
    template_name = "certified_orgs/admin/desk_panel.html"
    order = 150

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        lines = [
            *_of_office(user),
            *_of_holders(user),
            *_of_reviewer(user),
            *_of_decider(user),
        ]
        return {"lines": [line for line in lines if line["count"]]}


def _list(*states: str) -> str:
    query = "&".join(f"state={state}" for state in states)
    return f"{reverse('applications:index')}?{query}"


def _of_office(user):
    if not is_office(user):
        return
    mine, state = applications_for(user), ApplicationState
    yield _line(_("New applications"), mine.filter(state=state.SUBMITTED), _list(state.SUBMITTED))
    yield _line(
        _("Received, formal check missing"),
        mine.filter(state=state.RECEIVED, checked_at=None),
        _list(state.RECEIVED),
    )
    waiting = (state.INCOMPLETE, state.QUESTIONED)
    yield _line(_("Asked, without an answer yet"), mine.filter(state__in=waiting), _list(*waiting))
    yield _line(
        _("Your drafts from paper"),
        mine.filter(state=state.DRAFT, entered_by=user),
        _list(state.DRAFT),
    )


def _of_holders(user):
    """The life of certificates: for the window of their kind, and for who decides."""
    if not is_office(user):
        return
    reports = reports_for(user)
    yield _line(
        _("Yearly reports to read"),
        reports.filter(state=ReportState.SUBMITTED),
        f"{reverse('reports:index')}?state={ReportState.SUBMITTED}",
    )
    yield _line(
        _("Late reports to look for among the papers"),
        with_lateness(reports, TO_LOOK_FOR),
        f"{reverse('reports:index')}?lateness={TO_LOOK_FOR}",
    )
    yield _line(
        _("Notifications of holders"),
        changes_for(user).filter(state=ChangeState.SUBMITTED),
        f"{reverse('changes:index')}?state={ChangeState.SUBMITTED}",
    )
    yield _line(_("Letters to print"), reminders_for(user), reverse("letters:index"))


def _of_reviewer(user):
    done = Score.objects.filter(reviewer=user.pk).values("application")
    yield _line(
        _("To score"), applications_to_score(user).exclude(pk__in=done), reverse("scoring:index")
    )


def _of_decider(user):
    if not may_decide(user):
        return
    mine, state = applications_for(user), ApplicationState
    yield _line(
        _("Received, to be screened"), mine.filter(state=state.RECEIVED), _list(state.RECEIVED)
    )
    alone = decided_alone(mine.filter(state=state.SCREENING))
    yield _line(_("To decide one by one"), alone, _list(state.SCREENING))
    open_rounds = rounds_for(user).filter(decided_at=None, applications__state=state.SCREENING)
    yield _line(_("Rounds to decide"), open_rounds.distinct(), reverse("rounds:index"))
    yield _line(_("On the waiting list"), mine.filter(state=state.WAITING), _list(state.WAITING))
    yield _line(
        _("Certificates to print"),
        to_be_printed(certificates_for(user)),
        f"{reverse('certificates:index')}?printing=waits",
    )
    measures, found = reverse("proposals:index"), proposals_for(user)
    yield _line(
        _("Proposed measures: notify the holder"),
        found.filter(state=ProposalState.PROPOSED),
        f"{measures}?state={ProposalState.PROPOSED}",
    )
    yield _line(
        _("Measures to decide"),
        may_be_confirmed(found, timezone.localdate()),
        f"{measures}?state={ProposalState.NOTIFIED}&state={ProposalState.HEARD}",
    )
    yield _line(
        _("Suspended, and the missing report is accepted"),
        to_be_lifted(certificates_for(user)),
        f"{reverse('certificates:index')}?suspension=settled",
    )


def _line(label: str, cases, url: str) -> dict:
    return {"label": label, "count": cases.count(), "url": url}
