from .base import BasePage
from .division import Division
from .identity import SiteIdentity
from .page_reading import PageReading
from .pictured import PicturedPage
from .snippet import KeyedSnippet, TranslatedSnippet

__all__ = [
    "BasePage",
    "Division",
    "KeyedSnippet",
    "PageReading",
    "PicturedPage",
    "SiteIdentity",
    "TranslatedSnippet",
]
