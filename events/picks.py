"""What a visitor has picked for the plan: codes in an address or a cookie.

A code names a session for ever: ``123-a1b2c3`` is session ``a1b2c3`` of page 123, the number
on paper. Anybody may have typed or cut them, so reading them never fails and is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# More than anybody can visit, and little enough for an address and a cookie.
MOST_PICKS = 100
COOKIE = "my_plan"
COOKIE_AGE = 365 * 24 * 60 * 60
# Between the codes of a cookie: what needs no quoting there (RFC 6265).
SEPARATOR = "."

# Nine digits fit into a database's integer.
CODE = re.compile(r"([1-9][0-9]{0,8})-([0-9A-Za-z]{1,8})", re.ASCII)


@dataclass(frozen=True)
class Pick:
    """A session of the event whose source page has this number."""

    page: int
    key: str

    def __str__(self):
        return f"{self.page}-{self.key}"


@dataclass(frozen=True)
class Picks:
    """What was read, each pick once, in the order in which they were picked.

    are_unclear: something was no code; are_too_many: what went beyond the bound is left out.
    """

    picks: tuple[Pick, ...] = ()
    are_unclear: bool = False
    are_too_many: bool = False

    def __iter__(self):
        return iter(self.picks)

    def __len__(self):
        return len(self.picks)

    def __contains__(self, pick: Pick):
        return pick in self.picks

    @property
    def codes(self) -> list[str]:
        return [str(pick) for pick in self.picks]

    def is_same_as(self, other: Picks) -> bool:
        """Whether they are the same picks, in whatever order."""
        return set(self.picks) == set(other.picks)

    def with_more(self, more: Iterable[Pick]) -> Picks:
        return read([*self.codes, *map(str, more)])

    def without(self, fewer: Iterable[Pick]) -> Picks:
        fewer = set(fewer)
        return Picks(tuple(pick for pick in self.picks if pick not in fewer))


def read(codes: Iterable[str]) -> Picks:
    """The picks that these codes name. No query: whether they exist is not asked."""
    found: dict[Pick, None] = {}
    unclear = False
    for code in codes:
        match = CODE.fullmatch(code.strip()) if len(code) < 30 else None
        if match is None:
            unclear = True
            continue
        pick = Pick(int(match[1]), match[2])
        if pick not in found and len(found) == MOST_PICKS:
            return Picks(tuple(found), unclear, True)
        found[pick] = None
    return Picks(tuple(found), unclear)


def pick_of(session) -> Pick:
    """session: of a source page."""
    return Pick(session.page_id, session.key)


def own_picks(request) -> Picks | None:
    """The visitor's own plan, as this browser keeps it; None where it keeps none."""
    kept = request.COOKIES.get(COOKIE)
    return None if kept is None else read(filter(None, kept.split(SEPARATOR)))


def keep(response, request, picks: Picks) -> None:
    """Let the browser keep the plan. It holds nothing but numbers and keys of public events."""
    response.set_cookie(
        COOKIE,
        SEPARATOR.join(picks.codes),
        max_age=COOKIE_AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
