"""The marks that a list offers as conditions, labelled in the visitor's language."""

from __future__ import annotations

from collections.abc import Collection

from . import vocabulary


def known_goals() -> list[str]:
    """The codes that ``?goal=`` understands."""
    return [str(number) for number in vocabulary.goal_numbers()]


def known_targets() -> list[str]:
    """The codes that ``?target=`` understands."""
    return [entry.code for entry in vocabulary.entries().values() if entry.position > 0]


def goals_to_choose() -> list[vocabulary.Label]:
    """The goals, in order."""
    labels = vocabulary.labels()
    return [labels[code] for code in known_goals() if code in labels]


def targets_to_choose(goals: Collection[str], targets: Collection[str]) -> list[vocabulary.Label]:
    """The targets of the goals chosen, and those chosen already. All 169 would be a wall of
    boxes."""
    labels = vocabulary.labels()
    return [
        labels[code]
        for code in known_targets()
        if code in labels and (code in targets or code.split(".")[0] in goals)
    ]
