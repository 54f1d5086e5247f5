"""What 未来創造課 decides. Each decision is one transaction: state, place, number, record.

After a refusal (``MoveRefused``) the database is as before; read the objects anew, which may
have been changed in memory.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiyose.japanese.periods import fiscal_year_of

from . import moves, numbers, places
from .models import (
    PRIVATE_DETAILS,
    PUBLIC_DETAILS,
    Application,
    Certificate,
    HolderContact,
    Proposal,
    Round,
    Term,
    copy_details,
)
from .moves import Actor, MoveRefused, Ruling, RulingFaulty
from .profile_drafts import draft_profile
from .scheme import last_day, scheme_on
from .states import ProposalState

# Applications


def _check_day(application: Application, ruling: Ruling) -> None:
    """Raises RulingFaulty: what had not come could not be decided."""
    if ruling.approved_on < application.came_on:
        raise RulingFaulty(
            _(
                "The decision was approved before the application was received, on %(day)s. "
                "Nothing was changed."
            )
            % {"day": application.came_on.isoformat()}
        )


@transaction.atomic
def certify(application: Application, actor: Actor, ruling: Ruling) -> Certificate:
    """認定: a new certificate, or a further term of the one that is renewed. In force from
    the day of approval. Raises MoveRefused, NoPlaceLeft among others."""
    moves.make(
        application, "certify", actor, ruling=ruling, closed_at=ruling.moment, waiting_rank=None
    )
    _check_day(application, ruling)
    if application.renews_id:
        return _renew(application, actor, ruling)
    return _give_certificate(application, ruling)


def _give_certificate(application: Application, ruling: Ruling) -> Certificate:
    scheme = scheme_on(ruling.approved_on)
    year = fiscal_year_of(ruling.approved_on)
    certificate = Certificate(
        application=application,
        fiscal_year=year,
        certified_on=ruling.approved_on,
        valid_until=last_day(ruling.approved_on, scheme.validity_years),
        consents_to_window=application.consents_to_window,
        to_print_since=ruling.moment,
    )
    copy_details(application, certificate, PUBLIC_DETAILS)
    certificate.serial = numbers.next_in(numbers.CERTIFICATES, year)
    certificate.number = numbers.certificate_number(scheme.number_prefix, year, certificate.serial)

    def give(place):
        certificate.pk, certificate.place = None, place
        certificate.save(force_insert=True)
        return certificate

    # The term goes by the day of approval; the cap is that of the day on which it is entered.
    places.take(application.kind, scheme_on(timezone.localdate(ruling.moment)), give)
    contact = HolderContact(certificate=certificate)
    copy_details(application, contact, PRIVATE_DETAILS)
    contact.save()
    Term.objects.create(
        certificate=certificate,
        starts_on=certificate.certified_on,
        ends_on=certificate.valid_until,
        application=application,
    )
    draft_profile(certificate)
    return certificate


def _renew(application: Application, actor: Actor, ruling: Ruling) -> Certificate:
    """更新: from the day after the last one. The number and the place stay."""
    certificate = Certificate.objects.select_for_update().get(pk=application.renews_id)
    starts_on = certificate.valid_until + datetime.timedelta(days=1)
    years = scheme_on(ruling.approved_on).validity_years
    ends_on = last_day(starts_on, years)
    moves.make(certificate, "renew", actor, ruling=ruling, valid_until=ends_on)
    # All but the kind, by which its place is counted.
    copy_details(application, certificate, [name for name in PUBLIC_DETAILS if name != "kind"])
    certificate.consents_to_window = application.consents_to_window
    certificate.to_print_since = ruling.moment
    certificate.save()
    contact, _made = HolderContact.objects.get_or_create(certificate=certificate)
    copy_details(application, contact, PRIVATE_DETAILS)
    contact.save()
    Term.objects.create(
        certificate=certificate, starts_on=starts_on, ends_on=ends_on, application=application
    )
    return certificate


@transaction.atomic
def decline(application: Application, actor: Actor, ruling: Ruling) -> None:
    """不認定."""
    moves.make(
        application, "decline", actor, ruling=ruling, closed_at=ruling.moment, waiting_rank=None
    )
    _check_day(application, ruling)


@transaction.atomic
def put_on_waiting_list(application: Application, actor: Actor, ruling: Ruling, rank: int) -> None:
    """補欠, with its rank in the round; without one, in the year."""
    if application.renews_id:
        raise RulingFaulty(
            _(
                "%(application)s is a renewal: it needs no place, so it cannot wait for one. "
                "Nothing was changed."
            )
            % {"application": application}
        )
    try:
        with transaction.atomic():
            moves.make(application, "put_on_waiting_list", actor, ruling=ruling, waiting_rank=rank)
    except IntegrityError:
        raise RulingFaulty(
            _("Rank %(rank)s on the waiting list is taken. Nothing was changed.") % {"rank": rank}
        ) from None
    _check_day(application, ruling)


@dataclass(frozen=True)
class Outcome:
    """What a round decides about one application; ``step`` as in the table of states, and
    its own reason."""

    application: Application
    step: str
    reason: str
    rank: int | None = None


@transaction.atomic
def decide_round(
    selection: Round, outcomes: Sequence[Outcome], actor: Actor, ruling: Ruling
) -> list[Certificate]:
    """All of a round or nothing: one refusal, one place too few, and nothing is changed."""
    if not Round.objects.filter(pk=selection.pk, decided_at=None).update(decided_at=ruling.moment):
        raise RulingFaulty(_("This round is decided already. Nothing was changed."))
    certificates = []
    for outcome in outcomes:
        if outcome.application.round_id != selection.pk:
            raise RulingFaulty(
                _("%(application)s is not in this round. Nothing was changed.")
                % {"application": outcome.application}
            )
        paper = replace(ruling, reason=outcome.reason)
        if outcome.step == "certify":
            certificates.append(certify(outcome.application, actor, paper))
        elif outcome.step == "put_on_waiting_list":
            put_on_waiting_list(outcome.application, actor, paper, outcome.rank)
        else:
            decline(outcome.application, actor, paper)
    return certificates


# Certificates


@transaction.atomic
def suspend(certificate: Certificate, actor: Actor, ruling: Ruling) -> None:
    """認定停止. The place stays taken."""
    moves.make(certificate, "suspend", actor, ruling=ruling)


@transaction.atomic
def reinstate(certificate: Certificate, actor: Actor, ruling: Ruling) -> None:
    """The suspension is lifted."""
    moves.make(certificate, "reinstate", actor, ruling=ruling)


@transaction.atomic
def revoke(certificate: Certificate, actor: Actor, ruling: Ruling) -> None:
    """認定取消. The place is free again; the number is not."""
    moves.make(certificate, "revoke", actor, ruling=ruling, place=None, ended_on=ruling.approved_on)


@transaction.atomic
def take_back(
    certificate: Certificate,
    actor: Actor,
    reason: str,
    on: datetime.date,
    at: datetime.datetime | None = None,
) -> None:
    """辞退・返納."""
    moves.make(certificate, "return", actor, reason=reason, at=at, place=None, ended_on=on)


@transaction.atomic
def expire(
    certificate: Certificate,
    actor: Actor = moves.CLOCK,
    at: datetime.datetime | None = None,
) -> None:
    """有効期間満了: the only end that needs nobody's decision."""
    moves.make(certificate, "expire", actor, at=at, place=None, ended_on=certificate.valid_until)


