"""What stands on the certificate itself: A4, in the name of the head of the city. (Forms to
fill in are ``applying/paper_forms.py``.)

The seal is pressed onto the paper; no picture of it exists here. Only 未来創造課 prints
originals (``printing``); what anybody may download is a copy and says so.
"""

from __future__ import annotations

import base64
import datetime
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe

from kiyose.japanese.dates import is_japanese
from kiyose.pages.languages import visitor_language

from .artwork import mark_artwork
from .models import Certificate, SchemeYear, Term
from .scheme import scheme_on

STYLE_SHEET = "css/certificate.css"


@dataclass(frozen=True)
class Paper:
    """What stands on the sheet, in the active language.

    is_copy: it says 写し; reissued_on: the day of a second original.
    """

    certificate: Certificate
    is_copy: bool = True
    reissued_on: datetime.date | None = None

    @cached_property
    def scheme(self) -> SchemeYear:
        return scheme_on(timezone.localdate())

    @property
    def is_japanese(self) -> bool:
        return is_japanese(visitor_language())

    @property
    def title(self) -> str:
        name = self.scheme.certificate_name
        return name if self.is_japanese else self.scheme.certificate_name_en or name

    @property
    def issuer(self) -> str:
        name = self.scheme.issuer
        return name if self.is_japanese else self.scheme.issuer_en or name

    @property
    def mark_name(self) -> str:
        name = self.scheme.mark_name
        return name if self.is_japanese else self.scheme.mark_name_en or name

    @cached_property
    def term(self) -> Term | None:
        """The one that runs, or the last one."""
        return self.certificate.terms.last()

    @property
    def mark_address(self) -> str:
        artwork = mark_artwork(self.scheme)
        return artwork.svg_url or artwork.url

    @property
    def mark_data(self) -> str:
        """The mark inside a file that stands alone."""
        artwork = mark_artwork(self.scheme)
        if svg := artwork.svg():
            return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
        return f"data:image/png;base64,{base64.b64encode(artwork.png()).decode()}"

    @property
    def style(self) -> SafeString:
        """The style sheet inside a file that stands alone."""
        return mark_safe(Path(finders.find(STYLE_SHEET)).read_text("utf-8"))  # noqa: S308  ours
