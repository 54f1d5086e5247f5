"""Numbers that are given once: certificates (KSC-2026-001) and receipts (2026-0001)."""

from __future__ import annotations

import re
import unicodedata

from django.db import transaction
from django.db.models import F

from .models import NumberSeries

RECEIPTS = "receipts"
CERTIFICATES = "certificates"
NUMBER = re.compile(r"[A-Z]{2,6}-[0-9]{4}-[0-9]{3,9}\Z")
# As people copy it from paper: ksc 2026 1, ＫＳＣ－２０２６－００１, 認定番号：KSC2026001.
TYPED = re.compile(r"(?<![A-Z0-9])([A-Z]{2,6})[- ]*([0-9]{4})[- ]*0*([1-9][0-9]{0,8})(?![A-Z0-9])")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー─_.", "-"))
LONGEST = 200


@transaction.atomic
def next_in(series: str, fiscal_year: int) -> int:
    """The next number of a series, from 1. The row stays locked until the transaction ends,
    so that two people never get the same one; one that is rolled back is given to the next."""
    NumberSeries.objects.get_or_create(name=series, fiscal_year=fiscal_year)
    row = NumberSeries.objects.filter(name=series, fiscal_year=fiscal_year)
    row.update(last=F("last") + 1)
    return row.get().last


def certificate_number(prefix: str, fiscal_year: int, serial: int) -> str:
    """For example KSC-2026-001 (design, "Contract")."""
    return f"{prefix}-{fiscal_year}-{serial:03}"


def receipt_number(fiscal_year: int) -> str:
    """For example 2026-0001: what an applicant names on the telephone."""
    return f"{fiscal_year}-{next_in(RECEIPTS, fiscal_year):04}"


def number_meant(text: str) -> str | None:
    """The certificate number that a person means, as the register writes it; None where the
    text does not hold exactly one. It may be the whole address of a check."""
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).translate(DASHES).upper()
    found = {
        certificate_number(prefix, int(year), int(serial))
        for prefix, year, serial in TYPED.findall(plain)
    }
    return found.pop() if len(found) == 1 else None
