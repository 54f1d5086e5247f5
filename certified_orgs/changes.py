"""What a holder tells of in the life of a certificate, and what becomes of it when the
office accepts: 変更届, 再交付, 承継, 返納; 更新 is an application that begins with what is known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.japanese.dates import format_date
from kiyose.pages.facts import source_rows
from kiyose.pages.languages import source_language, visitor_language

from . import decisions, letters, links, moves
from .kinds import Route
from .models import (
    PRIVATE_DETAILS,
    PUBLIC_DETAILS,
    Application,
    ApplicationMark,
    Certificate,
    CertifiedOrgPage,
    ChangeRequest,
    District,
    HolderContact,
    PrivateLink,
    copy_details,
)
from .moves import Actor, MoveRefused
from .scheme import renewal_from, scheme_on
from .standing import Standing, since
from .states import BEFORE_DECISION, ApplicationState, CertificateState, ChangeState

Kind = ChangeRequest.Kind
Purpose = PrivateLink.Purpose

# What a holder can change: all but the kind, which decides about window and place.
CHANGEABLE_PUBLIC = tuple(name for name in PUBLIC_DETAILS if name != "kind")
# What stands on the certificate: when it changes, a new one is printed.
PRINTED = ("name", "english_name")


@dataclass(frozen=True)
class Form:
    """What the short form of a kind asks for, besides a confirmation and files."""

    details: bool = False
    effective_on: bool = False
    reason_required: bool = True
    explains: str = ""


FORMS = {
    Kind.CHANGE: Form(
        details=True,
        effective_on=True,
        reason_required=False,
        explains=gettext_lazy(
            "Below is what we know. Change what is different now, and leave the rest as it is."
        ),
    ),
    Kind.REISSUE: Form(
        explains=gettext_lazy("The certificate is lost or damaged, and you need a new copy."),
    ),
    Kind.SUCCESSION: Form(
        details=True,
        effective_on=True,
        explains=gettext_lazy(
            "Another person or organisation goes on with the business or the group: by a merger, "
            "an inheritance, a transfer. Write the new name and contact. The number and the last "
            "day of the certificate stay."
        ),
    ),
    Kind.RETURN: Form(
        effective_on=True,
        explains=gettext_lazy(
            "You no longer want to hold the certificate, or the business or the group ends. The "
            "register goes on to show it, with this day. It cannot be taken up again: that would "
            "be a new application."
        ),
    ),
}


def current_values(certificate: Certificate) -> dict:
    """What is known, by the names of the fields, as ``ChangeRequest.values`` keeps it."""
    contact = HolderContact.objects.filter(certificate=certificate).first() or HolderContact()
    values = {name: getattr(certificate, name) for name in CHANGEABLE_PUBLIC}
    values["district"] = certificate.district.key if certificate.district else ""
    return values | {name: getattr(contact, name) for name in PRIVATE_DETAILS}


def changed(certificate: Certificate, values: dict) -> dict:
    """Those of the values that differ from what is known."""
    known = current_values(certificate)
    return {name: value for name, value in values.items() if value != known[name]}


@transaction.atomic
def submit(
    certificate: Certificate,
    kind: str,
    *,
    values: dict | None = None,
    reason: str = "",
    effective_on: datetime.date | None = None,
    route: str = Route.ONLINE,
    received_on: datetime.date | None = None,
    user=None,
) -> ChangeRequest:
    """A form that has come in. Sent twice, it is the same one; user: who entered it."""
    Certificate.objects.select_for_update().get(pk=certificate.pk)  # one at a time
    said = {
        "kind": kind,
        "values": changed(certificate, values or {}),
        "reason": reason,
        "effective_on": effective_on,
        "route": route,
    }
    same = [
        each
        for each in certificate.changes.filter(state=ChangeState.SUBMITTED, kind=kind)
        if all(getattr(each, name) == value for name, value in said.items())
    ]
    if same:
        return same[0]
    return ChangeRequest.objects.create(
        certificate=certificate,
        submitted_at=timezone.now(),
        received_on=received_on or timezone.localdate(),
        entered_by=user,
        **said,
    )


@transaction.atomic
def resubmit(
    change: ChangeRequest,
    actor: Actor,
    *,
    values: dict | None = None,
    reason: str = "",
    effective_on: datetime.date | None = None,
) -> None:
    """A form that was sent back, sent again."""
    moves.make(
        change,
        "resubmit",
        actor,
        values=changed(change.certificate, values or {}),
        effective_on=effective_on,
    )
    # ``reason`` is the holder's here, and not why the move is made.
    change.reason = reason
    change.save(update_fields=["reason"])


@transaction.atomic
def send_back(change: ChangeRequest, actor: Actor, note: str) -> letters.Letter:
    """Ask for more. Returns the letter with the new link, which was mailed where possible."""
    moves.make(change, "send_back", actor, reason=note)
    letter = letters.of_change_sent_back(change, note)
    letters.send(letter)
    return letter


class TooSoon(MoveRefused):
    """The day of the change is still to come."""


class HasEnded(MoveRefused):
    """What has ended does not change any more."""


@transaction.atomic
def accept(change: ChangeRequest, actor: Actor) -> None:
    """Record the change and carry it out. Raises MoveRefused."""
    certificate = Certificate.objects.select_for_update().get(pk=change.certificate_id)
    if not certificate.is_in_force:
        raise HasEnded(
            _("The certificate has ended. Withdraw the form for the holder; nothing was changed.")
        )
    if change.effective_on and change.effective_on > timezone.localdate():
        raise TooSoon(
            _("This takes effect on %(day)s. Accept it on that day or later; nothing was changed.")
            % {"day": format_date(change.effective_on, visitor_language())}
        )
    known = current_values(certificate)
    moves.make(
        change,
        "accept",
        actor,
        closed_at=timezone.now(),
        former_values={name: known[name] for name in change.values if name in known},
    )
    if change.kind == Kind.RETURN:
        on = change.effective_on or change.received_on or timezone.localdate()
        decisions.take_back(certificate, actor, change.reason, on)
        return
    _apply(change.values, certificate)
    if change.kind == Kind.SUCCESSION:
        _close_links(certificate)
    if change.kind == Kind.REISSUE or any(name in change.values for name in PRINTED):
        Certificate.objects.filter(pk=certificate.pk).update(to_print_since=timezone.now())


def _apply(values: dict, certificate: Certificate) -> None:
    """On the certificate and its contact; and on a renewal that is being written or decided,
    which would bring back what was."""
    contact = HolderContact.objects.filter(certificate=certificate).first()
    contact = contact or HolderContact(certificate=certificate)
    renewals = list(
        certificate.renewals.select_for_update().filter(
            state__in=(ApplicationState.DRAFT, *BEFORE_DECISION)
        )
    )
    for name, kept in values.items():
        value = kept
        if name == "district":
            value = District.objects.filter(key=kept, **source_rows()).first()
        for row in (certificate if name in CHANGEABLE_PUBLIC else contact, *renewals):
            setattr(row, name, value)
    for row in (certificate, contact, *renewals):
        row.save()


def _close_links(certificate: Certificate) -> None:
    """Who held the certificate before has no key to it any more."""
    links.close(certificate, Purpose.CHANGE)
    for report in certificate.reports.all():
        links.close(report, Purpose.REPORT)
    for proposal in certificate.proposals.all():
        links.close(proposal, Purpose.STATEMENT)
    for renewal in certificate.renewals.all():
        links.close(renewal, Purpose.DRAFT)
        links.close(renewal, Purpose.APPLICATION)


# Renewal


class NoRenewal(MoveRefused):
    """It cannot be applied for now. Its text says why."""


def check_renewal(certificate: Certificate, day: datetime.date, but: int | None = None) -> None:
    """Raises NoRenewal, where renewal cannot be applied for on that day: today, or the day on
    which the paper came. but: the key of the application itself."""
    language = visitor_language()
    if _is_suspended(certificate, day):
        raise NoRenewal(
            _("The certificate is suspended. Renewal is possible when the suspension is lifted.")
        )
    if not certificate.is_in_force or certificate.valid_until < day:
        raise NoRenewal(
            _("The certificate has ended and cannot be renewed. You can apply for a new one.")
        )
    if certificate.renewals.filter(state__in=BEFORE_DECISION).exclude(pk=but).exists():
        raise _applied_already()
    first = renewal_from(certificate.valid_until, scheme_on(day))
    if day < first:
        raise NoRenewal(
            _("Renewal can be applied for from %(first)s until %(last)s.")
            % {
                "first": format_date(first, language),
                "last": format_date(certificate.valid_until, language),
            }
        )


def _is_suspended(certificate: Certificate, day: datetime.date) -> bool:
    """A paper that came before the suspension was in time, whenever it is entered."""
    if certificate.state != CertificateState.SUSPENDED:
        return False
    suspended_on = since(certificate, Standing.SUSPENDED)
    return suspended_on is None or suspended_on <= day


def _applied_already() -> NoRenewal:
    return NoRenewal(_("A renewal of this certificate has been applied for already."))


@contextmanager
def one_renewal_at_a_time(application: Application) -> Iterator[None]:
    """A transaction in which an application is submitted. Raises NoRenewal, with nothing
    changed, where another renewal of its certificate was faster."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if application.renews_id:
            raise _applied_already() from error
        raise


