"""Every state of a case and every move between them: the rules of the scheme, on one screen.

A move that is not in these tables cannot be made (``moves.make``), whoever presses
whatever. ``docs/states.md`` is printed from here. The states of a suspension or revocation
follow the principle of notice and 弁明の機会; the proposal leaves the procedure open, so all
of this is 案（要綱制定前） until the rules are adopted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Who(StrEnum):
    """In which capacity somebody makes a move."""

    APPLICANT = "applicant"  # by private link: the applicant or the holder
    WINDOW = "window"  # of the organisation's kind
    DECIDER = "decider"  # 未来創造課
    CLOCK = "clock"  # the daily command


WHO_LABELS = {
    Who.APPLICANT: _("applicant or holder"),
    Who.WINDOW: _("window"),
    Who.DECIDER: _("deciding division"),
    Who.CLOCK: _("the clock"),
}


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Applied")
    INCOMPLETE = "incomplete", _("Waiting for corrections")
    RECEIVED = "received", _("Received")
    SCREENING = "screening", _("In screening")
    QUESTIONED = "questioned", _("Waiting for an answer")
    WAITING = "waiting", _("On the waiting list")
    CERTIFIED = "certified", _("Certified")
    DECLINED = "declined", _("Not certified")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CertificateState(models.TextChoices):
    VALID = "valid", _("Valid")
    SUSPENDED = "suspended", _("Suspended")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")
    RETURNED = "returned", pgettext_lazy("certificate", "Returned")


class ReportState(models.TextChoices):
    DUE = "due", _("To be submitted")
    SUBMITTED = "submitted", _("Submitted")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", _("Accepted")


class ChangeState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    NOTIFIED = "notified", _("Holder notified")
    HEARD = "heard", _("Statement received")
    CONFIRMED = "confirmed", _("Confirmed")
    DROPPED = "dropped", _("Dropped")


@dataclass(frozen=True)
class Step:
    """A move: from any of the sources to the target, by one of these; ``reason``: whether it
    must be said why; ``decision``: whether it needs 起案日, 決裁日 and 文書番号."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    by: tuple[Who, ...]
    reason: bool = False
    decision: bool = False


A, C, R, H, P = ApplicationState, CertificateState, ReportState, ChangeState, ProposalState
APPLICANT, WINDOW, DECIDER, CLOCK = Who.APPLICANT, Who.WINDOW, Who.DECIDER, Who.CLOCK
OFFICE = (WINDOW, DECIDER)
ANYBODY = (APPLICANT, *OFFICE)
BEFORE_DECISION = (A.SUBMITTED, A.INCOMPLETE, A.RECEIVED, A.SCREENING, A.QUESTIONED, A.WAITING)
IN_FORCE = (C.VALID, C.SUSPENDED)
# Steps of a certificate that are between the city and the holder.
MEASURES = ("suspend", "reinstate", "revoke")

# fmt: off
APPLICATION = (
    Step("submit", _("Apply"), (A.DRAFT,), A.SUBMITTED, ANYBODY),
    Step("ask_to_complete", _("Ask for corrections"), (A.SUBMITTED,), A.INCOMPLETE, OFFICE, reason=True),
    Step("complete", _("Answer"), (A.INCOMPLETE,), A.SUBMITTED, ANYBODY),
    Step("receive", _("Receive"), (A.SUBMITTED,), A.RECEIVED, OFFICE),
    Step("screen", _("Begin screening"), (A.RECEIVED,), A.SCREENING, (DECIDER,)),
    Step("ask", _("Ask the applicant"), (A.SCREENING,), A.QUESTIONED, OFFICE, reason=True),
    Step("answer", _("Answer"), (A.QUESTIONED,), A.SCREENING, ANYBODY),
    Step("certify", _("Certify"), (A.SCREENING, A.WAITING), A.CERTIFIED, (DECIDER,), reason=True, decision=True),
    Step("put_on_waiting_list", _("Put on the waiting list"), (A.SCREENING,), A.WAITING, (DECIDER,), reason=True, decision=True),
    Step("decline", _("Do not certify"), (A.SCREENING, A.WAITING), A.DECLINED, (DECIDER,), reason=True, decision=True),
    Step("withdraw", _("Withdraw"), BEFORE_DECISION, A.WITHDRAWN, ANYBODY),
)
CERTIFICATE = (
    Step("renew", _("Renew"), (C.VALID,), C.VALID, (DECIDER,), reason=True, decision=True),
    Step("suspend", _("Suspend"), (C.VALID,), C.SUSPENDED, (DECIDER,), reason=True, decision=True),
    Step("reinstate", _("Lift the suspension"), (C.SUSPENDED,), C.VALID, (DECIDER,), reason=True, decision=True),
    Step("revoke", _("Revoke"), IN_FORCE, C.REVOKED, (DECIDER,), reason=True, decision=True),
    Step("return", _("Record the return"), IN_FORCE, C.RETURNED, (DECIDER,), reason=True),
    Step("expire", _("Expire"), IN_FORCE, C.EXPIRED, (CLOCK,)),
)
REPORT = (
    Step("submit", _("Submit"), (R.DUE, R.SENT_BACK), R.SUBMITTED, ANYBODY),
    Step("send_back", _("Send back"), (R.SUBMITTED,), R.SENT_BACK, OFFICE, reason=True),
    Step("accept", _("Accept"), (R.SUBMITTED,), R.ACCEPTED, OFFICE),
)
CHANGE = (
    Step("resubmit", _("Submit"), (H.SENT_BACK,), H.SUBMITTED, ANYBODY),
    Step("send_back", _("Send back"), (H.SUBMITTED,), H.SENT_BACK, OFFICE, reason=True),
    Step("accept", _("Accept"), (H.SUBMITTED,), H.ACCEPTED, (DECIDER,)),
    Step("withdraw", _("Withdraw"), (H.SUBMITTED, H.SENT_BACK), H.WITHDRAWN, ANYBODY),
)
PROPOSAL = (
    Step("notify", _("Notify the holder"), (P.PROPOSED,), P.NOTIFIED, (DECIDER,)),
    Step("hear", _("Record the statement"), (P.NOTIFIED,), P.HEARD, ANYBODY),
    Step("confirm", _("Confirm"), (P.NOTIFIED, P.HEARD), P.CONFIRMED, (DECIDER,), reason=True, decision=True),
    Step("drop", _("Drop"), (P.PROPOSED, P.NOTIFIED, P.HEARD), P.DROPPED, (DECIDER, CLOCK), reason=True),
)
# fmt: on

TABLES = {
    "application": (ApplicationState, APPLICATION),
    "certificate": (CertificateState, CERTIFICATE),
    "yearlyreport": (ReportState, REPORT),
    "changerequest": (ChangeState, CHANGE),
    "proposal": (ProposalState, PROPOSAL),
}


def steps_of(subject) -> tuple[Step, ...]:
    """The table for a case, by the name of its model."""
    return TABLES[subject._meta.model_name][1]


def step(subject, name: str) -> Step:
    """A step by its name. Raises KeyError for one that the table does not have."""
    return {each.name: each for each in steps_of(subject)}[name]


def possible_steps(subject, who: Who) -> list[Step]:
    """What somebody in that capacity may do with the case now."""
    return [each for each in steps_of(subject) if subject.state in each.sources and who in each.by]
