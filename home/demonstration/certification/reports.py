"""Yearly reports: accepted, submitted, sent back, awaited, overdue; and what follows."""

from __future__ import annotations

import datetime

from certified_orgs import moves
from certified_orgs.models import Certificate, Proposal, Reminder, ReportActivity, YearlyReport
from certified_orgs.moves import APPLICANT
from certified_orgs.scheme import scheme_on
from sdgs.models import Mark

from .office import Office

MISSING = "見本の理由：年間報告書が提出されていないため"
NOTIFIED = 3


def load(office: Office, certificate: Certificate, facts: dict) -> None:
    """The reports of a holder. facts: ``reports`` says how far each has come."""
    due = office.report_was_due
    for cycle, state in facts.get("reports", {}).items():
        day = due if cycle == "current" else _a_year_before(office, due)
        STATES[state](office, _asked_for(certificate, day), facts)


def _a_year_before(office: Office, due: datetime.date) -> datetime.date:
    return office.report_due_in(office.fiscal_year - (1 if _is_this_year(office, due) else 2))


def _is_this_year(office: Office, due: datetime.date) -> bool:
    return due == office.report_due_in(office.fiscal_year)


def _asked_for(certificate: Certificate, due: datetime.date) -> YearlyReport:
    scheme = scheme_on(due)
    fiscal_year = due.year - 1 if due.month >= 4 else due.year - 2
    return YearlyReport.objects.create(
        certificate=certificate,
        fiscal_year=fiscal_year,
        due_on=due,
        overdue_after=due + datetime.timedelta(days=scheme.report_grace_days),
    )


def _write(report: YearlyReport, facts: dict) -> None:
    summary = facts.get("report", {"ja": "", "en": ""})
    report.summary = f"見本の報告：{summary['ja']}"
    report.summary_en = f"Sample report: {summary['en']}"
    report.save()
    marks = {mark.code: mark for mark in Mark.objects.all()}
    for position, item in enumerate(facts["activities"]):
        ReportActivity.objects.create(
            report=report,
            mark=marks[item["mark"]],
            activity=item["activity"],
            figure=item.get("figure"),
            unit=item.get("unit", ""),
            position=position,
        )


def _submit(office: Office, report: YearlyReport, facts: dict, day: datetime.date) -> None:
    _write(report, facts)
    at = office.at(day)
    moves.make(report, "submit", APPLICANT, at=at, submitted_at=at, received_on=day)


def _accepted(office: Office, report: YearlyReport, facts: dict) -> None:
    _submit(office, report, facts, report.due_on - datetime.timedelta(days=20))
    at = office.at(report.due_on - datetime.timedelta(days=10))
    moves.make(report, "accept", office.window(facts["kind"]), at=at, accepted_at=at)


def _submitted(office: Office, report: YearlyReport, facts: dict) -> None:
    _submit(office, report, facts, office.ago(4))


def _sent_back(office: Office, report: YearlyReport, facts: dict) -> None:
    _submit(office, report, facts, report.due_on - datetime.timedelta(days=3))
    moves.make(
        report,
        "send_back",
        office.window(facts["kind"]),
        reason="見本の理由：直した家の数の数え方を教えてください。",
        at=office.at(office.ago(6)),
    )


def _awaited(office: Office, report: YearlyReport, facts: dict) -> None:
    """Late, but the window has not looked among the papers yet: not public."""
    for days in scheme_on(report.due_on).reminders:
        on = report.due_on - datetime.timedelta(days=days)
        Reminder.objects.create(report=report, days=days, channel=Reminder.Channel.MAIL, on=on)


def _overdue(office: Office, report: YearlyReport, facts: dict) -> None:
    """Nor has it come on paper: so the public is told."""
    _awaited(office, report, facts)
    report.not_on_paper_at = office.at(report.overdue_after + datetime.timedelta(days=1))
    report.not_on_paper_by = office.window(facts["kind"]).user
    report.save()
    if facts.get("then") is None:
        _propose(office, report)


def _propose(office: Office, report: YearlyReport) -> Proposal:
    """As the clock does: the day after so many days."""
    days = scheme_on(report.due_on).suspend_after_days + 1
    return Proposal.objects.create(
        certificate=report.certificate,
        measure=Proposal.Measure.SUSPEND,
        report=report,
        reason=MISSING,
        proposed_at=office.at(report.overdue_after + datetime.timedelta(days=days)),
    )


def _notified(office: Office, report: YearlyReport, facts: dict) -> None:
    _overdue(office, report, facts)
    notify(office, report.proposals.get(), office.ago(NOTIFIED))


def notify(office: Office, proposal: Proposal, day: datetime.date) -> None:
    days = scheme_on(day).statement_days
    moves.make(
        proposal,
        "notify",
        office.decider,
        at=office.at(day),
        notified_on=day,
        statement_due_on=day + datetime.timedelta(days=days),
    )


STATES = {
    "accepted": _accepted,
    "submitted": _submitted,
    "sent_back": _sent_back,
    "due": _awaited,
    "overdue": _overdue,
    "notified": _notified,
}
