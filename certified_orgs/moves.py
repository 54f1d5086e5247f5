"""The one way in which a case changes its state.

``make`` looks into the tables of ``states.py``, changes the row only if it still is in the
state that the caller saw, and writes down who did it, when and why. Two people who press at
the same time cannot both succeed, on any database: the second UPDATE finds no row.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Move
from .states import WHO_LABELS, Who, step


class MoveRefused(Exception):  # noqa: N818  what happened, not an error of the program
    """The case stays as it is. Its text can be shown to the person who tried."""


class NoSuchMove(MoveRefused):
    """The table has no such move from the case's state (any more)."""


class NotTheirs(MoveRefused):
    """The move is not for somebody in that capacity."""


class ReasonMissing(MoveRefused):
    """It must be said why."""


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
    **values,
) -> Move:
    """Move the case, and set ``values`` on its row in the same UPDATE.

    subject: an application, certificate, yearly report, change request or proposal;
    name: of a step in its table. Returns the record. Raises MoveRefused.
    """
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


def _current(subject) -> str:
    row = type(subject)._default_manager.filter(pk=subject.pk).first()
    return row.get_state_display() if row else _("gone")
