"""Measures against a holder: proposed, told to the holder, heard, confirmed or dropped; and a
suspension lifted.

The clock proposes (``clock.py``); all else is done here, by people.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import attachments, decisions, letters, links, moves
from .decisions import Ruling
from .models import Certificate, PrivateLink, Proposal
from .moves import Actor, MoveRefused
from .scheme import scheme_on
from .standing import MISSING
from .states import CertificateState, ProposalState

OPEN = (ProposalState.PROPOSED, ProposalState.NOTIFIED, ProposalState.HEARD)


def may_be_confirmed(today: datetime.date) -> Q:
    """A condition: it waits for a decision, since the statement has come, or its last day is
    over."""
    is_over = Q(state=ProposalState.NOTIFIED, statement_due_on__lt=today)
    return Q(state=ProposalState.HEARD) | is_over


def lost_ground(proposal: Proposal) -> str:
    """Why the measure makes no sense any more, in words; "" while it does."""
    certificate, report = proposal.certificate, proposal.report
    is_suspended = certificate.state == CertificateState.SUSPENDED
    if not certificate.is_in_force:
        return _("The certificate has ended.")
    if report and report.state not in MISSING:
        return _("The report has come in.")
    if proposal.measure == Proposal.Measure.SUSPEND and is_suspended:
        return _("The certificate is suspended already.")
    # Only who is suspended for a report can lose the certificate for it.
    if report and proposal.measure == Proposal.Measure.REVOKE and not is_suspended:
        return _("The suspension was lifted.")
    return ""


class NoGround(MoveRefused):
    """What the measure was proposed for is not so any more."""


def check_ground(proposal: Proposal) -> None:
    """Raises NoGround. The clock drops such a proposal when it runs next."""
    now = Proposal.objects.select_related("certificate", "report").get(pk=proposal.pk)
    if now.state in OPEN and (why := lost_ground(now)):
        raise NoGround(
            _("%(why)s The measure has no ground any more: drop it. Nothing was changed.")
            % {"why": why}
        )


class CannotPropose(MoveRefused):
    """The measure makes no sense now. Its text says why."""


@transaction.atomic
def propose(certificate: Certificate, measure: str, reason: str) -> Proposal:
    """By hand: false statements, misuse of the mark. A missing report is for the clock."""
    if not reason.strip():
        raise moves.ReasonMissing(_("Write down why."))
    if not certificate.is_in_force:
        raise CannotPropose(_("The certificate has ended already."))
    if measure == Proposal.Measure.SUSPEND and certificate.state == CertificateState.SUSPENDED:
        raise CannotPropose(_("The certificate is suspended already."))
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                certificate=certificate,
                measure=measure,
                reason=reason.strip(),
                proposed_at=timezone.now(),
            )
    except IntegrityError:
        raise CannotPropose(_("The same measure is being considered already.")) from None


@transaction.atomic
def notify(proposal: Proposal, actor: Actor) -> letters.Letter:
    """弁明の機会を与える: from now on the holder may make a statement, until a day."""
    check_ground(proposal)
    today = timezone.localdate()
    days = scheme_on(today).statement_days
    moves.make(
        proposal,
        "notify",
        actor,
        notified_on=today,
        statement_due_on=today + datetime.timedelta(days=days),
    )
    letter = letters.of_hearing(proposal)
    letters.send(letter)
    return letter


@transaction.atomic
def hear(
    proposal: Proposal,
    actor: Actor,
    statement: str,
    received_on: datetime.date,
    files: Sequence[attachments.Upload] = (),
) -> None:
    """The statement has come in; its link is used up."""
    moves.make(proposal, "hear", actor, statement=statement, statement_on=received_on)
    attachments.add_all(proposal, files, user=actor.user, is_scan=actor.user is not None)
    links.close(proposal, PrivateLink.Purpose.STATEMENT)


@transaction.atomic
def confirm(proposal: Proposal, actor: Actor, ruling: Ruling) -> letters.Letter:
    """停止 or 取消. Returns the notice, which was mailed where possible."""
    check_ground(proposal)
    decisions.confirm(proposal, actor, ruling)
    links.close(proposal, PrivateLink.Purpose.STATEMENT)
    letter = letters.of_measure(proposal, proposal.decisions.last())
    letters.send(letter)
    return letter


@transaction.atomic
def drop(proposal: Proposal, actor: Actor, reason: str) -> letters.Letter | None:
    """Nothing comes of it. Returns the letter to who was told that it is considered."""
    moves.make(proposal, "drop", actor, reason=reason)
    links.close(proposal, PrivateLink.Purpose.STATEMENT)
    if not proposal.notified_on:
        return None
    letter = letters.of_drop(proposal)
    letters.send(letter)
    return letter


@transaction.atomic
def lift(certificate: Certificate, actor: Actor, ruling: Ruling) -> letters.Letter:
    """The suspension is over. Returns the notice, which was mailed where possible. A revocation
    that was considered because of it has lost its ground."""
    decisions.reinstate(certificate, actor, ruling)
    letter = letters.of_lifting(certificate, certificate.decisions.last())
    letters.send(letter)
    return letter
