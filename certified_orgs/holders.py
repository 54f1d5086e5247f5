"""Holders as the public sees them: the certificate, what it is worth today, and the profile.

Everything but the profile's words comes from the register, so no page has to be published
again when a state changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from kiyose.japanese.dates import is_japanese
from kiyose.pages.languages import source_language, visitor_language
from kiyose.pages.visibility import public
from sdgs.names import Name

from .models import Certificate, CertifiedOrgPage
from .standing import IN_FORCE, MAY_BE_SHOWN, since, standing_of, with_standing


@dataclass
class Holder:
    """A certificate of ``with_standing``; profile: in the visitor's language, if it is public."""

    certificate: Certificate
    profile: CertifiedOrgPage | None = None

    def __post_init__(self):
        self.standing = standing_of(self.certificate, timezone.localdate())

    @property
    def name(self) -> Name:
        """What the visitor calls it: the English name in other languages, if there is one."""
        return name_of(self.certificate, visitor_language())

    @property
    def other_name(self) -> Name | None:
        """How the name is read, or what it is in Japanese."""
        certificate = self.certificate
        if is_japanese(visitor_language()):
            return Name(certificate.reading, "ja") if certificate.reading else None
        return Name(certificate.name, "ja") if certificate.english_name else None

    @property
    def is_certified(self) -> bool:
        return self.standing in IN_FORCE

    @property
    def may_show_mark(self) -> bool:
        return self.standing in MAY_BE_SHOWN

    @property
    def ended_on(self):
        """The day of its end: as written down, or the last day that it was valid."""
        if self.is_certified:
            return None
        return since(self.certificate, self.standing)


def name_of(certificate: Certificate, language: str) -> Name:
    """The holder's name for readers of a language."""
    if certificate.english_name and not is_japanese(language):
        return Name(certificate.english_name, "en")
    return Name(certificate.name, "ja")


def public_profiles() -> QuerySet[CertifiedOrgPage]:
    """The profiles that everybody may see, each once, from the source tree."""
    return public(CertifiedOrgPage.objects.filter(locale__language_code=source_language()))


def certificates() -> QuerySet[Certificate]:
    """Every certificate with what ``Holder`` needs."""
    return with_standing(Certificate.objects.all())
