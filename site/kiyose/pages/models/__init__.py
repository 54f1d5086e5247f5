from .base import BasePage
from .division import Division
from .identity import SiteIdentity
from .snippet import TranslatedSnippet

__all__ = ["BasePage", "Division", "SiteIdentity", "TranslatedSnippet"]
