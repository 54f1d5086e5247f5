"""The datasets of this room."""

from .indicators import INDICATORS
from .projects import PROJECTS

__all__ = ["INDICATORS", "PROJECTS"]
