"""The mark of the certificate: the city's own drawing, or this site's provisional one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

PROVISIONAL_PNG = "img/certification-mark.png"
PROVISIONAL_SVG = "img/certification-mark.svg"

SMALLEST_SIDE = 600
LARGEST_SIDE = 6000
LARGEST_FILE = 5 * 1024 * 1024


@dataclass(frozen=True)
class MarkArtwork:
    """What stands for the mark today.

    url: of the PNG; svg_url: of the same drawing as SVG, empty where there is only a PNG;
    is_provisional: whether it is this site's own drawing.
    """

    url: str
    svg_url: str
    is_provisional: bool
    _file: object

    def png(self) -> bytes:
        """The picture itself, to draw with."""
        if self.is_provisional:
            return _provisional(PROVISIONAL_PNG).read_bytes()
        with self._file.open("rb") as file:
            return file.read()

    def svg(self) -> str:
        """The drawing as SVG, empty where there is only a PNG."""
        if not self.is_provisional:
            return ""
        return _provisional(PROVISIONAL_SVG).read_text(encoding="utf-8")


def mark_artwork(scheme) -> MarkArtwork:
    """The artwork that the settings of a year name, or the provisional one."""
    if scheme.mark_artwork:
        return MarkArtwork(scheme.mark_artwork.url, "", False, scheme.mark_artwork)
    return MarkArtwork(static(PROVISIONAL_PNG), static(PROVISIONAL_SVG), True, None)


def _provisional(name: str) -> Path:
    return Path(finders.find(name))


class ArtworkFormField(forms.ImageField):
    """Takes a square PNG and gives it back with nothing in it but its pixels.

    No SVG: it can hold scripts, and what the city shows everywhere must not.
    """

    default_error_messages = {
        "invalid_image": gettext_lazy("This is not a PNG picture. (SVG cannot be uploaded.)")
    }

    def to_python(self, data):
        if data and data.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 5 MB."))
        file = super().to_python(data)
        if file is None:
            return None
        if file.image.format != "PNG":
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image")
        width, height = file.image.size
        if width != height:
            raise ValidationError(
                _("The picture is not square (%(width)d × %(height)d pixels).")
                % {"width": width, "height": height}
            )
        if not SMALLEST_SIDE <= width <= LARGEST_SIDE:
            raise ValidationError(
                _("The picture is %(side)d pixels wide; it must have %(least)d to %(most)d.")
                % {"side": width, "least": SMALLEST_SIDE, "most": LARGEST_SIDE}
            )
        return _bare(file)


def _bare(file) -> SimpleUploadedFile:
    """The same pixels in a new file: without EXIF, comments and what may hide behind the end."""
    file.seek(0)
    with Image.open(file) as picture:
        pixels = picture.convert("RGBA")
    bare = Image.new("RGBA", pixels.size)
    bare.paste(pixels)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return SimpleUploadedFile("mark.png", out.getvalue(), "image/png")
