"""Open data in general: how files are written and served, and the catalogue."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks

from kiyose.opendata.dataset import Column, Dataset, Extent, Kind, datasets
from kiyose.opendata.formats import FORMATS, cell, json_text
from kiyose.pages.models import SiteIdentity
from tests.editor import text_of
from tests.japanese_left import japanese_left
from tests.queries import assert_few, default_division

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 3, 31, 15, 30, tzinfo=datetime.UTC)  # 1 April in Tokyo
BASE = "http://127.0.0.1:8000"
FILES = [f"/opendata/{name}.{extension}" for name in datasets() for extension in FORMATS]


def sample(**values) -> Dataset:
    """A dataset of one record."""
    record = {"name": {"ja": "見本", "en": None}, "value": Decimal("-28.6000"), "codes": ["a", "b"]}
    given = {
        "name": "sample",
        "title": "Sample </script>",
        "description": "A sample",
        "columns": (
            Column("name", "Name", in_languages=True),
            Column("value", "Value", Kind.NUMBER),
            Column("codes", "Codes", Kind.CODES),
            Column("missing", "Nothing"),
        ),
        "records": lambda request: [record],
        "rows": lambda record: [record],
        "extent": lambda: Extent(1, NOON),
    }
    return Dataset(**given | values)


@pytest.fixture
def registered():
    """A room's dataset, as any room may register one."""
    with hooks.register_temporarily("open_data", sample):
        yield


# Cells and JSON


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (Decimal("432000.0000"), "432000"),
        (Decimal("-28.6000"), "-28.6"),
        (Decimal("0.0000"), "0"),
        (Decimal("99999999999999.9999"), "99999999999999.9999"),
        (datetime.date(2026, 3, 31), "2026-03-31"),
        (NOON, "2026-04-01"),
        (datetime.time(9, 5), "09:05"),
        (["SDG8.10", "SDG17"], "SDG8.10 SDG17"),
        ([], ""),
        ("令和7年度", "令和7年度"),
        ("", ""),
        ("a=b", "a=b"),
    ],
)
def test_a_value_as_a_cell(value, written):
    assert cell(value) == written


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a"]
)
def test_no_text_is_taken_for_a_formula(text):
    assert cell(text) == f"'{text}"
    assert cell([text]) == f"'{text}"
    assert json.loads(json_text(text)) == text, "programs get what was written"


def test_json_is_what_any_reader_of_json_takes_and_exact():
    value = {
        "words": '「引用」 "quote" \\ \n',
        "number": Decimal("12345678901234.5678"),
        "list": [None, True, 3, Decimal("-0.10")],
        "day": datetime.date(2026, 3, 31),
        "time": NOON,
        "clock": datetime.time(9, 5),
        "empty": {},
    }
    read = json.loads(json_text(value), parse_float=Decimal)
    assert read == value | {
        "day": "2026-03-31",
        "time": "2026-04-01T00:30:00+09:00",
        "clock": "09:05",
    }
    assert "「引用」" in json_text(value), "readable without a program, too"


# Files


def test_csv_opens_right_in_a_spreadsheet(world, client, registered):
    answer = client.get("/opendata/sample.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.endswith(b"\r\n")
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))) == [
        ["name_ja", "name_en", "value", "codes", "missing"],
        ["見本", "", "-28.6", "a b", ""],
    ]


