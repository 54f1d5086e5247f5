"""Applications at every stage, the rounds that they belong to, and a change that waits."""

from __future__ import annotations

import datetime

from certified_orgs import decisions, moves
from certified_orgs.decisions import Outcome
from certified_orgs.models import (
    PUBLIC_DETAILS,
    Application,
    Certificate,
    ChangeRequest,
    Question,
    Round,
)
from certified_orgs.moves import APPLICANT

from ..files import names, read
from . import forms, holders
from .office import REVIEWER, Office

ROUND_DECIDED = 20
RENEWAL_APPLIED, CHANGE_TOLD = 10, 8
RENEWS = "sample-environment-club"
CHANGES = "sample-town-makers"


def load(office: Office) -> None:
    decided, waiting_to_be = (_round(office, name) for name in ("見本の回（1）", "見本の回（2）"))
    outcomes = []
    for item in sorted(read("certification/applications"), key=_came_in_first):
        application = _enter(office, item)
        if item["until"] in DECIDED:
            _join(office, application, decided, item["scores"])
            outcomes.append(DECIDED[item["until"]](application))
        elif item["until"] != "draft":
            _go_on(office, application, item, waiting_to_be)
    outcomes.append(_new_holder(office, decided))
    # Not before the fiscal year whose round it is.
    first_day = datetime.date(office.fiscal_year, 4, 1)
    ruling = office.ruling("", max(office.ago(ROUND_DECIDED), first_day))
    decisions.decide_round(decided, outcomes, office.decider, ruling)
    _publish_new_holder(office)
    _renewal(office)
    _change(office)


def _came_in_first(item: dict) -> int:
    return -item["days_ago"]


def _round(office: Office, name: str) -> Round:
    selection = Round.objects.create(scheme=office.this_year, name=name)
    if reviewer := office.users.get(REVIEWER):
        selection.reviewers.add(reviewer)
    return selection


def _enter(office: Office, item: dict) -> Application:
    details = {name: item[name] for name in ("kind", "name", "reading", "english_name")}
    details["district"] = office.loader.snippet("districts", item["district"])
    on_paper = {}
    if "route" in item:
        on_paper = {"route": item["route"], "entered_by": office.window(item["kind"]).user}
    return forms.write(
        office,
        office.this_year,
        office.ago(item["days_ago"] + 1),
        details,
        [item],
        what_we_do="見本の申請です。",
        hopes="見本の期待です。",
        **on_paper,
    )


def _join(office: Office, application: Application, selection: Round, scores: list[int]) -> None:
    """In screening, in a round, with the reviewer's points."""
    days = 60 if selection.name.endswith("（1）") else 25
    forms.bring_to_screening(office, application, office.ago(days))
    Application.objects.filter(pk=application.pk).update(round=selection)
    application.round = selection
    forms.score(office, application, scores)


DECIDED = {
    "waiting": lambda one: Outcome(
        one, "put_on_waiting_list", "見本の理由：基準に達しているが、枠が残っていないため", 1
    ),
    "declined": lambda one: Outcome(one, "decline", "見本の理由：基準に達していないため"),
}


def _go_on(office: Office, application: Application, item: dict, selection: Round) -> None:
    """As far as the content file says."""
    came_in, window = office.ago(item["days_ago"]), office.window(item["kind"])
    if "scores" in item:
        _join(office, application, selection, item["scores"])
    else:
        forms.submit(office, application, came_in)
    if item["until"] == "received":
        forms.receive(office, application, came_in + datetime.timedelta(days=2))
    elif item["until"] == "incomplete":
        _ask(office, application, "ask_to_complete", window, item["question"], office.ago(5))
    elif item["until"] == "questioned":
        _ask(office, application, "ask", office.decider, item["question"], office.ago(3))
    elif item["until"] == "withdrawn":
        at = office.at(office.ago(3))
        moves.make(application, "withdraw", APPLICANT, at=at, closed_at=at)


def _ask(office, application, step: str, actor, text: str, day: datetime.date) -> None:
    at = office.at(day)
    moves.make(application, step, actor, reason=text, at=at)
    Question.objects.create(application=application, text=text, asked_by=actor.user, asked_at=at)


def _new_content() -> tuple[str, dict]:
    return next(
        (name, read(name))
        for name in names("pages/certified")
        if read(name)["register"]["batch"] == holders.NEW
    )


def _new_holder(office: Office, selection: Round) -> Outcome:
    _name, content = _new_content()
    application = holders.apply_with(office, content, office.this_year, office.ago(60))
    _join(office, application, selection, [5, 4, 4, 4, 4])
    return Outcome(application, "certify", "見本の理由：審査の基準に達しているため")


def _publish_new_holder(office: Office) -> None:
    name, content = _new_content()
    holders.profile(office, name, holders.certificate_of(content))


def _holder(slug: str) -> tuple[dict, Certificate]:
    content = read(f"pages/certified/{slug}")
    return content, holders.certificate_of(content)


def _renewal(office: Office) -> None:
    """Applied for in time, and received."""
    content, certificate = _holder(RENEWS)
    day = office.ago(RENEWAL_APPLIED)
    application = forms.write(
        office,
        office.this_year,
        day,
        {name: getattr(certificate, name) for name in PUBLIC_DETAILS},
        content["register"]["activities"],
        purpose=Application.Purpose.RENEWAL,
        renews=certificate,
        what_we_do=content["what_we_do"]["ja"],
        hopes=content["hopes"]["ja"],
    )
    forms.submit(office, application, day)
    forms.receive(office, application, office.ago(RENEWAL_APPLIED - 4))


def _change(office: Office) -> None:
    """A new representative, whom nobody has entered yet."""
    _content, certificate = _holder(CHANGES)
    ChangeRequest.objects.create(
        certificate=certificate,
        kind=ChangeRequest.Kind.CHANGE,
        submitted_at=office.at(office.ago(CHANGE_TOLD)),
        received_on=office.ago(CHANGE_TOLD),
        effective_on=office.ago(CHANGE_TOLD + 2),
        reason="見本の理由：代表者が交代したため",
        values={"representative": "見本 新代表者"},
    )
