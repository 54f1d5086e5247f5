from .glossary import GlossaryTerm, GlossaryTranslation
from .status import TranslationStatus

__all__ = ["GlossaryTerm", "GlossaryTranslation", "TranslationStatus"]
