"""What a holder puts up: the city's artwork with the number of the certificate below it.

The files are there while the certificate may be shown, and gone with it: a badge on a
holder's own site, which takes its picture from here, disappears by itself.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from kiyose.japanese.dates import is_japanese

from .addresses import verify_address
from .artwork import MarkArtwork, mark_artwork
from .models import Certificate
from .numbers import NUMBER
from .qr import qr_png, qr_svg
from .scheme import scheme_on
from .standing import IN_FORCE, MAY_BE_SHOWN, standing_of, with_standing

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
# Of the whole picture, in units of the SVG and, times three, in pixels of the PNG.
WIDTH, HEIGHT = 400, 480
MARGIN = 20
BASELINE = 452
TEXT_SIZE = 40
PIXELS = 3
INK, PAPER = "#1a1a1a", "#ffffff"

# How long others may keep a file: a badge must not outlive its certificate for long.
KEPT_FOR = 10 * 60


@dataclass(frozen=True)
class File:
    """content: from the certificate; kind: its media type."""

    content: Callable[[Certificate], bytes]
    kind: str


def mark_svg(certificate: Certificate) -> bytes:
    """The mark with its number, to print in any size."""
    text = format_html(
        '<text x="{}" y="{}" text-anchor="middle" font-family="Arial, Helvetica, sans-serif"'
        ' font-size="{}" font-weight="700" fill="{}">{}</text>',
        WIDTH // 2,
        BASELINE,
        TEXT_SIZE,
        INK,
        certificate.number,
    )
    drawing = format_html(
        '<svg xmlns="{}" viewBox="0 0 {} {}" width="{}" height="{}" role="img">'
        '<title>{}</title><rect width="{}" height="{}" rx="24" fill="{}"/>{}{}</svg>\n',
        SVG_NAMESPACE,
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        certificate.number,
        WIDTH,
        HEIGHT,
        PAPER,
        mark_safe(_artwork_in_svg(artwork_today())),  # noqa: S308  the city's own drawing
        text,
    )
    return drawing.encode()


def _artwork_in_svg(artwork: MarkArtwork) -> str:
    """The drawing in its place, or the picture where there is only a PNG."""
    side = str(WIDTH - 2 * MARGIN)
    place = {"x": str(MARGIN), "y": str(MARGIN), "width": side, "height": side}
    if source := artwork.svg():
        ElementTree.register_namespace("", SVG_NAMESPACE)
        drawing = ElementTree.fromstring(source)  # noqa: S314  a file of this site
        drawing.attrib.update(place)
        return ElementTree.tostring(drawing, encoding="unicode")
    data = base64.b64encode(artwork.png()).decode()
    return format_html(
        '<image x="{x}" y="{y}" width="{width}" height="{height}"'
        ' href="data:image/png;base64,{data}"/>',
        data=data,
        **place,
    )


def mark_png(certificate: Certificate) -> bytes:
    """The mark with its number, for programs that take no SVG."""
    picture = Image.new("RGB", (WIDTH * PIXELS, HEIGHT * PIXELS), PAPER)
    side = (WIDTH - 2 * MARGIN) * PIXELS
    with Image.open(io.BytesIO(artwork_today().png())) as artwork:
        drawing = artwork.convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
    picture.paste(drawing, (MARGIN * PIXELS, MARGIN * PIXELS), drawing)
    ImageDraw.Draw(picture).text(
        (WIDTH * PIXELS // 2, BASELINE * PIXELS),
        certificate.number,
        fill=INK,
        font=ImageFont.load_default(TEXT_SIZE * PIXELS),
        anchor="ms",
    )
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def artwork_today() -> MarkArtwork:
    return mark_artwork(scheme_on(timezone.localdate()))


FILES = {
    "mark.svg": File(mark_svg, "image/svg+xml"),
    "mark.png": File(mark_png, "image/png"),
    "qr.svg": File(lambda certificate: qr_svg(certificate.number), "image/svg+xml"),
    "qr.png": File(lambda certificate: qr_png(certificate.number), "image/png"),
}


@require_safe
def mark_file(request, number: str, name: str, extension: str):
    """A file of the kit. 404 while the mark must not be shown, 410 when it never will again."""
    file = FILES.get(f"{name}.{extension}")
    if file is None or not NUMBER.fullmatch(number):
        raise Http404
    certificate = with_standing(Certificate.objects.filter(number=number)).first()
    standing = standing_of(certificate) if certificate else None
    if standing in MAY_BE_SHOWN:
        response = HttpResponse(file.content(certificate), content_type=file.kind)
        response.headers["Content-Disposition"] = content_disposition_header(
            "download" in request.GET, f"{number}-{name}.{extension}"
        )
        response.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
        return response
    if certificate is None or standing in IN_FORCE:
        raise Http404
    return HttpResponse(status=410, headers={"Cache-Control": f"public, max-age={KEPT_FOR}"})


def badge(certificate: Certificate, language: str) -> SafeString:
    """The badge for a holder's own page: a picture that leads to the check, plain HTML."""
    scheme = scheme_on(timezone.localdate())
    name = scheme.certificate_name
    if not is_japanese(language):
        name = scheme.certificate_name_en or name
    address = verify_address(certificate.number)
    return format_html(
        '<a href="{}"><img src="{}mark.svg" alt="{} {}" width="150" height="180"></a>',
        address,
        address,
        name,
        certificate.number,
    )
