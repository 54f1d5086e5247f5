"""Addresses below ``/certified/``, one module for each group of people who use them."""

from .apply import ApplyRoutes
from .holder import HolderRoutes
from .proof import ProofRoutes
from .register import RegisterRoutes
from .scheme import SchemeRoutes

# What stands below the register and is no profile: no profile may take such an address.
RESERVED_SLUGS = frozenset(
    (
        *("apply", "forms", "application", "report", "change", "statement", "sent"),
        *("kit", "copy", "scheme"),
    )
)

__all__ = [
    "RESERVED_SLUGS",
    "ApplyRoutes",
    "HolderRoutes",
    "ProofRoutes",
    "RegisterRoutes",
    "SchemeRoutes",
]
