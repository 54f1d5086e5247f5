"""QR codes: of the check of a certificate, and of any other address that is printed.

Error correction is M or better (a code on a shop's door gets scratched), and the white margin
of four modules that readers need is part of the picture, on dark pages too.
"""

from __future__ import annotations

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .addresses import verify_address

CORRECTION = "m"
QUIET_ZONE = 4
LOOK = {"border": QUIET_ZONE, "dark": "#000", "light": "#fff"}
PIXELS_PER_MODULE = 20


def code_of(address: str) -> segno.QRCode:
    return segno.make(address, error=CORRECTION, boost_error=True, micro=False)


def code_for(number: str) -> segno.QRCode:
    """The code of a certificate's check."""
    return code_of(verify_address(number))


def qr_inline(number: str) -> SafeString:
    """The code of a certificate's check as a picture inside a page."""
    label = _("QR code: check of the certificate %(number)s") % {"number": number}
    return code_inline(verify_address(number), label)


def code_inline(address: str, label: str) -> SafeString:
    """The code of an address as a picture inside a page; its size is the style sheet's.

    label: what it is, for who does not see it."""
    svg = code_of(address).svg_inline(omitsize=True, svgclass=None, lineclass=None, **LOOK)
    return format_html(
        '<span class="qr" role="img" aria-label="{}">{}</span>',
        label,
        mark_safe(svg),  # noqa: S308  segno's own drawing
    )


def qr_svg(number: str) -> bytes:
    """The code as a file to print in any size."""
    return _saved(number, "svg", scale=10, xmldecl=True, svgclass=None, lineclass=None)


def qr_png(number: str) -> bytes:
    """The code as a file for programs that take no SVG."""
    return _saved(number, "png", scale=PIXELS_PER_MODULE)


def _saved(number: str, kind: str, **options) -> bytes:
    out = io.BytesIO()
    code_for(number).save(out, kind=kind, **LOOK, **options)
    return out.getvalue()