def test_json_says_what_it_is_and_how_it_may_be_used(world, client, registered):
    default_division()
    read = json.loads(client.get("/opendata/sample.json").content, parse_float=Decimal)
    assert read["licence"] == {
        "id": "CC-BY-4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert read["updated"] == "2026-04-01T00:30:00+09:00"
    assert read["publisher"]["site"]["ja"] == world.site.home.title
    assert read["publisher"]["division"]["ja"]
    assert set(read["attribution"]) == {"ja", "en"}
    assert world.site.home.title in read["attribution"]["ja"]
    assert read["catalogue"] == f"{BASE}/opendata/"
    assert read["count"] == 1
    assert read["records"][0]["value"] == Decimal("-28.6")


@pytest.mark.parametrize("address", FILES)
def test_how_a_file_is_served(world, client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    extension = address.rsplit(".", 1)[1]
    kind = {"csv": "text/csv", "json": "application/json"}[extension]
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.headers["Content-Language"] == "ja, en"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert f'filename="{address.rsplit("/", 1)[1]}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment") == (extension == "csv")
    assert not answer.cookies
    assert "Cookie" not in answer.headers["Vary"]
    head = client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == answer.headers["ETag"]
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", FILES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_what_has_not_changed_is_not_sent_again(world, client, address, method):
    etag = client.get(address).headers["ETag"]
    ask = getattr(client, method)
    again = ask(address, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert again.headers["Content-Language"] == "ja, en"
    assert ask(address, headers={"if-none-match": '"another"'}).status_code == 200


@pytest.mark.parametrize("address", FILES)
def test_a_page_of_another_site_may_do_what_the_catalogue_asks_for(world, client, address):
    """To read the ETag and to send it back, for which a browser asks first."""
    asked = client.options(
        address,
        headers={
            "origin": "https://other.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert asked.status_code == 204
    assert asked.content == b""
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert asked.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.get(address).headers["Access-Control-Expose-Headers"] == "ETag"
    assert client.options("/opendata/nothing.csv").status_code == 404


def test_the_file_has_the_citys_code_in_its_name(world, client):
    default_division()
    SiteIdentity.objects.update(city_code="132217")
    named = client.get("/opendata/projects.csv").headers["Content-Disposition"]
    assert named == 'attachment; filename="132217_projects.csv"'


@pytest.mark.parametrize(
    "path",
    ["nothing.csv", "projects.xml", "projects.CSV", "projects", "projects.csv/", ".csv", "a/b.csv"],
)
def test_unknown_names_are_not_found(world, client, path):
    assert client.get(f"/opendata/{path}").status_code == 404


# The catalogue


def catalogue(client, query="?lang=en", **headers) -> BeautifulSoup:
    answer = client.get(f"/opendata/{query}", headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "en", "en"),
        ("", "ja", "ja"),
        ("", None, "ja"),
        ("", "fr", "ja"),
        ("?lang=en", "ja", "en"),
        ("?lang=ja", "en", "ja"),
        ("?lang=fr", "en", "en"),
        ("?lang=" + "x" * 5000, None, "ja"),
        ("?lang=%00", None, "ja"),
    ],
)
def test_the_language_of_the_catalogue(world, client, query, accepted, language):
    headers = {"accept-language": accepted} if accepted else {}
    answer = client.get(f"/opendata/{query}", headers=headers)
    assert BeautifulSoup(answer.content, "html.parser").html["lang"] == language
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_catalogue_knows_its_other_language(world, client, language):
    page = catalogue(client, f"?lang={language}")
    found = {
        (link["rel"][0], link.get("hreflang")): link["href"]
        for link in page.select("link[rel=canonical], link[rel=alternate]")
    }
    assert found == {
        ("canonical", None): f"{BASE}/opendata/?lang={language}",
        ("alternate", "ja"): f"{BASE}/opendata/?lang=ja",
        ("alternate", "en"): f"{BASE}/opendata/?lang=en",
        ("alternate", "x-default"): f"{BASE}/opendata/",
    }
    assert page.select_one(".languages a[hreflang=ja]")["href"] == "/opendata/?lang=ja"
    assert page.select_one("meta[name=description]")["content"]
    assert not page.select_one("meta[name=robots]")
    assert [link["href"] for link in page.select(".breadcrumb a")] == [f"/{language}/"]


def test_the_catalogue_explains_every_column_and_leads_to_every_file(world, client):
    page = catalogue(client)
    for name, dataset in datasets().items():
        section = page.find(id=name)
        shown = [code.text for code in section.select("th code")]
        assert shown == [each for column in dataset.columns for each in column.names]
        assert all(cell.text.strip() for cell in section.select("td"))
        links = [link["href"] for link in section.select("a")]
        assert links == [f"/opendata/{name}.{extension}" for extension in FORMATS]
    for address in FILES:
        assert page.select(f'a[href="{address}"]')


def test_the_catalogue_says_how_large_how_new_and_how_to_name_the_source(world, client, registered):
    default_division()
    page = catalogue(client)
    facts = page.find(id="sample").dl.get_text(" ", strip=True)
    assert "1 April 2026" in facts
    assert "Rows of the CSV file 1" in facts
    assert "CC BY 4.0" in facts
    assert f"{BASE}/opendata/" in facts
    assert page.select_one("#contact .contact__name").text.strip()


def test_for_search_engines_it_is_a_catalogue_of_datasets(world, client, registered):
    text = text_of(client.get("/opendata/?lang=en"))
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1]
    assert not set("<>&") & set(block)
    read = json.loads(block)
    assert read["@type"] == "DataCatalog"
    assert read["url"] == f"{BASE}/opendata/?lang=en"
    known = {each["identifier"].partition("#")[2]: each for each in read["dataset"]}
    assert list(known) == list(datasets())
    assert known["sample"]["name"] == "Sample </script>"
    assert known["sample"]["dateModified"] == "2026-04-01T00:30:00+09:00"
    for name, each in known.items():
        files = [part["contentUrl"] for part in each["distribution"]]
        assert files == [f"{BASE}/opendata/{name}.{extension}" for extension in FORMATS]
        assert each["license"].startswith("https://creativecommons.org/licenses/by/4.0")


def test_a_column_may_have_a_name_that_others_laid_down(world, client):
    """A Japanese name is marked as such, also where no mark can stand: search engines read what
    it holds."""
    column = Column("開始日", "First day", Kind.DATE, language="ja")
    record = {"開始日": datetime.date(2026, 3, 31)}
    dataset = sample(columns=(column,), records=lambda request: [record])
    with hooks.register_temporarily("open_data", lambda: dataset):
        page = catalogue(client)
        assert page.select_one("#sample th code[lang=ja]").text == "開始日"
        text = client.get("/opendata/sample.csv").content.decode("utf-8-sig")
        assert text.splitlines() == ["開始日", "2026-03-31"]
        for language, name in (("ja", "開始日"), ("en", "First day")):
            text = text_of(client.get(f"/opendata/?lang={language}"))
            block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1]
            (found,) = [
                each
                for each in json.loads(block)["dataset"]
                if each["identifier"].endswith("#sample")
            ]
            assert found["variableMeasured"] == [name]


def test_datasets_with_the_same_extent_are_counted_once(world, client):
    counted = []

    def extent():
        counted.append(1)
        return Extent(1, NOON)

    one, other = (sample(name=name, extent=extent) for name in ("one", "other"))
    with (
        hooks.register_temporarily("open_data", lambda: one),
        hooks.register_temporarily("open_data", lambda: other),
    ):
        page = catalogue(client)
    assert len(counted) == 1
    assert page.find(id="one")
    assert page.find(id="other")


def test_english_readers_get_english(world, client):
    # The words of the small site's division and home page are translated in this world.
    default_division()
    assert not japanese_left(text_of(client.get("/opendata/?lang=en")))


def test_the_foot_of_every_page_leads_here_in_its_language(world, client):
    for address, wanted in (
        ("/ja/", "/opendata/?lang=ja"),
        ("/en/projects/", "/opendata/?lang=en"),
        ("/en/nothing/", "/opendata/?lang=en"),
    ):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.select_one(f'.site-footer__policies a[href="{wanted}"]'), address
    here = catalogue(client).select_one(".site-footer__policies [aria-current=page]")
    assert here["href"] == "/opendata/?lang=en"


def test_a_third_language_has_its_columns_at_once(world, client, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "Français")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    lines = client.get("/opendata/projects.csv").content.decode("utf-8-sig").splitlines()
    assert "title_ja,title_en,title_fr" in lines[0]
    assert catalogue(client, "?lang=fr").html["lang"] == "fr"


def test_few_queries(world, client):
    default_division()
    for language in ("ja", "en"):
        assert_few(f"/opendata/?lang={language}")
    for address in FILES:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert not [query for query in queries if "SELECT" not in query["sql"][:7]]
