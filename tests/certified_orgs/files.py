"""Files to attach: good ones, and what people send instead."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter


def pdf(name: str = "定款.pdf", password: str = "", pages: int = 1) -> SimpleUploadedFile:
    """A PDF; with a password it is locked."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return SimpleUploadedFile(name, written.getvalue(), "application/pdf")


def picture(name: str = "店.jpg", kind: str = "JPEG", secret: str = "") -> SimpleUploadedFile:
    """A picture that lies on its side; secret: what its camera wrote into it."""
    image = Image.new("RGB", (40, 20), "green")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    if secret:
        exif[0x010E] = secret
    written = io.BytesIO()
    image.save(written, format=kind, exif=exif, **({"comment": secret} if kind == "JPEG" else {}))
    return SimpleUploadedFile(name, written.getvalue())


def large(megabytes: int, name: str = "大きい.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + b" " * megabytes * 1024 * 1024)
