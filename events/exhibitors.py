"""Who shows or sells something at an event or a festival, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from certified_orgs.holders import Holder, certificates, public_profiles
from certified_orgs.models import Certificate
from certified_orgs.scheme import years_for
from sdgs.names import Name, name_for_visitor


@dataclass(frozen=True)
class Exhibitor:
    """One of them. holder: of who is certified now; nobody whose certificate has ended is
    shown with it. profile: the slug of a holder's public profile."""

    name: Name
    booth: str
    holder: Holder | None = None
    profile: str = ""

    @property
    def profile_address(self) -> str:
        """In the visitor's language; empty without a public profile."""
        if not self.profile:
            return ""
        return reverse("wagtail_serve", args=[f"certified/{self.profile}/"])

    @property
    def is_preferred(self) -> bool:
        """Whether a preference of the scheme would be theirs: not while suspended."""
        return bool(self.holder) and self.holder.may_show_mark


class Exhibitors:
    """The exhibitors of an event or a festival: two queries, one where nobody is certified.

    In the editor's order; holders come first only where today's settings of the scheme say
    that they are preferred at events.
    """

    def __init__(self, page):
        self.page = page

    @cached_property
    def _rows(self) -> list:
        return list(self.page.exhibitors.all())

    @cached_property
    def _certificates(self) -> dict[int, Certificate]:
        keys = {row.certificate_id for row in self._rows} - {None}
        return {row.pk: row for row in _with_setting(keys)} if keys else {}

    @cached_property
    def _setting(self) -> Certificate | None:
        """Any of them: each brings what the scheme says today."""
        return next(iter(self._certificates.values()), None)

    @cached_property
    def _as_edited(self) -> list[Exhibitor]:
        return [self._shown(row) for row in self._rows]

    def _shown(self, row) -> Exhibitor:
        certificate = self._certificates.get(row.certificate_id)
        if certificate is None:
            return Exhibitor(name_for_visitor(row.name, row.english_name), row.booth)
        holder = Holder(certificate)
        if not holder.is_certified:
            return Exhibitor(holder.name, row.booth)
        return Exhibitor(holder.name, row.booth, holder, certificate.profile or "")

    @property
    def shown(self) -> list[Exhibitor]:
        """In the order in which the page lists them."""
        if not self.is_preference_shown:
            return self._as_edited
        return sorted(self._as_edited, key=lambda each: not each.is_preferred)

    @property
    def is_preference_shown(self) -> bool:
        """Whether the scheme's switch is on, and there is somebody to be preferred to."""
        kinds = {each.is_preferred for each in self._as_edited}
        return bool(self._setting) and bool(self._setting.preference) and len(kinds) == 2

    @property
    def is_draft(self) -> bool:
        """Whether the preference is still an open point (案（要綱制定前）)."""
        return self._setting is None or self._setting.adopted_on is None

    def __bool__(self):
        return bool(self._rows)


def _with_setting(keys: set[int]) -> QuerySet[Certificate]:
    """The certificates, each with the slug of its public profile, and with what the scheme's
    settings of today say about preference."""
    years = years_for(timezone.localdate())
    profile = public_profiles().filter(certificate=OuterRef("pk"))
    return (
        certificates()
        .filter(pk__in=keys)
        .annotate(
            profile=Subquery(profile.values("slug")[:1]),
            preference=Subquery(years.values("event_preference")[:1]),
            adopted_on=Subquery(years.values("adopted_on")[:1]),
        )
    )
