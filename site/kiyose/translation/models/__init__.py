from .status import TranslationStatus

__all__ = ["TranslationStatus"]
