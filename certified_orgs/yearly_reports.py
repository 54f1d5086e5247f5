"""What happens to a yearly report between the holder and the office."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import letters, links, moves
from .kinds import Route
from .models import PrivateLink, ReportActivity, YearlyReport
from .moves import Actor, MoveRefused
from .standing import MISSING
from .states import ReportState


class NotComplete(MoveRefused):
    """Something that every report needs is missing."""


def lacks(report: YearlyReport) -> list[str]:
    """What is missing before it can be submitted, in words for who writes it."""
    missing = []
    if not report.summary.strip():
        missing.append(_("Write what you did in this year."))
    if not report.activities.exists():
        missing.append(_("Write one activity at least."))
    return missing


def set_activities(report: YearlyReport, rows: list[dict]) -> None:
    """Replace the activities: dicts of mark, activity, figure and unit."""
    with transaction.atomic():
        report.activities.all().delete()
        ReportActivity.objects.bulk_create(
            ReportActivity(report=report, position=position, **row)
            for position, row in enumerate(rows)
        )


def lock_unsent(report: YearlyReport) -> None:
    """Keep the row until the transaction ends, as one that can still be written: nobody writes
    into what was sent. Raises NoSuchMove."""
    rows = YearlyReport.objects.select_for_update().filter(pk=report.pk, state__in=MISSING)
    if not rows:
        raise moves.NoSuchMove(_("Somebody may have been faster. Nothing was changed."))


def note_of(report: YearlyReport) -> str:
    """What the office asks for in a report that was sent back."""
    if report.state != ReportState.SENT_BACK:
        return ""
    move = report.moves.filter(step="send_back").last()
    return move.reason if move else ""


@transaction.atomic
def submit(
    report: YearlyReport,
    actor: Actor,
    *,
    route: str = Route.ONLINE,
    received_on: datetime.date | None = None,
) -> None:
    """Hand it in; its link is used up. What the window had looked for is there now."""
    if missing := lacks(report):
        raise NotComplete(" ".join(missing))
    moves.make(
        report,
        "submit",
        actor,
        route=route,
        submitted_at=timezone.now(),
        received_on=received_on or timezone.localdate(),
        entered_by=actor.user,
        not_on_paper_at=None,
        not_on_paper_by=None,
    )
    links.close(report, PrivateLink.Purpose.REPORT)


@transaction.atomic
def accept(report: YearlyReport, actor: Actor) -> letters.Letter:
    """Its summary and activities are public from now on. Returns the letter that says so, which
    was mailed where possible."""
    moves.make(report, "accept", actor, accepted_at=timezone.now())
    letter = letters.of_report_accepted(report)
    letters.send(letter)
    return letter


@transaction.atomic
def send_back(report: YearlyReport, actor: Actor, note: str) -> letters.Letter:
    """Ask for more. Returns the letter with the new link, which was mailed where possible."""
    moves.make(report, "send_back", actor, reason=note)
    letter = letters.of_report_sent_back(report, note)
    letters.send(letter)
    return letter


class StillInTime(MoveRefused):
    """Nobody can miss a report before its days of grace are over."""


@transaction.atomic
def note_not_on_paper(report: YearlyReport, user) -> None:
    """The window has looked among the papers: from now on the public sees that it is overdue."""
    today = timezone.localdate()
    if report.overdue_after >= today:
        raise StillInTime(_("The days of grace are not over yet. Nothing was changed."))
    rows = YearlyReport.objects.filter(pk=report.pk, state__in=MISSING, not_on_paper_at=None)
    if not rows.update(not_on_paper_at=timezone.now(), not_on_paper_by=user):
        raise moves.NoSuchMove(_("Somebody may have been faster. Nothing was changed."))
    report.refresh_from_db()
