"""What the office writes to a holder: one text, sent by mail or printed as a letter (A4).

A letter is made in the holder's language. Whoever has no mail address gets it on paper:
reminders then wait in the admin (*Letters to print*), all others print from their case
(``viewsets/letters.py``). Applicants are written to by ``applicant_mail.py``. The
key to a private page is kept nowhere, so each letter that needs one brings a new one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import wraps

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kiyose.japanese.dates import format_date, format_fiscal_year
from kiyose.pages.models import Division, SiteIdentity

from . import links, mail
from .models import (
    Certificate,
    ChangeRequest,
    Decision,
    HolderContact,
    PrivateLink,
    Proposal,
    Reminder,
    Term,
    YearlyReport,
)
from .routes.private import private_url
from .scheme import scheme_on

Purpose = PrivateLink.Purpose


@dataclass(frozen=True)
class Letter:
    """``facts`` are labels and values; ``address`` a private page, open until a day."""

    certificate: Certificate
    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""
    open_until: datetime.date | None = None
    # What is about a measure is the city's, in the mayor's name; all else is the window's. A
    # decision has its paper.
    is_of_city: bool = False
    decision: Decision | None = None
    language: str = settings.LANGUAGE_CODE
    in_japanese: Letter | None = None

    @property
    def open_until_in_words(self) -> str:
        return format_date(self.open_until, self.language) if self.open_until else ""


def contact_of(certificate: Certificate) -> HolderContact | None:
    """Whom the office writes to; nobody after the contact was erased."""
    return HolderContact.objects.filter(certificate=certificate).first()


def language_of(certificate: Certificate) -> str:
    contact = contact_of(certificate)
    return (contact and contact.language) or settings.LANGUAGE_CODE


def channel_of(certificate: Certificate) -> str:
    """How the holder is reached."""
    contact = contact_of(certificate)
    return Reminder.Channel.MAIL if contact and contact.email else Reminder.Channel.LETTER


def letter(purpose: str = ""):
    """``write(case, …)`` makes a Letter in the language that is on: it becomes one in the
    holder's language and its Japanese twin, with one new key to the case of that purpose."""

    def decorate(write):
        @wraps(write)
        def written(case, *args) -> Letter:
            is_holder = isinstance(case, Certificate)
            language = language_of(case if is_holder else case.certificate)
            with translation.override(settings.LANGUAGE_CODE):
                in_japanese = write(case, *args)
            with translation.override(language):
                own = write(case, *args)
            link = _new_link(case, purpose, language) if purpose else {}
            return replace(own, language=language, in_japanese=in_japanese, **link)

        return written

    return decorate


def _new_link(case, purpose: str, language: str) -> dict:
    """A new key; older ones stop working. Changes belong to the certificate as a whole, a
    statement can be made until its day, and all else as long as the settings say."""
    subject = case.certificate if purpose == Purpose.CHANGE else case
    today = timezone.localdate()
    if purpose == Purpose.STATEMENT:
        days = max((case.statement_due_on - today).days, 0)
    else:
        days = scheme_on(today).link_days
    # Also on its last day, until midnight; the pages themselves look at the day.
    token = links.give(subject, purpose, days + 1)
    return {
        "address": private_url(purpose, token, language),
        "open_until": today + datetime.timedelta(days=days),
    }


def send(text: Letter, if_not_sent=None) -> bool:
    """Send it by mail when the transaction is committed; False where there is no address.

    if_not_sent: called without arguments where the mail server refuses it.
    """
    contact = contact_of(text.certificate)
    return contact is not None and mail.write(
        contact,
        "holder",
        "%(subject)s",
        subject=text.subject,
        letter=text,
        window=who_answers(text),
        if_not_sent=if_not_sent,
    )


def who_answers(letter: Letter) -> Division | None:
    """Whom to ask about it: the window of the holder, which knows nothing of measures nor of
    holders who did not agree to it; else the city's own division."""
    if letter.is_of_city or not letter.certificate.consents_to_window:
        identity = SiteIdentity.objects.filter(site__is_default_site=True).first()
        return identity and identity.default_division
    return scheme_on(timezone.localdate()).window(letter.certificate.kind)


