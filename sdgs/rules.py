"""When a page may carry which marks, in one screen.

The proposal wants every programme of the city marked (1.2(2)); critics speak of
SDGs-washing. So a mark needs one sentence of *why*, and where none applies an
article says so instead of wearing a forced one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiyose.pages.publishing import Problem

CHOSEN_TWICE = gettext_lazy("The same mark is chosen twice.")


class MarkPolicy(Enum):
    """What a page type asks for before the public sees it."""

    REQUIRED = "a mark and a why"
    OR_DECLARED_NONE = "a mark and a why, or the declaration that none applies"


def mark_problems(
    policy: MarkPolicy, codes: Sequence[str], why: str, declared_none: bool = False
) -> Iterator[Problem]:
    """What is wrong with these marks under the policy. codes: main goal first."""
    if declared_none and policy is MarkPolicy.OR_DECLARED_NONE:
        if codes:
            yield Problem(
                _("“No SDGs mark applies” and a mark cannot both be true. Remove one of them."),
                "page_marks",
            )
        return
    if not codes:
        if policy is MarkPolicy.OR_DECLARED_NONE:
            message = _("Choose at least one SDGs mark, or declare that none applies.")
        else:
            message = _("Choose at least one SDGs mark, the main goal first.")
        yield Problem(message, "page_marks")
    if len(set(codes)) < len(codes):
        yield Problem(str(CHOSEN_TWICE), "page_marks")
    if not why.strip():
        yield Problem(_("Say in one sentence why the mark applies."), "why")
