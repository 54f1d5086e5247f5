"""The city's dictionary, as it stands at this moment, ready to be asked.

The entries stand in the shared cache and are forgotten when one of them is saved or deleted, so
that an edited reading is on the pages at once. With caches in the memory of each process the
other processes follow within five minutes, as with the labels of the marks.
"""

from __future__ import annotations

from functools import lru_cache

from django.core.cache import cache
from django.db import transaction

from .lexicon import Entry, Lexicon

KEY = "japanese.readings"
SECONDS = 5 * 60


def city_lexicon() -> Lexicon:
    """The dictionary. One query where nobody has asked in the last minutes, else none."""
    return _ready(cache.get_or_set(KEY, _entries, SECONDS))


def _entries() -> tuple[tuple[str, str, str], ...]:
    from ..models import Reading

    return tuple(Reading.objects.order_by("pk").values_list("surface", "reading", "context"))


@lru_cache(maxsize=4)
def _ready(entries: tuple[tuple[str, str, str], ...]) -> Lexicon:
    return Lexicon(Entry(*entry) for entry in entries)


def forget(**_signal) -> None:
    """After a change: others must not read what is not committed yet."""
    transaction.on_commit(lambda: cache.delete(KEY))