# Yearly reports


@letter(Purpose.REPORT)
def of_report(report: YearlyReport) -> Letter:
    """What is asked for, and the key to it: when a report is due, and whenever a holder has
    lost the link."""
    language, today = translation.get_language(), timezone.localdate()
    year = format_fiscal_year(report.fiscal_year, language)
    due = format_date(report.due_on, language)
    if report.due_on < today:
        opening = _("Your yearly report for %(year)s was due on %(due)s and is still missing.")
    else:
        opening = _("Please write your yearly report for %(year)s until %(due)s.")
    return Letter(
        report.certificate,
        _("Yearly report for %(year)s") % {"year": year},
        [
            opening % {"year": year, "due": due},
            _(
                "Say in some lines what you did for the SDGs, and add figures and pictures if you "
                "have any. When it is accepted, the summary and the figures are shown in the "
                "public register."
            ),
            _(
                "You may also bring or send it on paper. If you have handed it in already, "
                "please excuse this letter."
            ),
        ],
        [(_("yearly report"), year), (_("due on"), due)],
    )


@letter(Purpose.REPORT)
def of_report_sent_back(report: YearlyReport, note: str) -> Letter:
    year = format_fiscal_year(report.fiscal_year, translation.get_language())
    return Letter(
        report.certificate,
        _("Please complete your yearly report for %(year)s") % {"year": year},
        [
            _("Thank you for your yearly report. We need one more thing before we can accept it:"),
            note,
            _("All that you wrote is still there."),
        ],
    )


@letter()
def of_report_accepted(report: YearlyReport) -> Letter:
    year = format_fiscal_year(report.fiscal_year, translation.get_language())
    return Letter(
        report.certificate,
        _("Your yearly report for %(year)s was accepted") % {"year": year},
        [_("Thank you. Its summary is now shown in the public register.")],
    )


def remind_of_report(report: YearlyReport, days: int, today: datetime.date) -> Reminder:
    """The reminder of that many days before the due day, by mail or in the letters to print."""
    reminder = Reminder.objects.create(
        report=report, days=days, channel=channel_of(report.certificate), on=today
    )
    if reminder.channel == Reminder.Channel.MAIL:
        send(of_report(report), if_not_sent=lambda: print_instead(reminder))
    return reminder


def print_instead(reminder: Reminder) -> None:
    """The mail did not leave: somebody prints the letter."""
    Reminder.objects.filter(pk=reminder.pk).update(channel=Reminder.Channel.LETTER)


def of_reminder(reminder: Reminder) -> Letter:
    """The letter of a reminder, with a new key."""
    return of_report(reminder.report) if reminder.report else of_renewal(reminder.term)


# Changes and renewal


@letter(Purpose.CHANGE)
def of_changes(contact: HolderContact) -> Letter:
    """The key to the forms for changes."""
    return Letter(
        contact.certificate,
        _("Changes, reissue, succession, return and renewal"),
        [
            _(
                "On this page you can tell us what has changed (a new representative, an "
                "address), ask for a new copy of the certificate, name a successor, return the "
                "certificate or apply for renewal."
            ),
            _("You may also tell us on paper, by FAX or by telephone."),
        ],
    )


@letter(Purpose.CHANGE)
def of_change_sent_back(change: ChangeRequest, note: str) -> Letter:
    return Letter(
        change.certificate,
        _("About your form “%(form)s”") % {"form": change.get_kind_display()},
        [
            _("Thank you for your form. We need one more thing before we can accept it:"),
            note,
            _("All that you wrote is still there."),
        ],
    )


@letter()
def of_change_accepted(change: ChangeRequest) -> Letter:
    paragraphs = [_("Thank you. Your form was accepted, and what you told us is recorded.")]
    if change.kind == ChangeRequest.Kind.REISSUE:
        paragraphs = [_("Thank you. Your certificate is going to be printed again.")]
    if change.kind == ChangeRequest.Kind.SUCCESSION:
        paragraphs = [
            _("Thank you. The succession is recorded. The number and the last day stay."),
            _("Private links that were given before open nothing any more. Ask for a new one."),
        ]
    if change.kind == ChangeRequest.Kind.RETURN:
        paragraphs = [
            _("Your certificate was taken back. Please do not show the mark any longer. Thank you.")
        ]
    return Letter(
        change.certificate,
        _("About your form “%(form)s”") % {"form": change.get_kind_display()},
        paragraphs,
    )


