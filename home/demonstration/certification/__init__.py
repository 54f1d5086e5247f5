"""The sample certificates: settings, holders in every state, applications at every stage.

Everything is done as the roles' accounts would do it, through the core of ``certified_orgs``
(moves and decisions), only on earlier days.
"""

from __future__ import annotations

from certified_orgs.places import arrange

from . import applications, holders, settings
from .office import Office


def load(loader, home) -> None:
    """All of it, below the register of that home page."""
    office = Office(loader)
    settings.load(office)
    holders.load(office)
    applications.load(office)
    arrange(office.this_year)
