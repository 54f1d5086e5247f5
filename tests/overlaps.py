"""Which of some times overlap, by comparing each with each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from events.patterns import Occurrence, overlap


def overlapping_pairs(occurrences: Iterable[Occurrence]) -> list[tuple[int, int]]:
    """The places in the list of those that overlap, each pair once."""
    return [
        (number, other_number)
        for (number, one), (other_number, other) in combinations(enumerate(occurrences), 2)
        if overlap(one, other)
    ]
