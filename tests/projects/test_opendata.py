"""The projects and the indicators as open data: what is in them, and what must never be."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction

from kiyose.opendata.dataset import datasets
from kiyose.pages.models import SiteIdentity
from kiyose.translation.factories import enter_words, start_translation, translate
from projects.factories import (
    FigureLabelFactory,
    IndicatorPageFactory,
    MeasurementFactory,
    PillarFactory,
    ProjectFigureFactory,
    ProjectPageFactory,
    SourceFactory,
)
from projects.models import (
    IndicatorPage,
    IndicatorProject,
    Measurement,
    ProjectPage,
    ProjectPlan,
)
from sdgs.factories import PlanFactory
from tests.bulk import clone, update_statistics
from tests.queries import default_division
from tests.world import fresh, publish

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8000"
SECRET = "秘密"


class Published:
    """A project and an indicator with all that can be said of one, in both languages; and
    beside them everything that is not public, with a secret in its words."""

    def __init__(self, world):
        for model in (ProjectPage, IndicatorPage):
            for page in model.objects.all():
                page.unpublish()
        default_division()
        self.site = world.site
        self.pillar = PillarFactory(key="economy", name="経済の柱")
        self.source = SourceFactory(title="見本の計画書")
        self._in_english(self.pillar, {"経済の柱": "The pillar of economy"})
        # A translation that somebody has begun is public in the database, and not ready.
        start_translation(self.source)
        self._project()
        self._indicator()
        self._not_public()

    def _in_english(self, snippet, words):
        record = start_translation(snippet)
        enter_words(record, words)
        record.save_target()

    def _project(self):
        page = ProjectPageFactory(
            parent=fresh(self.site.projects),
            slug="carrots",
            title='=人参, "計画"\nその二',
            summary="@要約",
            stage="planned",
            pillar=self.pillar,
            marks=["8.10", "17"],
            start_fiscal_year=2023,
        )
        plan = PlanFactory(key="plan-a")
        page.plans = [ProjectPlan(plan=plan)]
        page.figures = [
            ProjectFigureFactory.build(
                label=FigureLabelFactory(key="visitors"),
                source=self.source,
                value=Decimal("100000.50"),
                year=2025,
                section="1.1(1)",
            )
        ]
        publish(page)
        self.project = fresh(page)
        translate(self.project, words={self.project.title: "Carrots", "@要約": "-A summary"})

    def _indicator(self):
        page = IndicatorPageFactory(
            parent=fresh(self.site.indicators),
            slug="co2",
            title="排出量",
            unit="トン",
            better="lower",
            pillar=self.pillar,
            marks=["13.1"],
            baseline=("2015", "0"),
            goals={"FY2025": "-28.6", "FY2030": "-42.9"},
        )
        page.projects = [IndicatorProject(project=self.project)]
        page.goals = [*page.goals.all()]
        page.goals.all()[0].replaced_on = datetime.date(2024, 4, 1)
        publish(page)
        self.indicator = fresh(page)
        translate(self.indicator, words={"排出量": "Emissions", "トン": "tonnes"})
        figure = MeasurementFactory(
            indicator=self.indicator,
            period="FY2023",
            value="-10.25",
            status="provisional",
            source=self.source,
            section="p. 3",
            note="見本データ",
            note_en="Sample",
            last_published_at=timezone.make_aware(datetime.datetime(2024, 6, 1, 9)),
        )
        figure.value, figure.status = Decimal("-12.5"), "final"
        figure.last_published_at = timezone.make_aware(datetime.datetime(2024, 9, 1, 9))
        figure.save()
        MeasurementFactory(indicator=self.indicator, period="2019-08", value=1, source=self.source)

    def _not_public(self):
        MeasurementFactory(
            indicator=self.indicator, period="FY2024", value=99999, live=False, note=SECRET
        )
        hidden = [
            (ProjectPageFactory, self.site.projects, {}),
            (IndicatorPageFactory, self.site.indicators, {"goals": {"FY2025": 88888}}),
        ]
        for factory, parent, values in hidden:
            draft = factory(
                parent=fresh(parent), slug="a-draft", title=f"{SECRET}の草稿", live=False, **values
            )
            private = factory(parent=fresh(parent), slug="private", title=f"{SECRET}の頁", **values)
            publish(fresh(private))
            translate(fresh(private), words={f"{SECRET}の頁": f"Private {SECRET}"})
            PageViewRestriction.objects.create(
                page=fresh(private), restriction_type=PageViewRestriction.LOGIN
            )
            if factory is IndicatorPageFactory:
                for page in (draft, private):
                    MeasurementFactory(indicator=page, period="FY2023", value=77777, note=SECRET)
        # What is only written and not published, on pages that are.
        for page in (self.project, self.indicator):
            page = fresh(page)
            page.title = f"{SECRET}の題"
            page.save_revision()


@pytest.fixture(scope="module")
def published(world):
    return Published(world)


def table(client, name) -> list[dict]:
    content = client.get(f"/opendata/{name}.csv").content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def records(client, name) -> list[dict]:
    answer = json.loads(client.get(f"/opendata/{name}.json").content, parse_float=Decimal)
    assert answer["count"] == len(answer["records"])
    return answer["records"]


def the_only(found: list):
    (one,) = found
    return one


# Projects


def test_a_project_is_a_row(published, client):
    row = the_only(table(client, "projects"))
    page = published.project
    assert row == {
        "id": f"{BASE}/p/{page.pk}/",
        "slug": "carrots",
        "title_ja": f"'{page.title}",
        "title_en": "Carrots",
        "summary_ja": "'@要約",
        "summary_en": "'-A summary",
        "stage": "planned",
        "pillar": "economy",
        "pillar_name_ja": "経済の柱",
        "pillar_name_en": "The pillar of economy",
        "division_ja": SiteIdentity.objects.get().default_division.name,
        "division_en": row["division_en"],
        "marks": "SDG8.10 SDG17",
        "why_ja": page.why,
        "why_en": row["why_en"],
        "first_fiscal_year": "2023",
        "last_fiscal_year": "",
        "plans": "plan-a",
        "url_ja": f"{BASE}/ja/projects/carrots/",
        "url_en": f"{BASE}/en/projects/carrots/",
        "updated": timezone.localdate().isoformat(),
    }
    for name in ("why_en", "division_en"):
        assert row[name].startswith("Words"), name


def test_a_project_as_json_has_its_figures(published, client):
    record = the_only(records(client, "projects"))
    page = published.project
    assert record["title"] == {"ja": page.title, "en": "Carrots"}, "nothing is put before it"
    assert record["marks"] == ["8.10", "17"]
    assert record["pillar"] == {
        "key": "economy",
        "name": {"ja": "経済の柱", "en": "The pillar of economy"},
    }
    assert [plan["key"] for plan in record["plans"]] == ["plan-a"]
    figure = the_only(record["figures"])
    assert figure["key"] == "visitors"
    assert figure["value"] == Decimal("100000.5")
    assert (figure["year"], figure["month"], figure["kind"]) == (2025, None, "measured")
    assert figure["source"]["title"] == {"ja": "見本の計画書", "en": None}, "not ready in English"
    assert datetime.datetime.fromisoformat(record["updated"]).utcoffset()


def test_the_short_address_leads_to_the_page(published, client):
    row = the_only(table(client, "projects"))
    answer = client.get(row["id"].removeprefix(BASE), headers={"accept-language": "en"})
    assert answer.url.endswith("/en/projects/carrots/")


def test_without_a_public_translation_the_english_cells_are_empty(published, client):
    english = fresh(published.project).get_translations().get().specific
    english.unpublish()
    row = the_only(table(client, "projects"))
    assert row["title_ja"]
    assert row["url_ja"]
    for name in ("title_en", "summary_en", "why_en", "url_en"):
        assert row[name] == "", name
    assert the_only(records(client, "projects"))["title"]["en"] is None


# Indicators


def test_every_public_figure_is_a_row(published, client):
    rows = table(client, "indicators")
    today = timezone.localdate().isoformat()
    names = (
        "kind", "period", "period_end", "due", "value", "status", "replaced_on", "note_ja",
        "note_en", "published_at",
    )  # fmt: skip
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("baseline", "2015", "2015-12-31", "", "0", "", "", "", "", ""),
        ("goal", "FY2025", "2026-03-31", "2026-03-31", "-28.6", "", "2024-04-01", "", "", ""),
        ("goal", "FY2030", "2031-03-31", "2031-03-31", "-42.9", "", "", "", "", ""),
        ("measurement", "2019-08", "2019-08-31", "", "1", "final", "", "", "", today),
        (
            "former", "FY2023", "2024-03-31", "", "-10.25", "provisional", today, "", "",
            "2024-06-01",
        ),
        (
            "measurement", "FY2023", "2024-03-31", "", "-12.5", "final", "", "見本データ",
            "Sample", "2024-09-01",
        ),
    ]  # fmt: skip
    for row in rows:
        assert row["id"] == f"{BASE}/p/{published.indicator.pk}/"
        assert row["name_ja"] == "排出量"
        assert row["name_en"] == "Emissions"
        assert row["unit_en"] == "tonnes"
        assert row["marks"] == "SDG13.1"
        assert (row["better"], row["path"], row["cumulative"]) == ("lower", "target", "false")
        assert row["source_ja"]
    assert rows[-1]["source_ja"] == "見本の計画書"
    assert rows[-1]["section"] == "p. 3"


def test_an_indicator_as_json_has_its_state_and_the_numbers_of_the_formula(
    published, client, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: datetime.date(2025, 1, 1))
    record = the_only(records(client, "indicators"))
    assert record["name"] == {"ja": "排出量", "en": "Emissions"}
    assert record["baseline"]["kind"] == "measured"
    assert record["baseline"]["value"] == 0
    assert [goal["value"] for goal in record["goals"]] == [Decimal("-28.6"), Decimal("-42.9")]
    assert [row["value"] for row in record["measurements"]] == [1, Decimal("-12.5")]
    assert the_only(record["measurements"][1]["former"])["value"] == Decimal("-10.25")
    assert record["projects"] == [{"id": f"{BASE}/p/{published.project.pk}/", "slug": "carrots"}]
    state = record["state"]
    days, passed = 5569, 3013  # from 2015-12-31 to 2031-03-31 and to 2024-03-31
    assert state == {
        "key": "behind",
        "computed_on": "2025-01-01",
        "goal": {"period": "FY2030", "due": "2031-03-31", "value": Decimal("-42.9")},
        "figure": {"period": "FY2023", "period_end": "2024-03-31", "value": Decimal("-12.5")},
        "formula": "expected = baseline + (goal - baseline) * days_passed / days_in_all",
        "expected": round(Decimal("-42.9") * passed / days, 4),
        "days_passed": passed,
        "days_in_all": days,
        "newest_figure_is_old": False,
    }


def test_without_a_baseline_there_is_no_row_and_no_formula(published, client):
    page = fresh(published.indicator)
    page.baseline_kind, page.baseline_period, page.baseline_value = "none", "", None
    publish(page)
    assert "baseline" not in {row["kind"] for row in table(client, "indicators")}
    record = the_only(records(client, "indicators"))
    assert record["baseline"] is None
    assert record["state"]["formula"] is None
    assert record["state"]["expected"] is None


def test_a_zero_that_staff_confirmed_is_a_baseline(published, client):
    page = fresh(published.indicator)
    page.baseline_kind, page.baseline_value = "zero", None
    page.better, page.cumulative = "higher", True
    goals = list(page.goals.all())
    for goal in goals:
        goal.value = abs(goal.value)
    page.goals = goals
    publish(page)
    assert table(client, "indicators")[0]["value"] == "0"
    assert the_only(records(client, "indicators"))["baseline"]["kind"] == "zero"


def test_an_approved_figure_is_there_at_once(published, client):
    before = client.get("/opendata/indicators.csv")
    Measurement.objects.get(live=False, indicator=published.indicator).save_revision().publish()
    after = client.get(
        "/opendata/indicators.csv", headers={"if-none-match": before.headers["ETag"]}
    )
    assert after.status_code == 200
    assert table(client, "indicators")[-1]["value"] == "99999"


def test_a_correction_that_is_not_approved_is_not_there(published, client):
    figure = Measurement.objects.get(period="FY2023", indicator=published.indicator)
    figure.value = Decimal("55555")
    figure.save_revision()
    assert "55555" not in client.get("/opendata/indicators.csv").content.decode()


def test_a_figure_taken_back_takes_its_former_values_with_it(published, client):
    Measurement.objects.get(period="FY2023", indicator=published.indicator).unpublish()
    kinds = [row["kind"] for row in table(client, "indicators")]
    assert kinds == ["baseline", "goal", "goal", "measurement"]
    assert "-10.25" not in client.get("/opendata/indicators.json").content.decode()


# What is not public


@pytest.mark.parametrize(
    "file", ["projects.csv", "projects.json", "indicators.csv", "indicators.json"]
)
def test_drafts_and_private_pages_and_figures_are_nowhere(published, client, file):
    content = client.get(f"/opendata/{file}").content.decode("utf-8-sig")
    for trace in (SECRET, "a-draft", "private", "99999", "88888", "77777"):
        assert trace not in content, trace


@pytest.mark.parametrize("name", ["projects", "indicators"])
def test_nothing_of_a_private_section_is_there(published, client, name):
    section = getattr(published.site, name)
    PageViewRestriction.objects.create(
        page=fresh(section), restriction_type=PageViewRestriction.LOGIN
    )
    assert table(client, name) == []
    assert records(client, name) == []


def test_a_private_project_is_not_named_by_an_indicator(published, client):
    PageViewRestriction.objects.create(
        page=fresh(published.project), restriction_type=PageViewRestriction.LOGIN
    )
    assert the_only(records(client, "indicators"))["projects"] == []


def test_who_entered_a_figure_is_not_told(published, client, django_user_model):
    user = django_user_model.objects.create(username="hanako-staff")
    Measurement.objects.update(entered_by=user)
    for file in ("indicators.csv", "indicators.json"):
        content = client.get(f"/opendata/{file}").content.decode()
        assert "hanako" not in content
        assert "entered" not in content


# The catalogue, and how it all grows


@pytest.mark.parametrize("name", ["projects", "indicators"])
def test_the_catalogue_counts_what_is_in_the_file(published, client, name):
    dataset = datasets()[name]
    assert dataset.extent().rows == len(table(client, name)) > 0
    assert dataset.extent().updated


@pytest.mark.parametrize("name", ["projects", "indicators"])
@pytest.mark.parametrize("way", ["withdrawn", "expired", "made private", "deleted"])
def test_what_goes_is_an_update_too(published, name, way):
    page = {"projects": published.project, "indicators": published.indicator}[name]
    before = timezone.now() - datetime.timedelta(days=1)
    type(page).objects.update(last_published_at=before)
    Measurement.objects.update(last_published_at=before)
    for log in (PageLogEntry, ModelLogEntry):
        log.objects.all().delete()
    assert datasets()[name].extent().updated == before
    take_out(fresh(page), way)
    assert datasets()[name].extent().updated > before


def take_out(page, way: str) -> None:
    match way:
        case "withdrawn":
            page.unpublish()
        case "expired":
            type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now())
            call_command("publish_scheduled")
        case "made private":
            PageViewRestriction(page=page, restriction_type="login").save()
        case "deleted":
            Measurement.objects.all().delete()
            page.delete()


def test_a_figure_that_is_withdrawn_is_an_update_too(published):
    figure = published.indicator.measurements.filter(live=True).first()
    Measurement.objects.update(last_published_at=timezone.now() - datetime.timedelta(days=1))
    IndicatorPage.objects.update(last_published_at=timezone.now() - datetime.timedelta(days=1))
    began = timezone.now()
    figure.unpublish()
    assert datasets()["indicators"].extent().updated >= began


def queries_of(client, address) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_as_many_queries_for_three_hundred_indicators(published, client):
    addresses = [
        "/opendata/?lang=en",
        *(f"/opendata/{n}.{e}" for n in ("projects", "indicators") for e in ("csv", "json")),
    ]
    before = {address: queries_of(client, address) for address in addresses}
    numbers = clone(fresh(published.indicator), 300)
    Measurement.objects.bulk_create(
        Measurement(
            indicator_id=number,
            period=f"{year}",
            period_end=datetime.date(year, 12, 31),
            value=year,
            source=published.source,
            live=True,
            last_published_at=timezone.now(),
        )
        for number in numbers
        for year in range(1980, 2020)
    )
    clone(fresh(published.project), 300)
    update_statistics()
    assert {address: queries_of(client, address) for address in addresses} == before
    assert max(before.values()) <= 20
    assert len(table(client, "indicators")) > 12_000
