"""Mails to an applicant: a question, the result, a new private link. Who has no address gets
paper (``viewsets/notices.py``). Holders are written to by ``letters.py``, by mail and on paper
alike."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from . import links, mail
from .addresses import kit_address, verify_address
from .models import Application, PrivateLink, Question
from .routes.private import private_url

Purpose = PrivateLink.Purpose

SUBJECTS = {
    "certified": _("Certified: the result of your application %(receipt)s"),
    "declined": _("The result of your application %(receipt)s"),
    "waiting": _("On the waiting list: the result of your application %(receipt)s"),
}


def new_link(subject, details, purpose: str, days: int) -> str:
    """The address of a new private link to the case; older ones of the purpose end.

    details: what has ``language``.
    """
    return private_url(purpose, links.give(subject, purpose, days), details.language)


def tell_about_question(question: Question) -> bool:
    """Whether a mail is on its way."""
    application = question.application
    if not application.email:
        return False
    days = application.scheme.link_days
    return mail.write(
        application,
        "question",
        _("A question about your application %(receipt)s"),
        receipt=application.receipt_number,
        question=question.text,
        address=new_link(application, application, Purpose.APPLICATION, days),
        days=days,
        window=application.scheme.window(application.kind),
    )


def tell_about_decision(application: Application) -> bool:
    """The result, by the receipt number. Whether a mail is on its way."""
    certificate = application.renews or getattr(application, "certificate", None)
    is_certified = application.state == "certified" and certificate is not None
    return mail.write(
        application,
        "decision",
        SUBJECTS[application.state],
        receipt=application.receipt_number,
        result=application.state,
        number=certificate.number if is_certified else "",
        proof=verify_address(certificate.number) if is_certified else "",
        kit=kit_address(certificate.number, application.language) if is_certified else "",
        rank=application.waiting_rank,
        window=application.scheme.window(application.kind),
    )


def tell_new_link(subject, details, purpose: str, window, days: int) -> bool:
    """A link in place of one that was lost or has expired."""
    if not details.email:
        return False
    return mail.write(
        details,
        "new_link",
        _("Your new private link"),
        address=new_link(subject, details, purpose, days),
        purpose=Purpose(purpose).label,
        days=days,
        window=window,
    )
