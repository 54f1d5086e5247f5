"""The one way in which a case changes its state.

``make`` looks into the tables of ``states.py``, changes the row only if it still is in the
state that the caller saw, and writes down who did it, when and why. Two people who press at
the same time cannot both succeed, on any database: the second UPDATE finds no row. A step
that the table calls a decision is made with its paper or not at all.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Decision, Move
from .states import WHO_LABELS, Who, step


class MoveRefused(Exception):  # noqa: N818  what happened, not an error of the program
    """The case stays as it is. Its text can be shown to the person who tried."""


class NoSuchMove(MoveRefused):
    """The table has no such move from the case's state (any more)."""


class NotTheirs(MoveRefused):
    """The move is not for somebody in that capacity."""


class ReasonMissing(MoveRefused):
    """It must be said why."""


class RulingMissing(MoveRefused):
    """It is decided on paper, and there is none."""


class RulingFaulty(MoveRefused):
    """The paper cannot be right. Its text says why."""


@dataclass(frozen=True)
class Ruling:
    """The paper behind a decision: 理由, 起案日, 決裁日, 文書番号; and when it was entered, if
    that was not now."""

    reason: str
    drafted_on: datetime.date
    approved_on: datetime.date
    document_number: str
    entered_at: datetime.datetime | None = None

    @property
    def moment(self) -> datetime.datetime:
        return self.entered_at or timezone.now()

    def check(self) -> None:
        """Raises RulingFaulty."""
        if not self.document_number.strip():
            raise RulingFaulty(_("A decision needs its document number."))
        if self.approved_on < self.drafted_on:
            raise RulingFaulty(_("The decision was approved before it was drafted."))
        if self.approved_on > timezone.localdate(self.moment):
            raise RulingFaulty(_("The day of approval is still to come."))


@dataclass(frozen=True)
class Actor:
    """Who makes a move: a capacity, and the user where somebody is signed in."""

    who: Who
    user: models.Model | None = None


CLOCK = Actor(Who.CLOCK)
APPLICANT = Actor(Who.APPLICANT)


@transaction.atomic
def make(
    subject,
    name: str,
    actor: Actor,
    *,
    reason: str = "",
    at: datetime.datetime | None = None,
    ruling: Ruling | None = None,
    **values,
) -> Move:
    """Move the case, and set ``values`` on its row in the same UPDATE.

    subject: an application, certificate, yearly report, change request or proposal;
    name: of a step in its table; ruling: of a decision, in place of ``reason`` and ``at``.
    Returns the record. Raises MoveRefused.
    """
    if ruling:
        reason, at = ruling.reason, ruling.moment
    try:
        move = step(subject, name)
    except KeyError:
        raise NoSuchMove(_("There is no such move.")) from None
    if actor.who not in move.by:
        raise NotTheirs(
            _("“%(step)s” is not for: %(who)s.")
            % {"step": move.label, "who": WHO_LABELS[actor.who]}
        )
    if move.reason and not reason.strip():
        raise ReasonMissing(_("Write down why."))
    if move.decision:
        if ruling is None:
            raise RulingMissing(
                _("“%(step)s” needs the paper of a decision.") % {"step": move.label}
            )
        ruling.check()
    source = subject.state
    rows = type(subject)._default_manager.filter(pk=subject.pk, state=source)
    if source not in move.sources or not rows.update(state=move.target, **values):
        raise NoSuchMove(
            _(
                "“%(step)s” is not possible: the state is “%(state)s” by now. Somebody may have "
                "been faster. Nothing was changed."
            )
            % {"step": move.label, "state": _current(subject)}
        )
    subject.state = move.target
    for field, value in values.items():
        setattr(subject, field, value)
    if move.decision:
        _keep(ruling, subject, name, actor)
    return Move.objects.create(
        subject=subject,
        step=name,
        source=source,
        target=move.target,
        who=actor.who,
        user=actor.user,
        reason=reason.strip(),
        at=at or timezone.now(),
    )


def _keep(ruling: Ruling, subject, name: str, actor: Actor) -> None:
    Decision.objects.create(
        subject=subject,
        step=name,
        reason=ruling.reason.strip(),
        drafted_on=ruling.drafted_on,
        approved_on=ruling.approved_on,
        document_number=ruling.document_number.strip(),
        decided_by=actor.user,
        recorded_at=ruling.moment,
    )


def _current(subject) -> str:
    row = type(subject)._default_manager.filter(pk=subject.pk).first()
    return row.get_state_display() if row else _("gone")
