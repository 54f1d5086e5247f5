"""The vocabulary of marks: where it comes from, and how a mark is called.

``marks.csv`` beside this file is the list, a line for each goal and target with the
project's own labels (names of the goals: facts/sdgs.yml; the targets' are short
plain descriptions, not the UN's sentences) and the words by which editors find them.
``load`` brings it into the database and never overwrites what staff corrected.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import translation

from kiyose.pages.languages import second_language

SOURCE = Path(__file__).with_name("marks.csv")
CODE = re.compile(r"(?P<goal>\d{1,2})(?:\.(?P<target>\d{1,2}|[a-d]))?")
LANGUAGES_IN_SOURCE = ("ja", "en")
LABELS_CACHE_SECONDS = 300


@dataclass(frozen=True)
class Entry:
    """A line of the vocabulary. position: 0 for the goal, then 1, 2, …, then a, b, …"""

    code: str
    goal_number: int
    position: int
    labels: dict[str, str]
    search_words: dict[str, str]


@dataclass(frozen=True)
class Label:
    """What a mark is called, in which language that is, and the address of the official
    artwork in that language (goals only, and only where it was uploaded)."""

    code: str
    text: str
    language: str
    artwork: str = ""


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """The whole vocabulary by code, in the order of goals and targets."""
    found = {}
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code = row["code"]
            goal, target = CODE.fullmatch(code).group("goal", "target")
            # Lettered targets (means of implementation) follow the numbered ones.
            position = (
                0 if target is None else int(target) if target.isdigit() else 90 + ord(target)
            )
            labels = {language: row[language] for language in LANGUAGES_IN_SOURCE}
            search_words = {language: row[f"{language}_find"] for language in LANGUAGES_IN_SOURCE}
            found[code] = Entry(code, int(goal), position, labels, search_words)
    return found


def load(mark_model, label_model) -> None:
    """Bring marks and missing labels into the database. Safe to run again.

    Takes the models, so that a migration can pass those of its own point in time (the
    first labels had no search words).
    """
    has_search_words = any(field.name == "search_words" for field in label_model._meta.fields)
    for entry in entries().values():
        mark, _created = mark_model.objects.update_or_create(
            name=entry.code,
            defaults={
                "slug": entry.code,
                "goal_number": entry.goal_number,
                "position": entry.position,
            },
        )
        for language, text in entry.labels.items():
            label, _created = label_model.objects.get_or_create(
                mark=mark, language=language, defaults={"text": text}
            )
            if has_search_words and not label.search_words:
                label.search_words = entry.search_words[language]
                label.save(update_fields=["search_words"])


def _cache_key(language: str) -> str:
    return f"sdgs.labels.{language}"


def labels(language: str | None = None) -> dict[str, Label]:
    """What each mark is called in the language (the active one unless told), by code.

    A mark without a label there is called by its English one (readers of Japanese get the
    Japanese one), without that by the one in the default language, and says so. One query,
    remembered for a few minutes and forgotten when staff change it.
    """
    from .models import MarkLabel

    language = language or translation.get_language() or settings.LANGUAGE_CODE
    known = cache.get(_cache_key(language))
    if known is None:
        # The best comes last and so wins.
        ranks = [settings.LANGUAGE_CODE, second_language(language), language]
        rows = MarkLabel.objects.filter(language__in=ranks)
        known = {}
        for code, text, own, artwork in sorted(
            rows.values_list("mark__name", "text", "language", "artwork"),
            key=lambda row: max(rank for rank, code in enumerate(ranks) if code == row[2]),
        ):
            address = default_storage.url(artwork) if artwork else ""
            known[code] = Label(code, text, own, address)
        cache.set(_cache_key(language), known, LABELS_CACHE_SECONDS)
    return known


def label(code: str, language: str | None = None) -> Label:
    """What one mark is called; without any label, its code."""
    return labels(language).get(code) or Label(code, code, "")


def forget_labels_on_change() -> None:
    """Connect the cache of labels to the table of labels."""
    from django.db.models.signals import post_delete, post_save

    from .models import MarkLabel

    def forget(sender, instance, **kwargs):
        # A label also stands in for missing ones elsewhere.
        codes = [code for code, _name in settings.LANGUAGES]
        cache.delete_many([_cache_key(code) for code in {*codes, instance.language}])

    for signal in (post_save, post_delete):
        signal.connect(forget, sender=MarkLabel, weak=False, dispatch_uid="sdgs.forget_labels")


def goal_numbers() -> list[int]:
    """1 to 17, as the vocabulary has them."""
    return [entry.goal_number for entry in entries().values() if entry.position == 0]
