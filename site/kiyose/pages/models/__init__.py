from .base import BasePage
from .division import Division
from .identity import SiteIdentity
from .pictured import PicturedPage
from .snippet import KeyedSnippet, TranslatedSnippet

__all__ = [
    "BasePage",
    "Division",
    "KeyedSnippet",
    "PicturedPage",
    "SiteIdentity",
    "TranslatedSnippet",
]
