from .base import BasePage
from .division import Division
from .identity import SiteIdentity
from .pictured import PicturedPage
from .snippet import TranslatedSnippet

__all__ = ["BasePage", "Division", "PicturedPage", "SiteIdentity", "TranslatedSnippet"]
