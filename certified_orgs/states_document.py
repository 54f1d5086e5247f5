"""``docs/states.md``: the tables of ``states.py`` for people to read."""

from __future__ import annotations

from django.utils import translation

from .states import TABLES, WHO_LABELS, Step

INTRODUCTION = """\
# States and moves

Printed from [`certified_orgs/states.py`](../certified_orgs/states.py) by `manage.py
print_states > docs/states.md`; a test says where it is old. No move exists that is not
here, and `moves.make` is the only way to make one. The proposal leaves the procedure open:
all of this is 案（要綱制定前） until the rules are adopted.

*Reason*: it must be said why. *Paper*: a decision with 起案日, 決裁日 and 文書番号. Whoever
holds a certificate in force holds a place under the cap; an end frees it. The number stays.
"""

TITLES = {
    "application": ("Application", "申請"),
    "certificate": ("Certificate", "認定証"),
    "yearlyreport": ("Yearly report", "年間報告書"),
    "changerequest": ("Change", "変更届・再交付・承継・返納"),
    "proposal": ("Proposal of a measure", "停止・取消の提案"),
}
COLUMNS = ("move", "from", "to", "who", "reason", "paper")


def document() -> str:
    """The whole file."""
    return "\n".join([INTRODUCTION, *(_section(name) for name in TABLES)])


def _section(name: str) -> str:
    english, japanese = TITLES[name]
    states, steps = TABLES[name]
    return "\n".join(
        [
            f"## {english} ({japanese})",
            "",
            "States: " + ", ".join(_both(state.label) for state in states) + ".",
            "",
            _row(COLUMNS),
            _row(["---"] * len(COLUMNS)),
            *(_row(_cells(step, states)) for step in steps),
            "",
        ]
    )


def _cells(step: Step, states) -> list[str]:
    return [
        _both(step.label),
        "<br>".join(_both(states(source).label) for source in step.sources),
        _both(states(step.target).label),
        ", ".join(_in(WHO_LABELS[who], "en") for who in step.by),
        "yes" if step.reason else "",
        "yes" if step.decision else "",
    ]


def _row(cells) -> str:
    return f"| {' | '.join(cells)} |"


def _both(label) -> str:
    return f"{_in(label, 'en')} {_in(label, 'ja')}"


def _in(label, language: str) -> str:
    with translation.override(language):
        return str(label)
