"""Who may see which case. Every view of this room asks here (``home/roles.py`` gives the
permissions; applicants and holders come by private link, ``links.py``)."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
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
from .states import IN_FORCE, ApplicationState, CertificateState, ReportState, Who


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


def applications_appointed_to(user) -> QuerySet[Application]:
    """The applications of the rounds that a reviewer was appointed to. Shown without any
    contact; to a window also here only its own kind, after consent."""
    if not user.is_active:
        return Application.objects.none()
    found = Application.objects.filter(round__reviewers=user.pk)
    kinds = kinds_served(user)
    if kinds and not may_decide(user):
        return found.filter(kind__in=kinds, consents_to_window=True)
    return found


def applications_to_score(user) -> QuerySet[Application]:
    """Those of them that are in screening: what a reviewer scores."""
    return applications_appointed_to(user).filter(
        state__in=(ApplicationState.SCREENING, ApplicationState.QUESTIONED)
    )


def was_appointed(user) -> bool:
    """Whether the user has ever been a reviewer."""
    return user.is_active and Round.objects.filter(reviewers=user.pk).exists()


def is_reviewer(user) -> bool:
    """Whether the user was appointed to a round that is not decided yet."""
    return user.is_active and Round.objects.filter(reviewers=user.pk, decided_at=None).exists()


def rounds_for(user) -> QuerySet[Round]:
    """Rounds are made, filled and decided by who decides."""
    return Round.objects.all() if may_decide(user) else Round.objects.none()


def _holder_is_served(user, certificate: str = "") -> Q:
    """A condition on certificates, or on what leads to one by that path (``"certificate__"``):
    of a kind that the user serves, and for a window only if the holder agreed to it."""
    served = Q(**{f"{certificate}kind__in": kinds_served(user)})
    return served if may_decide(user) else served & Q(**{f"{certificate}consents_to_window": True})


def certificates_for(user) -> QuerySet[Certificate]:
    return Certificate.objects.filter(_holder_is_served(user))


def reports_for(user) -> QuerySet[YearlyReport]:
    return YearlyReport.objects.filter(_holder_is_served(user, "certificate__"))


def changes_for(user) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.filter(_holder_is_served(user, "certificate__"))


def proposals_for(user) -> QuerySet[Proposal]:
    """A measure against a holder is between the city and the holder."""
    return Proposal.objects.all() if may_decide(user) else Proposal.objects.none()


def reminders_for(user) -> QuerySet[Reminder]:
    """The letters that wait to be printed, as long as they are of use."""
    reports = _holder_is_served(user, "report__certificate__") & Q(
        report__certificate__state__in=IN_FORCE,
        report__state__in=(ReportState.DUE, ReportState.SENT_BACK),
    )
    # Of a term that was renewed meanwhile nobody is reminded.
    terms = _holder_is_served(user, "term__certificate__") & Q(
        term__certificate__state=CertificateState.VALID,
        term__ends_on=F("term__certificate__valid_until"),
    )
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