@letter(Purpose.CHANGE)
def of_renewal(term: Term) -> Letter:
    language = translation.get_language()
    until = format_date(term.ends_on, language)
    return Letter(
        term.certificate,
        _("Your certificate is valid until %(day)s") % {"day": until},
        [
            _(
                "You can apply for its renewal from now until that day. While a renewal that you "
                "applied for in time is being decided, the certificate stays in force."
            ),
            _("Without a renewal it ends by itself on %(day)s.") % {"day": until},
        ],
        [(_("valid until"), until)],
    )


def remind_of_renewal(term: Term, today: datetime.date) -> Reminder:
    """The one reminder of a term's end."""
    reminder = Reminder.objects.create(term=term, channel=channel_of(term.certificate), on=today)
    if reminder.channel == Reminder.Channel.MAIL:
        send(of_renewal(term), if_not_sent=lambda: print_instead(reminder))
    return reminder


# Measures


def reason_of(proposal: Proposal) -> str:
    """Why, in the language that is on: the clock's own reason is known in every language."""
    if proposal.report is None:
        return proposal.reason
    return missing_report(proposal.report)


def missing_report(report: YearlyReport) -> str:
    """The reason of what the clock proposes, in the language that is on."""
    language = translation.get_language()
    return _(
        "The yearly report for %(year)s was due on %(due)s and has not come in, not even in the "
        "days of grace until %(grace)s."
    ) % {
        "year": format_fiscal_year(report.fiscal_year, language),
        "due": format_date(report.due_on, language),
        "grace": format_date(report.overdue_after, language),
    }


@letter(Purpose.STATEMENT)
def of_hearing(proposal: Proposal) -> Letter:
    """弁明の機会の付与通知書."""
    language = translation.get_language()
    until = format_date(proposal.statement_due_on, language)
    return Letter(
        proposal.certificate,
        _("Notice of an opportunity to make a statement"),
        [
            _(
                "The city is considering the following measure. Before it decides, you may make a "
                "statement, in writing on the page below or on paper."
            ),
            _("If none has come by that day, the city decides without it."),
        ],
        [
            (_("measure considered"), proposal.get_measure_display()),
            (_("reason"), reason_of(proposal)),
            (_("statement until"), until),
        ],
        is_of_city=True,
    )


@letter()
def of_measure(proposal: Proposal, decision: Decision) -> Letter:
    """認定停止通知書 or 認定取消通知書."""
    if proposal.measure == Proposal.Measure.SUSPEND:
        subject = _("Notice of suspension")
        text = _(
            "The city has suspended your certificate. Please do not show the mark until the "
            "suspension is lifted. It can be lifted when the reason is gone."
        )
    else:
        subject = _("Notice of revocation")
        text = _(
            "The city has revoked your certificate. Please do not show the mark any longer, and "
            "return the certificate."
        )
    return Letter(
        proposal.certificate,
        subject,
        [text],
        [(_("reason"), decision.reason)],
        is_of_city=True,
        decision=decision,
    )


@letter()
def of_lifting(certificate: Certificate, decision: Decision) -> Letter:
    """認定停止解除通知書."""
    return Letter(
        certificate,
        _("Notice that the suspension is lifted"),
        [
            _(
                "The city has lifted the suspension of your certificate. You may show certificate "
                "and mark again."
            )
        ],
        [(_("reason"), decision.reason)],
        is_of_city=True,
        decision=decision,
    )


@letter()
def of_drop(proposal: Proposal) -> Letter:
    measure = proposal.get_measure_display()
    return Letter(
        proposal.certificate,
        _("The measure is no longer considered (%(measure)s)") % {"measure": measure},
        [_("The city has dropped it. You need do nothing.")],
        is_of_city=True,
    )
