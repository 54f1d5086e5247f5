"""Somebody who applies with nothing but a browser: no script, no account."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.test import Client
from django.utils import timezone

from certified_orgs.applying import robots
from certified_orgs.factories import CriterionFactory, SchemeYearFactory
from certified_orgs.models import Application
from kiyose.pages.factories import DivisionFactory
from sdgs import vocabulary

TOKEN = re.compile(r"/(?:apply|application)/([\w-]{20,})/")


def scheme_with_windows(**values):
    """A year that takes applications, with a window for each kind and two criteria."""
    scheme = SchemeYearFactory(
        company_window=DivisionFactory(
            name="見本商工会", direct_phone="042-000-0001", fax="042-000-0002"
        ),
        group_window=DivisionFactory(name="見本市民センター", direct_phone="042-000-0003"),
        **values,
    )
    CriterionFactory(scheme=scheme, question="どのように続けますか。")
    CriterionFactory(scheme=scheme, question="誰と取り組みますか。")
    return scheme


class Controls(HTMLParser):
    """What a browser would send for the largest form of a page, as it came."""

    def __init__(self, html: str):
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.text_of = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "textarea":
            self.text_of = name
            self.values[name] = [""]
        if tag != "input" or not name:
            return
        if attrs.get("type") in {"checkbox", "radio"}:
            if "checked" in attrs:
                self.values.setdefault(name, []).append(attrs.get("value", "on"))
        elif attrs.get("type") not in {"file"}:
            self.values[name] = [attrs.get("value", "")]

    def handle_data(self, data):
        if self.text_of:
            self.values[self.text_of][0] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # HTML drops the first line break of a textarea.
            self.values[self.text_of][0] = self.values[self.text_of][0].removeprefix("\n")
            self.text_of = ""


class Applicant:
    """Fills in the steps and presses the buttons. ``language`` of the addresses."""

    def __init__(self, language: str = "ja"):
        self.client = Client()
        self.home = f"/{language}/certified/"
        self.token = ""

    def begin(self, kind: str = "company", email: str = "", **values):
        """Press the button of the first page, some time after it was opened."""
        data = {"kind": kind, "email": email, "more": "", "shown": old_stamp(), **values}
        answer = self.client.post(f"{self.home}apply/", data)
        if answer.status_code == 303:
            self.token = TOKEN.search(answer["Location"])[1]
        return answer

    @property
    def application(self) -> Application:
        """The newest application there is."""
        return Application.objects.latest("pk")

    def url(self, rest: str = "", folder: str = "apply") -> str:
        return f"{self.home}{folder}/{self.token}/{rest}"

    def get(self, rest: str = "", folder: str = "apply"):
        return self.client.get(self.url(rest, folder))

    def post(self, rest: str, folder: str = "apply", **data):
        return self.client.post(self.url(rest, folder), data)

    def save(self, step: str, then: str = "next", folder: str = "apply", **changes):
        """Change some of a step's fields, leave the others as the page has them, and press."""
        data = Controls(self.get(f"{step}/", folder).content.decode()).values
        return self.post(f"{step}/", folder, **{**data, **changes, "then": then})

    def fill_in(self, **changes) -> None:
        """Everything that is needed, as a sample shop would write it."""
        self.save(
            "organisation",
            **{
                "name": "見本商店",
                "reading": "みほんしょうてん",
                "what_we_do": "見本の店です。",
            }
            | changes,
        )
        self.save(
            "people",
            representative="見本 代表",
            contact_name="見本 担当",
            postal_code="２０４００００",
            address="見本市見本町1-1",
            phone="０４２－０００－０００９",
        )
        self.save("activities", marks=["8.3"])
        self.save("activities", **{"text-8.3": "見本の活動です。"})
        answers = Controls(self.get("self-check/").content.decode()).values
        names = [name for name in answers if name.startswith("answer-")]
        self.save("self-check", **dict.fromkeys(names, "見本の答えです。"))
        pledges = ("no_gangs", "no_tax_arrears", "active_in_city", "no_politics_or_religion")
        self.save("pledges", **dict.fromkeys(pledges, "on"))
        consents = ("consents_to_use", "consents_to_window", "consents_to_publication")
        self.save("consents", **dict.fromkeys(consents, "on"))

    def send(self):
        """Press “Send”; then the link is the one to follow the application."""
        answer = self.post("check/")
        if answer.status_code == 303:
            self.draft_token, self.token = self.token, TOKEN.search(answer["Location"])[1]
        return answer


def old_stamp() -> str:
    """As if the page had been open for some seconds."""
    from unittest import mock

    earlier = timezone.now().timestamp() - 10
    with mock.patch("django.core.signing.time.time", return_value=earlier):
        return robots.stamp()


def label(code: str) -> str:
    return vocabulary.label(code).text
