"""How an application begins, is sent, answered and withdrawn by its applicant."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.japanese.dates import format_date
from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.languages import visitor_language

from .. import attachments, changes, links, moves, numbers, screening
from ..attachments import Upload
from ..mail import write
from ..models import Application, Attachment, PrivateLink, Question, SchemeYear
from ..moves import APPLICANT, MoveRefused
from ..routes.private import private_url
from ..scheme import scheme_on
from ..states import ApplicationState
from .completeness import missing
from .progress import PROGRESS

DRAFT, FOLLOW = PrivateLink.Purpose.DRAFT, PrivateLink.Purpose.APPLICATION


class NotComplete(MoveRefused):
    """Something is missing (``completeness.missing`` says what)."""


class WindowClosed(MoveRefused):
    """Applications are not taken today."""


class AlreadySent(MoveRefused):
    """Somebody pressed twice."""


def begin(kind: str, email: str, language: str, scheme: SchemeYear) -> tuple[Application, str]:
    """A new draft, and the token of its link, which is mailed where there is an address."""
    with transaction.atomic():
        draft = Application.objects.create(kind=kind, email=email, language=language, scheme=scheme)
        token = links.give(draft, DRAFT, scheme.link_days)
        mail_link(draft, token)
    return draft, token


def mail_link(draft: Application, token: str) -> None:
    """The link to a draft, as soon as there is an address to send it to."""
    write(
        draft,
        "draft",
        gettext_lazy("Your draft of an application for the certificate"),
        url=private_url(DRAFT, token, draft.language),
        until=good_until(token, DRAFT, draft.language),
        window=draft.scheme.window(draft.kind),
    )


def mail_receipt(application: Application, token: str) -> None:
    """The receipt number and the link to follow the application."""
    write(
        application,
        "received",
        gettext_lazy("Your application %(number)s has arrived"),
        number=application.receipt_number,
        application=application,
        url=private_url(FOLLOW, token, application.language),
        until=good_until(token, FOLLOW, application.language),
        window=application.scheme.window(application.kind),
    )


def good_until(token: str, purpose: str, language: str) -> str:
    """The last day of a link, in words."""
    return format_date(links.find(token, purpose).expires_at, language)


def check_open(application: Application, today: datetime.date) -> None:
    """Raises WindowClosed or NoRenewal with a message. A renewal is for the time of the
    certificate, all else for the days of the year's rules (``move_to_this_year``)."""
    if application.renews_id:
        changes.check_renewal(application.renews, today, but=application.pk)
        return
    scheme = application.scheme
    if not scheme.accepts_applications(today):
        message = _(
            "Applications are taken from %(first)s to %(last)s. Your draft is kept until its "
            "link ends."
        )
        days = {"first": scheme.opens_on, "last": scheme.closes_on}
        language = visitor_language()
        raise WindowClosed(
            message % {name: format_date(day, language) for name, day in days.items()}
        )


def submit(application: Application, token: str) -> str:
    """Send the draft: it gets its receipt number. Returns the token of the link to follow it,
    which is the same for the second press of a double submission.

    Raises NotComplete, WindowClosed, NoRenewal, AlreadySent.
    """
    now, today = timezone.now(), timezone.localdate()
    following = links.successor(token)
    try:
        with changes.one_renewal_at_a_time(application):
            check_open(application, today)
            if missing(application):
                raise NotComplete(_("Something is still missing."))
            moves.make(
                application,
                "submit",
                APPLICANT,
                submitted_at=now,
                receipt_number=numbers.receipt_number(fiscal_year_of(today)),
            )
            links.close(application, DRAFT)
            links.give(application, FOLLOW, application.scheme.link_days, token=following)
            mail_receipt(application, following)
    except moves.NoSuchMove as error:
        raise AlreadySent from error
    return following


def move_to_this_year(application: Application, today: datetime.date) -> None:
    """A draft that was begun under last year's rules is judged by those of the day on which
    it is sent; answers to questions that are not asked any more go."""
    before, scheme = application.scheme_id, scheme_on(today)
    application.scheme = scheme
    if before != scheme.pk:
        application.save(update_fields=["scheme"])
        drop_other_answers(application)


def drop_other_answers(application: Application) -> None:
    """Those to the questions of other years than its own."""
    application.checks.exclude(criterion__scheme=application.scheme_id).delete()


@transaction.atomic
def throw_away(application: Application) -> None:
    """The draft with its files and its link. Raises AlreadySent."""
    draft = Application.objects.select_for_update().filter(
        pk=application.pk, state=ApplicationState.DRAFT
    )
    found = draft.first()
    if found is None:
        raise AlreadySent
    found.delete()


# What is in the hands of the office

ANSWERING = {
    ApplicationState.INCOMPLETE: ("complete", "ask_to_complete"),
    ApplicationState.QUESTIONED: ("answer", "ask"),
}


def open_question(application: Application) -> Question | None:
    """What the office wants to know now, else None. The reason of its move stands in where
    it wrote no question (not saved then)."""
    if application.state not in ANSWERING:
        return None
    unanswered = [each for each in application.questions.all() if each.answered_at is None]
    if unanswered:
        return unanswered[-1]
    asked = application.moves.filter(step=ANSWERING[application.state][1]).last()
    return Question(
        application=application,
        text=asked.reason if asked else "",
        asked_by=asked.user if asked else None,
        asked_at=asked.at if asked else timezone.now(),
    )


@transaction.atomic
def answer(application: Application, text: str, uploads=()) -> None:
    """Answer the open question. Raises MoveRefused where there is none (any more)."""
    question = open_question(application)
    if question is None:
        raise AlreadySent
    if application.state == ApplicationState.INCOMPLETE and missing(application):
        raise NotComplete(_("Something is still missing."))
    moves.make(application, ANSWERING[application.state][0], APPLICANT)
    question.answer, question.answered_at = text, timezone.now()
    question.save()
    attachments.add_all(application, uploads)


@transaction.atomic
def keep_files(application: Application, uploads: list[Upload]) -> list[Attachment]:
    """Files of an answer that came back: a browser cannot be given them again, so the good
    ones are kept with the application as long as an answer is expected. Returns those kept."""
    row = Application.objects.select_for_update().filter(pk=application.pk, state__in=ANSWERING)
    waiting = row.first()
    if waiting is None:
        return []
    return attachments.add_all(waiting, uploads[: attachments.room_for(waiting)])


@transaction.atomic
def withdraw(application: Application, reason: str = "") -> None:
    """取下げ, confirmed by mail. Raises MoveRefused."""
    screening.withdraw(application, APPLICANT, reason)
    write(
        application,
        "withdrawn",
        gettext_lazy("Your application %(number)s is withdrawn"),
        number=application.receipt_number,
        progress=PROGRESS[ApplicationState.WITHDRAWN],
        window=application.scheme.window(application.kind),
    )
