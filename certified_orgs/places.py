"""The cap: how many certificates may be in force at a time (proposal 2.1(4)).

A place is a row of its own and a certificate in force holds one (``models.Place``). Counted
are certificates in force: a renewal keeps its place, a suspension frees none; expiry,
revocation and return do.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Count as CountOf
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .models import Certificate, Place, Pool, SchemeYear
from .moves import MoveRefused


class NoPlaceLeft(MoveRefused):
    """The cap is reached."""


@dataclass(frozen=True)
class Count:
    """Of one pool: how many places there are and how many are taken (more than the cap
    where it was lowered afterwards)."""

    pool: str
    label: str
    cap: int
    taken: int

    @property
    def left(self) -> int:
        return max(self.cap - self.taken, 0)


def caps(scheme: SchemeYear) -> dict[str, int]:
    """The cap of each pool in use."""
    if scheme.counting == SchemeYear.Counting.TOGETHER:
        return {Pool.SHARED: scheme.shared_cap}
    return {Pool.COMPANY: scheme.company_cap, Pool.GROUP: scheme.group_cap}


def pool_of(kind: str, scheme: SchemeYear) -> str:
    """The pool in which an organisation of a kind is counted."""
    return Pool.SHARED if Pool.SHARED in caps(scheme) else kind


def counts(scheme: SchemeYear) -> list[Count]:
    """Every pool in use, by one query."""
    taken = list(
        Certificate.objects.filter(place__isnull=False).order_by().values_list("kind", flat=True)
    )
    return [
        Count(
            pool,
            str(Pool(pool).label),
            cap,
            len(taken) if pool == Pool.SHARED else taken.count(pool),
        )
        for pool, cap in caps(scheme).items()
    ]


@transaction.atomic
def arrange(scheme: SchemeYear) -> None:
    """Make the rows agree with the settings: each holder in its pool, free places up to the
    cap and none beyond. Where the cap was lowered below the holders, they keep theirs."""
    held = Certificate.objects.select_for_update(of=("self",)).filter(place__isnull=False)
    holders = list(held.select_related("place").order_by("certified_on", "pk"))
    for pool, cap in caps(scheme).items():
        inside = [each for each in holders if pool_of(each.kind, scheme) == pool]
        taken = {each.place.number for each in inside if each.place.pool == pool}
        free = iter(sorted(set(range(1, max(cap, len(inside)) + 1)) - taken))
        for certificate in inside:
            if certificate.place.pool != pool:
                place, _made = Place.objects.get_or_create(pool=pool, number=next(free))
                Certificate.objects.filter(pk=certificate.pk).update(place=place)
        known = set(Place.objects.filter(pool=pool).values_list("number", flat=True))
        missing = set(range(1, cap + 1)) - known
        Place.objects.bulk_create(
            (Place(pool=pool, number=number) for number in sorted(missing)), ignore_conflicts=True
        )
        Place.objects.filter(pool=pool, number__gt=cap, certificate=None).delete()
    Place.objects.exclude(pool__in=caps(scheme)).filter(certificate=None).delete()


def free_places(kind: str, scheme: SchemeYear):
    """The places that an organisation of a kind could get, the first one first. None while
    as many certificates are in force as the cap allows, or more (where it was lowered).

    Count and place are asked for by one statement: between two, somebody else could certify.
    """
    pool = pool_of(kind, scheme)
    cap = caps(scheme)[pool]
    taken = (
        Place.objects.filter(pool=OuterRef("pool"), certificate__isnull=False)
        .order_by()
        .values("pool")
        .annotate(count=CountOf("pk"))
        .values("count")
    )
    return (
        Place.objects.filter(pool=pool, number__lte=cap, certificate=None)
        .alias(taken=Coalesce(Subquery(taken), 0))
        .filter(taken__lt=cap)
        .order_by("number")
    )


def take(kind: str, scheme: SchemeYear, give) -> Certificate:
    """``give(place)`` must save a certificate that holds the place; it is called again with
    the next one where somebody else was faster. Raises NoPlaceLeft.

    The unique column of the database decides, not this count. The rows are arranged first,
    so that the settings of a new year hold from its first day.
    """
    arrange(scheme)
    while place := free_places(kind, scheme).first():
        try:
            with transaction.atomic():
                return give(place)
        except IntegrityError:
            if not Certificate.objects.filter(place=place).exists():
                raise  # it was something else
    raise NoPlaceLeft(_("No place is left: the cap is reached. Nothing was changed."))
