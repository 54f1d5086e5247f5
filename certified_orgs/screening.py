"""What the office does with an application before it is decided: the formal check, comments,
questions and their answers, withdrawal, and rounds. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import moves
from .models import Application, Comment, Question, Round, SchemeYear
from .moves import Actor, MoveRefused
from .states import BEFORE_DECISION, ApplicationState


class NotNow(MoveRefused):
    """Not in this state of the application or of its round."""


@transaction.atomic
def record_check(application: Application, actor: Actor, text: str) -> None:
    """形式審査: the documents are complete and the activities are local. The comment says
    what was looked at. Raises NotNow."""
    changed = Application.objects.filter(
        pk=application.pk, state__in=BEFORE_DECISION, checked_at=None
    ).update(checked_at=timezone.now(), checked_by=actor.user)
    if not changed:
        raise NotNow(
            _("The check is recorded already, or the application is closed. Nothing was changed.")
        )
    comment(application, actor, text)


def comment(application: Application, actor: Actor, text: str) -> Comment:
    """A remark inside the office."""
    return Comment.objects.create(application=application, by=actor.user, text=text)


@transaction.atomic
def ask(application: Application, step: str, actor: Actor, text: str) -> Question:
    """Ask for corrections (``ask_to_complete``) or for an answer (``ask``). After corrections
    the check begins again, because it was about other papers."""
    anew = {"checked_at": None, "checked_by": None} if step == "ask_to_complete" else {}
    moves.make(application, step, actor, reason=text, **anew)
    return Question.objects.create(
        application=application, text=text, asked_by=actor.user, asked_at=timezone.now()
    )


@transaction.atomic
def answer(application: Application, step: str, actor: Actor, text: str) -> None:
    """The answer of the applicant (``complete`` or ``answer``) to what is still open."""
    moves.make(application, step, actor, reason=text)
    application.questions.filter(answered_at=None).update(answer=text, answered_at=timezone.now())


def withdraw(application: Application, actor: Actor, reason: str = "") -> None:
    """取下げ."""
    moves.make(
        application,
        "withdraw",
        actor,
        reason=reason,
        closed_at=timezone.now(),
        waiting_rank=None,
    )


@transaction.atomic
def take_into_round(applications: Iterable[Application], selection: Round, actor: Actor) -> None:
    """Begin to screen received applications, in a round that is not decided. All or none."""
    is_open = Round.objects.select_for_update().filter(pk=selection.pk, decided_at=None)
    if not is_open.exists():
        raise NotNow(_("This round is decided already. Nothing was changed."))
    for application in applications:
        moves.make(application, "screen", actor, round=selection)


# A condition: it is decided on its own file. The settings say so, it is on the waiting list, it
# is in no round (the settings said so when its screening began), or its round was decided
# without it (an answer was still missing).
DECIDED_ALONE = (
    Q(scheme__deciding=SchemeYear.Deciding.SINGLE)
    | Q(state=ApplicationState.WAITING)
    | Q(round=None)
    | Q(round__decided_at__isnull=False)
)


def is_decided_alone(application: Application) -> bool:
    """Whether that is so for one of them."""
    return Application.objects.filter(DECIDED_ALONE, pk=application.pk).exists()


def next_rank(application: Application) -> int:
    """The rank behind all who wait in its round; without one, in its year."""
    waiting = Application.objects.filter(round=application.round, state=ApplicationState.WAITING)
    if application.round is None:
        waiting = waiting.filter(scheme=application.scheme)
    last = waiting.order_by("-waiting_rank").values_list("waiting_rank", flat=True).first()
    return (last or 0) + 1
