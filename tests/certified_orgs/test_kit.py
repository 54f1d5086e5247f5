"""The holder's kit: mark, badge, code and rules, for as long as they may be shown."""

from __future__ import annotations

import datetime
import html
import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from certified_orgs.factories import CertificateFactory, SchemeYearFactory, YearlyReportFactory
from certified_orgs.qr import qr_png, qr_svg
from tests.queries import assert_few, default_division
from tests.world import fresh

from .test_verify import plain

pytestmark = pytest.mark.django_db

FILES = {
    "mark.svg": "image/svg+xml",
    "mark.png": "image/png",
    "qr.svg": "image/svg+xml",
    "qr.png": "image/png",
}
every_file = pytest.mark.parametrize("name", FILES)
SITE = "https://sdgs.example.jp"


@pytest.fixture(autouse=True)
def _site(world, settings):
    settings.WAGTAILADMIN_BASE_URL = SITE
    SchemeYearFactory()


def kit(certificate, language="ja", status=200) -> str:
    answer = Client().get(f"/{language}/certified/kit/{certificate.number}/")
    assert answer.status_code == status
    return plain(answer.content.decode())


def file(certificate, name, **query):
    return Client().get(f"/verify/{certificate.number}/{name}", query)


# Files


@every_file
def test_a_file_has_its_type_and_its_name(name):
    certificate = CertificateFactory()
    answer = file(certificate, name)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == FILES[name]
    assert (
        answer.headers["Content-Disposition"] == f'inline; filename="{certificate.number}-{name}"'
    )
    assert answer.headers["Cache-Control"] == "public, max-age=600"
    download = file(certificate, name, download="")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.content == answer.content


def test_the_svg_is_the_mark_with_its_number():
    certificate = CertificateFactory()
    svg = ElementTree.fromstring(file(certificate, "mark.svg").content)  # noqa: S314  our own
    space = "{http://www.w3.org/2000/svg}"
    assert svg.tag == f"{space}svg"
    assert [text.text for text in svg.iter(f"{space}text")] == [certificate.number]
    drawing = svg.find(f"{space}svg")
    assert drawing.get("width") == drawing.get("height") == "360"
    assert list(drawing), "the drawing itself is in it"
    assert b"<script" not in file(certificate, "mark.svg").content


def ink_below(picture: Image.Image) -> int:
    """Dark points in the strip below the drawing, where the number stands."""
    width, height = picture.size
    strip = picture.convert("L").crop((0, int(height * 0.86), width, height))
    return sum(strip.histogram()[:64])


def test_the_png_is_the_mark_with_its_number():
    one, other = CertificateFactory(), CertificateFactory()
    pictures = [Image.open(io.BytesIO(file(each, "mark.png").content)) for each in (one, other)]
    for picture in pictures:
        assert picture.format == "PNG"
        assert picture.size == (1200, 1440)
        assert ink_below(picture) > 5000
        assert not picture.info.get("exif")
    assert pictures[0].tobytes() != pictures[1].tobytes(), "the numbers differ"
    # Above the number both are the same drawing, and it is not empty.
    drawings = [picture.crop((0, 0, 1200, 1200)) for picture in pictures]
    assert drawings[0].tobytes() == drawings[1].tobytes()
    assert len(drawings[0].getcolors(maxcolors=10**6)) > 10


def test_one_upload_changes_the_mark_everywhere():
    certificate = CertificateFactory()
    scheme = SchemeYearFactory()
    red = io.BytesIO()
    Image.new("RGBA", (600, 600), "#ff0000").save(red, "PNG")
    scheme.mark_artwork.save("mark.png", ContentFile(red.getvalue()))
    picture = Image.open(io.BytesIO(file(certificate, "mark.png").content))
    assert picture.getpixel((600, 600)) == (255, 0, 0)
    svg = file(certificate, "mark.svg").content.decode()
    assert "data:image/png;base64," in svg
    assert certificate.number in svg
    copy = Client().get(f"/ja/certified/copy/{certificate.number}/").content.decode()
    assert scheme.mark_artwork.url in copy


def test_the_codes_are_those_of_the_number():
    certificate = CertificateFactory()
    assert file(certificate, "qr.svg").content == qr_svg(certificate.number)
    assert file(certificate, "qr.png").content == qr_png(certificate.number)


@every_file
@pytest.mark.parametrize(
    ("state", "status"),
    [("suspended", 404), ("expired", 410), ("revoked", 410), ("returned", 410)],
)
def test_no_file_of_what_may_not_be_shown(name, state, status):
    answer = file(CertificateFactory(state=state), name)
    assert answer.status_code == status
    # What is gone for ever is remembered as briefly as a file.
    kept = "public, max-age=600" if status == 410 else None
    assert answer.headers.get("Cache-Control") == kept


