"""Pages that only a private link opens: one of every kind, with new links to the cases of the
demonstration. Addresses are given without the language, as in ``public_pages``."""

from __future__ import annotations

from certified_orgs import links
from certified_orgs.applying.steps import CHECK, STEPS
from certified_orgs.changes import FORMS
from certified_orgs.models import Application, Certificate, Proposal, YearlyReport
from certified_orgs.moves import Actor
from certified_orgs.proposals import notify, propose
from certified_orgs.states import Who

DAYS = 1


def of_every_kind() -> list[str]:
    """Of applicants and of holders."""
    return [
        *_of_a_draft(),
        *_of_what_was_sent(),
        *_of_reports(),
        *_of_changes(),
        _statement(),
    ]


def _of_a_draft() -> list[str]:
    draft = Application.objects.filter(state="draft", entered_by=None).first()
    start = f"certified/apply/{links.give(draft, 'draft', DAYS)}/"
    steps = [step.slug for step in STEPS]
    return [start, *(f"{start}{rest}/" for rest in (*steps, CHECK, "throw-away"))]


def _of_what_was_sent() -> list[str]:
    """One that waits for corrections, one with a question, one that is decided."""
    found = []
    for state in ("incomplete", "questioned", "declined"):
        application = Application.objects.filter(state=state).first()
        found.append(f"certified/application/{links.give(application, 'application', DAYS)}/")
    return [*found, f"{found[0]}withdraw/"]


def _of_reports() -> list[str]:
    """One that is due, and one that was sent back, which is complete."""
    due, sent_back = (
        YearlyReport.objects.filter(state=state, certificate__state="valid").first()
        for state in ("due", "sent_back")
    )
    again = f"certified/report/{links.give(sent_back, 'report', DAYS)}/"
    return [f"certified/report/{links.give(due, 'report', DAYS)}/", again, f"{again}review/"]


def _of_changes() -> list[str]:
    certificate = Certificate.objects.filter(state="valid").first()
    start = f"certified/change/{links.give(certificate, 'change', DAYS)}/"
    return [start, *(f"{start}{kind.value}/" for kind in FORMS), f"{start}renewal/"]


def _statement() -> str:
    proposal = Proposal.objects.filter(state="notified").first()
    if proposal is None:
        certificate = Certificate.objects.filter(state="valid", proposals=None).first()
        proposal = propose(certificate, Proposal.Measure.SUSPEND, "見本の理由")
        notify(proposal, Actor(Who.DECIDER))
    return f"certified/statement/{links.give(proposal, 'statement', DAYS)}/"
