"""What the picker of marks offers: every goal with its targets, named, and how they are found.

Editors type what comes to mind ("雇用", "こよう", "jobs", "8.3", "目標8"). So each mark
carries a line of everything that it is called, simplified; what is typed is simplified in
the same way in the browser (``static/sdgs/finding.js``) and looked for in that line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from . import vocabulary
from .vocabulary import Label

SEPARATORS = re.compile(r"[\s,;、]+")
# Katakana from ァ to ヶ stand this far behind their hiragana.
TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
# What people write before a number.
KINDS = {True: "goal 目標 ごーる", False: "target たーげっと"}


@dataclass(frozen=True)
class Choice:
    """A mark as the picker shows it.

    label: in the language of the admin; other: in another one, or None; find: everything
    that finds it, simplified.
    """

    code: str
    goal: int
    label: Label
    other: Label | None
    find: str


@dataclass(frozen=True)
class Goal:
    """One of the 17 tiles: the goal itself, and its targets in order."""

    itself: Choice
    targets: list[Choice]

    @property
    def choices(self) -> list[Choice]:
        return [self.itself, *self.targets]


def simplify(text: str) -> str:
    """The text without what nobody types twice alike: width, case, and the kind of kana."""
    return unicodedata.normalize("NFKC", text).lower().translate(TO_HIRAGANA)


def codes_in(text: str) -> list[str]:
    """The codes that somebody typed, in order: ``"8．3、 17"`` gives ``["8.3", "17"]``."""
    return [code for code in SEPARATORS.split(simplify(text)) if code]


def goals() -> list[Goal]:
    """The 17 goals with their targets, in the language of the admin. One query."""
    labels = _labels_by_code()
    found: dict[int, list[Choice]] = defaultdict(list)
    for entry in vocabulary.entries().values():
        found[entry.goal_number].append(_choice(entry, labels[entry.code]))
    return [Goal(itself=choices[0], targets=choices[1:]) for choices in found.values()]


def _labels_by_code() -> dict[str, list]:
    """The labels of each mark: the language of the admin first, then the site's, then others."""
    from .models import MarkLabel

    wanted = [translation.get_language(), *(code for code, _name in settings.LANGUAGES)]
    rows = MarkLabel.objects.select_related("mark")
    by_code: dict[str, list] = defaultdict(list)
    for row in sorted(
        rows, key=lambda row: wanted.index(row.language) if row.language in wanted else len(wanted)
    ):
        by_code[row.mark.code].append(row)
    return by_code


def _choice(entry: vocabulary.Entry, rows: list) -> Choice:
    labels = [Label(entry.code, row.text, row.language) for row in rows]
    words = [f"{row.text} {row.search_words}" for row in rows]
    return Choice(
        code=entry.code,
        goal=entry.goal_number,
        label=labels[0] if labels else Label(entry.code, entry.code, ""),
        other=labels[1] if len(labels) > 1 else None,
        find=simplify(" ".join([KINDS[entry.position == 0], *words])),
    )
