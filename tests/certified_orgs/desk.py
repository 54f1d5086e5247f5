"""The office at work: addresses of the admin, papers, and scores, in a word each."""

from __future__ import annotations

import datetime
import re

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from certified_orgs import links
from certified_orgs.factories import SchemeYearFactory
from certified_orgs.models import Criterion, SchemeYear, Score
from certified_orgs.panels import DeskPanel
from certified_orgs.places import arrange
from tests.staff import client_of

PAPER = {
    "reason": "見本の理由です。",
    "drafted_on": "2026-04-01",
    "approved_on": "令和8年4月2日",
    "document_number": "見本第1号",
}


def account(name: str):
    return get_user_model().objects.get(username=name)


def settings(**values) -> SchemeYear:
    """This year's settings, with these in place of the usual ones."""
    scheme = SchemeYearFactory()
    for name, value in values.items():
        setattr(scheme, name, value)
    scheme.save()
    arrange(scheme)
    return scheme


def paper(**changes) -> dict:
    """A decision's paper, approved today as the office writes it, drafted the day before."""
    today = timezone.localdate()
    return PAPER | {
        "drafted_on": (today - datetime.timedelta(days=1)).isoformat(),
        "approved_on": f"令和{today.year - 2018}年{today.month}月{today.day}日",
        **changes,
    }


def page(who: str, name: str, /, *args, **query):
    """What an account sees at an address of the admin."""
    return client_of(who).get(reverse(name, args=args), query)


def press(who: str, name: str, /, *args, **values):
    """What an account gets for a form that it sends."""
    return client_of(who).post(reverse(name, args=args), values)


def names_in(answer) -> set[str]:
    """The names of a list's rows."""
    return {row.name for row in answer.context["object_list"]}


def text(answer) -> str:
    """The answer as text, an export included."""
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode(errors="replace")


def is_refused(answer) -> bool:
    """Not found, or led away with a message (Wagtail's answer to a missing permission)."""
    led_away = answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")
    return answer.status_code == 404 or led_away


def link_in(written: str, language: str):
    """The private link to an application that stands in a mail or letter."""
    token = re.search(rf"/{language}/[\w-]+/application/([\w-]+)/", written)[1]
    return links.find(token, "application")


def score(application, reviewer: str, *points: int) -> None:
    """The points of a reviewer, one for each criterion of the year."""
    criteria = Criterion.objects.filter(scheme=application.scheme, locale__language_code="ja")
    for criterion, given in zip(criteria, points, strict=True):
        Score.objects.create(
            application=application,
            criterion=criterion,
            reviewer=account(reviewer),
            points=given,
        )


def lines_of(who) -> list[dict]:
    """What waits for an account, as on its home page; nothing where it has no such panel."""
    answer = client_of(who).get(reverse("wagtailadmin_home"))
    for panel in answer.context["panels"]:
        if panel.name == DeskPanel.name:
            return panel.get_context_data({"request": answer.wsgi_request})["lines"]
    return []


def desk_of(who) -> dict[str, int]:
    """The same as counts by their labels."""
    return {line["label"]: line["count"] for line in lines_of(who)}
