"""How an application begins, is sent, answered and withdrawn by its applicant."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.japanese.dates import format_date
from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.languages import visitor_language

from .. import attachments, links, moves, numbers
from ..mail import write
from ..models import Application, PrivateLink, Question, SchemeYear
from ..moves import APPLICANT, MoveRefused
from ..routes.private import private_url
from ..scheme import scheme_on
from ..states import ApplicationState
from .completeness import missing

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
        draft = Application.objects.create(
            kind=kind, email=email, language=language, scheme=scheme
        )
        token = links.give(draft, DRAFT, scheme.link_days)
        write(
            draft,
            "draft",
            gettext_lazy("Your draft of an application for the certificate"),
            url=private_url(DRAFT, token, language),
            until=good_until(scheme.link_days, language),
            window=scheme.window(kind),
        )
    return draft, token


def good_until(days: int, language: str) -> str:
    """The last day of a link that is given today, in words."""
    return format_date(timezone.localdate() + datetime.timedelta(days=days), language)


def check_open(application: Application, today: datetime.date) -> None:
    """Raises WindowClosed with a message. A renewal is for the time of the certificate."""
    if application.renews_id:
        if application.renews.valid_until < today:
            raise WindowClosed(_("The certificate has expired, so it cannot be renewed."))
        return
    scheme = scheme_on(today)
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

    Raises NotComplete, WindowClosed, AlreadySent.
    """
    now, today = timezone.now(), timezone.localdate()
    following = links.successor(token)
    try:
        with transaction.atomic():
            move_to_this_year(application, today)
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
            days = application.scheme.link_days
            links.close(application, DRAFT)
            links.give(application, FOLLOW, days, token=following)
            write(
                application,
                "received",
                gettext_lazy("Your application %(number)s has arrived"),
                number=application.receipt_number,
                application=application,
                url=private_url(FOLLOW, following, application.language),
                until=good_until(days, application.language),
                window=application.scheme.window(application.kind),
            )
    except moves.NoSuchMove as error:
        raise AlreadySent from error
    except IntegrityError as error:
        if application.renews_id:
            raise MoveRefused(
                _("A renewal of this certificate has been applied for already.")
            ) from error
        raise
    return following


def move_to_this_year(application: Application, today: datetime.date) -> None:
    """A draft that was begun under last year's rules is judged by those of the day on which
    it is sent; answers to questions that are not asked any more go."""
    scheme = scheme_on(today)
    if application.state == ApplicationState.DRAFT and application.scheme_id != scheme.pk:
        application.scheme = scheme
        application.save(update_fields=["scheme"])
        application.checks.exclude(criterion__scheme=scheme).delete()


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
    question = application.questions.filter(answered_at=None).last()
    if question:
        return question
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


def withdraw(application: Application, reason: str = "") -> None:
    """取下げ. Raises MoveRefused."""
    moves.make(application, "withdraw", APPLICANT, reason=reason, closed_at=timezone.now())
