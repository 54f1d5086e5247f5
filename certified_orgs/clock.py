"""What a day brings by itself: the rules of the daily command ``certification_clock``.

The clock proposes, people decide. By itself it only opens reports, reminds, erases drafts and
files that nobody can open any more, and writes down what has expired. It may run as often as
one likes: each rule looks for what is not done yet.

A rule takes the day and gives tasks; each task is done in a transaction of its own, so that
one that fails does not stop the others. A dry run does all of it and takes it back.
"""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone, translation

from kiyose.japanese.periods import fiscal_year_of

from . import attachments, decisions, letters, moves, proposals, retention
from .models import (
    Application,
    Certificate,
    PrivateLink,
    Proposal,
    Reminder,
    YearlyReport,
)
from .scheme import NoScheme, renewal_from, report_due_on, scheme_on
from .standing import MISSING, overdue_reports, with_standing
from .states import (
    BEFORE_DECISION,
    IN_FORCE,
    ApplicationState,
    CertificateState,
    ProposalState,
    Who,
)

DRAFTS_STAY = 30  # days after their link has expired
PAPER_DRAFTS_STAY = 90  # days after somebody wrote in them


@dataclass(frozen=True)
class Task:
    """One thing to do. ``says``: what it is, without the name of a person."""

    says: str
    do: Callable[[], object]


Rule = Callable[[datetime.date], Iterator[Task]]


def expire(today: datetime.date) -> Iterator[Task]:
    """有効期間満了, but not while a renewal that was applied for in time is not decided."""
    lapsed = with_standing(_in_force(), today).filter(valid_until__lt=today, renewal_is_open=False)
    for certificate in lapsed:
        yield Task(f"expire {certificate.number}", lambda each=certificate: decisions.expire(each))


def open_reports(today: datetime.date) -> Iterator[Task]:
    """The report of the fiscal year that has just ended, for who was certified in it or before.

    Who is asked after the due day (the site was not running) has the days of grace to write.
    """
    scheme = scheme_on(today)
    this_year = fiscal_year_of(today)
    last_day_of_year = datetime.date(this_year, 3, 31)
    due_on = report_due_on(this_year, scheme)
    grace = datetime.timedelta(days=scheme.report_grace_days)
    if due_on < today:
        due_on = today + grace
    asked = YearlyReport.objects.filter(certificate=OuterRef("pk"), fiscal_year=this_year - 1)
    for certificate in _in_force().filter(~Exists(asked), certified_on__lte=last_day_of_year):
        yield Task(
            f"open report {this_year - 1} of {certificate.number}, due {due_on}",
            lambda each=certificate: YearlyReport.objects.create(
                certificate=each,
                fiscal_year=this_year - 1,
                due_on=due_on,
                overdue_after=due_on + grace,
            ),
        )


def drop_proposals(today: datetime.date) -> Iterator[Task]:
    """What was proposed for the lack of a report that came in meanwhile, or has lost its ground
    in another way."""
    found = Proposal.objects.filter(state__in=proposals.OPEN)
    for proposal in found.select_related("certificate", "report"):
        if reason := proposals.lost_ground(proposal):
            channel = letters.channel_of(proposal.certificate) if proposal.notified_on else "untold"
            yield Task(
                f"drop proposal to {proposal.measure} {proposal.certificate.number} ({channel})",
                lambda proposal=proposal, reason=reason: proposals.drop(
                    proposal, moves.CLOCK, reason
                ),
            )


def remind_of_reports(today: datetime.date) -> Iterator[Task]:
    """The latest reminder that is due, once; those of days that were missed are left out."""
    days_of_settings = scheme_on(today).reminders
    reports = YearlyReport.objects.filter(
        state__in=MISSING, certificate__state__in=IN_FORCE
    ).select_related("certificate__contact")
    for report in reports.prefetch_related("reminders"):
        left = (report.due_on - today).days
        due = [days for days in days_of_settings if days >= left]
        sent = [reminder.days for reminder in report.reminders.all()]
        if not due or any(days <= min(due) for days in sent):
            continue
        latest = min(due)
        channel = letters.channel_of(report.certificate)
        yield Task(
            f"remind {report.certificate.number} of report {report.fiscal_year} "
            f"({latest:+d} days, {channel})",
            lambda report=report, days=latest: letters.remind_of_report(report, days, today),
        )


def propose_suspensions(today: datetime.date) -> Iterator[Task]:
    """認定停止, where a report is missing long after the grace period and the window has
    looked among the papers."""
    after = datetime.timedelta(days=scheme_on(today).suspend_after_days)
    missing = overdue_reports(today).filter(
        overdue_after__lt=today - after, certificate__state=CertificateState.VALID
    )
    yield from _propose(Proposal.Measure.SUSPEND, missing)


def propose_revocations(today: datetime.date) -> Iterator[Task]:
    """認定取消, where a report is missing long after a suspension; and for as long itself, where
    the suspension was for something else."""
    after = datetime.timedelta(days=scheme_on(today).revoke_after_days)
    suspended = [
        certificate.pk
        for certificate in Certificate.objects.filter(state=CertificateState.SUSPENDED)
        if (decision := certificate.decisions.filter(step="suspend").last())
        and decision.approved_on + after < today
    ]
    missing = overdue_reports(today).filter(
        overdue_after__lt=today - after, certificate__in=suspended
    )
    yield from _propose(Proposal.Measure.REVOKE, missing)


