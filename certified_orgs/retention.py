"""How long records are kept, and what is erased afterwards.

A time is counted from the 1 April after the fiscal year in which a case was completed. The
classes are those of this table; their years are our proposal, 案（要綱制定前）. Nothing is erased
but what a recorded decision lists (廃棄の決裁, ``DisposalDecision``), and of that only what
still is due when it is carried out. The certificate and what is public about it stay.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from kiyose.japanese.periods import fiscal_year_of

from .attachments import delete_all
from .models import (
    Application,
    Attachment,
    Certificate,
    ChangeRequest,
    Decision,
    DisposalDecision,
    HolderContact,
    Move,
    PrivateLink,
    Proposal,
    Term,
    YearlyReport,
)
from .states import IN_FORCE, ApplicationState, ChangeState, ProposalState, ReportState


@dataclass(frozen=True)
class RecordClass:
    """completed: cases of the class that are completed, with the day of each; name: what the
    list calls a case, never a person; erase: what goes of it."""

    key: str
    label: str
    years: int
    completed: Callable[[], Iterable[tuple[models.Model, datetime.date]]]
    name: Callable[[models.Model], str]
    erase: Callable[[models.Model], None]


@dataclass(frozen=True)
class Item:
    """A record whose time is over."""

    record_class: RecordClass
    case: models.Model
    completed_on: datetime.date
    due_on: datetime.date

    @property
    def key(self) -> tuple[str, int]:
        """As a decision stores it."""
        return self.record_class.key, self.case.pk

    @property
    def name(self) -> str:
        return self.record_class.name(self.case)


def due_on(completed_on: datetime.date, years: int) -> datetime.date:
    """The first day on which a record may go: years after the 1 April that follows."""
    return datetime.date(fiscal_year_of(completed_on) + 1 + years, 4, 1)


# When a case is completed


def _last_move(case) -> datetime.date | None:
    move = case.moves.last()
    return timezone.localdate(move.at) if move else None


def _closed(cases: QuerySet, field: str = "closed_at"):
    """Cases with the day on which they were closed, or made their last move."""
    for case in cases:
        at = getattr(case, field, None)
        day = timezone.localdate(at) if at else _last_move(case)
        if day:
            yield case, day


def _certified_applications():
    """Needed as long as what they gave: until the end of the term, or of the certificate."""
    terms = Term.objects.filter(application__state=ApplicationState.CERTIFIED)
    for term in terms.select_related("application", "certificate"):
        yield term.application, min(term.ends_on, term.certificate.ended_on or term.ends_on)


def _other_applications():
    states = (ApplicationState.DECLINED, ApplicationState.WITHDRAWN)
    return _closed(Application.objects.filter(state__in=states))


def _reports():
    """Accepted ones, and what was left of the others when the certificate ended."""
    kept = [
        *_closed(YearlyReport.objects.filter(state=ReportState.ACCEPTED), "accepted_at"),
        *(
            (report, report.certificate.ended_on)
            for report in YearlyReport.objects.exclude(state=ReportState.ACCEPTED)
            .exclude(certificate__state__in=IN_FORCE)
            .select_related("certificate")
        ),
    ]
    return [(report, day) for report, day in kept if _has_private_words(report)]


def _has_private_words(report: YearlyReport) -> bool:
    unpublished = report.state != ReportState.ACCEPTED and (
        report.summary or report.summary_en or report.activities.exists()
    )
    return bool(unpublished) or _has_records(report)


def _changes():
    done = ChangeRequest.objects.filter(state__in=(ChangeState.ACCEPTED, ChangeState.WITHDRAWN))
    left = ChangeRequest.objects.exclude(pk__in=done.values("pk")).exclude(
        certificate__state__in=IN_FORCE
    )
    yield from _closed(done)
    for change in left.select_related("certificate"):
        yield change, change.certificate.ended_on


def _proposals():
    return _closed(
        Proposal.objects.filter(state__in=(ProposalState.CONFIRMED, ProposalState.DROPPED))
    )


def _ended_holders():
    ended = Certificate.objects.exclude(state__in=IN_FORCE)
    for certificate in ended:
        contact = HolderContact.objects.filter(certificate=certificate).exists()
        if contact or _has_records(certificate):
            yield certificate, certificate.ended_on


# What the list calls it


def _receipt(application: Application) -> str:
    return application.receipt_number


def _number(case) -> str:
    """Of a change or a measure."""
    return f"{case.certificate.number} {case._meta.model_name} {case.pk}"


# What is erased


def _of(model, case) -> QuerySet:
    kind = ContentType.objects.get_for_model(case)
    return model.objects.filter(content_type=kind, object_id=case.pk)


def _has_records(case) -> bool:
    """Whether something personal is kept about a case whose row stays."""
    return (
        _of(Attachment, case).exists()
        or _of(PrivateLink, case).exists()
        or _of(Move, case).exclude(reason="").exists()
        or _of(Decision, case).exclude(reason="").exists()
    )


def _erase_records(case) -> None:
    """Files, keys and words; who decided what and when stays."""
    delete_all(_of(Attachment, case))
    _of(PrivateLink, case).delete()
    _of(Move, case).update(reason="")
    _of(Decision, case).update(reason="")
    _erase_history(case)


def _erase_history(case) -> None:
    """Wagtail's own history names a case by its words."""
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(case), object_id=str(case.pk)
    ).delete()


