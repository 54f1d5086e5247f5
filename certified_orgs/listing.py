"""The public register: conditions from the address, counts, a screenful of holders.

The list is made of certificates, so a holder is in it from the moment of certification,
with or without a profile. Values of one name mean *or*, different names mean *and*
(``?kind=group&goal=8&goal=13``); what is not known is ignored with a notice. What has ended
is listed only when it is asked for (``?state=expired``).
"""

from __future__ import annotations

import unicodedata
from functools import reduce
from operator import and_, or_

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from kiyose.japanese.dates import is_japanese
from kiyose.japanese.names import search_key
from kiyose.pages.languages import (
    in_visitors_language_at_once,
    snippets_in_visitors_language,
    visitor_language,
)
from kiyose.pages.listing import page_of
from projects.listing import chosen_conditions, words_asked_for
from sdgs.filters import goals_to_choose, known_goals, known_targets, targets_to_choose
from sdgs.listing import load_marks

from . import places
from .holders import Holder, certificates, public_profiles
from .kinds import OrgKind
from .models import Certificate, District, SchemeYear
from .numbers import number_meant
from .scheme import NoScheme, scheme_on
from .standing import IN_FORCE, Standing, standing_is

# Nobody has a certificate that is unknown.
STANDINGS = [standing for standing in Standing if standing != Standing.UNKNOWN]


def in_order_of_names() -> list:
    """By the reading in Japanese (by the name where none was given), by the English name
    elsewhere, those without one last."""
    by_reading = Case(
        When(reading="", then=F("name")), default=F("reading"), output_field=CharField()
    )
    if is_japanese(visitor_language()):
        return [by_reading, "pk"]
    without = Case(When(english_name="", then=Value(1)), default=Value(0))
    return [without, Lower("english_name"), by_reading, "pk"]


class RegisterListing:
    """What the register shows for one request."""

    def __init__(self, request):
        self.request = request
        self.today = timezone.localdate()
        self.notices: list[str] = []
        self.options = {
            "kind": list(OrgKind.values),
            "goal": known_goals(),
            "target": known_targets(),
            "district": [district.key for district in self.districts],
            "state": [standing.value for standing in STANDINGS],
            "year": [str(year) for year in self.years],
        }
        self.chosen = chosen_conditions(request.GET, self.options, self.notices)
        self.words = words_asked_for(request, self.notices)

    # What can be chosen

    @cached_property
    def districts(self) -> list[District]:
        """Source rows, as certificates keep them, with ``words`` for the visitor."""
        return snippets_in_visitors_language(District)

    @cached_property
    def years(self) -> list[int]:
        """The fiscal years in which somebody was certified, the newest first."""
        years = Certificate.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True)
        return list(years.distinct())

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return OrgKind.choices

    @property
    def goals(self):
        return goals_to_choose()

    @property
    def targets(self):
        return targets_to_choose(self.chosen["goal"], self.chosen["target"])

    @property
    def standings(self) -> list[tuple[Standing, int]]:
        """Each standing with the number of its certificates."""
        return [(standing, self.counts[standing.value]) for standing in STANDINGS]

    # What is found

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many certificates there are in each standing. One query."""
        return certificates().aggregate(
            **{
                standing.value: Count("pk", filter=standing_is(standing, self.today))
                for standing in STANDINGS
            }
        )

    @property
    def certified_count(self) -> int:
        return sum(self.counts[standing.value] for standing in IN_FORCE)

    @property
    def ended_count(self) -> int:
        return sum(self.counts.values()) - self.certified_count

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or any(self.chosen.values()))

    @cached_property
    def found(self) -> QuerySet[Certificate]:
        """The certificates that meet the conditions, in the order of the list."""
        chosen = self.chosen
        standings = chosen["state"] or IN_FORCE
        rows = certificates().filter(
            reduce(or_, (standing_is(standing, self.today) for standing in standings))
        )
        if chosen["kind"]:
            rows = rows.filter(kind__in=chosen["kind"])
        if chosen["district"]:
            rows = rows.filter(district__key__in=chosen["district"])
        if chosen["year"]:
            rows = rows.filter(fiscal_year__in=chosen["year"])
        if chosen["goal"]:
            rows = rows.filter(self._profile_with(page_marks__tag__goal_number__in=chosen["goal"]))
        if chosen["target"]:
            rows = rows.filter(self._profile_with(page_marks__tag__name__in=chosen["target"]))
        if self.words:
            rows = rows.filter(self._called(self.words))
        return rows.order_by(*in_order_of_names())

    def _profile_with(self, **marks) -> Exists:
        """Marks are the profile's; a holder without one has none in public."""
        return Exists(public_profiles().filter(certificate=OuterRef("pk"), **marks))

    def _called(self, words: str) -> Q:
        """All the words in name, reading, English name or number; or the number that is meant,
        however it was typed (``verify`` understands the same)."""
        named = reduce(and_, (self._has(word) for word in words.split()), Q())
        number = number_meant(words)
        return named | Q(number=number) if number else named

    def _has(self, word: str) -> Q:
        plain = unicodedata.normalize("NFKC", word)
        return Q(search_key__contains=search_key(word)) | Q(number__icontains=plain)

    @cached_property
    def rows(self):
        """One screenful of the certificates found."""
        count = None if self.is_filtered else self.certified_count
        return page_of(self.found, self.request, self.notices, count=count)

    @cached_property
    def holders(self) -> list[Holder]:
        """The screenful, with profiles in the visitor's language and their marks: two queries
        however many there are."""
        rows = list(self.rows)
        sources = public_profiles().filter(certificate__in=[row.pk for row in rows])
        profiles = in_visitors_language_at_once(sources.order_by("path")) if rows else []
        load_marks(profiles)
        of_certificate = {profile.certificate_id: profile for profile in profiles}
        districts = {district.pk: district.words for district in self.districts}
        holders = [Holder(row, of_certificate.get(row.pk)) for row in rows]
        for holder in holders:
            holder.district = districts.get(holder.certificate.district_id)
        return holders

    # The scheme

    @cached_property
    def scheme(self) -> SchemeYear | None:
        """The settings that hold today; None on a site that has set up none."""
        try:
            return scheme_on(self.today)
        except NoScheme:
            return None

    @cached_property
    def places(self) -> list[places.Count]:
        return places.counts(self.scheme) if self.scheme else []

    @property
    def takes_applications(self) -> bool:
        return bool(self.scheme) and self.scheme.accepts_applications(self.today)