# Measures


class TooEarly(MoveRefused):
    """The holder may still make a statement."""


@transaction.atomic
def confirm(proposal: Proposal, actor: Actor, ruling: Ruling) -> None:
    """停止 or 取消, after notice, and after the statement or its last day."""
    due = proposal.statement_due_on
    if proposal.state == ProposalState.NOTIFIED:
        if due is None:
            raise TooEarly(_("The holder was given no day for a statement. Nothing was changed."))
        if timezone.localdate(ruling.moment) <= due:
            raise TooEarly(
                _("The holder may make a statement until %(day)s. Nothing was changed.")
                % {"day": due.isoformat()}
            )
        if ruling.approved_on <= due:
            raise RulingFaulty(
                _(
                    "The decision was approved while the holder could still make a statement, "
                    "until %(day)s. Nothing was changed."
                )
                % {"day": due.isoformat()}
            )
    heard_on = proposal.statement_on
    if proposal.state == ProposalState.HEARD and heard_on and ruling.approved_on < heard_on:
        raise RulingFaulty(
            _(
                "The decision was approved before the statement was received, on %(day)s. "
                "Nothing was changed."
            )
            % {"day": heard_on.isoformat()}
        )
    moves.make(proposal, "confirm", actor, ruling=ruling)
    certificate = Certificate.objects.select_for_update().get(pk=proposal.certificate_id)
    measure = suspend if proposal.measure == Proposal.Measure.SUSPEND else revoke
    measure(certificate, actor, ruling)
