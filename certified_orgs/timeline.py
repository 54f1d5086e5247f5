"""What became of a case, told from its moves: who, in which capacity, when, and why; and of a
certificate also when an original was printed."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _

from .models import Certificate, Move, Printing
from .states import TABLES, WHO_LABELS, Who


@dataclass(frozen=True)
class Happening:
    """A line of the timeline, in words. ``by``: the account, "" where nobody was signed in;
    ``source`` and ``target``: the states of a move, "" where it was none."""

    at: datetime.datetime
    subject: object
    step: str
    who: str
    by: str
    source: str = ""
    target: str = ""
    reason: str = ""


def timeline(*subjects, without_reason: Collection[str] = ()) -> list[Happening]:
    """What became of these cases, the earliest first: one query, two with certificates.

    without_reason: steps whose reason is not for the reader.
    """
    if not subjects:
        return []
    wanted = Q()
    cases = {}
    for subject in subjects:
        kind = ContentType.objects.get_for_model(subject)
        cases[kind.pk, subject.pk] = subject
        wanted |= Q(content_type=kind, object_id=subject.pk)
    moves = Move.objects.filter(wanted).select_related("user").order_by("at", "pk")
    told = [
        _told(move, cases[move.content_type_id, move.object_id], move.step not in without_reason)
        for move in moves
    ]
    told += _printed([subject for subject in subjects if isinstance(subject, Certificate)])
    return sorted(told, key=lambda happening: happening.at)


def _printed(certificates: list[Certificate]) -> list[Happening]:
    if not certificates:
        return []
    by_key = {certificate.pk: certificate for certificate in certificates}
    return [
        Happening(
            at=printing.at,
            subject=by_key[printing.certificate_id],
            step=_("Original printed: %(occasion)s")
            % {"occasion": printing.get_occasion_display()},
            who=str(WHO_LABELS[Who.DECIDER]),
            by=name_of(printing.by),
        )
        for printing in Printing.objects.filter(certificate__in=by_key).select_related("by")
    ]


def _told(move: Move, subject, with_reason: bool) -> Happening:
    states, steps = TABLES[subject._meta.model_name]
    labels = {step.name: step.label for step in steps}
    return Happening(
        at=move.at,
        subject=subject,
        step=str(labels[move.step]),
        who=str(WHO_LABELS[Who(move.who)]),
        by=name_of(move.user),
        source=str(states(move.source).label),
        target=str(states(move.target).label),
        reason=move.reason if with_reason else "",
    )


def name_of(user) -> str:
    """How an account is called inside the office; "" for nobody."""
    return (user.get_full_name() or user.get_username()) if user else ""
