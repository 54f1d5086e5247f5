"""The register as open data: every certificate and every state, and nobody's contact."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certified_orgs import decisions, moves
from certified_orgs.factories import (
    ApplicationFactory,
    CertificateFactory,
    DistrictFactory,
    YearlyReportFactory,
)
from certified_orgs.models import (
    Certificate,
    CertifiedIndexPage,
    ChangeRequest,
    HolderContact,
    Term,
    YearlyReport,
)
from certified_orgs.moves import Actor
from certified_orgs.opendata import extent
from certified_orgs.states import Who
from kiyose.opendata.dataset import datasets
from kiyose.translation.factories import enter_words, start_translation, translate
from tests.japanese_left import japanese_left
from tests.queries import assert_few, default_division
from tests.world import fresh, in_two_languages, publish

from .holders import profile_for

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000"
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
SECRET = "秘密"
STATES = ["valid", "report_overdue", "suspended", "expired", "expired", "revoked", "returned"]


class Register:
    """One certificate in every state; the first with a profile; secrets wherever there are any."""

    def __init__(self):
        index = in_two_languages()[CertifiedIndexPage]
        default_division()
        district = DistrictFactory(key="north", name="見本北町")
        record = start_translation(district)
        enter_words(record, {"見本北町": "Sample North"})
        record.save_target()
        application = ApplicationFactory(
            what_we_do=f"{SECRET}の事業", hopes=f"{SECRET}の期待", contact_name=f"{SECRET}担当"
        )
        year = {"certified_on": datetime.date(2024, 4, 1), "valid_until": TODAY + 500 * DAY}
        self.valid = CertificateFactory(
            name="=見本商店",
            reading="みほんしょうてん",
            english_name="Sample Shop",
            kind="company",
            district=district,
            website="https://example.jp/",
            application=application,
            **year,
        )
        Term.objects.create(certificate=self.valid, starts_on=TODAY, ends_on=self.valid.valid_until)
        self.overdue = CertificateFactory(kind="group", reading="", english_name="", **year)
        YearlyReportFactory(
            certificate=self.overdue,
            overdue_after=TODAY - DAY,
            due_on=TODAY - 40 * DAY,
            not_on_paper_at=timezone.now(),
            summary=f"{SECRET}の下書き",
        )
        CertificateFactory(state="suspended", **year)
        self.lapsed = CertificateFactory(**year | {"valid_until": TODAY - DAY})
        for state in ("expired", "revoked", "returned"):
            CertificateFactory(state=state, **year)
        for number, (year, state) in enumerate([(2024, "accepted"), (2025, "submitted")]):
            YearlyReportFactory(
                certificate=self.valid,
                fiscal_year=year,
                state=state,
                accepted_at=timezone.now() if not number else None,
                summary=f"{SECRET}{number}",
            )
        HolderContact.objects.update(
            representative=f"{SECRET}太郎",
            representative_title=f"{SECRET}長",
            contact_name=f"{SECRET}花子",
            postal_code="999-0001",
            address=f"{SECRET}1-1",
            phone="042-999-9999",
            fax="042-999-9998",
            email="s@secret.example",
        )
        self.page = profile_for(self.valid, index, ["8.10", "17"])
        translate(self.page, words={self.valid.name: "Sample Shop"})
        draft = profile_for(self.overdue, index, ["13"])
        draft.unpublish()


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Register()
        transaction.set_rollback(True)


def json_records(client) -> list[dict]:
    return json.loads(client.get("/opendata/certified.json").content)["records"]


def csv_rows(client) -> list[dict]:
    text = client.get("/opendata/certified.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_certificate_with_every_state(register, client):
    assert [row["state"] for row in csv_rows(client)] == STATES
    assert [record["state"] for record in json_records(client)] == STATES


def test_one_row_with_all_that_is_public(register, client):
    row = csv_rows(client)[0]
    number = register.valid.number
    assert row == {
        "number": number,
        "state": "valid",
        "name": "'=見本商店",
        "reading": "みほんしょうてん",
        "english_name": "Sample Shop",
        "kind": "company",
        "district": "north",
        "district_name_ja": "見本北町",
        "district_name_en": "Sample North",
        "website": "https://example.jp/",
        "certified_on": "2024-04-01",
        "valid_until": register.valid.valid_until.isoformat(),
        "ended_on": "",
        "terms": "2",
        "marks": "SDG8.10 SDG17",
        "last_report_year": "2024",
        "check": f"{BASE}/verify/{number}/",
        "url_ja": f"{BASE}/ja/certified/{number.lower()}/",
        "url_en": f"{BASE}/en/certified/{number.lower()}/",
    }


def test_json_has_every_term(register, client):
    record = json_records(client)[0]
    assert record["marks"] == ["8.10", "17"]
    assert [term["from"] for term in record["terms"]] == ["2024-04-01", TODAY.isoformat()]
    assert record["district"] == {"key": "north", "name": {"ja": "見本北町", "en": "Sample North"}}


def test_without_a_public_profile_there_are_no_marks_and_no_address(register, client):
    row = csv_rows(client)[1]
    assert (row["marks"], row["url_ja"], row["reading"]) == ("", "", "")
    assert row["check"].endswith(f"/verify/{register.overdue.number}/")


def test_what_lapsed_has_ended_though_the_clock_has_not_run(register, client):
    row = next(row for row in csv_rows(client) if row["number"] == register.lapsed.number)
    assert (row["state"], row["ended_on"]) == ("expired", (TODAY - DAY).isoformat())


@pytest.mark.parametrize(
    "address", ["/opendata/certified.csv", "/opendata/certified.json", "/opendata/"]
)
def test_nothing_personal_is_in_it(register, client, address):
    text = client.get(address).content.decode("utf-8-sig")
    for secret in (SECRET, "secret.example", "042-999", "999-0001", "holder@example.jp"):
        assert secret not in text


def test_its_columns_are_all_named_in_the_catalogue(register, client):
    dataset = datasets()["certified"]
    assert [name for column in dataset.columns for name in column.names] == list(
        csv_rows(client)[0]
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_catalogue_tells_of_it_in_both_languages(register, client, language):
    html = client.get(f"/opendata/?lang={language}").content.decode()
    expected = "認定された企業・団体" if language == "ja" else "Certified organisations"
    assert expected in html
    assert 'id="certified"' in html
    if language == "en":
        part = html[html.index('id="certified"') :]
        assert not japanese_left(f'<html lang="en"><body><p {part[: part.index("</section>")]}')


def test_when_it_was_updated_follows_decisions_and_pages(register):
    rows, before = extent()
    assert rows == 7
    ruling = decisions.Ruling("見本", TODAY, TODAY, "見本第1号")
    certificate = Certificate.objects.get(pk=register.valid.pk)
    decisions.revoke(certificate, Actor(Who.DECIDER), ruling)
    assert extent().updated > before
    before = extent().updated
    publish(fresh(register.page))
    assert extent().updated > before
    before = extent().updated
    YearlyReport.objects.filter(state="submitted").update(
        state="accepted", accepted_at=timezone.now()
    )
    assert extent().updated > before
    before = extent().updated
    change = ChangeRequest.objects.create(
        certificate=certificate, submitted_at=timezone.now(), received_on=TODAY
    )
    assert extent().updated == before, "nothing is public yet"
    moves.make(change, "accept", Actor(Who.DECIDER), closed_at=timezone.now())
    assert extent().updated > before
    before = extent().updated
    fresh(register.page).unpublish()
    assert extent().updated > before
    assert extent().rows == 7


def asked(address: str) -> int:
    cache.clear()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    return len(queries)


def test_it_asks_as_often_for_many(register):
    addresses = ["/opendata/certified.json", "/opendata/certified.csv", "/opendata/"]
    few = {address: asked(address) for address in addresses}
    district = DistrictFactory()
    for number in range(12):
        certificate = CertificateFactory(district=district, kind="group")
        YearlyReportFactory(certificate=certificate, state="accepted")
        if number < 4:
            profile_for(certificate, register.page.get_parent(), ["3"])
    assert {address: asked(address) for address in addresses} == few
    assert_few("/opendata/?lang=ja")