@transaction.atomic
def begin_renewal(certificate: Certificate, today: datetime.date) -> Application:
    """A draft with all that is known; the one that was begun before by the holder, if there is
    one."""
    check_renewal(certificate, today)
    Certificate.objects.select_for_update().get(pk=certificate.pk)
    begun = certificate.renewals.filter(state=ApplicationState.DRAFT, entered_by=None).first()
    if begun:
        return begun
    application = Application(
        purpose=Application.Purpose.RENEWAL, renews=certificate, scheme=scheme_on(today)
    )
    copy_details(certificate, application, PUBLIC_DETAILS)
    contact = HolderContact.objects.filter(certificate=certificate).first()
    if contact:
        copy_details(contact, application, PRIVATE_DETAILS)
    profile = certificate.pages.filter(locale__language_code=source_language()).first()
    if profile:
        copy_details(profile, application, ("what_we_do", "hopes"))
    application.save()
    for position, (mark, activity) in enumerate(_known_activities(certificate, profile)):
        ApplicationMark.objects.create(
            application=application, mark=mark, activity=activity, position=position
        )
    return application


def _known_activities(certificate: Certificate, profile: CertifiedOrgPage | None):
    """Marks and activities: of the latest report, or the last application, or the marks of
    the profile alone."""
    report = certificate.reports.filter(state="accepted").first()
    last = certificate.renewals.filter(state=ApplicationState.CERTIFIED).first()
    last = last or certificate.application
    if report and report.activities.exists():
        return [(each.mark, each.activity) for each in report.activities.select_related("mark")]
    if last:
        return [(each.mark, each.activity) for each in last.marks.select_related("mark")]
    return [(row.tag, "") for row in profile.page_marks.select_related("tag")] if profile else []