def test_files_go_on_the_day_after_the_last():
    today = timezone.localdate()
    start = today - datetime.timedelta(days=900)
    last = CertificateFactory(certified_on=start, valid_until=today)
    over = CertificateFactory(certified_on=start, valid_until=today - datetime.timedelta(days=1))
    assert file(last, "mark.svg").status_code == 200
    assert file(over, "mark.svg").status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "KSC-2026-999/mark.svg",
        "ksc/mark.svg",
        "路/mark.svg",
        "%00/mark.svg",
        f"{'9' * 500}/mark.svg",
        "{number}/mark.gif",
        "{number}/seal.png",
    ],
)
def test_no_such_file(path):
    number = CertificateFactory().number
    assert Client().get(f"/verify/{path.format(number=number)}").status_code == 404


# The page


def test_the_kit_has_all_that_a_holder_needs():
    certificate = CertificateFactory(name="見本商店")
    page = kit(certificate)
    for name in FILES:
        assert f'href="/verify/{certificate.number}/{name}?download"' in page
    assert "見本商店" in page
    assert 'class="qr" role="img"' in page
    assert f'href="/ja/certified/copy/{certificate.number}/"' in page
    assert "案（要綱制定前）" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("language", "name"), [("ja", "認定マーク"), ("en", "SDGs Certified mark")]
)
def test_the_mark_is_called_by_its_name(language, name):
    certificate = CertificateFactory()
    heading = re.search(r'<h2 id="mark-heading">(.*?)</h2>', kit(certificate, language))[1]
    assert name in heading


class Tags(HTMLParser):
    """The start tags of a snippet, with what they have."""

    def __init__(self, source: str):
        super().__init__()
        self.found = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("language", "name"),
    [("ja", "清瀬市SDGs認定証"), ("en", "Kiyose City SDGs Certificate")],
)
def test_the_badge_is_plain_html_with_words_and_whole_addresses(language, name):
    certificate = CertificateFactory()
    page = kit(certificate, language)
    code = html.unescape(re.search(r"<code>(.*?)</code>", page)[1])
    check = f"{SITE}/verify/{certificate.number}/"
    assert Tags(code).found == [
        ("a", {"href": check}),
        (
            "img",
            {
                "src": f"{check}mark.svg",
                "alt": f"{name} {certificate.number}",
                "width": "150",
                "height": "180",
            },
        ),
    ]
    assert code in page, "it is shown as it will look, too"
    assert "&lt;a href=" in page


def test_the_rules_are_those_of_the_page(world):
    certificate = CertificateFactory()
    assert "使用規程は作成中です" in kit(certificate)
    index = fresh(world.site.certified)
    index.rules_of_use = [("paragraph", "<p>見本の規程：色を変えない。</p>")]
    index.save()
    page = kit(certificate)
    assert "見本の規程：色を変えない。" in page
    assert "使用規程は作成中です" not in page


@pytest.mark.parametrize(
    ("state", "status"),
    [("suspended", 403), ("expired", 410), ("revoked", 410), ("returned", 410)],
)
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ja", "現在、マークは使用できません"), ("en", "The mark must not be used now")],
)
def test_what_may_not_be_shown_says_so(state, status, language, sentence):
    certificate = CertificateFactory(state=state)
    page = kit(certificate, language, status)
    assert sentence in page
    assert "<code>" not in page
    assert ".svg?download" not in page
    assert f'href="/verify/{certificate.number}/?lang={language}"' in page


def test_a_report_that_is_overdue_takes_nothing_away():
    certificate = CertificateFactory()
    YearlyReportFactory(
        certificate=certificate,
        overdue_after=timezone.localdate() - datetime.timedelta(days=1),
        not_on_paper_at=timezone.now(),
    )
    assert "<code>" in kit(certificate)
    assert file(certificate, "mark.png").status_code == 200


@pytest.mark.parametrize("number", ["KSC-2026-999", "x", "路", "%00", "K" * 500])
def test_a_kit_of_nothing(number):
    assert Client().get(f"/ja/certified/kit/{number}/").status_code == 404


def test_the_other_language_is_one_press_away():
    certificate = CertificateFactory()
    assert f'href="/en/certified/kit/{certificate.number}/"' in kit(certificate)


def test_few_queries():
    default_division()
    number = CertificateFactory().number
    assert_few(f"/en/certified/kit/{number}/")
    assert_few(f"/en/certified/copy/{number}/")


def test_valid_html(html_checker):
    valid, ended = CertificateFactory(), CertificateFactory(state="revoked")
    pages = {
        f"{language} {certificate.state}": Client()
        .get(f"/{language}/certified/kit/{certificate.number}/")
        .content.decode()
        for language in ("ja", "en")
        for certificate in (valid, ended)
    }
    assert html_checker(pages) == []
