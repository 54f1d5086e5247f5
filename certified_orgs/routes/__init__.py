"""Addresses below ``/certified/``, one module for each group of people who use them."""

from .apply import ApplyRoutes
from .holder import HolderRoutes
from .proof import ProofRoutes
from .register import RegisterRoutes
from .scheme import SchemeRoutes

__all__ = ["ApplyRoutes", "HolderRoutes", "ProofRoutes", "RegisterRoutes", "SchemeRoutes"]