def remind_of_renewals(today: datetime.date) -> Iterator[Task]:
    """更新: once in each term, when it can be applied for, unless it was."""
    scheme = scheme_on(today)
    applied = Application.objects.filter(renews=OuterRef("pk"), state__in=BEFORE_DECISION)
    certificates = Certificate.objects.filter(
        ~Exists(applied), state=CertificateState.VALID, valid_until__gte=today
    )
    for certificate in certificates.select_related("contact"):
        term = certificate.terms.last()
        if (
            term
            and renewal_from(certificate.valid_until, scheme) <= today
            and not Reminder.objects.filter(term=term).exists()
        ):
            channel = letters.channel_of(certificate)
            yield Task(
                f"remind {certificate.number} of renewal until {certificate.valid_until} "
                f"({channel})",
                lambda term=term: letters.remind_of_renewal(term, today),
            )


def erase_drafts(today: datetime.date) -> Iterator[Task]:
    """Drafts of applicants whose link has expired."""
    before = today - datetime.timedelta(days=DRAFTS_STAY)
    drafts = Application.objects.filter(state=ApplicationState.DRAFT, entered_by=None)
    for draft in drafts.prefetch_related("links"):
        ends = [
            min(link.expires_at, link.closed_at or link.expires_at) for link in draft.links.all()
        ]
        last = timezone.localdate(max(ends, default=draft.changed_at))
        if last < before:
            yield _erase_draft(draft, last)


def erase_paper_drafts(today: datetime.date) -> Iterator[Task]:
    """Drafts of the office with which nobody goes on, and whose writer may have left: nobody
    else can open them, and the paper is still there."""
    before = today - datetime.timedelta(days=PAPER_DRAFTS_STAY)
    for draft in Application.objects.filter(state=ApplicationState.DRAFT).exclude(entered_by=None):
        last = timezone.localdate(draft.changed_at)
        if last < before:
            yield _erase_draft(draft, last)


def _erase_draft(draft: Application, last: datetime.date) -> Task:
    return Task(
        f"erase draft {draft.pk}, closed since {last}", lambda: retention.erase_application(draft)
    )


def erase_leftovers(today: datetime.date) -> Iterator[Task]:
    """Files that belong to no case: their transaction was rolled back after they were written."""
    for name in attachments.leftovers():
        yield Task(f"erase file {name}, of no case", lambda name=name: attachments.erase_file(name))


def erase_held_files(today: datetime.date) -> Iterator[Task]:
    """Files that came with a form which was never sent, once its link opens nothing any more."""
    ended = Q(closed_at__isnull=False) | Q(expires_at__date__lt=today)
    for link in PrivateLink.objects.filter(ended, attachments__isnull=False).distinct():
        yield Task(
            f"erase files that link {link.pk} held",
            lambda link=link: attachments.delete_all(link.attachments.all()),
        )


RULES: tuple[Rule, ...] = (
    expire,
    open_reports,
    drop_proposals,
    remind_of_reports,
    propose_suspensions,
    propose_revocations,
    remind_of_renewals,
    erase_drafts,
    erase_paper_drafts,
    erase_leftovers,
    erase_held_files,
)


def run(today: datetime.date, say: Callable[[str], object], *, dry_run: bool = False) -> int:
    """Do what the day brings, saying each thing. Returns how many of them failed.

    A dry run says exactly the same, and nothing is changed, nor any mail sent: what is
    written is taken back, and mail leaves only with what is written for good.
    """
    failures = 0
    # What it writes down is for the office.
    office = translation.override(settings.LANGUAGE_CODE)
    with office, _taken_back() if dry_run else _for_good():
        for rule in RULES:
            tasks = _tasks_of(rule, today)
            for task in tasks:
                try:
                    with transaction.atomic():
                        task.do()
                except Exception as error:
                    if _was_done_meanwhile(task, rule, today):
                        continue
                    failures += 1
                    say(f"FAILED: {task.says}: {_where(error)}")
                else:
                    say(task.says)
    return failures


def _tasks_of(rule: Rule, today: datetime.date) -> list[Task]:
    """All tasks of a rule before the first one is done. A rule that fails is a task that does."""
    try:
        with transaction.atomic():
            return list(rule(today))
    except NoScheme:
        return []  # nothing can be due before the scheme is set up
    except Exception as failed:
        error = failed

        def fail():
            raise error

        return [Task(rule.__name__, fail)]


def _was_done_meanwhile(task: Task, rule: Rule, today: datetime.date) -> bool:
    """Whether nothing is left to do: another run at the same time was faster."""
    return all(each.says != task.says for each in _tasks_of(rule, today))


@contextmanager
def _taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _for_good():
    yield


def _where(error: Exception) -> str:
    """Kind and place of an error, without its text: that may name a person."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name} (line {frame.lineno} of {frame.filename})"


def _in_force() -> QuerySet[Certificate]:
    return Certificate.objects.filter(state__in=IN_FORCE).order_by("pk")


def _propose(measure: str, missing: QuerySet[YearlyReport]) -> Iterator[Task]:
    """A proposal for each certificate with a report missing, unless one is open, or people
    have decided about the same report before."""
    of_report = Proposal.objects.filter(measure=measure, report=OuterRef("pk"))
    by_people = ~Q(state=ProposalState.DROPPED) | ~Q(moves__step="drop", moves__who=Who.CLOCK.value)
    is_open = Proposal.objects.filter(
        measure=measure, certificate=OuterRef("certificate"), state__in=proposals.OPEN
    )
    missing = missing.filter(~Exists(of_report.filter(by_people)), ~Exists(is_open))
    proposed = set()
    for report in missing.select_related("certificate").order_by("fiscal_year"):
        certificate = report.certificate
        if certificate.pk in proposed:
            continue
        proposed.add(certificate.pk)
        yield Task(
            f"propose to {measure} {certificate.number}: report {report.fiscal_year} is missing",
            lambda report=report: Proposal.objects.create(
                certificate=report.certificate,
                measure=measure,
                report=report,
                reason=letters.missing_report(report),
                proposed_at=timezone.now(),
            ),
        )
