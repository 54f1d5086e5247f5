"""QR codes hold the address of the check, whole, large and with their white margin."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
import segno
from PIL import Image

from certified_orgs.qr import code_for, qr_inline, qr_png, qr_svg, verify_address

NUMBER = "KSC-2026-001"
QUIET = 4


def expected(number: str = NUMBER) -> list[list[int]]:
    """Dark modules of the code, made from the address alone by segno, margin included."""
    code = segno.make(f"http://localhost:8000/verify/{number}/", error="m", micro=False)
    return [list(row) for row in code.matrix_iter(border=QUIET)]


@pytest.fixture(autouse=True)
def _address(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"


def modules_of_png(content: bytes) -> list[list[int]]:
    picture = Image.open(io.BytesIO(content)).convert("L")
    side = len(expected())
    size = picture.width // side
    assert picture.size == (size * side, size * side)
    return [
        [
            int(picture.getpixel((x * size + size // 2, y * size + size // 2)) < 128)
            for x in range(side)
        ]
        for y in range(side)
    ]


def modules_of_svg(source: str) -> list[list[int]]:
    """Drawn from the path: segno writes horizontal lines, one for each run of dark modules."""
    svg = ElementTree.fromstring(source)  # noqa: S314  our own
    side = len(expected())
    box = svg.get("viewBox")
    scale = 1 if box == f"0 0 {side} {side}" else int(svg.get("width")) / side
    assert scale == 1 or svg.get("width") == svg.get("height")
    dark = next(
        path for path in svg.iter() if path.tag.endswith("path") and path.get("stroke") == "#000"
    )
    rows = [[0] * side for _row in range(side)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", dark.get("d")):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for step in range(int(values[0])):
                rows[int(y)][int(x) + step] = 1
            x += values[0]
    return rows


def test_the_address_has_no_language_and_is_whole():
    assert verify_address(NUMBER) == "http://localhost:8000/verify/KSC-2026-001/"


def test_the_png_is_the_code():
    assert modules_of_png(qr_png(NUMBER)) == expected()


def test_the_svg_file_is_the_code():
    assert modules_of_svg(qr_svg(NUMBER).decode()) == expected()


def test_the_code_inside_a_page_is_the_code():
    html = qr_inline(NUMBER)
    svg = html[html.index("<svg") : html.index("</span>")]
    assert modules_of_svg(svg) == expected()


def test_another_number_is_another_code():
    assert modules_of_png(qr_png("KSC-2026-002")) != expected()


@pytest.mark.parametrize("length", range(8, 64, 3))
def test_scratches_are_corrected_however_long_the_address(settings, length):
    settings.WAGTAILADMIN_BASE_URL = f"https://{'s' * length}.example.jp"
    assert code_for(NUMBER).error in {"M", "Q", "H"}


def test_the_margin_is_white_on_dark_pages_too():
    svg = qr_inline(NUMBER)
    assert 'fill="#fff"' in svg
    for row in (*expected()[:QUIET], *expected()[-QUIET:]):
        assert not any(row)


def test_it_says_what_it_is_and_needs_no_style():
    html = qr_inline(NUMBER)
    assert 'role="img"' in html
    assert NUMBER in html
    assert "style=" not in html
    assert "<script" not in html


def test_a_file_large_enough_to_print():
    assert Image.open(io.BytesIO(qr_png(NUMBER))).width >= 600
