"""Applications as organisations fill them in, and the steps that the office takes with them."""

from __future__ import annotations

import datetime

from certified_orgs import moves, numbers
from certified_orgs.kinds import Route
from certified_orgs.models import (
    CONSENTS,
    PLEDGES,
    Application,
    ApplicationMark,
    Criterion,
    SchemeYear,
    Score,
    SelfCheck,
)
from certified_orgs.moves import APPLICANT
from kiyose.japanese.periods import fiscal_year_of
from kiyose.pages.facts import source_rows
from sdgs.models import Mark

from .office import REVIEWER, Office

DAYS_TO_RECEIVE, DAYS_TO_SCREEN = 4, 8
AGREED = dict.fromkeys((*PLEDGES, *CONSENTS), True)
# Nobody lives, answers or reads there.
CONTACT = {
    "representative": "見本 代表者",
    "representative_title": "見本の役職",
    "contact_name": "見本 担当者",
    "postal_code": "204-0000",
    "address": "見本の住所",
    "phone": "042-000-0009",
    "email": "holder@example.jp",
}


def write(
    office: Office,
    scheme: SchemeYear,
    day: datetime.date,
    details: dict,
    activities: list[dict],
    **values,
) -> Application:
    """A draft, begun on that day. details: kind, name, reading, English name, district."""
    application = Application.objects.create(scheme=scheme, **details, **CONTACT, **AGREED, **values)
    Application.objects.filter(pk=application.pk).update(
        created_at=office.at(day), changed_at=office.at(day)
    )
    marks = {mark.code: mark for mark in Mark.objects.filter(name__in=_codes(activities))}
    ApplicationMark.objects.bulk_create(
        ApplicationMark(
            application=application,
            mark=marks[item["mark"]],
            activity=item["activity"],
            position=position,
        )
        for position, item in enumerate(activities)
    )
    SelfCheck.objects.bulk_create(
        SelfCheck(application=application, criterion=criterion, answer="見本の答えです。")
        for criterion in criteria_of(scheme)
    )
    return application


def _codes(activities: list[dict]) -> list[str]:
    return [item["mark"] for item in activities]


def criteria_of(scheme: SchemeYear) -> list[Criterion]:
    return list(Criterion.objects.filter(scheme=scheme, **source_rows()))


def submit(office: Office, application: Application, day: datetime.date) -> None:
    on_paper = application.route != Route.ONLINE
    moves.make(
        application,
        "submit",
        office.window(application.kind) if on_paper else APPLICANT,
        at=office.at(day),
        submitted_at=office.at(day),
        received_on=day,
        receipt_number=numbers.receipt_number(fiscal_year_of(day)),
    )


def receive(office: Office, application: Application, day: datetime.date) -> None:
    """The window has looked through it and found nothing missing."""
    window = office.window(application.kind)
    moves.make(
        application,
        "receive",
        window,
        at=office.at(day),
        checked_at=office.at(day),
        checked_by=window.user,
    )


def screen(office: Office, application: Application, day: datetime.date) -> None:
    moves.make(application, "screen", office.decider, at=office.at(day))


def bring_to_screening(office: Office, application: Application, day: datetime.date) -> None:
    """Submitted on the day, then received and screened as fast as the office can."""
    submit(office, application, day)
    receive(office, application, day + datetime.timedelta(days=DAYS_TO_RECEIVE))
    screen(office, application, day + datetime.timedelta(days=DAYS_TO_SCREEN))


def score(office: Office, application: Application, points: list[int]) -> None:
    """As the appointed reviewer gives them, in the order of the criteria."""
    reviewer = office.users.get(REVIEWER)
    if reviewer is None:
        return
    for criterion, given in zip(criteria_of(application.scheme), points, strict=True):
        Score.objects.create(
            application=application,
            criterion=criterion,
            reviewer=reviewer,
            points=given,
            remark="見本の所見です。",
        )
