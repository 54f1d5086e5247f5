"""The report of indicators: for who may edit them, with what each asks for."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from kiyose.pages.factories import DivisionFactory
from kiyose.translation.factories import translate
from projects.factories import IndicatorPageFactory, MeasurementFactory
from projects.models import IndicatorPage
from tests.editor import edit_url, text_of
from tests.staff import client_of, employ
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(world):
    """An indicator that is behind, old, and without a reason."""
    IndicatorPage.objects.filter(locale__language_code="ja").update(live=False)
    page = IndicatorPageFactory(
        parent=world.site.indicators,
        title="=1+1",
        unit="人",
        division=DivisionFactory(name="見本課"),
        baseline=("FY2019", 0),
        goals={"FY2039": 100},
    )
    publish(fresh(page))
    MeasurementFactory(indicator=page, period="FY2022", value=Decimal("-1.5"))
    employ()
    return fresh(page)


@pytest.fixture
def reached(world, behind):
    page = IndicatorPageFactory(
        parent=world.site.indicators, title="見本の達成", goals={"FY2039": 5}
    )
    publish(fresh(page))
    MeasurementFactory(indicator=page, period=timezone.localdate().isoformat(), value=6)
    return fresh(page)


def report(account="pr", **query):
    return client_of(account).get(reverse("indicator_report"), query)


def titles(answer) -> list[str]:
    return [row.title for row in answer.context["object_list"]]


@pytest.mark.parametrize("account", ["department", "pr", "mirai", "admin"])
def test_who_edits_indicators_sees_how_they_stand(behind, reached, account):
    answer = report(account)
    assert titles(answer) == ["=1+1", "見本の達成"]
    text = text_of(answer)
    for shown in ("見本課", "−1.5 人", "令和4年度（2022年度）", edit_url(behind)):
        assert shown in text
    row, other = answer.context["object_list"]
    assert (row.is_old, row.lacks_reason) == (True, True)
    assert (other.is_old, other.lacks_reason) == (False, False)
    assert reverse("indicator_report") in text_of(client_of(account).get("/admin/"))


@pytest.mark.parametrize("account", ["translator", "shokokai", "katsudo", "iinkai"])
def test_others_do_not(behind, account):
    client = client_of(account)
    for name in ("indicator_report", "indicator_report_results"):
        for query in ({}, {"export": "csv"}, {"export": "xlsx"}):
            answer = client.get(reverse(name), query)
            assert answer.status_code in (302, 403)
    assert reverse("indicator_report") not in text_of(client.get("/admin/"))


def test_originals_only_and_each_once(behind):
    translate(behind)
    assert titles(report()) == ["=1+1"]


def test_drafts_of_figures_do_not_count(behind):
    MeasurementFactory(indicator=behind, period="FY2023", value=99, live=False)
    assert report().context["object_list"][0].figure == "−1.5 人"


def test_filters(behind, reached):
    assert titles(report(state="reached")) == ["見本の達成"]
    assert titles(report(state="wrong-way")) == ["=1+1"]
    assert titles(report(state="behind")) == []
    assert titles(report(division=behind.division_id)) == ["=1+1"]
    assert titles(report(division=behind.division_id, state="reached")) == []


def test_csv_opens_right_in_a_spreadsheet(behind, reached):
    answer = report(export="csv")
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    heading, first, _second = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len(heading) == len(first) == 9
    assert first[0] == "'=1+1", "no spreadsheet takes it for a formula"
    assert first[4] == "-1.5"


def test_xlsx_has_no_formulas(behind):
    answer = report(export="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert "=1+1" in [cell.value for cell in cells]


def test_many_indicators_cost_no_more_queries(world, behind, reached):
    client = client_of("pr")
    client.get(reverse("indicator_report"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("indicator_report"))
    for _number in range(12):
        publish(fresh(IndicatorPageFactory(parent=world.site.indicators)))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("indicator_report"))
    assert len(many) <= len(few)
