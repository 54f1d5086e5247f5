from .job import JobProblem, TranslationJob
from .status import TranslationStatus

__all__ = ["JobProblem", "TranslationJob", "TranslationStatus"]
