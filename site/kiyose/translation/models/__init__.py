from .glossary import GlossaryTerm, GlossaryTranslation
from .job import JobProblem, TranslationJob
from .status import TranslationStatus

__all__ = [
    "GlossaryTerm",
    "GlossaryTranslation",
    "JobProblem",
    "TranslationJob",
    "TranslationStatus",
]
