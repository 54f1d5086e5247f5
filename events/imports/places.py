"""Where an event is: the venue that a text means, and addresses in one piece or in parts."""

from __future__ import annotations

import re

from kiyose.pages.languages import source_language
from kiyose.tables.columns import folded

from ..models import Venue

PREFECTURE, CITY = "東京都", "清瀬市"
HOME = PREFECTURE + CITY  # what addresses are kept without
PARTS = ("prefecture", "city", "town", "block", "building")
ELSEWHERE = re.compile(
    r"(?P<prefecture>東京都|北海道|(?:京都|大阪)府|.{2,3}県)"
    r"(?P<city>[^\d\s]{1,6}?[市区]|[^\d\s]{1,5}?郡[^\d\s]{1,5}?[町村])(?P<rest>.*)",
    re.DOTALL,
)
# 元町1-2-11, 中里四丁目1301番地: the name of the town ends where a number begins.
STREET = re.compile(
    r"(?P<town>[^\d\s]*?)(?P<block>(?:[一二三四五六七八九十]+丁目|\d)\S*)?(?:\s+(?P<building>.+))?",
    re.DOTALL,
)
SHORTEST = 2  # characters of a name by which a text may begin


class Venues:
    """Every venue by its name, to find the one that a text means. One query."""

    def __init__(self):
        self._by_name: dict[str, list[Venue]] = {}
        for venue in Venue.objects.filter(locale__language_code=source_language()):
            for name in {folded(venue.name), folded(venue.key)}:
                self._by_name.setdefault(name, []).append(venue)

    def __iter__(self):
        return iter({venue.pk: venue for rows in self._by_name.values() for venue in rows}.values())

    def find(self, text: str) -> Venue | None:
        """The venue whose name this is, else the one with the longest name that the text begins
        with: 生涯学習センター6階 講座室1. None: there is none, or more than one."""
        plain = folded(text)
        names = [plain] if plain in self._by_name else []
        names = names or [
            name for name in self._by_name if len(name) >= SHORTEST and plain.startswith(name)
        ]
        found = self._by_name[max(names, key=len)] if names else []
        return found[0] if len(found) == 1 else None


def place_in(name: str, detail: str, venues: Venues) -> tuple[Venue | None, str]:
    """The venue, and where exactly in the words of the file.

    name: 場所名称; detail: 集合場所 or 方書. Either may be empty, and either may name the venue.
    """
    venue = venues.find(name) if name else None
    if venue and detail:
        return venue, detail
    if not name:
        return venues.find(detail), detail
    return venue, f"{name} {detail}".strip()


def room_in(place: str, venue_name: str) -> str:
    """The place without the name of the venue that stands before it."""
    return place.removeprefix(venue_name).strip()


def split_address(address: str) -> dict[str, str]:
    """An address in the parts of the base registry. Without a prefecture it is Kiyose's."""
    if not address:
        return dict.fromkeys(PARTS, "")
    elsewhere = ELSEWHERE.fullmatch(address)
    street = elsewhere["rest"] if elsewhere else address
    return {
        "prefecture": elsewhere["prefecture"] if elsewhere else PREFECTURE,
        "city": elsewhere["city"] if elsewhere else CITY,
        **STREET.fullmatch(street.strip()).groupdict(""),
    }


def join_address(prefecture: str, city: str, town: str, block: str, building: str) -> str:
    """The inverse; prefecture and city alone are no address."""
    street = " ".join(filter(None, (f"{town}{block}", building)))
    return short_address(f"{prefecture}{city}{street}") if street else ""


def short_address(address: str) -> str:
    """An address as it is kept here: without 東京都清瀬市."""
    for known in (HOME, CITY):
        if address.startswith(known):
            return address.removeprefix(known).strip()
    return address


def whole_address(address: str) -> str:
    """The inverse: with prefecture and city."""
    return address if not address or ELSEWHERE.fullmatch(address) else f"{HOME}{address}"
