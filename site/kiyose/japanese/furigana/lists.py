"""Lists of readings that come with the program, brought into the dictionary."""

from __future__ import annotations

import csv
from pathlib import Path

# Words that Sudachi reads in another way than people expect on a city's page.
COMMON = Path(__file__).with_name("common.csv")


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a list: surface, reading, context, note."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_missing(path: Path) -> int:
    """Add what the dictionary has no reading for; what staff corrected stays. How many."""
    from ..models import Reading
    from .city import forget

    known = set(Reading.objects.values_list("surface", "context"))
    new = [Reading(**row) for row in rows(path) if (row["surface"], row["context"]) not in known]
    for reading in new:
        reading.full_clean(validate_unique=False, validate_constraints=False)
    Reading.objects.bulk_create(new)
    forget()
    return len(new)
