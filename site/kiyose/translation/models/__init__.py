from .glossary import GlossaryTerm, GlossaryTranslation
from .status import TranslationStatus

__all__ = ["GlossaryTerm", "GlossaryTranslation", "TranslationStatus"]
from .job import JobProblem, TranslationJob

__all__ = ["JobProblem", "TranslationJob", "TranslationStatus"]
