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


def locked_pdf(name: str = "鍵.pdf") -> SimpleUploadedFile:
    """A PDF as today's programs lock it (AES, 256 bits)."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        b"<</Filter/Standard/V 5/R 6/Length 256/P -4/O<%(48)s>/U<%(48)s>/OE<%(32)s>/UE<%(32)s>"
        b"/Perms<%(16)s>/StmF/StdCF/StrF/StdCF/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen"
        b"/Length 32>>>>>>" % {b"%d" % size: b"00" * size for size in (16, 32, 48)},
    ]
    content, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    trailer = b"trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n"
    content += table + trailer + b"startxref\n%d\n%%%%EOF" % len(content)
    return SimpleUploadedFile(name, content, "application/pdf")


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