def _erase_with_row(case) -> None:
    """Everything, the row included."""
    _erase_records(case)
    _of(Move, case).delete()
    _of(Decision, case).delete()
    case.delete()


@transaction.atomic
def erase_application(application: Application) -> None:
    """An application or a draft, with marks, answers, questions, comments, scores and files."""
    _erase_with_row(application)


def _erase_report(report: YearlyReport) -> None:
    """What was never public; the accepted summary and figures are public and stay."""
    _erase_records(report)
    if report.state != ReportState.ACCEPTED:
        report.activities.all().delete()
        YearlyReport.objects.filter(pk=report.pk).update(summary="", summary_en="")


def _erase_contact(certificate: Certificate) -> None:
    HolderContact.objects.filter(certificate=certificate).delete()
    _erase_records(certificate)


# fmt: off
CLASSES = (
    RecordClass("application", _("applications that were certified"), 5,
                _certified_applications, _receipt, erase_application),
    RecordClass("declined", _("applications that were not certified or were withdrawn"), 3,
                _other_applications, _receipt, erase_application),
    RecordClass("report", _("yearly reports: files and remarks, and what was not accepted"), 5,
                _reports, str, _erase_report),
    RecordClass("change", _("changes"), 3, _changes, _number, _erase_with_row),
    RecordClass("proposal", _("proposals of measures, with statements"), 5,
                _proposals, _number, _erase_with_row),
    RecordClass("contact", _("contacts of holders whose certificate has ended"), 5,
                _ended_holders, lambda holder: holder.number, _erase_contact),
)
# fmt: on


def due(today: datetime.date) -> list[Item]:
    """Everything whose time is over on the day, by class."""
    items = []
    for each in CLASSES:
        for case, completed_on in each.completed():
            item = Item(each, case, completed_on, due_on(completed_on, each.years))
            if item.due_on <= today:
                items.append(item)
    return items


def dispose(
    decision: DisposalDecision, today: datetime.date, *, dry_run: bool = False
) -> list[Item]:
    """Erase what the decision lists and what still is due. Again: nothing is left to do.

    Returns what was erased, or would be.
    """
    with transaction.atomic():
        listed = {(key, pk) for key, pk in decision.items}
        items = [item for item in due(today) if item.key in listed]
        if not dry_run:
            for item in items:
                item.record_class.erase(item.case)
            if decision.carried_out_at is None:
                decision.carried_out_at = timezone.now()
                decision.save(update_fields=["carried_out_at"])
    return items
