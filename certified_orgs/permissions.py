"""Who may see which case. Every view of this room asks here (``home/roles.py`` gives the
permissions; applicants and holders come by private link, ``links.py``)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .kinds import DECIDE, WINDOW_PERMISSIONS, OrgKind
from .models import (
    Application,
    Certificate,
    ChangeRequest,
    DisposalDecision,
    Proposal,
    Reminder,
    Round,
    YearlyReport,
)
from .moves import Actor, NotTheirs
from .states import ApplicationState, Who


def may_decide(user) -> bool:
    """未来創造課 (and administrators): sees and does everything here."""
    return user.is_active and user.has_perm(DECIDE)


def kinds_served(user) -> list[str]:
    """The kinds of organisations that the user is the window for; all for who decides."""
    if not user.is_active:
        return []
    if may_decide(user):
        return list(OrgKind.values)
    return [kind for kind, name in WINDOW_PERMISSIONS.items() if user.has_perm(name)]


def is_office(user) -> bool:
    return bool(kinds_served(user))


def applications_for(user) -> QuerySet[Application]:
    """The applications whose file the user may open, contacts included.

    A window sees only its own kind, and only what the applicant has agreed to show it.
    Drafts are the applicant's, unless the user is writing one from paper.
    """
    submitted = ~Q(state=ApplicationState.DRAFT)
    mine = Q(state=ApplicationState.DRAFT, entered_by=user.pk)
    if may_decide(user):
        return Application.objects.filter(submitted | mine)
    return Application.objects.filter(
        (submitted & Q(consents_to_window=True)) | mine, kind__in=kinds_served(user)
    )


def applications_to_score(user) -> QuerySet[Application]:
    """What a reviewer scores: applications in screening of the rounds that they were
    appointed to. Shown without any contact."""
    if not user.is_active:
        return Application.objects.none()
    return Application.objects.filter(
        round__reviewers=user.pk,
        state__in=(ApplicationState.SCREENING, ApplicationState.QUESTIONED),
    )


def is_reviewer(user) -> bool:
    """Whether the user was appointed to a round that is not decided yet."""
    return user.is_active and Round.objects.filter(reviewers=user.pk, decided_at=None).exists()


def rounds_for(user) -> QuerySet[Round]:
    """Rounds are made, filled and decided by who decides."""
    return Round.objects.all() if may_decide(user) else Round.objects.none()


def certificates_for(user) -> QuerySet[Certificate]:
    return Certificate.objects.filter(kind__in=kinds_served(user))


def reports_for(user) -> QuerySet[YearlyReport]:
    return YearlyReport.objects.filter(certificate__kind__in=kinds_served(user))


def changes_for(user) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.filter(certificate__kind__in=kinds_served(user))


def proposals_for(user) -> QuerySet[Proposal]:
    """A measure against a holder is between the city and the holder."""
    return Proposal.objects.all() if may_decide(user) else Proposal.objects.none()


def reminders_for(user) -> QuerySet[Reminder]:
    """The letters that wait to be printed, as long as they are of use."""
    kinds = kinds_served(user)
    reports = Q(
        report__certificate__kind__in=kinds,
        report__certificate__state__in=("valid", "suspended"),
        report__state__in=("due", "sent_back"),
    )
    terms = Q(term__certificate__kind__in=kinds, term__certificate__state="valid")
    return Reminder.objects.filter(
        reports | terms, channel=Reminder.Channel.LETTER, printed_at=None
    ).select_related("report__certificate", "term__certificate")


def disposals_for(user) -> QuerySet[DisposalDecision]:
    found = DisposalDecision.objects.all()
    return found if may_decide(user) else found.none()


def actor_for(user, kind: str) -> Actor:
    """In which capacity the user handles cases of that kind. Raises NotTheirs."""
    if may_decide(user):
        return Actor(Who.DECIDER, user)
    if kind in kinds_served(user):
        return Actor(Who.WINDOW, user)
    raise NotTheirs(_("You are not the window for organisations of this kind."))


# The cases that files and links belong to, and which of them a user may open.
CASES_FOR = {
    Application: applications_for,
    Certificate: certificates_for,
    YearlyReport: reports_for,
    ChangeRequest: changes_for,
    Proposal: proposals_for,
}


def may_open(user, subject) -> bool:
    """Whether the user may open the file of a case, contacts and attachments included."""
    cases = CASES_FOR.get(type(subject))
    return cases is not None and cases(user).filter(pk=subject.pk).exists()
